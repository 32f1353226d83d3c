"""Every law notices a bot that breaks it: a law that never speaks up would prove nothing."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from simulation import fates, host, person, replica
from simulation.fates import CAUSE
from simulation.fortnight import simulate
from simulation.habits import Habits
from sqlalchemy import insert

from bot.domain import schedule
from bot.domain.decision import GivenTip
from bot.domain.delivery import DeliveryKind, DeliveryState, Failed, RetryLater, Sent
from bot.domain.runner import Runner
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
from bot.telegram.messenger import Wire
from bot.telegram.screen import Button

BUSY = 3
"""A seed whose runner does a lot."""


@pytest.fixture(autouse=True)
def _fair_weather(monkeypatch):
    """Nothing but the bot goes wrong, so that what is found is the bot's doing."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    monkeypatch.setattr(fates, "RATES", dict.fromkeys(fates.RATES, (0,)))
    monkeypatch.setattr(host.Host, "_sleeps", _never)
    monkeypatch.setattr(host.Host, "_is_set", _never)


@pytest.fixture
def rough_weather(monkeypatch):
    """Telegram and the database fail now and then."""
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


def broken(seed, days):
    """The laws that a seed breaks."""
    return "\n".join(simulate(seed, days).broken)


@pytest.mark.parametrize("act", ["logs_a_run", "types_a_sign", "forgets", "pauses"])
def test_a_sound_bot_breaks_none(everybody, act):
    everybody(act)
    assert not broken(BUSY, 1)


# --- rows that are missing ----------------------------------------------------------------------


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
    assert law in broken(BUSY, 3)


@pytest.mark.usefixtures("rough_weather")
def test_an_escalation_that_nobody_owes_is_found(break_bot, everybody):
    async def all_but_escalations(enqueue, self, delivery):
        return delivery.kind is DeliveryKind.ESCALATION or await enqueue(self, delivery)

    everybody("types_a_sign")
    break_bot(SqlDeliveries, "enqueue", all_but_escalations)
    assert "an open escalation is told or owed" in broken(BUSY, 3)


def test_a_run_without_its_check_ins_is_found(break_bot, everybody):
    async def taken_already(_add, _self, _check_in):
        return None

    everybody("logs_a_run")
    break_bot(SqlCheckIns, "add", taken_already)
    assert "every run has its check-ins" in broken(BUSY, 2)


def test_a_closed_check_in_without_a_reason_is_found(break_bot, everybody):
    async def unreasoned(save, self, check_in):
        await save(self, replace(check_in, closed=None))

    everybody("logs_a_run")
    break_bot(SqlCheckIns, "save", unreasoned)
    assert "a closed check-in has its reason" in broken(BUSY, 2)


def test_an_answer_that_is_not_kept_is_found(break_bot, everybody):
    async def dropped(_add_answer, _self, _check_in_id, answer):
        return answer

    everybody("logs_a_run")
    break_bot(SqlCheckIns, "add_answer", dropped)
    assert "an answer to what was asked is kept" in broken(BUSY, 2)


def test_a_sign_that_is_not_heeded_is_found(break_bot, everybody):
    async def not_heeded(_heed, _self, _words):
        return None

    everybody("types_a_sign")
    break_bot(HeedSigns, "__call__", not_heeded)
    assert "a stated emergency opens an escalation" in broken(BUSY, 2)


# --- more than there should be ------------------------------------------------------------------


def test_prompts_that_stack_are_found(everybody, monkeypatch):
    async def nobody_leaves(_uow, _ports, runner, *_args, **_kwargs):
        return Reply(runner)

    everybody("logs_a_run", answers=0)
    monkeypatch.setattr(opening, "leave_others", nobody_leaves)
    monkeypatch.setattr(preparing, "leave_others", nobody_leaves)
    assert "at most one check-in is open" in broken(BUSY, 3)


def test_a_lock_that_does_not_hold_is_found(break_bot, everybody):
    async def nobody(_open_for, _self, _runner_id):
        return ()

    everybody("types_a_sign", finishes=0)
    break_bot(SqlEscalations, "open_for", nobody)
    assert "one escalation is open at a time" in broken(BUSY, 2)


