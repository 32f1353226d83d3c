"""Putting the readers together: lexicons from the content, models and dictionaries from here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.classifier.dictionaries import known_words
from bot.classifier.onnx_classifier import OnnxClassifier
from bot.content.library import Library
from bot.reading.readers import Readers

MODELS: Final = Path(__file__).parent


def build_readers(library: Library) -> Readers:
    """Put the readers of all languages together, with the models that ship beside this file."""
    classifiers = {
        folder.name: OnnxClassifier(folder)
        for folder in MODELS.iterdir()
        if (folder / "model.onnx").is_file()
    }
    return Readers(library.grammars, classifiers, library.ruleset, known_words)
