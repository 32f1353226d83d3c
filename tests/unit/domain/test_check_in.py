"""The next question follows from the stored answers, on every way through a check-in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made import NOON, check_in

from bot.domain.check_in import (
    ELSEWHERE,
    IS_OVER,
    NO,
    NONE_OF_THESE,
    ONE_OR_MORE,
    SAFETY_QUESTIONS,
    SOMETHING_WRONG,
    YES,
    CheckInKind,
    Kept,
    Question,
    next_question,
    standing,
)
from bot.domain.pain import BodyRegion, Contributor, Effect
from bot.domain.red_flags import Finding

RATING, EM, SD, SDW = (
    Question.RATING,
    Question.EMERGENCY,
    Question.SAME_DAY,
    Question.SAME_DAY_WHICH,
)
CLEAN = ((EM, NONE_OF_THESE), (SD, NONE_OF_THESE))
ALL_KEPT = Kept(BodyRegion.ONE_SIDE, Contributor.HUNCHED, "ice")


def walked(answers, **fields):
    """Every question asked on the way through these answers, in order."""
    counts = range(len(answers) + 1)
    return [next_question(check_in(*answers[:count], **fields)) for count in counts]


@pytest.mark.parametrize(
    "kind", [CheckInKind.SOON_AFTER, CheckInKind.MORNING, CheckInKind.PLANNED, CheckInKind.ASKED]
)
def test_no_pain_is_one_tap(kind):
    assert walked([(RATING, "0")], kind=kind) == [RATING, None]


def test_pain_is_at_most_five_taps():
    answers = [
        (RATING, "4"),
        *CLEAN,
        (Question.REGION, BodyRegion.BETWEEN_BLADES),
        (Question.CONTRIBUTOR, Contributor.STIFF_SHOULDERS),
    ]
    asked = walked(answers)
    assert asked == [RATING, EM, SD, Question.REGION, Question.CONTRIBUTOR, None]


def test_pain_somewhere_else_asks_where():
    answers = [(RATING, "4"), *CLEAN, (Question.REGION, ELSEWHERE), (Question.ELSEWHERE, "limb")]
    assert walked(answers)[-2:] == [Question.ELSEWHERE, Question.CONTRIBUTOR]


@pytest.mark.parametrize("place", [BodyRegion.CHEST, BodyRegion.BELLY])
def test_pain_in_chest_or_belly_goes_back_through_both_lists(place):
    answers = [
        (RATING, "4"),
        *CLEAN,
        (Question.REGION, ELSEWHERE),
        (Question.ELSEWHERE, place),
        *CLEAN,
    ]
    assert walked(answers)[-3:] == [EM, SD, Question.CONTRIBUTOR]


def test_the_first_answers_to_the_lists_do_not_stand_after_chest():
    asked_again = check_in(
        (RATING, "4"), (EM, NONE_OF_THESE), (SD, ONE_OR_MORE), (SDW, "one-limb")
    )
    assert standing(asked_again)[SDW] == "one-limb"
    with_chest = check_in((RATING, "4"), *CLEAN, (Question.ELSEWHERE, BodyRegion.CHEST))
    assert not standing(with_chest).keys() & {EM, SD, SDW}


def test_one_emergency_sign_ends_the_questions_at_once():
    assert walked([(RATING, "4"), (EM, ONE_OR_MORE)]) == [RATING, EM, None]


def test_a_same_day_sign_is_named_and_ends_the_questions():
    answers = [(RATING, "4"), (EM, NONE_OF_THESE), (SD, ONE_OR_MORE), (SDW, "one-limb")]
    assert walked(answers) == [RATING, EM, SD, SDW, None]


def test_no_pain_but_something_is_wrong_asks_both_lists_and_nothing_else():
    answers = [(RATING, SOMETHING_WRONG), *CLEAN]
    assert walked(answers) == [RATING, EM, SD, None]
    assert check_in(*answers).rating == 0


@pytest.mark.parametrize("kind", [CheckInKind.SIGNS, CheckInKind.SCREEN])
def test_a_look_at_the_signs_asks_for_no_rating(kind):
    assert walked(CLEAN, kind=kind) == [EM, SD, None]


def test_the_next_morning_keeps_place_and_contributor_and_asks_whether_it_helped():
    answers = [(RATING, "3"), *CLEAN, (Question.HELPED, Effect.HELPED)]
    asked = walked(answers, kind=CheckInKind.MORNING, kept=ALL_KEPT)
    assert asked == [RATING, EM, SD, Question.HELPED, None]


WEEKLY, WEEKLY_WHICH = Question.WEEKLY, Question.WEEKLY_WHICH
WEEKLY_KEPT = Kept(BodyRegion.ONE_SIDE, Contributor.HUNCHED, "ice", weekly=True)


def test_the_weekly_list_follows_the_two_others_and_keeps_a_morning_to_five_taps():
    answers = [(RATING, "3"), *CLEAN, (WEEKLY, NONE_OF_THESE), (Question.HELPED, Effect.HELPED)]
    asked = walked(answers, kind=CheckInKind.MORNING, kept=WEEKLY_KEPT)
    assert asked == [RATING, EM, SD, WEEKLY, Question.HELPED, None]


def test_a_sign_of_the_weekly_list_is_named_and_the_questions_go_on():
    answers = [(RATING, "3"), *CLEAN, (WEEKLY, ONE_OR_MORE), (WEEKLY_WHICH, "meal-pain")]
    asked = walked(answers, kind=CheckInKind.MORNING, kept=WEEKLY_KEPT)
    assert asked == [RATING, EM, SD, WEEKLY, WEEKLY_WHICH, Question.HELPED]


@pytest.mark.parametrize("rating", ["0", SOMETHING_WRONG])
def test_no_weekly_list_without_pain(rating):
    answers = [(RATING, rating), *(CLEAN if rating == SOMETHING_WRONG else ())]
    assert WEEKLY not in walked(answers, kind=CheckInKind.MORNING, kept=WEEKLY_KEPT)


def test_the_runners_word_on_the_advice_is_no_part_of_the_check_in():
    answered = check_in((RATING, "3"), *CLEAN)
    heard = check_in((RATING, "3"), *CLEAN, (Question.ACKNOWLEDGED, "seen"))
    assert heard.last_touched_at == answered.last_touched_at
    assert next_question(heard) is next_question(answered)


def test_a_pain_free_morning_with_a_tip_pending_asks_whether_it_helped():
    answers = [(RATING, "0"), (Question.HELPED, Effect.NO_CHANGE)]
    assert walked(answers, kept=ALL_KEPT) == [RATING, Question.HELPED, None]


def test_a_tip_that_made_it_worse_asks_both_lists_even_at_0():
    answers = [(RATING, "0"), (Question.HELPED, Effect.WORSE), *CLEAN]
    assert walked(answers, kept=ALL_KEPT) == [RATING, Question.HELPED, EM, SD, None]


def test_the_everyday_life_toggle_is_no_question_of_its_own():
    answers = [(RATING, "6"), *CLEAN, (Question.DAILY_LIFE, YES)]
    assert walked(answers)[-1] is Question.REGION


def test_place_and_contributor_are_the_answered_or_the_kept_ones():
    assert check_in(kept=ALL_KEPT).region is BodyRegion.ONE_SIDE
    assert check_in(kept=ALL_KEPT).contributor is Contributor.HUNCHED
    moved = check_in(
        (Question.REGION, ELSEWHERE),
        (Question.ELSEWHERE, "belly"),
        (Question.CONTRIBUTOR, "none"),
        kept=ALL_KEPT,
    )
    assert moved.region is BodyRegion.BELLY
    assert moved.contributor is Contributor.NONE
    assert check_in((Question.REGION, ELSEWHERE)).region is None


def test_the_latest_answer_counts():
    toggled = check_in((Question.DAILY_LIFE, "yes"), (Question.DAILY_LIFE, "no"))
    assert toggled.value(Question.DAILY_LIFE) == "no"
    assert toggled.value(Question.RATING) is None


def test_open_means_asked_and_not_closed():
    assert not check_in(opened_at=None).is_open
    assert check_in().is_open
    assert not check_in(closed_at=NOON).is_open


def test_the_finish_clock_runs_from_the_last_answer():
    assert check_in(opened_at=None).last_touched_at is None
    assert check_in().last_touched_at == NOON
    answered = check_in((RATING, "3"), (EM, NONE_OF_THESE))
    assert answered.last_touched_at == NOON + timedelta(minutes=2)


VALUES = {
    Question.RATING: [*map(str, range(11)), SOMETHING_WRONG],
    Question.EMERGENCY: [NONE_OF_THESE, ONE_OR_MORE],
    Question.SAME_DAY: [NONE_OF_THESE, ONE_OR_MORE],
    Question.SAME_DAY_WHICH: ["one-limb", "night-pain"],
    Question.REGION: ["blades", "side", "neck", "lower", ELSEWHERE],
    Question.ELSEWHERE: ["chest", "belly", "limb", "other"],
    Question.CONTRIBUTOR: list(Contributor),
    Question.HELPED: list(Effect),
    Question.WEEKLY: [NONE_OF_THESE, ONE_OR_MORE],
    Question.WEEKLY_WHICH: ["lump", "meal-pain"],
    Question.READ: [YES, IS_OVER, NO],
}
WITH_WEEKLY = replace(ALL_KEPT, weekly=True)
KEPT = st.sampled_from(
    [Kept(), ALL_KEPT, WITH_WEEKLY, Kept(tip_id="ice"), Kept(BodyRegion.LOWER_BACK)]
)


@given(st.data(), st.sampled_from(sorted(set(CheckInKind) - {CheckInKind.READ})), KEPT)
def test_every_way_through_ends_with_both_lists_answered_where_they_are_due(data, kind, kept):
    """Whatever is tapped: the questions end, and no painful check-in ends without the lists."""
    answers = []
    while (question := next_question(check_in(*answers, kind=kind, kept=kept))) is not None:
        answers.append((question, data.draw(st.sampled_from(VALUES[question]))))
        assert len(answers) < 12
    ended = check_in(*answers, kind=kind, kept=kept)
    given_answers = standing(ended)
    if ended.needs_signs:
        has_sign = ONE_OR_MORE in {given_answers.get(EM), given_answers.get(SD)}
        assert has_sign or {given_answers[EM], given_answers[SD]} == {NONE_OF_THESE}


def test_something_typed_is_asked_about_once_and_nothing_else():
    asked = Kept(asked=(Finding.CHEST_PAIN,))
    assert next_question(check_in(kind=CheckInKind.READ, kept=asked)) is Question.READ
    for answer in VALUES[Question.READ]:
        answered = check_in((Question.READ, answer), kind=CheckInKind.READ, kept=asked)
        assert next_question(answered) is None


@given(st.data(), st.integers(1, 10))
def test_after_pain_nothing_else_is_asked_before_both_lists_are_denied(data, rating):
    answers = [(RATING, str(rating))]
    while (question := next_question(check_in(*answers))) in SAFETY_QUESTIONS:
        answers.append((question, data.draw(st.sampled_from(VALUES[question]))))
    if question is not None:
        assert tuple(answers[1:]) == CLEAN
