"""Every button but those about one run; the code of each ends in the version of its fields."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.domain.check_in import Closed, Question
from bot.domain.red_flags import Finding, SignList
from bot.services.follow_ups import Action
from bot.services.notices import (
    Choice,
    Purpose,
    Reasons,
    Span,
    StretchEnd,
    TipsSection,
)
from bot.telegram.codec import Callback


@dataclass(frozen=True, slots=True)
class AnswerTap(Callback):
    """One answer to one question of one check-in."""

    CODE: ClassVar = "ci1"
    check_in_id: int
    question: Question
    value: str


@dataclass(frozen=True, slots=True)
class BackTap(Callback):
    """Back to the question before."""

    CODE: ClassVar = "bk1"
    check_in_id: int


@dataclass(frozen=True, slots=True)
class LeaveTap(Callback):
    """Stop here, skip, no run today."""

    CODE: ClassVar = "lv1"
    check_in_id: int
    reason: Closed


@dataclass(frozen=True, slots=True)
class LaterTap(Callback):
    """Ask me in an hour."""

    CODE: ClassVar = "lt1"
    check_in_id: int


@dataclass(frozen=True, slots=True)
class LateTap(Callback):
    """Answer a closed check-in late."""

    CODE: ClassVar = "al1"
    check_in_id: int


@dataclass(frozen=True, slots=True)
class MapTap(Callback):
    """Show the map of the back."""

    CODE: ClassVar = "mp1"
    check_in_id: int


@dataclass(frozen=True, slots=True)
class MapAnswerTap(Callback):
    """A zone of the map, or somewhere else: the same as the answer in the check-in."""

    CODE: ClassVar = "ma1"
    check_in_id: int
    value: str


@dataclass(frozen=True, slots=True)
class SignsTap(Callback):
    """Something is wrong."""

    CODE: ClassVar = "sg1"


@dataclass(frozen=True, slots=True)
class StrangerSignsTap(Callback):
    """An answer to a list by somebody about whom nothing is stored."""

    CODE: ClassVar = "ns1"
    which: SignList
    one_or_more: bool


@dataclass(frozen=True, slots=True)
class FollowUpTap(Callback):
    """An answer about an open escalation."""

    CODE: ClassVar = "fu1"
    escalation_id: int
    action: Action


@dataclass(frozen=True, slots=True)
class NameTap(Callback):
    """Which sign it is."""

    CODE: ClassVar = "nm1"
    escalation_id: int
    sign: Finding


@dataclass(frozen=True, slots=True)
class OtherCountryTap(Callback):
    """Not in the stored country now."""

    CODE: ClassVar = "oc1"


@dataclass(frozen=True, slots=True)
class CountryTap(Callback):
    """The number of this country, please."""

    CODE: ClassVar = "co1"
    country: str


@dataclass(frozen=True, slots=True)
class SummaryTap(Callback):
    """Make my summary."""

    CODE: ClassVar = "sm1"


@dataclass(frozen=True, slots=True)
class SummarySpanTap(Callback):
    """The summary over another period, in the place of this one."""

    CODE: ClassVar = "ss1"
    span: Span


@dataclass(frozen=True, slots=True)
class AnotherTipTap(Callback):
    """Another tip for this check-in."""

    CODE: ClassVar = "tp1"
    check_in_id: int


@dataclass(frozen=True, slots=True)
class NotForMeTap(Callback):
    """Not this tip again."""

    CODE: ClassVar = "nf1"
    given_id: int


@dataclass(frozen=True, slots=True)
class ShowMeTap(Callback):
    """The picture of a tip's movement."""

    CODE: ClassVar = "sh1"
    tip_id: str


@dataclass(frozen=True, slots=True)
class OtherViewTap(Callback):
    """A tip's movement as a still instead of in motion, or the other way round."""

    CODE: ClassVar = "ov1"
    tip_id: str
    still: bool


@dataclass(frozen=True, slots=True)
class TipsMenuTap(Callback):
    """Back to the sections of /tips."""

    CODE: ClassVar = "tm1"


@dataclass(frozen=True, slots=True)
class TipsSectionTap(Callback):
    """One section of /tips."""

    CODE: ClassVar = "ts1"
    section: TipsSection


@dataclass(frozen=True, slots=True)
class TipTap(Callback):
    """One tip of /tips."""

    CODE: ClassVar = "ti1"
    tip_id: str


