"""A runner: who is asked, what they agreed to, and where and when they want to be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.place import Place

CONSENT_VERSION: Final = "2026-11b"
"""Raised whenever the consent text changes in meaning; runners are then asked again."""

UNCONSENTED_KEPT_FOR: Final = timedelta(hours=48)

COUNTRY_WAITED_FOR: Final = timedelta(minutes=30)
"""After "Which country are you in now?" a country's name is its answer for so long."""

FALLBACK: Final = "en"
"""The language in which everything exists, for runners whose own has something missing."""


class Condition(StrEnum):
    """What the safety profile asks, because it rules tips out or makes new pain more serious."""

    CANCER = "cancer"
    FRAGILE_BONES = "bones"
    BLOOD_THINNERS = "thinners"
    PREGNANCY = "pregnancy"


class AgeBand(StrEnum):
    """Only as fine as the rules need it."""

    UP_TO_54 = "54"
    FROM_55 = "55"
    FROM_66 = "66"
    UNDISCLOSED = "-"


@dataclass(frozen=True, slots=True)
class Profile:
    """The safety profile. An undisclosed one blocks the same tips as a yes to everything."""

    conditions: frozenset[Condition] = frozenset()
    age_band: AgeBand = AgeBand.UNDISCLOSED
    undisclosed: bool = False

    @property
    def blocking(self) -> frozenset[Condition]:
        """The conditions tips must respect."""
        return frozenset(Condition) if self.undisclosed else self.conditions


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed to, and when."""

    version: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A span of the local day in which nothing but escalations and follow-ups is sent.

    `start` == `end` means no quiet hours at all.
    """

    start: time
    end: time

    def contains(self, local: time) -> bool:
        """Whether this wall-clock time is quiet; the start is, the end is not."""
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When things happen around a run, for one runner: the operator's defaults, or their own."""

    first_check_in_after: timedelta
    morning_at: time
    quiet_hours: QuietHours
    reminder_after: timedelta
    start_within: timedelta
    finish_within: timedelta
    emergency_follow_up_after: timedelta


@dataclass(frozen=True, slots=True)
class Preferences:
    """The runner's own settings; None leaves the operator's default in force."""

    first_check_in_after: timedelta | None = None
    morning_at: time | None = None
    quiet_hours: QuietHours | None = None
    reminder: bool = True
    summary: bool = True


@dataclass(frozen=True, slots=True)
class PauseSpan:
    """One pause as it is kept: when it began, until when it was meant, when it was ended."""

    runner_id: int
    began_at: datetime
    until: datetime | None = None
    ended_at: datetime | None = None
    id: int = 0

    @property
    def over_at(self) -> datetime | None:
        """When it was or will be over, None for one without an end so far."""
        ends = [at for at in (self.until, self.ended_at) if at is not None]
        return min(ends, default=None)


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One line of a weekly plan: the weekday (Monday is 0) and the planned local finish."""

    weekday: int
    finish_at: time


class Awaiting(StrEnum):
    """A value the bot has asked the runner to type."""

    CITY = "city"
    PLACE = "place"
    COUNTRY = "country"
    EMERGENCY_COUNTRY = "emergency_country"
    RUN_TIME = "run_time"


@dataclass(frozen=True, slots=True)
class Runner:
    """One person in one private chat. `user_id` and `chat_id` are Telegram's."""

    user_id: int
    chat_id: int
    created_at: datetime
    seen_at: datetime
    id: int = 0
    locale: str = FALLBACK
    adult_at: datetime | None = None
    consent: Consent | None = None
    declined_at: datetime | None = None
    zone: str | None = None
    city: str | None = None
    country: str | None = None
    place_confirmed_at: datetime | None = None
    onboarded_at: datetime | None = None
    profile: Profile | None = None
    preferences: Preferences = Preferences()
    plan: tuple[PlannedRun, ...] = ()
    plan_asked_at: datetime | None = None
    paused_at: datetime | None = None
    paused_until: datetime | None = None
    blocked_at: datetime | None = None
    awaiting: Awaiting | None = None
    awaiting_detail: str | None = None

    @property
    def consented(self) -> bool:
        """Whether anything about health may be stored."""
        return self.consent is not None and self.consent.version == CONSENT_VERSION

    @property
    def is_ready(self) -> bool:
        """Whether check-ins can be planned: agreed, with a confirmed zone."""
        return self.consented and self.zone is not None and self.place_confirmed_at is not None

    def is_paused(self, now: datetime) -> bool:
        """Whether the runner asked for silence; `paused_until` None means until they are back."""
        if self.paused_at is None:
            return False
        return self.paused_until is None or now < self.paused_until


