"""Histories to be drawn: a week with everything in it, a month, three months, almost nothing."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from support.desk import shipped_atlas, shipped_library
from support.made import NOON, runner

from bot.domain.history import (
    History,
    Occasion,
    PauseMark,
    Period,
    RatingMark,
    RunMark,
    SignMark,
)
from bot.domain.red_flags import Finding
from bot.telegram.presenter.chart import chart_of
from bot.telegram.presenter.scene import Scene

BERLIN = ZoneInfo("Europe/Berlin")
LAST = date(2026, 11, 27)
"""A Friday."""


def at(days_ago, hour, minute=0):
    """A local time, so many days before the last one."""
    return datetime.combine(LAST - timedelta(days=days_ago), time(hour, minute), BERLIN)


def a_week():
    """A pair of ratings, one alone, a run by time, one of unknown length, and each other mark."""
    return History(
        Period.WEEK,
        LAST,
        ratings=(
            RatingMark(at(6, 19, 30), 5, Occasion.AFTER, 1),
            RatingMark(at(5, 8), 3, Occasion.MORNING, 1),
            RatingMark(at(4, 13), 6, Occasion.BETWEEN),
            RatingMark(at(2, 19), 2, Occasion.AFTER, 2),
            RatingMark(at(1, 8), 0, Occasion.MORNING, 2),
        ),
        runs=(
            RunMark(at(6, 18, 30), 8.0, 50),
            RunMark(at(2, 18), 12.5, is_longest=True),
            RunMark(at(1, 18), None, 45),
            RunMark(at(0, 7)),
        ),
        missed=(at(1, 19),),
        signs=(SignMark(at(4, 13, 5), frozenset({Finding.ONE_LIMB})),),
        tips=(at(6, 19, 35), at(2, 19, 5)),
        pauses=(PauseMark(at(4, 15), at(3, 20)),),
    )


def long(period):
    """Runs every third day with ratings that get better, and some of everything else."""
    days = range(period - 1, 0, -3)
    after = [RatingMark(at(day, 19), round(6 * day / period), Occasion.AFTER, day) for day in days]
    mornings = [
        RatingMark(at(day - 1, 8), round(4 * day / period), Occasion.MORNING, day) for day in days
    ]
    return History(
        period,
        LAST,
        ratings=tuple(sorted([*after, *mornings], key=lambda one: one.at)),
        runs=tuple(
            RunMark(at(day, 18), 5.0 + day % 4 if day % 5 else None, 40, is_longest=day % 12 == 5)
            for day in days
        ),
        missed=tuple(at(day, 20) for day in range(period - 2, 0, -11)),
        signs=(SignMark(at(period // 2, 13), frozenset({Finding.ONE_LIMB})),),
        tips=tuple(at(day, 19, 5) for day in days[::3]),
        pauses=(PauseMark(at(period // 3, 9), at(period // 3 - 3, 20)),),
    )


def single():
    """One check-in and nothing else."""
    return History(Period.WEEK, LAST, ratings=(RatingMark(at(0, 9), 3, Occasion.BETWEEN),))


@cache
def histories():
    """All of them, by name."""
    return {
        "week": a_week(),
        "month": long(Period.MONTH),
        "quarter": long(Period.QUARTER),
        "single": single(),
        "empty": History(Period.WEEK, LAST),
    }


def chart(history):
    """A history in the shipped English words."""
    names = shipped_atlas().country_name
    scene = Scene(shipped_library(), names, lambda _movement: b"PNG", runner(), NOON)
    return chart_of(scene, history)
