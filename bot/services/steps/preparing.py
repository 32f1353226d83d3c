"""Whether a due delivery is still wanted, and what is sent if it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.check_in import CheckIn, CheckInKind, Closed, next_question
from bot.domain.delivery import (
    Delivery,
    DeliveryKind,
)
from bot.domain.escalation import FollowUp
from bot.domain.runner import Runner, rhythm_for
from bot.domain.schedule import end_of_quiet, is_quiet, too_late_to_ask
from bot.services.notices import FollowUpQuestion, MovedBelow, Prompt
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import CheckInShown, Edit, Message, Reply
from bot.services.steps.finishing import count_unnamed, leave
from bot.services.steps.opening import leave_others
from bot.services.steps.prepared import Moved, Prepared, Settled
from bot.services.steps.recording import arm_expiry, close_check_in, open_check_in
from bot.services.steps.summing_up import answering_until, prepare_summary, typed_sign_is_open
from bot.services.steps.views import show, tell

UNREACHABLE_PAUSE: Final = timedelta(minutes=10)
"""How soon somebody who unblocks the bot gets what is urgent, at the latest."""


async def give_up(
    uow: UnitOfWork, ports: Ports, runner: Runner, delivery: Delivery
) -> Settled | Moved:
    """Do without sending what can be done for somebody who blocked the bot.

    What could not be asked is missed and never filled in. What is urgent waits for them to
    come back; only its sending does, what was said counts at once.
    """
    now = ports.clock.now()
    if delivery.kind in {DeliveryKind.SIGN_UNNAMED, DeliveryKind.EXPIRY}:
        await _PREPARE[delivery.kind](uow, ports, runner, delivery)
        return Settled("runner unreachable")
    if delivery.kind.breaks_silence:
        return Moved(now + UNREACHABLE_PAUSE)
    if delivery.kind is DeliveryKind.CHECK_IN:
        check_in = await uow.check_ins.get(delivery.subject_id)
        if check_in is not None and check_in.closed_at is None and not check_in.answers:
            await close_check_in(uow, check_in, Closed.UNREACHABLE, now)
    return Settled("runner unreachable")


async def _check_in(uow: UnitOfWork, ports: Ports, runner: Runner, delivery: Delivery) -> Prepared:
    check_in = await uow.check_ins.get(delivery.subject_id)
    if check_in is None or check_in.closed_at is not None or check_in.answers:
        return Settled("not wanted any more")
    now = ports.clock.now()
    if check_in.opened_at is not None:
        return await _show_once_more(uow, ports, runner, check_in, now)
    if now < check_in.due_at:
        # Put off after this was claimed.
        return Moved(check_in.due_at)
    reason = await _reason_not_to_ask(uow, ports, runner, check_in, now)
    if reason is not None:
        await close_check_in(uow, check_in, reason, now)
        return Settled(f"not asked: {reason}")
    return await _ask(uow, ports, runner, check_in, now)


async def _show_once_more(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn, now: datetime
) -> Prepared:
    """Send a prompt that may not have arrived, where it would still be asked.

    Not after a host has slept for a day, under a lock or a pause: its expiry closes it then. Quiet
    hours that began meanwhile put it off, and so does a clock that was set back before its time.
    """
    reason = await _reason_not_to_ask(uow, ports, runner, check_in, now)
    if reason is not None:
        return Settled(f"not asked again: {reason}")
    quiet_until = end_of_quiet(now, rhythm_for(runner, ports.rhythm), runner.zone or "UTC")
    later = max(quiet_until, check_in.due_at)
    if later > now:
        return Moved(later)
    return await show(uow, ports, runner, check_in, in_place=False)


async def _reason_not_to_ask(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn, now: datetime
) -> Closed | None:
    if not runner.is_ready:
        return Closed.PAUSED
    if await uow.escalations.open_for(runner.id):
        return Closed.LOCKED
    if runner.is_paused(now):
        return Closed.PAUSED
    rhythm = rhythm_for(runner, ports.rhythm)
    return too_late_to_ask(check_in.opened_at or check_in.due_at, now, rhythm)


async def _ask(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn, now: datetime
) -> Prepared:
    """Open it, unless it is quiet now or the runner is in the middle of answering another."""
    rhythm = rhythm_for(runner, ports.rhythm)
    if is_quiet(now, rhythm, runner.zone or "UTC"):
        if check_in.kind is not CheckInKind.MORNING:
            await close_check_in(uow, check_in, Closed.QUIET_HOURS, now)
            return Settled("not asked: quiet hours")
        return Moved(end_of_quiet(now, rhythm, runner.zone or "UTC"))
    busy_until = await answering_until(uow, ports, runner)
    if busy_until is not None:
        return Moved(busy_until)
    left = await leave_others(uow, ports, runner, check_in.id)
    if await uow.escalations.open_for(runner.id):
        # What the other one left behind was urgent: that is told, this is not asked.
        await close_check_in(uow, check_in, Closed.LOCKED, now)
        return left
    opened = await open_check_in(uow, runner, check_in, rhythm, now)
    shown = await show(uow, ports, runner, opened, in_place=False)
    return replace(shown, edits=left.edits, messages=(*left.messages, *shown.messages))


async def _reminder(uow: UnitOfWork, ports: Ports, runner: Runner, delivery: Delivery) -> Prepared:
    check_in = await uow.check_ins.get(delivery.subject_id)
    question = next_question(check_in) if check_in else None
    if check_in is None or question is None or not check_in.is_open or check_in.answers:
        return Settled("not wanted any more")
    reason = await _reason_not_to_remind(uow, ports, runner, check_in)
    if reason is not None:
        return Settled(reason)
    prompt = Prompt(check_in, question, reminding=True)
    edits = (
        (Edit(MovedBelow(), check_in.message_id, only_in_place=True),)
        if check_in.message_id
        else ()
    )
    return Reply(runner, edits, (Message(prompt, CheckInShown(check_in.id)),))


async def _reason_not_to_remind(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn
) -> str | None:
    now = ports.clock.now()
    if not runner.preferences.reminder:
        return "not wanted by the runner"
    reason = await _reason_not_to_ask(uow, ports, runner, check_in, now)
    if reason is not None:
        return f"not reminded: {reason}"
    if await typed_sign_is_open(uow, runner, now):
        return "a sign is asked about"
    quiet = is_quiet(now, rhythm_for(runner, ports.rhythm), runner.zone or "UTC")
    return "quiet hours" if quiet else None


async def _expiry(uow: UnitOfWork, ports: Ports, runner: Runner, delivery: Delivery) -> Prepared:
    """Close a check-in whose clock ran out, silently and in place."""
    check_in = await uow.check_ins.get(delivery.subject_id)
    if check_in is not None and check_in.closed is Closed.EXPIRED:
        return _in_place(await show(uow, ports, runner, check_in))
    if check_in is None or not check_in.is_open:
        return Settled("not open any more")
    now = ports.clock.now()
    rhythm = rhythm_for(runner, ports.rhythm)
    if check_in.answers:
        ends_at = check_in.answers[-1].answered_at + rhythm.finish_within
        if now < ends_at:
            await arm_expiry(uow, runner, check_in, ends_at)
            return Settled("the runner is answering")
    return _in_place(await leave(uow, ports, runner, check_in, Closed.EXPIRED))


def _in_place(reply: Reply) -> Reply:
    """Nobody waits for the end of a check-in: a message that is gone is not sent anew."""
    return replace(reply, edits=tuple(replace(edit, only_in_place=True) for edit in reply.edits))


async def _sign_unnamed(
    uow: UnitOfWork, ports: Ports, runner: Runner, delivery: Delivery
) -> Prepared:
    check_in = await uow.check_ins.get(delivery.subject_id)
    if check_in is None:
        return Settled("no such check-in")
    reply = await count_unnamed(uow, ports, runner, check_in)
    return reply or Settled("named or taken back")


async def _escalation(
    uow: UnitOfWork, _ports: Ports, runner: Runner, delivery: Delivery
) -> Prepared:
    escalation = await uow.escalations.get(delivery.subject_id)
    if escalation is None or not escalation.is_open or escalation.sent_at is not None:
        return Settled("told already")
    return Reply(runner, messages=(tell(runner, escalation),))


_ASKS: Final = {
    DeliveryKind.REACHED_HELP: FollowUp.REACHED_HELP,
    DeliveryKind.WERE_YOU_SEEN: FollowUp.WERE_YOU_SEEN,
    DeliveryKind.STILL_GONE: FollowUp.STILL_GONE,
}


async def _follow_up(
    uow: UnitOfWork, ports: Ports, runner: Runner, delivery: Delivery
) -> Prepared:
    escalation = await uow.escalations.get(delivery.subject_id)
    if escalation is None or not escalation.is_open:
        return Settled("cleared")
    if await _is_overtaken(uow, ports, delivery):
        return Settled("a later question is due as well")
    question = _ASKS[delivery.kind]
    if question is FollowUp.REACHED_HELP and escalation.reached is not None:
        return Settled("answered already")
    asked = replace(escalation, asked=question)
    await uow.escalations.save(asked)
    return Reply(runner, messages=(Message(FollowUpQuestion(asked, question)),))


async def _is_overtaken(uow: UnitOfWork, ports: Ports, delivery: Delivery) -> bool:
    """Whether the next follow-up is due too, as after an outage: one question is enough."""
    now = ports.clock.now()
    return any(
        other.subject_id == delivery.subject_id
        and other.kind in _ASKS
        and delivery.due_at < other.due_at <= now
        for other in await uow.deliveries.pending_for(delivery.runner_id)
    )


_PREPARE: Final = {
    DeliveryKind.CHECK_IN: _check_in,
    DeliveryKind.REMINDER: _reminder,
    DeliveryKind.EXPIRY: _expiry,
    DeliveryKind.SIGN_UNNAMED: _sign_unnamed,
    DeliveryKind.ESCALATION: _escalation,
    DeliveryKind.REACHED_HELP: _follow_up,
    DeliveryKind.WERE_YOU_SEEN: _follow_up,
    DeliveryKind.STILL_GONE: _follow_up,
    DeliveryKind.SUMMARY: prepare_summary,
}


async def prepare(uow: UnitOfWork, ports: Ports, runner: Runner, delivery: Delivery) -> Prepared:
    """Ask whether a delivery is still wanted, and make it ready to send if it is."""
    if runner.blocked_at is not None:
        return await give_up(uow, ports, runner, delivery)
    return await _PREPARE[delivery.kind](uow, ports, runner, delivery)
