"""The heartbeat: beats, survives errors and set clocks, stops cleanly."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from apscheduler.triggers.cron import CronTrigger

from bot.worker import Heartbeat, _ForwardCron, _Tick

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


class Monotonic:
    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


class Beats:
    """Counts beats; can fail, or wait for a gate."""

    def __init__(self):
        self.count = 0
        self.came = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        self.error = None

    async def __call__(self):
        self.count += 1
        self.came.set()
        await self.gate.wait()
        if self.error:
            raise self.error

    async def next(self):
        self.came.clear()
        async with asyncio.timeout(5):
            await self.came.wait()


@pytest.fixture
async def beats():
    return Beats()


@pytest.fixture
async def ticks():
    return Monotonic()


@pytest.fixture
async def heart(beats, ticks):
    heart = Heartbeat(beats, monotonic=ticks)
    yield heart
    beats.gate.set()
    await heart.stop()


async def test_the_first_beat_comes_at_once_and_an_error_stops_nothing(heart, beats):
    beats.error = RuntimeError("broken")
    heart.start()
    await beats.next()
    beats.error = None
    await heart.wake()
    assert beats.count == 2


async def test_a_beat_never_overlaps_the_one_before(heart, beats):
    beats.gate.clear()
    heart.start()
    await beats.next()
    async with asyncio.TaskGroup() as group:
        second = group.create_task(heart.wake())
        await asyncio.sleep(0)
        assert beats.count == 1
        beats.gate.set()
        await second
    assert beats.count == 2


async def test_a_wall_clock_set_back_does_not_stop_the_heart(heart, beats, ticks):
    heart.start()
    await beats.next()
    # What is left after the wall clock went back an hour: the next beat is an hour away.
    heart._scheduler.modify_job("beat", next_run_time=datetime.now(UTC) + timedelta(hours=1))  # noqa: TID251 - APScheduler's own clock is meant
    ticks.seconds += 4
    assert not heart.check()
    ticks.seconds += 2
    assert heart.check()
    await beats.next()
    assert beats.count == 2


async def test_a_wall_clock_set_back_does_not_put_off_the_recurring_jobs(heart, ticks):
    """A machine that believes for a while that it is next year must not wait for that year."""
    heart.add_cron("hourly", Beats(), minute=7)
    heart.start()
    job = heart._scheduler.get_job("cron.hourly")
    now = datetime.now(UTC)  # noqa: TID251 - APScheduler's own clock is meant
    for one in heart._scheduler.get_jobs():
        one.modify(next_run_time=now + timedelta(days=365))
    ticks.seconds += 6
    assert heart.check()
    assert job.next_run_time <= now + timedelta(hours=1)


async def test_a_long_beat_is_not_taken_for_a_stalled_heart(heart, beats, ticks):
    beats.gate.clear()
    heart.start()
    await beats.next()
    ticks.seconds += 60
    assert not heart.check()


def test_a_wall_clock_set_forward_a_year_is_one_beat_not_thirty_million():
    tick = _Tick(timedelta(seconds=1))
    assert tick.get_next_fire_time(None, NOW) == NOW
    assert tick.get_next_fire_time(NOW - timedelta(days=365), NOW) == NOW + timedelta(seconds=1)


def test_missed_cron_occasions_are_skipped_to_the_next_one():
    cron = _ForwardCron(CronTrigger(minute=0, timezone=UTC))
    assert cron.get_next_fire_time(NOW - timedelta(days=365), NOW) == NOW + timedelta(hours=1)
    assert cron.get_next_fire_time(NOW, NOW) == NOW + timedelta(hours=1)
    assert cron.get_next_fire_time(None, NOW) == NOW


async def test_recurring_jobs_can_be_caught_up_and_one_that_fails_stops_no_other(heart):
    done = []

    async def fails():
        raise RuntimeError("broken")

    async def works():
        done.append("works")

    heart.add_cron("fails", fails, hour=3)
    heart.add_cron("works", works, hour=3)
    await heart.run_jobs()
    assert done == ["works"]


async def test_a_job_that_goes_on_failing_is_told_once_and_when_it_works_again(heart):
    trouble = [OSError(), OSError(), ValueError(), None]

    async def works_in_the_end():
        if (error := trouble.pop(0)) is not None:
            raise error

    heart.add_cron("job", works_in_the_end, hour=3)
    with structlog.testing.capture_logs() as told:
        for _ in range(4):
            await heart.run_jobs()
    events = [one["event"] for one in told]
    assert events == ["heartbeat.job_failed"] * 2 + ["heartbeat.job_works_again"]


async def test_stopping_lets_the_beat_under_way_finish(beats, ticks):
    heart = Heartbeat(beats, monotonic=ticks)
    beats.gate.clear()
    heart.start()
    await beats.next()
    async with asyncio.TaskGroup() as group:
        stopping = group.create_task(heart.stop())
        await asyncio.sleep(0)
        assert not stopping.done()
        beats.gate.set()
    assert not heart._scheduler.running
    assert beats.count == 1


async def test_stopping_what_was_never_started_is_fine(beats):
    await Heartbeat(beats).stop()


async def test_a_hushed_heart_begins_no_beat_and_no_job(heart, beats):
    heart.start()
    await beats.next()
    done = []
    heart.add_cron("job", lambda: done.append("job"), hour=3)
    heart.hush()
    await heart.wake()
    await heart.run_jobs()
    assert (beats.count, done) == (1, [])
    assert heart.hushed


async def test_a_beat_that_hangs_is_waited_for_no_longer_than_ten_seconds_in_all(
    heart, beats, ticks
):
    beats.gate.clear()
    heart.start()
    await beats.next()
    heart.hush()
    ticks.seconds += 10
    async with asyncio.timeout(5):
        await heart.settled()
        await heart.stop()
    assert not heart._scheduler.running
