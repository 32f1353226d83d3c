"""The clocks."""

from datetime import UTC, datetime, timedelta

from bot.clock import MovableClock, SystemClock

START = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)


class Hand(SystemClock):
    def __init__(self):
        self.at = START

    def now(self):
        return self.at


def test_the_system_clock_is_aware_and_in_utc():
    assert SystemClock().now().tzinfo is UTC


def test_a_moved_clock_runs_on_from_where_it_was_moved_to():
    real = Hand()
    clock = MovableClock(real=real)
    clock.advance_to(START + timedelta(days=1))
    real.at += timedelta(minutes=5)
    assert clock.now() == START + timedelta(days=1, minutes=5)
    assert clock.offset == timedelta(days=1)


def test_a_moved_clock_never_goes_back():
    clock = MovableClock(real=Hand())
    clock.advance_to(START + timedelta(hours=2))
    clock.advance_to(START + timedelta(hours=1))
    assert clock.now() == START + timedelta(hours=2)
    assert MovableClock(timedelta(hours=-1), Hand()).now() == START


def test_a_restart_takes_the_offset_up_again():
    clock = MovableClock(real=Hand())
    clock.advance_to(START + timedelta(days=3))
    assert MovableClock(clock.offset, Hand()).now() == clock.now()


def test_seconds_go_by_where_the_clock_is_moved():
    clock = MovableClock()
    before = clock.monotonic()
    clock.advance_to(clock.now() + timedelta(hours=1))
    assert clock.monotonic() - before >= timedelta(minutes=59).total_seconds()
