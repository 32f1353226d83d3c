"""A runner's last days, gathered from the rows for a picture, a week's sentence or a doctor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain import load
from bot.domain.check_in import CheckIn, CheckInKind, Closed, Question
from bot.domain.decision import Decision
from bot.domain.escalation import Cleared, behind
from bot.domain.history import (
    History,
    Occasion,
    PauseMark,
    Period,
    RatingMark,
    RunMark,
    SignMark,
)
from bot.domain.red_flags import Finding
from bot.domain.runner import PauseSpan, Runner
from bot.domain.schedule import Run, instant
from bot.domain.trends import profile_findings
from bot.services.ports import UnitOfWork
from bot.services.steps.deciding import EVER, signs_of

MISSED: Final = frozenset({Closed.TOO_LATE, Closed.UNREACHABLE})
"""Never asked although it was due: the machine slept, or the runner could not be reached."""

NOT_MISSED: Final = frozenset(
    {Closed.NO_RUN, Closed.PAUSED, Closed.LOCKED, Closed.QUIET_HOURS, Closed.UNDONE}
)
"""Ended without a rating for a reason that is none of the runner's silence."""

ANSWERED_LATE: Final = timedelta(days=7)
"""A check-in due so long before the first day shown may have been answered within the days."""


async def remember(uow: UnitOfWork, runner: Runner, period: Period, now: datetime) -> History:
    """Gather what happened on the last days, today included, on the runner's own calendar."""
    zone = ZoneInfo(runner.zone or "UTC")
    history = History(period, now.astimezone(zone).date())
    since = instant(history.first, time(0), zone.key)
    check_ins = await uow.check_ins.since(runner.id, since - ANSWERED_LATE)
    runs = await uow.runs.since(runner.id, since - load.LOOKED_BACK)
    typed = [one for one in await standing_decisions(uow, runner, since) if one.is_from_words]
    tips = await uow.tips.history(runner.id)
    pauses = await uow.pauses.since(runner.id, since)
    known = History(
        period,
        history.last,
        ratings=tuple(sorted(_ratings(check_ins, zone), key=lambda one: one.at)),
        runs=tuple(_run(run, runs, zone) for run in runs),
        missed=tuple(_missed(without_undone_runs(check_ins, runs), zone)),
        signs=tuple(sorted(_signs(check_ins, typed, runner, zone), key=lambda one: one.at)),
        tips=tuple(one.given_at.astimezone(zone) for one in tips),
        pauses=tuple(_pause(one, now, zone) for one in pauses),
    )
    return known.between(history.first, history.last)


async def first_period(uow: UnitOfWork, runner: Runner, now: datetime) -> History:
    """Give the shortest period in which anything happened, else the shortest."""
    shortest = await remember(uow, runner, Period.WEEK, now)
    if not shortest.is_empty:
        return shortest
    for period in (Period.MONTH, Period.QUARTER):
        history = await remember(uow, runner, period, now)
        if not history.is_empty:
            return history
    return shortest


async def standing_decisions(
    uow: UnitOfWork, runner: Runner, since: datetime
) -> tuple[Decision, ...]:
    """Give the decisions less those on words that were misread: no doctor should act on them.

    A mistaken tap needs no such care, as its answer is corrected in the check-in itself.
    """
    known = await uow.escalations.since(runner.id, since - EVER)
    told = [(one, behind(one, known)) for one in await uow.decisions.since(runner.id, since)]
    return tuple(
        one
        for one, escalation in told
        if not (one.is_from_words and escalation and escalation.cleared is Cleared.MISTAKE)
    )


def _ratings(check_ins: Iterable[CheckIn], zone: ZoneInfo) -> Iterable[RatingMark]:
    for check_in in check_ins:
        given = [one for one in check_in.answers if one.question is Question.RATING]
        if given and check_in.rating is not None:
            at = given[-1].answered_at.astimezone(zone)
            yield RatingMark(at, check_in.rating, _occasion(check_in), check_in.run_id)


def _occasion(check_in: CheckIn) -> Occasion:
    if check_in.kind is CheckInKind.MORNING:
        return Occasion.MORNING
    is_after = check_in.kind in {CheckInKind.SOON_AFTER, CheckInKind.PLANNED}
    return Occasion.AFTER if is_after or check_in.run_id is not None else Occasion.BETWEEN


def without_undone_runs(check_ins: Iterable[CheckIn], runs: Iterable[Run]) -> list[CheckIn]:
    """Leave out what was asked about a run that was taken back, unless it was answered.

    `runs` are the standing ones.
    """
    standing = {run.id for run in runs}
    return [
        one
        for one in check_ins
        if one.run_id is None or one.run_id in standing or one.rating is not None
    ]


def _missed(check_ins: Iterable[CheckIn], zone: ZoneInfo) -> Iterable[datetime]:
    """Prompts that are over without a rating; what was replaced before its time is no gap."""
    for one in check_ins:
        was_due = one.opened_at is not None or one.closed in MISSED
        is_over = one.closed is not None and one.closed not in NOT_MISSED
        if was_due and is_over and one.rating is None and not one.is_about_signs:
            yield (one.opened_at or one.due_at).astimezone(zone)


def _signs(
    check_ins: Iterable[CheckIn], typed: Iterable[Decision], runner: Runner, zone: ZoneInfo
) -> Iterable[SignMark]:
    """What was tapped on a list, and what was read from words: of those, not what is known."""
    known = profile_findings(runner.profile) | {Finding.PAIN}
    for check_in in check_ins:
        signs = signs_of(check_in)
        if signs and check_in.last_touched_at is not None:
            yield SignMark(check_in.last_touched_at.astimezone(zone), signs)
    for decision in typed:
        signs = decision.findings - known
        if signs:
            yield SignMark(decision.made_at.astimezone(zone), signs)


def _run(run: Run, runs: Sequence[Run], zone: ZoneInfo) -> RunMark:
    beside = load.compared(run, runs)
    minutes = round(run.duration.total_seconds() / 60) if run.duration else None
    is_longest = beside is not None and beside.is_longest
    return RunMark(run.ended_at.astimezone(zone), run.distance_km, minutes, is_longest)


def _pause(pause: PauseSpan, now: datetime, zone: ZoneInfo) -> PauseMark:
    """A pause that is still on reaches to now, and no further into what nobody knows yet."""
    ends = min(pause.over_at or now, now)
    return PauseMark(pause.began_at.astimezone(zone), ends.astimezone(zone))


def week_of(day: date) -> str:
    """Name the week a day is in, as 2026-W48."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def sunday_of(week: str) -> date:
    """Give the last day of a week named like 2026-W48."""
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 7)
