"""The small language in which a lexicon's phrases are written, and how they are found in words.

A phrase is words in order. In it, `word*` stands for any ending, `a|b` for either, `two_words` is
one choice of several words, `#` any figure, `#year` a year, `word?` may be missing, `<group>` is
any phrase of that group, `..` lets up to six words of the same clause stand between, and `x ~ y`
is `x .. y` in either order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.reading.words import Pause, Spelling, Word

JOINER: Final = "_"
"""Joins the words of one choice: `wonky|on_one_side`. Such a choice is a group of its own."""

WIDEST_GAP: Final = 6
NUMBER: Final = "#"
YEAR: Final = "#year"
_YEARS: Final = re.compile(r"(?:19[5-9]|20[0-4])\d")

SHORTEST_STEM: Final = 2
LONGEST_STEM: Final = 20


class BadPhrase(ValueError):
    """A phrase names no word, or a group that is not there."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a phrase: what may stand there, whether it may be missing, the gap before."""

    keys: tuple[str, ...]
    optional: bool = False
    gap: int = 0


Phrase = tuple[Step, ...]


def parse(written: str, spelling: Spelling) -> tuple[Phrase, ...]:
    """Read one written phrase; `x ~ y` gives two. Raises BadPhrase."""
    halves = [half.strip() for half in written.split("~")]
    if len(halves) == 1:
        return _variants(_steps(written, spelling))
    if len(halves) != 2 or not all(halves):  # noqa: PLR2004 - two sides of one sign
        raise BadPhrase(written)
    one, other = halves
    orders = (f"{one} .. {other}", f"{other} .. {one}")
    return tuple(phrase for order in orders for phrase in _variants(_steps(order, spelling)))


def _variants(steps: Phrase) -> tuple[Phrase, ...]:
    """Write a phrase that begins with a word that may be missing as two that do not."""
    if not steps[0].optional:
        return (steps,)
    if len(steps) == 1:
        return ()
    first, second, *rest = steps
    with_it = (Step(first.keys), second, *rest)
    return (with_it, *_variants((Step(second.keys, second.optional), *rest)))


def _steps(written: str, spelling: Spelling) -> Phrase:
    steps: list[Step] = []
    gap = 0
    for item in written.split():
        if item == "..":
            gap = WIDEST_GAP
            continue
        optional = item.endswith("?")
        for keys in _places(item.removesuffix("?"), spelling):
            steps.append(Step(keys, optional, gap))
            gap = 0
    if not steps or gap:
        raise BadPhrase(written)
    return tuple(steps)


def _places(item: str, spelling: Spelling) -> Iterator[tuple[str, ...]]:
    """Give the choices of one written item; a word that is taken apart fills several places."""
    choices = item.split("|")
    if not all(choice.strip("*") for choice in choices):
        raise BadPhrase(item)
    if len(choices) > 1:
        yield tuple(_key(choice, spelling) for choice in choices)
        return
    if item.startswith("<"):
        yield (_key(item, spelling),)
        return
    stem, star = item.removesuffix("*"), item.endswith("*")
    written = stem.split(JOINER)
    parts = [one for word in written for one in spelling.take_apart(spelling.fold(word))]
    for at, part in enumerate(parts):
        yield (f"{part}*" if star and at == len(parts) - 1 else part,)


def _key(choice: str, spelling: Spelling) -> str:
    if choice.startswith("<") and choice.endswith(">"):
        return choice
    if JOINER in choice or len(spelling.take_apart(spelling.fold(choice))) > 1:
        return f"<{choice}>"
    star = "*" if choice.endswith("*") else ""
    return spelling.fold(choice.removesuffix("*")) + star


def stem_keys(text: str) -> tuple[str, ...]:
    """Give every key a word answers to: itself, its beginnings with a star, the kind of figure."""
    if text.isdecimal():
        # A figure is no longer one with the same beginning: "39*" is 39 and 39.5, never 390.
        figure = (text, f"{text}*", NUMBER)
        return (*figure, YEAR) if _YEARS.fullmatch(text) else figure
    longest = min(len(text), LONGEST_STEM)
    return (text, *(f"{text[:cut]}*" for cut in range(SHORTEST_STEM, longest + 1)))


