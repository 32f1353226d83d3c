"""What the five probabilities of a classifier come to."""

from dataclasses import replace

import pytest
from support.small_lexicon import LIMITS

from bot.reading.chances import Chances


def test_a_sign_is_as_likely_as_both_kinds_together():
    assert Chances(0.2, 0.1, 0.1, 0.25, 0.35).stated == pytest.approx(0.6)


def test_an_emergency_alarms_more_than_a_same_day_sign_and_that_more_than_nothing():
    kinds = [Chances(0, 0, 0, 0, 1), Chances(0, 0, 0, 1, 0), Chances(0, 0, 1, 0, 0)]
    alarms = [one.alarm for one in (*kinds, Chances(1, 0, 0, 0, 0))]
    assert alarms == sorted(alarms, reverse=True)
    assert len(set(alarms)) == 4


@pytest.mark.parametrize("excused", ["states_excused", "asks_excused"])
def test_where_the_phrases_excuse_a_sign_it_takes_no_less_to_be_believed(excused):
    usual = getattr(LIMITS, excused.removesuffix("_excused"))
    assert replace(LIMITS, **{excused: usual})
    with pytest.raises(ValueError, match=excused):
        replace(LIMITS, **{excused: usual - 0.01})
