"""What the tests of the laws share: fair weather, busy runners, and a bot that is broken."""

from datetime import timedelta

import pytest
from simulation import fates, host, person
from simulation.habits import Habits


@pytest.fixture
def fair_weather(monkeypatch):
    """Nothing but the bot goes wrong, so that what is found is the bot's doing."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    monkeypatch.setattr(fates, "RATES", dict.fromkeys(fates.RATES, (0,)))
    monkeypatch.setattr(host.Host, "_sleeps", _never)
    monkeypatch.setattr(host.Host, "_is_set", _never)


@pytest.fixture
def rough_weather(fair_weather, monkeypatch):
    """Telegram and the database fail now and then, and processes are killed."""
    del fair_weather
    often = {"storage_away": (0.1,), "time_out": (0.1,), "kill": (0.05,)}
    monkeypatch.setattr(fates, "RATES", fates.RATES | often)


async def _never(_self):
    return


@pytest.fixture
def break_bot(monkeypatch):
    """Replace a method by `how(original, self, ...)`."""

    def replaced(owner, name, how):
        original = getattr(owner, name)

        async def broken(self, *args, **kwargs):
            return await how(original, self, *args, **kwargs)

        monkeypatch.setattr(owner, name, broken)

    return replaced


@pytest.fixture
def everybody(monkeypatch):
    """Let everybody do one thing only, several times a day."""

    def does(act, answers=1, finishes=1, alarms=0.5):
        busy = Habits(answers, finishes, hurts=0.5, alarms=alarms, waits=timedelta(hours=4))
        monkeypatch.setattr(person, "ACTS", {act: 1})
        monkeypatch.setattr(person, "drawn_habits", lambda _rng: busy)

    return does
