"""Several languages: the runner's own and the one a text seems to be in."""

from contextlib import contextmanager, nullcontext

import pytest
from support.small_lexicon import ALARMED, CUES, HARMLESS, RULESET, SIGNS, WORDS, Says, lexicon

from bot.domain.red_flags import Finding, Urgency
from bot.reading.findings import Outcome
from bot.reading.lexicon import Cue, Sign, prepare
from bot.reading.readers import Readers

OTHER = prepare(
    lexicon(
        words={},
        signs={
            Finding.CHEST_PAIN: Sign(("brustschmerz*",)),
            Finding.ONE_LIMB: Sign(("hand .. taub",)),
        },
        harmless=(),
        cues={Cue.STARTS: ("ich", "meine"), Cue.JOINS: ("und", "in")},
        apart={},
    )
)
ENGLISH = prepare(lexicon(words=WORDS, signs=SIGNS, harmless=HARMLESS, cues=CUES))


def readers(**classifiers):
    asked = []

    def known_words(language, fold):
        asked.append((language, fold("Ä")))
        return frozenset()

    made = Readers({"en": ENGLISH, "de": OTHER}, classifiers, RULESET, known_words)
    return made, asked


READERS, ASKED = readers()


@pytest.mark.parametrize("locale", ["en", "de", "ja"])
def test_a_text_is_read_in_the_language_it_seems_to_be_in(locale):
    assert READERS("ich habe und meine hand ist taub", locale).urgency is Urgency.URGENT
    assert READERS("I rest and my chest hurts, chest pain", locale).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize("text", ["brustschmerzen", "chest pain", "hand ganz taub"])
def test_a_very_short_text_is_read_in_every_language(text):
    assert READERS(text, "en").outcome is Outcome.ESCALATE
    assert READERS(text, "de").outcome is Outcome.ESCALATE


def test_a_longer_text_without_a_sign_of_its_language_is_read_in_the_runners_own():
    assert READERS("brustschmerzen one two three", "en").outcome is Outcome.PASS
    assert READERS("brustschmerzen one two three", "de").outcome is Outcome.ESCALATE


def test_a_text_in_the_own_language_is_not_read_in_another():
    assert READERS("I rest, hand taub", "en").outcome is Outcome.PASS


def test_each_language_is_made_ready_once():
    made, asked = readers()
    assert made.of("de") is made.of("de")
    assert asked == [("de", "a")]
    with pytest.raises(KeyError):
        made.of("ja")


def test_each_language_has_its_own_classifier_or_none():
    made, _ = readers(en=Says(ALARMED))
    assert made.of("en").read("hello").outcome is Outcome.ESCALATE
    assert made.of("de").read("hallo").outcome is Outcome.PASS


def test_an_emergency_in_the_own_language_waits_for_no_other():
    made, asked = readers()
    assert made("chest pain", "en").urgency is Urgency.EMERGENCY
    assert [language for language, _ in asked] == ["en"]


def test_a_language_that_another_thread_made_ready_meanwhile_is_not_made_twice():
    made, asked = readers()

    @contextmanager
    def after_the_other():
        made.one_at_a_time = nullcontext()
        made.of("en")
        yield

    made.one_at_a_time = after_the_other()
    made.of("en")
    assert [language for language, _ in asked] == ["en"]
