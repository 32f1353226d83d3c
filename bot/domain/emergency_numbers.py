"""Numbers that reach help, per country: whom to call when a sign says so.

The table is ours (content/emergency_numbers.yaml): no open data set names the ambulance number
of each country reliably, and a wrong one costs time that a runner may not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class NumberSource:
    """Where a country's ambulance number was read."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class CountryNumbers:
    """What to dial in one country, digits only, as dialled there.

    `ambulance` is the number shown first. `also` are others that bring help. `urgent_line` gives
    same-day medical advice, `crisis_line` listens to people who think of suicide; None where none
    is known. `verified` says that the source is the service itself or a national authority; like
    `source` it speaks of `ambulance` only.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    ambulance: str
    also: tuple[str, ...]
    urgent_line: str | None
    crisis_line: str | None
    source: str
    verified: bool

    @property
    def emergency(self) -> tuple[str, ...]:
        """Every number that brings help, the one to show first in front."""
        return (self.ambulance, *self.also)


@dataclass(frozen=True, slots=True)
class EmergencyNumbers:
    """The whole table. `fallback` is named where the runner's country is unknown or not listed."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    dated: date
    reviewed_by: str | None
    fallback: tuple[str, ...]
    sources: Mapping[str, NumberSource]
    countries: Mapping[str, CountryNumbers]

    def for_country(self, code: str | None) -> CountryNumbers | None:
        """Find a country by its ISO 3166 alpha-2 code; None if it is unknown or not listed."""
        return self.countries.get(code.upper()) if code else None
