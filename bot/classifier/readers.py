"""Putting the readers together: lexicons from the content, models and dictionaries from here."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Final

from bot.classifier.dictionaries import known_words
from bot.classifier.linear import LinearClassifier
from bot.classifier.onnx_classifier import OnnxClassifier
from bot.classifier.together import Together
from bot.content.library import Library
from bot.reading.chances import Classifier
from bot.reading.readers import Readers

MODELS: Final = Path(__file__).parent


def build_readers(library: Library) -> Readers:
    """Put the readers of all languages together, with the models that ship beside this file."""
    languages = sorted(folder.parent.name for folder in MODELS.glob("*/linear.npz"))
    classifiers = {language: _classifier(MODELS / language) for language in languages}
    return Readers(library.grammars, classifiers, library.ruleset, known_words, Lock())


def _classifier(folder: Path) -> Classifier:
    """Load what a language has: the small model always, the network where there is one."""
    small = LinearClassifier(folder / "linear.npz")
    if not (folder / "model.onnx").is_file():
        return small
    return Together((OnnxClassifier(folder), small))