class OnboardingStep(StrEnum):
    """What /start asks next."""

    ADULT = "adult"
    CONSENT = "consent"
    PLACE = "place"
    CONFIRM_PLACE = "confirm_place"
    FIRST_RUN = "first_run"
    DONE = "done"


CONFIRM: Final = OnboardingStep.CONFIRM_PLACE
_SEPARATOR: Final = "|"


def with_pending_place(runner: Runner, place: Place) -> Runner:
    """Keep a chosen place until the runner confirms it; until then the old one is in force."""
    parts = (place.zone, place.country, place.name)
    detail = _SEPARATOR.join(part.replace(_SEPARATOR, " ") for part in parts)
    return replace(runner, awaiting=Awaiting.PLACE, awaiting_detail=detail)


def pending_place(runner: Runner) -> Place | None:
    """Give the chosen place that waits for confirmation, None where there is none."""
    if runner.awaiting is not Awaiting.PLACE or not runner.awaiting_detail:
        return None
    zone, country, name = runner.awaiting_detail.split(_SEPARATOR)
    return Place(name, "", country, zone)


def onboarding_step(runner: Runner) -> OnboardingStep:
    """Derive the next step from what is stored, so that /start resumes and never resets."""
    if runner.adult_at is None:
        return OnboardingStep.ADULT
    if not runner.consented:
        return OnboardingStep.CONSENT
    if runner.zone is None or runner.place_confirmed_at is None:
        return OnboardingStep.PLACE if pending_place(runner) is None else CONFIRM
    return OnboardingStep.FIRST_RUN if runner.onboarded_at is None else OnboardingStep.DONE


def awaited(runner: Runner, now: datetime) -> Awaiting | None:
    """Give what a typed text may be the answer to now, None where nothing was asked for.

    The country of an emergency is waited for a short while only. Without a place, /start waits
    for a city whatever came between.
    """
    if runner.awaiting is Awaiting.EMERGENCY_COUNTRY:
        lately = asked_at(runner)
        if lately is not None and now - lately < COUNTRY_WAITED_FOR:
            return Awaiting.EMERGENCY_COUNTRY
    elif runner.awaiting is not None:
        return runner.awaiting
    return Awaiting.CITY if runner.consented and runner.zone is None else None


def asked_at(runner: Runner) -> datetime | None:
    """Give when a run's time or an emergency's country was asked for, None where not kept."""
    if runner.awaiting not in {Awaiting.RUN_TIME, Awaiting.EMERGENCY_COUNTRY}:
        return None
    try:
        return datetime.fromisoformat(runner.awaiting_detail or "")
    except ValueError:
        # The release before kept no time with a country, but what had been asked before it.
        return None


def rhythm_for(runner: Runner, defaults: Rhythm) -> Rhythm:
    """Lay the runner's own settings over the operator's defaults."""
    own = runner.preferences
    return Rhythm(
        first_check_in_after=own.first_check_in_after or defaults.first_check_in_after,
        morning_at=own.morning_at or defaults.morning_at,
        quiet_hours=own.quiet_hours or defaults.quiet_hours,
        reminder_after=defaults.reminder_after,
        start_within=defaults.start_within,
        finish_within=defaults.finish_within,
        emergency_follow_up_after=defaults.emergency_follow_up_after,
    )
