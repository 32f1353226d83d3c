"""Which models each language has."""

import pytest

from bot.classifier.dictionaries import LANGUAGES
from bot.classifier.linear import LinearClassifier
from bot.classifier.readers import build_readers
from bot.classifier.together import Together
from bot.content.library import load
from bot.reading.findings import Outcome
from bot.shipped import shipped


@pytest.fixture(scope="module")
def readers():
    return build_readers(load(shipped("content")))


def test_every_language_with_a_lexicon_has_a_model_and_a_dictionary(readers):
    assert readers.classifiers.keys() == readers.grammars.keys() == LANGUAGES


def test_english_has_the_network_as_well(readers):
    kinds = {language: type(model) for language, model in readers.classifiers.items()}
    assert kinds.pop("en") is Together
    assert set(kinds.values()) == {LinearClassifier}


def test_they_read_together(readers):
    assert readers("I have chest pain", "en").outcome is Outcome.ESCALATE
    assert readers("tengo dolor en el pecho", "es").outcome is Outcome.ESCALATE
    assert readers("lovely run, no pain at all", "en").outcome is Outcome.PASS
