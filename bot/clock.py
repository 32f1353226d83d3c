"""Where the present comes from: the system, or the demo's clock that can be moved forward."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may ask the machine


class MovableClock:
    """A clock that runs on from wherever it was moved to. It never goes back.

    `offset` is how far it is ahead of the machine's clock; whoever keeps it over a restart
    hands it back in.
    """

    def __init__(self, offset: timedelta = timedelta(0), real: SystemClock | None = None) -> None:
        self._real = real or SystemClock()
        self._offset = max(offset, timedelta(0))

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead."""
        return self._offset

    def now(self) -> datetime:
        """Give the present instant, aware, in UTC."""
        return self._real.now() + self._offset

    def advance_to(self, at: datetime) -> None:
        """Move to `at`; an instant that has passed already changes nothing."""
        self._offset = max(self._offset, at - self._real.now())

    def monotonic(self) -> float:
        """Seconds that have gone by since some time, those among them that were moved over."""
        return time.monotonic() + self._offset.total_seconds()
