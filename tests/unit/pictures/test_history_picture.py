"""The history picture: every mark is where its number says, and nothing can go missing unseen.

The kept pictures forgive letters that other versions of the libraries draw a little differently.
They are kept as `support.golden` says, and compared block by block: marks here are small.
"""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageFilter
from support.charts import LAST, a_week, at, chart, histories
from support.golden import FOLDER, are_kept_anew

from bot.domain.history import History, Occasion, Period, RatingMark, RunMark
from bot.pictures.canvas import SCALE
from bot.pictures.history import (
    ALARM,
    BAR,
    FAINT,
    PAUSED,
    PAUSED_DAYS,
    draw_history,
    draw_layout,
)
from bot.pictures.history_layout import (
    LABEL_SIZE,
    LEFT,
    POINT,
    RIGHT,
    SIZES,
    WIDE,
    Kind,
    label_x,
    lay_out,
)
from bot.pictures.lettering import Weight, width
from bot.pictures.palette import CORAL, TEAL, WHITE

BLOCK, FORGIVEN = 4, 20
"""Units of a block's side, and how far its mean may be off, of 255. Measured: a missing mark is
off by 31 at least, the same letters and marks with softer edges by 10 at most."""

NAMES = sorted(histories())
COLOURS = {
    Kind.AFTER: TEAL,
    Kind.MORNING: CORAL,
    Kind.BETWEEN: FAINT,
    Kind.SIGN: ALARM,
    Kind.MISSED: FAINT,
    Kind.TIP: TEAL,
    Kind.PAUSE: PAUSED,
    Kind.RUN_KM: BAR,
    Kind.RUN_MIN: BAR,
    Kind.RUN: BAR,
}


@pytest.fixture(scope="module")
def drawn():
    """A chart, its layout and the picture of it, by name; each is drawn once."""
    kept = {}

    def one(name):
        if name not in kept:
            shown = chart(histories()[name])
            layout = lay_out(shown)
            kept[name] = (shown, layout, draw_layout(shown, layout).image)
        return kept[name]

    return one


def small(image):
    """The picture as a phone of old would show it: a pixel a unit."""
    return image.reduce(SCALE)


def farthest(one, other):
    """How far the mean of any block is off, 0 to 255."""
    assert one.size == other.size
    difference = ImageChops.difference(one.reduce(BLOCK), other.reduce(BLOCK))
    return max(high for _, high in difference.getextrema())


@pytest.mark.parametrize("period", list(Period))
def test_no_label_leaves_the_picture(period):
    """The run of today stands at the right edge, and its label was cut off."""
    today = RunMark(at(0, 22), 10.0)
    (bar,) = lay_out(chart(History(period, LAST, runs=(today,)))).of(Kind.RUN_KM)
    reach = width(bar.text, Weight.REGULAR, round(LABEL_SIZE * SCALE)) / SCALE / 2
    assert bar.text == "10 km"
    assert LEFT <= label_x(bar) - reach < label_x(bar) + reach <= RIGHT


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_looks_as_it_was_found_good(drawn, name):
    _, _, image = drawn(name)
    file = FOLDER / f"history-{name}.png"
    if are_kept_anew():
        small(image).save(file, optimize=True)
    with Image.open(file) as kept:
        assert farthest(small(image), kept.convert("RGB")) <= FORGIVEN


@pytest.mark.parametrize("name", NAMES)
def test_letters_drawn_a_little_differently_are_forgiven(drawn, name):
    _, _, image = drawn(name)
    softer = image.filter(ImageFilter.GaussianBlur(1))
    assert farthest(small(image), small(softer)) <= FORGIVEN


