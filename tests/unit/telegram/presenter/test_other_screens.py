"""Tips, runs, reports and settings as they read."""

import re
from dataclasses import replace
from datetime import time, timedelta

import pytest
from support.desk import shipped_library
from support.every_notice import RUN, SHARP
from support.made import NOON, RHYTHM, check_in, runner

from bot.domain.check_in import CheckInKind, Question
from bot.domain.load import Compared, Measure
from bot.domain.place import Place
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import Condition, Preferences, Profile
from bot.domain.schedule import Dropped, Plan, Slot
from bot.sandbox.formatting import parse_html
from bot.services import notices as n
from bot.telegram.callbacks import (
    AnotherTipTap,
    NotForMeTap,
    PlaceListTap,
    PlacePickTap,
    PlanDaysTap,
    ProfileTap,
    ReasonsTap,
    ShowMeTap,
    SignsTap,
    StretchTap,
)
from bot.telegram.codec import unpack
from bot.telegram.run_callbacks import AskNowTap

RATED = (Question.RATING, "6")
ICE, PLANK = shipped_library().tip("ice"), shipped_library().tip("plank")


def read(screen):
    return parse_html(screen.text).text


def labels(screen):
    return [key.text for row in screen.rows for key in row]


def taps(screen):
    return [unpack(key.data) for row in screen.rows for key in row]


def advice(tip, urgency=Urgency.SELF_CARE, findings=(), **fields):
    return n.Advice(check_in(RATED), urgency, frozenset(findings), tip, 3, **fields)


def test_a_tip_says_how_how_much_why_stop_if_and_where_from(draw):
    said = read(draw(advice(ICE)))
    for part in ("How:", "How much:", "Why:", "When to stop:", "Take care:", "Source:"):
        assert part in said
    assert said.endswith("/doctor shows whom to call.")


def test_the_reasons_against_a_medicine_are_listed_and_no_answer_is_the_easy_one(draw):
    pill = shipped_library().tip("otc-pain-relief")
    screen = draw(n.ReasonsAgainst(n.TipsSection.WHEN_IT_HURTS, pill))
    said = read(screen)
    for reason in (
        "Under 18 or over 65",
        "Pregnant or trying to be",
        "Asthma",
        "Aspirin or a pill like it made you ill",
        "stomach ulcer or a bleed",
        "Kidney or liver",
        "Heart trouble or a stroke",
        "High blood pressure",
        "Bowel disease",
        "Chickenpox or shingles",
        "blood thinners or steroids",
        "blood pressure or mood",
        "water pills",
        "lithium or methotrexate",
        "a pill of this kind already",
        "Dark pee",
        "over 2 hours in the last 24 hours",
        "hot or thirsty run in the last 24 hours",
        "running or about to run",
    ):
        assert reason in said
    answers = [tap.reasons for tap in taps(screen) if isinstance(tap, ReasonsTap)]
    assert answers == list(n.Reasons)
    assert SignsTap() in taps(screen), "cola-coloured pee is an emergency sign"


def test_with_a_reason_against_it_nothing_of_the_tip_is_said(draw):
    pill = shipped_library().tip("otc-pain-relief")
    screen = draw(n.AskFirst(n.TipsSection.WHEN_IT_HURTS, pill))
    assert read(screen).splitlines() == [
        "Ask a pharmacist",
        "",
        "Ask a pharmacist or a doctor first.",
    ]
    assert labels(screen) == ["When it hurts"]


def test_pain_that_lasts_brings_what_the_nhs_says_in_the_uk(draw):
    lasting = advice(ICE, Urgency.ROUTINE, {Finding.PAIN, Finding.LASTING_14})
    assert "an urgent GP appointment or call 111." in read(draw(lasting, runner(country="GB")))
    assert "NHS" not in read(draw(lasting, runner(country="DE")))


def test_a_routine_answer_says_why_in_plain_words_and_takes_the_runners_word(draw):
    screen = draw(advice(ICE, Urgency.ROUTINE, {Finding.PAIN, Finding.LASTING_14}))
    said = read(screen)
    assert "Please see a doctor or physio in the next days." in said
    assert "Because: Pain for 2 weeks or more" in said
    assert "Because: Pain\n" not in said
    assert {"I have seen someone", "I have an appointment"} <= set(labels(screen))
    assert "I have seen someone" not in labels(draw(advice(ICE)))


