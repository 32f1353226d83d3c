"""What holds for any text, with the readers as they ship."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest
from support.desk import shipped_readers
from support.reading_rows import rows

from bot.domain.red_flags import Urgency
from bot.reading.findings import Outcome
from bot.reading.words import LONGEST_TEXT
from tests.content.reading.fuzz import texts

RANK = {Outcome.PASS: 0, Outcome.ASK: 1, Outcome.ESCALATE: 2}
ROWS = [*rows("dev", "en")]
SAMPLE = ROWS[::7]


@pytest.fixture(scope="session")
def readers():
    return shipped_readers()


@pytest.fixture(scope="session")
def read(readers):
    return readers.of("en").read


def gist(reading):
    return reading.outcome, reading.urgency


# --- denials ------------------------------------------------------------------------------------

DENIABLE = (
    *("chest pain", "fever", "numbness", "fainting", "shortness of breath", "numb legs"),
    *("seizures", "blood in my urine", "palpitations", "night sweats", "weight loss"),
)
LISTS = {
    "no each, commas": lambda signs: ", ".join(f"no {one}" for one in signs),
    "no each, sentences": lambda signs: " ".join(f"No {one}." for one in signs),
    "no each, lines": lambda signs: "\n".join(f"no {one}" for one in signs),
    "colons": lambda signs: "\n".join(f"{one}: no" for one in signs),
    "answers": lambda signs: " ".join(f"{one.capitalize()}? No." for one in signs),
    "one no": lambda signs: f"No {', '.join(signs[:-1])} or {signs[-1]}.",
    "none": lambda signs: " ".join(f"I have no {one}." for one in signs),
}


DENIALS = [(form, size) for form in LISTS for size in (2, 4, len(DENIABLE))]


@pytest.mark.parametrize(("form", "size"), DENIALS)
def test_a_list_of_denials_passes(read, form, size):
    for start in range(0, len(DENIABLE) - size + 1, size):
        text = LISTS[form](DENIABLE[start : start + size])
        assert read(text).outcome is Outcome.PASS, text


# --- a stated emergency -------------------------------------------------------------------------

STATED = (
    "I have chest pain.",
    "I cannot feel my legs.",
    "I fainted.",
    "I can't breathe.",
    "My face is drooping.",
    "I cannot pee.",
    "I coughed up blood.",
)


@pytest.mark.parametrize("sign", STATED)
def test_a_stated_emergency_beside_any_text_is_told_or_asked_about(read, sign):
    """Never passed over, and never less than what the text says without it."""
    lowered = []
    for row in SAMPLE:
        alone = read(row.text)
        for text in (f"{sign} {row.text}", f"{row.text}\n{sign}"):
            both = read(text)
            if RANK[both.outcome] < max(RANK[alone.outcome], 1) or both.urgency < alone.urgency:
                lowered.append((text, gist(alone), gist(both)))
    assert lowered == []


@pytest.mark.parametrize("sign", STATED)
def test_a_stated_emergency_alone_is_told_as_one(read, sign):
    assert gist(read(sign)) == (Outcome.ESCALATE, Urgency.EMERGENCY)


# --- ways of typing -----------------------------------------------------------------------------


def full_width(text):
    return "".join(
        chr(ord(one) + 0xFEE0) if one.isascii() and one.isalpha() else one for one in text
    )


def zero_width(text):
    return "".join(
        f"{one}\u200b" if one.isalpha() and after.isalpha() else one
        for one, after in zip(text, [*text[1:], " "], strict=True)
    )


TYPED = {
    "upper case": str.upper,
    "doubled spaces": lambda text: text.replace(" ", "  "),
    "line breaks at the end": lambda text: f"{text}\n\n",
    "doubled final marks": lambda text: text + text[-1] * 2 if text[-1] in ".!?" else text,
    "a missing final stop": lambda text: text.removesuffix("."),
    "curly apostrophes": lambda text: text.replace("'", "\u2019"),
    "full-width letters": full_width,
    "zero-width characters inside words": zero_width,
}


@pytest.mark.parametrize("way", TYPED)
def test_the_way_of_typing_changes_nothing(read, way):
    changed = [
        (row.text, gist(read(row.text)), gist(read(TYPED[way](row.text))))
        for row in SAMPLE
        if gist(read(row.text)) != gist(read(TYPED[way](row.text)))
    ]
    assert changed == []


# --- bounded work -------------------------------------------------------------------------------


def work(read, text):
    """How many calls reading a text takes: the same on every machine, however busy."""
    counted = [0]

    def count(_frame, event, _argument):
        counted[0] += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return counted[0]


@pytest.mark.parametrize(
    "words",
    [
        "pain ",
        "chest ",
        "chest pain ",
        "no chest pain, ",
        "my friend said chest pain and ",
        "fever or ",
        "left hand numb ",
        "can't feel ",
        "sudden pain my back ",
        "legs went dead ",
    ],
)
def test_reading_grows_at_most_with_the_number_of_words(readers, words):
    read = replace(readers.of("en"), classifier=None).read
    few, many = work(read, words * 35), work(read, words * 140)
    assert 0 < many <= 5 * few


# --- anything at all ----------------------------------------------------------------------------


def test_nothing_typed_ever_raises(readers):
    locales = [*readers.grammars, "ja"]
    for number, text in enumerate(texts(seed=3, count=2_000)):
        reading = readers(text, locales[number % len(locales)])
        assert all(0 <= one.start < one.end <= len(text) for one in reading.mentions)


def test_the_fuzzed_texts_are_of_every_kind():
    some = [*texts(seed=3, count=2_000)]
    characters = set().union(*some)
    assert {ord(one) >> 16 for one in characters} == set(range(17))
    assert not [one for one in characters if 0xD800 <= ord(one) < 0xE000]
    assert max(map(len, some)) == LONGEST_TEXT
    assert {"\u200b", "\u202e"} <= characters
    assert "" in some
    assert json.dumps(some)