def test_a_tip_beside_an_escalation_is_found_in_the_rows(break_bot, everybody):
    async def with_a_tip(add, self, escalation):
        given = GivenTip(escalation.runner_id, "any", escalation.opened_at, asked_for=False)
        await SqlGivenTips(self._transaction).add(given)
        return await add(self, escalation)

    everybody("types_a_sign")
    break_bot(SqlEscalations, "add", with_a_tip)
    assert "no tip is given while an escalation is open" in broken(BUSY, 2)


def test_a_tip_beside_an_escalation_is_found_in_the_chat(everybody, monkeypatch):
    render = replica.render

    def with_a_tip(scene, notice):
        screen = render(scene, notice)
        return replace(screen, rows=(*screen.rows, (Button("Tip", NotForMeTap(1).pack()),)))

    everybody("types_a_sign")
    monkeypatch.setattr(replica, "render", with_a_tip)
    assert "no tip under the lock" in broken(BUSY, 3)


def test_an_edit_that_is_taken_for_an_answer_is_found(everybody, monkeypatch):
    everybody("corrects_a_text")
    monkeypatch.setattr(Front, "on_edited", Front.on_text)
    assert "an edit changes no answer and logs no run" in broken(BUSY, 2)


# --- messages ----------------------------------------------------------------------------------


def test_a_courier_that_sends_twice_is_found(break_bot):
    async def twice(send, self, *args, **kwargs):
        await send(self, *args, **kwargs)
        return await send(self, *args, **kwargs)

    break_bot(Wire, "send", twice)
    assert "a message comes once" in broken(BUSY, 1)


def test_a_message_that_is_booked_and_never_sent_is_found(break_bot, everybody):
    async def only_to_those_who_wait(send, self, *args, **kwargs):
        asked_for = CAUSE.get().startswith("update")
        return await send(self, *args, **kwargs) if asked_for else Sent()

    everybody("logs_a_run")
    break_bot(Wire, "send", only_to_those_who_wait)
    assert "what is booked as sent was sent" in broken(BUSY, 3)


def test_a_message_that_is_sent_and_never_booked_is_found(break_bot, everybody):
    async def called_off(settle, self, delivery_id, state, reason):
        state = DeliveryState.CANCELLED if reason == "sent" else state
        await settle(self, delivery_id, state, reason)

    everybody("logs_a_run", alarms=0)
    break_bot(SqlDeliveries, "settle", called_off)
    assert "what was sent is booked" in broken(BUSY, 2)


def test_a_check_in_that_stands_elsewhere_is_found(break_bot, everybody):
    async def in_the_next_message(save, self, check_in):
        there = check_in.message_id and check_in.message_id + 1
        await save(self, replace(check_in, message_id=there))

    everybody("logs_a_run")
    break_bot(SqlCheckIns, "save", in_the_next_message)
    assert "it stands in its message" in broken(BUSY, 2)


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
    assert "an escalation is told once" in broken(BUSY, 2)


# --- prompts at the wrong time -----------------------------------------------------------------


def test_a_prompt_in_a_pause_is_found(everybody, monkeypatch):
    everybody("pauses")
    monkeypatch.setattr(Runner, "is_paused", lambda _self, _now: False)
    assert "no prompt in a pause" in broken(BUSY, 4)


def test_a_prompt_in_quiet_hours_is_found(everybody, monkeypatch):
    everybody("logs_a_run", answers=0)
    for module in (schedule, preparing):
        monkeypatch.setattr(module, "is_quiet", lambda _at, _rhythm, _zone: False)
    assert "no prompt in quiet hours" in broken(BUSY, 4)


def test_a_prompt_under_the_lock_is_found(break_bot, everybody):
    async def not_when_delivering(open_for, self, runner_id):
        delivering = CAUSE.get().startswith("delivery")
        return () if delivering else await open_for(self, runner_id)

    everybody("logs_a_run", answers=0.5)
    break_bot(SqlEscalations, "open_for", not_when_delivering)
    assert "no prompt under the lock" in broken(BUSY, 3)


def test_a_prompt_before_its_time_is_found(break_bot, everybody):
    async def ahead(claim, self, now, *args):
        return await claim(self, now + timedelta(hours=1), *args)

    everybody("logs_a_run")
    break_bot(SqlQueue, "claim", ahead)
    assert "no prompt before its time" in broken(BUSY, 3)


