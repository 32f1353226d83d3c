"""Which tip, if any: what the last days bar, and the choice among what is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain import tips, trends
from bot.domain.check_in import CheckIn, Question
from bot.domain.decision import GivenTip
from bot.domain.escalation import Cleared
from bot.domain.not_when import FINDINGS_COUNT_FOR
from bot.domain.pain import SEVERE, BodyRegion, Effect
from bot.domain.red_flags import Finding
from bot.domain.runner import Profile, Runner
from bot.domain.setback import rose_after_exercise
from bot.domain.tips import Situation, Tip
from bot.services.ports import Ports, UnitOfWork
from bot.services.steps.deciding import LOOKED_BACK, Past, signs_of, tips_are_off

NO_EXERCISE_FOR: Final = timedelta(hours=24)
"""After a rating of 7 or more, or a tip that made it worse."""

LONG_RUN: Final = timedelta(hours=2)
LONG_RUN_COUNTS_FOR: Final = timedelta(hours=24)
BETWEEN_PREVENTION_TIPS: Final = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class LastDays:
    """What happened lately that rules tips out, beyond this moment's rating and the profile."""

    findings: frozenset[Finding] = frozenset()
    no_exercise: bool = False
    long_run: bool = False


async def last_days(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_ins: Iterable[CheckIn]
) -> LastDays:
    """Gather it from these check-ins, from escalations, tips and runs."""
    now, check_ins = ports.clock.now(), tuple(check_ins)
    rated = trends.ratings(check_ins)
    history = await uow.tips.history(runner.id)
    exercises = frozenset(tip.id for tip in ports.tips if tip.is_exercise)
    runs = await uow.runs.since(runner.id, now - LONG_RUN_COUNTS_FOR)
    return LastDays(
        findings=await recent_findings(uow, runner, check_ins, now),
        no_exercise=any(one.rating >= SEVERE and one.at > now - NO_EXERCISE_FOR for one in rated)
        or made_worse(check_ins, now - NO_EXERCISE_FOR)
        or rose_after_exercise(history, exercises, rated, now),
        long_run=any(run.duration is not None and run.duration > LONG_RUN for run in runs),
    )


async def recent_findings(
    uow: UnitOfWork, runner: Runner, check_ins: Iterable[CheckIn], now: datetime
) -> frozenset[Finding]:
    """Give the findings of the last seven days, less those that were a mistake.

    One that went away counts from then on; one that somebody looked at counts as well.
    """
    since = now - FINDINGS_COUNT_FOR
    escalations = await uow.escalations.since(runner.id, now - LOOKED_BACK)
    mistakes = [one for one in escalations if one.cleared is Cleared.MISTAKE]
    mistaken = {one.check_in_id for one in mistakes if one.check_in_id}
    withdrawn = {one.decision_id for one in mistakes}
    found: set[Finding] = set()
    for decision in await uow.decisions.since(runner.id, since):
        if decision.id not in withdrawn and decision.check_in_id not in mistaken:
            found |= decision.findings
    for escalation in escalations:
        felt_at = escalation.gone_at or escalation.opened_at
        if escalation.cleared is not Cleared.MISTAKE and felt_at > since:
            found |= escalation.findings
    for check_in in check_ins:
        touched_at = check_in.last_touched_at
        if touched_at and touched_at > since and check_in.id not in mistaken:
            found |= signs_of(check_in)
    return frozenset(found)


def made_worse(check_ins: Iterable[CheckIn], since: datetime) -> bool:
    """Whether a tip made it worse: that ends new exercises for the day."""
    return any(
        answer.question is Question.HELPED
        and answer.value == Effect.WORSE
        and answer.answered_at > since
        for check_in in check_ins
        for answer in check_in.answers
    )


async def situation(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn, known: Past
) -> Situation:
    """Describe the moment to the choice of a tip."""
    rating = check_in.rating or 0
    lately = await last_days(uow, ports, runner, known.check_ins)
    return Situation(
        rating=rating,
        region=check_in.region or (None if rating else BodyRegion.BETWEEN_BLADES),
        contributor=check_in.contributor,
        phase=tips.phase_of(rating, known.episode_started_at, ports.clock.now()),
        profile=runner.profile or Profile(undisclosed=True),
        no_exercise=lately.no_exercise,
        findings=lately.findings,
        long_run=lately.long_run,
    )


async def choose_tip(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn, known: Past
) -> Tip | None:
    """Choose the tip for reported pain, or a prevention tip now and then after a 0."""
    now = ports.clock.now()
    if runner.profile is None or await tips_are_off(uow, runner, now):
        return None
    history = await uow.tips.history(runner.id)
    if not check_in.rating and not _prevention_is_due(history, now):
        return None
    shown = frozenset(one.tip_id for one in history if one.check_in_id == check_in.id)
    moment = await situation(uow, ports, runner, check_in, known)
    return tips.choose(ports.tips, moment, history, not_now=shown)


def _prevention_is_due(history: tuple[GivenTip, ...], now: datetime) -> bool:
    unasked = [one.given_at for one in history if not one.asked_for]
    rested = not unasked or now - unasked[-1] >= BETWEEN_PREVENTION_TIPS
    return rested and tips.may_give_unasked(history, now)
