"""The words on a history picture, and how its days are named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from babel.dates import format_date

from bot.domain.history import History, Occasion, Period, RunMark
from bot.pictures.history_layout import Band, Chart, Kind, Note, Words
from bot.telegram.presenter.scene import Scene

_SUNDAY: Final = 6
_ROWS: Final = {
    Kind.SIGN: "chart-sign",
    Kind.MISSED: "chart-missed",
    Kind.TIP: "chart-tip",
    Kind.PAUSE: "chart-paused",
    Kind.RUN: "chart-runs",
}
_NOTES: Final = {Note.LONGEST: "chart-longest", Note.BY_TIME: "chart-by-time"}
_NOTHING: Final = ("chart-nothing", "chart-nothing-one", "chart-nothing-two")


def chart_of(scene: Scene, history: History) -> Chart:
    """Put a history into the runner's words, to be drawn."""
    words = Words(
        title=scene.raw("chart-title"),
        days=span_of(scene, history.first, history.last),
        worst=scene.raw("chart-worst"),
        no_pain=scene.raw("chart-no-pain"),
        occasions={one: scene.raw(f"chart-{one}") for one in Occasion},
        rows={kind: scene.raw(name) for kind, name in _ROWS.items()},
        notes={note: scene.raw(name) for note, name in _NOTES.items()},
        nothing=tuple(scene.raw(name) for name in _NOTHING),
    )
    runs = tuple(run_label(scene, run) for run in history.runs)
    return Chart(history, words, runs, tuple(_bands(scene, history)))


def run_label(scene: Scene, run: RunMark) -> str:
    """A run's distance, else its time, else nothing."""
    if run.distance_km is not None:
        return scene.raw("part-km", km=f"{run.distance_km:g}")
    return scene.raw("part-min", minutes=run.minutes) if run.minutes is not None else ""


def span_of(scene: Scene, first: date, last: date) -> str:
    """Name some days as short as they are clear: with the month twice only if it changes."""
    if first == last:
        return format_date(first, "EEE d MMM", scene.locale)
    end = format_date(last, "d MMM", scene.locale)
    if (first.year, first.month) == (last.year, last.month):
        return scene.raw("chart-days", first=first.day, last=end)
    begin = format_date(first, "d MMM", scene.locale)
    return scene.raw("chart-months", first=begin, last=end)


def _bands(scene: Scene, history: History) -> Iterable[Band]:
    """A column for each day of a week, each week of a month, each month of three."""
    first = history.first
    while first <= history.last:
        last = first
        while last < history.last and not _ends(history.period, last):
            last += timedelta(days=1)
        if history.period is Period.WEEK:
            yield Band(first, last, scene.weekday(first.weekday()), str(first.day))
        else:
            style = "d MMM" if history.period is Period.MONTH else "MMMM"
            yield Band(first, last, format_date(first, style, scene.locale))
        first = last + timedelta(days=1)


def _ends(period: Period, day: date) -> bool:
    """Whether a column ends with this day."""
    if period is Period.MONTH:
        return day.weekday() == _SUNDAY
    return period is Period.WEEK or (day + timedelta(days=1)).day == 1
