"""Everything a runner can be shown: each notice of each union, with every choice it can carry.

A notice without a sample here fails tests/unit/telegram/presenter/test_every_notice.py.
"""

from dataclasses import replace
from datetime import time, timedelta
from functools import cache

from support.desk import shipped_atlas, shipped_library
from support.made import HEALTHY, NOON, RHYTHM, check_in, rated, runner

from bot.domain.check_in import AFTERWARDS, CheckInKind, Closed, Kept, Question
from bot.domain.decision import Decision
from bot.domain.escalation import Cleared, Escalation, FollowUp, Reached, gone
from bot.domain.history import (
    History,
    Occasion,
    PauseMark,
    Period,
    RatingMark,
    RunMark,
    SignMark,
)
from bot.domain.load import Compared, Measure
from bot.domain.pain import BodyRegion, Contributor, Effect, Phase
from bot.domain.place import Place
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.domain.rulesets import kept
from bot.domain.runner import (
    Condition,
    OnboardingStep,
    PlannedRun,
    Preferences,
    Profile,
    QuietHours,
)
from bot.domain.schedule import Dropped, Plan, Run, Slot
from bot.domain.trends import ratings
from bot.services import notices as n
from bot.services.notices.explaining import ChosenTip, FiredRule, Said

BIG = 2**52 - 1
"""The largest id Telegram promises to stay under; ours are smaller."""

CLEAN = ((Question.EMERGENCY, "none"), (Question.SAME_DAY, "none"))
RATED = (Question.RATING, "6")
SHARP = "<b>5 & 6</b>"
"""A name that would break the markup if it were not escaped."""

EMERGENCY = Escalation(1, Urgency.EMERGENCY, frozenset({Finding.EMERGENCY_UNSPECIFIED}), NOON, BIG)
URGENT = Escalation(1, Urgency.URGENT, frozenset({Finding.NIGHT_PAIN}), NOON, BIG)
LONGEST_NAMES = (Finding.ONE_LIMB, Finding.FAINTED_OR_STROKE)
"""A check-in reports one sign of each list at most; these have the longest short names."""

ESCALATIONS = (
    EMERGENCY,
    URGENT,
    gone(EMERGENCY, NOON),
    replace(URGENT, cleared_at=NOON),
)
RUN = Run(1, NOON - timedelta(hours=1), NOON, id=BIG)
PLACES = (Place("Oslo", "", "NO", "Europe/Oslo"), Place(SHARP, "Oregon", "US", "America/Denver"))


def prompts():
    """A check-in at every question, of every kind, fresh, late, reminded of and toggled."""
    rich = check_in(RATED, *CLEAN, (Question.DAILY_LIFE, "yes"), id=BIG, kept=Kept(tip_id="ice"))
    for question in set(Question) - AFTERWARDS:
        yield n.Prompt(rich, question)
        yield n.Prompt(check_in(id=BIG, kept=Kept(tip_id="plank")), question)
    for kind in CheckInKind:
        yield n.Prompt(check_in(kind=kind), Question.RATING, reminding=True)
        yield n.Prompt(check_in(kind=kind, late=True, opened_at=None), Question.EMERGENCY)


def answered():
    """Check-ins with every answer there is."""
    yield check_in()
    for value in [*map(str, range(11)), "wrong"]:
        yield check_in((Question.RATING, value))
    for contributor in Contributor:
        yield check_in(RATED, *CLEAN, (Question.CONTRIBUTOR, contributor))
    for region in BodyRegion:
        yield check_in(RATED, *CLEAN, (Question.REGION, "else"), (Question.ELSEWHERE, region))
        yield check_in(RATED, *CLEAN, kept=Kept(region))
    for effect in Effect:
        yield check_in(RATED, *CLEAN, (Question.HELPED, effect), kept=Kept(tip_id="ice"))
    for toggle in ("yes", "no"):
        yield check_in(RATED, *CLEAN, (Question.DAILY_LIFE, toggle))
    yield from signed()


