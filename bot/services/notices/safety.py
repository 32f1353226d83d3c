"""What a runner sees of signs, escalations and follow-ups."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.escalation import Escalation, FollowUp
from bot.domain.red_flags import Finding, SignList, Urgency


@dataclass(frozen=True, slots=True)
class EscalationNotice:
    """EMERGENCY or URGENT, told at once. Without consent there is no follow-up and no record.

    `from_words`: it was read from something typed, which may have been read wrong.
    """

    urgency: Urgency
    findings: frozenset[Finding]
    escalation_id: int | None
    country: str | None
    from_words: bool = False


@dataclass(frozen=True, slots=True)
class MistakeQuestion:
    """Asks whether it was a mistake, with the list in view once more."""

    escalation: Escalation


@dataclass(frozen=True, slots=True)
class FollowUpQuestion:
    """A question about an open escalation."""

    escalation: Escalation
    question: FollowUp


class FollowUpReply(StrEnum):
    """What is said to the answer of a follow-up."""

    ON_THE_WAY = "way"
    NOT_YET = "not"
    NOT_SEEN = "unseen"
    CLEARED = "cleared"
    LOWERED = "lowered"
    GONE = "gone"
    GONE_TOO_SOON = "too_soon"
    BACK = "back"
    MISTAKE = "mistake"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class FollowUpAnswered:
    """The reply to a follow-up's answer."""

    escalation: Escalation
    reply: FollowUpReply


@dataclass(frozen=True, slots=True)
class LockReminder:
    """Why nothing else happens while an escalation is open, with the buttons that change it."""

    escalation: Escalation


@dataclass(frozen=True, slots=True)
class LocalNumber:
    """The emergency number of a country the runner named."""

    country: str


@dataclass(frozen=True, slots=True)
class CountryQuestion:
    """Which country's number is wanted; `unknown` after a text that names none."""

    for_emergency: bool
    unknown: bool = False


class NotRead(StrEnum):
    """Why a message led to the signs offer."""

    TEXT = "text"
    OUT_OF_RANGE = "out_of_range"
    MEDIA = "media"
    EDITED = "edited"
    STRANGER = "stranger"
    TIME = "time"
    CITY = "city"
    LATER_THAN_NOW = "later_than_now"


@dataclass(frozen=True, slots=True)
class SignsOffer:
    """The polite answer to what the bot cannot use: the signs button and the number."""

    why: NotRead
    country: str | None


@dataclass(frozen=True, slots=True)
class SignsQuestion:
    """One of the two lists, for somebody about whom nothing is stored."""

    which: SignList


@dataclass(frozen=True, slots=True)
class SignsWithoutRecord:
    """Nothing was reported and nothing was stored."""


@dataclass(frozen=True, slots=True)
class DoctorPage:
    """/doctor: when to see whom, and the numbers."""

    country: str | None
    escalation: Escalation | None


SafetyNotice = (
    EscalationNotice
    | MistakeQuestion
    | FollowUpQuestion
    | FollowUpAnswered
    | LockReminder
    | LocalNumber
    | CountryQuestion
    | SignsOffer
    | SignsQuestion
    | SignsWithoutRecord
    | DoctorPage
)
