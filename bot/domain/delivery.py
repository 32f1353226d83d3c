"""A delivery: one thing the bot owes a runner at an instant. These rows are the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

MAX_ATTEMPTS: Final = 8
"""Failed sends after which a delivery is dead, and said so loudly."""

LEASE: Final = timedelta(seconds=60)
"""How long a worker may take over one delivery before another may have it."""


class DeliveryKind(StrEnum):
    """What is owed."""

    ESCALATION = "escalation"
    SIGN_UNNAMED = "sign_unnamed"
    REACHED_HELP = "reached_help"
    WERE_YOU_SEEN = "were_you_seen"
    STILL_GONE = "still_gone"
    CHECK_IN = "check_in"
    EXPIRY = "expiry"
    REMINDER = "reminder"
    SUMMARY = "summary"

    @property
    def priority(self) -> int:
        """Smaller goes first when several are due to one runner."""
        return _PRIORITY[self]

    @property
    def breaks_silence(self) -> bool:
        """Whether it ignores quiet hours and pause: escalations and their follow-ups do."""
        return _PRIORITY[self] <= _LAST_URGENT


_PRIORITY: Final = {
    DeliveryKind.ESCALATION: 0,
    DeliveryKind.SIGN_UNNAMED: 1,
    DeliveryKind.REACHED_HELP: 2,
    DeliveryKind.WERE_YOU_SEEN: 3,
    DeliveryKind.STILL_GONE: 4,
    DeliveryKind.EXPIRY: 5,
    DeliveryKind.CHECK_IN: 6,
    DeliveryKind.REMINDER: 7,
    DeliveryKind.SUMMARY: 8,
}
_LAST_URGENT: Final = _PRIORITY[DeliveryKind.STILL_GONE]


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    DONE = "done"
    CANCELLED = "cancelled"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the schedule.

    `subject_id` is the check-in or escalation it is about; for a summary, the runner.
    """

    runner_id: int
    kind: DeliveryKind
    subject_id: int
    due_at: datetime
    dedupe_key: str
    id: int = 0
    attempts: int = 0
    state: DeliveryState = DeliveryState.PENDING
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The connection broke after the request went out: it may have arrived."""


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not taken; try again after this long."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The runner blocked the bot, or the account is gone."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Refused for a reason of our own making."""

    reason: str


Outcome = Sent | Unknown | RetryLater | Unreachable | Failed
