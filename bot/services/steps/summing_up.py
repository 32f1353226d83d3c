"""The weekly summary: when it is owed, and whether it is still wanted when it is due."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from bot.domain.check_in import SAFETY_QUESTIONS, CheckInKind, next_question
from bot.domain.delivery import Delivery, DeliveryKind
from bot.domain.history import Period
from bot.domain.runner import Runner, rhythm_for
from bot.domain.schedule import end_of_quiet, instant, local
from bot.services.notices import WeeklySummary
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Message, Reply
from bot.services.steps.prepared import Moved, Prepared, Settled
from bot.services.steps.remembering import remember, sunday_of, week_of

SUNDAY: Final = 6
AT: Final = time(18)
"""Local time on Sundays: the week is over, and the evening is not."""

AHEAD: Final = timedelta(hours=36)
IN_QUESTION_FOR: Final = timedelta(hours=24)
"""So long a question about a typed sign holds back what can wait; it stays open itself."""

STILL_NEWS: Final = timedelta(hours=24)
"""Later than this after Sunday evening the week is old; the next one comes soon enough."""


def next_summary(now: datetime, zone: str) -> datetime:
    """Give the next Sunday evening, strictly after `now`."""
    day = local(now, zone).date()
    sunday = day + timedelta(days=SUNDAY - day.weekday())
    due_at = instant(sunday, AT, zone)
    return due_at if due_at > now else instant(sunday + timedelta(days=7), AT, zone)


def summary_is_near(runner: Runner, now: datetime) -> bool:
    """Whether a summary is to be owed now, as far as the runner's own row says."""
    wanted = runner.is_ready and runner.preferences.summary
    return wanted and next_summary(now, runner.zone or "UTC") <= now + AHEAD


async def plan_summary(uow: UnitOfWork, runner: Runner, now: datetime) -> bool:
    """Owe this week's summary where it is near; says whether it is new.

    One for a runner and a week, by its key. A pending one follows the runner into another zone.
    """
    if not summary_is_near(runner, now):
        return False
    zone = runner.zone or "UTC"
    due_at = next_summary(now, zone)
    key = f"summary:{runner.id}:{week_of(local(due_at, zone).date())}"
    owed = Delivery(runner.id, DeliveryKind.SUMMARY, runner.id, due_at, key)
    if await uow.deliveries.enqueue(owed):
        return True
    await uow.deliveries.reschedule(key, due_at)
    return False


async def prepare_summary(
    uow: UnitOfWork, ports: Ports, runner: Runner, delivery: Delivery
) -> Prepared:
    """Send it unless it is late, unwanted, paused or locked, or there is nothing to tell."""
    now = ports.clock.now()
    reason = await _reason_not_to(uow, runner, delivery, now)
    if reason is not None:
        return Settled(reason)
    later = await _not_before(uow, ports, runner, now)
    if later is not None:
        return Moved(later)
    # Late, it still tells of its own week: what is new belongs to the next one.
    history = await remember(uow, runner, Period.WEEK, min(now, _end_of_week(runner, delivery)))
    if not history.tells:
        return Settled("nothing to tell")
    return Reply(runner, messages=(Message(WeeklySummary(history)),))


def _end_of_week(runner: Runner, delivery: Delivery) -> datetime:
    sunday = sunday_of(delivery.dedupe_key.rpartition(":")[2])
    return instant(sunday + timedelta(days=1), time(0), runner.zone or "UTC") - timedelta(
        seconds=1
    )


async def _reason_not_to(
    uow: UnitOfWork, runner: Runner, delivery: Delivery, now: datetime
) -> str | None:
    if not runner.is_ready or not runner.preferences.summary:
        return "not wanted by the runner"
    if runner.is_paused(now):
        return "paused"
    if await uow.escalations.open_for(runner.id):
        return "locked"
    if await typed_sign_is_open(uow, runner, now):
        return "a sign is asked about"
    return "too late" if now - delivery.due_at > STILL_NEWS else None


async def _not_before(
    uow: UnitOfWork, ports: Ports, runner: Runner, now: datetime
) -> datetime | None:
    quiet_until = end_of_quiet(now, rhythm_for(runner, ports.rhythm), runner.zone or "UTC")
    return quiet_until if quiet_until > now else await answering_until(uow, ports, runner)


async def typed_sign_is_open(uow: UnitOfWork, runner: Runner, now: datetime) -> bool:
    """Whether a possible sign was typed within a day and its question is not answered yet."""
    return any(
        one.kind is CheckInKind.READ and one.opened_at and now - one.opened_at < IN_QUESTION_FOR
        for one in await uow.check_ins.open_for(runner.id)
    )


async def answering_until(uow: UnitOfWork, ports: Ports, runner: Runner) -> datetime | None:
    """Give when a check-in under way is left alone no more, None where the runner answers none."""
    now = ports.clock.now()
    within = rhythm_for(runner, ports.rhythm).finish_within
    for check_in in await uow.check_ins.open_for(runner.id):
        touched_at = check_in.last_touched_at
        # Whoever reads the signs is in the middle of it before the first tap, too.
        answering = bool(check_in.answers) or next_question(check_in) in SAFETY_QUESTIONS
        if answering and touched_at and now < touched_at + within:
            return touched_at + within
    return None
