"""Whether a lexicon is whole: every cue filled, every sign that counts alone can be said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.content.model import Draft
from bot.content.parsing import LEXICONS
from bot.content.problems import Problem
from bot.domain.red_flags import UNNAMED, Finding, Urgency
from bot.domain.triage import assess
from bot.reading.lexicon import Cue

RULE: Final = "lexicon"
FULL: Final = frozenset({"en"})
"""Languages in which every sign that escalates alone must have words."""

_NOT_SAID: Final = UNNAMED | {
    # Lines of a list; in words each of their parts is a finding of its own.
    Finding.FAINTED_OR_STROKE,
    Finding.BLADDER_OR_SADDLE,
    Finding.FEVER_OR_ILL,
    Finding.BREATH_HEART_CALF,
    # Told by taps or derived, never read.
    Finding.RECENT_EMERGENCY,
    Finding.PAIN_IN_CHEST,
    Finding.SEVERE_TWICE,
}
_LEAST: Final = frozenset(
    {Finding.CHEST_PAIN, Finding.STROKE_SIGN, Finding.SADDLE_NUMB, Finding.SELF_HARM}
)


def lexicon_problems(draft: Draft) -> Iterator[Problem]:
    """Report what a lexicon lacks."""
    if not set(draft.library.grammars) >= FULL:
        missing = ", ".join(sorted(FULL - set(draft.library.grammars)))
        yield Problem(f"{draft.folder}/{LEXICONS}", 1, RULE, f"no lexicon for {missing}")
    for locale, grammar in draft.library.grammars.items():
        file = f"{LEXICONS}/{locale}.yaml"
        for cue in Cue:
            filled = draft.files[file].value.get("cues", {}).get(cue.value)
            if cue is not Cue.CARED_FOR and not filled:
                yield draft.problem(file, ("cues",), RULE, f"no words for the cue {cue}")
        for finding in sorted(_expected(draft, locale)):
            sign = grammar.signs_by_finding.get(finding)
            if sign is None or not (sign.say or sign.maybe):
                yield draft.problem(file, ("signs",), RULE, f"no words for {finding}")


def _expected(draft: Draft, locale: str) -> frozenset[Finding]:
    if locale not in FULL:
        return _LEAST
    ruleset = draft.library.ruleset
    return frozenset(
        finding
        for finding in Finding
        if finding not in _NOT_SAID
        and assess(frozenset({finding}), ruleset).urgency >= Urgency.URGENT
    )
