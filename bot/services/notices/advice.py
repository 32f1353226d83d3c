"""What a runner sees of tips, the guided set and the safety profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.check_in import CheckIn
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import Profile
from bot.domain.tips import Tip


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer to reported pain: when to see somebody, the tip that fits, the safety net.

    `findings` are the reasons to see somebody, said in `firm` words the second time.
    `off_until` says why there is no tip: an emergency sign went away by itself not long ago.
    """

    check_in: CheckIn
    urgency: Urgency
    findings: frozenset[Finding]
    tip: Tip | None
    given_id: int | None = None
    more: bool = True
    held_back: bool = False
    off_until: datetime | None = None
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Prevention:
    """A tip after a pain-free check-in."""

    tip: Tip
    given_id: int


@dataclass(frozen=True, slots=True)
class SignsDenied:
    """The end of a signs-only check-in in which nothing was reported."""

    check_in: CheckIn


@dataclass(frozen=True, slots=True)
class TipAside:
    """A runner's "not for me" noted, in place of the tip."""

    tip: Tip


@dataclass(frozen=True, slots=True)
class MovementShown:
    """A tip's movement: in motion, or as a `still` of both its positions."""

    tip: Tip
    still: bool = False


class TipsSection(StrEnum):
    """The two halves of /tips."""

    BEFORE = "before"
    WHEN_IT_HURTS = "hurts"
    CONTRIBUTORS = "why"


@dataclass(frozen=True, slots=True)
class TipsMenu:
    """/tips: the sections."""


@dataclass(frozen=True, slots=True)
class TipsList:
    """The tips of one section."""

    section: TipsSection
    tips: tuple[Tip, ...]
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class TipPage:
    """One tip read from /tips."""

    section: TipsSection
    tip: Tip
    barred: bool


class Reasons(StrEnum):
    """The answer to "Does one of these fit you?"; it is not kept."""

    NONE = "none"
    SOME = "some"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class ReasonsAgainst:
    """The reasons against a tip, asked each time before it may be read."""

    section: TipsSection
    tip: Tip


@dataclass(frozen=True, slots=True)
class AskFirst:
    """In place of a tip with a reason against it: whom to ask, and nothing else."""

    section: TipsSection
    tip: Tip


class Purpose(StrEnum):
    """What a screening or profile question was asked for, so that it goes on there."""

    STRETCH = "s"
    TIPS = "t"
    ADVICE = "a"
    SETTINGS = "-"


@dataclass(frozen=True, slots=True)
class Screening:
    """Both lists on one screen, before exercises or tips for pain."""

    purpose: Purpose
    country: str | None


@dataclass(frozen=True, slots=True)
class ProfileQuestion:
    """The safety profile as ticked so far."""

    draft: Profile
    purpose: Purpose
    check_in_id: int = 0


@dataclass(frozen=True, slots=True)
class ProfileKept:
    """The profile was stored."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class StretchStep:
    """One movement of the guided set, `number` counted from 1."""

    tip: Tip
    number: int
    total: int
    flags: str


class StretchEnd(StrEnum):
    """How a guided set ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    NOT_TODAY = "not_today"
    AFTER_A_SIGN = "after_a_sign"
    NOTHING_FITS = "nothing_fits"
    GOOD = "good"
    SORE = "sore"


@dataclass(frozen=True, slots=True)
class StretchOver:
    """The guided set is over, or cannot be offered."""

    how: StretchEnd


@dataclass(frozen=True, slots=True)
class TipsOff:
    """No tip or exercise until then: an emergency sign went away by itself."""

    until: datetime


AdviceNotice = (
    Advice
    | Prevention
    | SignsDenied
    | TipAside
    | MovementShown
    | TipsMenu
    | TipsList
    | TipPage
    | ReasonsAgainst
    | AskFirst
    | Screening
    | ProfileQuestion
    | ProfileKept
    | StretchStep
    | StretchOver
    | TipsOff
)
