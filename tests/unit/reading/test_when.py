"""What runners type as the end of their run, read on their own clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.when import read_when

BERLIN = "Europe/Berlin"


def here(day, clock, *, fold=0, month=6, zone=BERLIN):
    """A moment of 2026 on a zone's clock. 10 June is a Wednesday."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone), fold=fold)


NOON = here(10, "12:00")
EVENING = here(10, "19:55")


def read(text, now, zone=BERLIN):
    """Read on that clock; an answer must be aware and in UTC."""
    result = read_when(text, now.astimezone(UTC), zone)
    assert result is None or result.tzinfo is UTC
    return result


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("now", 0),
        ("Just now!", 0),
        ("right now", 0),
        ("just finished", 0),
        ("I just finished my run", 0),
        ("finished", 0),
        ("just got home", 0),
        ("a minute ago", 1),
        ("5 minutes ago", 5),
        ("20 min ago", 20),
        ("90m ago", 90),
        ("half an hour ago", 30),
        ("about half an hour ago", 30),
        ("a half hour ago", 30),
        ("half hour ago", 30),
        ("a quarter of an hour ago", 15),
        ("three quarters of an hour ago", 45),
        ("an hour ago", 60),
        ("one hour ago", 60),
        ("an hour and a half ago", 90),
        ("1 and a half hours ago", 90),
        ("two and a half hours ago", 150),
        ("1.5 hours ago", 90),
        ("1,5 h ago", 90),
        ("1½ hours ago", 90),
        ("1h30 ago", 90),
        ("1h 30m ago", 90),
        ("an hour and 20 minutes ago", 80),
        ("2 hours ago", 120),
        ("2hrs ago", 120),
        ("a couple of hours ago", 120),
        ("I finished around 3 hours ago.", 180),
        ("thirty minutes ago", 30),
    ],
)
def test_how_long_ago(text, minutes):
    assert read(text, NOON) == NOON - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("18:30", 10, "18:30"),
        ("18.30", 10, "18:30"),
        ("18h30", 10, "18:30"),
        ("6:30 pm", 10, "18:30"),
        ("6:30pm", 10, "18:30"),
        ("6 p.m.", 10, "18:00"),
        ("6p.m.", 10, "18:00"),
        ("7 a.m.", 10, "07:00"),
        ("12 pm", 10, "12:00"),
        ("12 am", 10, "00:00"),
        ("12:30", 10, "12:30"),
        ("at 7", 10, "19:00"),
        ("around 7ish", 10, "19:00"),
        ("7 o'clock", 10, "19:00"),
        ("seven o clock", 10, "19:00"),
        ("7 o'clock am", 10, "07:00"),
        ("at 7.", 10, "19:00"),
        ("I ran at 9", 10, "09:00"),
        ("7 30", 10, "19:30"),
        ("seven thirty", 10, "19:30"),
        ("07:30", 10, "07:30"),
        ("half past six", 10, "18:30"),
        ("half past 18", 10, "18:30"),
        ("half past six am", 10, "06:30"),
        ("quarter past 7", 10, "19:15"),
        ("a quarter to seven", 10, "18:45"),
        ("quarter to one", 10, "12:45"),
        ("twenty past six", 10, "18:20"),
        ("10 minutes to 8", 10, "19:50"),
        ("at 23:50", 9, "23:50"),
        ("0:30", 10, "00:30"),
        ("24:00", 10, "00:00"),
        ("today at 14:00", 10, "14:00"),
        ("yesterday 6pm", 9, "18:00"),
        ("yesterday at 18:00", 9, "18:00"),
        ("yesterday at 7", 9, "07:00"),
        ("7 yesterday evening", 9, "19:00"),
        ("the day before yesterday at 7", 8, "07:00"),
        ("1\N{FULLWIDTH COLON}30 pm", 10, "13:30"),
    ],
)
def test_a_clock_time_is_the_last_time_the_clock_showed_it(text, day, clock):
    assert read(text, EVENING) == here(day, clock)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("this morning", 10, "09:00"),
        ("morning", 10, "09:00"),
        ("this morning at 7", 10, "07:00"),
        ("7 in the morning", 10, "07:00"),
        ("this afternoon", 10, "15:00"),
        ("3 in the afternoon", 10, "15:00"),
        ("12 in the afternoon", 10, "12:00"),
        ("evening", 10, "19:00"),
        ("half past six in the evening", 10, "18:30"),
        ("noon", 10, "12:00"),
        ("at lunch", 10, "12:30"),
        ("1 at lunch", 10, "13:00"),
        ("midnight", 10, "00:00"),
        ("12 midnight", 10, "00:00"),
        ("1 at night", 10, "01:00"),
        ("12 at night", 10, "00:00"),
        ("11 at night", 9, "23:00"),
        ("night", 9, "21:00"),
        ("last night", 9, "21:00"),
        ("last night at 11", 9, "23:00"),
        ("last night at 1", 10, "01:00"),
        ("yesterday morning", 9, "09:00"),
        ("yesterday evening", 9, "19:00"),
        ("last evening", 9, "19:00"),
        ("tonight at 7", 10, "19:00"),
        ("yesterday noon", 9, "12:00"),
    ],
)
def test_a_part_of_the_day(text, day, clock):
    assert read(text, EVENING) == here(day, clock)


