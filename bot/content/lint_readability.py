"""Whether an eleven-year-old can read it: plain words, short sentences, few commas.

English only. How hard whole packs of texts are to read is measured in grades.py, with a
library that only development brings along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.content.lint_references import expected_texts
from bot.content.lint_texts import renderings
from bot.content.model import Draft
from bot.content.problems import Problem
from bot.content.texts import Entry
from bot.domain.runner import FALLBACK

RULE: Final = "readability"
SENTENCE_WORDS: Final = 15
COMMAS: Final = 2
"""In one text, however many sentences it has."""
LINE_WORDS: Final = 12
"""A line of a sign list, and the one-line teaser of a tip."""

_JARGON: Final = re.compile(
    r"\b(?:musculoskeletal|persist\w*|consult\w*|analges\w*|thora\w*|scapul\w*|lumbar|cervical"
    r"|acute|chronic|inflammation|contraindicat\w*|radiat\w*|neurolog\w*|cardi\w*|etiolog\w*"
    r"|prophyla\w*|administer\w*|exacerbat\w*|alleviat\w*|utili[sz]\w*|facilitat\w*|urin\w*"
    r"|practitioners?|healthcare|prior to|subsequent\w*|erectors?|mobility|dyspn\w*|syncop\w*"
    r"|palpitations?|par(?:a)?esthesia\w*|incontinen\w*|anticoagulant\w*|NSAIDs?|osteopor\w*"
    r"|hypertensi\w*|oedema|edema|gait|bilateral\w*|unilateral\w*|intermittent\w*|onset"
    r"|symptomatic|asymptomatic|physician\w*|clinical(?:ly)?|triage\w*|NRS)\b",
    re.IGNORECASE,
)
WORD: Final = re.compile(r"[^\W_]+(?:['\u2019/-][^\W_]+)*")
SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")


def readability_problems(draft: Draft) -> Iterator[Problem]:
    """Report jargon, long sentences and strings of commas in any text a runner may read."""
    texts = draft.library.texts
    lines = {id_ for id_, _ in expected_texts(draft) if _is_line(id_)}
    for entry in texts.entries(FALLBACK).values():
        most = LINE_WORDS if entry.id in lines else SENTENCE_WORDS
        for text, _ in renderings(texts, FALLBACK, entry):
            for message in _wrong(text, most):
                yield Problem(entry.path, entry.line, RULE, f"{entry.id} {message}")


def _is_line(id_: str) -> bool:
    title = id_.startswith(("tip-", "sign-")) and "." not in id_
    return title or id_.endswith(".line")


def _wrong(text: str, most: int) -> Iterator[str]:
    for match in _JARGON.finditer(text):
        yield f"uses “{match[0]}”"
    if text.count(",") > COMMAS:
        yield f"has {text.count(',')} commas, {COMMAS} fit"
    for sentence in SENTENCE_END.split(text):
        words = len(WORD.findall(sentence))
        if words > most:
            yield f"has a sentence of {words} words, {most} fit: {sentence}"


def as_prose(text: str) -> str:
    """Put a full stop after each line that lacks one, so that a button is a sentence."""
    lines = (line.strip() for line in text.splitlines())
    return " ".join(line if line[-1:] in {".", "!", "?"} else f"{line}." for line in lines if line)


def texts_of(draft: Draft) -> Iterator[tuple[Entry, str]]:
    """Give every text once, filled in with its first samples."""
    texts = draft.library.texts
    for entry in texts.entries(FALLBACK).values():
        text, _ = next(iter(renderings(texts, FALLBACK, entry)))
        yield entry, text
