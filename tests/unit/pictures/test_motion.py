"""A movement in time: it flows, it holds, and what stands on the floor stays there."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from math import dist

import pytest
from support.movements import NAMES, lowest, movement

from bot.domain.movements import Anchor, KeyPose, Landmark, beyond_human
from bot.pictures.motion import arrival_at, moment_at, seconds_of
from bot.pictures.reaching import ARM, STAYS, Goal, kept_in_place, reached
from bot.pictures.skeleton import skeleton_of

FRAME = 0.05
ENDS = {
    "left-hand": ("left-wrist", "left-knuckles"),
    "right-hand": ("right-wrist", "right-knuckles"),
    "left-foot": ("left-heel", "left-ball"),
    "right-foot": ("right-heel", "right-ball"),
}


def places(name, at):
    """Where every landmark is so many seconds into the cycle."""
    return skeleton_of(moment_at(movement(name), at).pose).landmarks


def moves(name):
    """Each way from one pose to the next: when it begins, when it is over."""
    begun = 0.0
    for step in movement(name).cycle:
        arrives = begun + step.move_for.total_seconds()
        yield begun, arrives
        begun = arrives + step.hold_for.total_seconds()


@pytest.mark.parametrize("name", NAMES)
class TestEveryMovement:
    def test_the_end_of_its_cycle_is_its_beginning(self, name):
        length = seconds_of(movement(name))
        assert moment_at(movement(name), length) == moment_at(movement(name), 0.0)
        first, last = places(name, 0.0), places(name, length - 0.001)
        assert max(dist(first[spot], last[spot]) for spot in Landmark) < 0.002

    def test_nothing_jumps_from_one_frame_to_the_next(self, name):
        for begins, arrives in moves(name):
            count = round((arrives - begins) / FRAME / 2)
            frames = [places(name, begins + 2 * FRAME * number) for number in range(count + 1)]
            for before, after in pairwise(frames):
                assert max(dist(before[spot], after[spot]) for spot in Landmark) < 0.16

    def test_what_stays_between_two_poses_stays_all_the_way(self, name):
        for begins, arrives in moves(name):
            first, last = places(name, begins), places(name, arrives)
            halfway = [places(name, begins + (arrives - begins) * k / 6) for k in range(1, 6)]
            for spots in ENDS.values():
                for spot in map(Landmark, spots):
                    if dist(first[spot], last[spot]) < STAYS * 0.6:
                        away = max(dist(first[spot], there[spot]) for there in halfway)
                        assert away < STAYS, spot

    def test_the_body_stays_human_and_above_the_floor(self, name):
        for begins, arrives in moves(name):
            for share in (0.2, 0.4, 0.6, 0.8):
                pose = moment_at(movement(name), begins + (arrives - begins) * share).pose
                assert beyond_human(pose) == ()
                assert -0.03 < lowest(pose) < 0.05

    def test_at_the_end_of_each_way_its_pose_is_reached(self, name):
        for number, step in enumerate(movement(name).cycle):
            at = arrival_at(movement(name), number)
            assert moment_at(movement(name), at).pose == movement(name).poses[step.pose]


def test_it_comes_to_rest_before_it_turns_back():
    middle, turning = (
        dist(places("cat-cow", at)[Landmark.CHEST], places("cat-cow", at + FRAME)[Landmark.CHEST])
        for at in (1.5, 2.95)
    )
    assert turning < middle / 10


def test_it_passes_a_pose_on_its_way_without_stopping():
    """The shoulders circle; they do not go from corner to corner."""
    arrives = arrival_at(movement("shoulder-rolls"), 0)
    before, after = (
        places("shoulder-rolls", at)[Landmark.LEFT_SHOULDER] for at in (arrives, arrives + FRAME)
    )
    assert dist(before, after) > 0.001


def test_a_hold_goes_from_nothing_to_all_of_it_and_fades_afterwards():
    plank = movement("plank")
    lifted = arrival_at(plank, 1)
    halves = [moment_at(plank, lifted + seconds).held for seconds in (0, 5, 10, 19.99)]
    assert halves == pytest.approx([0, 0.25, 0.5, 1], abs=0.001)
    assert moment_at(plank, lifted + 10).pose == plank.poses["up"]
    assert moment_at(plank, 0.0).fading == 1.0
    assert moment_at(plank, 1.0).fading == 0.0
    assert moment_at(plank, 3.0).held == 0.0, "a rest is no hold"


def test_a_movement_that_flows_holds_nothing():
    rolls = movement("shoulder-rolls")
    moments = [moment_at(rolls, number * 0.3) for number in range(16)]
    assert {(one.held, one.fading) for one in moments} == {(0.0, 0.0)}


def test_without_reaching_the_palms_would_glide_over_the_floor():
    poses = movement("cat-cow").poses
    between = poses["cat"].toward(poses["cow"], 0.5)
    kept = kept_in_place(between, poses["cat"], poses["cow"], 0.5)
    home = skeleton_of(poses["cat"]).landmarks[Landmark.LEFT_WRIST]
    glided, stayed = (
        dist(skeleton_of(pose).landmarks[Landmark.LEFT_WRIST], home) for pose in (between, kept)
    )
    assert stayed < 0.004
    assert glided > 0.04


def test_what_moves_in_both_poses_is_left_alone():
    poses = movement("scapular-retraction").poses
    between = poses["loose"].toward(poses["drawn-back"], 0.5)
    kept = kept_in_place(between, poses["loose"], poses["drawn-back"], 0.5)
    assert kept.left.elbow_flexion == between.left.elbow_flexion


def test_what_is_out_of_reach_is_reached_for_within_human_ranges():
    pose = KeyPose(Anchor(Landmark.LEFT_BALL, (0.135, 0.088, 0.0)))
    far = Goal((("left-hand", (0.0, 0.0, 0.0), (3.0, 0.5, 1.2)),))
    stretched = reached(pose, "left", ARM, far)
    assert beyond_human(stretched) == ()


def test_a_cycle_of_one_way_only_holds_still():
    plank = movement("plank")
    still = replace(plank, cycle=(replace(plank.cycle[1], move_for=timedelta(seconds=1)),))
    assert moment_at(still, 0.5).pose == plank.poses["up"]
