"""The words beside the picture: the same numbers, and no word of blame."""

import re
from dataclasses import replace

import pytest
from support.charts import LAST, a_week, histories, long, single

from bot.domain.history import History, Occasion, Period, RatingMark
from bot.sandbox.formatting import parse_html
from bot.services import notices as n
from bot.telegram.callbacks import HistoryTap
from bot.telegram.codec import unpack

BLAME = re.compile(
    r"\b(only|missed|forgot|failed|streak|should|must|again|lazy|worry|well done|good job)\b",
    re.IGNORECASE,
)
LONGER = "one longer than any of the 30 days before"
IN_SHORT = (
    f"In short: 4 runs, {LONGER}, pain 2 to 5 after a run, pain 0 to 3 next morning, "
    "pain 6 at another time, 1 question without an answer, 1 time with a sign, 2 tips, paused."
)


def read(screen):
    return parse_html(screen.text).text


def test_a_week_is_told_in_short_and_day_by_day(draw):
    assert read(draw(n.HistoryShown(a_week()))).splitlines() == [
        "Your last 7 days",
        IN_SHORT,
        "Sat 21 Nov: 1 run (8 km), pain 5 after a run, 1 tip",
        "Sun 22 Nov: pain 3 next morning",
        "Mon 23 Nov: pain 6 at another time, sign: One arm, hand or leg numb or weak, paused",
        "Tue 24 Nov: paused",
        f"Wed 25 Nov: 1 run (12.5 km), {LONGER}, pain 2 after a run, 1 tip",
        "Thu 26 Nov: 1 run (45 min), pain 0 next morning, 1 question without an answer",
        "Fri 27 Nov: 1 run",
    ]


def test_every_rating_of_the_week_is_in_its_words(draw):
    history = a_week()
    said = read(draw(n.HistoryShown(history)))
    told = said.split("\n", 2)[2]
    assert [int(one) for one in re.findall(r"pain (\d+)", told)] == [
        one.rating for one in history.ratings
    ]


WEEKS = ["2-8 Nov", "9-15 Nov", "16-22 Nov", "23-27 Nov"]


def days(line):
    """What a line is about, with plain dashes."""
    return line.split(":")[0].replace("\N{EN DASH}", "-")


def test_a_month_is_told_week_by_week_and_three_months_by_three(draw):
    month = read(draw(n.HistoryShown(long(Period.MONTH)))).splitlines()[2:]
    assert [days(line) for line in month] == ["29 Oct - 1 Nov", *WEEKS]
    quarter = read(draw(n.HistoryShown(long(Period.QUARTER)))).splitlines()[2:]
    assert days(quarter[-1]) == "23-27 Nov"
    assert days(quarter[-2]) == "2-22 Nov"


@pytest.mark.parametrize("history", [a_week(), long(Period.MONTH), long(Period.QUARTER)])
def test_the_lines_add_up_to_the_whole(draw, history):
    lines = read(draw(n.HistoryShown(history))).splitlines()[2:]
    counted = [re.findall(r"(\d+) runs?\b", line.replace("after runs", "")) for line in lines]
    assert sum(int(one) for found in counted for one in found) == len(history.runs)


def test_where_there_is_no_room_the_earliest_lines_go(draw):
    crowded = replace(a_week(), signs=a_week().signs * 9, missed=a_week().missed * 3)
    said = read(draw(n.HistoryShown(replace(crowded, signs=crowded.signs * 2))))
    assert len(said) <= 1024
    assert "Earlier days are on the picture." in said
    assert "Fri 27 Nov" in said


def test_nothing_says_what_will_be_there(draw):
    screen = draw(n.HistoryShown(History(Period.MONTH, LAST)))
    assert "Nothing in these days." in read(screen)
    assert screen.sketch is not None
    assert "Nothing in these days" in screen.sketch.words.nothing


def test_one_check_in_is_one_short_line(draw):
    assert "In short: pain 3 at another time." in read(draw(n.HistoryShown(single())))


def test_the_periods_are_buttons_and_the_present_one_stands_out(draw):
    (row,) = draw(n.HistoryShown(long(Period.MONTH))).rows
    assert [key.text for key in row] == ["Week", "Month", "3 months"]
    assert [unpack(key.data) for key in row] == [HistoryTap(days) for days in (7, 30, 90)]
    assert [key.style for key in row] == [None, "primary", None]


def test_the_weekly_summary_is_one_sentence_without_a_sound(draw):
    screen = draw(n.WeeklySummary(a_week()))
    _, sentence, _, more = read(screen).split("\n")
    pain = "pain 2 to 5 after a run, pain 0 to 3 next morning, pain 6 at another time"
    assert sentence == f"Monday to Sunday: 4 runs, {pain}."
    assert "/settings turns this off." in more
    assert screen.silent
    assert screen.sketch is not None


def test_a_week_of_check_ins_without_runs_is_told_as_well(draw):
    assert "Monday to Sunday: no runs, pain 3 at another time." in read(
        draw(n.WeeklySummary(single()))
    )


def test_the_sentence_leaves_no_pain_out(draw):
    """A week was summed up as pain 0 after a run, with an 8 two hours later."""
    (at, *_) = (one.at for one in single().ratings)
    ratings = (RatingMark(at, 0, Occasion.AFTER, 1), RatingMark(at, 8, Occasion.BETWEEN))
    week = History(Period.WEEK, LAST, ratings=ratings)
    assert "pain 0 after a run, pain 8 at another time." in read(draw(n.WeeklySummary(week)))


def test_a_week_without_answers_is_no_reproach(draw):
    quiet = History(Period.WEEK, LAST, runs=a_week().runs[:1], missed=a_week().missed * 5)
    assert "Monday to Sunday: 1 run (8 km), no pain answers." in read(draw(n.WeeklySummary(quiet)))


@pytest.mark.parametrize("name", sorted(histories()))
def test_nobody_is_blamed_or_praised(draw, name):
    for kind in (n.HistoryShown, n.WeeklySummary):
        assert not BLAME.search(read(draw(kind(histories()[name]))))
