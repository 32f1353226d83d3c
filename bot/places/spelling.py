"""Making typed names comparable: case, accents and punctuation folded away, slips measured.

Folding is one table look-up per character, because start-up folds 350,000 names with it.
"""

import unicodedata

# Letters whose common plain spelling is not their Unicode decomposition.
_PLAIN = {
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ħ": "h",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ß": "ss",
}

# Apostrophes and their look-alikes.
_UNHEARD = "'`\u00b4\u2018\u2019\u02bb\u02bc"


class _Folding(dict[int, str]):
    """Code point to folded text, worked out once per character."""

    def __missing__(self, code: int) -> str:
        folded = "".join(_fold_one(part) for part in chr(code).casefold())
        self[code] = folded
        return folded


def _fold_one(character: str) -> str:
    if character in _UNHEARD:
        return ""
    if character in _PLAIN:
        return _PLAIN[character]
    parts = unicodedata.normalize("NFKD", character).casefold()
    kept = (part for part in parts if not unicodedata.combining(part))
    return "".join(_PLAIN.get(part, part if part.isalnum() else " ") for part in kept)


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes, any other punctuation as one space."""
    return " ".join(text.translate(_FOLDING).split())


def distance(left: str, right: str, limit: int) -> int:
    """How many slips apart two words are: one letter more, less, other, or two swapped.

    Counting stops above `limit`; the answer is then `limit + 1`. This is the optimal string
    alignment distance.
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    two_up: list[int] = []
    up = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        row = [i]
        for j, other in enumerate(right, start=1):
            best = min(up[j] + 1, row[j - 1] + 1, up[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                best = min(best, two_up[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
        two_up, up = up, row
    return min(up[-1], limit + 1)
