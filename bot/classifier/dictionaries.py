"""The words that exist in a language: what is among them is no typing error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spellchecker import SpellChecker

SEEN_MORE_THAN: Final = 50
"""The lists were counted in subtitles; what is rarer in them is mostly misspelt itself."""

LANGUAGES: Final = frozenset({"en", "es", "fr", "pt", "de", "it"})


def known_words(language: str, fold: Callable[[str], str]) -> frozenset[str]:
    """Give the known words of a language in their folded form; none for an unknown language."""
    if language not in LANGUAGES:
        return frozenset()
    counted = SpellChecker(language=language).word_frequency.dictionary
    return frozenset(fold(word) for word, count in counted.items() if count > SEEN_MORE_THAN)
