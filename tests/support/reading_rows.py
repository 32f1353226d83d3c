"""The labelled texts of tests/content/reading and how a reader did on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from bot.domain.red_flags import Urgency
from bot.reading.findings import Outcome, Reading

FOLDER = Path(__file__).parents[1] / "content" / "reading"


@dataclass(frozen=True)
class Row:
    """One text with its label; POLICY.md says what the labels mean."""

    text: str
    locale: str
    expect: Outcome
    urgency: Urgency
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What a reader made of a row."""

    row: Row
    reading: Reading

    @property
    def caught(self) -> bool:
        """Whether it was told or asked about."""
        return self.reading.outcome is not Outcome.PASS

    @property
    def escalated(self) -> bool:
        return self.reading.outcome is Outcome.ESCALATE

    @property
    def asked(self) -> bool:
        return self.reading.outcome is Outcome.ASK

    @property
    def as_emergency(self) -> bool:
        return self.escalated and self.reading.urgency is Urgency.EMERGENCY


def rows(part: str, locale: str | None = None) -> Iterator[Row]:
    """Give the rows of "dev" or "heldback", of one language or of all."""
    for file in sorted((FOLDER / part).glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            if locale in {None, raw["locale"]}:
                urgency = Urgency[raw["urgency"].upper()]
                tags = tuple(raw["tags"])
                yield Row(raw["text"], raw["locale"], Outcome(raw["expect"]), urgency, tags)


def emergencies(results: Iterable[Result]) -> list[Result]:
    """Give the rows in which an emergency sign is stated."""
    return [one for one in _stated(results) if one.row.urgency is Urgency.EMERGENCY]


def same_day(results: Iterable[Result]) -> list[Result]:
    """Give the rows in which a same-day sign is stated, and no emergency."""
    return [one for one in _stated(results) if one.row.urgency is Urgency.URGENT]


def no_sign(results: Iterable[Result]) -> list[Result]:
    """Give the rows without a sign."""
    return [one for one in results if one.row.expect is Outcome.PASS]


def to_ask(results: Iterable[Result]) -> list[Result]:
    """Give the rows that call for the direct question."""
    return [one for one in results if one.row.expect is Outcome.ASK]


def _stated(results: Iterable[Result]) -> Iterator[Result]:
    return (one for one in results if one.row.expect is Outcome.ESCALATE)


@dataclass(frozen=True)
class Share:
    """How many of how many, with the Wilson interval that 95 % of such samples would give."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson (1927): sensible even where nothing or everything was hit."""
        if not self.total:
            return (0.0, 1.0)
        z, n, p = 1.959964, self.total, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return (max(0.0, middle - half), min(1.0, middle + half))

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} ({low:.3f} to {high:.3f}) {self.hits}/{self.total}"


def share(results: Iterable[Result], hit: Callable[[Result], bool]) -> Share:
    """Count the results that a condition holds for."""
    found = [hit(one) for one in results]
    return Share(sum(found), len(found))