@pytest.mark.parametrize(
    ("text", "clock"),
    [("this morning", "06:15"), ("morning", "06:15"), ("this evening", "18:00")],
)
def test_a_part_of_the_day_that_has_only_begun_means_now(text, clock):
    """Said at 6:15, "this morning" cannot be a run that ends at 9."""
    now = here(10, clock)
    assert read(text, now) == now


def test_just_after_midnight_a_late_time_was_yesterday():
    assert read("23:50", here(10, "00:10")) == here(9, "23:50")
    assert read("at 7", here(10, "00:10")) == here(9, "19:00")


@pytest.mark.parametrize("text", ["today 23:00", "today at 11pm", "this evening", "tonight"])
def test_only_a_text_that_says_today_can_lie_ahead(text):
    """The caller then says that this time is still to come."""
    assert read(text, NOON) > NOON


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow 7am",
        "in 2 hours",
        "in an hour",
        "2 hours",
        "10 minutes",
        "25:00",
        "24:30",
        "12:60",
        "60 past 6",
        "13 pm",
        "0 am",
        "half past 25",
        "7-8",
        "between 7 and 8",
        "yesterday",
        "today",
        "last week",
        "monday 7am",
        "2 days ago",
        "some time ago",
        "nan hours ago",
        "inf hours ago",
        "99999999999999 hours ago",
        "-2 hours ago",
        "sixish hours",
        "7 km",
        "a",
        "",
        "   ",
        "...",
        "2026-06-10",
    ],
)
def test_what_is_no_time_of_the_past(text):
    assert read(text, EVENING) is None


@pytest.mark.parametrize(
    "text",
    [
        "numb hand",
        "numb hand 2 hours ago",
        "my chest hurts since an hour ago",
        "yesterday 6pm but my leg is numb",
        "7 and I fainted",
        "now my chest hurts",
        "this morning, and I can't feel my legs",
    ],
)
def test_a_time_with_more_around_it_is_no_time(text):
    """Logging a run from it would lose what else was said."""
    assert read(text, EVENING) is None


def test_a_long_message_is_no_time():
    assert read("at " * 1365 + "7", EVENING) is None
    assert read("7" + " " * 4095, EVENING) is None


def test_the_night_the_clock_goes_forward():
    """On 29 March 2026 Berlin has no 02:30; it is read as the instant it would have been."""
    morning = here(29, "10:00", month=3)
    assert read("2:30 am", morning) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert read("at 8 am", morning) == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    assert read("9 hours ago", morning) == datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert read("yesterday 8 am", morning) == datetime(2026, 3, 28, 7, 0, tzinfo=UTC)


def test_the_night_the_clock_goes_back():
    """On 25 October 2026 Berlin has 02:30 twice; a time of day is its first pass."""
    second_pass = here(25, "02:45", month=10, fold=1)
    assert read("2:30 am", second_pass) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert read("an hour ago", second_pass) == datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    assert read("1:30 am", second_pass) == datetime(2026, 10, 24, 23, 30, tzinfo=UTC)


def test_the_runners_own_clock_counts():
    """The same words at the same instant are other instants in other places."""
    now = datetime(2026, 6, 10, 18, 0, tzinfo=UTC)
    assert read_when("at 7 am", now, "America/New_York") == datetime(2026, 6, 10, 11, tzinfo=UTC)
    assert read_when("at 7 am", now, "Asia/Kathmandu") == datetime(2026, 6, 10, 1, 15, tzinfo=UTC)
    assert read_when("at 7 am", now, "Pacific/Auckland") == datetime(2026, 6, 9, 19, tzinfo=UTC)


VOCABULARY = (
    "at in on a an half past quarter to 7 07 18:30 25:00 6pm am pm minutes hours ago yesterday "
    "last this today tonight morning evening night noon midnight now just numb nan inf ½ and the "
    "\N{ARABIC-INDIC DIGIT THREE} . , : - day before couple of o'clock finished"
)
WORDS = st.sampled_from(VOCABULARY.split())
ZONES = st.sampled_from([BERLIN, "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone


@given(st.text(max_size=100) | st.lists(WORDS, max_size=8).map(" ".join), MOMENTS, ZONES)
def test_any_text_is_an_instant_in_utc_or_none(text, now, zone):
    result = read_when(text, now, zone)
    assert result is None or result.tzinfo is UTC


@given(st.integers(0, 23), st.integers(0, 59), MOMENTS, ZONES)
def test_a_clock_time_is_never_ahead_and_at_most_a_day_back(hour, minute, now, zone):
    result = read_when(f"{hour:02}:{minute:02}", now, zone)
    assert now - timedelta(hours=25) <= result <= now


@given(st.integers(0, 99), st.integers(0, 59), MOMENTS, ZONES)
def test_ago_is_exact_over_any_clock_change(hours, minutes, now, zone):
    ago = timedelta(hours=hours, minutes=minutes)
    assert read_when(f"{hours}h {minutes}m ago", now, zone) == now - ago