def signed():
    """Check-ins in which a sign was named, of each list."""
    for sign in shipped_library().ruleset.emergency_signs:
        yield check_in(RATED, (Question.EMERGENCY, "some"), (Question.EMERGENCY_WHICH, sign))
    for sign in shipped_library().ruleset.same_day_signs:
        named = ((Question.SAME_DAY, "some"), (Question.SAME_DAY_WHICH, sign))
        yield check_in(RATED, CLEAN[0], *named)
    for sign in shipped_library().ruleset.weekly_signs:
        named = ((Question.WEEKLY, "some"), (Question.WEEKLY_WHICH, sign))
        yield check_in(RATED, *CLEAN, *named)
    yield check_in(RATED, *CLEAN, (Question.WEEKLY, "none"), (Question.ACKNOWLEDGED, "seen"))


def closed():
    """Check-ins in their final form."""
    for one in answered():
        yield n.ClosedCheckIn(replace(one, closed=Closed.DONE, closed_at=NOON), pain_free=3)
    for reason in Closed:
        for answers in ((), (RATED,), ((Question.RATING, "0"),)):
            ended = check_in(*answers, id=BIG, closed=reason, closed_at=NOON)
            yield n.ClosedCheckIn(ended, pain_free=1)
    yield n.ClosedCheckIn(check_in(), snoozed_until=NOON + timedelta(hours=1))
    yield n.ClosedCheckIn(check_in(RATED, closed=Closed.DONE, closed_at=NOON), escalated=True)


def check_ins():
    yield from prompts()
    yield from closed()
    yield n.MovedBelow()
    yield n.BackMap(BIG)


def advice():
    tips = shipped_library().tips
    for tip in tips:
        yield n.Advice(check_in(RATED, id=BIG), Urgency.SELF_CARE, frozenset(), tip, BIG)
        yield n.Prevention(tip, BIG)
        yield n.TipAside(tip)
        if tip.asks_first:
            yield n.ReasonsAgainst(n.TipsSection.WHEN_IT_HURTS, tip)
            yield n.AskFirst(n.TipsSection.WHEN_IT_HURTS, tip)
        for section in n.TipsSection:
            yield n.TipPage(section, tip, barred=section is n.TipsSection.BEFORE)
        if tip.movement:
            yield n.MovementShown(tip)
            yield n.MovementShown(tip, still=True)
            yield n.StretchStep(tip, 1, 9, "cbtpuo")
            yield n.StretchStep(tip, 9, 9, "-")
    yield from advice_without_a_tip()
    yield n.MovementShown(shipped_library().tip("ice"))
    yield n.SignsDenied(check_in())
    yield n.TipsMenu()
    for section in n.TipsSection:
        yield n.TipsList(section, tips)
    for purpose in n.Purpose:
        yield n.Screening(purpose, "DE")
        yield n.ProfileQuestion(Profile(), purpose, BIG)
        yield n.ProfileQuestion(Profile(frozenset(Condition), HEALTHY.age_band), purpose, BIG)
    yield n.ProfileKept(HEALTHY)
    for how in n.StretchEnd:
        yield n.StretchOver(how)
    yield n.TipsOff(NOON + timedelta(days=7))


def advice_without_a_tip():
    elsewhere = check_in(RATED, (Question.REGION, "lower"))
    everything = frozenset(Finding)
    ice = shipped_library().tip("ice")
    yield n.Advice(elsewhere, Urgency.ROUTINE, everything, ice, BIG, more=False)
    yield n.Advice(check_in(RATED), Urgency.ROUTINE, everything, None, held_back=True)
    for said in ("seen", "booked"):
        known = check_in(RATED, (Question.ACKNOWLEDGED, said))
        yield n.Advice(known, Urgency.ROUTINE, everything, ice, BIG, firm=True)
    for more in (True, False):
        yield n.Advice(check_in(RATED), Urgency.SELF_CARE, frozenset(), None, more=more)
    off = NOON + timedelta(days=7)
    yield n.Advice(check_in(RATED), Urgency.SELF_CARE, frozenset(), None, off_until=off)


