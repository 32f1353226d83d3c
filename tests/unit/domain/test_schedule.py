"""When check-ins come: the wall clock holds across DST changes, and no run asks too much."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.check_in import CheckInKind, Closed
from bot.domain.runner import PlannedRun, QuietHours, Rhythm
from bot.domain.schedule import (
    MORNING_REST,
    STILL_ASKED,
    Dropped,
    end_of_quiet,
    instant,
    is_quiet,
    local,
    morning_after,
    moved_morning,
    next_wall_time,
    plan,
    planned_slots,
    too_late_to_ask,
)

BERLIN = "Europe/Berlin"
ZONES = (BERLIN, "America/New_York", "Australia/Sydney", "Pacific/Auckland", "Asia/Kolkata")
RHYTHM = Rhythm(
    first_check_in_after=timedelta(minutes=60),
    morning_at=time(8),
    quiet_hours=QuietHours(time(22), time(7)),
    reminder_after=timedelta(hours=3),
    start_within=timedelta(hours=8),
    finish_within=timedelta(minutes=45),
    emergency_follow_up_after=timedelta(minutes=15),
)
SOON, MORNING = CheckInKind.SOON_AFTER, CheckInKind.MORNING

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
zones = st.sampled_from(ZONES)
instants = st.timedeltas(timedelta(0), timedelta(days=730)).map(lambda later: NEW_YEAR + later)
agos = st.timedeltas(timedelta(0), timedelta(days=7))
# Nobody's DST change touches these hours, so that each exists once on every day.
day_times = st.times(time(5), time(21, 59)).map(lambda at: at.replace(second=0, microsecond=0))
quiet_hours = st.builds(QuietHours, day_times, day_times)
rhythms = st.builds(
    Rhythm,
    first_check_in_after=st.timedeltas(timedelta(minutes=1), timedelta(hours=4)),
    morning_at=day_times,
    quiet_hours=quiet_hours,
    reminder_after=st.just(timedelta(hours=3)),
    start_within=st.timedeltas(timedelta(hours=1), timedelta(hours=12)),
    finish_within=st.just(timedelta(minutes=45)),
    emergency_follow_up_after=st.just(timedelta(minutes=15)),
)
many = settings(deadline=None, derandomize=True, max_examples=150)


def at(wall, zone=BERLIN):
    """Read "2026-03-10 18:30" on the clock of a zone."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def on_the_wall(found, zone=BERLIN):
    """Write what a plan asks as ("soon_after", "2026-03-10 18:30") pairs."""
    return [
        (slot.kind.value, f"{local(slot.due_at, zone):%Y-%m-%d %H:%M}") for slot in found.slots
    ]


@many
@given(instants, rhythms, zones)
def test_the_morning_shows_its_wall_time_and_leaves_five_hours_of_rest(ended_at, rhythm, zone):
    found = morning_after(ended_at, rhythm, zone)
    assert local(found, zone).time() == rhythm.morning_at
    assert found - ended_at >= MORNING_REST
    the_day_before = instant(
        local(found, zone).date() - timedelta(days=1), rhythm.morning_at, zone
    )
    assert the_day_before - ended_at < MORNING_REST, "an earlier morning would have done"


@many
@given(instants, agos, rhythms, zones)
def test_a_run_asks_at_most_once_of_each_kind_and_never_in_the_past(now, ago, rhythm, zone):
    found = plan(now - ago, now, rhythm, zone)
    kinds = [slot.kind for slot in found.slots]
    assert len(kinds) == len(set(kinds))
    for slot in found.slots:
        assert slot.due_at >= now
        assert slot.local_date == local(slot.due_at, zone).date()


@many
@given(instants, agos, rhythms, zones)
def test_a_soon_after_is_never_early_and_never_planned_into_quiet_hours(now, ago, rhythm, zone):
    soon = plan(now - ago, now, rhythm, zone).slot(SOON)
    if soon is not None and not soon.late:
        assert soon.due_at >= now - ago + rhythm.first_check_in_after
        assert not is_quiet(soon.due_at, rhythm, zone)


@many
@given(instants, agos, rhythms, zones)
def test_what_is_not_asked_has_a_reason_and_a_late_one_stands_alone(now, ago, rhythm, zone):
    found = plan(now - ago, now, rhythm, zone)
    assert (found.slot(SOON) is None) == (found.dropped is not None)
    if any(slot.late for slot in found.slots):
        assert found.slot(MORNING) is None
        assert ago < STILL_ASKED
    if ago >= STILL_ASKED:
        assert found.slots == ()


@many
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), day_times, zones)
def test_a_wall_time_reads_back_as_itself(day, wall, zone):
    here = local(instant(day, wall, zone), zone)
    assert (here.date(), here.time()) == (day, wall)


@many
@given(instants, day_times, zones)
def test_the_next_wall_time_lies_ahead_by_a_day_at_most(after, wall, zone):
    found = next_wall_time(after, wall, zone)
    assert timedelta(0) < found - after <= timedelta(hours=25)
    assert local(found, zone).time() == wall


@many
@given(instants, rhythms, zones)
def test_quiet_hours_end_where_they_say(now, rhythm, zone):
    found = end_of_quiet(now, rhythm, zone)
    assert not is_quiet(found, rhythm, zone)
    if is_quiet(now, rhythm, zone):
        assert local(found, zone).time() == rhythm.quiet_hours.end
        assert is_quiet(found - timedelta(microseconds=1), rhythm, zone)
    else:
        assert found == now


