"""A runner's last days as one picture that is understood at a glance on a phone.

The style is that of the movements: warm paper, teal, coral. Kinds of marks differ in shape and
lightness before they differ in colour, and every row says beside it what it is.
"""

from __future__ import annotations

from typing import Final

from bot.domain.history import Occasion, Period
from bot.pictures.canvas import SCALE, Canvas, Spot
from bot.pictures.history_layout import (
    KEY_AT,
    LABEL_SIZE,
    LEFT,
    RIGHT,
    WIDE,
    Chart,
    Kind,
    Layout,
    Mark,
    Note,
    label_x,
    lay_out,
)
from bot.pictures.lettering import Weight, width
from bot.pictures.palette import (
    CARD,
    CORAL,
    INK,
    PAPER,
    TEAL,
    WHITE,
    Colour,
)

ALARM: Final[Colour] = (158, 32, 22)
BAR: Final[Colour] = (134, 178, 174)
FAINT: Final[Colour] = (96, 122, 126)
LINK: Final[Colour] = (160, 190, 190)
PAUSED: Final[Colour] = (222, 208, 184)
PAUSED_DAYS: Final[Colour] = (243, 236, 222)

_MARGIN: Final = 14.0


def draw_history(chart: Chart) -> bytes:
    """Draw the picture as a PNG, 1080 pixels wide."""
    return draw_layout(chart, lay_out(chart)).png()


def draw_layout(chart: Chart, layout: Layout) -> Canvas:
    """Draw what was laid out."""
    canvas = Canvas(WIDE, layout.tall, PAPER)
    _head(canvas, chart)
    _ground(canvas, layout)
    _scale(canvas, chart, layout)
    for label, y in layout.rows:
        canvas.text((LEFT - 8, y), label, 12, INK, anchor="rm")
    if chart.history.is_empty:
        _nothing(canvas, chart, layout)
    for begin, end in layout.links:
        canvas.line(begin, end, 1.6, LINK)
    for mark in layout.marks:
        draw_mark(canvas, mark, layout)
    _foot(canvas, chart, layout)
    return canvas


def _head(canvas: Canvas, chart: Chart) -> None:
    words = chart.words
    canvas.text((_MARGIN, 26), words.title, 18, INK, weight=Weight.BOLD)
    canvas.text((RIGHT, 26), words.days, 12.5, FAINT, anchor="rm")
    x = _MARGIN + 6
    for occasion, kind in (
        (Occasion.AFTER, Kind.AFTER),
        (Occasion.MORNING, Kind.MORNING),
        (Occasion.BETWEEN, Kind.BETWEEN),
    ):
        if not chart.history.rated(occasion):
            continue
        _rating(canvas, Mark(kind, (x, KEY_AT)), 5.5)
        canvas.text((x + 10, KEY_AT), words.occasions[occasion], 12.5, INK)
        wide = width(words.occasions[occasion], Weight.REGULAR, round(12.5 * SCALE)) / SCALE
        x += wide + 30


def _ground(canvas: Canvas, layout: Layout) -> None:
    """The columns of days, what of them was a pause, and the lines of the scale."""
    top, bottom = layout.plot[0] - 15, layout.base
    for _, begin, end in layout.columns:
        canvas.slab((begin + 0.8, top, end - 0.8, bottom), 4, WHITE)
    for mark in layout.of(Kind.PAUSE):
        if mark.box:
            canvas.slab((mark.box[0], top, mark.box[2], bottom), 2, PAUSED_DAYS)
    low, high = layout.plot[1], layout.plot[0]
    for y in (low, (low + high) / 2, high):
        canvas.line((LEFT, y), (RIGHT, y), 0.8, CARD)


def _scale(canvas: Canvas, chart: Chart, layout: Layout) -> None:
    """0 to 10, in words at its ends."""
    high, low = layout.plot
    x = LEFT - 8
    for y, number, word in (
        (high, "10", chart.words.worst),
        ((high + low) / 2, "5", ""),
        (low, "0", chart.words.no_pain),
    ):
        lift = 6.5 if word else 0.0
        canvas.text((x, y - lift), number, 13, INK, weight=Weight.BOLD, anchor="rm")
        canvas.text((x, y + lift), word, 11.5, FAINT, anchor="rm")


def _nothing(canvas: Canvas, chart: Chart, layout: Layout) -> None:
    x, y = (LEFT + RIGHT) / 2, (layout.plot[0] + layout.plot[1]) / 2 - 8
    first, *others = chart.words.nothing
    canvas.bar((LEFT + 14, y - 34, RIGHT - 14, y + 20 * len(others) + 24), 14, PAPER)
    canvas.text((x, y - 8), first, 16, INK, weight=Weight.BOLD, anchor="mm")
    for line, text in enumerate(others):
        canvas.text((x, y + 17 + 18 * line), text, 12.5, FAINT, anchor="mm")