def escalations():
    """Every way an EMERGENCY or URGENT is told."""
    rules = shipped_library().ruleset
    for which in SignList:
        for sign in (*rules.signs(which), which.unspecified):
            for id_ in (BIG, None):
                yield n.EscalationNotice(which.urgency, frozenset({sign}), id_, "DE")
    for country in (*shipped_library().numbers.countries, "AQ", None):
        for which in SignList:
            yield n.EscalationNotice(which.urgency, frozenset({which.unspecified}), BIG, country)
    for findings in (
        {Finding.VERY_SEVERE_PAIN, Finding.SEVERE_PAIN, Finding.PAIN},
        {Finding.SEVERE_TWICE, Finding.PAIN},
        {Finding.PAIN_IN_CHEST, Finding.PAIN},
        {Finding.CANCER_HISTORY, Finding.PAIN},
        {Finding.FRAGILE_BONES, Finding.PAIN},
        *({finding} for finding in Finding),
        set(Finding),
        set(),
    ):
        yield n.EscalationNotice(Urgency.URGENT, frozenset(findings), BIG, "GB")


def follow_ups():
    for escalation in ESCALATIONS:
        yield n.MistakeQuestion(escalation)
        yield n.LockReminder(escalation)
        yield n.DoctorPage("GB", escalation)
        for question in (FollowUp.REACHED_HELP, FollowUp.WERE_YOU_SEEN, FollowUp.STILL_GONE):
            yield n.FollowUpQuestion(escalation, question)
        for reply in n.FollowUpReply:
            yield n.FollowUpAnswered(escalation, reply)


def safety():
    yield from escalations()
    yield from follow_ups()
    for country in ("DE", "US", "AQ"):
        yield n.LocalNumber(country)
        yield n.DoctorPage(country, None)
    yield n.DoctorPage(None, None)
    for asked in ((True, False), (True, True), (False, False), (False, True)):
        yield n.CountryQuestion(*asked)
    for why in n.NotRead:
        yield n.SignsOffer(why, "DE")
        yield n.SignsOffer(why, None)
    for which in (SignList.EMERGENCY, SignList.SAME_DAY):
        yield n.SignsQuestion(which)
    yield n.SignsWithoutRecord()


def runners():
    known = runner(city=SHARP)
    for step in OnboardingStep:
        yield n.Onboarding(step, known)
        yield n.Onboarding(step)
    yield n.Welcome(None)
    yield n.Welcome(NOON + timedelta(days=1))
    yield n.Underage()
    yield n.Declined()
    for typed in (True, False):
        yield n.PlaceChoice(PLACES, typed)
    yield n.PlaceChoice(shipped_atlas().short_list(), typed=False)
    for place in (*PLACES, Place("Nowhere", "", "", "UTC"), Place("Base", "", "AQ", "UTC")):
        yield n.ConfirmPlace(place, NOON)
    for country in ("DE", "GB", "AQ", None):
        yield n.PlaceKept(replace(known, country=country), 2)
    yield n.PlaceKept(replace(known, city=None), 0)
    yield from settings(known)
    for which in n.Plain:
        yield n.PlainNotice(which)


def settings(known):
    always_loud = replace(RHYTHM, quiet_hours=QuietHours(time(0), time(0)))
    for rhythm in (RHYTHM, always_loud):
        yield n.Preview(rhythm)
        yield n.SettingsPage(known, rhythm)
        for choice in n.Choice:
            yield n.SettingChoice(choice, rhythm)
    silent = Preferences(reminder=False, summary=False)
    yield n.SettingsPage(replace(known, preferences=silent, city=None, country=None), RHYTHM)
    for until in (NOON + timedelta(days=7), None):
        yield n.SettingsPage(replace(known, paused_at=NOON, paused_until=until), RHYTHM)
        yield n.Paused(until)
    yield n.PauseQuestion()
    yield n.Resumed()
    yield n.ForgetQuestion()
    for records in (0, 1, 1234):
        yield n.Forgotten(NOON, records)


