"""The one door to the content: everything under content/, checked, or the list of problems."""

from __future__ import annotations

from pathlib import Path

from bot.content.lint import problems_of
from bot.content.model import Library, Mark, Source, SourceKind
from bot.content.parsing import parse
from bot.content.problems import BrokenContent, Problem
from bot.content.texts import MissingText, Texts

__all__ = [
    "BrokenContent",
    "Library",
    "Mark",
    "MissingText",
    "Problem",
    "Source",
    "SourceKind",
    "Texts",
    "load",
]


def load(root: Path) -> Library:
    """Load and check the content folder; raises BrokenContent with every problem found."""
    draft, problems = parse(root)
    problems = problems or (problems_of(draft) if draft else [])
    if draft is None or problems:
        raise BrokenContent(problems)
    return draft.library
