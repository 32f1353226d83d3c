"""A linear model over the letters and words of a text: small, quick, and for any language.

It sees parts of words where the network sees meaning, and errs elsewhere, so that both together
are better than either. Features are hashed into a fixed number of places (Weinberger 2009).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np

from bot.reading.chances import Chances, Limits

PLACES: Final = 2**17
SHORTEST, LONGEST = 2, 5
"""Letters in a part of a word; the space before and behind it counts as one."""

LONGEST_WORD: Final = 40
"""What is longer is looked at up to here; this bounds the work for a word."""

Vector = np.ndarray[Any, np.dtype[Any]]


def features(words: Sequence[str]) -> tuple[Vector, Vector]:
    """Give the places of a text's features and how much each counts there (1 + log of its number).

    Parts of words, words, and pairs of words that follow each other.
    """
    counted = Counter(crc32(feature.encode()) % PLACES for feature in _features(words))
    places = np.fromiter(counted, dtype=np.int64, count=len(counted))
    numbers = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
    return places, 1 + np.log(numbers)


def _features(words: Sequence[str]) -> Iterator[str]:
    before = "^"
    for word in words:
        framed = f" {word[:LONGEST_WORD]} "
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(len(framed) - size + 1):
                yield framed[start : start + size]
        yield f"1 {word}"
        yield f"2 {before} {word}"
        before = word


ALONE: Final = Limits(
    states=0.98,
    states_excused=0.99,
    asks=0.6,
    asks_excused=0.7,
    nothing=0.2,
    alone=0.05,
    certain=1.1,
    emergency=0.3,
    beside=0.5,
)
"""By itself it rather asks than tells: it knows a few hundred texts of a language."""


class LinearClassifier:
    """Reads one language; safe to share. The file holds `weights`, `bias` and `rarity`."""

    limits = ALONE

    def __init__(self, file: Path) -> None:
        with np.load(file) as stored:
            self._weights: Vector = stored["weights"].astype(np.float32)
            self._bias: Vector = stored["bias"].astype(np.float32)
            self._rarity: Vector = stored["rarity"].astype(np.float32)

    def __call__(self, words: Sequence[str]) -> Chances:
        """Give what a text most likely is."""
        places, counts = features(words)
        values = counts * self._rarity[places]
        length = float(np.linalg.norm(values)) or 1.0
        scores = (values / length) @ self._weights[places] + self._bias
        raised = np.exp(scores - scores.max())
        return Chances(*(float(chance) for chance in raised / raised.sum()))

    def nothing(self, words: Sequence[str]) -> float:
        """Give how sure it is that there is no sign."""
        return self(words).nothing
