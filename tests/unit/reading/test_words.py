"""From a typed text to words: nothing that could carry a sign is lost on the way."""

import pytest

from bot.reading.words import LONGEST_TEXT, Pause, Spelling, sentences

ENGLISH = Spelling(
    {},
    {"can't": "can not", "cant": "can not", "i'm": "i am", "&": "and", "/": "or", "s": "is"}
    | {"w/o": "without", "c/o": "with", "+": "but"},
    {"\u2764\ufe0f": "heart", "\N{FACE WITH THERMOMETER}": "fever"},
)
GERMAN = Spelling({"ä": "ae", "ß": "ss"}, {}, {})


def texts(written, spelling=ENGLISH):
    return [word.text for word in spelling.words(written)]


@pytest.mark.parametrize(
    "written",
    [
        "CAN'T feel",
        "can\u2019t feel",
        "can\u00b4t feel",
        "can`t feel",
        "cant  feel",
        "can't\u200b fe\u200bel",
        "can't fe\u00adel",
        "\uff43\uff41\uff4e't \uff46\uff45\uff45\uff4c",
        "c\u00e0n't f\u00e9e\u0301l",
        "can't feeeeel",
    ],
)
def test_however_it_is_typed_it_is_the_same_words(written):
    last = "fel" if "eeee" in written else "feel"
    assert texts(written) == ["can", "not", last]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("w/o pain", ["without", "pain"]),
        ("C/O fever", ["with", "fever"]),
        ("- fever, (+) chest pain", ["fever", "but", "chest", "pain"]),
        ("left/right", ["left", "or", "right"]),
        ("arms & legs", ["arms", "and", "legs"]),
        ("arms + legs", ["arms", "and", "legs"]),
        ("10/10", ["10/10"]),
        ("9,5 / 10", ["9.5/10"]),
        ("\u2764 hurts", ["heart", "hurts"]),
        ("\u2764\ufe0f", ["heart"]),
        ("\N{FACE WITH THERMOMETER}", ["fever"]),
        ("\N{PILE OF POO} # ^", []),
        ("the runner's leg", ["the", "runner", "is", "leg"]),
        ("d'accord", ["d", "accord"]),
        ("I'm", ["i", "am"]),
        ("runners' legs", ["runners", "legs"]),
        ("\u200b", []),
        ("", []),
        ("привет 你好 שלום", ["привет", "你好", "שלום"]),
    ],
)
def test_shorthand_pictures_and_glued_words_become_words(written, words):
    assert texts(written) == words


@pytest.mark.parametrize("written", ["Käse Straße", "KA\u0308SE STRASSE", "kaese strasse"])
def test_letters_that_a_language_writes_two_ways_are_one(written):
    assert texts(written, GERMAN) == ["kaese", "strasse"]


def test_words_know_their_place_in_what_was_typed():
    written = "No.  I can\u2019t!"
    assert [written[word.start : word.end] for word in ENGLISH.words(written)] == [
        "No",
        "I",
        "can\u2019t",
        "can\u2019t",
    ]


@pytest.mark.parametrize(
    ("between", "pause"),
    [
        (" ", Pause.NONE),
        (", ", Pause.COMMA),
        (" - ", Pause.COMMA),
        (" \u2013 ", Pause.COMMA),
        (": ", Pause.COMMA),
        (". ", Pause.STOP),
        ("\n", Pause.STOP),
        ("\u2026", Pause.STOP),
        ("\uff01", Pause.STOP),
        (".), ", Pause.STOP),
    ],
)
def test_pauses_stand_before_the_next_word(between, pause):
    assert [word.pause for word in ENGLISH.words(f"one{between}two")] == [Pause.NONE, pause]


def test_a_hyphen_within_a_word_is_no_pause():
    assert [word.pause for word in ENGLISH.words("pins-needles")] == [Pause.NONE, Pause.NONE]


def test_a_full_stop_within_a_figure_ends_no_sentence():
    assert len(sentences(ENGLISH.words("it was 38.9 today. I rest"))) == 2


@pytest.mark.parametrize("mark", ["?", "\uff1f", "?!"])
def test_only_the_sentence_that_ends_in_a_question_mark_is_asked(mark):
    asked = [word.asked for word in ENGLISH.words(f"my back. is it bad{mark} it hurts")]
    assert asked == [False, False, True, True, True, False, False]


def test_sentences_are_spans_of_words():
    assert sentences(ENGLISH.words("one two. three! four")) == (range(2), range(2, 3), range(3, 4))
    assert sentences(()) == (range(0),)


def test_what_is_longer_than_a_message_can_be_is_cut():
    assert len(ENGLISH.words("ab " * LONGEST_TEXT)) == -(-LONGEST_TEXT // 3)
