"""Ratings as they travel in buttons and rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pain import NRS_MAX, NRS_MIN, UPPER_BACK, BodyRegion, nrs


@pytest.mark.parametrize("rating", range(NRS_MIN, NRS_MAX + 1))
def test_every_rating_reads_back(rating):
    assert nrs(str(rating)) == rating


@pytest.mark.parametrize(
    "value",
    [
        "",
        "11",
        "-1",
        "+1",
        "1.0",
        "1e1",
        " 7",
        "7 ",
        "007",
        "wrong",
        "²",
        "\N{ARABIC-INDIC DIGIT SEVEN}",
        "99999999",
    ],
)
def test_what_no_button_of_ours_says_is_no_rating(value):
    assert nrs(value) is None


@given(st.text(max_size=5))
def test_a_forged_rating_is_on_the_scale_or_none(value):
    rating = nrs(value)
    assert rating is None or NRS_MIN <= rating <= NRS_MAX


def test_only_blades_side_and_neck_are_the_upper_back():
    assert {region for region in BodyRegion if region.is_upper_back} == UPPER_BACK
    assert not BodyRegion.CHEST.is_upper_back
