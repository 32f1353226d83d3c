"""What may not be promised: words that would make a medical claim, a verdict or a dose of a text.

Aftermile gives general information and is not a medical device; docs/intended-use.md says why
these words matter. English only, the language the content is written in first; other locales
are read by people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.content.lint_texts import renderings
from bot.content.model import Draft
from bot.content.problems import Problem
from bot.content.texts import Entry
from bot.domain.runner import FALLBACK

RULE: Final = "wording"

_CLAIMS: Final = re.compile(
    r"\b(?:(?:un)?diagnos\w*|detect\w*|screen(?:s|ed|ing|ings|er|ers)?|treat(?:s|ed|ing|ments?)?"
    r"|cur(?:es?|ed|ing|ative)|heal(?:s|ed|ing)?|prevent(?:s|ed|ing|ion|ive)?|mitigat\w*"
    r"|therap\w*|remed(?:y|ies))\b",
    re.IGNORECASE,
)
"""What only a medical device may say it does. A denial is fine, and needed."""
_NEVER: Final = re.compile(
    r"\b(?:treatment plans?|(?:clinically|medically|scientifically) (?:proven|tested|approved)"
    r"|safe to (?:run|train|exercise|ignore)|(?:ab)?normal(?:ly)?|harmless|risk[- ]free"
    r"|(?:nothing|no need|no reason|not) to worry|don['\u2019]t worry|no cause for concern"
    r"|(?:nothing|not|isn['\u2019]t) serious|all[- ]clear"
    r"|you(?:['\u2019]re| are) (?:fine|safe|okay|ok)"
    r"|AI[- ](?:doctor|physio)|medical[- ]grade|guarante\w*|reduc\w+ (?:the )?inflammation)\b",
    re.IGNORECASE,
)
"""Verdicts and boasts; saying that something is *not* one of these says too much as well."""
_DOSE: Final = re.compile(
    r"\b\d+(?:[.,]\d+)?\s*(?:mg|mcg|grams?|milligrams?|tablets?|pills?|capsules?)\b", re.IGNORECASE
)
_DENIED: Final = re.compile(
    r"\b(?:not|no|never|cannot|nor|\w+n['\u2019]t)\b[^.!?]*$", re.IGNORECASE
)
"""Said before a claim within its sentence, this turns the claim into a disclaimer."""

_CARERS: Final = re.compile(r"\bwho $", re.IGNORECASE)
""""Those who treat you" are people, not a promise."""

ALLOWED: Final[Mapping[tuple[str, str], str]] = {
    ("tip-daily-posture.how", "screen"): "the thing on a desk",
    ("tip-daily-posture.line", "screen"): "the thing on a desk",
}
"""Words that mean something else where they stand, by text and word, each with its reason."""


def wording_problems(draft: Draft) -> Iterator[Problem]:
    """Report claims, verdicts and doses in any text a runner may read."""
    texts = draft.library.texts
    for entry in texts.entries(FALLBACK).values():
        for text, _ in renderings(texts, FALLBACK, entry):
            for message in _wrong(entry, text):
                yield Problem(entry.path, entry.line, RULE, f"{entry.id} {message}")


def _wrong(entry: Entry, text: str) -> Iterator[str]:
    for match in _NEVER.finditer(text):
        yield f"says “{match[0]}”"
    for match in _DOSE.finditer(text):
        yield f"names a dose, “{match[0]}”"
    for match in _CLAIMS.finditer(text):
        before = text[: match.start()]
        meant_otherwise = _DENIED.search(before) or _CARERS.search(before)
        if not meant_otherwise and (entry.id, match[0].lower()) not in ALLOWED:
            yield f"claims “{match[0]}”"
