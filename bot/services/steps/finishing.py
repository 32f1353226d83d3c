"""What an answer leads to: the next question, an escalation, or the end with its decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.domain.check_in import (
    NONE_OF_THESE,
    ONE_OR_MORE,
    SAFETY_QUESTIONS,
    WHICH,
    CheckIn,
    Closed,
    Question,
    next_question,
    standing,
)
from bot.domain.decision import GivenTip
from bot.domain.delivery import DeliveryKind
from bot.domain.escalation import NAME_WITHIN
from bot.domain.red_flags import Finding, SignList
from bot.domain.runner import Runner
from bot.domain.triage import Assessment
from bot.services.notices import PlanOffer, ProfileQuestion
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Message, Reply
from bot.services.steps.choosing import choose_tip
from bot.services.steps.deciding import Past, judge, lists_denied, signs_of
from bot.services.steps.escalating import escalate, store_decision
from bot.services.steps.recording import arm_expiry, close_check_in, enqueue
from bot.services.steps.views import show

NAMED_BEFORE_TOLD: Final = {
    Question.SAME_DAY: SignList.SAME_DAY,
    Question.WEEKLY: SignList.WEEKLY,
}
"""Lists whose "one or more" first asks which; the emergency list is told at once."""

WAITED_FOR: Final = SAFETY_QUESTIONS - {Question.WEEKLY}
"""Open questions that may turn out worse than what is known; the weekly list never does."""


async def go_on(uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn) -> Reply:
    """Take a check-in one step further after a new answer, and show where it stands."""
    question = next_question(check_in)
    assessment, known = await judge(uow, ports, runner, check_in)
    if _must_escalate(check_in, question, assessment):
        closed, _ = await escalate(uow, ports, runner, check_in, assessment)
        return await show(uow, ports, runner, closed)
    if question is None:
        return await _finish(uow, ports, runner, check_in, (assessment, known))
    now = ports.clock.now()
    if question in {WHICH[one] for one in NAMED_BEFORE_TOLD}:
        await enqueue(uow, runner, DeliveryKind.SIGN_UNNAMED, check_in.id, now + NAME_WITHIN)
    await arm_expiry(uow, runner, check_in, now + ports.rhythm.finish_within)
    return await show(uow, ports, runner, check_in)


def _must_escalate(check_in: CheckIn, question: Question | None, assessment: Assessment) -> bool:
    """Whether to tell now. While a list is open it comes first: it may be worse than this."""
    if not assessment.urgency.escalates:
        return False
    if check_in.value(Question.EMERGENCY) == ONE_OR_MORE:
        return True
    if question in WAITED_FOR:
        return False
    return bool(signs_of(check_in)) or lists_denied(check_in)


async def _finish(
    uow: UnitOfWork,
    ports: Ports,
    runner: Runner,
    check_in: CheckIn,
    judged: tuple[Assessment, Past],
) -> Reply:
    """Close a fully answered check-in with a decision and, where one fits, a tip."""
    assessment, known = judged
    unnamed = await _unnamed_on_the_way(uow, ports, runner, check_in)
    if unnamed is not None:
        return unnamed
    closed = await close_check_in(uow, check_in, Closed.DONE, ports.clock.now())
    tip_ids: tuple[str, ...] = ()
    if check_in.rating or not check_in.needs_signs:
        tip = await choose_tip(uow, ports, runner, closed, known)
        if tip is not None:
            tip_ids = (tip.id,)
            await give(uow, ports, closed, tip.id)
    await store_decision(uow, ports, runner, closed, assessment, tips=tip_ids)
    reply = await show(uow, ports, runner, closed)
    return reply if check_in.rating is None else await offer_plan(uow, ports, reply)


async def give(uow: UnitOfWork, ports: Ports, check_in: CheckIn, tip_id: str) -> GivenTip:
    """Record that a tip is shown; one that answers reported pain counts as asked for."""
    return await uow.tips.add(
        GivenTip(
            runner_id=check_in.runner_id,
            tip_id=tip_id,
            given_at=ports.clock.now(),
            asked_for=bool(check_in.rating),
            check_in_id=check_in.id,
        )
    )


async def offer_plan(uow: UnitOfWork, ports: Ports, reply: Reply) -> Reply:
    """Offer the weekly plan once, after the first check-in that carried a rating."""
    runner = reply.runner
    if runner is None or runner.plan_asked_at is not None or runner.plan:
        return reply
    if any(isinstance(message.notice, ProfileQuestion) for message in reply.messages):
        return reply
    await uow.runners.save(replace(runner, plan_asked_at=ports.clock.now()))
    return replace(reply, messages=(*reply.messages, Message(PlanOffer())))


async def leave(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn, reason: Closed
) -> Reply:
    """Close a check-in before its end; what was said so far still counts.

    A rating or a profile that is urgent in itself is told even though the lists were left
    unanswered. An unnamed "one or more" is told when its time is over, at the latest.
    """
    assessment, _ = await judge(uow, ports, runner, check_in)
    if assessment.urgency.escalates and not await uow.escalations.open_for(runner.id):
        closed, _escalation = await escalate(uow, ports, runner, check_in, assessment)
    else:
        closed = await close_check_in(uow, check_in, reason, ports.clock.now())
    return await show(uow, ports, runner, closed)


async def _unnamed_on_the_way(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn
) -> Reply | None:
    """A sign reported and then walked back from without a "no" is told before any tip is given."""
    waiting = await uow.deliveries.pending_for(runner.id)
    if not any(
        one.kind is DeliveryKind.SIGN_UNNAMED and one.subject_id == check_in.id for one in waiting
    ):
        return None
    return await count_unnamed(uow, ports, runner, check_in)


async def _told_since(uow: UnitOfWork, check_in: CheckIn) -> bool:
    """Whether an escalation was opened on this check-in after its last list answer."""
    told = await uow.escalations.for_check_in(check_in.id)
    reported = [one for one in check_in.answers if one.value == ONE_OR_MORE]
    return told is not None and (not reported or told.opened_at >= reported[-1].answered_at)


async def decide_again(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn
) -> Reply | None:
    """Escalate if what is known by now makes a finished check-in urgent; None if not."""
    assessment, known = await judge(uow, ports, runner, check_in)
    if not assessment.urgency.escalates or await uow.escalations.open_for(runner.id):
        return None
    if await _told_since(uow, check_in) or _was_looked_at(check_in, known):
        return None
    closed, _escalation = await escalate(uow, ports, runner, check_in, assessment)
    return await show(uow, ports, runner, closed)


def _was_looked_at(check_in: CheckIn, known: Past) -> bool:
    """Whether somebody qualified has looked since its last answer: it says nothing new then."""
    seen_at, touched_at = known.told.seen_at, check_in.last_touched_at
    return seen_at is not None and touched_at is not None and touched_at <= seen_at


async def deny(uow: UnitOfWork, check_in: CheckIn, question: Question) -> None:
    """Let a "no" to a list end the wait for the name of its sign."""
    if question in NAMED_BEFORE_TOLD:
        waiting = frozenset({DeliveryKind.SIGN_UNNAMED})
        await uow.deliveries.cancel(check_in.id, waiting, "denied after all")


async def count_unnamed(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn
) -> Reply | None:
    """Tell a "one or more" of which no sign was named in time; None if that is moot.

    A list taken back with "Back" and left without a new answer still counts.
    """
    unnamed = _unnamed(check_in)
    if not unnamed or await _told_since(uow, check_in):
        return None
    assessment, _ = await judge(uow, ports, runner, check_in)
    findings = assessment.findings | unnamed
    fired = tuple(rule for rule in ports.ruleset.fired(findings) if rule.urgency.escalates)
    urgency = max(rule.urgency for rule in fired)
    rules = tuple(rule.id for rule in fired)
    closed, _ = await escalate(uow, ports, runner, check_in, Assessment(urgency, rules, findings))
    return await show(uow, ports, runner, closed)


def _unnamed(check_in: CheckIn) -> frozenset[Finding]:
    """Give what a waiting "one or more" counts as; nothing once it was denied or named."""
    answers = standing(check_in)
    if any(WHICH[one] in answers for one in NAMED_BEFORE_TOLD):
        return frozenset()
    asked = [
        one for one in NAMED_BEFORE_TOLD if one is not Question.WEEKLY or check_in.kept.weekly
    ]
    open_ones = [one for one in asked if answers.get(one) != NONE_OF_THESE]
    reported = [one for one in NAMED_BEFORE_TOLD if answers.get(one) == ONE_OR_MORE]
    return frozenset(NAMED_BEFORE_TOLD[one].unspecified for one in (reported or open_ones[:1]))
