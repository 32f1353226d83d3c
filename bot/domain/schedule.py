"""When check-ins come: wall clock in the runner's zone, right across DST changes and travel.

All instants are aware datetimes in UTC; only the wall-clock rules look at the zone. A wall time
that a DST change skips or repeats is read as `zoneinfo` reads it with fold=0: a skipped 02:30
becomes the instant that 02:30 would have had before the change, a repeated one its first pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.check_in import CheckInKind, Closed
from bot.domain.runner import PlannedRun, Rhythm

MORNING_REST: Final = timedelta(hours=5)
"""A morning check-in comes at least this long after the run."""

STILL_ASKED: Final = timedelta(hours=36)
"""A run logged later than this is recorded only."""

SNOOZE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: when it ended, and what the runner cared to add."""

    runner_id: int
    ended_at: datetime
    logged_at: datetime
    id: int = 0
    distance_km: float | None = None
    duration: timedelta | None = None
    undone_at: datetime | None = None
    update_id: int | None = None


class Dropped(StrEnum):
    """Why a run gets no soon-after check-in of its own."""

    QUIET_HOURS = "quiet_hours"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Slot:
    """A check-in to create: its kind, its instant (UTC) and the local date it belongs to."""

    kind: CheckInKind
    due_at: datetime
    local_date: date
    late: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run leads to. `ask_now` says that the log reply should offer a check-in at once."""

    slots: tuple[Slot, ...]
    dropped: Dropped | None = None
    ask_now: bool = True

    def slot(self, kind: CheckInKind) -> Slot | None:
        """Give the planned check-in of one kind, None where there is none."""
        return next((slot for slot in self.slots if slot.kind is kind), None)


def local(at: datetime, zone: str) -> datetime:
    """Show an instant on the wall clock of a zone."""
    return at.astimezone(ZoneInfo(zone))


def instant(day: date, at: time, zone: str) -> datetime:
    """Read a wall-clock time as an instant in UTC."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def next_wall_time(after: datetime, at: time, zone: str) -> datetime:
    """Give the first instant strictly after `after` at which the zone's clock shows `at`."""
    day = local(after, zone).date()
    candidates = (instant(day + timedelta(days=n), at, zone) for n in range(3))
    return next(moment for moment in candidates if moment > after)


def morning_after(ended_at: datetime, rhythm: Rhythm, zone: str) -> datetime:
    """Give the first morning time at least five hours after a run ended."""
    earliest = ended_at + MORNING_REST
    return next_wall_time(earliest - timedelta(microseconds=1), rhythm.morning_at, zone)


def is_quiet(at: datetime, rhythm: Rhythm, zone: str) -> bool:
    """Whether an instant falls into the runner's quiet hours."""
    return rhythm.quiet_hours.contains(local(at, zone).time())


def end_of_quiet(at: datetime, rhythm: Rhythm, zone: str) -> datetime:
    """Give the first instant from `at` on that is not quiet."""
    if not is_quiet(at, rhythm, zone):
        return at
    return next_wall_time(at, rhythm.quiet_hours.end, zone)


def plan(ended_at: datetime, now: datetime, rhythm: Rhythm, zone: str) -> Plan:
    """Plan the check-ins of one run.

    Soon-after comes `first_check_in_after` the finish (at once when that is over by less than
    the start window), never in quiet hours. Morning comes at the first morning time at least
    five hours later, or where that is quiet at the end of the quiet hours. With both over, one
    late check-in comes now if the run ended under 36 hours ago.
    """
    morning_at = morning_after(ended_at, rhythm, zone)
    soon_at = ended_at + rhythm.first_check_in_after
    if morning_at <= now:
        return _late_plan(ended_at, now, rhythm, zone)
    morning = _slot(CheckInKind.MORNING, end_of_quiet(morning_at, rhythm, zone), zone)
    due_at = max(soon_at, now)
    if now >= soon_at + rhythm.start_within:
        return Plan((morning,), Dropped.PAST)
    if is_quiet(due_at, rhythm, zone):
        return Plan((morning,), Dropped.QUIET_HOURS)
    return Plan((_slot(CheckInKind.SOON_AFTER, due_at, zone), morning), ask_now=due_at > now)


def _late_plan(ended_at: datetime, now: datetime, rhythm: Rhythm, zone: str) -> Plan:
    if now - ended_at >= STILL_ASKED:
        return Plan((), Dropped.PAST)
    if is_quiet(now, rhythm, zone):
        return Plan((), Dropped.QUIET_HOURS)
    due_at = max(now, ended_at + rhythm.first_check_in_after)
    return Plan((_slot(CheckInKind.SOON_AFTER, due_at, zone, late=True),), ask_now=False)


def _slot(kind: CheckInKind, due_at: datetime, zone: str, *, late: bool = False) -> Slot:
    return Slot(kind, due_at, local(due_at, zone).date(), late)


def planned_slots(
    weekly: tuple[PlannedRun, ...],
    now: datetime,
    until: datetime,
    rhythm: Rhythm,
    zone: str,
) -> tuple[Slot, ...]:
    """Give the planned-day questions due after `now` and up to `until`, none in quiet hours."""
    today = local(now, zone).date()
    days = [today + timedelta(days=n) for n in range(-1, (until - now).days + 3)]
    slots = (
        Slot(
            CheckInKind.PLANNED,
            instant(day, line.finish_at, zone) + rhythm.first_check_in_after,
            day,
        )
        for day in days
        for line in weekly
        if line.weekday == day.weekday()
    )
    return tuple(
        slot
        for slot in slots
        if now < slot.due_at <= until and not is_quiet(slot.due_at, rhythm, zone)
    )


def moved_morning(due_at: datetime, old_zone: str, rhythm: Rhythm, new_zone: str) -> datetime:
    """Move a morning check-in to the same local date's morning in another zone."""
    day = local(due_at, old_zone).date()
    return instant(day, rhythm.morning_at, new_zone)


def too_late_to_ask(due_at: datetime, now: datetime, rhythm: Rhythm) -> Closed | None:
    """Say whether a prompt that could not be sent in time has lost its meaning."""
    return Closed.TOO_LATE if now - due_at >= rhythm.start_within else None
