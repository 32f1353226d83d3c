"""What a runner sees of /start, settings and the short fixed answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.place import Place
from bot.domain.runner import OnboardingStep, Rhythm, Runner


@dataclass(frozen=True, slots=True)
class Onboarding:
    """A step of /start, shown to `runner` as far as it is known."""

    step: OnboardingStep
    runner: Runner | None = None


@dataclass(frozen=True, slots=True)
class Welcome:
    """/start for somebody who is through: what comes next."""

    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Underage:
    """Nothing is stored about people under 18."""


@dataclass(frozen=True, slots=True)
class Declined:
    """No consent: what still works."""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """Cities that match what was typed, or the short list."""

    places: tuple[Place, ...]
    typed: bool


@dataclass(frozen=True, slots=True)
class ConfirmPlace:
    """The local time and the country that follow from a place, for confirmation."""

    place: Place
    now: datetime


@dataclass(frozen=True, slots=True)
class PlaceKept:
    """A confirmed change of place, with what was moved."""

    runner: Runner
    moved: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Here is what I'll ask, and when."""

    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """/settings with everything in force."""

    runner: Runner
    rhythm: Rhythm


class Toggle(StrEnum):
    """A setting that is on or off."""

    REMINDER = "reminder"
    SUMMARY = "summary"


class Choice(StrEnum):
    """A setting that is changed by choosing from a few values."""

    FIRST_CHECK_IN = "first"
    MORNING = "morning"
    QUIET_HOURS = "quiet"


@dataclass(frozen=True, slots=True)
class SettingChoice:
    """The values of one setting."""

    choice: Choice
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class PauseQuestion:
    """/pause: for how long."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The pause is on; None means until the runner is back."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Resumed:
    """The pause is over."""


@dataclass(frozen=True, slots=True)
class ForgetQuestion:
    """Asks before everything is deleted."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The receipt: when, and how many records."""

    at: datetime
    records: int


class Plain(StrEnum):
    """Short fixed answers without any value in them."""

    HELP = "help"
    PRIVACY = "privacy"
    PRIVATE_ONLY = "private-only"
    NOTHING_TO_CANCEL = "nothing-to-cancel"
    CANCELLED = "cancelled"
    RATING_KEPT = "rating-kept"
    NOTHING_TO_UNDO = "nothing-to-undo"
    NEEDS_CONSENT = "needs-consent"
    KEPT = "kept"
    CONSENT_KEPT = "consent-kept"
    APOLOGY = "apology"


@dataclass(frozen=True, slots=True)
class PlainNotice:
    """One of the short fixed answers."""

    which: Plain


RunnerNotice = (
    Onboarding
    | Welcome
    | Underage
    | Declined
    | PlaceChoice
    | ConfirmPlace
    | PlaceKept
    | Preview
    | SettingsPage
    | SettingChoice
    | PauseQuestion
    | Paused
    | Resumed
    | ForgetQuestion
    | Forgotten
    | PlainNotice
)
