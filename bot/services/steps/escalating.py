"""Opening an escalation: one transaction that leaves nothing to chance afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.check_in import CheckIn, Closed
from bot.domain.decision import Decision
from bot.domain.delivery import DeliveryKind
from bot.domain.escalation import GONE_FOR, HANDLER_GRACE, SECOND_LOOK, Cleared, Escalation
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import Rhythm, Runner
from bot.domain.schedule import next_wall_time
from bot.domain.triage import Assessment
from bot.services.ports import Ports, UnitOfWork
from bot.services.steps.recording import close_check_in, enqueue

FOLLOW_UPS: Final = frozenset(
    {DeliveryKind.REACHED_HELP, DeliveryKind.WERE_YOU_SEEN, DeliveryKind.STILL_GONE}
)
LOOKED_BACK: Final = timedelta(days=90)
NIGHT_AT_LEAST: Final = timedelta(hours=3)
"""An escalation in the small hours is followed up the same morning, one at dawn the next."""


async def store_decision(
    uow: UnitOfWork,
    ports: Ports,
    runner: Runner,
    check_in: CheckIn | None,
    assessment: Assessment,
    *,
    tips: tuple[str, ...] = (),
) -> Decision:
    """Store what was decided, on which answers, by which rules of which ruleset.

    Without a check-in it was decided on something typed, of which only the findings are kept.
    """
    answers = check_in.answers if check_in else ()
    return await uow.decisions.add(
        Decision(
            runner_id=runner.id,
            made_at=ports.clock.now(),
            urgency=assessment.urgency,
            rules=assessment.rules,
            ruleset_hash=ports.ruleset.hash,
            answers=tuple((answer.question, answer.value) for answer in answers),
            tips=tips,
            check_in_id=check_in.id if check_in else None,
            findings=assessment.findings,
        )
    )


async def escalate(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn, assessment: Assessment
) -> tuple[CheckIn, Escalation]:
    """Open an EMERGENCY or URGENT on what a check-in says, and close the check-in."""
    now = ports.clock.now()
    escalation = await open_escalation(uow, ports, runner, check_in, assessment)
    closed = await close_check_in(uow, check_in, Closed.DONE, now)
    await uow.deliveries.cancel(check_in.id, frozenset({DeliveryKind.SIGN_UNNAMED}), "escalated")
    return closed, escalation


async def open_escalation(
    uow: UnitOfWork,
    ports: Ports,
    runner: Runner,
    check_in: CheckIn | None,
    assessment: Assessment,
) -> Escalation:
    """Open an EMERGENCY or URGENT: decision, lock, message owed, follow-ups.

    It takes the place of open ones and never stands lower than the highest of them. Without a
    check-in it comes from something the runner typed.
    """
    decision = await store_decision(uow, ports, runner, check_in, assessment)
    now = ports.clock.now()
    urgency, findings = await _with_older(uow, runner, assessment)
    tips_off_until = await _replace_older(uow, runner, now)
    escalation = await uow.escalations.add(
        Escalation(
            runner_id=runner.id,
            urgency=urgency,
            findings=findings,
            opened_at=now,
            decision_id=decision.id,
            check_in_id=check_in.id if check_in else None,
            tips_off_until=tips_off_until,
        )
    )
    await _owe(uow, ports.rhythm, runner, escalation)
    return escalation


async def _with_older(
    uow: UnitOfWork, runner: Runner, assessment: Assessment
) -> tuple[Urgency, frozenset[Finding]]:
    """Keep what an open, more urgent escalation says: a fever does not end a chest pain."""
    urgency, findings = assessment.urgency, assessment.findings
    for older in await uow.escalations.open_for(runner.id):
        urgency = max(urgency, older.standing_urgency)
        findings |= _standing_findings(older)
    return urgency, findings


def _standing_findings(older: Escalation) -> frozenset[Finding]:
    """Give what an open escalation is about now: of an emergency that eased, that there was one.

    Thoughts of self-harm are never reworded, so that the crisis line stays in sight.
    """
    if older.lowered_at is None:
        return older.findings
    return older.findings & {Finding.SELF_HARM} | {Finding.RECENT_EMERGENCY}


async def _replace_older(uow: UnitOfWork, runner: Runner, now: datetime) -> datetime | None:
    """Let the new escalation take the place of open ones; what kept tips off still does."""
    for older in await uow.escalations.open_for(runner.id):
        await uow.escalations.save(
            replace(older, cleared=Cleared.REPLACED, cleared_at=now, asked=None)
        )
        await uow.deliveries.cancel(older.id, FOLLOW_UPS, "replaced")
    return await uow.escalations.latest_tips_off(runner.id)


async def _owe(uow: UnitOfWork, defaults: Rhythm, runner: Runner, escalation: Escalation) -> None:
    now = escalation.opened_at
    await enqueue(uow, runner, DeliveryKind.ESCALATION, escalation.id, now + HANDLER_GRACE)
    await _owe_follow_ups(uow, defaults, runner, escalation, now)


async def _owe_follow_ups(
    uow: UnitOfWork, defaults: Rhythm, runner: Runner, escalation: Escalation, now: datetime
) -> None:
    """Put the questions that an escalation as it stands is still owed, from now on."""
    seen_at = next_morning(runner, defaults, now)
    due = [(DeliveryKind.WERE_YOU_SEEN, seen_at)]
    if escalation.gone_at is not None:
        due.append((DeliveryKind.STILL_GONE, max(now, escalation.gone_at + GONE_FOR)))
    if escalation.standing_urgency is Urgency.EMERGENCY:
        due.append((DeliveryKind.WERE_YOU_SEEN, seen_at + SECOND_LOOK))
        if escalation.reached is None:
            due.append((DeliveryKind.REACHED_HELP, now + defaults.emergency_follow_up_after))
    for kind, due_at in due:
        await enqueue(uow, runner, kind, escalation.id, due_at)


async def follow_up_again(
    uow: UnitOfWork, ports: Ports, runner: Runner, escalation: Escalation
) -> None:
    """Ask about an escalation from the start: its sign is back, or it stands again."""
    await uow.deliveries.cancel(escalation.id, FOLLOW_UPS, "asked anew")
    await _owe_follow_ups(uow, ports.rhythm, runner, escalation, ports.clock.now())


async def restore_replaced(
    uow: UnitOfWork, ports: Ports, runner: Runner, mistaken: Escalation
) -> Escalation | None:
    """Bring back what a mistaken escalation had taken the place of: that still holds."""
    restored = None
    for older in await uow.escalations.since(runner.id, mistaken.opened_at - LOOKED_BACK):
        if older.cleared is Cleared.REPLACED and older.cleared_at == mistaken.opened_at:
            restored = replace(older, cleared=None, cleared_at=None)
            await uow.escalations.save(restored)
            await follow_up_again(uow, ports, runner, restored)
    return restored


def next_morning(runner: Runner, defaults: Rhythm, now: datetime) -> datetime:
    """Give the next morning time of the runner, at least three hours away."""
    at = runner.preferences.morning_at or defaults.morning_at
    return next_wall_time(now + NIGHT_AT_LEAST, at, runner.zone or "UTC")
