"""Time as the sandbox sees it: read from a clock it is given, moved only where that one allows."""

import re
import time
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.sandbox.errors import ActError, Json

MORNING = time_of_day(8, 5)
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


class SandboxClock(Protocol):
    """What the sandbox needs to know of time; all instants are aware UTC."""

    @property
    def can_move(self) -> bool:
        """Whether `jump` may be called."""

    def now(self) -> datetime:
        """The present instant."""

    async def jump(self, to: datetime) -> None:
        """Return once everything due on the way to that instant has happened."""

    async def next_due(self) -> datetime | None:
        """When the bot has something to do next, None when it waits for the runner."""


class SystemSandboxClock:
    """The machine's own clock: it cannot be moved and knows nothing of what is due."""

    can_move = False

    def now(self) -> datetime:
        """The machine's time."""
        return datetime.fromtimestamp(time.time(), UTC)

    async def jump(self, to: datetime) -> None:
        """Never called: `can_move` is false."""
        raise NotImplementedError(to)

    async def next_due(self) -> datetime | None:
        """Nothing is known to be due."""
        return None


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """The next 08:05 on that zone's wall clock, five minutes after the usual morning check-in."""
    local = now.astimezone(zone)
    morning = datetime.combine(local.date(), MORNING, zone)
    if morning <= local:
        morning = datetime.combine(local.date() + timedelta(days=1), MORNING, zone)
    return morning.astimezone(UTC)


async def destination(clock: SandboxClock, wish: Json) -> datetime:
    """Where the clock shall go: `{"to": iso}` or `{"move": duration | name, "zone"?: IANA}`."""
    now = clock.now()
    try:
        if "to" in wish:
            to = datetime.fromisoformat(wish["to"]).astimezone(UTC)
        else:
            to = await _moved(clock, now, str(wish["move"]), str(wish.get("zone", "UTC")))
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise ActError(400, f"cannot read where to move the clock: {error}") from error
    if to < now:
        raise ActError(400, "the clock only moves forward")
    return to


async def _moved(clock: SandboxClock, now: datetime, move: str, zone: str) -> datetime:
    if move == "next_morning":
        return next_morning(now, ZoneInfo(zone))
    if move == "next_due":
        due = await clock.next_due()
        if due is None:
            raise ActError(409, "nothing is due")
        return max(due, now)
    return now + parse_duration(move)


def parse_duration(text: str) -> timedelta:
    """An ISO 8601 duration without years and months; ValueError for anything else."""
    found = _DURATION.fullmatch(text)
    parts = (
        {unit: int(count) for unit, count in found.groupdict("").items() if count} if found else {}
    )
    if not parts:
        raise ValueError(text)
    return timedelta(**parts)
