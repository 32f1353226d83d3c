"""The content as the rest of the bot sees it, and the files behind it as the lint sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.content.problems import Problem
from bot.content.texts import Texts
from bot.content.yaml_file import Loc, YamlFile
from bot.domain.emergency_numbers import EmergencyNumbers
from bot.domain.movements import Movement
from bot.domain.red_flags import Ruleset
from bot.domain.tips import Tip
from bot.reading.lexicon import Grammar


class SourceKind(StrEnum):
    """What kind of evidence a source is."""

    GUIDELINE = "guideline"
    TRIAL = "trial"
    REVIEW = "review"
    COHORT = "cohort"
    CONSENSUS = "consensus"
    PUBLIC_ADVICE = "public-advice"
    OWN = "own"


class Mark(StrEnum):
    """How well a source is known: read itself, read where it is reproduced, or only recalled."""

    SEEN = "S"
    SEEN_REPRODUCED = "S2"
    RECALLED = "M"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or tip comes from. `year` is None for a page that is kept up to date."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    title: str
    publisher: str
    year: int | None
    link: str | None
    kind: SourceKind
    mark: Mark

    @property
    def verifies(self) -> bool:
        """Whether it can carry `verified: true`: somebody else's, and read."""
        return self.kind is not SourceKind.OWN and self.mark is not Mark.RECALLED


@dataclass(frozen=True, slots=True)
class Library:
    """All content, checked. Tips are sorted by id; grammars are the lexicons by language."""

    ruleset: Ruleset
    tips: tuple[Tip, ...]
    sources: Mapping[str, Source]
    movements: Mapping[str, Movement]
    numbers: EmergencyNumbers
    texts: Texts
    grammars: Mapping[str, Grammar]

    def tip(self, tip_id: str) -> Tip | None:
        """Find a tip; None for an id from another release."""
        return next((tip for tip in self.tips if tip.id == tip_id), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A library together with its files, so that the lint can point at lines.

    `folder` is the content folder's own name; `files` is by path within it, such as
    `tips/ice/tip.yaml`.
    """

    folder: str
    library: Library
    files: Mapping[str, YamlFile]

    def problem(self, file: str, loc: Loc, rule: str, message: str) -> Problem:
        """Point at a value of one of the files."""
        return self.files[file].problem(loc, rule, message)