@pytest.mark.parametrize("name", ["week", "month", "quarter"])
def test_no_mark_can_go_missing_unseen(drawn, name):
    shown, layout, image = drawn(name)
    marks = layout.marks if name == "week" else {one.kind: one for one in layout.marks}.values()
    for mark in marks:
        without = replace(layout, marks=tuple(one for one in layout.marks if one is not mark))
        poorer = draw_layout(shown, without).image
        assert farthest(small(image), small(poorer)) > FORGIVEN, mark


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_is_found_by_its_colour_at_its_place(drawn, name):
    _, layout, image = drawn(name)
    for mark in layout.marks:
        reach = 2 * SCALE + max(layout.sizes.radius, layout.sizes.small) * SCALE
        x, y = (one * SCALE for one in mark.at)
        box = (x - reach, y - reach, x + reach, y + reach)
        if mark.box is not None:
            box = tuple(one * SCALE for one in mark.box)
        colour = CORAL if mark.strong else COLOURS[mark.kind]
        crop = image.crop(tuple(round(one) for one in box))
        colours = {seen for _, seen in crop.getcolors(100_000)}
        assert colour in colours, mark


def test_every_rating_stands_at_its_number_and_its_time():
    history = a_week()
    layout = lay_out(chart(history))
    marks = layout.of(Kind.AFTER, Kind.MORNING, Kind.BETWEEN)
    _, bottom = layout.plot
    day = (RIGHT - LEFT) / 7
    assert [mark.text for mark in marks] == ["5", "3", "6", "2", "0"]
    for mark, rating in zip(marks, history.ratings, strict=True):
        assert mark.at[1] == bottom - POINT * rating.rating
        since = (rating.at.date() - history.first).days + rating.at.hour / 24
        assert mark.at[0] == pytest.approx(LEFT + day * since, abs=day / 24)


def test_bars_are_as_tall_as_their_kilometres_and_minutes():
    layout = lay_out(chart(a_week()))
    far, farther = (mark.box[3] - mark.box[1] for mark in layout.of(Kind.RUN_KM))
    assert far / farther == pytest.approx(8 / 12.5)
    assert [mark.text for mark in layout.of(Kind.RUN_KM, Kind.RUN_MIN, Kind.RUN)] == [
        "8 km",
        "12.5 km",
        "45 min",
        "",
    ]


def test_nothing_is_drawn_over_days_without_an_answer():
    layout = lay_out(chart(a_week()))
    marks = layout.of(Kind.AFTER, Kind.MORNING)
    pairs = [(marks[0].at, marks[1].at), (marks[2].at, marks[3].at)]
    assert list(layout.links) == pairs, "only a run and its own next morning are joined"


def test_rows_without_a_mark_are_left_out():
    assert len(lay_out(chart(histories()["single"])).rows) == 1
    assert [label for label, _ in lay_out(chart(a_week())).rows] == [
        "sign",
        "no answer",
        "tip",
        "paused",
        "runs",
    ]


def test_what_explains_itself_is_not_explained():
    assert lay_out(chart(histories()["single"])).notes == ()
    assert len(lay_out(chart(a_week())).notes) == 2


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_outside_the_picture(drawn, name):
    _, layout, image = drawn(name)
    assert image.size == (WIDE * SCALE, round(layout.tall * SCALE))
    for mark in layout.marks:
        assert LEFT <= mark.at[0] <= RIGHT
        assert 0 < mark.at[1] < layout.tall


@pytest.mark.parametrize("period", list(Period))
def test_two_ratings_of_one_moment_are_both_seen(period):
    both = tuple(RatingMark(at(1, 9, minute), 4, Occasion.BETWEEN) for minute in (0, 1))
    marks = lay_out(chart(replace(a_week(), period=period, ratings=both))).of(Kind.BETWEEN)
    assert marks[1].at[0] - marks[0].at[0] >= SIZES[period].radius / 2


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_file_telegram_takes_as_a_photo(name):
    file = draw_history(chart(histories()[name]))
    assert len(file) < 10_000_000
    with Image.open(BytesIO(file)) as image:
        assert image.format == "PNG"
        assert sum(image.size) <= 10_000
        assert max(image.size) / min(image.size) <= 20


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (value / 255 for value in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [TEAL, CORAL, FAINT, ALARM])
def test_marks_stand_out_from_days_and_pauses_whoever_looks(colour):
    for ground in (WHITE, PAUSED_DAYS):
        light, dark = sorted((luminance(ground), luminance(colour)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 2.9
