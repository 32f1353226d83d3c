"""Pain that rose after an exercise keeps further ones off."""

from datetime import timedelta

import pytest
from support.made import NOON

from bot.domain.check_in import CheckInKind
from bot.domain.decision import GivenTip
from bot.domain.setback import BLAMED_FOR, rose_after_exercise
from bot.domain.trends import Rated

EXERCISES = frozenset({"plank", "cat-cow"})
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def given(tip_id, at=NOON):
    return GivenTip(1, tip_id, at, asked_for=True)


def rated(*ratings):
    """Ratings by hours from noon."""
    return [
        Rated(NOON + HOUR * at, one, CheckInKind.ASKED, None, stops_daily_life=False)
        for at, one in ratings
    ]


def rose(history, ratings, now=NOON + 24 * HOUR):
    return rose_after_exercise(history, EXERCISES, rated(*ratings), now)


@pytest.mark.parametrize(
    ("after", "expected"), [(2, False), (3, False), (4, False), (5, True), (6, True)]
)
def test_two_points_more_are_worse_and_one_is_noise(after, expected):
    assert rose([given("plank")], [(0, 3), (20, after)]) is expected


def test_only_what_came_after_the_exercise_counts():
    assert not rose([given("plank")], [(-48, 1), (0, 6)])
    assert not rose([given("plank")], [(-2, 6), (-1, 3), (20, 4)])


def test_only_exercises_count_and_of_those_the_last():
    assert not rose([given("ice")], [(0, 3), (20, 6)])
    later = [given("plank"), given("cat-cow", NOON + 10 * HOUR), given("ice", NOON + 11 * HOUR)]
    assert not rose(later, [(0, 3), (9, 5), (20, 6)])
    assert rose(later, [(0, 3), (9, 5), (20, 7)])


def test_without_a_rating_before_or_after_there_is_nothing_to_judge():
    assert not rose([given("plank")], [])
    assert not rose([given("plank")], [(20, 9)])
    assert not rose([given("plank")], [(0, 3)])
    assert not rose([], [(0, 3), (20, 9)])


def test_it_lasts_while_the_pain_does_and_for_the_rest_of_the_day_after():
    ratings = [(0, 3), (20, 6)]
    assert rose([given("plank")], ratings, NOON + 6 * DAY)
    eased = [*ratings, (40, 3)]
    assert rose([given("plank")], eased, NOON + 43 * HOUR)
    assert not rose([given("plank")], eased, NOON + 44 * HOUR)


def test_a_rise_a_week_later_has_other_reasons():
    just = BLAMED_FOR // HOUR
    assert rose([given("plank")], [(0, 3), (just, 5)], NOON + BLAMED_FOR)
    assert not rose([given("plank")], [(0, 3), (just + 1, 5)], NOON + BLAMED_FOR + HOUR)
    assert not rose([given("plank")], [(0, 3), (20, 5)], NOON + BLAMED_FOR + HOUR)