def runs():
    for which in n.RunWhen:
        yield n.RunQuestion(which)
    soon = Slot(CheckInKind.SOON_AFTER, NOON, NOON.date())
    later = replace(soon, due_at=NOON + timedelta(hours=1))
    morning = Slot(CheckInKind.MORNING, NOON + timedelta(hours=18), NOON.date())
    for plan in (
        Plan((soon, morning)),
        Plan((later, morning), ask_now=False),
        Plan((morning,), Dropped.QUIET_HOURS),
        Plan((morning,), Dropped.PAST),
        Plan((), Dropped.PAST),
        Plan(()),
    ):
        for paused in (True, False):
            yield n.RunLogged(RUN, plan, paused=paused)
    far = replace(RUN, distance_km=42.195, duration=timedelta(hours=4, minutes=5))
    yield n.RunLogged(far, Plan((morning,)))
    yield n.RunLogged(RUN, Plan(()), locked=True)
    for measure in Measure:
        for amount in (11.5, 15, 25):
            yield n.RunLogged(far, Plan((morning,)), beside=Compared(measure, amount, 10))
    for detail in n.RunDetail:
        yield n.RunDetailQuestion(BIG, detail)
    yield n.RunUndone(RUN)


def histories():
    """Pictures of every length, from nothing to as much as fits into three months."""
    day = timedelta(days=1)
    for period in Period:
        last = NOON.date()
        yield History(period, last)
        yield History(period, last, ratings=(RatingMark(NOON, 3, Occasion.AFTER),))
        days = [NOON - day * ago for ago in range(period)]
        yield History(
            period,
            last,
            ratings=tuple(RatingMark(at, at.day % 11, one) for at in days for one in Occasion),
            runs=tuple(RunMark(at, 12.125, 123, is_longest=True) for at in days for _ in range(3)),
            missed=tuple(days * 3),
            signs=tuple(SignMark(at, frozenset(LONGEST_NAMES)) for at in days),
            tips=tuple(days * 3),
            pauses=(PauseMark(days[-1], NOON),),
        )
        yield History(period, last, runs=(RunMark(NOON), RunMark(NOON, None, 45)))


def reports():
    every_kind = tuple(n.Coming(kind, NOON) for kind in CheckInKind)
    plan = (PlannedRun(0, time(18)), PlannedRun(6, time(18)))
    yield n.PlanPage(every_kind, runner(plan=plan))
    yield n.PlanPage((), runner())
    yield n.PlanOffer()
    for days in (frozenset(), frozenset(range(7))):
        yield n.PlanEditor(days, time(18, 30))
        yield n.PlanEditor(days, time(3, 7))
    for history in histories():
        yield n.HistoryShown(history)
        yield n.WeeklySummary(history)
    yield n.ExportFile("aftermile-runs.csv", b"ended_at\n")
    yield from summaries()


def summaries():
    """Nothing at all, some of everything, and more of everything than a page has room for."""
    for span in n.Span:
        yield n.Summary(span, NOON - timedelta(days=14), NOON)
    yield crowded(n.Span.SIX_WEEKS, 42)
    yield crowded(n.Span.ALL, 700)


