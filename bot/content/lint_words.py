"""Which words may be used: no claims, no jargon, short sentences, no alarm word on a button.

English only, the language the content is written in first; other locales are read by people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.content.lint_references import buttons, expected_texts
from bot.content.lint_texts import renderings
from bot.content.model import Draft
from bot.content.problems import Problem
from bot.content.texts import FALLBACK, Entry, Texts
from bot.domain.red_flags import Finding

SENTENCE_WORDS: Final = 15
SENTENCE_COMMAS: Final = 2
LINE_WORDS: Final = 12
"""A line of a sign list, and the one-line teaser of a tip."""

# Wording that would promise more than general information, or a verdict nobody here can give.
# Aftermile is not a medical device; docs/intended-use.md says why these words matter.
_CLAIMS: Final = re.compile(
    r"\b(?:diagnos\w*|detect(?:s|ed|ing|ion)?|screen(?:s|ed|ing)? (?:you|for|against)|screening"
    r"|treat(?:s|ed|ing|ments?)?|cur(?:es?|ed|ing))\b",
    re.IGNORECASE,
)
_NEVER: Final = re.compile(
    r"\b(?:clinically proven|safe to run|normal(?:ly)?|(?:nothing|no need) to worry"
    r"|don['\u2019]t worry|all[- ]clear|harmless|AI doctor|medical[- ]grade"
    r"|reduc\w+ (?:the )?inflammation)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:not|no|never|cannot|nor|\w+n['\u2019]t)\b[^.!?]*$", re.IGNORECASE
)
"""Said before a claim within its sentence, this turns the claim into a disclaimer."""
_CARERS: Final = re.compile(r"\bwho $", re.IGNORECASE)
""""Those who treat you" are people, not a promise."""

_JARGON: Final = re.compile(
    r"\b(?:musculoskeletal|persist\w*|consult\w*|analges\w*|thora\w*|scapul\w*|lumbar|cervical"
    r"|acute|chronic|inflammation|contraindicat\w*|radiat\w*|neurolog\w*|cardiac|etiolog\w*"
    r"|prophyla\w*|administer\w*|exacerbat\w*|alleviat\w*|utili[sz]\w*|facilitat\w*"
    r"|practitioners?|healthcare professionals?|prior to|subsequent\w*|erectors?|mobility)\b",
    re.IGNORECASE,
)
_HARMLESS: Final = ("tip-", "contributor-", "region-")
"""Buttons that lead to a tip. Those of signs name signs, those of the profile name illnesses."""
_NO_SIGN: Final = frozenset(
    re.findall(
        r"\w+",
        "a all an and as at be bad between both by each even ever for hard hit i in it its just "
        "like me my new newly of on once one or rest side so sure that the this to too up which "
        "with without worst",
    )
)
"""Words of sign lines that say nothing of a sign by themselves."""
_PLACES: Final[Mapping[str, frozenset[str]]] = {
    "region-chest": frozenset({"chest"}),
    "region-limb": frozenset({"arm", "leg"}),
}
"""A place has to be named to be chosen; chest leads through both lists again."""

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019/-][^\W_]+)*")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_ENDINGS: Final = ("ing", "ness", "ed", "es", "s", "e")


def word_problems(draft: Draft) -> Iterator[Problem]:
    """Report wording that must not reach a runner."""
    texts = draft.library.texts
    alarms = _alarm_words(texts, draft.library.ruleset.emergency_signs)
    plain = {id_ for id_, _ in expected_texts(draft) if id_.startswith(("tip-", "sign-"))}
    tapped = {id_ for id_ in buttons(draft) if id_.startswith(_HARMLESS)}
    for id_, entry in texts.entries(FALLBACK).items():
        for text, _ in renderings(texts, FALLBACK, entry):
            yield from _claims(entry, text)
            if id_ in plain:
                yield from _plain(entry, text)
            if id_ in tapped:
                yield from _alarming(entry, text, alarms)


def _claims(entry: Entry, text: str) -> Iterator[Problem]:
    for match in _NEVER.finditer(text):
        yield _at(entry, "wording", f"{entry.id} says “{match[0]}”")
    for match in _CLAIMS.finditer(text):
        before = text[: match.start()]
        if not _DENIED.search(before) and not _CARERS.search(before):
            yield _at(entry, "wording", f"{entry.id} claims “{match[0]}”")


def _plain(entry: Entry, text: str) -> Iterator[Problem]:
    for match in _JARGON.finditer(text):
        yield _at(entry, "readability", f"{entry.id} uses “{match[0]}”")
    is_line = "." not in entry.id or entry.id.endswith(".line")
    most = LINE_WORDS if is_line else SENTENCE_WORDS
    for sentence in _SENTENCE_END.split(text):
        words = len(_WORD.findall(sentence))
        if words > most:
            message = f"{entry.id} has a sentence of {words} words, {most} fit: {sentence}"
            yield _at(entry, "readability", message)
        if sentence.count(",") > SENTENCE_COMMAS:
            message = f"{entry.id} has more than {SENTENCE_COMMAS} commas: {sentence}"
            yield _at(entry, "readability", message)


def _alarm_words(texts: Texts, signs: tuple[Finding, ...]) -> frozenset[str]:
    """Collect what the emergency lines are about; after "not" they name what is no sign."""
    entries = texts.entries(FALLBACK)
    ids = [id_ for sign in signs for id_ in (f"sign-{sign}", f"sign-{sign}.button")]
    lines = [texts.say(FALLBACK, id_) for id_ in ids if id_ in entries]
    words = {word for line in lines for word in _words(re.sub(r"\bnot\b[^,.]*", "", line))}
    return frozenset(_stem(word) for word in words - _NO_SIGN)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _stem(word: str) -> str:
    """Cut an ending, so that "weakness" is caught where the sign says "weak"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:  # noqa: PLR2004 - no stem is shorter
            return word.removesuffix(ending)
    return word


def _alarming(entry: Entry, text: str, alarms: frozenset[str]) -> Iterator[Problem]:
    allowed = _PLACES.get(entry.id, frozenset())
    for word in _words(text):
        if word not in allowed and _stem(word) in alarms:
            message = f"{entry.id} is a button with “{word}”, a word of an emergency sign"
            yield _at(entry, "button-word", message)


def _at(entry: Entry, rule: str, message: str) -> Problem:
    return Problem(entry.path, entry.line, rule, message)
