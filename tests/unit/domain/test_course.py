"""What is said of a row of ratings."""

from datetime import timedelta

from support.made import NOON

from bot.domain.check_in import CheckInKind
from bot.domain.course import between, by_week, course
from bot.domain.trends import Rated


def rated(rating, **ago):
    return Rated(NOON - timedelta(**ago), rating, CheckInKind.ASKED, None, stops_daily_life=False)


def test_nothing_has_no_course():
    assert course([]) is None


def test_the_mean_the_last_and_the_latest_of_the_highest():
    found = course([rated(7, days=3), rated(7, days=2), rated(0, days=1)])
    assert (found.count, found.low, found.last.rating) == (3, 0, 0)
    assert round(found.mean, 2) == 4.67
    assert found.highest == rated(7, days=2)


def test_a_span_has_its_start_and_not_its_end():
    ratings = [rated(1, days=7), rated(2, days=1), rated(3)]
    assert between(ratings, NOON - timedelta(days=7), NOON) == tuple(ratings[:2])


def test_weeks_are_counted_from_the_start_and_empty_ones_are_left_out():
    since = NOON - timedelta(days=21)
    weeks = by_week([rated(2, days=21), rated(6, days=15), rated(1)], since)
    assert [(at - since, week.mean) for at, week in weeks] == [
        (timedelta(days=3.5), 4),
        (timedelta(days=24.5), 1),
    ]
