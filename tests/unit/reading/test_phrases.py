"""The small language of phrases, and how phrases are found in words."""

import pytest

from bot.reading.phrases import (
    BadPhrase,
    Found,
    Match,
    Phrasebook,
    Step,
    index,
    stem_keys,
)
from bot.reading.words import Spelling

ENGLISH = Spelling({}, {"can't": "can not", "i'm": "i am", "sob": "short of breath"}, {})
BOOK = Phrasebook(ENGLISH)


def found_in(text, walls=()):
    words = ENGLISH.words(text)
    return Found(words, [stem_keys(word.text) for word in words], frozenset(walls))


def holds(written, text, walls=()):
    """Whether a phrase is anywhere in a text."""
    found = found_in(text, walls)
    return any(
        found.match(phrase, at) for phrase in BOOK.parse(written) for at in range(len(found.words))
    )


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("chest pain", "my chest pain"),
        ("pain*", "painful"),
        ("chest pain|ache", "chest ache"),
        ("chest is? tight", "chest is tight"),
        ("chest is? tight", "chest tight"),
        ("left? arm", "arm"),
        ("left? arm", "left arm"),
        ("chest .. tight", "chest feels really very tight"),
        ("chest .. tight", "chest tight"),
        ("arm ~ weak", "weak in my arm"),
        ("arm ~ weak", "arm so weak"),
        ("can't feel", "can not feel"),
        ("temperature #", "temperature 39"),
        ("in #year", "in 2015"),
        ("#year", "1999"),
        ("39*", "39"),
        ("39*", "39.5"),
    ],
)
def test_a_phrase_is_found(written, text):
    assert holds(written, text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("chest pain", "pain chest"),
        ("chest pain", "chest no pain"),
        ("pain", "painful"),
        ("chest .. tight", "chest one two three four five six seven tight"),
        ("chest .. tight", "my chest. Tight shoes"),
        ("chest .. tight", "chest"),
        ("#year", "39"),
        ("39*", "390"),
        ("temperature #", "temperature high"),
    ],
)
def test_a_phrase_is_not_found(written, text):
    assert not holds(written, text)


def test_a_gap_reaches_up_to_a_wall_and_not_beyond():
    assert not holds("chest .. tight", "chest fine but shoes tight", walls={"but"})
    assert holds("chest .. but", "chest fine but", walls={"but"})


def test_behind_the_last_word_nothing_is_found():
    (phrase,) = BOOK.parse("chest")
    assert found_in("chest").match(phrase, 1) is None


def test_the_shortest_text_is_found_with_the_words_that_are_no_gap():
    found = found_in("chest really very tight tight")
    (phrase,) = BOOK.parse("chest .. tight")
    assert found.match(phrase, 0) == Match(0, 4, (0, 3))


def test_a_group_fills_a_place_with_any_of_its_phrases():
    found = found_in("no feeling in my hand")
    found.add("numb", Match(0, 2, (0, 1)))
    found.add("numb", Match(0, 3, (0, 1, 2)))
    (phrase,) = BOOK.parse("<numb> .. hand")
    assert found.match(phrase, 0) is not None
    assert found.group("numb") == {0: {2, 3}}
    assert found.group("weak") == {}
    assert not found_in("a hand").match(phrase, 0)


@pytest.mark.parametrize(
    "written", ["", "|", "a|", "*", "a ~", "a ~ b ~ c", "~ b", "chest ..", ".."]
)
def test_a_broken_phrase_is_refused(written):
    with pytest.raises(BadPhrase):
        BOOK.parse(written)


def test_a_phrase_of_one_word_that_may_be_missing_says_nothing():
    assert BOOK.parse("left?") == ()


def test_a_missing_first_word_leaves_no_gap_at_the_beginning():
    assert BOOK.parse("left? .. arm") == (
        (Step(("left",)), Step(("arm",), gap=6)),
        (Step(("arm",)),),
    )


def test_what_a_language_takes_apart_is_taken_apart_in_phrases():
    assert [step.keys for step in BOOK.parse("can't feel*")[0]] == [
        ("can",),
        ("not",),
        ("feel*",),
    ]
    assert [step.keys for step in BOOK.parse("sob*")[0]] == [("short",), ("of",), ("breath*",)]


def test_choices_of_several_words_become_groups():
    ((step,),) = BOOK.parse("wonky|on_one_side|can't|droop*|<bent>")
    assert step.keys == ("wonky", "<on_one_side>", "<can't>", "droop*", "<bent>")


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("arm", ("arm", "ar*", "arm*")),
        ("i", ("i",)),
        ("39", ("39", "39*", "#")),
        ("2015", ("2015", "2015*", "#", "#year")),
        ("2055", ("2055", "2055*", "#")),
    ],
)
def test_a_word_answers_to_itself_its_stems_and_its_kind_of_figure(word, keys):
    assert stem_keys(word) == keys


def test_no_word_has_more_keys_than_the_longest_stem():
    assert len(stem_keys("a" * 4000)) == 20


def test_an_index_gives_every_label_that_is_found_in_the_order_of_the_words():
    phrases = [
        (label, phrase)
        for label, written in (
            ("tight", "chest .. tight|sore"),
            ("weak", "weak arm"),
            ("x", "chest red"),
        )
        for phrase in BOOK.parse(written)
    ]
    text = "weak arm and chest so tight"
    assert [label for label, _ in index(phrases).matches(found_in(text))] == ["weak", "tight"]


def test_a_phrase_that_cannot_be_filled_is_not_even_tried():
    (phrase,) = BOOK.parse("chest .. red")
    found = found_in("chest chest chest")
    assert not found.may_hold((frozenset(phrase[1].keys),))
    assert [*index([("x", phrase)]).matches(found)] == []


def test_an_item_that_comes_again_is_the_same_places():
    assert BOOK.parse("can't .. can't") == BOOK.parse("can not .. can not")


def test_the_words_of_one_choice_stand_for_themselves_where_there_is_no_other():
    (steps,) = BOOK.parse("my_rib*")
    assert [step.keys for step in steps] == [("my",), ("rib*",)]
