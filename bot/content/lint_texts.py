"""Whether the words can be shown: the same in every locale, no gaps, no longer than fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.content.lint_references import buttons
from bot.content.model import Draft
from bot.content.problems import Problem
from bot.content.texts import Entry, Texts
from bot.domain.runner import FALLBACK

TEXT_LENGTH: Final = 4096
"""Telegram's limit for a message, in characters after entities are parsed."""

BUTTON_LENGTH: Final = 34
"""What every phone shows of a full-width button without cutting it off."""

KEY_LENGTH: Final = 40
"""A screen's own button may be a little longer, for answers that must be said in full."""

_LIMITS: Final[Mapping[str, int]] = {
    "key-": KEY_LENGTH,
    "toast-": 200,
    "caption-": 1024,
}
"""What a screen's text is for, by how its id starts; toasts and captions are Telegram's limits."""


def text_problems(draft: Draft) -> Iterator[Problem]:
    """Report texts that some locale lacks, that do not render, or that are too long."""
    texts, of_content = draft.library.texts, buttons(draft)
    for locale in texts.locales:
        if locale != FALLBACK:
            yield from _parity(texts, locale)
        for id_, entry in texts.entries(locale).items():
            yield from _renders(texts, locale, entry, longest(id_, of_content))


def _parity(texts: Texts, locale: str) -> Iterator[Problem]:
    ours, theirs = texts.entries(FALLBACK), texts.entries(locale)
    for id_ in ours.keys() - theirs.keys():
        entry = ours[id_]
        yield Problem(entry.path, entry.line, "parity", f"{id_} is missing in {locale}")
    for id_ in theirs.keys() - ours.keys():
        entry = theirs[id_]
        yield Problem(entry.path, entry.line, "parity", f"{id_} is not in {FALLBACK}")
    for id_ in ours.keys() & theirs.keys():
        if ours[id_].samples.keys() != theirs[id_].samples.keys():
            entry, wanted = theirs[id_], ", ".join(sorted(ours[id_].samples)) or "none"
            message = f"{id_} must use the variables of {FALLBACK}: {wanted}"
            yield Problem(entry.path, entry.line, "parity", message)


def renderings(texts: Texts, locale: str, entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Render a text with as many sets of sample values as reach each of its variants.

    Variables of texts it takes in get the samples they have there.
    """
    known: dict[str, tuple[object, ...]] = {}
    for part in _with_parts(texts, locale, entry):
        known = {**part.samples, **known}
    for turn in range(max((len(values) for values in known.values()), default=1)):
        args = {name: values[turn % len(values)] for name, values in known.items()}
        yield texts.render(locale, entry.id, args)


def _with_parts(texts: Texts, locale: str, entry: Entry) -> list[Entry]:
    """Give a text and all that it takes in, directly or by way of another."""
    entries, parts = texts.entries(locale), {entry.id: entry}
    waiting = [entry]
    while waiting:
        for id_ in waiting.pop().refers_to - parts.keys():
            if id_ in entries:
                parts[id_] = entries[id_]
                waiting.append(entries[id_])
    return list(parts.values())


def longest(id_: str, of_content: frozenset[str]) -> int:
    """How many characters a text may have; `of_content` are the buttons that content brings."""
    if id_ in of_content:
        return BUTTON_LENGTH
    return next((most for start, most in _LIMITS.items() if id_.startswith(start)), TEXT_LENGTH)


def _renders(texts: Texts, locale: str, entry: Entry, most: int) -> Iterator[Problem]:
    for text, wrong in renderings(texts, locale, entry):
        if wrong:
            yield Problem(entry.path, entry.line, "render", f"{entry.id}: {'; '.join(wrong)}")
        if not text.strip():
            yield Problem(entry.path, entry.line, "render", f"{entry.id} is empty")
        if len(text) > most:
            message = f"{entry.id} has {len(text)} characters, {most} fit"
            yield Problem(entry.path, entry.line, "length", message)
