"""What several check-ins say together."""

from datetime import timedelta

import pytest
from support.made import HEALTHY, NOON, check_in, rated

from bot.domain.check_in import (
    ELSEWHERE,
    NO,
    SOMETHING_WRONG,
    YES,
    CheckInKind,
    Question,
)
from bot.domain.red_flags import Finding
from bot.domain.runner import Condition, Profile
from bot.domain.trends import episode, findings, ratings

DAY = timedelta(days=1)


def days(*values):
    """A rating a day, the last one at noon today; None is a day without an answer."""
    first = NOON - DAY * (len(values) - 1)
    return [
        rated(value, at=first + DAY * number)
        for number, value in enumerate(values)
        if value is not None
    ]


def found(check_ins, profile=HEALTHY):
    """What the newest of these check-ins says together with the others."""
    return findings(check_ins[-1], ratings(check_ins), profile)


def in_episode(check_ins):
    return [one.rating for one in episode(ratings(check_ins))]


def test_ratings_are_sorted_by_when_they_were_answered():
    late_answer, on_time = rated(5, at=NOON + DAY), rated(3)
    assert [one.rating for one in ratings([late_answer, on_time])] == [3, 5]


def test_unanswered_and_rating_free_check_ins_are_missing_not_zero():
    unanswered = check_in()
    signs_only = check_in((Question.EMERGENCY, "none"), kind=CheckInKind.SIGNS)
    forged = check_in((Question.RATING, "99"))
    assert ratings([unanswered, signs_only, forged]) == ()


def test_an_episode_starts_with_the_first_pain():
    assert in_episode(days(0, 0, 3, 0, 2)) == [3, 0, 2]
    assert in_episode(days(0, 0)) == []


def test_an_episode_is_over_after_14_days_of_zeros():
    assert in_episode(days(3, *[0] * 12, 2)) == [3, *[0] * 12, 2]
    assert in_episode(days(3, *[0] * 13, 2)) == [2]
    assert in_episode(days(3, *[0] * 14)) == []


def test_gaps_count_as_time_without_pain():
    assert in_episode(days(3, *[None] * 13, 2)) == [2]


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        (0, set()),
        (1, {Finding.PAIN}),
        (6, {Finding.PAIN}),
        (7, {Finding.PAIN, Finding.SEVERE_PAIN}),
        (8, {Finding.PAIN, Finding.SEVERE_PAIN}),
        (9, {Finding.PAIN, Finding.SEVERE_PAIN, Finding.VERY_SEVERE_PAIN}),
        (10, {Finding.PAIN, Finding.SEVERE_PAIN, Finding.VERY_SEVERE_PAIN}),
    ],
)
def test_what_one_rating_says(rating, expected):
    assert found([rated(rating)]) == expected


def test_no_pain_but_something_wrong_is_no_pain():
    assert found([check_in((Question.RATING, SOMETHING_WRONG))]) == set()


def test_a_look_at_the_signs_says_nothing_about_pain():
    assert found([rated(8), check_in(kind=CheckInKind.SIGNS, at=NOON + DAY)]) == set()


@pytest.mark.parametrize(("hours", "twice"), [(1, True), (48, True), (49, False)])
def test_severe_pain_twice_within_48_hours(hours, twice):
    check_ins = [rated(7, at=NOON - timedelta(hours=hours)), rated(7)]
    assert (Finding.SEVERE_TWICE in found(check_ins)) is twice


def test_severe_pain_is_not_twice_while_today_is_better():
    check_ins = [rated(8, at=NOON - timedelta(hours=9)), rated(7, at=NOON - timedelta(hours=5))]
    assert Finding.SEVERE_TWICE not in found([*check_ins, rated(3)])


@pytest.mark.parametrize(
    ("soon_after", "morning", "rose"),
    [(2, 4, True), (3, 5, True), (3, 4, False), (1, 3, False), (4, 4, False), (5, 3, False)],
)
def test_pain_rises_by_two_or_more_to_at_least_4_over_night(soon_after, morning, rose):
    evening = rated(soon_after, at=NOON - timedelta(hours=14), run_id=5)
    next_morning = rated(morning, kind=CheckInKind.MORNING, run_id=5)
    assert (Finding.RISING_PAIN in found([evening, next_morning])) is rose


def test_a_rise_is_between_two_check_ins_of_the_same_run():
    evening = rated(2, at=NOON - timedelta(hours=14), run_id=4)
    other_run = rated(6, kind=CheckInKind.MORNING, run_id=5)
    without_run = rated(6, kind=CheckInKind.MORNING)
    assert Finding.RISING_PAIN not in found([evening, other_run])
    assert Finding.RISING_PAIN not in found([rated(2, at=NOON - DAY), without_run])
    assert Finding.RISING_PAIN not in found([evening, rated(6, run_id=4)]), "not a morning"


def test_what_stops_everyday_life_counts_once_and_again():
    def limited(at, answer=YES):
        return check_in((Question.RATING, "6"), (Question.DAILY_LIFE, answer), at=at)

    first, second = limited(NOON - DAY), limited(NOON)
    assert Finding.STOPS_DAILY_LIFE in found([first])
    assert Finding.STOPS_DAILY_LIFE_TWICE not in found([first])
    assert Finding.STOPS_DAILY_LIFE_TWICE in found([first, second])
    assert not found([first, limited(NOON, NO)]) & {
        Finding.STOPS_DAILY_LIFE,
        Finding.STOPS_DAILY_LIFE_TWICE,
    }


def test_a_new_episode_forgets_what_stopped_everyday_life_in_the_last_one():
    old = check_in((Question.RATING, "6"), (Question.DAILY_LIFE, YES), at=NOON - 15 * DAY)
    new = check_in((Question.RATING, "6"), (Question.DAILY_LIFE, YES))
    assert Finding.STOPS_DAILY_LIFE_TWICE not in found([old, new])


@pytest.mark.parametrize(
    ("place", "finding"), [("chest", Finding.PAIN_IN_CHEST), ("belly", Finding.PAIN_IN_BELLY)]
)
def test_pain_in_chest_or_belly_is_a_finding(place, finding):
    placed = ((Question.REGION, ELSEWHERE), (Question.ELSEWHERE, place))
    assert finding in found([check_in((Question.RATING, "2"), *placed)])
    assert found([check_in((Question.RATING, "0"), *placed)]) == set()


def test_the_profile_adds_what_makes_new_pain_more_serious():
    everything = Profile(frozenset(Condition))
    assert found([rated(0)], everything) == {Finding.CANCER_HISTORY, Finding.FRAGILE_BONES}
    assert found([rated(0)], Profile(undisclosed=True)) == set()
    assert found([rated(0)], None) == set()
