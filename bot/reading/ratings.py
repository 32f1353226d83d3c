"""Typed pain ratings: `7`, `7/10`, `seven`, `about a 4`. Anything with more in it is no rating.

The whole text must be a rating and nothing else: "7 and my chest hurts" must never be filed as
a 7, so only a closed set of filler words may stand around the number.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Final

from bot.domain.pain import NRS_MAX

_WORDS: Final = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)
_NUMBERS: Final = {word: number for number, word in enumerate(_WORDS)}
_NO_PAIN: Final = frozenset(
    {"no pain", "none", "no pain at all", "pain free", "painfree", "nothing", "nil", "nought"}
)
_FILLERS: Final = frozenset(
    {
        "about", "a", "an", "around", "roughly", "maybe", "perhaps", "probably", "approximately",
        "approx", "ca", "it", "its", "it's", "is", "was", "i", "would", "say", "id", "i'd", "like",
        "pain", "level", "rating", "score", "today", "now", "right", "just", "still", "only",
        "more", "think", "my", "upper", "back", "the", "at", "ok", "okay", "well", "hmm", "um",
        "so", "umm", "solid", "i'm", "im", "feels", "feel", "mostly", "please", "thanks", "this",
        "morning", "guess", "number", "sitting",
    }
)  # fmt: skip
_IDIOMS: Final = re.compile(r"\b(?:more or less|or so|i am(?= ))")
"""Groups of words without a meaning of their own; "7 or more" is none of them."""

_POINTING: Final = re.compile(r"\b(?:the|this) (?:right )?one\b")
_OUT_OF_TEN: Final = re.compile(r"\s*(?:/|out of|of)\s*(?:10|ten)\b")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_NO_WORD: Final = re.compile(r"\.{2,}|[!?:;]+|[.,]+(?!\d)")
_LONGEST: Final = 60


class NotARating(Enum):
    """Why a text is no rating: it is something else, or a number off the scale."""

    OTHER = "other"
    OFF_THE_SCALE = "off_the_scale"


def read_rating(text: str) -> int | NotARating:
    """Read a whole message as an NRS rating, 0 to 10."""
    if len(text) > _LONGEST:
        return NotARating.OTHER
    plain = _plain(text)
    if plain in _NO_PAIN:
        return 0
    if _POINTING.search(plain):
        return NotARating.OTHER
    words = _IDIOMS.sub(" ", _OUT_OF_TEN.sub("", plain, count=1)).split()
    numbers = [word for word in words if word in _NUMBERS or _NUMBER.fullmatch(word)]
    rest = [word for word in words if word not in numbers]
    if len(numbers) != 1 or not _FILLERS.issuperset(rest):
        return NotARating.OTHER
    return _on_the_scale(numbers[0])


def _on_the_scale(number: str) -> int | NotARating:
    if number in _NUMBERS:
        return _NUMBERS[number]
    if not number.isdigit() or int(number) > NRS_MAX:
        return NotARating.OFF_THE_SCALE
    return int(number)


def _plain(text: str) -> str:
    """Fold case, width, quotes, signs, keycap emoji and punctuation that ends a word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    folded = folded.replace("\N{MINUS SIGN}", "-").replace("\N{KEYCAP TEN}", "10")
    folded = re.sub(r"[\ufe0f\u20e3~≈]", "", folded)
    # Pasted text brings marks nobody sees: zero width spaces, the direction of text.
    folded = "".join(one for one in folded if unicodedata.category(one) != "Cf")
    return " ".join(_NO_WORD.sub(" ", folded).split())
