"""From a text to a reading, with a few words and a classifier that is told what to say."""

import pytest
from support.small_lexicon import ALARMED, CALM, Says, reader

from bot.domain.red_flags import Finding, Urgency
from bot.reading.findings import Mention, Outcome, Status
from bot.reading.lexicon import Sign

READER = reader()


def mentions(text):
    return [(one.finding, one.status) for one in READER.read(text).mentions]


def test_a_mention_knows_its_place_in_what_was_typed():
    text = "Well, my CHEST really HURTS."
    assert reader(signs={Finding.CHEST_PAIN: Sign(("chest .. <pain>",))}).read(text).mentions == (
        Mention(Finding.CHEST_PAIN, Status.STATED, 9, 27, plain=True),
    )


def test_typing_errors_glued_words_and_pictures_are_read():
    assert mentions("chset pain") == [(Finding.CHEST_PAIN, Status.STATED)]
    assert mentions("chestpain") == [(Finding.CHEST_PAIN, Status.STATED)]
    assert mentions("\N{FACE WITH THERMOMETER}") == [(Finding.FEVER, Status.STATED)]


def test_a_sign_inside_a_figure_of_speech_is_only_talked_about():
    assert mentions("chest pain cave") == [(Finding.CHEST_PAIN, Status.GENERAL)]
    assert mentions("sick of hills") == [(Finding.NAUSEA, Status.GENERAL)]


def test_what_only_may_mean_a_sign_is_possible_and_a_denial_still_denies_it():
    assert mentions("my chest feels funny") == [(Finding.CHEST_PAIN, Status.POSSIBLE)]
    assert mentions("no queasy feeling") == [(Finding.NAUSEA, Status.DENIED)]


def test_a_sign_is_not_meant_beside_what_explains_it():
    assert mentions("breathless") == [(Finding.BREATHLESS, Status.STATED)]
    assert mentions("breathless on the hill") == []
    assert mentions("ran a hill. breathless") == [(Finding.BREATHLESS, Status.STATED)]


def test_some_signs_count_though_over_and_some_however_old():
    assert mentions("fainted, went away") == [(Finding.FAINTED, Status.STATED)]
    assert mentions("fainted years ago") == [(Finding.FAINTED, Status.OLD)]
    assert mentions("cancer years ago") == [(Finding.CANCER_HISTORY, Status.STATED)]
    assert mentions("cancer went away") == [(Finding.CANCER_HISTORY, Status.STATED)]
    assert mentions("no cancer") == [(Finding.CANCER_HISTORY, Status.DENIED)]


def test_of_two_readings_of_one_place_the_one_that_says_most_is_kept():
    assert mentions("chest pain funny") == [(Finding.CHEST_PAIN, Status.STATED)]


def test_denied_and_stated_signs_stand_side_by_side_in_order():
    assert mentions("no fever but chest pain") == [
        (Finding.FEVER, Status.DENIED),
        (Finding.CHEST_PAIN, Status.STATED),
    ]


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\N{PILE OF POO}", "...", "7"])
def test_a_text_without_words_of_the_language_passes(text):
    reading = reader(Says(CALM)).read(text)
    assert (reading.outcome, reading.urgency) == (Outcome.PASS, Urgency.SELF_CARE)


def test_the_classifier_is_not_asked_about_a_text_without_words():
    classifier = Says(ALARMED)
    reader(classifier).read("...")
    assert classifier.asked == []


def test_the_classifier_gets_mended_words():
    classifier = Says(CALM)
    reader(classifier).read("Cantbreathe, chset!")
    assert classifier.asked == [("cantbreathe", "chest")]


def test_before_a_statement_is_doubted_its_sentence_is_read_alone():
    classifier = Says(CALM)
    reading = reader(classifier).read("a fine day. chest pain. I rest")
    assert classifier.asked == [
        ("a", "fine", "day", "chest", "pain", "i", "rest"),
        ("chest", "pain"),
    ]
    assert reading.outcome is Outcome.ASK


def test_the_most_telling_of_several_sentences_counts():
    classifier = Says(CALM, fainted=ALARMED)
    assert reader(classifier).read("chest pain. fainted").outcome is Outcome.ESCALATE
    assert len(classifier.asked) == 3