@dataclass(frozen=True, slots=True)
class ReasonsTap(Callback):
    """Whether one of the reasons against a tip fits."""

    CODE: ClassVar = "rg1"
    tip_id: str
    reasons: Reasons


class Screened(StrEnum):
    """The answer to both lists on one screen."""

    NONE = "none"
    EMERGENCY = "em"
    SAME_DAY = "sd"


@dataclass(frozen=True, slots=True)
class ScreeningTap(Callback):
    """An answer to both lists on one screen."""

    CODE: ClassVar = "sc1"
    purpose: Purpose
    answer: Screened


@dataclass(frozen=True, slots=True)
class ProfileTap(Callback):
    """The safety profile as it would be with this tap; `save` puts it in force."""

    CODE: ClassVar = "pf1"
    flags: str
    purpose: Purpose
    check_in_id: int
    save: bool


@dataclass(frozen=True, slots=True)
class StretchTap(Callback):
    """A movement of the guided set."""

    CODE: ClassVar = "st1"
    number: int
    flags: str


@dataclass(frozen=True, slots=True)
class StretchOverTap(Callback):
    """The end of the guided set, or how it was."""

    CODE: ClassVar = "so1"
    how: StretchEnd


@dataclass(frozen=True, slots=True)
class AdultTap(Callback):
    """18 or older, or not."""

    CODE: ClassVar = "ad1"
    adult: bool


@dataclass(frozen=True, slots=True)
class ConsentTap(Callback):
    """Consent, or not."""

    CODE: ClassVar = "cs1"
    agree: bool


@dataclass(frozen=True, slots=True)
class PlacePickTap(Callback):
    """The numbered match of the last city search."""

    CODE: ClassVar = "pp1"
    number: int
    country: str


@dataclass(frozen=True, slots=True)
class PlaceListTap(Callback):
    """An entry of the short list of places."""

    CODE: ClassVar = "pl1"
    number: int


class PlaceAnswer(StrEnum):
    """The confirm screen's buttons."""

    YES = "yes"
    AGAIN = "again"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class PlaceConfirmTap(Callback):
    """An answer on the confirm screen, or "Travelling?"."""

    CODE: ClassVar = "pc1"
    answer: PlaceAnswer


class FirstRun(StrEnum):
    """The answer to "Just ran?"."""

    NOW = "now"
    EARLIER = "earlier"
    NOT_YET = "not"


@dataclass(frozen=True, slots=True)
class FirstRunTap(Callback):
    """The answer to "Just ran?"."""

    CODE: ClassVar = "fr1"
    answer: FirstRun


class Page(StrEnum):
    """Pages that buttons lead to without a value."""

    SETTINGS = "set"
    REMINDER = "rem"
    SUMMARY = "sum"
    PROFILE = "pro"
    PLAN_EDIT = "edit"
    HELP = "help"
    PAUSE = "pause"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class PageTap(Callback):
    """Open a page."""

    CODE: ClassVar = "pg1"
    page: Page


@dataclass(frozen=True, slots=True)
class ChoiceTap(Callback):
    """The values of one setting."""

    CODE: ClassVar = "ch1"
    choice: Choice


@dataclass(frozen=True, slots=True)
class ChooseTap(Callback):
    """One value of one setting, by its number."""

    CODE: ClassVar = "cv1"
    choice: Choice
    number: int


@dataclass(frozen=True, slots=True)
class PauseTap(Callback):
    """Pause for so many days; 0 until the runner is back."""

    CODE: ClassVar = "pz1"
    days: int


@dataclass(frozen=True, slots=True)
class ResumeTap(Callback):
    """End the pause."""

    CODE: ClassVar = "rs1"


@dataclass(frozen=True, slots=True)
class ForgetTap(Callback):
    """Delete everything, or keep it."""

    CODE: ClassVar = "fg1"
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PlanDaysTap(Callback):
    """The weekly plan as it would be: weekdays as digits (Monday 0), finish as HHMM."""

    CODE: ClassVar = "pd1"
    days: str
    at: str
    save: bool


@dataclass(frozen=True, slots=True)
class HistoryTap(Callback):
    """History over so many days."""

    CODE: ClassVar = "hi1"
    days: int


@dataclass(frozen=True, slots=True)
class WhyTap(Callback):
    """What led to an earlier decision."""

    CODE: ClassVar = "wy1"
    decision_id: int