def draw_mark(canvas: Canvas, mark: Mark, layout: Layout) -> None:
    """Draw one mark."""
    small = layout.sizes.small
    match mark.kind:
        case Kind.AFTER | Kind.MORNING | Kind.BETWEEN:
            _rating(canvas, mark, layout.sizes.radius)
        case Kind.SIGN:
            _sign(canvas, mark.at, max(small, 5.5) + 2)
        case Kind.MISSED:
            _cross(canvas, mark.at, min(small, 4.2), FAINT)
        case Kind.TIP:
            _tip(canvas, mark.at, small)
        case Kind.PAUSE if mark.box:
            canvas.bar(mark.box, 4, PAUSED)
        case _:
            _bar(canvas, mark)


def _rating(canvas: Canvas, mark: Mark, radius: float) -> None:
    """After a run a dark disc, next morning a coral ring, at another time a diamond."""
    x, y = mark.at
    letters = INK
    if mark.kind is Kind.AFTER:
        canvas.disc(mark.at, radius + 0.7, WHITE)
        canvas.disc(mark.at, radius, TEAL)
        letters = WHITE
    elif mark.kind is Kind.MORNING:
        canvas.disc(mark.at, radius, WHITE)
        canvas.ring(mark.at, radius, max(1.6, radius * 0.24), CORAL)
    else:
        for reach, fill in ((radius * 1.3, FAINT), (radius * 1.3 - 2.2, WHITE)):
            canvas.polygon([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], fill)
    if radius > _ROOM_FOR_NUMBER:
        canvas.text(mark.at, mark.text, 11.5, letters, weight=Weight.BOLD, anchor="mm")


_ROOM_FOR_NUMBER: Final = 8.0


def _sign(canvas: Canvas, at: Spot, reach: float) -> None:
    x, y = at
    low = y + reach * 0.8
    canvas.polygon([(x, y - reach), (x + reach * 1.1, low), (x - reach * 1.1, low)], ALARM)
    canvas.text((x, y + reach * 0.2), "!", reach * 1.35, WHITE, weight=Weight.BOLD, anchor="mm")


def _cross(canvas: Canvas, at: Spot, reach: float, fill: Colour) -> None:
    x, y = at
    for slope in (1, -1):
        canvas.line((x - reach, y - reach * slope), (x + reach, y + reach * slope), 1.5, fill)


def _tip(canvas: Canvas, at: Spot, reach: float) -> None:
    """A plus: something was added."""
    x, y = at
    canvas.bar((x - reach, y - reach, x + reach, y + reach), reach * 0.5, TEAL)
    arm = reach * 0.5
    for begin, end in (((x - arm, y), (x + arm, y)), ((x, y - arm), (x, y + arm))):
        canvas.line(begin, end, max(1.0, reach * 0.24), WHITE)


def _bar(canvas: Canvas, mark: Mark) -> None:
    if mark.box is None:
        return
    left, top, right, base = mark.box
    fill = CORAL if mark.strong else BAR
    if mark.kind is Kind.RUN:
        canvas.disc((mark.at[0], base - 5), min(3.5, (right - left) / 2), BAR)
    else:
        hollow = 1.6 if mark.kind is Kind.RUN_MIN else 0.0
        canvas.bar(mark.box, 3, fill, hollow=min(hollow, (right - left) / 3))
    if mark.text:
        letters = CORAL_TEXT if mark.strong else INK
        weight = Weight.BOLD if mark.strong else Weight.REGULAR
        place = (label_x(mark), top - 7.5)
        canvas.text(place, mark.text, LABEL_SIZE, letters, weight=weight, anchor="mm")
    if mark.strong:
        _arrow(canvas, (mark.at[0], top - (16.5 if mark.text else 4.5)))


CORAL_TEXT: Final[Colour] = (176, 56, 32)


def _arrow(canvas: Canvas, at: Spot) -> None:
    x, y = at
    canvas.polygon([(x, y - 3.6), (x + 4.2, y + 2.6), (x - 4.2, y + 2.6)], CORAL)


def _foot(canvas: Canvas, chart: Chart, layout: Layout) -> None:
    """The days below their columns, and what of the runs does not explain itself."""
    is_week = chart.history.period is Period.WEEK
    for band, begin, end in layout.columns:
        size = 12.0
        wide = width(band.label, Weight.REGULAR, round(size * SCALE)) / SCALE
        if wide > end - begin - 1:
            continue
        today = is_week and band.last == chart.history.last
        weight = Weight.BOLD if today else Weight.REGULAR
        x = (begin + end) / 2
        canvas.text((x, layout.base + 12), band.label, size, INK, weight=weight, anchor="mm")
        canvas.text((x, layout.base + 26), band.below, 11.5, FAINT, weight=weight, anchor="mm")
    for note, y in layout.notes:
        if note is Note.LONGEST:
            _arrow(canvas, (_MARGIN + 5, y))
        else:
            canvas.bar((_MARGIN + 2.5, y - 5.5, _MARGIN + 7.5, y + 5.5), 2, BAR, hollow=1.4)
        canvas.text((_MARGIN + 15, y), chart.words.notes[note], 11.5, INK)
