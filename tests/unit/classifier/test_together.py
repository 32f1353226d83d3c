"""Several models as one."""

from dataclasses import astuple

import pytest
from support.small_lexicon import ALARMED, CALM, TORN, Says

from bot.classifier.together import Together


def test_the_chances_are_the_mean_of_all():
    mean = astuple(Together((Says(CALM), Says(ALARMED)))([]))
    expected = [
        (one + other) / 2 for one, other in zip(*map(astuple, (CALM, ALARMED)), strict=True)
    ]
    assert mean == pytest.approx(expected)
    assert astuple(Together((Says(TORN),))([])) == pytest.approx(astuple(TORN))


def test_each_is_asked_about_the_same_words():
    models = Says(CALM), Says(TORN)
    Together(models)(["my", "chest"])
    assert [one.asked for one in models] == [[("my", "chest")]] * 2


def test_one_that_sees_a_sign_is_not_outvoted():
    assert Together((Says(CALM), Says(ALARMED))).nothing([]) == ALARMED.nothing
