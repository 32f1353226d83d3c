"""What a runner sees of a stored check-in: always derived, so it can be shown again at any time.

A repeated update, a lost answer or a restart asks for the same view and gets the same one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.domain.check_in import CheckIn, Closed, next_question
from bot.domain.decision import Decision
from bot.domain.escalation import Escalation
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import Profile, Runner
from bot.services.notices import (
    Advice,
    ClosedCheckIn,
    EscalationNotice,
    LockReminder,
    Notice,
    Prevention,
    ProfileQuestion,
    Prompt,
    Purpose,
    SignsDenied,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import CheckInShown, Edit, EscalationShown, Message, Reply, Toast
from bot.services.steps.deciding import (
    lists_denied,
    tips_are_off,
    tips_off_until,
)

A_WEEK: Final = timedelta(days=7)


async def show(
    uow: UnitOfWork,
    ports: Ports,
    runner: Runner,
    check_in: CheckIn,
    *,
    line: Toast | None = None,
    in_place: bool = True,
) -> Reply:
    """Show a check-in as it stands: its open question, or its end and what followed."""
    question = next_question(check_in)
    receipt = CheckInShown(check_in.id)
    if check_in.closed_at is None and question is not None:
        prompt = Prompt(check_in, question)
        if in_place and check_in.message_id is not None:
            return Reply(runner, (Edit(prompt, check_in.message_id, receipt),), toast=line)
        return Reply(runner, messages=(Message(prompt, receipt),), toast=line)
    followed = await _followed(uow, ports, runner, check_in)
    told = any(isinstance(message.notice, EscalationNotice) for message in followed)
    closed = ClosedCheckIn(check_in, pain_free=await _pain_free(uow, check_in), escalated=told)
    # A typed rating may end a check-in that no message stands for yet: its end is then shown anew.
    in_place_only = bool(followed) and check_in.message_id is not None
    edit = Edit(closed, check_in.message_id, only_in_place=in_place_only)
    return Reply(runner, (edit,), followed, line)


async def _pain_free(uow: UnitOfWork, check_in: CheckIn) -> int:
    """Count the pain-free check-ins of the week that ends with this answer."""
    if check_in.rating != 0 or check_in.last_touched_at is None:
        return 0
    recent = await uow.check_ins.since(check_in.runner_id, check_in.last_touched_at - A_WEEK)
    return sum(
        one.closed is Closed.DONE and one.rating == 0 and not one.needs_signs for one in recent
    )


async def _followed(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn
) -> tuple[Message, ...]:
    """Derive the messages that came after a closed check-in."""
    escalation = await uow.escalations.for_check_in(check_in.id)
    decision = await uow.decisions.for_check_in(check_in.id)
    if escalation is not None and escalation.is_open:
        return (tell(runner, escalation),)
    if decision is None or (escalation and escalation.decision_id == decision.id):
        return ()
    notices = await _decided(uow, ports, runner, check_in, decision)
    return tuple(Message(notice) for notice in notices)


def tell(runner: Runner, escalation: Escalation) -> Message:
    """Put an escalation into the message that settles its delivery once it is sent."""
    notice = EscalationNotice(
        escalation.urgency,
        escalation.findings,
        escalation.id,
        runner.country,
        from_words=escalation.check_in_id is None,
    )
    return Message(notice, EscalationShown(escalation.id))


async def _decided(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn, decision: Decision
) -> list[Notice]:
    if not check_in.rating and decision.urgency is not Urgency.ROUTINE:
        return await _after_no_pain(uow, ports, check_in, decision)
    off = await tips_are_off(uow, runner, ports.clock.now())
    asks_profile = bool(check_in.rating) and runner.profile is None and not off
    notices: list[Notice] = []
    if not asks_profile or decision.urgency is Urgency.ROUTINE:
        notices.append(await advice_of(uow, ports, runner, check_in, decision, latest=True))
    if asks_profile:
        notices.append(ProfileQuestion(Profile(), Purpose.ADVICE, check_in.id))
    return notices


async def advice_of(
    uow: UnitOfWork,
    ports: Ports,
    runner: Runner,
    check_in: CheckIn,
    decision: Decision,
    *,
    latest: bool = False,
) -> Advice:
    """Derive the answer to reported pain, with its first tip or the `latest` one."""
    now = ports.clock.now()
    off = await tips_are_off(uow, runner, now)
    tip_id = decision.tips[-1 if latest else 0] if decision.tips else None
    return Advice(
        check_in,
        decision.urgency,
        reasons(ports, decision),
        ports.tip(tip_id) if tip_id and not off else None,
        await _given_id(uow, check_in, tip_id),
        more=latest or len(decision.tips) <= 1,
        held_back=bool(check_in.rating) and runner.profile is None and not off,
        off_until=await tips_off_until(uow, runner, now),
        firm=any(rule.firm for rule in ports.ruleset.rules if rule.id in decision.rules),
    )


async def _after_no_pain(
    uow: UnitOfWork, ports: Ports, check_in: CheckIn, decision: Decision
) -> list[Notice]:
    if check_in.is_about_signs or lists_denied(check_in):
        still_open = await uow.escalations.open_for(check_in.runner_id)
        return [LockReminder(still_open[0])] if still_open else [SignsDenied(check_in)]
    tip = ports.tip(decision.tips[-1]) if decision.tips else None
    given_id = await _given_id(uow, check_in, tip.id if tip else None)
    return [Prevention(tip, given_id)] if tip and given_id else []


async def _given_id(uow: UnitOfWork, check_in: CheckIn, tip_id: str | None) -> int | None:
    if tip_id is None:
        return None
    history = await uow.tips.history(check_in.runner_id)
    mine = [one.id for one in history if one.check_in_id == check_in.id and one.tip_id == tip_id]
    return mine[-1] if mine else None


def reasons(ports: Ports, decision: Decision) -> frozenset[Finding]:
    """Name what a decision rests on: of the rules that fired, the findings that held.

    Decisions of an earlier release did not keep those; then it is all a rule speaks of.
    """
    found: set[Finding] = set()
    for rule in ports.ruleset.rules:
        if rule.id in decision.rules:
            named = {*rule.when.all_of, *rule.when.any_of}
            found |= named & decision.findings or named
    weaker = [finding for finding in _LASTING if finding in found][:-1]
    return frozenset(found.difference(weaker))


_LASTING: Final = (
    Finding.LASTING_7,
    Finding.LASTING_14,
    Finding.LASTING_28,
    Finding.LASTING_42,
)
"""Each says more than those before it."""
