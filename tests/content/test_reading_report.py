"""The figures of the report on reading, on results that are made up."""

import pytest
from support.reading_rows import Result, Row, Share

from bot.domain.red_flags import Urgency
from bot.reading.findings import Outcome, Reading
from tests.content.reading.report import AT_LEAST, AT_MOST, figures, main


def result(expect, urgency, outcome, read_as=None):
    row = Row("", "en", expect, urgency, ("plain",))
    return Result(row, Reading(outcome, read_as or urgency, (), frozenset()))


SIGN, SAME_DAY, NOTHING = (
    (Outcome.ESCALATE, Urgency.EMERGENCY),
    (Outcome.ESCALATE, Urgency.URGENT),
    (Outcome.PASS, Urgency.SELF_CARE),
)
RESULTS = [
    result(*SIGN, Outcome.ESCALATE),
    result(*SIGN, Outcome.ESCALATE, Urgency.URGENT),
    result(*SIGN, Outcome.ASK),
    result(*SIGN, Outcome.PASS),
    result(*SAME_DAY, Outcome.ESCALATE),
    result(*SAME_DAY, Outcome.PASS),
    result(*NOTHING, Outcome.PASS),
    result(*NOTHING, Outcome.PASS),
    result(*NOTHING, Outcome.ESCALATE),
    result(*NOTHING, Outcome.ASK),
    result(Outcome.ASK, Urgency.URGENT, Outcome.ASK),
]


def test_english_has_a_figure_for_each_kind_of_text():
    found = {name: (share.hits, share.total) for name, share, _, _ in figures("en", RESULTS)}
    assert found == {
        "emergency caught": (3, 4),
        "emergency told as one": (1, 4),
        "same-day caught": (1, 2),
        "no sign escalated": (1, 4),
        "no sign asked": (1, 4),
        "to ask, caught": (1, 1),
    }


def test_other_languages_count_both_kinds_of_signs_together():
    found = {name: (share.hits, share.total) for name, share, _, _ in figures("de", RESULTS)}
    assert found == {"signs caught": (4, 6), "no sign escalated": (1, 4), "no sign asked": (1, 4)}


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_what_is_to_be_caught_has_a_least_and_a_false_alarm_a_most(locale):
    bounds = {name: bound for name, _, bound, _ in figures(locale, RESULTS)}
    assert all((bound == AT_MOST) == name.startswith("no sign") for name, bound in bounds.items())
    assert set(bounds.values()) == {AT_LEAST, AT_MOST}


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_bar_can_be_missed(locale):
    assert all(0 < bar < 1 for _, _, _, bar in figures(locale, RESULTS))


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_intervals_are_wilsons(hits, total, low, high):
    assert Share(hits, total).interval == pytest.approx((low, high), abs=5e-5)


def test_a_share_reads_with_its_interval_and_its_counts():
    assert str(Share(5, 10)) == "0.500 (0.237 to 0.763) 5/10"


def test_the_figures_on_the_held_back_texts_keep_their_bars():
    """`make reading-report` as a gate: a change for the worse turns the suite red."""
    assert main("heldback") == 0
