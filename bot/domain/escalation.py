"""An escalation from the moment it opens until somebody qualified has looked, or it is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.decision import Decision
from bot.domain.red_flags import UNNAMED, Finding, Urgency

TIPS_OFF_AFTER_GONE: Final = timedelta(days=7)
"""An emergency sign that went away by itself keeps tips off for this long."""

GONE_FOR: Final = timedelta(hours=24)
"""A same-day sign is over once it has been gone for this long."""

SECOND_LOOK: Final = timedelta(days=3)
"""After the next morning's "Were you seen?" it is asked once more, this much later."""

NAME_WITHIN: Final = timedelta(minutes=10)
"""A same-day "one or more" that names no sign counts as urgent after this."""

HANDLER_GRACE: Final = timedelta(seconds=20)
"""How long the handler has to send an escalation before the worker takes it over."""


class Reached(StrEnum):
    """The answer to "Have you reached help?"."""

    ON_THE_WAY = "way"
    NOT_YET = "not"


class Cleared(StrEnum):
    """What ended an escalation."""

    CHECKED = "checked"
    SEEN = "seen"
    GONE = "gone"
    MISTAKE = "mistake"
    REPLACED = "replaced"


class FollowUp(StrEnum):
    """A question about an open escalation that waits for its answer."""

    REACHED_HELP = "reached"
    WERE_YOU_SEEN = "seen"
    STILL_GONE = "gone"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Escalation:
    """One EMERGENCY or URGENT and what became of it; it locks all tips while it is open."""

    runner_id: int
    urgency: Urgency
    findings: frozenset[Finding]
    opened_at: datetime
    id: int = 0
    decision_id: int | None = None
    check_in_id: int | None = None
    message_id: int | None = None
    sent_at: datetime | None = None
    asked: FollowUp | None = None
    reached: Reached | None = None
    gone_at: datetime | None = None
    lowered_at: datetime | None = None
    tips_off_until: datetime | None = None
    cleared_at: datetime | None = None
    cleared: Cleared | None = None

    @property
    def is_open(self) -> bool:
        """Whether the lock is on."""
        return self.cleared_at is None

    @property
    def standing_urgency(self) -> Urgency:
        """The urgency now: an emergency whose sign went away stands as urgent."""
        return Urgency.URGENT if self.lowered_at else self.urgency

    @property
    def is_unspecified(self) -> bool:
        """Whether the runner has not said which sign it is."""
        return self.findings <= UNNAMED


def behind(decision: Decision, escalations: Sequence[Escalation]) -> Escalation | None:
    """Give the escalation that a decision opened, or that it was kept with; None without one.

    `escalations` are the runner's, oldest first. A sign typed beside an open escalation is a
    decision of its own and opens none.
    """
    opened = next((one for one in escalations if one.decision_id == decision.id), None)
    if opened is not None or not (decision.is_from_words and decision.urgency.escalates):
        return opened
    at = decision.made_at
    open_then = [
        one
        for one in escalations
        if one.opened_at <= at and (one.cleared_at is None or at <= one.cleared_at)
    ]
    return open_then[-1] if open_then else None


def seen(escalation: Escalation, now: datetime) -> Escalation:
    """Clear it: a doctor or ambulance crew looked."""
    is_emergency = escalation.standing_urgency is Urgency.EMERGENCY
    how = Cleared.CHECKED if is_emergency else Cleared.SEEN
    return _clear(escalation, how, now)


def mistaken(escalation: Escalation, now: datetime) -> Escalation:
    """Close it as tapped by mistake; the record stays."""
    return replace(_clear(escalation, Cleared.MISTAKE, now), tips_off_until=None)


def gone(escalation: Escalation, now: datetime) -> Escalation:
    """Note that the sign went away: an emergency becomes urgent, tips stay off for a week.

    Saying so twice changes nothing; the 24 hours run from the first time.
    """
    if escalation.gone_at is not None:
        return replace(escalation, asked=None)
    if escalation.standing_urgency is Urgency.EMERGENCY:
        return replace(
            escalation,
            gone_at=now,
            lowered_at=now,
            tips_off_until=now + TIPS_OFF_AFTER_GONE,
            asked=None,
        )
    return replace(escalation, gone_at=now, asked=None)


def back_again(escalation: Escalation) -> Escalation:
    """Note that the sign came back: what was an emergency is one again."""
    return replace(escalation, gone_at=None, lowered_at=None, reached=None, asked=None)


def still_gone(escalation: Escalation, now: datetime) -> Escalation:
    """Clear it if the sign has been gone for 24 hours; before that nothing changes."""
    if escalation.gone_at is None or now < escalation.gone_at + GONE_FOR:
        return escalation
    return _clear(escalation, Cleared.GONE, now)


def _clear(escalation: Escalation, how: Cleared, now: datetime) -> Escalation:
    if not escalation.is_open:
        return escalation
    return replace(escalation, cleared=how, cleared_at=now, asked=None)
