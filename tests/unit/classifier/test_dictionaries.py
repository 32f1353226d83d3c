"""The words that exist in a language."""

import pytest

from bot.classifier.dictionaries import LANGUAGES, known_words


def test_common_words_are_known_in_their_folded_form():
    known = known_words("de", lambda word: word.replace("ü", "ue"))
    assert {"haus", "fuer"} <= known


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_has_thousands_of_words(language):
    assert len(known_words(language, str)) > 5_000


def test_an_unknown_language_has_none():
    assert known_words("ja", str) == frozenset()


def test_misspellings_that_occur_now_and_then_are_not_known():
    known = known_words("en", str)
    assert "chest" in known
    assert not {"chset", "nubmness", "fianted"} & known
