"""The heartbeat: APScheduler wakes the worker, the rows say what there is to do.

APScheduler computes from the wall clock, and wall clocks are set. Measured with its own interval
trigger: set back an hour, the job pauses for that hour; set forward a year, the event loop hangs
for a minute and a half while it counts the missed beats. Hence triggers that always look forward
from the present, and a watchdog on the monotonic clock.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

Beat = Callable[[], Awaitable[object]]

INTERVAL: Final = timedelta(seconds=1)
STALLED_AFTER: Final = timedelta(seconds=5)
BEAT_WITHIN: Final = timedelta(minutes=5)
"""A beat that hangs is cut off: what it had claimed is sent again when the lease is over."""

STOP_WITHIN: Final = timedelta(seconds=10)
_BEAT: Final = "beat"

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class _Tick(BaseTrigger):  # type: ignore[misc] # APScheduler 3 has no type hints
    """Fires at once, then one interval after the present, however late that is."""

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now if previous is None else now + self._interval


class _ForwardCron(BaseTrigger):  # type: ignore[misc] # as above
    """A cron trigger that skips over missed occasions instead of counting them one by one."""

    def __init__(self, cron: CronTrigger) -> None:
        self._cron = cron

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        # One microsecond on, or an occasion that is exactly now would come up again and again.
        later = now if previous is None else max(now, previous) + timedelta(microseconds=1)
        found: datetime | None = self._cron.get_next_fire_time(None, later)
        return found


class Heartbeat:
    """Calls `beat` every second, one call at a time, and recurring jobs at their times in UTC.

    An exception in a beat or a job is logged by its class and stops nothing.
    """

    def __init__(self, beat: Beat, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._beat = beat
        self._monotonic = monotonic
        self._jobs: dict[str, Beat] = {}
        self._turn = asyncio.Lock()
        self._failing: dict[str, type[Exception]] = {}
        self._last_at = monotonic()
        self._watch: asyncio.TimerHandle | None = None
        self._quiet_by: float | None = None
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def add_cron(self, name: str, job: Beat, **fields: int | str) -> None:
        """Add a recurring job before the start; `fields` are CronTrigger's, in UTC."""
        self._jobs[name] = job
        trigger = _ForwardCron(CronTrigger(timezone=UTC, **fields))
        self._scheduler.add_job(self._run_job, trigger, args=[name], id=f"cron.{name}")

    def start(self) -> None:
        """Start beating, the first beat being at once; needs a running event loop."""
        self._scheduler.add_job(self.wake, _Tick(INTERVAL), id=_BEAT)
        self._scheduler.start()
        self._keep_watch()

    @property
    def hushed(self) -> bool:
        """Whether no more work is to be begun; a long beat looks here between its steps."""
        return self._quiet_by is not None

    def hush(self) -> None:
        """Begin no more beats or jobs. What is under way has ten seconds from now."""
        if self._quiet_by is None:
            self._quiet_by = self._monotonic() + STOP_WITHIN.total_seconds()
        if self._scheduler.running:
            self._scheduler.pause()

    async def settled(self) -> None:
        """Wait for the beat under way, for what is left of its ten seconds."""
        self.hush()
        left = max(0.0, (self._quiet_by or 0.0) - self._monotonic())
        try:
            async with asyncio.timeout(left), self._turn:
                pass
        except TimeoutError:
            _log.warning("heartbeat.stopped_in_mid_beat")

    async def wake(self) -> None:
        """Beat now, after the beat that may be under way."""
        if self.hushed:
            return
        async with self._turn:
            await self._guarded(_BEAT, self._beat)
            self._last_at = self._monotonic()

    async def run_jobs(self) -> None:
        """Run every recurring job now: after a start or a jump of the clock, to catch up."""
        for name in self._jobs:
            await self._run_job(name)

    def check(self) -> bool:
        """Re-arm the beat if it stalled; gives whether it had. The watchdog's own step."""
        silence = timedelta(seconds=self._monotonic() - self._last_at)
        if self._turn.locked() or silence < STALLED_AFTER:
            return False
        _log.warning("heartbeat.rearmed", silent_for=silence)
        self._last_at = self._monotonic()
        # A clock set back has put off the recurring jobs as well, by as much.
        for job in self._scheduler.get_jobs():
            job.reschedule(job.trigger)
        return True

    async def stop(self) -> None:
        """Let the beat under way finish, within bounds, then stop for good."""
        if self._watch is not None:
            self._watch.cancel()
        if not self._scheduler.running:
            return
        await self.settled()
        self._scheduler.shutdown()
        # The scheduler shuts down in a callback of the loop; give it its turn.
        await asyncio.sleep(0)

    def _keep_watch(self) -> None:
        self.check()
        loop = asyncio.get_running_loop()
        self._watch = loop.call_later(INTERVAL.total_seconds(), self._keep_watch)

    async def _run_job(self, name: str) -> None:
        if self.hushed:
            return
        await self._guarded(name, self._jobs[name])

    async def _guarded(self, name: str, work: Beat) -> None:
        try:
            async with asyncio.timeout(BEAT_WITHIN.total_seconds()):
                await work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the heart goes on
            # Told once while it lasts: a database that is away would fill the log.
            if self._failing.get(name) is not type(error):
                _log.exception("heartbeat.job_failed", job=name)
            self._failing[name] = type(error)
        else:
            if self._failing.pop(name, None):
                _log.info("heartbeat.job_works_again", job=name)
