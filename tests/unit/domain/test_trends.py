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
from bot.domain.pain import Effect
from bot.domain.red_flags import Finding
from bot.domain.runner import AgeBand, Condition, Profile
from bot.domain.trends import episode, findings, ratings, reaches_before, up_to

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


def test_severe_ratings_that_somebody_has_looked_at_make_no_pair():
    hour = timedelta(hours=1)
    check_ins = [rated(7, at=NOON - 20 * hour), rated(8, at=NOON - 10 * hour), rated(7)]
    history = ratings(check_ins)

    def twice(seen_at):
        said = findings(check_ins[-1], history, HEALTHY, seen_at=seen_at)
        return Finding.SEVERE_TWICE in said

    assert twice(None)
    assert twice(history[0].at), "the second and the third came after that look"
    assert not twice(history[1].at)
    assert not twice(NOON - hour)


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


def test_pain_that_was_not_there_in_the_evening_rises_too():
    evening = rated(0, at=NOON - timedelta(hours=14), run_id=5)
    assert Finding.RISING_PAIN in found([evening, rated(4, kind=CheckInKind.MORNING, run_id=5)])


def nights(*pairs):
    """Evening and next morning of a run a day, the last morning at noon today."""
    check_ins = []
    for ago, (evening, morning) in zip(range(len(pairs) - 1, -1, -1), pairs, strict=True):
        at = NOON - DAY * ago
        check_ins += [
            rated(evening, at=at - timedelta(hours=14), run_id=ago),
            rated(morning, at=at, kind=CheckInKind.MORNING, run_id=ago),
        ]
    return check_ins


@pytest.mark.parametrize(
    ("pairs", "twice"),
    [
        ([(0, 2), (1, 3)], True),
        ([(0, 2), (1, 2)], False),
        ([(1, 2), (1, 3)], False),
        ([(0, 2), (2, 2), (1, 3)], False),
        ([(2, 2), (0, 2), (1, 3)], True),
        ([(1, 3)], False),
    ],
)
def test_two_rises_running_count_below_4_as_well(pairs, twice):
    assert (Finding.RISING_TWICE in found(nights(*pairs))) is twice


def test_a_rise_of_an_earlier_episode_is_no_first_of_two():
    earlier = [
        rated(0, at=NOON - DAY * 30 - timedelta(hours=14), run_id=8),
        rated(4, at=NOON - DAY * 30, kind=CheckInKind.MORNING, run_id=8),
    ]
    assert Finding.RISING_TWICE not in found([*earlier, *nights((1, 3))])
    assert Finding.RISING_PAIN in found([*earlier, *nights((1, 4))])
    assert Finding.RISING_TWICE in found([*earlier, *nights((1, 3), (1, 3))])


def test_pain_of_an_earlier_episode_is_nothing_a_late_morning_rises_from():
    evening = rated(2, at=NOON - DAY * 15, run_id=5)
    late = rated(5, kind=CheckInKind.MORNING, run_id=5)
    assert Finding.RISING_PAIN not in found([evening, late])


def test_a_rise_is_told_on_its_morning_only():
    later = rated(3, at=NOON + timedelta(hours=5))
    assert not found([*nights((0, 4), (1, 4)), later]) & {
        Finding.RISING_PAIN,
        Finding.RISING_TWICE,
    }


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
    profile = {Finding.CANCER_HISTORY, Finding.FRAGILE_BONES, Finding.PREGNANT}
    assert found([rated(0)], everything) == profile
    assert found([rated(0)], Profile(undisclosed=True)) == set()
    assert found([rated(0)], None) == set()


@pytest.mark.parametrize(
    ("band", "older"),
    [
        (AgeBand.UP_TO_54, False),
        (AgeBand.FROM_55, True),
        (AgeBand.FROM_66, True),
        (AgeBand.UNDISCLOSED, False),
    ],
)
def test_age_counts_from_55(band, older):
    assert (Finding.OVER_55 in found([rated(3)], Profile(age_band=band))) is older


LASTING = {
    7: Finding.LASTING_7,
    14: Finding.LASTING_14,
    28: Finding.LASTING_28,
    42: Finding.LASTING_42,
}


@pytest.mark.parametrize("length", LASTING)
def test_pain_lasts_from_the_day_its_time_is_full(length):
    """Five or more answers, pain in each; one day less is not enough."""
    full = days(*[2] * (length + 1))
    assert LASTING[length] in found(full)
    assert LASTING[length] not in found(full[1:])


def spread(*values, over):
    """These ratings at even distances, the last one at noon today."""
    step = DAY * over / (len(values) - 1)
    first = NOON - DAY * over
    return [rated(value, at=first + step * place) for place, value in enumerate(values)]


def test_lasting_pain_needs_five_answers():
    assert Finding.LASTING_14 in found(spread(2, 2, 2, 2, 2, over=14))
    assert Finding.LASTING_14 not in found(spread(2, 2, 2, 2, over=14))
    assert Finding.LASTING_7 in found(spread(2, 2, over=7)), "a first week needs no such number"


