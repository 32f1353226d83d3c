"""What a runner sees of the plan and of their own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.check_in import CheckInKind
from bot.domain.history import History
from bot.domain.runner import Runner
from bot.services.notices.summary import Summary


@dataclass(frozen=True, slots=True)
class Coming:
    """One check-in that will come."""

    kind: CheckInKind
    due_at: datetime


@dataclass(frozen=True, slots=True)
class PlanPage:
    """/plan: what is coming within a week, and the weekly plan behind it.

    While a sign is open, `locked`, nothing of it comes.
    """

    coming: tuple[Coming, ...]
    runner: Runner
    locked: bool = False


@dataclass(frozen=True, slots=True)
class PlanOffer:
    """Asked once, after the first check-in: do you run on fixed days?"""


@dataclass(frozen=True, slots=True)
class PlanEditor:
    """The weekdays as ticked, and the finish time they share."""

    days: frozenset[int]
    finish_at: time


@dataclass(frozen=True, slots=True)
class HistoryShown:
    """/history: one picture, and what it says in words and numbers."""

    history: History


@dataclass(frozen=True, slots=True)
class WeeklySummary:
    """The picture of a week and one sentence."""

    history: History


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export."""

    filename: str
    content: bytes


ReportNotice = (
    PlanPage | PlanOffer | PlanEditor | HistoryShown | WeeklySummary | ExportFile | Summary
)
