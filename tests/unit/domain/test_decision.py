"""What is kept of decisions and tips."""

from datetime import timedelta

from support.made import NOON

from bot.domain.check_in import Question
from bot.domain.decision import Decision, GivenTip
from bot.domain.pain import Effect
from bot.domain.red_flags import Urgency


def decision(answers=(), check_in_id=None):
    return Decision(1, NOON, Urgency.URGENT, (), "hash", answers, check_in_id=check_in_id)


def test_a_decision_without_answers_and_check_in_came_from_words():
    rated = ((Question.RATING, "4"),)
    assert decision().is_from_words
    assert not decision(rated).is_from_words
    assert not decision(check_in_id=7).is_from_words
    assert not decision(rated, 7).is_from_words


def test_a_tip_keeps_how_it_did_and_since_when():
    given = GivenTip(1, "ice", NOON, asked_for=False)
    later = NOON + timedelta(days=1)
    helped = given.with_effect(Effect.HELPED, later)
    assert (helped.effect, helped.effect_at) == (Effect.HELPED, later)
    assert (given.effect, helped.given_at) == (None, NOON)
