"""What a runner sees of the plan and of their own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.check_in import CheckInKind
from bot.domain.decision import Decision, GivenTip
from bot.domain.history import History
from bot.domain.red_flags import Finding
from bot.domain.runner import Runner


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


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts of the last six weeks in plain lines, to show to a doctor."""

    decisions: tuple[Decision, ...]
    lines: tuple[HistoryLine, ...]
    tips: tuple[GivenTip, ...]
    runs: int


ReportNotice = (
    PlanPage | PlanOffer | PlanEditor | HistoryShown | WeeklySummary | ExportFile | Summary
)
