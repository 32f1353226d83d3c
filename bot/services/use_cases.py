"""All use cases together, built once; handlers and the worker reach them through this."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import get_type_hints

from bot.services.advice import AnotherTip, NotForMe, ShowMovement
from bot.services.answering import RecordAnswer
from bot.services.check_ins import (
    AnswerLate,
    AskLater,
    CheckInNow,
    GoBack,
    LeaveCheckIn,
    NoteShown,
    ShowBackMap,
)
from bot.services.explaining import ExplainDecision, KeepRuleset
from bot.services.follow_ups import AnswerFollowUp, NameSign, NoteEscalationShown
from bot.services.groups import GreetGroup
from bot.services.heeding import HeedSigns, LanguagesInUse
from bot.services.history import PlanSummaries, ShowHistory
from bot.services.library import AnswerScreening, OpenTips, Stretch
from bot.services.places import ChoosePlace, ConfirmPlaceChoice
from bot.services.ports import Places, Ports
from bot.services.profiles import KeepProfile
from bot.services.reports import Export
from bot.services.run_details import AddRunDetail, AskRunDetail
from bot.services.runners import (
    AnswerConsent,
    Begin,
    ConfirmAdult,
    DropUnconsented,
    FirstRunLater,
    NoteReachable,
    NoteSeen,
)
from bot.services.runs import (
    AskAboutRun,
    AskAboutRunNow,
    LogRun,
    LogRunYesterday,
    ReadRunTime,
    UndoLast,
    UndoRun,
)
from bot.services.safety import (
    OfferSigns,
    OpenSafetyQuestion,
    OtherCountry,
    SeeDoctor,
    SignsWithoutConsent,
)
from bot.services.settings import Forget, OpenPlannedDays, Pause, Settings, WeeklyPlan
from bot.services.summarising import MakeSummary
from bot.services.texts import Cancel, ReadText


@dataclass(frozen=True, slots=True)
class UseCases:
    """One of each."""

    begin: Begin
    confirm_adult: ConfirmAdult
    answer_consent: AnswerConsent
    choose_place: ChoosePlace
    confirm_place: ConfirmPlaceChoice
    first_run_later: FirstRunLater
    note_reachable: NoteReachable
    note_seen: NoteSeen
    drop_unconsented: DropUnconsented
    check_in_now: CheckInNow
    record_answer: RecordAnswer
    go_back: GoBack
    leave_check_in: LeaveCheckIn
    ask_later: AskLater
    answer_late: AnswerLate
    show_back_map: ShowBackMap
    note_shown: NoteShown
    ask_about_run: AskAboutRun
    log_run: LogRun
    log_run_yesterday: LogRunYesterday
    ask_about_run_now: AskAboutRunNow
    add_run_detail: AddRunDetail
    ask_run_detail: AskRunDetail
    read_run_time: ReadRunTime
    undo_run: UndoRun
    undo_last: UndoLast
    another_tip: AnotherTip
    not_for_me: NotForMe
    show_movement: ShowMovement
    keep_profile: KeepProfile
    open_tips: OpenTips
    answer_screening: AnswerScreening
    stretch: Stretch
    open_safety_question: OpenSafetyQuestion
    answer_follow_up: AnswerFollowUp
    name_sign: NameSign
    note_escalation_shown: NoteEscalationShown
    see_doctor: SeeDoctor
    signs_without_consent: SignsWithoutConsent
    offer_signs: OfferSigns
    other_country: OtherCountry
    settings: Settings
    pause: Pause
    weekly_plan: WeeklyPlan
    open_planned_days: OpenPlannedDays
    forget: Forget
    show_history: ShowHistory
    plan_summaries: PlanSummaries
    make_summary: MakeSummary
    export: Export
    explain_decision: ExplainDecision
    keep_ruleset: KeepRuleset
    read_text: ReadText
    heed_signs: HeedSigns
    languages_in_use: LanguagesInUse
    cancel: Cancel
    greet_group: GreetGroup


def build_use_cases(ports: Ports, places: Places) -> UseCases:
    """Build every use case on the same ports; each names the ones it needs as its fields."""
    given = {"ports": ports, "places": places}
    kinds = get_type_hints(UseCases)
    return UseCases(
        **{
            name: kind(**{field.name: given[field.name] for field in fields(kind)})
            for name, kind in kinds.items()
        }
    )
