"""Mending typing errors: a word that is in no dictionary may be meant for one of the lexicon.

Short words are left alone: one letter turns "arm" into "arc". A word that exists is never
changed, so "best" does not become "chest". Edit distances: rapidfuzz.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.reading.phrases import stem_keys
from bot.reading.words import Pause, Word

SHORTEST: Final = 4
TWO_ERRORS_FROM: Final = 8
MOST_MENDED: Final = 200
"""Unknown words looked up in one text; a text with more of them is not language."""


@dataclass(frozen=True)
class Mender:
    """Puts words right. `known` are the words of the language, `vocabulary` the lexicon's keys."""

    known: frozenset[str]
    vocabulary: frozenset[str]
    apart: Mapping[str, tuple[str, ...]]

    @cached_property
    def _targets(self) -> Mapping[str, tuple[str, ...]]:
        """Sort what words may be meant for by first letter."""
        by_letter: dict[str, list[str]] = {}
        for key in sorted(self.vocabulary | frozenset(self.apart)):
            word = key.removesuffix("*")
            if len(word) >= SHORTEST:
                by_letter.setdefault(word[0], []).append(word)
        return {letter: tuple(words) for letter, words in by_letter.items()}

    def mend(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """Give the words with the errors put right that can be."""
        mended: list[Word] = []
        left = MOST_MENDED
        for word in words:
            if left == 0 or not self._is_strange(word.text):
                mended.append(word)
                continue
            left -= 1
            parts = self._parts(word.text)
            for place, part in enumerate(parts):
                pause = word.pause if place == 0 else Pause.NONE
                mended.append(replace(word, text=part, pause=pause))
        return tuple(mended)

    def _is_strange(self, text: str) -> bool:
        if len(text) < SHORTEST or not text.isalpha() or text in self.known:
            return False
        return text not in self.vocabulary

    def _parts(self, text: str) -> tuple[str, ...]:
        """Give the word or words that an unknown one is meant for."""
        if self._is_ours(text):
            # It begins like a stem of ours: "numbish", but also "chestpain".
            return self._split_stems(text) or (text,)
        # One error before a missing space: "presure" is no "pre sure".
        one = self._nearest(text, 1)
        if one is not None:
            return (one,)
        return self._split(text) or (self._far(text),)

    def _is_ours(self, text: str) -> bool:
        return any(key in self.vocabulary for key in stem_keys(text))

    def _split(self, text: str) -> tuple[str, ...]:
        """Take apart words that were typed without the space: "chestpain", "cantbreathe"."""
        for cut in range(2, len(text) - 1):
            left, right = text[:cut], text[cut:]
            halves = (self.apart.get(left, (left,)), self.apart.get(right, (right,)))
            if len(right) >= SHORTEST and all(
                half in self.apart or half in self.vocabulary for half in (left, right)
            ):
                return (*halves[0], *halves[1])
        return ()

    def _split_stems(self, text: str) -> tuple[str, ...]:
        """Take apart two words of some length, of which the first is a whole stem."""
        for cut in range(SHORTEST, len(text) - SHORTEST + 1):
            left, right = text[:cut], text[cut:]
            if f"{left}*" in self.vocabulary and self._is_ours(right):
                return (left, right)
        return ()

    def _nearest(self, text: str, errors: int) -> str | None:
        targets = self._targets.get(text[0], ())
        found = process.extractOne(text, targets, scorer=OSA.distance, score_cutoff=errors)
        return found[0] if found else None

    def _far(self, text: str) -> str:
        """Give what a word with more errors, or one at its beginning, may be meant for."""
        found = self._nearest(text, 2) if len(text) >= TWO_ERRORS_FROM else None
        # A swapped beginning: "hcest". Anything else with another first letter is another word.
        swapped = text[1] + text[0] + text[2:]
        return found or (swapped if self._is_ours(swapped) else text)
