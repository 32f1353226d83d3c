"""What a runner sees of a logged run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.load import Compared
from bot.domain.schedule import Plan, Run


class RunWhen(StrEnum):
    """Which times the runner may choose from."""

    WHEN = "when"
    EARLIER = "earlier"
    YESTERDAY = "yesterday"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """When the run ended."""

    which: RunWhen


@dataclass(frozen=True, slots=True)
class RunLogged:
    """A stored run and when its check-ins come.

    `beside` compares a run with the longest of the 30 days before, where that is worth a note.
    """

    run: Run
    plan: Plan
    locked: bool = False
    paused: bool = False
    beside: Compared | None = None


class RunDetail(StrEnum):
    """What may be added to a run."""

    DISTANCE = "km"
    DURATION = "min"


@dataclass(frozen=True, slots=True)
class RunDetailQuestion:
    """Distance or duration, by buttons."""

    run_id: int
    detail: RunDetail


@dataclass(frozen=True, slots=True)
class RunUndone:
    """A run taken back, with its check-ins."""

    run: Run


RunNotice = RunQuestion | RunLogged | RunDetailQuestion | RunUndone
