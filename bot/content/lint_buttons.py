"""No word of an emergency sign on a button that leads to a tip.

A "tight chest" is not a harmless cause: whoever feels it must find it in the list of signs,
not among places and contributors. English only, like all rules about words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.content.lint_readability import WORD
from bot.content.lint_references import buttons
from bot.content.lint_texts import renderings
from bot.content.model import Draft
from bot.content.problems import Problem
from bot.content.texts import Entry
from bot.domain.red_flags import Finding, Ruleset, SignList, Urgency
from bot.domain.runner import FALLBACK

RULE: Final = "button-word"
LEADS_TO_TIPS: Final = ("tip-", "topic-", "contributor-", "region-")
"""Buttons that lead to a tip. Those of signs name signs, those of the profile name illnesses."""

_NO_SIGN: Final = frozenset(
    re.findall(
        r"\w+",
        "a after all an and another any as at back be between both by each else even ever for "
        "from had has have i in into is it its just like long lot me my new newly not of on "
        "once one or out over pain people rest run see short side so some somebody someone "
        "something sure than that the this to too up when which who with without you your",
    )
)
"""Words of signs that say nothing of a sign by themselves."""

ALLOWED: Final[Mapping[tuple[str, str], str]] = {
    ("region-chest", "chest"): "a place has to be named; this one leads through the signs again",
    ("region-limb", "arm"): "a place has to be named, and gets general care only",
    ("region-limb", "leg"): "a place has to be named, and gets general care only",
    ("region-neck", "neck"): "a place has to be named; the sign is a stiff neck with fever",
    ("contributor-stiff", "stiff"): "shoulders; the sign is a stiff neck with fever",
    ("tip-ice", "cold"): "the pack is cold; the sign is a cold sweat",
    ("tip-massage", "light"): "a light touch; the sign is a light head",
    ("tip-muscle-imbalance", "muscles"): "a load on muscles; the sign is muscles swollen and weak",
    ("tip-flexibility", "moving"): "the runner moves; the sign is pain that does",
    ("topic-moving", "moving"): "the runner moves; the sign is pain that does",
}
"""Words that a button needs all the same, by text and word, each with its reason."""

_PARTS: Final = ("", ".button", ".short")
_ENDINGS: Final = ("ing", "ness", "ed", "es", "s", "e")
_SHORTEST_STEM: Final = 3


def button_problems(draft: Draft) -> Iterator[Problem]:
    """Report places, contributors, topics and tips that are called like an emergency sign."""
    texts, alarms = draft.library.texts, alarm_words(draft)
    tapped = {id_ for id_ in buttons(draft) if id_.startswith(LEADS_TO_TIPS)}
    for id_, entry in texts.entries(FALLBACK).items():
        if id_ not in tapped:
            continue
        for text, _ in renderings(texts, FALLBACK, entry):
            yield from _alarming(entry, text, alarms)


def _alarming(entry: Entry, text: str, alarms: frozenset[str]) -> Iterator[Problem]:
    for word in words_of(text):
        if stem(word) in alarms and (entry.id, word) not in ALLOWED:
            message = f"{entry.id} is a button with “{word}”, a word of an emergency sign"
            yield Problem(entry.path, entry.line, RULE, message)


def alarm_words(draft: Draft) -> frozenset[str]:
    """Collect the stems of all words emergencies go by: list lines, buttons, names, codes.

    What stands after "not" in a line names what is no sign.
    """
    texts = draft.library.texts
    entries = texts.entries(FALLBACK)
    lines: list[str] = []
    for finding in _of_emergencies(draft.library.ruleset):
        ids = [f"finding-{finding}", *(f"sign-{finding}{part}" for part in _PARTS)]
        lines += [finding.replace("-", " ")]
        lines += [texts.render(FALLBACK, id_, {})[0] for id_ in ids if id_ in entries]
    words = {word for line in lines for word in words_of(re.sub(r"\bnot\b[^,.]*", "", line))}
    return frozenset(stem(word) for word in words - _NO_SIGN)


def _of_emergencies(ruleset: Ruleset) -> frozenset[Finding]:
    """Give every finding that is an emergency, alone or together with others."""
    rules = [rule.when for rule in ruleset.rules if rule.urgency is Urgency.EMERGENCY]
    named = {finding for when in rules for finding in (*when.all_of, *when.any_of)}
    unnamed = {which.unspecified for which in SignList}
    return frozenset((named | set(ruleset.emergency_signs)) - unnamed)


def words_of(text: str) -> list[str]:
    """Split a text into lower-case words."""
    return [word.lower() for word in WORD.findall(text)]


def stem(word: str) -> str:
    """Cut an ending, so that "weakness" is caught where the sign says "weak"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