def test_firm_reasons_are_told_in_firm_words(draw):
    said = read(draw(advice(ICE, Urgency.ROUTINE, {Finding.LASTING_28}, firm=True)))
    assert said.startswith("Please book a doctor or physio now.")


@pytest.mark.parametrize(
    ("word", "line"), [("seen", "you have seen someone"), ("booked", "you have an appointment")]
)
def test_the_runners_word_stands_in_place_of_its_buttons(draw, word, line):
    known = check_in(RATED, (Question.ACKNOWLEDGED, word))
    screen = draw(n.Advice(known, Urgency.ROUTINE, frozenset({Finding.LASTING_42}), ICE, 3))
    assert line in read(screen)
    assert "I have seen someone" not in labels(screen)


def test_a_tip_with_a_movement_can_be_shown_and_any_can_be_declined(draw):
    assert {ShowMeTap("plank"), NotForMeTap(3), AnotherTipTap(1)} <= set(taps(draw(advice(PLANK))))
    assert ShowMeTap("ice") not in taps(draw(advice(ICE)))
    assert AnotherTipTap(1) not in taps(draw(advice(ICE, more=False)))


def test_whom_to_see_comes_before_the_tip_with_its_reason(draw):
    said = read(draw(advice(ICE, Urgency.ROUTINE, {Finding.SEVERE_PAIN, Finding.PAIN})))
    assert said.startswith("Please see a doctor or physio in the next days.\nBecause: Pain of 7")
    assert "Because: Pain\n" not in said


def test_away_from_the_upper_back_it_says_that_this_is_general_care(draw):
    lower = check_in(RATED, (Question.REGION, "lower"))
    said = read(draw(replace(advice(ICE), check_in=lower)))
    assert "away from the upper back" in said


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "no tip that fits"),
        ({"more": False}, "That was all I have for today."),
        ({"held_back": True}, "One question first"),
        ({"off_until": NOON + timedelta(days=7)}, "Wed 17 Jun, 14:00"),
    ],
)
def test_no_tip_has_its_reason_and_the_signs_button(draw, fields, words):
    screen = draw(advice(None, **fields))
    assert words in read(screen)
    assert SignsTap() in taps(screen)


def test_a_barred_tip_shows_its_name_and_why_it_is_not_for_now(draw):
    page = n.TipPage(n.TipsSection.WHEN_IT_HURTS, PLANK, barred=True)
    said = read(draw(page))
    assert "Not for you right now" in said
    assert "How:" not in said


def test_the_set_goes_back_and_on_and_ends(draw):
    first = draw(n.StretchStep(PLANK, 1, 3, "y"))
    assert labels(first) == ["Next", "Stop"]
    assert first.attachment.kind == "photo"
    last = draw(n.StretchStep(PLANK, 3, 3, "y"))
    assert labels(last) == ["Back", "Finish", "Stop"]
    assert StretchTap(2, "y") in taps(last)


def test_the_profile_shows_what_is_ticked_and_carries_it_on(draw):
    ticked = Profile(frozenset({Condition.CANCER}))
    screen = draw(n.ProfileQuestion(ticked, n.Purpose.ADVICE, 5))
    assert "✓ Cancer, now or in the past" in labels(screen)
    assert ProfileTap("c", n.Purpose.ADVICE, 5, save=True) in taps(screen)
    assert ProfileTap("u", n.Purpose.ADVICE, 5, save=True) in taps(screen)
    assert "Done" in labels(screen)
    assert "None of these" in labels(draw(n.ProfileQuestion(Profile(), n.Purpose.ADVICE)))


SOON = Slot(CheckInKind.SOON_AFTER, NOON + timedelta(hours=1), NOON.date())
MORNING = Slot(CheckInKind.MORNING, NOON + timedelta(hours=18), NOON.date())


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan((SOON, MORNING)), "15:00"),
        (Plan((replace(SOON, due_at=NOON),)), "I'll ask in a moment."),
        (Plan((MORNING,), Dropped.QUIET_HOURS), "quiet hours"),
        (Plan((MORNING,), Dropped.PAST), "too long ago for a first question"),
        (Plan((), Dropped.PAST), "too long ago for a check-in"),
        (Plan((SOON, MORNING)), "Thu 11 Jun, 08:00"),
    ],
)
def test_a_logged_run_says_when_the_check_ins_come(draw, plan, words):
    assert words in read(draw(n.RunLogged(RUN, plan)))


