"""Typing errors: what exists is never changed, what is no word may be meant for one of ours."""

import pytest
from support.small_lexicon import KNOWN

from bot.reading.phrases import stem_keys
from bot.reading.spelling import MOST_MENDED, Mender
from bot.reading.words import Pause, Spelling

VOCABULARY = frozenset(
    {
        "chest*",
        "pain*",
        "fainted",
        "numb*",
        "breathe",
        "can",
        "not",
        "arm",
        "swollen",
        "unconscious",
        "pressure",
        "pre",
        "sure",
    }
)
APART = {"cant": ("can", "not")}
MENDER = Mender(KNOWN, VOCABULARY, APART)


def mended(text):
    return [word.text for word in MENDER.mend(Spelling({}, {}, {}).words(text))]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chset", "chest"),
        ("fainetd", "fainted"),
        ("fanted", "fainted"),
        ("hcest", "chest"),
        ("unconscous", "unconscious"),
        ("unconsous", "unconscious"),
        ("swolen", "swollen"),
        ("presure", "pressure"),
    ],
)
def test_a_typing_error_is_put_right(typed, meant):
    assert mended(typed) == [meant]


@pytest.mark.parametrize(
    "word",
    [
        "best",
        "arc",
        "amr",
        "qwzxkj",
        "zebra",
        "numbish",
        "f4inted",
        "39",
        "xhest",
        "fxxnted",
        "xy",
    ],
)
def test_a_word_that_exists_is_short_or_is_too_far_off_stays(word):
    assert mended(word) == [word]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("cantbreathe", ["can", "not", "breathe"]),
        ("chestpain", ["chest", "pain"]),
        ("chestpains", ["chest", "pains"]),
        ("armswollen", ["arm", "swollen"]),
    ],
)
def test_words_typed_without_the_space_are_taken_apart(typed, words):
    assert mended(typed) == words


def test_an_ending_of_a_stem_is_no_second_word():
    mender = Mender(KNOWN, VOCABULARY | {"ness*", "numbness*"}, APART)
    assert mender.mend(Spelling({}, {}, {}).words("numbishly"))[0].text == "numbishly"


def test_only_the_first_of_split_words_keeps_the_pause():
    words = MENDER.mend(Spelling({}, {}, {}).words("fine. cantbreathe"))
    assert [word.pause for word in words] == [Pause.NONE, Pause.STOP, Pause.NONE, Pause.NONE]


def test_a_text_of_nothing_but_strange_words_is_given_up_on():
    text = " ".join(["chset"] * (MOST_MENDED + 5))
    assert mended(text).count("chset") == 5


def test_mended_words_answer_to_the_keys_of_the_lexicon():
    assert set(stem_keys(mended("chset")[0])) & VOCABULARY == {"chest*"}
