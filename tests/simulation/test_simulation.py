"""Fortnights of several runners under faults at every seam; see world.py for what is simulated."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from simulation import person
from simulation.fates import CAUSE
from simulation.fortnight import simulate
from simulation.person import Habits
from simulation.simulate import told
from simulation.virtual_time import Stuck, run_virtually

from bot.domain.delivery import Sent
from bot.services.replies import Reply
from bot.services.steps import opening, preparing
from bot.storage.deliveries import SqlDeliveries
from bot.storage.repositories import SqlEscalations, SqlRunners
from bot.telegram.messenger import Wire

SEEDS, DAYS = 50, 14


@pytest.fixture(autouse=True)
def _periods_as_timedelta(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_a_fortnight_breaks_no_law(seed):
    outcome = simulate(seed, DAYS)
    assert not outcome.broken, told(outcome)


def everybody(monkeypatch, act, answers=1):
    """Let everybody do one thing only, several times a day."""
    busy = Habits(answers=answers, finishes=1, hurts=0.5, alarms=0.5, waits=timedelta(hours=4))
    monkeypatch.setattr(person, "ACTS", {act: 1})
    monkeypatch.setattr(person, "drawn_habits", lambda _rng: busy)


def test_the_same_seed_gives_the_same_fortnight_line_by_line():
    first, again = simulate(7, 3), simulate(7, 3)
    assert first.lines == again.lines
    assert first.digest != simulate(8, 1).digest


def test_a_failure_names_one_command_that_replays_it():
    outcome = simulate(7, 1)
    assert outcome.replay in told(outcome)
    assert outcome.replay == "make simulate SEEDS=1 START=7 DAYS=1"


def test_a_week_of_waiting_takes_no_time():
    def work(clock):
        async def wait():
            await asyncio.sleep(7 * 86_400)
            return clock.now()

        return wait()

    start = datetime(2026, 6, 10, tzinfo=UTC)
    arrived = run_virtually(work, start)
    assert arrived == start + timedelta(days=7)


def test_waiting_for_what_never_comes_is_an_error_and_no_hang():
    def work(_clock):
        return asyncio.Event().wait()

    with pytest.raises(Stuck):
        run_virtually(work, datetime(2026, 6, 10, tzinfo=UTC))


def broken(seed, days):
    """The laws that a seed breaks."""
    return "\n".join(simulate(seed, days).broken)


def test_a_courier_that_sends_twice_is_found(monkeypatch):
    send = Wire.send

    async def twice(self, chat_id, screen, *, urgent=False):
        await send(self, chat_id, screen, urgent=urgent)
        return await send(self, chat_id, screen, urgent=urgent)

    monkeypatch.setattr(Wire, "send", twice)
    assert "a message comes once" in broken(1, 1)


def test_a_message_that_is_booked_and_never_sent_is_found(monkeypatch):
    async def never(_self, _chat_id, _screen, *, urgent=False):  # noqa: ARG001 - Wire's signature
        return Sent(1)

    everybody(monkeypatch, "logs_a_run")
    send = Wire.send

    async def not_to_those_who_wait(self, chat_id, screen, *, urgent=False):
        asked_for = CAUSE.get().startswith("update")
        return await (send if asked_for else never)(self, chat_id, screen, urgent=urgent)

    monkeypatch.setattr(Wire, "send", not_to_those_who_wait)
    assert "what is booked as sent was sent" in broken(1, 3)


def test_an_escalation_that_nobody_owes_is_found(monkeypatch):
    enqueue = SqlDeliveries.enqueue

    async def all_but_escalations(self, delivery):
        return delivery.kind == "escalation" or await enqueue(self, delivery)

    everybody(monkeypatch, "types_a_sign")
    monkeypatch.setattr(SqlDeliveries, "enqueue", all_but_escalations)
    assert "an open escalation is told or owed" in broken(1, 3)


def test_a_lock_that_does_not_hold_is_found(monkeypatch):
    async def nobody(_self, _runner_id):
        return ()

    everybody(monkeypatch, "types_a_sign")
    monkeypatch.setattr(SqlEscalations, "open_for", nobody)
    assert "one escalation is open at a time" in broken(1, 3)


def test_prompts_that_stack_are_found(monkeypatch):
    async def nobody_leaves(_uow, _ports, runner, *_args, **_kwargs):
        return Reply(runner)

    everybody(monkeypatch, "logs_a_run", answers=0)
    monkeypatch.setattr(opening, "leave_others", nobody_leaves)
    monkeypatch.setattr(preparing, "leave_others", nobody_leaves)
    assert "at most one check-in is open" in broken(1, 3)


def test_a_runner_who_is_not_forgotten_is_found(monkeypatch):
    async def keep(_self, _runner_id):
        return 1

    everybody(monkeypatch, "forgets")
    monkeypatch.setattr(SqlRunners, "forget", keep)
    assert "whoever wants to be forgotten is" in broken(1, 3)
