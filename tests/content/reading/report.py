"""Prints how the reader does on the held-back texts, by language and by tag (make reading-report).

Run with `tests` on the path, as the Makefile does.
Exits 1 when a figure is below its bar, so that a change for the worse cannot pass unseen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from support.reading_rows import (
    Result,
    Share,
    emergencies,
    no_sign,
    rows,
    same_day,
    share,
    to_ask,
)

from bot.classifier.readers import build_readers
from bot.content.library import load
from bot.shipped import shipped

LANGUAGES = ("en", "es", "fr", "de", "pt", "it")
TAGS = ("negated", "pseudo-negated", "idiom", "homograph", "typo", "implicit", "other-person")
TAGS = (*TAGS, "old", "mixed", "question", "hedged", "slang", "emoji", "vignette", "plain")

# Each bar: a name, how to measure it, the least or the most it may be. Those on what leads to a
# question in other languages, and on what is to be asked, are what was measured with some slack.
AT_LEAST = "at least"
AT_MOST = "at most"


def figures(locale: str, results: list[Result]) -> list[tuple[str, Share, str, float]]:
    """Give the figures of one language with their bars."""
    signs = [*emergencies(results), *same_day(results)]
    if locale != "en":
        return [
            ("signs caught", share(signs, lambda one: one.caught), AT_LEAST, 0.90),
            ("no sign escalated", share(no_sign(results), _escalated), AT_MOST, 0.05),
            ("no sign asked", share(no_sign(results), lambda one: one.asked), AT_MOST, 0.45),
        ]
    return [
        ("emergency caught", share(emergencies(results), _caught), AT_LEAST, 0.98),
        ("emergency told as one", share(emergencies(results), _as_emergency), AT_LEAST, 0.90),
        ("same-day caught", share(same_day(results), _caught), AT_LEAST, 0.95),
        ("no sign escalated", share(no_sign(results), _escalated), AT_MOST, 0.02),
        ("no sign asked", share(no_sign(results), lambda one: one.asked), AT_MOST, 0.10),
        ("to ask, caught", share(to_ask(results), _caught), AT_LEAST, 0.90),
    ]


def _caught(one: Result) -> bool:
    return one.caught


def _escalated(one: Result) -> bool:
    return one.escalated


def _as_emergency(one: Result) -> bool:
    return one.as_emergency


def main(part: str) -> int:
    """Print the report of one part of the texts; gives the number of figures below their bar."""
    readers = build_readers(load(shipped("content")))
    missed = 0
    by_language: dict[str, list[Result]] = {}
    for locale in LANGUAGES:
        read = readers.of(locale).read
        by_language[locale] = [Result(row, read(row.text)) for row in rows(part, locale)]
        _say(f"{locale}: {len(by_language[locale])} texts")
        for name, found, bound, bar in figures(locale, by_language[locale]):
            reached = found.value >= bar if bound == AT_LEAST else found.value <= bar
            missed += not reached
            _say(f"  {name:<22} {found!s:<34} {bound} {bar:.2f} {'' if reached else 'MISSED'}")
    _say("English by tag: signs caught | emergencies told as one | no sign escalated | asked")
    for tag in TAGS:
        _say(_by_tag(tag, by_language["en"]))
    return missed


def _by_tag(tag: str, results: Iterable[Result]) -> str:
    tagged = [one for one in results if tag in one.row.tags]
    signs = [*emergencies(tagged), *same_day(tagged)]
    parts = (
        share(signs, _caught),
        share(emergencies(tagged), _as_emergency),
        share(no_sign(tagged), _escalated),
        share(no_sign(tagged), lambda one: one.asked),
    )
    return f"  {tag:<15}" + " | ".join(f"{part!s:<30}" for part in parts)


def _say(line: str) -> None:
    sys.stdout.write(f"{line.rstrip()}\n")


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1] if len(sys.argv) > 1 else "heldback") else 0)
