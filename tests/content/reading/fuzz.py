"""Reads any number of random strings of every kind with the shipped readers (make fuzz).

Nothing may raise, whatever was typed; a string that does is printed with its seed.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from typing import Final

from bot.classifier.readers import build_readers
from bot.content.library import load
from bot.reading.words import LONGEST_TEXT
from bot.shipped import shipped

COUNT: Final = 100_000
PLANES: Final = 17
SURROGATES: Final = range(0xD800, 0xE000)
MARKS: Final = (
    "\u200b\u200d\u200f\u202e\u2066\u2069\u00ad\ufe0f\u0301\u0338\u20e3'\u2019.,!?-/#*&+|\n\t 0"
)
WORDS: Final = (
    *("no", "not", "can't", "chest", "pain", "my", "legs", "numb", "if", "dad", "ago", "was"),
    *("fainted", "without", "but", "left", "hand", "or", "39.5", "10/10", "w/o", "chestpain"),
    *("brust", "dolor", "douleur", "كسر", "כאב", "疼痛", "❌", "\N{FACE WITH THERMOMETER}"),
)


def _anything(chance: random.Random) -> str:
    """One character of any plane; surrogates are no characters."""
    code = chance.randrange(PLANES) * 0x10000 + chance.randrange(0x10000)
    return " " if code in SURROGATES else chr(code)


def _character(chance: random.Random) -> str:
    kinds: tuple[Callable[[], str], ...] = (
        lambda: _anything(chance),
        lambda: chr(chance.randrange(0x250)),
        lambda: chr(chance.randrange(0x590, 0x700)),
        lambda: chance.choice(MARKS),
    )
    return chance.choice(kinds)()


def _text(chance: random.Random) -> str:
    """One text: characters, words, or both, from none to more than a message can hold."""
    length = chance.choice(
        (0, 1, 5, 40, 40, 200, 200, LONGEST_TEXT if chance.random() < 0.02 else 80)
    )
    share = chance.choice((0.0, 0.5, 0.9))
    parts = (
        f"{chance.choice(WORDS)}{chance.choice(('', ' ', ' ', ', '))}"
        if chance.random() < share
        else _character(chance)
        for _ in range(length)
    )
    return "".join(parts)[:LONGEST_TEXT]


def texts(seed: int, count: int) -> Iterator[str]:
    """Give so many texts, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for _ in range(count):
        yield _text(chance)


def main(count: int, seed: int) -> int:
    """Read them all; gives the exit code."""
    readers = build_readers(load(shipped("content")))
    locales = [*readers.grammars, "ja"]
    for number, text in enumerate(texts(seed, count)):
        try:
            readers(text, locales[number % len(locales)])
        except Exception:
            sys.stderr.write(f"seed {seed}, text {number}: {text!r}\n")
            raise
    sys.stdout.write(f"{count:,} texts read, seed {seed}\n")
    return 0


if __name__ == "__main__":
    COUNTED = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**6)
    sys.exit(main(COUNTED, SEED))
