"""Reading stays off the event loop, and languages are made ready once."""

import threading

import pytest
from support.small_lexicon import CUES, HARMLESS, RULESET, SIGNS, WORDS, lexicon

from bot.classifier.threaded import ThreadedReaders
from bot.domain.red_flags import Finding
from bot.reading.lexicon import prepare
from bot.reading.readers import Readers

SMALL = prepare(lexicon(words=WORDS, signs=SIGNS, harmless=HARMLESS, cues=CUES))


@pytest.fixture
def made():
    """Which language was made ready in which thread, in order."""
    return []


@pytest.fixture
def readers(made):
    def words_of(language, _fold):
        made.append((language, threading.get_ident()))
        return frozenset()

    return ThreadedReaders(Readers({"en": SMALL, "de": SMALL}, {}, RULESET, words_of))


async def test_a_language_is_made_ready_and_a_text_read_in_another_thread(readers, made):
    reading = await readers("I have chest pain", "en")
    assert Finding.CHEST_PAIN in reading.findings
    assert [language for language, _ in made] == ["en"]
    assert threading.get_ident() not in {thread for _, thread in made}


async def test_english_is_always_made_ready_and_what_has_no_lexicon_is_passed_over(readers, made):
    await readers.ready(["ja"])
    assert [language for language, _ in made] == ["en"]


async def test_all_languages_are_made_ready_once(readers, made):
    await readers.ready([])
    await readers.ready_all()
    assert [language for language, _ in made] == ["en", "de"]
