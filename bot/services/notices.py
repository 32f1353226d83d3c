"""Everything a use case can want a runner to see. The presenter turns each into words and keys.

A notice carries domain values only, never text: the same notice reads differently in another
language and draws differently on another platform.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.check_in import CheckIn, CheckInKind, Question
from bot.domain.decision import Decision, GivenTip
from bot.domain.escalation import Escalation, FollowUp
from bot.domain.place import Place
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.domain.runner import OnboardingStep, Profile, Rhythm, Runner
from bot.domain.schedule import Plan, Run
from bot.domain.tips import Tip

# --- check-ins ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prompt:
    """A check-in with its open question."""

    check_in: CheckIn
    question: Question
    reminding: bool = False


@dataclass(frozen=True, slots=True)
class ClosedCheckIn:
    """A check-in that takes no more answers, in its final form."""

    check_in: CheckIn
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class MovedBelow:
    """What stays of a prompt that was shown again further down."""


# --- advice ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer to reported pain: when to see somebody, the tip that fits, the safety net."""

    check_in: CheckIn
    urgency: Urgency
    findings: frozenset[Finding]
    tip: Tip | None
    given_id: int | None = None
    more: bool = True
    held_back: bool = False


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
    """The still picture of a tip's movement."""

    tip: Tip


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


@dataclass(frozen=True, slots=True)
class TipPage:
    """One tip read from /tips."""

    section: TipsSection
    tip: Tip
    barred: bool


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
    NOTHING_FITS = "nothing_fits"
    GOOD = "good"
    SORE = "sore"


@dataclass(frozen=True, slots=True)
class StretchOver:
    """The guided set is over, or cannot be offered."""

    how: StretchEnd


# --- escalation -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EscalationNotice:
    """EMERGENCY or URGENT, told at once. Without consent there is no follow-up and no record."""

    urgency: Urgency
    findings: frozenset[Finding]
    escalation_id: int | None
    country: str | None


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


# --- runners --------------------------------------------------------------------------------


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
    NOTHING_TO_UNDO = "nothing-to-undo"
    NEEDS_CONSENT = "needs-consent"
    KEPT = "kept"
    CONSENT_KEPT = "consent-kept"
    APOLOGY = "apology"


@dataclass(frozen=True, slots=True)
class PlainNotice:
    """One of the short fixed answers."""

    which: Plain


# --- runs -----------------------------------------------------------------------------------


class RunWhen(StrEnum):
    """Which times the runner may choose from."""

    WHEN = "when"
    EARLIER = "earlier"
    YESTERDAY = "yesterday"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """When the run ended."""

    which: RunWhen


@dataclass(frozen=True, slots=True)
class RunLogged:
    """A stored run and when its check-ins come."""

    run: Run
    plan: Plan
    locked: bool = False
    paused: bool = False


class RunDetail(StrEnum):
    """What may be added to a run."""

    DISTANCE = "km"
    DURATION = "min"


@dataclass(frozen=True, slots=True)
class RunDetailQuestion:
    """Distance or duration, by buttons."""

    run_id: int
    detail: RunDetail


@dataclass(frozen=True, slots=True)
class RunUndone:
    """A run taken back, with its check-ins."""

    run: Run


# --- plan and reports -----------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts of the last six weeks in plain lines, to show to a doctor."""

    decisions: tuple[Decision, ...]
    lines: tuple[HistoryLine, ...]
    tips: tuple[GivenTip, ...]
    runs: int


CheckInNotice = Prompt | ClosedCheckIn | MovedBelow
AdviceNotice = (
    Advice
    | Prevention
    | SignsDenied
    | TipAside
    | MovementShown
    | TipsMenu
    | TipsList
    | TipPage
    | Screening
    | ProfileQuestion
    | ProfileKept
    | StretchStep
    | StretchOver
)
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
RunNotice = RunQuestion | RunLogged | RunDetailQuestion | RunUndone
ReportNotice = PlanPage | PlanOffer | PlanEditor | HistoryPage | ExportFile | Summary
Notice = CheckInNotice | AdviceNotice | SafetyNotice | RunnerNotice | RunNotice | ReportNotice
