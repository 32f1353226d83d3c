"""`aftermile read`: what the reader makes of texts, for those who review it.

One text a line comes in, one JSON object a line goes out, as soon as it is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bot.classifier.readers import build_readers
from bot.content.library import load
from bot.domain.runner import FALLBACK
from bot.reading.findings import Reading
from bot.shipped import shipped

_LINE_BREAKS: Final = {ord(one): f"\\u{ord(one):04x}" for one in "\x85\u2028\u2029"}
"""What JSON leaves as it is and some readers of lines take for the end of one."""


class NoLexicon(Exception):
    """There is no lexicon for this language; those there are stand in the first argument."""


def reviewed(texts: Iterable[str], locale: str | None) -> Iterator[str]:
    """Read texts one after the other. Raises NoLexicon, BrokenContent.

    Without a locale each text is read as the bot would for a runner with an English app: in the
    language it seems to be written in as well.
    """
    readers = build_readers(load(shipped("content")))
    if locale is not None and locale not in readers.grammars:
        raise NoLexicon(", ".join(sorted(readers.grammars)))
    read: Callable[[str], Reading] = (
        readers.of(locale).read if locale else lambda text: readers(text, FALLBACK)
    )
    for text in texts:
        yield as_json(text, read(text))


def as_json(text: str, reading: Reading) -> str:
    """Write a reading as one line of JSON; spans count characters of the text."""
    findings = [
        {"finding": one.finding, "status": one.status, "span": [one.start, one.end]}
        for one in reading.mentions
    ]
    shown = {
        "text": text,
        "outcome": reading.outcome,
        "urgency": reading.urgency.name.lower(),
        "findings": findings,
    }
    return json.dumps(shown, ensure_ascii=False).translate(_LINE_BREAKS)
