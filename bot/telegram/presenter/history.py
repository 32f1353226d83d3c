"""How /history and the weekly summary read: the caption says in words what the picture shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, assert_never

from bot.domain.history import (
    History,
    Occasion,
    Period,
    RunMark,
    total_km,
    total_minutes,
)
from bot.services.notices import HistoryShown, WeeklySummary
from bot.telegram.callbacks import HistoryTap
from bot.telegram.presenter.chart import chart_of, run_label, span_of
from bot.telegram.presenter.scene import Scene, joined, quote, ranged
from bot.telegram.screen import Rows, Screen

ROOM: Final = 1024
"""Characters Telegram takes as a caption."""

_A_WEEK: Final = 7


def history_screen(scene: Scene, notice: HistoryShown | WeeklySummary) -> Screen:
    """Draw the picture with its words."""
    match notice:
        case HistoryShown(history):
            return _shown(scene, history)
        case WeeklySummary(history):
            return _weekly(scene, history)
        case _:
            assert_never(notice)


def _shown(scene: Scene, history: History) -> Screen:
    """The picture, in short, and folded away line by line."""
    head = scene.bold("history-title", days=history.period.value)
    keys = tuple(
        scene.key(
            f"key-history-{period.value}",
            HistoryTap(period.value),
            style="primary" if period is history.period else None,
        )
        for period in Period
    )
    rows: Rows = (keys,)
    if history.is_empty:
        text = joined(head, "", scene.say("history-empty"))
    else:
        short = scene.say("history-short", parts=", ".join(_parts(scene, history)))
        text = joined(head, short, _in_words(scene, history, ROOM - len(head) - len(short)))
    return Screen(text, rows, sketch=chart_of(scene, history))


def _weekly(scene: Scene, history: History) -> Screen:
    """The picture of a week and one sentence, without a sound."""
    sentence = scene.say("weekly-sentence", parts=", ".join(_in_one_sentence(scene, history)))
    text = joined(scene.bold("weekly-title"), sentence, "", scene.say("weekly-more"))
    return Screen(text, silent=True, sketch=chart_of(scene, history))


def _in_one_sentence(scene: Scene, history: History) -> list[str]:
    """Runs and pain, whenever it was told; nothing about unanswered questions."""
    felt = _felt(scene, history) or [scene.raw("part-no-ratings")]
    return [_ran(scene, history.runs), *felt]


def _parts(scene: Scene, history: History, words: str = "part") -> list[str]:
    """Everything of some days in short pieces, in one of two sets of words."""
    parts = [_ran(scene, history.runs)] if history.runs else []
    longest = sum(run.is_longest for run in history.runs)
    if longest:
        parts.append(scene.raw(f"{words}-longest", runs=longest))
    parts += _felt(scene, history, words=words)
    if history.missed:
        parts.append(scene.raw(f"{words}-missed", count=len(history.missed)))
    if history.signs:
        parts.append(scene.raw(f"{words}-signs", count=len(history.signs)))
    if history.tips:
        parts.append(scene.raw(f"{words}-tips", count=len(history.tips)))
    if history.pauses:
        parts.append(scene.raw(f"{words}-paused"))
    return parts


def _ran(scene: Scene, runs: tuple[RunMark, ...]) -> str:
    """Count the runs, with their length where all of it is known."""
    amount = None
    km, minutes = total_km(runs), total_minutes(runs)
    if km is not None:
        amount = scene.raw("part-km", km=f"{round(km, 1):g}")
    elif minutes is not None:
        amount = scene.raw("part-min", minutes=minutes)
    if amount is None:
        return scene.raw("part-runs", runs=len(runs))
    return scene.raw("part-runs-of", runs=len(runs), amount=amount)


def _felt(scene: Scene, history: History, words: str = "part") -> list[str]:
    """The ratings of each occasion, from the lowest to the highest."""
    parts = []
    for occasion in Occasion:
        ratings = history.rated(occasion)
        if ratings:
            pain = ranged(scene, min(ratings), max(ratings))
            parts.append(scene.raw(f"{words}-{occasion}", pain=pain))
    return parts


def _in_words(scene: Scene, history: History, room: int) -> str:
    """Line by line what the picture shows; where there is no room, the earliest go."""
    cut = scene.say("history-more")
    lines: list[str] = []
    room -= len(cut) + 2
    for line in reversed(list(_lines(scene, history))):
        room -= len(line) + 1
        if room < 0:
            return quote(joined(cut, *reversed(lines)))
        lines.append(line)
    return quote(joined(*reversed(lines)))


def _lines(scene: Scene, history: History) -> Iterable[str]:
    """One line for a day, or for one or three weeks of a longer picture; empty ones left out."""
    for first, last in reversed(list(_stretches(history))):
        days = history.between(first, last)
        if days.is_empty:
            continue
        parts = _of_a_day(scene, days) if first == last else _parts(scene, days, "brief")
        yield scene.say("history-line", day=span_of(scene, first, last), parts=", ".join(parts))


def _stretches(history: History) -> Iterable[tuple[date, date]]:
    """Cut the days into lines, the newest first; weeks end on Sundays."""
    days = {Period.WEEK: 1, Period.MONTH: _A_WEEK, Period.QUARTER: 3 * _A_WEEK}[history.period]
    last = history.last
    while last >= history.first:
        into_week = last.weekday() + 1 if days > 1 else 1
        first = last - timedelta(days=(into_week if last == history.last else days) - 1)
        yield max(first, history.first), last
        last = first - timedelta(days=1)


def _of_a_day(scene: Scene, day: History) -> Sequence[str]:
    """A day has room for every number, and for the signs by name."""
    parts = [
        scene.raw("part-runs-of", runs=1, amount=label)
        if label
        else scene.raw("part-runs", runs=1)
        for label in (run_label(scene, run) for run in day.runs)
    ]
    parts += [scene.raw("part-longest", runs=1) for run in day.runs if run.is_longest]
    parts += [scene.raw(f"part-{one.occasion}", pain=str(one.rating)) for one in day.ratings]
    if day.missed:
        parts.append(scene.raw("part-missed", count=len(day.missed)))
    for one in day.signs:
        names = ", ".join(scene.raw(f"finding-{sign}") for sign in sorted(one.signs))
        parts.append(scene.raw("part-sign", signs=names))
    if day.tips:
        parts.append(scene.raw("part-tips", count=len(day.tips)))
    if day.pauses:
        parts.append(scene.raw("part-paused"))
    return parts