def test_ask_me_now_is_offered_where_it_makes_sense(draw):
    assert AskNowTap(RUN.id) in taps(draw(n.RunLogged(RUN, Plan((MORNING,)))))
    asked = n.RunLogged(RUN, Plan((MORNING,), ask_now=False))
    assert AskNowTap(RUN.id) not in taps(draw(asked))


def test_a_locked_or_paused_run_says_so(draw):
    assert "No check-ins while a warning sign is open." in read(
        draw(n.RunLogged(RUN, Plan(()), locked=True))
    )
    assert "You paused me" in read(draw(n.RunLogged(RUN, Plan(()), paused=True)))


def test_distance_and_time_are_repeated(draw):
    far = replace(RUN, distance_km=12.5, duration=timedelta(minutes=70))
    said = read(draw(n.RunLogged(far, Plan(()))))
    assert "Distance: 12.5 km" in said
    assert "Time: 70 min" in said


def test_a_run_far_beyond_the_longest_is_told_as_odds_and_alarms_nobody(draw):
    far = replace(RUN, distance_km=12.5)
    said = read(draw(n.RunLogged(far, Plan(()), beside=Compared(Measure.DISTANCE, 12.5, 10))))
    assert "25 % further than your longest run of the 30 days before" in said
    assert "injuries came 1.6 times as often" in said
    assert "Most runs like that led to no injury." in said
    assert not re.search("danger|warning|too far|too much|should", said, re.IGNORECASE)


def test_settings_turn_the_weekly_summary_off_and_on(draw):
    on = n.SettingsPage(runner(), RHYTHM)
    off = n.SettingsPage(runner(preferences=Preferences(summary=False)), RHYTHM)
    assert "Stop the weekly summary" in labels(draw(on))
    assert "Weekly summary: off" in read(draw(off))
    assert "Send the weekly summary" in labels(draw(off))


def test_the_editor_carries_the_plan_as_it_would_be(draw):
    screen = draw(n.PlanEditor(frozenset({2}), time(18, 30)))
    assert "✓ Wed" in labels(screen)
    assert PlanDaysTap("-", "1830", save=False) in taps(screen), "a tick taken off"
    assert PlanDaysTap("02", "1830", save=False) in taps(screen)
    assert PlanDaysTap("2", "1830", save=True) in taps(screen)
    assert PlanDaysTap("2", "0700", save=False) in taps(screen)


def test_settings_show_a_pause_only_while_it_lasts(draw):
    over = runner(paused_at=NOON - timedelta(days=2), paused_until=NOON)
    on = runner(paused_at=NOON, paused_until=NOON + timedelta(days=1))
    rhythm = n.SettingsPage(over, RHYTHM)
    assert "Paused" not in read(draw(rhythm, over))
    assert "Paused until Thu 11 Jun, 14:00" in read(draw(replace(rhythm, runner=on), on))


def test_found_cities_and_the_short_list_carry_different_buttons(draw):
    oslo = (Place("Oslo", "", "NO", "Europe/Oslo"),)
    assert PlacePickTap(0, "NO") in taps(draw(n.PlaceChoice(oslo, typed=True)))
    assert PlaceListTap(0) in taps(draw(n.PlaceChoice(oslo, typed=False)))


def test_in_the_uk_the_nhs_line_comes_with_the_place(draw):
    assert "NHS" in read(draw(n.PlaceKept(runner(country="GB", city="Leeds"), 0)))
    assert "NHS" not in read(draw(n.PlaceKept(runner(), 0)))


def test_names_never_break_the_markup(draw):
    kept = n.PlaceKept(runner(city=SHARP), 0)
    assert SHARP in read(draw(kept))
    assert "&lt;b&gt;" in draw(kept).text


def test_times_are_short_today_and_dated_otherwise(scene):
    here = scene()
    assert here.moment(NOON + timedelta(hours=5)) == "19:00"
    assert here.moment(NOON + timedelta(hours=11)) == "Thu 11 Jun, 01:00"
    assert scene(None).moment(NOON) == "12:00"
    assert here.clock(time(7, 5)) == "07:05"
    assert here.weekday(6) == "Sun"
