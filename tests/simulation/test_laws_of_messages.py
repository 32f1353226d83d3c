"""Every law about messages notices a bot that breaks it; the others: test_laws.py."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from simulation import host
from simulation.fates import CAUSE
from simulation.finding import finds

from bot.domain import schedule
from bot.domain.delivery import DeliveryKind, DeliveryState, Sent
from bot.domain.runner import Runner
from bot.services import deliveries
from bot.services.replies import Reply
from bot.services.steps import preparing
from bot.storage.check_ins import SqlCheckIns
from bot.storage.deliveries import SqlDeliveries
from bot.storage.queue import SqlQueue
from bot.storage.repositories import SqlEscalations
from bot.telegram.messenger import Wire

pytestmark = pytest.mark.usefixtures("fair_weather")

# --- messages ------------------------------------------------------------------------------------


def test_a_courier_that_sends_twice_is_found(break_bot):
    async def twice(send, self, *args, **kwargs):
        await send(self, *args, **kwargs)
        return await send(self, *args, **kwargs)

    break_bot(Wire, "send", twice)
    assert finds("a message comes once", 1)


def test_a_message_that_is_booked_and_never_sent_is_found(break_bot, everybody):
    async def only_to_those_who_wait(send, self, *args, **kwargs):
        asked_for = CAUSE.get().startswith("update")
        return await send(self, *args, **kwargs) if asked_for else Sent()

    everybody("logs_a_run")
    break_bot(Wire, "send", only_to_those_who_wait)
    assert finds("what is booked as sent was sent", 3)


def test_a_message_that_is_sent_and_never_booked_is_found(break_bot, everybody):
    async def called_off(settle, self, delivery_id, state, reason):
        state = DeliveryState.CANCELLED if reason == "sent" else state
        await settle(self, delivery_id, state, reason)

    everybody("logs_a_run", alarms=0)
    break_bot(SqlDeliveries, "settle", called_off)
    assert finds("what was sent is booked", 2)


def test_a_check_in_that_stands_elsewhere_is_found(break_bot, everybody):
    async def in_the_next_message(save, self, check_in):
        there = check_in.message_id and check_in.message_id + 1
        await save(self, replace(check_in, message_id=there))

    everybody("logs_a_run")
    break_bot(SqlCheckIns, "save", in_the_next_message)
    assert finds("it stands in its message", 2)


def test_an_escalation_that_is_told_twice_is_found(everybody, monkeypatch, break_bot):
    async def told_or_not(uow, _ports, runner, delivery):
        escalation = await uow.escalations.get(delivery.subject_id)
        return Reply(runner, messages=(preparing.tell(runner, escalation),))

    async def never_called_off(_cancel, _self, _subject_id, _kinds, _reason):
        return 0

    async def not_settled_by_a_handler(settle, self, *args, **kwargs):
        if CAUSE.get().startswith("delivery"):
            await settle(self, *args, **kwargs)

    everybody("types_a_sign")
    monkeypatch.setitem(preparing._PREPARE, DeliveryKind.ESCALATION, told_or_not)
    break_bot(SqlDeliveries, "cancel", never_called_off)
    break_bot(SqlDeliveries, "settle", not_settled_by_a_handler)
    assert finds("an escalation is told once", 2)


# --- prompts at the wrong time -------------------------------------------------------------------


def test_a_prompt_in_a_pause_is_found(everybody, monkeypatch):
    everybody("pauses")
    monkeypatch.setattr(Runner, "is_paused", lambda _self, _now: False)
    assert finds("no prompt in a pause", 4)


def test_a_prompt_in_quiet_hours_is_found(everybody, monkeypatch):
    everybody("logs_a_run", answers=0)
    for module in (schedule, preparing):
        monkeypatch.setattr(module, "is_quiet", lambda _at, _rhythm, _zone: False)
    assert finds("no prompt in quiet hours", 4)


def test_a_prompt_under_the_lock_is_found(break_bot, everybody):
    async def not_when_delivering(open_for, self, runner_id):
        delivering = CAUSE.get().startswith("delivery")
        return () if delivering else await open_for(self, runner_id)

    everybody("logs_a_run", answers=0.5)
    break_bot(SqlEscalations, "open_for", not_when_delivering)
    assert finds("no prompt under the lock", 3)


class _Ahead:
    """A clock that is an hour fast."""

    def __init__(self, clock):
        self._clock = clock

    def now(self):
        return self._clock.now() + timedelta(hours=1)


def test_a_prompt_before_its_time_is_found(break_bot, everybody, monkeypatch):
    prepare = deliveries.prepare

    async def claimed_ahead(claim, self, now, *args):
        return await claim(self, now + timedelta(hours=1), *args)

    async def prepared_ahead(uow, ports, *args):
        return await prepare(uow, replace(ports, clock=_Ahead(ports.clock)), *args)

    everybody("logs_a_run")
    break_bot(SqlQueue, "claim", claimed_ahead)
    monkeypatch.setattr(deliveries, "prepare", prepared_ahead)
    assert finds("no prompt before its time", 3)


def test_a_prompt_that_is_stale_after_a_long_sleep_is_found(everybody, monkeypatch):
    async def for_half_a_day(self):
        await asyncio.sleep(1.3 * host.DAY)
        await self._sleep(14, killing=True)

    everybody("logs_a_run")
    monkeypatch.setattr(host.Host, "_sleeps", for_half_a_day)
    monkeypatch.setattr(preparing, "too_late_to_ask", lambda *_: None)
    assert finds("no prompt after its window", 3)
