"""What a runner sees of a check-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.check_in import CheckIn, Question


@dataclass(frozen=True, slots=True)
class Prompt:
    """A check-in with its open question."""

    check_in: CheckIn
    question: Question
    reminding: bool = False


@dataclass(frozen=True, slots=True)
class ClosedCheckIn:
    """A check-in that takes no more answers, in its final form.

    `pain_free` counts the pain-free check-ins of the last 7 days, this one with them.
    """

    check_in: CheckIn
    snoozed_until: datetime | None = None
    escalated: bool = False
    pain_free: int = 0


@dataclass(frozen=True, slots=True)
class MovedBelow:
    """What stays of a prompt that was shown again further down."""


@dataclass(frozen=True, slots=True)
class BackMap:
    """The back with the zones a check-in asks about, as a picture of its own with its own keys."""

    check_in_id: int


CheckInNotice = Prompt | ClosedCheckIn | MovedBelow | BackMap
