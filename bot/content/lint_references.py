"""Whatever content names must be there: sources, movements, topics, and a text for every code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.content.model import Draft, SourceKind
from bot.content.parsing import NUMBERS, RED_FLAGS, SOURCES, tip_file
from bot.content.problems import Problem
from bot.domain.check_in import ELSEWHERE
from bot.domain.pain import BodyRegion, Contributor
from bot.domain.red_flags import Finding, Ruleset, SignList
from bot.domain.runner import FALLBACK, AgeBand, Condition

RULE: Final = "reference"
TIP_PARTS: Final = ("how", "dose", "why", "stop", "not", "line")
ASKING_PARTS: Final = ("against", "ask")
"""The reasons against a tip that asks first, and what is said where one of them fits."""
SIGN_PARTS: Final = ("button",)
UNTOLD: Final = frozenset({Finding.SELF_HARM, Finding.SOMEONE_ELSE})
"""Nobody is handed words for these: one is not said so to a switchboard, one is not one's own."""
LABELS: Final = (
    *(f"region-{region}" for region in (*BodyRegion, ELSEWHERE)),
    *(f"contributor-{contributor}" for contributor in Contributor),
    *(f"condition-{condition}" for condition in Condition),
    *(f"age-{band}" for band in AgeBand),
)
"""Texts that are the buttons of a closed vocabulary."""


_OWNED: Final = ("tips/", "locales/en/signs.ftl", "locales/en/topics.ftl")
"""Files whose texts belong to a code; one that no code needs is a slip of the pen."""


def reference_problems(draft: Draft) -> Iterator[Problem]:
    """Report names that lead nowhere and things that nothing names."""
    yield from _sources(draft)
    yield from _tips(draft)
    yield from _texts(draft)
    yield from _numbers(draft)


def _sources(draft: Draft) -> Iterator[Problem]:
    library = draft.library
    used: set[str] = set()
    for place, rule in enumerate(library.ruleset.rules):
        used.update(rule.sources)
        for id_ in set(rule.sources) - set(library.sources):
            where = ("rules", place, "sources")
            yield draft.problem(RED_FLAGS, where, RULE, f"no source {id_} in {SOURCES}")
    for tip in library.tips:
        used.update(tip.sources)
        for id_ in set(tip.sources) - set(library.sources):
            yield draft.problem(tip_file(tip.id), ("sources",), RULE, f"no source {id_}")
    for id_, source in library.sources.items():
        if id_ not in used:
            yield draft.problem(SOURCES, (id_,), RULE, f"nothing uses the source {id_}")
        if source.kind is not SourceKind.OWN and not (source.link or "").startswith("https://"):
            yield draft.problem(SOURCES, (id_, "link"), RULE, f"{id_} has no https link")


def _tips(draft: Draft) -> Iterator[Problem]:
    movements = draft.library.movements
    for tip in draft.library.tips:
        if tip.movement and tip.movement not in movements:
            message = f"no movement {tip.movement}"
            yield draft.problem(tip_file(tip.id), ("movement",), RULE, message)


def expected_texts(draft: Draft) -> Iterator[tuple[str, str]]:
    """Give every text id that content and codes need, with the file that needs it."""
    for tip in draft.library.tips:
        yield f"tip-{tip.id}", tip_file(tip.id)
        yield from ((f"tip-{tip.id}.{part}", tip_file(tip.id)) for part in TIP_PARTS)
        yield f"topic-{tip.topic}", tip_file(tip.id)
        if tip.asks_first:
            yield from ((f"tip-{tip.id}.{part}", tip_file(tip.id)) for part in ASKING_PARTS)
    ruleset = draft.library.ruleset
    unnamed = tuple(which.unspecified for which in SignList)
    listed = [sign for which in SignList for sign in ruleset.signs(which)]
    for sign in (*listed, *unnamed):
        yield f"sign-{sign}", RED_FLAGS
        yield from ((f"sign-{sign}.{part}", RED_FLAGS) for part in SIGN_PARTS)
        if sign in listed:
            yield f"sign-{sign}.short", RED_FLAGS
    yield from ((f"sign-{finding}.tell", RED_FLAGS) for finding in sorted(told(ruleset)))
    yield from ((f"finding-{finding}", RED_FLAGS) for finding in Finding)
    yield from ((id_, RED_FLAGS) for id_ in LABELS)


def told(ruleset: Ruleset) -> frozenset[Finding]:
    """Give the findings that can escalate and are said to those who help.

    Pain itself is told through what makes it urgent.
    """
    escalating = (rule.when for rule in ruleset.rules if rule.urgency.escalates)
    named = {finding for when in escalating for finding in (*when.all_of, *when.any_of)}
    return frozenset(named) - UNTOLD - {Finding.PAIN}


def buttons(draft: Draft) -> frozenset[str]:
    """Give the ids of all texts that content puts on a button."""
    library = draft.library
    titles = {f"tip-{tip.id}" for tip in library.tips}
    keys = {id_ for id_, _ in expected_texts(draft) if id_.endswith((".button", ".short"))}
    return frozenset(titles | keys | {f"topic-{tip.topic}" for tip in library.tips} | {*LABELS})


def _texts(draft: Draft) -> Iterator[Problem]:
    entries = draft.library.texts.entries(FALLBACK)
    expected = dict(expected_texts(draft))
    for id_, file in expected.items():
        if id_ not in entries:
            yield draft.problem(file, (), RULE, f"no text {id_} in {FALLBACK}")
    for id_, entry in entries.items():
        within = entry.path.partition("/")[2]
        if within.startswith(_OWNED) and id_ not in expected:
            yield Problem(entry.path, entry.line, RULE, f"nothing uses the text {id_}")


def _numbers(draft: Draft) -> Iterator[Problem]:
    numbers = draft.library.numbers
    for code, country in numbers.countries.items():
        if country.source not in numbers.sources:
            where = ("countries", code, "source")
            yield draft.problem(NUMBERS, where, RULE, f"no source {country.source}")
