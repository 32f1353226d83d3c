"""Every law notices a bot that breaks it: a law that never speaks up would prove nothing."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from simulation import host, replica
from simulation.fates import CAUSE
from simulation.finding import broken, finds
from sqlalchemy import insert

from bot.domain.decision import GivenTip
from bot.domain.delivery import DeliveryKind, Failed, RetryLater, Sent
from bot.services.deliveries import DeliverDue
from bot.services.heeding import HeedSigns
from bot.services.notices import EscalationNotice
from bot.services.ports import StorageUnavailable
from bot.services.replies import Reply
from bot.services.steps import opening, preparing
from bot.storage.check_ins import SqlCheckIns
from bot.storage.deliveries import SqlDeliveries
from bot.storage.queue import SqlQueue
from bot.storage.repositories import SqlEscalations, SqlGivenTips, SqlRunners
from bot.storage.tables import dead_updates
from bot.telegram.callbacks import NotForMeTap
from bot.telegram.courier import Courier
from bot.telegram.dispatch import Dispatcher, Held
from bot.telegram.front import Front
from bot.telegram.screen import Button

pytestmark = pytest.mark.usefixtures("fair_weather")


@pytest.mark.parametrize("act", ["logs_a_run", "types_a_sign", "forgets", "pauses"])
def test_a_sound_bot_breaks_none(everybody, act):
    everybody(act)
    assert not broken(1)


# --- rows that are missing -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "act", "law"),
    [
        (DeliveryKind.CHECK_IN, "logs_a_run", "a check-in to come is owed"),
        (DeliveryKind.EXPIRY, "logs_a_run", "an open check-in will close by itself"),
        (DeliveryKind.WERE_YOU_SEEN, "types_a_sign", "an open escalation is followed up"),
        (DeliveryKind.REACHED_HELP, "types_a_sign", "an emergency is asked whether help"),
    ],
)
def test_what_nobody_owes_is_found(break_bot, everybody, kind, act, law):
    async def all_but_one_kind(enqueue, self, delivery):
        return delivery.kind is kind or await enqueue(self, delivery)

    everybody(act)
    break_bot(SqlDeliveries, "enqueue", all_but_one_kind)
    assert finds(law, 3)


@pytest.mark.usefixtures("rough_weather")
def test_an_escalation_that_nobody_owes_is_found(break_bot, everybody):
    async def all_but_escalations(enqueue, self, delivery):
        return delivery.kind is DeliveryKind.ESCALATION or await enqueue(self, delivery)

    everybody("types_a_sign")
    break_bot(SqlDeliveries, "enqueue", all_but_escalations)
    assert finds("an open escalation is told or owed", 3)


def test_a_run_without_its_check_ins_is_found(break_bot, everybody):
    async def taken_already(_add, _self, _check_in):
        return None

    everybody("logs_a_run")
    break_bot(SqlCheckIns, "add", taken_already)
    assert finds("every run has its check-ins", 2)


def test_a_closed_check_in_without_a_reason_is_found(break_bot, everybody):
    async def unreasoned(save, self, check_in):
        await save(self, replace(check_in, closed=None))

    everybody("logs_a_run")
    break_bot(SqlCheckIns, "save", unreasoned)
    assert finds("a closed check-in has its reason", 2)


def test_an_answer_that_is_not_kept_is_found(break_bot, everybody):
    async def dropped(_add_answer, _self, _check_in_id, answer):
        return answer

    everybody("logs_a_run")
    break_bot(SqlCheckIns, "add_answer", dropped)
    assert finds("an answer to what was asked is kept", 2)


def test_a_sign_that_is_not_heeded_is_found(break_bot, everybody):
    async def not_heeded(_heed, _self, _words):
        return None

    everybody("types_a_sign")
    break_bot(HeedSigns, "__call__", not_heeded)
    assert finds("a stated emergency opens an escalation", 2)


# --- more than there should be -------------------------------------------------------------------


def test_prompts_that_stack_are_found(everybody, monkeypatch):
    async def nobody_leaves(_uow, _ports, runner, *_args, **_kwargs):
        return Reply(runner)

    everybody("logs_a_run", answers=0)
    monkeypatch.setattr(opening, "leave_others", nobody_leaves)
    monkeypatch.setattr(preparing, "leave_others", nobody_leaves)
    assert finds("at most one check-in is open", 3)


def test_a_lock_that_does_not_hold_is_found(break_bot, everybody):
    async def nobody(_open_for, _self, _runner_id):
        return ()

    everybody("types_a_sign", finishes=0)
    break_bot(SqlEscalations, "open_for", nobody)
    assert finds("one escalation is open at a time", 2)


def test_a_tip_beside_an_escalation_is_found_in_the_rows(break_bot, everybody):
    async def with_a_tip(add, self, escalation):
        given = GivenTip(escalation.runner_id, "any", escalation.opened_at, asked_for=False)
        await SqlGivenTips(self._transaction).add(given)
        return await add(self, escalation)

    everybody("types_a_sign")
    break_bot(SqlEscalations, "add", with_a_tip)
    assert finds("no tip is given while an escalation is open", 2)


def test_a_tip_beside_an_escalation_is_found_in_the_chat(everybody, monkeypatch):
    render = replica.render

    def with_a_tip(scene, notice):
        screen = render(scene, notice)
        return replace(screen, rows=(*screen.rows, (Button("Tip", NotForMeTap(1).pack()),)))

    everybody("types_a_sign")
    monkeypatch.setattr(replica, "render", with_a_tip)
    assert finds("no tip under the lock", 3)


def test_an_edit_that_is_taken_for_an_answer_is_found(everybody, monkeypatch):
    everybody("corrects_a_text")
    monkeypatch.setattr(Front, "on_edited", Front.on_text)
    assert finds("an edit changes no answer and logs no run", 1)


# --- work that does not get done -----------------------------------------------------------------


def test_a_worker_that_takes_nothing_is_found(break_bot, everybody):
    async def nothing(_claim, _self, *_args):
        return ()

    everybody("logs_a_run")
    break_bot(SqlQueue, "claim", nothing)
    assert finds("nothing is overdue", 3)


def test_a_delivery_that_fails_is_found(break_bot, everybody):
    async def raising(_try, _self, _delivery):
        raise ValueError

    everybody("logs_a_run")
    break_bot(DeliverDue, "_try", raising)
    assert finds("no delivery fails", 2)


def test_a_delivery_that_dies_is_found(break_bot, everybody):
    async def refused(deliver, self, reply, *, urgent):
        del deliver, self, reply, urgent
        return Failed("bad request")

    everybody("logs_a_run")
    break_bot(Courier, "deliver", refused)
    assert finds("no delivery dies", 2)


def test_an_update_that_fails_is_found(break_bot):
    async def raising(_on_tap, _self, _update, _context):
        raise ValueError

    break_bot(Front, "on_tap", raising)
    assert finds("no update fails", 1)


def test_an_update_that_is_held_for_ever_is_found(break_bot):
    async def held(_call, _self, _update):
        return Held(StorageUnavailable("broken"))

    break_bot(Dispatcher, "__call__", held)
    assert finds("no update waits for ever", 1)


def test_an_escalation_that_is_never_told_is_found(break_bot, everybody):
    async def later(carry, self, reply, *args, **kwargs):
        tells = any(isinstance(one.notice, EscalationNotice) for one in reply.messages)
        if not tells:
            return await carry(self, reply, *args, **kwargs)
        by_update = CAUSE.get().startswith("update")
        return Sent() if by_update else RetryLater(timedelta(hours=3))

    everybody("types_a_sign")
    break_bot(Courier, "carry", later)
    assert finds("every escalation is told in the end", 2)


def test_a_stop_that_keeps_its_leases_is_found(break_bot, everybody, monkeypatch):
    async def kept(*_args):
        return 0

    everybody("logs_a_run")
    monkeypatch.setattr(host.Host, "_gets_releases", _stops_often)
    break_bot(SqlDeliveries, "_give_back_lease", kept)
    break_bot(SqlQueue, "release", kept)
    assert finds("a stop gives its leases back", 1)


async def _stops_often(self):
    self._releases = 0.2
    await _GETS_RELEASES(self)


_GETS_RELEASES = host.Host._gets_releases


# --- forgetting ----------------------------------------------------------------------------------


def test_a_runner_who_is_not_forgotten_is_found(break_bot, everybody):
    async def kept(_forget, _self, _runner_id):
        return 1

    everybody("forgets")
    break_bot(SqlRunners, "forget", kept)
    assert finds("whoever wants to be forgotten is", 3)


def test_a_trace_of_somebody_forgotten_is_found(break_bot, everybody):
    async def all_but_a_note(forget, self, runner_id):
        runner = await self.get(runner_id)
        note = {"update_id": runner_id, "kind": f"of {runner.user_id}", "error": "none"}
        at = datetime(2026, 6, 10, tzinfo=UTC)
        await self._transaction.write(insert(dead_updates).values(**note, at=at))
        return await forget(self, runner_id)

    everybody("forgets")
    break_bot(SqlRunners, "forget", all_but_a_note)
    assert finds("nothing of the forgotten remains", 3)


def test_a_message_to_somebody_forgotten_is_found(break_bot, everybody):
    async def after_they_left(deliver, self, reply, *, urgent):
        await self.use_cases.forget.confirm(reply.runner.user_id)
        await asyncio.sleep(40)
        return await deliver(self, reply, urgent=urgent)

    everybody("logs_a_run")
    break_bot(Courier, "deliver", after_they_left)
    assert finds("nothing is sent to the forgotten", 2)
