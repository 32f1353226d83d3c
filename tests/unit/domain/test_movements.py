"""A movement that cannot be done is refused where it is read."""

from datetime import timedelta

import pytest

from bot.domain.movements import Anchor, KeyPose, Landmark, Layout, Movement, Muscle, Step, View

UPRIGHT = KeyPose(Anchor(Landmark.PELVIS, (0.0, 0.0, 1.0)))


def movement(*holds, repetitions=3):
    cycle = tuple(Step("up", timedelta(seconds=1), timedelta(seconds=hold)) for hold in holds)
    poses = {"up": UPRIGHT}
    return Movement(
        "test", View.SIDE, Layout.PAIR, poses, ("up", "up"), cycle, repetitions, (Muscle.CHEST,)
    )


@pytest.mark.parametrize(("holds", "repetitions"), [((), 3), ((1,), 0), ((1,), -1)])
def test_a_movement_is_done_at_least_once(holds, repetitions):
    with pytest.raises(ValueError, match="at least once"):
        movement(*holds, repetitions=repetitions)


def test_its_hold_is_the_longest_of_its_cycle():
    assert movement(0, 20, 5).hold_for == timedelta(seconds=20)
    assert movement(0).hold_for == timedelta(0)
