"""Folding and measuring, the two halves of forgiving a typed name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places.spelling import distance, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("São Paulo", "sao paulo"),
        ("ÅLESUND", "alesund"),
        ("Łódź", "lodz"),
        ("København", "kobenhavn"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Coeur d\u2019Alene", "coeur dalene"),
        ("St. John's", "st johns"),
        ("Winston-Salem", "winston salem"),
        ("  two   words ", "two words"),
        ("!?", ""),
        ("Москва", "москва"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("left", "right", "slips"),
    [
        ("berlin", "berlin", 0),
        ("berln", "berlin", 1),
        ("berliin", "berlin", 1),
        ("barlin", "berlin", 1),
        ("belrin", "berlin", 1),
        ("cincinatti", "cincinnati", 2),
        ("rome", "berlin", 3),
        ("a", "abcdef", 3),
        ("", "", 0),
    ],
)
def test_slips_are_counted_up_to_one_above_the_limit(left, right, slips):
    assert distance(left, right, 2) == slips


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_the_count_is_the_same_both_ways(left, right):
    assert distance(left, right, 3) == distance(right, left, 3)
