"""Onboarding, consent, pause, quiet hours and a runner's own times."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made import NOON, RHYTHM, runner

from bot.domain.place import Place
from bot.domain.runner import (
    COUNTRY_WAITED_FOR,
    Awaiting,
    Condition,
    Consent,
    OnboardingStep,
    Preferences,
    Profile,
    QuietHours,
    Runner,
    asked_at,
    awaited,
    onboarding_step,
    pending_place,
    rhythm_for,
    with_pending_place,
)

OSLO = Place("Oslo", "", "NO", "Europe/Oslo")
NEW = Runner(user_id=1, chat_id=1, created_at=NOON, seen_at=NOON)
OLD_CONSENT = Consent("2020-01", NOON)


def test_the_first_session_step_by_step():
    someone = NEW
    assert onboarding_step(someone) is OnboardingStep.ADULT
    someone = replace(someone, adult_at=NOON)
    assert onboarding_step(someone) is OnboardingStep.CONSENT
    someone = replace(someone, consent=runner().consent)
    assert onboarding_step(someone) is OnboardingStep.PLACE
    someone = with_pending_place(someone, OSLO)
    assert onboarding_step(someone) is OnboardingStep.CONFIRM_PLACE
    someone = replace(someone, zone="Europe/Oslo", place_confirmed_at=NOON)
    assert onboarding_step(someone) is OnboardingStep.FIRST_RUN
    someone = replace(someone, onboarded_at=NOON)
    assert onboarding_step(someone) is OnboardingStep.DONE


def test_a_consent_to_an_older_text_is_asked_for_again():
    outdated = runner(consent=OLD_CONSENT)
    assert not outdated.consented
    assert not outdated.is_ready
    assert onboarding_step(outdated) is OnboardingStep.CONSENT


@pytest.mark.parametrize("missing", ["consent", "zone", "place_confirmed_at"])
def test_check_ins_need_consent_and_a_confirmed_place(missing):
    assert runner().is_ready
    assert not runner(**{missing: None}).is_ready


def test_a_place_waits_until_it_is_confirmed():
    waiting = with_pending_place(runner(), OSLO)
    assert waiting.city == "Berlin", "until then the old one is in force"
    assert pending_place(waiting) == OSLO
    assert pending_place(runner()) is None
    assert pending_place(runner(awaiting=Awaiting.PLACE)) is None
    assert pending_place(replace(waiting, awaiting=Awaiting.CITY)) is None


@given(st.text(max_size=40))
def test_any_place_name_can_wait(name):
    waiting = pending_place(with_pending_place(runner(), replace(OSLO, name=name)))
    assert waiting is not None
    assert (waiting.zone, waiting.country) == (OSLO.zone, OSLO.country)
    assert waiting.name == name.replace("|", " ")


def test_a_pause_ends_by_itself_or_when_the_runner_is_back():
    week = runner(paused_at=NOON, paused_until=NOON + timedelta(days=7))
    assert week.is_paused(NOON + timedelta(days=6))
    assert not week.is_paused(NOON + timedelta(days=7))
    assert runner(paused_at=NOON).is_paused(NOON + timedelta(days=999))
    assert not runner().is_paused(NOON)


@pytest.mark.parametrize(
    ("start", "end", "at", "quiet"),
    [
        (time(22), time(7), time(21, 59), False),
        (time(22), time(7), time(22), True),
        (time(22), time(7), time(0), True),
        (time(22), time(7), time(6, 59), True),
        (time(22), time(7), time(7), False),
        (time(13), time(15), time(12, 59), False),
        (time(13), time(15), time(13), True),
        (time(13), time(15), time(15), False),
        (time(0), time(0), time(3), False),
    ],
)
def test_quiet_hours_may_cross_midnight(start, end, at, quiet):
    assert QuietHours(start, end).contains(at) is quiet


@given(st.times(), st.times(), st.times())
def test_quiet_hours_and_their_complement_share_no_moment(start, end, at):
    quiet, loud = QuietHours(start, end), QuietHours(end, start)
    assert quiet.contains(at) + loud.contains(at) == (0 if start == end else 1)


def test_own_times_go_before_the_operators():
    own = Preferences(timedelta(minutes=30), time(6, 30), QuietHours(time(21), time(6)))
    mine = rhythm_for(runner(preferences=own), RHYTHM)
    assert mine.first_check_in_after == timedelta(minutes=30)
    assert mine.morning_at == time(6, 30)
    assert mine.quiet_hours == QuietHours(time(21), time(6))
    assert mine.reminder_after == RHYTHM.reminder_after
    assert rhythm_for(runner(), RHYTHM) == RHYTHM


def test_midnight_is_a_morning_time_like_any_other():
    """A false-looking time must not fall back to the default."""
    assert rhythm_for(runner(preferences=Preferences(morning_at=time(0))), RHYTHM).morning_at == (
        time(0)
    )


def test_an_undisclosed_profile_blocks_like_a_yes_to_everything():
    assert Profile(undisclosed=True).blocking == frozenset(Condition)
    assert Profile(frozenset({Condition.CANCER})).blocking == {Condition.CANCER}


def test_a_typed_text_answers_what_was_asked_for():
    assert awaited(runner(), NOON) is None
    assert awaited(runner(awaiting=Awaiting.COUNTRY), NOON) is Awaiting.COUNTRY
    assert awaited(runner(zone=None), NOON) is Awaiting.CITY, "/start waits for a city"
    assert awaited(NEW, NOON) is None, "nothing is waited for without consent"


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        (NOON.isoformat(), Awaiting.EMERGENCY_COUNTRY),
        ((NOON - COUNTRY_WAITED_FOR).isoformat(), None),
        (None, None),
        ("run_time", None),
    ],
)
def test_the_country_of_an_emergency_is_waited_for_a_short_while(detail, expected):
    asked = runner(awaiting=Awaiting.EMERGENCY_COUNTRY, awaiting_detail=detail)
    assert awaited(asked, NOON) is expected


def test_when_something_was_asked_is_kept_for_run_times_and_countries_only():
    since = NOON.isoformat()
    assert asked_at(runner(awaiting=Awaiting.RUN_TIME, awaiting_detail=since)) == NOON
    assert asked_at(runner(awaiting=Awaiting.CITY, awaiting_detail=since)) is None
    assert asked_at(runner()) is None
