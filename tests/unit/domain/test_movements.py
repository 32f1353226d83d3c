"""A movement that cannot be done is refused where it is read."""

from datetime import timedelta

import pytest

from bot.domain.movements import (
    BEHIND_THE_BACK,
    RAISE_BEHIND,
    Anchor,
    Bend,
    KeyPose,
    Landmark,
    Layout,
    Limbs,
    Movement,
    Muscle,
    Step,
    View,
)

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


@pytest.mark.parametrize("pose", ["down", "over there"])
def test_every_step_is_a_pose_of_the_movement(pose):
    step = Step(pose, timedelta(seconds=1), timedelta(0))
    with pytest.raises(ValueError, match=f"no such pose: .*{pose}"):
        Movement("test", View.SIDE, Layout.PAIR, {"up": UPRIGHT}, ("up", "up"), (step,), 1, ())


def test_no_joint_goes_where_no_human_one_does():
    with pytest.raises(ValueError, match=r"neck\.flexion 170 .*; left\.elbow_flexion -40"):
        KeyPose(
            Anchor(Landmark.PELVIS, (0.0, 0.0, 1.0)),
            neck=Bend(flexion=170),
            left=Limbs(elbow_flexion=-40),
        )


def test_behind_the_back_an_arm_is_not_lifted_as_far():
    anchor = Anchor(Landmark.PELVIS, (0.0, 0.0, 1.0))
    raised = RAISE_BEHIND[1] + 1
    behind = BEHIND_THE_BACK - 1
    assert KeyPose(anchor, left=Limbs(shoulder_raise=raised))
    with pytest.raises(ValueError, match="shoulder_raise"):
        KeyPose(anchor, left=Limbs(shoulder_raise=raised, shoulder_plane=behind))


def test_between_two_poses_place_and_angles_move_along():
    bent = KeyPose(
        Anchor(Landmark.PELVIS, (0.0, 2.0, 1.0)),
        thoracic=Bend(flexion=20),
        right=Limbs(knee_flexion=40),
    )
    half = UPRIGHT.toward(bent, 0.5)
    assert half.anchor.at == (0.0, 1.0, 1.0)
    assert (half.thoracic.flexion, half.right.knee_flexion) == (10, 20)
    assert UPRIGHT.toward(bent, 0) == UPRIGHT
    assert UPRIGHT.toward(bent, 1) == bent
