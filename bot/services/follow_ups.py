"""Use cases about an open escalation: naming the sign, its follow-ups, what clears it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
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
from bot.domain.escalation import GONE_FOR, Escalation, FollowUp, Reached
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.domain.runner import Runner
from bot.domain.triage import assess
from bot.services.notices import (
    EscalationNotice,
    FollowUpAnswered,
    FollowUpReply,
    LockReminder,
    MistakeQuestion,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import EscalationShown, Message, Reply, Toast, joined, say, swap, toast
from bot.services.steps.deciding import LISTS
from bot.services.steps.escalating import FOLLOW_UPS, follow_up_again, restore_replaced
from bot.services.steps.opening import ask_about, reopen
from bot.services.steps.recording import add_answer, enqueue
from bot.services.steps.views import tell

CORRECTED_WITHIN: Final = timedelta(hours=12)
"""A check-in ended by a mistake goes on only while its answers are fresh."""


IN_ONE_STEP: Final = timedelta(seconds=5)
"""One transaction reads the clock more than once."""


class Action(StrEnum):
    """What a runner can say about an open escalation, by button."""

    ON_THE_WAY = "way"
    NOT_YET = "not"
    CHECKED = "seen"
    UNSEEN = "unseen"
    GONE = "gone"
    STILL_GONE = "still"
    BACK = "back"
    MISTAKE = "oops"
    MISTAKE_YES = "oopsy"
    MISTAKE_NO = "oopsn"


@dataclass(frozen=True, slots=True)
class AnswerFollowUp:
    """A button under an escalation or one of its follow-ups."""

    ports: Ports

    async def __call__(self, user_id: int, escalation_id: int, action: Action) -> Reply:
        """Take the answer; an escalation that is over stays over."""
        async with self.ports.unit_of_work() as uow:
            found = await _my_open_escalation(uow, user_id, escalation_id)
            if isinstance(found, Reply):
                return found
            runner, escalation = found
            if action is Action.MISTAKE_YES:
                return await self._mistaken(uow, runner, escalation)
            after, reply = _answer(escalation, action, self.ports.clock.now())
            await uow.escalations.save(after)
            await self._reschedule(uow, runner, escalation, after)
            if reply is None:
                return say(runner, MistakeQuestion(after))
            answered = swap(runner, FollowUpAnswered(after, reply))
            if reply is not FollowUpReply.BACK:
                return answered
            # A sign that is back is told like a new one: with sound, in a message of its own.
            return replace(answered, messages=(tell(runner, after),))

    async def _reschedule(
        self, uow: UnitOfWork, runner: Runner, before: Escalation, after: Escalation
    ) -> None:
        if not after.is_open:
            await uow.deliveries.cancel(after.id, FOLLOW_UPS, "cleared")
        elif after.gone_at is not None and before.gone_at is None:
            waiting = frozenset({DeliveryKind.REACHED_HELP})
            await uow.deliveries.cancel(after.id, waiting, "gone")
            due_at = after.gone_at + GONE_FOR
            await enqueue(uow, runner, DeliveryKind.STILL_GONE, after.id, due_at)
        elif after.gone_at is None and before.gone_at is not None:
            await follow_up_again(uow, self.ports, runner, after)

    async def _mistaken(self, uow: UnitOfWork, runner: Runner, escalation: Escalation) -> Reply:
        """Both records stay: the escalation closed as a mistake, the answer corrected."""
        now = self.ports.clock.now()
        over = lifecycle.mistaken(escalation, now)
        await uow.escalations.save(over)
        await uow.deliveries.cancel(over.id, FOLLOW_UPS | {DeliveryKind.ESCALATION}, "mistake")
        answered = swap(runner, FollowUpAnswered(over, FollowUpReply.MISTAKE))
        older = await restore_replaced(uow, self.ports, runner, over)
        if older is not None:
            await self._withdraw(uow, over, now)
            answered = replace(answered, messages=(Message(LockReminder(older)),))
            return joined(answered, await self._said_later(uow, runner, over, older))
        again = await self._what_it_ended(uow, runner, over, now)
        return joined(joined(answered, again), await self._said_later(uow, runner, over, None))

    async def _said_later(
        self, uow: UnitOfWork, runner: Runner, over: Escalation, older: Escalation | None
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
            for sign in self.ports.ruleset.signs(one)
        }
        if not assess(kept, self.ports.ruleset).urgency.escalates:
            return Reply(runner)
        key = f"kept:{over.id}"
        return await ask_about(uow, self.ports, runner, tuple(sorted(kept)), key)

    async def _what_it_ended(
        self, uow: UnitOfWork, runner: Runner, over: Escalation, now: datetime
    ) -> Reply:
        """Open again what the mistaken escalation had ended, where the answers are fresh."""
        if now - over.opened_at >= CORRECTED_WITHIN:
            await self._withdraw(uow, over, now)
            return Reply(runner)
        whole = Reply(runner)
        for check_in in await self._ended_by(uow, over):
            own = check_in.id == over.check_in_id
            corrected = await self._correct(uow, check_in, now) if own else check_in
            again = await reopen(uow, self.ports, runner, replace(corrected, message_id=None))
            edits, messages = (*whole.edits, *again.edits), (*again.messages, *whole.messages)
            whole = replace(whole, edits=edits, messages=messages)
        return whole

    async def _ended_by(self, uow: UnitOfWork, over: Escalation) -> list[CheckIn]:
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

    async def _withdraw(self, uow: UnitOfWork, over: Escalation, now: datetime) -> None:
        """Take the mistaken list answers back where nothing is asked again; a rating stands."""
        own = await uow.check_ins.get(over.check_in_id) if over.check_in_id else None
        for answer in own.answers if own else ():
            if _reports_a_sign(answer):
                await uow.check_ins.undo_answer(answer.id, now)

    async def _correct(self, uow: UnitOfWork, check_in: CheckIn, now: datetime) -> CheckIn:
        """Take the mistaken list answers back and put "none of these" in their place.

        Where no list answer led here it was the rating: then everything is asked again.
        """
        mistaken = _list_answers(check_in)
        for answer in mistaken:
            await uow.check_ins.undo_answer(answer.id, now)
        kept = tuple(one for one in check_in.answers if one not in mistaken)
        wrong = [one.question for one in mistaken if one.value == ONE_OR_MORE]
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


async def _my_open_escalation(
    uow: UnitOfWork, user_id: int, escalation_id: int
) -> tuple[Runner, Escalation] | Reply:
    runner = await uow.runners.by_user(user_id)
    if runner is None:
        return toast(None, Toast.OLD_BUTTON)
    runner = await uow.runners.get(runner.id) or runner
    escalation = await uow.escalations.get(escalation_id)
    if escalation is None:
        return toast(runner, Toast.OLD_BUTTON)
    if escalation.runner_id != runner.id:
        return toast(runner, Toast.NOT_YOURS)
    if not escalation.is_open:
        return toast(runner, Toast.CLOSED)
    return runner, escalation


_PLAIN: Final = {
    Action.ON_THE_WAY: (FollowUpReply.ON_THE_WAY, Reached.ON_THE_WAY),
    Action.NOT_YET: (FollowUpReply.NOT_YET, Reached.NOT_YET),
    Action.UNSEEN: (FollowUpReply.NOT_SEEN, None),
    Action.MISTAKE_NO: (FollowUpReply.STANDS, None),
}
"""Answers that leave the escalation as urgent as it is."""


def _answer(
    escalation: Escalation, action: Action, now: datetime
) -> tuple[Escalation, FollowUpReply | None]:
    """Give the escalation after an answer, and what to say; None asks about a mistake."""
    settled = replace(escalation, asked=None)
    if action in _PLAIN:
        reply, reached = _PLAIN[action]
        return replace(settled, reached=reached or escalation.reached), reply
    match action:
        case Action.CHECKED:
            return lifecycle.seen(escalation, now), FollowUpReply.CLEARED
        case Action.GONE:
            return _gone(escalation, now)
        case Action.STILL_GONE:
            after = lifecycle.still_gone(settled, now)
            too_soon = FollowUpReply.GONE_TOO_SOON
            return after, too_soon if after.is_open else FollowUpReply.GONE
        case Action.BACK:
            return lifecycle.back_again(escalation), FollowUpReply.BACK
        case _:
            return replace(escalation, asked=FollowUp.MISTAKE), None


def _gone(escalation: Escalation, now: datetime) -> tuple[Escalation, FollowUpReply]:
    after = lifecycle.gone(escalation, now)
    was_emergency = escalation.standing_urgency is Urgency.EMERGENCY
    return after, FollowUpReply.LOWERED if was_emergency else FollowUpReply.GONE_TOO_SOON


@dataclass(frozen=True, slots=True)
class NameSign:
    """Answer "Which one?" under an escalation: keep the sign for the people who will help."""

    ports: Ports

    async def __call__(self, user_id: int, escalation_id: int, sign: Finding) -> Reply:
        """Name the sign; the message is shown again with it, nothing is lowered by it."""
        async with self.ports.unit_of_work() as uow:
            found = await _my_open_escalation(uow, user_id, escalation_id)
            if isinstance(found, Reply):
                return found
            runner, escalation = found
            sign_list = self.ports.ruleset.list_of(sign)
            if sign_list is None or sign_list.urgency is not escalation.urgency:
                return toast(runner, Toast.OLD_BUTTON)
            named = escalation.findings - {sign_list.unspecified} | {sign}
            after = replace(escalation, findings=named)
            await uow.escalations.save(after)
            await self._answer(uow, escalation, sign_list, sign)
            notice = EscalationNotice(after.urgency, named, after.id, runner.country)
            return swap(runner, notice, Toast.NOTED)

    async def _answer(
        self, uow: UnitOfWork, escalation: Escalation, which: SignList, sign: Finding
    ) -> None:
        if escalation.check_in_id is None:
            return
        question = next(one for one, list_ in LISTS.items() if list_ is which)
        answer = Answer(WHICH[question], sign, self.ports.clock.now())
        await uow.check_ins.add_answer(escalation.check_in_id, answer)


@dataclass(frozen=True, slots=True)
class NoteEscalationShown:
    """Settle an escalation's delivery once Telegram took the message."""

    ports: Ports

    async def __call__(self, receipt: EscalationShown, message_id: int) -> None:
        """Store when and where it was shown, so that the worker need not send it again."""
        async with self.ports.unit_of_work() as uow:
            escalation = await uow.escalations.get(receipt.escalation_id)
            if escalation is None:
                return
            now = self.ports.clock.now()
            sent_at = escalation.sent_at or now
            await uow.escalations.save(replace(escalation, sent_at=sent_at, message_id=message_id))
            await uow.deliveries.cancel(
                escalation.id, frozenset({DeliveryKind.ESCALATION}), "sent by the handler"
            )
