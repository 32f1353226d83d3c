"""What a mistake takes back: the escalation, the answers that led to it, and what it had ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain import escalation as lifecycle
from bot.domain.check_in import (
    NO,
    NONE_OF_THESE,
    ONE_OR_MORE,
    WHICH,
    Answer,
    CheckIn,
    CheckInKind,
    Closed,
    Question,
)
from bot.domain.delivery import DeliveryKind
from bot.domain.escalation import Escalation
from bot.domain.red_flags import Finding, SignList
from bot.domain.runner import Runner
from bot.domain.triage import assess
from bot.services.notices import FollowUpAnswered, FollowUpReply, LockReminder
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Message, Reply, joined, swap
from bot.services.steps.escalating import FOLLOW_UPS, restore_replaced
from bot.services.steps.opening import ask_about, reopen
from bot.services.steps.recording import add_answer

CORRECTED_WITHIN: Final = timedelta(hours=12)
"""A check-in ended by a mistake goes on only while its answers are fresh."""

IN_ONE_STEP: Final = timedelta(seconds=5)
"""One transaction reads the clock more than once."""


async def mistaken(uow: UnitOfWork, ports: Ports, runner: Runner, escalation: Escalation) -> Reply:
    """Close an escalation as a mistake and correct the answer; both records stay."""
    now = ports.clock.now()
    over = lifecycle.mistaken(escalation, now)
    await uow.escalations.save(over)
    await uow.deliveries.cancel(over.id, FOLLOW_UPS | {DeliveryKind.ESCALATION}, "mistake")
    answered = swap(runner, FollowUpAnswered(over, FollowUpReply.MISTAKE))
    older = await restore_replaced(uow, ports, runner, over)
    if older is not None:
        await _withdraw(uow, over, now)
        answered = replace(answered, messages=(Message(LockReminder(older)),))
        return joined(answered, await _said_later(uow, ports, runner, over, older))
    again = await _what_it_ended(uow, ports, runner, over)
    return joined(joined(answered, again), await _said_later(uow, ports, runner, over, None))


async def _said_later(
    uow: UnitOfWork, ports: Ports, runner: Runner, over: Escalation, older: Escalation | None
) -> Reply:
    """Ask about signs that were typed later and kept with a mistake: they may be none."""
    decision = await uow.decisions.get(over.decision_id) if over.decision_id else None
    kept = over.findings - (decision.findings if decision else over.findings)
    if older is not None:
        kept -= older.findings | {Finding.RECENT_EMERGENCY}
    kept -= {
        sign
        for one in SignList
        if one.urgency is over.urgency
        for sign in ports.ruleset.signs(one)
    }
    if not assess(kept, ports.ruleset).urgency.escalates:
        return Reply(runner)
    key = f"kept:{over.id}"
    return await ask_about(uow, ports, runner, tuple(sorted(kept)), key)


async def _what_it_ended(uow: UnitOfWork, ports: Ports, runner: Runner, over: Escalation) -> Reply:
    """Open again what the mistaken escalation had ended, where the answers are fresh."""
    now = ports.clock.now()
    if now - over.opened_at >= CORRECTED_WITHIN:
        await _withdraw(uow, over, now)
        return Reply(runner)
    whole = Reply(runner)
    ended = await _ended_by(uow, over)
    if over.check_in_id not in {check_in.id for check_in in ended}:
        await _withdraw(uow, over, now)
    for check_in in ended:
        own = check_in.id == over.check_in_id
        corrected = await _correct(uow, check_in, now) if own else check_in
        again = await reopen(uow, ports, runner, replace(corrected, message_id=None))
        edits, messages = (*whole.edits, *again.edits), (*again.messages, *whole.messages)
        whole = replace(whole, edits=edits, messages=messages)
    return whole


async def _ended_by(uow: UnitOfWork, over: Escalation) -> list[CheckIn]:
    """Find what an escalation ended: its own check-in, and what typed words cut short.

    Questions about something typed come first, so that they can be shown last.
    """
    since = over.opened_at - CORRECTED_WITHIN
    cut_short = [
        one
        for one in await uow.check_ins.since(over.runner_id, since)
        if one.closed is Closed.LOCKED and one.opened_at and _together(one.closed_at, over)
    ]
    own = await uow.check_ins.get(over.check_in_id) if over.check_in_id else None
    found = [own, *cut_short] if own and own.closed is Closed.DONE else cut_short
    return sorted(found, key=lambda one: one.kind is not CheckInKind.READ)


async def _withdraw(uow: UnitOfWork, over: Escalation, now: datetime) -> None:
    """Take the mistaken list answers back where nothing is asked again; a rating stands."""
    own = await uow.check_ins.get(over.check_in_id) if over.check_in_id else None
    for answer in own.answers if own else ():
        if _reports_a_sign(answer):
            await uow.check_ins.undo_answer(answer.id, now)


async def _correct(uow: UnitOfWork, check_in: CheckIn, now: datetime) -> CheckIn:
    """Take the mistaken list answers back and put "none of these" in their place.

    Where no list answer led here it was the rating: then everything is asked again.
    """
    taken_back = _list_answers(check_in)
    for answer in taken_back:
        await uow.check_ins.undo_answer(answer.id, now)
    kept = tuple(one for one in check_in.answers if one not in taken_back)
    wrong = [one.question for one in taken_back if one.value == ONE_OR_MORE]
    if not wrong:
        for answer in kept:
            await uow.check_ins.undo_answer(answer.id, now)
        return replace(check_in, answers=())
    corrected = replace(check_in, answers=kept)
    for question in wrong:
        corrected = await add_answer(uow, corrected, Answer(question, NONE_OF_THESE, now))
    return corrected


def _list_answers(check_in: CheckIn) -> tuple[Answer, ...]:
    """Give the answers that report a sign: "one or more", and which."""
    return tuple(
        one
        for one in check_in.answers
        if _reports_a_sign(one) and one.question is not Question.READ
    )


def _reports_a_sign(answer: Answer) -> bool:
    """Whether it says that there is a sign: on a list, by its name, or to typed words."""
    if answer.question is Question.READ:
        return answer.value != NO
    return answer.question in WHICH.values() or answer.value == ONE_OR_MORE


def _together(closed_at: datetime | None, over: Escalation) -> bool:
    """Whether a check-in was closed by the very step that opened an escalation."""
    return closed_at is not None and abs(over.opened_at - closed_at) <= IN_ONE_STEP
