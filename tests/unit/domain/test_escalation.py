"""An escalation from opening to its end: seen, gone, back again, a mistake."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.made import NOON

from bot.domain.decision import Decision
from bot.domain.escalation import (
    GONE_FOR,
    TIPS_OFF_AFTER_GONE,
    Cleared,
    Escalation,
    FollowUp,
    back_again,
    behind,
    gone,
    mistaken,
    seen,
    still_gone,
)
from bot.domain.red_flags import Finding, Urgency

LATER = NOON + timedelta(hours=2)


def opened(urgency, *findings):
    return Escalation(1, urgency, frozenset(findings), NOON, asked=FollowUp.WERE_YOU_SEEN)


EMERGENCY = opened(Urgency.EMERGENCY, Finding.CHEST_PAIN)
URGENT = opened(Urgency.URGENT, Finding.ONE_LIMB)


@pytest.mark.parametrize(
    ("escalation", "how"), [(EMERGENCY, Cleared.CHECKED), (URGENT, Cleared.SEEN)]
)
def test_seen_clears_it(escalation, how):
    over = seen(escalation, LATER)
    assert not over.is_open
    assert (over.cleared, over.cleared_at, over.asked) == (how, LATER, None)


def test_an_emergency_that_went_away_is_lowered_and_keeps_tips_off_for_a_week():
    lowered = gone(EMERGENCY, LATER)
    assert lowered.is_open
    assert lowered.standing_urgency is Urgency.URGENT
    assert lowered.urgency is Urgency.EMERGENCY, "the record keeps what it was"
    assert lowered.tips_off_until == LATER + TIPS_OFF_AFTER_GONE
    assert lowered.asked is None


def test_a_same_day_sign_that_went_away_stays_urgent_for_a_day():
    waiting = gone(URGENT, LATER)
    assert waiting.is_open
    assert waiting.standing_urgency is Urgency.URGENT
    assert waiting.tips_off_until is None


def test_saying_gone_twice_does_not_restart_the_24_hours():
    once = gone(URGENT, LATER)
    assert gone(once, LATER + timedelta(hours=5)) == once


@pytest.mark.parametrize("escalation", [EMERGENCY, URGENT])
def test_gone_for_24_hours_clears_it_and_not_a_minute_earlier(escalation):
    waiting = gone(escalation, LATER)
    too_soon = still_gone(waiting, LATER + GONE_FOR - timedelta(minutes=1))
    assert too_soon.is_open
    over = still_gone(waiting, LATER + GONE_FOR)
    assert over.cleared is Cleared.GONE


def test_what_never_went_away_cannot_be_still_gone():
    assert still_gone(EMERGENCY, LATER + timedelta(days=9)).is_open


def test_a_sign_that_came_back_is_as_urgent_as_before():
    back = back_again(gone(EMERGENCY, LATER))
    assert back.standing_urgency is Urgency.EMERGENCY
    assert still_gone(back, LATER + timedelta(days=2)).is_open, "the 24 hours start anew"
    assert back.tips_off_until == LATER + TIPS_OFF_AFTER_GONE, "tips stay off all the same"


def test_a_lowered_emergency_that_was_seen_is_over():
    assert seen(gone(EMERGENCY, LATER), LATER).cleared is Cleared.SEEN


def test_a_mistake_closes_it_and_keeps_the_record():
    over = mistaken(EMERGENCY, LATER)
    assert over.cleared is Cleared.MISTAKE
    assert over.findings == EMERGENCY.findings


def test_what_is_over_stays_as_it_was():
    over = seen(EMERGENCY, LATER)
    assert mistaken(over, LATER + timedelta(days=1)) == over


def test_unspecified_means_that_no_sign_was_named():
    assert opened(Urgency.EMERGENCY, Finding.EMERGENCY_UNSPECIFIED).is_unspecified
    assert opened(Urgency.URGENT, Finding.SAME_DAY_UNSPECIFIED).is_unspecified
    assert not EMERGENCY.is_unspecified


def decided(id_, at, urgency=Urgency.URGENT, check_in_id=None):
    return Decision(1, at, urgency, (), "", (), id=id_, check_in_id=check_in_id)


def test_a_decision_belongs_to_the_escalation_it_opened_or_was_kept_with():
    hours = [NOON + timedelta(hours=number) for number in range(6)]
    first = replace(URGENT, id=1, decision_id=1, opened_at=hours[0], cleared_at=hours[2])
    second = replace(URGENT, id=2, decision_id=3, opened_at=hours[2], cleared_at=None)
    known = (first, second)
    assert behind(decided(1, hours[0]), known) == first
    assert behind(decided(2, hours[1]), known) == first, "typed beside it"
    assert behind(decided(3, hours[2]), known) == second, "it took the first one's place"
    assert behind(decided(4, hours[5]), known) == second
    assert behind(decided(5, hours[5], Urgency.ROUTINE), known) is None
    assert behind(decided(6, hours[5], check_in_id=9), known) is None
    assert behind(decided(7, NOON - timedelta(hours=1)), known) is None
