"""From a check-in's answers to a decision: escalate, see somebody, or a tip that fits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain import trends
from bot.domain.check_in import NONE_OF_THESE, ONE_OR_MORE, CheckIn, Question, standing
from bot.domain.red_flags import Finding, SignList
from bot.domain.runner import Runner
from bot.domain.trends import Rated
from bot.domain.triage import Assessment, assess
from bot.services.ports import Ports, UnitOfWork

LOOKED_BACK: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Past:
    """What the check-ins of the last months say; the one at hand need not be the latest."""

    ratings: tuple[Rated, ...]
    check_ins: tuple[CheckIn, ...]
    already_told: frozenset[str]

    @property
    def episode_started_at(self) -> datetime | None:
        """When the running episode began, None outside one."""
        running = trends.episode(self.ratings)
        return running[0].at if running else None


async def past(uow: UnitOfWork, check_in: CheckIn, now: datetime) -> Past:
    """Gather the runner's ratings and the rules they were already told of in this episode."""
    earlier = [
        one
        for one in await uow.check_ins.since(check_in.runner_id, now - LOOKED_BACK)
        if one.id != check_in.id
    ]
    check_ins = (*earlier, check_in)
    ratings = trends.ratings(check_ins)
    running = trends.episode(ratings)
    since = running[0].at if running else now
    decisions = await uow.decisions.since(check_in.runner_id, since)
    told = {rule for one in decisions if one.check_in_id != check_in.id for rule in one.rules}
    return Past(ratings, tuple(check_ins), frozenset(told))


def signs_of(check_in: CheckIn) -> frozenset[Finding]:
    """Give the signs the standing answers report, named or not."""
    answers = standing(check_in)
    found: set[Finding] = set()
    lists = (
        (Question.EMERGENCY, Question.EMERGENCY_WHICH, SignList.EMERGENCY),
        (Question.SAME_DAY, Question.SAME_DAY_WHICH, SignList.SAME_DAY),
    )
    for question, which, sign_list in lists:
        if answers.get(question) == ONE_OR_MORE:
            named = answers.get(which)
            found.add(Finding(named) if named else sign_list.unspecified)
    return frozenset(found)


async def judge(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn
) -> tuple[Assessment, Past]:
    """Assess everything known about this check-in, and nothing that was said after it.

    An older check-in can be judged again when more is known of the runner; what came later was
    judged, and answered for, in its own turn.
    """
    known = await past(uow, check_in, ports.clock.now())
    ratings = trends.up_to(check_in, known.ratings)
    findings = signs_of(check_in) | trends.findings(check_in, ratings, runner.profile)
    return assess(findings, ports.ruleset, already_told=known.already_told), known


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