def test_a_prompt_that_is_stale_after_a_long_sleep_is_found(everybody, monkeypatch):
    async def for_half_a_day(self):
        await asyncio.sleep(1.3 * host.DAY)
        await self._sleep(14, killing=True)

    everybody("logs_a_run")
    monkeypatch.setattr(host.Host, "_sleeps", for_half_a_day)
    monkeypatch.setattr(preparing, "too_late_to_ask", lambda *_: None)
    assert "no prompt after its window" in broken(BUSY, 3)


# --- work that does not get done ---------------------------------------------------------------


def test_a_worker_that_takes_nothing_is_found(break_bot, everybody):
    async def nothing(_claim, _self, *_args):
        return ()

    everybody("logs_a_run")
    break_bot(SqlQueue, "claim", nothing)
    assert "nothing is overdue" in broken(BUSY, 3)


def test_a_delivery_that_fails_is_found(break_bot, everybody):
    async def raising(_try, _self, _delivery):
        raise ValueError

    everybody("logs_a_run")
    break_bot(DeliverDue, "_try", raising)
    assert "no delivery fails" in broken(BUSY, 2)


def test_a_delivery_that_dies_is_found(break_bot, everybody):
    async def refused(deliver, self, reply, *, urgent):
        del deliver, self, reply, urgent
        return Failed("bad request")

    everybody("logs_a_run")
    break_bot(Courier, "deliver", refused)
    assert "no delivery dies" in broken(BUSY, 2)


def test_an_update_that_fails_is_found(break_bot):
    async def raising(_on_tap, _self, _update, _context):
        raise ValueError

    break_bot(Front, "on_tap", raising)
    assert "no update fails" in broken(BUSY, 1)


def test_an_update_that_is_held_for_ever_is_found(break_bot):
    async def held(_call, _self, _update):
        return Held(StorageUnavailable("broken"))

    break_bot(Dispatcher, "__call__", held)
    assert "no update waits for ever" in broken(BUSY, 1)


def test_an_escalation_that_is_never_told_is_found(break_bot, everybody):
    async def later(carry, self, reply, *args, **kwargs):
        tells = any(isinstance(one.notice, EscalationNotice) for one in reply.messages)
        if not tells:
            return await carry(self, reply, *args, **kwargs)
        by_update = CAUSE.get().startswith("update")
        return Sent() if by_update else RetryLater(timedelta(minutes=10))

    everybody("types_a_sign")
    break_bot(Courier, "carry", later)
    assert "every escalation is told in the end" in broken(BUSY, 2)


def test_a_stop_that_keeps_its_leases_is_found(break_bot, everybody, monkeypatch):
    async def kept(*_args):
        return 0

    everybody("logs_a_run")
    monkeypatch.setattr(host.Host, "_gets_releases", _stops_often)
    break_bot(SqlDeliveries, "_give_back_lease", kept)
    break_bot(SqlQueue, "release", kept)
    assert "a stop gives its leases back" in broken(BUSY, 1)


async def _stops_often(self):
    self._releases = 0.2
    await _GETS_RELEASES(self)


_GETS_RELEASES = host.Host._gets_releases


# --- forgetting --------------------------------------------------------------------------------


def test_a_runner_who_is_not_forgotten_is_found(break_bot, everybody):
    async def kept(_forget, _self, _runner_id):
        return 1

    everybody("forgets")
    break_bot(SqlRunners, "forget", kept)
    assert "whoever wants to be forgotten is" in broken(BUSY, 3)


def test_a_trace_of_somebody_forgotten_is_found(break_bot, everybody):
    async def all_but_a_note(forget, self, runner_id):
        runner = await self.get(runner_id)
        note = {"update_id": runner_id, "kind": f"of {runner.user_id}", "error": "none"}
        at = datetime(2026, 6, 10, tzinfo=UTC)
        await self._transaction.write(insert(dead_updates).values(**note, at=at))
        return await forget(self, runner_id)

    everybody("forgets")
    break_bot(SqlRunners, "forget", all_but_a_note)
    assert "nothing of the forgotten remains" in broken(BUSY, 3)


def test_a_message_to_somebody_forgotten_is_found(break_bot, everybody):
    async def after_they_left(deliver, self, reply, *, urgent):
        await self.use_cases.forget.confirm(reply.runner.user_id)
        await asyncio.sleep(40)
        return await deliver(self, reply, urgent=urgent)

    everybody("logs_a_run")
    break_bot(Courier, "deliver", after_they_left)
    assert "nothing is sent to the forgotten" in broken(BUSY, 2)
