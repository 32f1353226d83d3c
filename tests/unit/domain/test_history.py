"""A history's days, and what lies on them."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.history import (
    History,
    Occasion,
    PauseMark,
    Period,
    RatingMark,
    RunMark,
    SignMark,
    total_km,
    total_minutes,
)
from bot.domain.red_flags import Finding

LAST = date(2026, 6, 10)


def at(day, hour=12):
    return datetime(2026, 6, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(("days", "period"), [(-1, 7), (7, 7), (8, 30), (31, 90), (10**9, 90)])
def test_any_number_of_days_leads_to_one_of_the_periods(days, period):
    assert Period.of(days) == period


def test_today_is_the_last_of_the_days():
    assert History(Period.WEEK, LAST).first == date(2026, 6, 4)


@pytest.mark.parametrize(
    "something",
    [
        {"ratings": (RatingMark(at(9), 0, Occasion.AFTER),)},
        {"runs": (RunMark(at(9)),)},
        {"missed": (at(9),)},
        {"signs": (SignMark(at(9), frozenset({Finding.ONE_LIMB})),)},
        {"tips": (at(9),)},
        {"pauses": (PauseMark(at(8), at(9)),)},
    ],
)
def test_anything_at_all_is_something_on_its_own_days_only(something):
    history = History(Period.WEEK, LAST, **something)
    assert not history.is_empty
    assert history.between(date(2026, 6, 9), LAST) == history
    assert history.between(LAST, LAST).is_empty
    assert History(Period.WEEK, LAST).is_empty


def test_a_total_is_given_only_where_it_is_one():
    both, far, slow = RunMark(at(9), 5.0, 30), RunMark(at(9), 8.0), RunMark(at(9), None, 45)
    assert (total_km((both, far)), total_minutes((both, slow))) == (13.0, 75)
    assert (total_km((both, slow)), total_minutes((both, far))) == (None, None)
    assert (total_km(()), total_minutes(())) == (None, None)
