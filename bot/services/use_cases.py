"""All use cases together, built once; handlers and the worker reach them through this."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.advice import AnotherTip, NotForMe, ShowMovement
from bot.services.check_ins import (
    AnswerLate,
    AskLater,
    CheckInNow,
    GoBack,
    LeaveCheckIn,
    NoteShown,
    RecordAnswer,
)
from bot.services.groups import GreetGroup
from bot.services.library import AnswerScreening, OpenTips, Stretch
from bot.services.ports import Places, Ports
from bot.services.profiles import KeepProfile
from bot.services.reports import Export, MakeSummary, ShowHistory
from bot.services.runners import (
    AnswerConsent,
    Begin,
    ChoosePlace,
    ConfirmAdult,
    ConfirmPlaceChoice,
    DropUnconsented,
    FirstRunLater,
    NoteReachable,
    NoteSeen,
)
from bot.services.runs import (
    AddRunDetail,
    AskAboutRun,
    AskAboutRunNow,
    AskRunDetail,
    LogRun,
    LogRunYesterday,
    ReadRunTime,
    UndoLast,
    UndoRun,
)
from bot.services.safety import (
    AnswerFollowUp,
    NameSign,
    NoteEscalationShown,
    OfferSigns,
    OpenSafetyQuestion,
    OtherCountry,
    SeeDoctor,
    SignsWithoutConsent,
)
from bot.services.settings import Forget, OpenPlannedDays, Pause, Settings, WeeklyPlan
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
    make_summary: MakeSummary
    export: Export
    read_text: ReadText
    cancel: Cancel
    greet_group: GreetGroup


def build_use_cases(ports: Ports, places: Places) -> UseCases:
    """Build every use case on the same ports."""
    return UseCases(
        begin=Begin(ports, places),
        confirm_adult=ConfirmAdult(ports),
        answer_consent=AnswerConsent(ports, places),
        choose_place=ChoosePlace(ports, places),
        confirm_place=ConfirmPlaceChoice(ports, places),
        first_run_later=FirstRunLater(ports),
        note_reachable=NoteReachable(ports),
        note_seen=NoteSeen(ports),
        drop_unconsented=DropUnconsented(ports),
        check_in_now=CheckInNow(ports),
        record_answer=RecordAnswer(ports),
        go_back=GoBack(ports),
        leave_check_in=LeaveCheckIn(ports),
        ask_later=AskLater(ports),
        answer_late=AnswerLate(ports),
        note_shown=NoteShown(ports),
        ask_about_run=AskAboutRun(ports),
        log_run=LogRun(ports),
        log_run_yesterday=LogRunYesterday(ports),
        ask_about_run_now=AskAboutRunNow(ports),
        add_run_detail=AddRunDetail(ports),
        ask_run_detail=AskRunDetail(ports),
        read_run_time=ReadRunTime(ports),
        undo_run=UndoRun(ports),
        undo_last=UndoLast(ports),
        another_tip=AnotherTip(ports),
        not_for_me=NotForMe(ports),
        show_movement=ShowMovement(ports),
        keep_profile=KeepProfile(ports),
        open_tips=OpenTips(ports),
        answer_screening=AnswerScreening(ports),
        stretch=Stretch(ports),
        open_safety_question=OpenSafetyQuestion(ports),
        answer_follow_up=AnswerFollowUp(ports),
        name_sign=NameSign(ports),
        note_escalation_shown=NoteEscalationShown(ports),
        see_doctor=SeeDoctor(ports),
        signs_without_consent=SignsWithoutConsent(ports),
        offer_signs=OfferSigns(ports),
        other_country=OtherCountry(ports, places),
        settings=Settings(ports),
        pause=Pause(ports),
        weekly_plan=WeeklyPlan(ports),
        open_planned_days=OpenPlannedDays(ports),
        forget=Forget(ports),
        show_history=ShowHistory(ports),
        make_summary=MakeSummary(ports),
        export=Export(ports),
        read_text=ReadText(ports, places),
        cancel=Cancel(ports),
        greet_group=GreetGroup(ports),
    )