@dataclass(frozen=True, slots=True)
class Match:
    """Words `start` up to `end` (exclusive) that answer a phrase; `core` are not gap."""

    start: int
    end: int
    core: tuple[int, ...]


@dataclass(slots=True)
class Found:
    """The words of one text with everything found in them so far.

    `keys` are what each word answers to, `walls` the words no gap goes past.
    """

    words: tuple[Word, ...]
    keys: Sequence[tuple[str, ...]]
    walls: frozenset[str]
    doubling: frozenset[str] = frozenset()
    present: set[str] = field(default_factory=set)
    ends: dict[str, dict[int, set[int]]] = field(default_factory=lambda: defaultdict(dict))
    starting: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.present.update(key for keys in self.keys for key in keys)

    def may_hold(self, needs: tuple[frozenset[str], ...]) -> bool:
        """Whether every place of a phrase could be filled from this text; most phrases cannot."""
        return not any(map(self.present.isdisjoint, needs))

    def add(self, group: str, match: Match) -> None:
        """Keep that a group's phrase stands here."""
        key = f"<{group}>"
        places = self.ends[key]
        if match.start not in places:
            places[match.start] = set()
            self.starting[match.start].append(key)
            self.present.add(key)
        places[match.start].add(match.end)

    def here(self, key: str, at: int) -> Iterable[int]:
        """Give where the key's text ends if it begins at word `at`."""
        if key[0] == "<":
            return sorted(self.ends[key].get(at, ())) if key in self.ends else ()
        return (at + 1,) if key in self.keys[at] else ()

    def group(self, name: str) -> Mapping[int, set[int]]:
        """Give all places of a group: start to possible ends."""
        return self.ends.get(f"<{name}>", {})

    def match(self, phrase: Phrase, at: int) -> Match | None:
        """Find the shortest text for a phrase that begins at word `at`."""
        return self._match(phrase, 0, at, ())

    def _match(
        self, phrase: Phrase, place: int, at: int, core: tuple[int, ...], gap: int = 0
    ) -> Match | None:
        """Match a phrase from a place on; `gap` is that of places left out before it."""
        if place == len(phrase):
            return Match(core[0], at, core)
        step = phrase[place]
        gap = max(gap, step.gap)
        for start in self._starts(gap, at) if core else (at,):
            for end in self._ends(step, start):
                found = self._match(phrase, place + 1, end, (*core, *range(start, end)))
                if found is not None:
                    return found
        return self._match(phrase, place + 1, at, core, gap) if step.optional else None

    def _ends(self, step: Step, at: int) -> Iterator[int]:
        if at < len(self.words):
            for key in step.keys:
                yield from self.here(key, at)

    def _starts(self, gap: int, at: int) -> Iterator[int]:
        """Give where a step may begin: at once, or after a gap that no wall stands in."""
        for skipped in range(gap + 1):
            start = at + skipped
            if start >= len(self.words) or self.words[start].pause is Pause.STOP:
                return
            yield start
            if self.words[start].text in self.walls:
                return


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase in the index: its label, and what each place that may not be missing needs."""

    label: str
    phrase: Phrase
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Phrases under the keys their first word can answer to."""

    by_key: Mapping[str, tuple[Entry, ...]]

    def matches(self, found: Found) -> Iterator[tuple[str, Match]]:
        """Give every label whose phrase is found, with where; in the order of the words."""
        fitting: dict[str, list[Entry]] = {}
        for at in range(len(found.words)):
            for key in (*found.keys[at], *found.starting.get(at, ())):
                if key not in fitting:
                    written = self.by_key.get(key, ())
                    fitting[key] = [one for one in written if found.may_hold(one.needs)]
                for entry in fitting[key]:
                    match = found.match(entry.phrase, at)
                    if match is not None:
                        yield entry.label, match


def index(phrases: Iterable[tuple[str, Phrase]]) -> Index:
    """Sort phrases by what they begin with."""
    by_key: dict[str, list[Entry]] = defaultdict(list)
    for label, phrase in phrases:
        rest = (step for step in phrase[1:] if not step.optional)
        needs = tuple(frozenset(step.keys) for step in rest)
        for key in dict.fromkeys(phrase[0].keys):
            by_key[key].append(Entry(label, phrase, needs))
    return Index({key: tuple(all_) for key, all_ in by_key.items()})
