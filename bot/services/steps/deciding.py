"""From a check-in's answers to a decision: escalate, see somebody, or a tip that fits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain import trends
from bot.domain.check_in import (
    IS_OVER,
    NONE_OF_THESE,
    ONE_OR_MORE,
    WHICH,
    YES,
    CheckIn,
    Question,
    standing,
)
from bot.domain.decision import Decision
from bot.domain.escalation import Cleared, Escalation, behind
from bot.domain.red_flags import Finding, Ruleset, SignList
from bot.domain.runner import AgeBand, Condition, Profile, Runner
from bot.domain.trends import Rated
from bot.domain.triage import Assessment, Told, assess, nothing_new
from bot.services.ports import Ports, UnitOfWork

LOOKED_BACK: Final = timedelta(days=90)
EVER: Final = timedelta(days=36_500)
TOLD_BEFORE: Final = timedelta(days=7)
"""What was told on a first rating that was then taken back stands before the episode."""
LOOKED_AT: Final = frozenset({Cleared.SEEN, Cleared.CHECKED})


LISTS: Final = {
    Question.EMERGENCY: SignList.EMERGENCY,
    Question.SAME_DAY: SignList.SAME_DAY,
    Question.WEEKLY: SignList.WEEKLY,
}


@dataclass(frozen=True, slots=True)
class Past:
    """What the check-ins of the last months say; the one at hand need not be the latest."""

    ratings: tuple[Rated, ...]
    check_ins: tuple[CheckIn, ...]
    told: Told

    @property
    def episode_started_at(self) -> datetime | None:
        """When the running episode began, None outside one."""
        running = trends.episode(self.ratings)
        return running[0].at if running else None


async def past(
    uow: UnitOfWork, ports: Ports, check_in: CheckIn, profile: Profile | None = None
) -> Past:
    """Gather the runner's ratings and what they were told in this episode.

    Three months are enough as a rule; what began before them is looked up where it matters.
    """
    now = ports.clock.now()
    whole_past = profile is not None and (
        Condition.PREGNANCY in profile.conditions
        or profile.age_band in {AgeBand.FROM_55, AgeBand.FROM_66}
    )
    since = now - LOOKED_BACK
    check_ins = await _with_earlier(uow, check_in, since)
    if trends.reaches_before(trends.ratings(check_ins), since, whole_past=whole_past):
        check_ins = await _with_earlier(uow, check_in, now - EVER)
    ratings = trends.ratings(check_ins)
    running = trends.episode(ratings)
    started_at = running[0].at if running else now
    told = await _told(uow, ports.ruleset, check_in, started_at - TOLD_BEFORE)
    acknowledged = any(
        answer.question is Question.ACKNOWLEDGED and answer.answered_at >= started_at
        for one in check_ins
        for answer in one.answers
    )
    return Past(ratings, check_ins, replace(told, acknowledged=acknowledged))


async def _with_earlier(
    uow: UnitOfWork, check_in: CheckIn, since: datetime
) -> tuple[CheckIn, ...]:
    found = await uow.check_ins.since(check_in.runner_id, since)
    return (*(one for one in found if one.id != check_in.id), check_in)


async def _told(uow: UnitOfWork, ruleset: Ruleset, check_in: CheckIn, since: datetime) -> Told:
    """Find when each rule was last told in the episode, and when somebody last looked."""
    escalations = await uow.escalations.since(check_in.runner_id, since)
    last_at: dict[str, datetime] = {}
    for decision in await uow.decisions.since(check_in.runner_id, since):
        for rule in _heard(ruleset, decision, behind(decision, escalations)):
            last_at[rule] = decision.made_at
    ends = (one.cleared_at for one in escalations if one.cleared in LOOKED_AT)
    return Told(last_at, max((at for at in ends if at is not None), default=None))


def _heard(ruleset: Ruleset, decision: Decision, escalation: Escalation | None) -> list[str]:
    """Name the rules that a decision's message spoke of.

    One that escalates speaks of nothing that can wait. What was told by mistake was not told,
    unless the profile alone had led there: then it was the mistake, and the pain is the same.
    """
    fired = [rule for rule in ruleset.rules if rule.id in decision.rules]
    if escalation is not None and escalation.cleared is Cleared.MISTAKE:
        loudest = [rule for rule in fired if rule.urgency is decision.urgency]
        if not all(rule.once_per_episode for rule in loudest):
            return []
    return [rule.id for rule in fired if rule.urgency.escalates or not decision.urgency.escalates]


def signs_of(check_in: CheckIn) -> frozenset[Finding]:
    """Give the signs the standing answers report, named or not."""
    answers = standing(check_in)
    found: set[Finding] = set()
    for question, sign_list in LISTS.items():
        if answers.get(question) == ONE_OR_MORE:
            named = answers.get(WHICH[question])
            found.add(Finding(named) if named else sign_list.unspecified)
    if answers.get(Question.READ) == YES:
        found.update(check_in.kept.asked)
    if answers.get(Question.READ) == IS_OVER:
        found.add(Finding.RECENT_EMERGENCY)
    return frozenset(found)


async def judge(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn
) -> tuple[Assessment, Past]:
    """Assess everything known about this check-in, and nothing that was said after it.

    An older check-in can be judged again when more is known of the runner; what came later was
    judged, and answered for, in its own turn.
    """
    known = await past(uow, ports, check_in, runner.profile)
    findings = findings_of(check_in, known, runner.profile)
    silent = nothing_new(ports.ruleset, known.told, ports.clock.now())
    return assess(findings, ports.ruleset, already_told=silent), known


def findings_of(check_in: CheckIn, known: Past, profile: Profile | None) -> frozenset[Finding]:
    """Give everything a check-in says: its signs, and its rating among those before it."""
    ratings = trends.up_to(check_in, known.ratings)
    seen_at = known.told.seen_at
    found = signs_of(check_in) | trends.findings(check_in, ratings, profile, seen_at=seen_at)
    # The weekly list is shown beside pain only, also where its answer comes days later.
    return found | {Finding.PAIN} if check_in.value(Question.WEEKLY) == ONE_OR_MORE else found


def lists_denied(check_in: CheckIn) -> bool:
    """Whether both lists stand answered with "none of these"."""
    answers = standing(check_in)
    return (
        answers.get(Question.EMERGENCY) == NONE_OF_THESE
        and answers.get(Question.SAME_DAY) == NONE_OF_THESE
    )


async def tips_are_off(uow: UnitOfWork, runner: Runner, now: datetime) -> bool:
    """Whether the lock, or the week after an emergency sign went away, forbids every tip."""
    if await uow.escalations.open_for(runner.id):
        return True
    return await tips_off_until(uow, runner, now) is not None


async def tips_off_until(uow: UnitOfWork, runner: Runner, now: datetime) -> datetime | None:
    """Give the end of the week without tips; None outside one."""
    until = await uow.escalations.latest_tips_off(runner.id)
    return until if until is not None and now < until else None
