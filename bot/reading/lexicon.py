"""What the reader knows of one language: words, signs, figures of speech, and cues around them.

The files are content/lexicon/<locale>.yaml, written so that a clinician can read them; the
language of their phrases is that of bot/reading/phrases.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Final

from bot.domain.red_flags import Finding
from bot.reading.phrases import JOINER, BadPhrase, Index, Phrase, index, parse
from bot.reading.words import Spelling


class Cue(StrEnum):
    """The groups of words that say how a sign is meant; every language fills them."""

    NONE_OF = "none-of"
    NOT = "not"
    CANNOT = "cannot"
    NO_DENIAL = "no-denial"
    DENIED_AFTER = "denied-after"
    ANSWER_NO = "answer-no"
    DOUBLING = "doubling"
    BUT = "but"
    LIST = "list"
    JOINS = "joins"
    STARTS = "starts"
    HEDGED = "hedged"
    GENERAL = "general"
    IF = "if"
    ASKED = "asked"
    ASKS = "asks"
    STATED = "stated"
    OTHER = "other"
    OTHER_NOW = "other-now"
    COMPANY = "company"
    HELP = "help"
    SELF = "self"
    OLD = "old"
    NOW = "now"
    PRESENT = "present"
    OVER = "over"
    CLEARED = "cleared"
    CARED_FOR = "cared-for"
    EFFORT = "effort"
    AT_REST = "at-rest"


@dataclass(frozen=True, slots=True)
class Sign:
    """How one finding is said.

    `say` states it, `maybe` may mean it. With `unless` cues in the same sentence (effort, for
    breathlessness) it is not meant; `counts_when_over` is a sign that counts though it passed,
    `counts_when_old` one that counts however long ago, such as a cancer.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    say: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    unless: tuple[Cue, ...] = ()
    counts_when_over: bool = False
    counts_when_old: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language as its file has it.

    `ordinary` are words that say nothing but everyday pain, runs and chat: a text of nothing else
    is none for the classifier, which has read too few of them.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    words: Mapping[str, tuple[str, ...]]
    signs: Mapping[Finding, Sign]
    harmless: tuple[str, ...]
    cues: Mapping[Cue, tuple[str, ...]]
    folds: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, str] = field(default_factory=dict)
    emoji: Mapping[str, str] = field(default_factory=dict)
    ordinary: tuple[str, ...] = ()

    def spelling(self) -> Spelling:
        """Give how this language is written."""
        return Spelling(self.folds, self.apart, self.emoji)


@dataclass(frozen=True, slots=True)
class Grammar:
    """A lexicon made ready for reading. Groups come in layers, each made of the ones before."""

    spelling: Spelling
    layers: tuple[Index, ...]
    signs: Index
    harmless: Index
    signs_by_finding: Mapping[Finding, Sign]
    vocabulary: frozenset[str]
    walls: frozenset[str]
    doubling: frozenset[str]
    small_words: frozenset[str]
    ordinary: frozenset[str]


_SMALL: Final = (Cue.JOINS, Cue.STARTS, Cue.SELF, Cue.BUT, Cue.NOT, Cue.LIST)
"""Cues made of the small words by which a language is known."""

SAYS: Final = "say"
MAY_SAY: Final = "maybe"


def label(finding: Finding, how: str) -> str:
    """Name a sign's phrase, so that a match tells what it means."""
    return f"{finding}:{how}"


def prepare(lexicon: Lexicon) -> Grammar:
    """Compile a lexicon; raises BadPhrase for a phrase or group that leads nowhere."""
    spelling = lexicon.spelling()
    taken = sorted(set(lexicon.words) & {cue.value for cue in Cue})
    if taken:
        raise BadPhrase(f"{', '.join(taken)} is a cue and cannot be a group of words")
    groups = {**lexicon.words, **{cue.value: lexicon.cues.get(cue, ()) for cue in Cue}}
    parsed = {
        name: tuple(phrase for written in members for phrase in parse(written, spelling))
        for name, members in groups.items()
    }
    signs = tuple(_signs(lexicon.signs, spelling))
    harmless = tuple(
        ("harmless", phrase) for one in lexicon.harmless for phrase in parse(one, spelling)
    )
    said = [phrase for _, phrase in (*signs, *harmless)]
    parsed |= _inline([*(phrase for all_ in parsed.values() for phrase in all_), *said], spelling)
    everything = [*(phrase for all_ in parsed.values() for phrase in all_), *said]
    _check(everything, parsed)
    return Grammar(
        spelling,
        tuple(
            index((name, phrase) for name in names for phrase in parsed[name])
            for names in _layers(parsed)
        ),
        index(signs),
        index(harmless),
        lexicon.signs,
        _vocabulary(everything),
        _walls(parsed[Cue.BUT]),
        _first_words(parsed[Cue.DOUBLING]),
        frozenset(key for cue in _SMALL for key in _first_words(parsed[cue]) if key[0] != "<"),
        frozenset(spelling.fold(word) for word in lexicon.ordinary),
    )


def _inline(phrases: Iterable[Phrase], spelling: Spelling) -> dict[str, tuple[Phrase, ...]]:
    """Make groups of the choices of several words that phrases carry within them."""
    names = sorted(name for name in _named(phrases) if JOINER in name or " " not in name)
    return {
        name: parse(name.replace(JOINER, " "), spelling)
        for name in names
        if JOINER in name or len(spelling.take_apart(spelling.fold(name))) > 1
    }


def _signs(signs: Mapping[Finding, Sign], spelling: Spelling) -> Iterator[tuple[str, Phrase]]:
    for finding, sign in signs.items():
        for how, written in ((SAYS, sign.say), (MAY_SAY, sign.maybe)):
            for one in written:
                for phrase in parse(one, spelling):
                    yield label(finding, how), phrase


def _named(phrases: Iterable[Phrase]) -> set[str]:
    keys = (key for phrase in phrases for step in phrase for key in step.keys)
    return {key[1:-1] for key in keys if key.startswith("<")}


def _check(phrases: Iterable[Phrase], groups: Mapping[str, tuple[Phrase, ...]]) -> None:
    for name in sorted(_named(phrases)):
        if name not in groups:
            raise BadPhrase(f"no group <{name}>")


def _layers(groups: Mapping[str, tuple[Phrase, ...]]) -> Iterator[tuple[str, ...]]:
    """Sort groups so that each comes after the groups it is made of."""
    done: set[str] = set()
    waiting = {name: _named(phrases) for name, phrases in groups.items()}
    while waiting:
        ready = tuple(name for name, parts in waiting.items() if parts <= done)
        if not ready:
            raise BadPhrase(f"groups made of each other: {', '.join(sorted(waiting))}")
        yield ready
        done.update(ready)
        waiting = {name: parts for name, parts in waiting.items() if name not in done}


def _walls(phrases: tuple[Phrase, ...]) -> frozenset[str]:
    """Give the single words no gap goes past; of "on the other hand" no word is one by itself."""
    return frozenset(key for phrase in phrases if len(phrase) == 1 for key in phrase[0].keys)


def _first_words(phrases: tuple[Phrase, ...]) -> frozenset[str]:
    return frozenset(key for phrase in phrases for key in phrase[0].keys)


def _vocabulary(phrases: Iterable[Phrase]) -> frozenset[str]:
    """Give every word and stem that phrases are made of: what typing errors are mended to."""
    keys = (key for phrase in phrases for step in phrase for key in step.keys)
    return frozenset(key for key in keys if not key.startswith("<"))
