"""What a runner sees of the plan and of their own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.check_in import CheckInKind
from bot.domain.red_flags import Finding
from bot.domain.runner import Runner
from bot.services.notices.summary import Summary


@dataclass(frozen=True, slots=True)
class Coming:
    """One check-in that will come."""

    kind: CheckInKind
    due_at: datetime


@dataclass(frozen=True, slots=True)
class PlanPage:
    """/plan: what is coming within a week, and the weekly plan behind it."""

    coming: tuple[Coming, ...]
    runner: Runner


@dataclass(frozen=True, slots=True)
class PlanOffer:
    """Asked once, after the first check-in: do you run on fixed days?"""


@dataclass(frozen=True, slots=True)
class PlanEditor:
    """The weekdays as ticked, and the finish time they share."""

    days: frozenset[int]
    finish_at: time


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One day's check-in in numbers; None for an unanswered one."""

    at: datetime
    kind: CheckInKind
    rating: int | None
    closed: str | None
    signs: frozenset[Finding]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """/history in numbers over `days` days."""

    lines: tuple[HistoryLine, ...]
    runs: int
    days: int


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export."""

    filename: str
    content: bytes


ReportNotice = PlanPage | PlanOffer | PlanEditor | HistoryPage | ExportFile | Summary
