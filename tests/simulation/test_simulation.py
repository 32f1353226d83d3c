"""Fortnights of several runners under faults at every seam; see world.py for what is simulated."""

import pytest
from simulation.fates import Fates
from simulation.simulate import told
from simulation.world import simulate

from bot.domain.delivery import Sent
from bot.services.follow_ups import NoteEscalationShown
from bot.storage.deliveries import SqlDeliveries
from bot.telegram.messenger import Wire

SEEDS, DAYS = 50, 14


@pytest.fixture(autouse=True)
def _periods_as_timedelta(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_a_fortnight_breaks_no_law(seed):
    outcome = simulate(seed, DAYS)
    assert not outcome.broken, told(outcome)


def test_the_same_seed_gives_the_same_fortnight_line_by_line():
    first, again = simulate(7, 5), simulate(7, 5)
    assert first.lines == again.lines
    assert first.digest != simulate(8, 5).digest


def test_a_failure_names_one_command_that_replays_it():
    assert simulate(7, 1).replay == "make simulate SEEDS=1 START=7 DAYS=1"


def broken_within(seeds, days=14):
    """Every law broken in some seeds; the first broken seed is enough."""
    for seed in seeds:
        if broken := simulate(seed, days).broken:
            return "\n".join(broken)
    return ""


def without_faults(monkeypatch):
    """Let nothing go wrong by itself, so that only what a test breaks is broken."""
    monkeypatch.setattr(Fates, "_drawn", lambda *_, **__: "well")


def test_a_courier_that_sends_twice_is_found(monkeypatch):
    without_faults(monkeypatch)
    send = Wire.send

    async def twice(self, chat_id, screen, *, urgent=False):
        await send(self, chat_id, screen, urgent=urgent)
        return await send(self, chat_id, screen, urgent=urgent)

    monkeypatch.setattr(Wire, "send", twice)
    assert "a message comes once" in broken_within([1])


def test_a_booking_without_a_sending_is_found(monkeypatch):
    without_faults(monkeypatch)

    async def never(_self, _chat_id, _screen, *, urgent=False):  # noqa: ARG001 - Wire's signature
        return Sent(1)

    monkeypatch.setattr(Wire, "send", never)
    assert broken_within([1])


def test_a_lost_escalation_is_found(monkeypatch):
    monkeypatch.setattr(NoteEscalationShown, "__call__", _nothing)
    enqueue = SqlDeliveries.enqueue

    async def all_but_escalations(self, delivery):
        return delivery.kind == "escalation" or await enqueue(self, delivery)

    monkeypatch.setattr(SqlDeliveries, "enqueue", all_but_escalations)
    assert "an open escalation is told or owed" in broken_within(range(1, 9))


async def _nothing(*_args):
    return None
