"""Words to the numbers the model was trained on: BERT's WordPiece, longest piece first.

Own code, as it is small, fixed for good by the vocabulary, and the library for it brings a
downloader along. Schuster and Nakajima 2012; Devlin 2019, the reference for what is done here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

UNKNOWN: Final = "[UNK]"
FIRST: Final = "[CLS]"
LAST: Final = "[SEP]"
LONGEST_WORD: Final = 100
"""Longer ones are unknown as a whole; this bounds the work for a word."""

_PARTS: Final = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPieces:
    """The vocabulary of one model: a piece's number is its line in the file, from 0."""

    def __init__(self, file: Path) -> None:
        lines = file.read_text(encoding="utf-8").splitlines()
        self._ids: Mapping[str, int] = {piece: line for line, piece in enumerate(lines)}

    @cached_property
    def first(self) -> int:
        """The number that stands before every text."""
        return self._ids[FIRST]

    @cached_property
    def last(self) -> int:
        """The number that stands after every text."""
        return self._ids[LAST]

    def ids(self, words: Iterable[str]) -> list[int]:
        """Give the numbers of some words, in order."""
        return [
            number
            for word in words
            for part in _PARTS.findall(word)
            for number in self._pieces(part)
        ]

    def _pieces(self, part: str) -> Iterator[int]:
        pieces: list[int] = []
        start = 0
        while start < len(part) <= LONGEST_WORD:
            for end in range(len(part), start, -1):
                piece = part[start:end] if start == 0 else f"##{part[start:end]}"
                if piece in self._ids:
                    pieces.append(self._ids[piece])
                    start = end
                    break
            else:
                break
        return iter(pieces) if start == len(part) else iter([self._ids[UNKNOWN]])
