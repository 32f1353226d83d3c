"""From a typed text to words: normalised, with their place in the text and the pauses between.

Nothing is lost on the way that could carry a sign: letters of any script are folded to one form,
invisible characters go, emoji become words, and what a language glues together is taken apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Final

LONGEST_TEXT: Final = 4096
"""Telegram's limit for one message; what is longer is cut there."""

_INVISIBLE: Final = (
    r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
)
_LETTER: Final = rf"(?:[^\W_]|[{_INVISIBLE}\u0300-\u036f])"
_APOSTROPHE: Final = r"'\u2018\u2019\u02bc\u2032\u00b4\uff07`"
_WORD: Final = rf"{_LETTER}+(?:[{_APOSTROPHE}]{_LETTER}+)*['\u2019]?"
_TOKENS: Final = re.compile(
    rf"(?P<slash>\b[wcs]/o\b|[+-]ve\b|(?<=\()\+(?=\)))|(?P<score>\d+(?:[.,]\d+)?\s*/\s*\d+|\d+[.,]\d+)|(?P<word>{_WORD})|(?P<stop>[.!?;\n\r\u2026\u3002\uff01\uff1f]+)"
    r"|(?P<comma>[,:()\[\]\u2013\u2014\u2022\u00b7|]+|(?<=\s)-+(?=\s))"
    r"|(?P<or>(?<=[^\W\d_])/(?=[^\W\d_]))|(?P<and>[&+])|(?P<other>\S)",
    re.IGNORECASE,
)
_DROPPED: Final = re.compile(rf"[{_INVISIBLE}]")
_STRETCHED: Final = re.compile(r"([^\W\d])\1{2,}")
_APOSTROPHES: Final = re.compile(f"[{_APOSTROPHE}]")


class Pause(IntEnum):
    """What stands before a word: nothing, a comma or dash, or the end of a sentence."""

    NONE = 0
    COMMA = 1
    STOP = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One word in its normal form; `start` and `end` are its place in the typed text."""

    text: str
    start: int
    end: int
    pause: Pause = Pause.NONE
    asked: bool = False


@dataclass(frozen=True)
class Spelling:
    """How one language is written: what is folded, taken apart, or drawn as a picture.

    `folds` are letter groups put for others ("ae" for "ä"), `apart` maps a written form to the
    words it stands for ("cannot" to "can not"), `emoji` does so for pictures.
    """

    folds: Mapping[str, str]
    apart: Mapping[str, str]
    emoji: Mapping[str, str]

    @cached_property
    def _pictures(self) -> Mapping[str, str]:
        return {_DROPPED.sub("", picture): words for picture, words in self.emoji.items()}

    @cached_property
    def forms(self) -> Mapping[str, tuple[str, ...]]:
        """Give the folded forms that stand for other words."""
        return {
            self.fold(form): tuple(self.fold(word) for word in words.split())
            for form, words in self.apart.items()
        }

    def fold(self, word: str) -> str:
        """Give a word's normal form: one case, no accents, no invisible or stretched letters."""
        # Before all else: compatibility forms of some of them begin with a space.
        word = _APOSTROPHES.sub("'", word)
        word = word.casefold() if word.isascii() else _plain(word)
        for written, put in self.folds.items():
            word = word.replace(written, put)
        if not word.isascii():
            letters = unicodedata.normalize("NFD", word)
            word = "".join(one for one in letters if not unicodedata.combining(one))
        return _STRETCHED.sub(r"\1", word)

    def take_apart(self, word: str) -> tuple[str, ...]:
        """Give the words that a folded form stands for; mostly itself."""
        known = self.forms.get(word)
        if known is not None:
            return known
        if "'" not in word:
            return (word,)
        parts = tuple(part for part in word.split("'") if part)
        return tuple(one for part in parts for one in self.forms.get(part, (part,)))

    def words(self, text: str) -> tuple[Word, ...]:
        """Split a text into words with the pauses before them."""
        found: list[Word] = []
        pause, asked_from = Pause.NONE, 0
        for match in _TOKENS.finditer(text[:LONGEST_TEXT]):
            kind, token = match.lastgroup, match.group()
            if kind == "stop" and not _inside_number(text, match):
                pause = Pause.STOP
                if "?" in token or "\uff1f" in token:
                    found[asked_from:] = [replace(word, asked=True) for word in found[asked_from:]]
                asked_from = len(found)
            elif kind == "comma":
                pause = max(pause, Pause.COMMA)
            else:
                for word in self._of(kind, token):
                    found.append(Word(word, match.start(), match.end(), pause))
                    pause = Pause.NONE
        return tuple(found)

    def _of(self, kind: str | None, token: str) -> Iterator[str]:
        match kind:
            case "slash":
                yield from self.forms.get(token.casefold(), (self.fold(token),))
            case "or" | "and":
                yield from self.take_apart(self.fold("/" if kind == "or" else "&"))
            case "score":
                yield "".join(self.fold(token).replace(",", ".").split())
            case "word":
                yield from (part for part in self.take_apart(self.fold(token)) if part)
            case _:
                yield from self._pictures.get(_DROPPED.sub("", token), "").split()


def _plain(word: str) -> str:
    """Fold what only looks like another letter, and drop what cannot be seen."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", word)).casefold()


def _inside_number(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop stands within a figure: "7.5", "38.9"."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return match.group() == "." and before.isdigit() and after.isdigit()


def sentences(words: tuple[Word, ...]) -> tuple[range, ...]:
    """Give the spans of words between full stops."""
    starts = [0, *(at for at, word in enumerate(words) if at and word.pause is Pause.STOP)]
    ends = [*starts[1:], len(words)]
    return tuple(range(start, end) for start, end in zip(starts, ends, strict=True))
