"""What runners type as a rating, and the near misses that must never be filed as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pain import NRS_MAX
from bot.reading.ratings import NotARating, read_rating


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("7", 7),
        ("0", 0),
        ("10", 10),
        ("07", 7),
        (" 4 ", 4),
        ("4.", 4),
        ("4!", 4),
        ("...5", 5),
        ("7/10", 7),
        ("10/10", 10),
        ("7 / 10", 7),
        ("7 out of 10", 7),
        ("seven of ten", 7),
        ("seven", 7),
        ("Ten", 10),
        ("ZERO", 0),
        ("about a 4", 4),
        ("~3", 3),
        ("more or less 5", 5),
        ("6 or so", 6),
        ("i'd say a 3", 3),
        ("I\N{RIGHT SINGLE QUOTATION MARK}d say 3", 3),
        ("I am a 2", 2),
        ("I'm at 8", 8),
        ("just a one", 1),
        ("number one", 1),
        ("pain level 6", 6),
        ("upper back: 6", 6),
        ("still 5", 5),
        ("5, thanks", 5),
        ("ok 2", 2),
        ("no pain", 0),
        ("No pain at all!", 0),
        ("none", 0),
        ("pain free", 0),
    ],
)
def test_a_rating(text, rating):
    assert read_rating(text) == rating


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("\N{FULLWIDTH DIGIT SEVEN}", 7),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT ZERO}", 10),
        ("\N{ARABIC-INDIC DIGIT SEVEN}", 7),
        ("\N{DEVANAGARI DIGIT THREE}", 3),
        ("\N{SUPERSCRIPT FOUR}", 4),
        ("\N{CIRCLED DIGIT THREE}", 3),
        ("7\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}", 7),
        ("\N{KEYCAP TEN}", 10),
    ],
)
def test_digits_of_other_scripts_and_keycaps_are_digits(text, rating):
    assert read_rating(text) == rating


@pytest.mark.parametrize(
    "text",
    [
        "7 and my chest hurts",
        "7 chest",
        "7 numb",
        "my chest is a 7",
        "7 but i feel faint",
        "no pain but something is wrong",
        "no pain in my back, just my chest",
        "5 \N{DROP OF BLOOD}",
    ],
)
def test_a_rating_with_a_sign_behind_it_is_no_rating(text):
    """Filing it as a number would lose the sign."""
    assert read_rating(text) is NotARating.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "7km",
        "7 km",
        "10k",
        "7 am",
        "7 a.m.",
        "7:30",
        "8:00",
        "seven hours",
        "10 minutes",
        "7th",
        "7%",
        "2026",
        "7/10/2026",
        "7 / 100",
        "not a 7",
        "no 3",
        "I don't think it's a 7",
        "less than 7",
        "more than 7",
        "7 or more",
        "7 or less",
        "7 or 8",
        "7-8",
        "7 to 8",
        "7 8",
        "3, 5",
        "one or two",
        "this one",
        "the right one",
        "the one",
        "half",
        "1e1",
        "0x7",
        "VII",
        "",
        "   ",
        "?",
        "/10",
        "lots",
        "Zwei",
        "hello",
    ],
)
def test_what_only_looks_like_a_rating(text):
    result = read_rating(text)
    assert isinstance(result, NotARating)


@pytest.mark.parametrize(
    "text",
    ["11", "100", "-3", "\N{MINUS SIGN}3", "+3", "4.5", "4,5", "about 12", "11/10", "9" * 60],
)
def test_a_number_off_the_scale_is_called_that(text):
    """Then the runner is asked for a whole number from 0 to 10 instead of "I can't read that"."""
    assert read_rating(text) is NotARating.OFF_THE_SCALE


def test_a_long_message_is_no_rating():
    assert read_rating("7 " * 2048) is NotARating.OTHER
    assert read_rating("7" + " " * 4095) is NotARating.OTHER


@given(st.integers(0, NRS_MAX), st.sampled_from(["", "about ", "maybe a ", "I'd say "]))
def test_every_step_of_the_scale_can_be_typed(rating, lead):
    assert read_rating(f"{lead}{rating}") == rating
    assert read_rating(f"{lead}{rating}/10") == rating


@given(st.text(max_size=200) | st.text("0123456789./-,: agotensix", max_size=30))
def test_any_text_is_a_rating_on_the_scale_or_none(text):
    result = read_rating(text)
    assert isinstance(result, NotARating) or 0 <= result <= NRS_MAX


@given(
    st.integers(0, NRS_MAX),
    st.sampled_from(
        ["numb", "chest", "faint", "dizzy", "fever", "tingling", "weak", "blood", "not", "no"]
    ),
    st.booleans(),
)
def test_a_word_nobody_expects_beside_a_number_always_spoils_it(rating, word, in_front):
    text = f"{word} {rating}" if in_front else f"{rating} {word}"
    assert read_rating(text) is NotARating.OTHER