def test_lasting_pain_is_there_in_half_of_the_answers_or_more():
    assert Finding.LASTING_14 in found(spread(2, 0, 2, 0, 0, 2, over=14))
    assert Finding.LASTING_14 not in found(spread(2, 0, 0, 2, 0, 0, 2, over=14))
    assert Finding.LASTING_7 not in found(spread(2, 0, 0, 0, 2, over=8))


def test_a_day_without_pain_is_no_moment_to_say_that_it_lasts():
    assert not found(days(*[2] * 50, 0)) & set(LASTING.values())


def test_lasting_pain_counts_within_its_episode():
    assert Finding.LASTING_14 not in found(days(*[2] * 20, *[0] * 14, *[2] * 10))


def flare(calm=3):
    return [0] * calm + [4]


@pytest.mark.parametrize(
    ("values", "three"),
    [
        (flare() * 3, True),
        (flare() * 2, False),
        ([*flare(), *flare(), *flare(2)], False),
        ([*flare(), *flare(), 0, 2, 0, 4], False),
        ([*flare(), *flare(), 0, 0, 0, 3], False),
        ([1, 0, 1, 4] * 3, True),
        ([*flare(), *flare(), *flare(), 2], True),
        ([*flare(), *flare(), *flare(), 0], False),
    ],
)
def test_three_flares_are_strong_pain_after_three_calm_days_each(values, three):
    assert (Finding.THREE_FLARES in found(days(*values))) is three


@pytest.mark.parametrize(("gap", "three"), [(51, True), (52, False)])
def test_flares_count_for_eight_weeks(gap, three):
    """The first flare is `gap` + 4 days before the last one; on day 56 it is gone."""
    values = [*flare(), *flare(), *[None] * (gap - 4), *flare()]
    check_ins = days(*values)
    first, last = check_ins[3], check_ins[-1]
    assert last.opened_at - first.opened_at == DAY * (gap + 4)
    assert (Finding.THREE_FLARES in found(check_ins)) is three


def tried(effect, at):
    return check_in((Question.RATING, "3"), (Question.HELPED, effect), at=at)


@pytest.mark.parametrize(
    ("effects", "no_better"),
    [
        ([Effect.NO_CHANGE] * 3, True),
        ([Effect.NO_CHANGE, Effect.WORSE, Effect.NO_CHANGE], True),
        ([Effect.NO_CHANGE] * 2, False),
        ([Effect.NO_CHANGE, Effect.NO_CHANGE, Effect.NOT_TRIED], False),
        ([Effect.NO_CHANGE, Effect.NO_CHANGE, Effect.HELPED], False),
        ([Effect.NO_CHANGE, Effect.HELPED, Effect.WORSE, Effect.NO_CHANGE], True),
    ],
)
def test_three_tried_tips_without_a_change_for_the_better(effects, no_better):
    check_ins = [tried(effect, NOON - DAY * ago) for ago, effect in enumerate(effects[::-1])]
    assert (Finding.NO_BETTER in found(check_ins[::-1])) is no_better


def test_tips_of_an_earlier_episode_do_not_count():
    old = [tried(Effect.NO_CHANGE, NOON - DAY * ago) for ago in (40, 39, 38)]
    assert Finding.NO_BETTER not in found([*old, rated(3)])


def test_the_first_episode_is_the_one_with_no_pain_known_before():
    week = [3] * 8
    assert Finding.FIRST_EPISODE in found(days(0, 0, *week))
    assert Finding.FIRST_EPISODE not in found(days(0, 0, *week[1:])), "it counts after a week"
    assert Finding.FIRST_EPISODE not in found(days(1, *[0] * 14, *week))
    assert Finding.FIRST_EPISODE not in found(days(*week, 0)), "today is no pain"


def test_more_is_looked_up_where_the_episode_may_be_older():
    def reaches(values, since, *, whole_past=False):
        return reaches_before(ratings(days(*values)), since, whole_past=whole_past)

    assert not reaches([0, 0], NOON - DAY, whole_past=True)
    assert reaches([3] * 80, NOON - 90 * DAY), "ten days before it nothing is known"
    assert not reaches([3] * 70, NOON - 90 * DAY)
    assert reaches([3] * 8, NOON - 90 * DAY, whole_past=True)
    assert not reaches([3] * 7, NOON - 90 * DAY, whole_past=True)
    assert not reaches([3, *[0] * 14, *[3] * 8], NOON - 90 * DAY, whole_past=True)


def test_a_check_in_is_judged_by_what_was_known_then():
    first, second, third = days(1, 2, 3)
    history = ratings([first, second, third])
    assert [one.rating for one in up_to(second, history)] == [1, 2]
    assert up_to(check_in(kind=CheckInKind.SIGNS), history) == history
