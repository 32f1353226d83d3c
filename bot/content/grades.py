"""How hard packs of texts are to read, as a school grade: the texts of a tip, those of a file.

Formulas swing too much on single messages, so whole packs are measured. The library that
counts syllables is for development only (0.7.8 works without a network; newer ones fetch a
dictionary). So this is no part of the start-up lint: `aftermile check-content` and the tests
add it to the same list of problems wherever the library is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Final

from bot.content.lint_readability import as_prose, texts_of
from bot.content.model import Draft
from bot.content.problems import Problem

RULE: Final = "grade"
HARDEST: Final = 6.0
"""Flesch-Kincaid: what somebody in the sixth year of school reads with ease."""

Measure = Callable[[str], float]


def measure() -> Measure | None:
    """Give the grade formula; None where the library that counts syllables is not installed."""
    try:
        grade: Measure = import_module("textstat").flesch_kincaid_grade
    except ImportError:
        return None
    return grade


def packs(draft: Draft) -> Mapping[str, str]:
    """Join the texts of each Fluent file, a tip's being one, into prose; by path."""
    prose: dict[str, list[str]] = defaultdict(list)
    for entry, text in texts_of(draft):
        prose[entry.path].append(as_prose(text))
    return {path: " ".join(texts) for path, texts in prose.items()}


def grade_problems(draft: Draft, grade: Measure) -> Iterator[Problem]:
    """Report packs that are too hard to read."""
    for path, prose in packs(draft).items():
        found = grade(prose)
        if found > HARDEST:
            yield Problem(path, 1, RULE, f"reads at grade {found:.1f}, {HARDEST:.0f} is the most")
