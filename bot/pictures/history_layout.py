"""Where everything on a history picture stands. No pixel is drawn here.

Days go from left to right, each as wide as the other; within a day a mark stands at its local
time of day. Rows that would stay empty are left out, so that a quiet week is a quiet picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.history import History, Occasion, Period
from bot.domain.pain import NRS_MAX
from bot.pictures.canvas import SCALE, Box, Spot
from bot.pictures.lettering import Weight, width

WIDE: Final = 360.0
LEFT: Final = 72.0
RIGHT: Final = 350.0
KEY_AT: Final = 50.0
PLOT_TOP: Final = 82.0
SIGN_ROW: Final = 28.0
POINT: Final = 16.0
"""Units between one rating and the next."""

CLEAR: Final = 14.0
ROW: Final = 21.0
LABEL_SIZE: Final = 11.0
BAR_TALL: Final = 52.0
_BAR_ROOM: Final = 26.0
_BAR_LEAST: Final = 4.0
_DAY_LABEL: Final = 22.0
_SECOND_LINE: Final = 14.0
FOOT: Final = 18.0
_END: Final = 8.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large marks are, by how many days share the picture."""

    radius: float
    bar: float
    small: float


SIZES: Final = {
    Period.WEEK: Sizes(9.5, 15.0, 6.0),
    Period.MONTH: Sizes(4.8, 6.5, 4.2),
    Period.QUARTER: Sizes(3.2, 3.0, 3.4),
}


class Kind(StrEnum):
    """What a mark stands for; each kind has a shape of its own."""

    AFTER = "after"
    MORNING = "morning"
    BETWEEN = "between"
    SIGN = "sign"
    MISSED = "missed"
    TIP = "tip"
    PAUSE = "pause"
    RUN_KM = "run_km"
    RUN_MIN = "run_min"
    RUN = "run"


class Note(StrEnum):
    """What a line at the foot explains, where it occurs."""

    LONGEST = "longest"
    BY_TIME = "by_time"


