"""The single run against the longest of the 30 days before it; never a ratio of weeks."""

from datetime import timedelta

import pytest
from support.made import NOON

from bot.domain.load import Measure, Odds, compared
from bot.domain.schedule import Run

DAY = timedelta(days=1)


def run(id_, days_ago=0.0, km=None, minutes=None):
    """A run that ended so many days before noon."""
    duration = timedelta(minutes=minutes) if minutes else None
    return Run(1, NOON - days_ago * DAY, NOON, id=id_, distance_km=km, duration=duration)


def beside(now, *earlier):
    return compared(now, [*earlier, now])


@pytest.mark.parametrize(
    ("km", "odds"),
    [
        (8, None),
        (10, None),
        (11, None),
        (11.01, Odds.TENTH),
        (13, Odds.TENTH),
        (13.1, Odds.THIRD),
        (20, Odds.THIRD),
        (20.1, Odds.DOUBLE),
    ],
)
def test_the_odds_are_those_of_the_study(km, odds):
    found = beside(run(2, km=km), run(1, 7, km=10), run(3, 9, km=4))
    assert (found.longest, found.odds) == (10, odds)
    assert found.is_longest == (km > 10)


def test_only_the_30_days_before_count():
    assert beside(run(2, km=12), run(1, 31, km=10)) is None
    assert beside(run(2, km=12), run(1, 30, km=10)).longest == 10
    assert beside(run(2, 5, km=12), run(1, 1, km=10)) is None, "what came later does not"


def test_time_is_compared_where_there_is_no_distance():
    found = beside(run(2, minutes=90), run(1, 3, minutes=60))
    assert (found.measure, found.excess) == (Measure.DURATION, 0.5)


def test_nothing_is_said_where_an_earlier_run_is_known_by_the_other_measure_only():
    assert beside(run(2, km=12), run(1, 3, km=5), run(3, 4, minutes=150)) is None
    both = run(1, 3, km=5, minutes=30)
    assert beside(run(2, km=12, minutes=70), both, run(3, 4, minutes=60)).longest == 60


def test_nothing_is_said_beside_a_run_of_unknown_length():
    """It may have been the longest."""
    assert beside(run(2), run(1, 3, km=5)) is None
    assert beside(run(2, km=6), run(1, 3)) is None
    assert beside(run(2, km=6), run(1, 3), run(3, 4, km=5)) is None