@many
@given(
    instants,
    st.lists(st.builds(PlannedRun, st.integers(0, 6), day_times), max_size=7, unique=True),
    zones,
)
def test_a_planned_question_keeps_its_wall_time_on_its_weekday(now, weekly, zone):
    until = now + timedelta(days=8)
    slots = planned_slots(tuple(weekly), now, until, RHYTHM, zone)
    assert len({slot.due_at for slot in slots}) == len(slots)
    for slot in slots:
        assert now < slot.due_at <= until
        assert not is_quiet(slot.due_at, RHYTHM, zone)
        finish = local(slot.due_at - RHYTHM.first_check_in_after, zone)
        assert PlannedRun(finish.weekday(), finish.time()) in weekly
        assert slot.local_date == finish.date()


@many
@given(instants, zones, zones)
def test_a_moved_morning_keeps_its_date_and_its_hour(due_at, old_zone, new_zone):
    found = local(moved_morning(due_at, old_zone, RHYTHM, new_zone), new_zone)
    assert found.date() == local(due_at, old_zone).date()
    assert found.time() == RHYTHM.morning_at


@pytest.mark.parametrize(
    ("ended", "now", "asked"),
    [
        pytest.param(
            "2026-03-10 17:30",
            "2026-03-10 17:30",
            [("soon_after", "2026-03-10 18:30"), ("morning", "2026-03-11 08:00")],
            id="an evening run",
        ),
        pytest.param(
            "2026-03-10 23:50",
            "2026-03-10 23:50",
            [("morning", "2026-03-11 08:00")],
            id="the soon-after of 23:50 would fall into quiet hours",
        ),
        pytest.param(
            "2026-03-10 03:00",
            "2026-03-10 03:00",
            [("morning", "2026-03-10 08:00")],
            id="five hours of rest to the minute are enough",
        ),
        pytest.param(
            "2026-03-10 04:00",
            "2026-03-10 04:00",
            [("morning", "2026-03-11 08:00")],
            id="at four the next morning is too close",
        ),
        pytest.param(
            "2026-03-10 21:00",
            "2026-03-10 21:00",
            [("morning", "2026-03-11 08:00")],
            id="quiet hours begin at 22:00 sharp",
        ),
        pytest.param(
            "2026-03-10 06:00",
            "2026-03-10 06:00",
            [("soon_after", "2026-03-10 07:00"), ("morning", "2026-03-11 08:00")],
            id="and end at 07:00 sharp",
        ),
        pytest.param(
            "2026-03-10 09:00",
            "2026-03-10 12:00",
            [("soon_after", "2026-03-10 12:00"), ("morning", "2026-03-11 08:00")],
            id="a run logged late is asked about at once",
        ),
        pytest.param(
            "2026-03-10 09:00",
            "2026-03-10 18:00",
            [("morning", "2026-03-11 08:00")],
            id="but not after the start window",
        ),
        pytest.param(
            "2026-03-09 19:00",
            "2026-03-10 12:00",
            [("soon_after", "2026-03-10 12:00")],
            id="both times over: one check-in now",
        ),
        pytest.param("2026-03-09 00:00", "2026-03-10 12:00", [], id="36 hours are too long ago"),
        pytest.param(
            "2026-03-28 18:30",
            "2026-03-28 18:30",
            [("soon_after", "2026-03-28 19:30"), ("morning", "2026-03-29 08:00")],
            id="the night in which Berlin loses an hour",
        ),
        pytest.param(
            "2026-10-25 02:59",
            "2026-10-25 02:59",
            [("morning", "2026-10-25 08:00")],
            id="the night in which Berlin gains one: six hours to eight o'clock",
        ),
        pytest.param(
            "2026-03-29 03:00",
            "2026-03-29 03:00",
            [("morning", "2026-03-29 08:00")],
            id="five real hours after a run at three on the short night",
        ),
    ],
)
def test_examples_of_one_run(ended, now, asked):
    assert on_the_wall(plan(at(ended), at(now), RHYTHM, BERLIN)) == asked


def test_a_late_check_in_says_so():
    found = plan(at("2026-03-09 19:00"), at("2026-03-10 12:00"), RHYTHM, BERLIN)
    assert found.slots[0].late


def test_a_late_check_in_that_falls_into_quiet_hours_is_offered_instead():
    found = plan(at("2026-03-09 11:00"), at("2026-03-10 22:30"), RHYTHM, BERLIN)
    assert (found.slots, found.dropped, found.ask_now) == ((), Dropped.QUIET_HOURS, True)


def test_a_morning_time_that_a_dst_change_skips_comes_at_the_instant_it_would_have_had():
    skipped = instant(date(2026, 3, 29), time(2, 30), BERLIN)
    assert skipped == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_prompt_kept_back_for_the_start_window_has_lost_its_meaning():
    due_at = at("2026-03-10 14:00")
    assert too_late_to_ask(due_at, at("2026-03-10 21:59"), RHYTHM) is None
    assert too_late_to_ask(due_at, at("2026-03-10 22:00"), RHYTHM) is Closed.TOO_LATE