_RATED: Final = {
    Occasion.AFTER: Kind.AFTER,
    Occasion.MORNING: Kind.MORNING,
    Occasion.BETWEEN: Kind.BETWEEN,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark around its middle. `box` is what a bar or a pause covers."""

    kind: Kind
    at: Spot
    text: str = ""
    box: Box | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Days drawn as one column: a day, a week or a month, with one or two lines below."""

    first: date
    last: date
    label: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is written on the picture, in the runner's language."""

    title: str
    days: str
    worst: str
    no_pain: str
    occasions: dict[Occasion, str]
    rows: dict[Kind, str]
    notes: dict[Note, str]
    nothing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A history with its words; `runs` are the labels of its runs, in their order."""

    history: History
    words: Words
    runs: tuple[str, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture in units."""

    tall: float
    plot: tuple[float, float]
    base: float
    rows: tuple[tuple[str, float], ...]
    columns: tuple[tuple[Band, float, float], ...]
    links: tuple[tuple[Spot, Spot], ...]
    marks: tuple[Mark, ...]
    notes: tuple[tuple[Note, float], ...]
    sizes: Sizes

    def of(self, *kinds: Kind) -> tuple[Mark, ...]:
        """Give the marks of some kinds, in the order they are drawn."""
        return tuple(mark for mark in self.marks if mark.kind in kinds)


def lay_out(chart: Chart) -> Layout:
    """Place everything a chart shows."""
    history, words = chart.history, chart.words
    top = PLOT_TOP + (SIGN_ROW if history.signs else 0.0)
    bottom = top + NRS_MAX * POINT
    rows = [(words.rows[Kind.SIGN], PLOT_TOP)] if history.signs else []
    place = {Kind.SIGN: PLOT_TOP}
    at = bottom + CLEAR
    for kind, there in (
        (Kind.MISSED, history.missed),
        (Kind.TIP, history.tips),
        (Kind.PAUSE, history.pauses),
    ):
        if there:
            at += ROW
            place[kind] = at - ROW / 2
            rows.append((words.rows[kind], place[kind]))
    base = at + (_BAR_ROOM + BAR_TALL if history.runs else _BAR_ROOM)
    rows.append((words.rows[Kind.RUN], base - LABEL_SIZE / 2))
    rated, bars = _ratings(history, bottom), _bars(chart, base)
    foot = base + _DAY_LABEL + (_SECOND_LINE if any(band.below for band in chart.bands) else 0.0)
    notes = _notes(bars)
    return Layout(
        tall=foot + FOOT * len(notes) + _END,
        plot=(top, bottom),
        base=base,
        rows=tuple(rows),
        columns=tuple(_columns(chart)),
        links=tuple(_links(history, rated)),
        marks=(*_small(history, place), *bars, *rated),
        notes=tuple((note, foot + FOOT * (line + 0.5)) for line, note in enumerate(notes)),
        sizes=SIZES[history.period],
    )


def x_of(history: History, at: datetime) -> float:
    """Give the place of a local time, by its date and its time on the clock."""
    days = (at.date() - history.first).days + (at.hour * 60 + at.minute) / (24 * 60)
    return LEFT + days * _step(history)


def _step(history: History) -> float:
    return (RIGHT - LEFT) / history.period


def _columns(chart: Chart) -> Iterable[tuple[Band, float, float]]:
    history = chart.history
    for band in chart.bands:
        begin = LEFT + (band.first - history.first).days * _step(history)
        days = (band.last - band.first).days + 1
        yield band, begin, begin + days * _step(history)


def _ratings(history: History, bottom: float) -> list[Mark]:
    """Ratings at their height; one that would hide another moves aside a little."""
    placed: list[Mark] = []
    radius = SIZES[history.period].radius
    for one in history.ratings:
        x = min(max(x_of(history, one.at), LEFT + radius), RIGHT - radius)
        y = bottom - one.rating * POINT
        mark = Mark(_RATED[one.occasion], (x, y), str(one.rating))
        placed.append(_beside(mark, placed, radius))
    return placed


def _beside(mark: Mark, placed: Sequence[Mark], radius: float) -> Mark:
    """Move a mark to the right of those it would stand on, as far as there is room."""
    (x, y), apart = mark.at, 1.5 * radius
    for other in placed:
        if abs(other.at[0] - x) < apart and abs(other.at[1] - y) < apart:
            x = other.at[0] + apart
    return replace(mark, at=(min(x, RIGHT - radius), y))


def _links(history: History, placed: Sequence[Mark]) -> Iterable[tuple[Spot, Spot]]:
    """Join what was felt after a run with the next morning of the same run, and nothing else.

    Over three months the marks stand too close for lines between them.
    """
    after: dict[int, Spot] = {}
    for one, mark in zip(history.ratings, placed, strict=True):
        if one.run_id is None or history.period is Period.QUARTER:
            continue
        if one.occasion is Occasion.AFTER:
            after[one.run_id] = mark.at
        elif one.occasion is Occasion.MORNING and one.run_id in after:
            yield after[one.run_id], mark.at


def _small(history: History, place: dict[Kind, float]) -> Iterable[Mark]:
    """The marks that have a row of their own."""
    for kind, moments in (
        (Kind.SIGN, [one.at for one in history.signs]),
        (Kind.MISSED, history.missed),
        (Kind.TIP, history.tips),
    ):
        for at in moments:
            yield Mark(kind, (x_of(history, at), place[kind]))
    for pause in history.pauses:
        begin = max(x_of(history, pause.begins), LEFT)
        end = min(max(x_of(history, pause.ends), begin + 4.0), RIGHT)
        y = place[Kind.PAUSE]
        yield Mark(Kind.PAUSE, ((begin + end) / 2, y), box=(begin, y - 4, end, y + 4))


def _bars(chart: Chart, base: float) -> list[Mark]:
    """Runs as bars: kilometres on one scale, minutes on another, a dot where neither is known."""
    history, sizes = chart.history, SIZES[chart.history.period]
    farthest = max((run.distance_km or 0 for run in history.runs), default=0.0)
    longest = max((run.minutes or 0 for run in history.runs), default=0)
    bars: list[Mark] = []
    past = LEFT
    for run, text in zip(history.runs, chart.runs, strict=True):
        x = max(x_of(history, run.at), past + sizes.bar / 2)
        x = min(x, RIGHT - sizes.bar / 2)
        past = x + sizes.bar / 2 + 0.5
        kind, share = Kind.RUN, 0.0
        if run.distance_km is not None:
            kind, share = Kind.RUN_KM, run.distance_km / farthest
        elif run.minutes is not None:
            kind, share = Kind.RUN_MIN, run.minutes / longest
        tall = max(share * BAR_TALL, _BAR_LEAST)
        box = (x - sizes.bar / 2, base - tall, x + sizes.bar / 2, base)
        middle = (x, base - tall / 2)
        bars.append(Mark(kind, middle, text, box, strong=run.is_longest))
    return _labelled(bars, sparing=history.period is not Period.WEEK)


def _labelled(bars: Sequence[Mark], *, sparing: bool) -> list[Mark]:
    """Leave a label to the bars that have room for it: the marked first, then the tallest.

    A `sparing` picture labels only the marked and the tallest of each scale.
    """
    by_weight = sorted(range(len(bars)), key=lambda i: (not bars[i].strong, bars[i].at[1]))
    taken = [bar.box for bar in bars if bar.box]
    kept: dict[int, Kind] = {}
    for i in by_weight:
        bar, box = bars[i], _label_box(bars[i])
        is_wanted = not sparing or bar.strong or bar.kind not in kept.values()
        if bar.text and is_wanted and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            kept[i] = bar.kind
    return [bar if i in kept else replace(bar, text="") for i, bar in enumerate(bars)]


def _notes(bars: Sequence[Mark]) -> list[Note]:
    occurring = {
        Note.LONGEST: any(bar.strong for bar in bars),
        Note.BY_TIME: any(bar.kind is Kind.RUN_MIN for bar in bars),
    }
    return [note for note, occurs in occurring.items() if occurs]


def _label_box(bar: Mark) -> Box:
    top = (bar.box or (0.0, bar.at[1], 0.0, 0.0))[1]
    middle, half = label_x(bar), _half(bar)
    return (middle - half, top - 15, middle + half, top - 0.5)


def label_x(bar: Mark) -> float:
    """Give the middle of a bar's label: above the bar, but never out of the chart."""
    half = _half(bar)
    return min(max(bar.at[0], LEFT + half), RIGHT - half)


def _half(bar: Mark) -> float:
    """Half of a label's width, with a little air."""
    weight = Weight.BOLD if bar.strong else Weight.REGULAR
    return width(bar.text, weight, round(LABEL_SIZE * SCALE)) / SCALE / 2 + 0.5


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