def crowded(span, days):
    """A summary with the longest lists of the longest words, and words of another release."""
    ends = (replace(URGENT, cleared=how, cleared_at=NOON) for how in Cleared)
    open_ones = (EMERGENCY, replace(EMERGENCY, reached=Reached.ON_THE_WAY), gone(EMERGENCY, NOON))
    longest = tuple(sorted(Finding, key=len))[-6:]
    since = NOON - timedelta(days=days)
    check_ins = tuple(
        replace(
            rated(number % 11, at=since + timedelta(hours=12 * number), kind=kind),
            kept=Kept(BodyRegion.BETWEEN_BLADES, Contributor.LONGER_FASTER),
            closed=Closed.DONE,
        )
        for number in range(2 * days)
        for kind in (CheckInKind.SOON_AFTER, CheckInKind.MORNING, CheckInKind.ASKED)
    )
    missed = (check_in(closed=Closed.TOO_LATE, opened_at=None), check_in(closed=Closed.EXPIRED))
    tips = [
        n.TriedTip(tip.id, 4, NOON, dict.fromkeys(Effect, 1), unwanted=True)
        for tip in shipped_library().tips
    ]
    return n.Summary(
        span=span,
        since=since,
        until=NOON,
        asked=(*check_ins, *missed),
        ratings=ratings(check_ins),
        both_denied=(NOON,) * 500,
        signs=tuple(
            n.SignReport(NOON - timedelta(days=number), urgency, longest, one, word)
            for number, one in enumerate((*open_ones, *ends, None))
            for urgency in Urgency
            for word in (None, "seen", "booked")
        ),
        advised=tuple(
            n.Advised((*longest, f"no-longer-<{number}>"), 1234, NOON, "booked")
            for number in range(20)
        ),
        decided=dict.fromkeys(Urgency, 1234),
        taken_back=99,
        tips=(n.TriedTip("no-longer-there", 1, NOON, {}), *tips),
        runs=(RUN, replace(RUN, distance_km=42.195, duration=timedelta(hours=4, minutes=5))) * 99,
        episode_since=since,
        ruleset_hash="0123456789abcdef",
    )


def explanations():
    """Decisions of every kind and length; the longest has every rule, finding and answer at once.

    Words and ids of another release are in it as well.
    """
    yield n.NothingDecided()
    ruleset = kept(shipped_library().ruleset, NOON)
    everything = tuple(FiredRule(rule.id, rule) for rule in ruleset.rules)
    answers = {Question.RATING: "10", Question.EMERGENCY: "some", Question.SAME_DAY: "some"}
    values = {
        **answers,
        Question.EMERGENCY_WHICH: "fainted-or-stroke",
        Question.SAME_DAY_WHICH: "no-longer-<there>",
        Question.REGION: "else",
        Question.ELSEWHERE: "chest",
        Question.DAILY_LIFE: "yes",
        Question.CONTRIBUTOR: "longer",
        Question.HELPED: "not_tried",
    }
    said = tuple(Said(question, value, NOON) for question, value in values.items())
    decided = Decision(
        1, NOON, Urgency.EMERGENCY, (), ruleset.hash, tuple(values.items()), id=BIG, check_in_id=1
    )
    whole = n.Explanation(decided, said, Kept(), everything, (), ruleset, changed=True)
    whole = replace(whole, earlier=decided)
    in_words = replace(decided, answers=(), check_in_id=None, findings=frozenset(Finding))
    bare = replace(decided, answers=(), urgency=Urgency.SELF_CARE)
    known_tip = shipped_library().tip("shoulder-rolls")
    chosen = ChosenTip(
        known_tip.id,
        known_tip,
        3,
        BodyRegion.BETWEEN_BLADES,
        Contributor.STIFF_SHOULDERS,
        Phase.ACUTE,
        helped_before=True,
    )
    signed = replace(ruleset.rules[0], reviewed_by="Dr Ito", sources=("<gone>",), any_of=("<w>",))
    yield from (replace(whole, lock=lock, mistaken=True) for lock in (EMERGENCY, URGENT, None))
    yield replace(whole, decision=in_words, said=())
    yield replace(whole, rules=(FiredRule("gone", None),), ruleset=None)
    yield replace(whole, decision=bare, said=(), rules=(), changed=False, tips_off=True)
    yield replace(whole, rules=(FiredRule("signed", signed),))
    yield replace(whole, rules=(FiredRule("signed", signed), *everything[:2]))
    kept_before = Kept(BodyRegion.ONE_SIDE, Contributor.CARRIED, "ice")
    yield replace(whole, said=said[:1], kept=kept_before, tips=(chosen, chosen))
    yield replace(whole, tips=(replace(chosen, rating=0, helped_before=False),))
    elsewhere = replace(chosen, region=None, contributor=None, phase=Phase.SETTLING)
    yield replace(whole, tips=(elsewhere, replace(chosen, id="gone", tip=None)))


@cache
def every_notice():
    """All samples, as a list that keeps its order."""
    features = (check_ins, advice, safety, runners, runs, reports, explanations)
    return [one for feature in features for one in feature()]
