"""Use cases about an open escalation: naming the sign, its follow-ups, what clears it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain import escalation as lifecycle
from bot.domain.check_in import WHICH, Answer
from bot.domain.delivery import DeliveryKind
from bot.domain.escalation import GONE_FOR, Escalation, FollowUp, Reached
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.domain.runner import Runner
from bot.services.notices import (
    EscalationNotice,
    FollowUpAnswered,
    FollowUpReply,
    MistakeQuestion,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import EscalationShown, Reply, Toast, say, swap, toast
from bot.services.steps.deciding import LISTS
from bot.services.steps.escalating import FOLLOW_UPS, follow_up_again
from bot.services.steps.mistaken import mistaken
from bot.services.steps.recording import enqueue
from bot.services.steps.views import tell


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
                return await mistaken(uow, self.ports, runner, escalation)
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
