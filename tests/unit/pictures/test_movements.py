"""The movement pictures: what the files promise, what a body can do, what is drawn."""

from dataclasses import fields, replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from itertools import pairwise
from math import dist
from pathlib import Path

import pytest
import yaml
from PIL import Image, ImageChops
from pydantic import TypeAdapter, ValidationError

from bot.domain.movements import (
    LIMB_RANGES,
    SPINE_RANGES,
    Anchor,
    Bend,
    KeyPose,
    Landmark,
    Limbs,
    Movement,
    beyond_human,
)
from bot.pictures.body import body
from bot.pictures.movements import render_still
from bot.pictures.skeleton import THIGH, UPPER_ARM, skeleton_of

FOLDER = Path(__file__).parents[3] / "content" / "movements"
NAMES = (
    "cat-cow",
    "chest-stretch",
    "plank",
    "russian-twist",
    "scapular-retraction",
    "shoulder-rolls",
    "side-plank",
    "thoracic-extension",
)
STANDING = Anchor(Landmark.LEFT_BALL, (0.135, 0.088, 0.0))


def raw(name):
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def read(values):
    return TypeAdapter(Movement).validate_python(values)


@cache
def movement(name):
    return read(raw(name))


@cache
def picture(name):
    return render_still(movement(name))


def opened(png):
    return Image.open(BytesIO(png)).convert("RGB")


def differs(one, other, box):
    return ImageChops.difference(opened(one).crop(box), opened(other).crop(box)).getbbox()


def poses():
    return [
        pytest.param(pose, id=f"{name}:{key}")
        for name in NAMES
        for key, pose in movement(name).poses.items()
    ]


def lowest(pose):
    return min(
        point[2]
        for shape in body(skeleton_of(pose))
        for coat in shape.coats
        for sheet in coat.sheets
        for row in sheet
        for point in row
    )


def test_there_is_a_movement_for_every_exercise_and_no_other():
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
class TestEveryMovement:
    def test_its_file_is_valid_and_named_after_it(self, name):
        assert movement(name).id == name

    def test_its_cycle_goes_through_both_poses_of_the_picture(self, name):
        assert set(movement(name).still) <= {step.pose for step in movement(name).cycle}

    def test_its_still_is_a_png_of_bounded_size(self, name):
        assert opened(picture(name)).size == (960, 640)
        assert len(picture(name)) < 300_000

    def test_its_muscles_are_lit(self, name):
        unlit = render_still(replace(movement(name), muscles=()))
        assert differs(picture(name), unlit, (0, 0, 960, 640))

    def test_its_two_poses_can_be_told_apart(self, name):
        start, end = (skeleton_of(movement(name).poses[key]) for key in movement(name).still)
        moved = [dist(start.landmarks[place], end.landmarks[place]) for place in Landmark]
        assert max(moved) > 0.05


def test_the_same_movement_gives_the_same_bytes():
    assert render_still(movement("cat-cow")) == picture("cat-cow")


def test_no_two_movements_look_alike():
    assert len({picture(name) for name in NAMES}) == len(NAMES)


def test_a_smaller_picture_keeps_its_shape():
    assert opened(render_still(movement("plank"), width=480)).size == (480, 320)


def test_a_hold_is_drawn_as_a_ring_and_a_flowing_movement_has_none():
    held = movement("plank")
    flowing = replace(held, cycle=tuple(replace(s, hold_for=timedelta()) for s in held.cycle))
    corner = (820, 30, 930, 145)
    assert held.hold_for == timedelta(seconds=20)
    assert differs(picture("plank"), render_still(flowing), corner)


def test_an_arrow_changes_the_picture():
    without = render_still(replace(movement("cat-cow"), arrows=()))
    assert differs(picture("cat-cow"), without, (0, 0, 960, 640))


@pytest.mark.parametrize("pose", poses())
class TestEveryPose:
    def test_no_joint_goes_beyond_a_human_range(self, pose):
        assert beyond_human(pose) == ()

    def test_the_body_rests_on_the_floor_and_not_in_it(self, pose):
        assert -0.02 < lowest(pose) < 0.02


@pytest.mark.parametrize("name", NAMES)
def test_between_its_poses_the_body_stays_human_and_above_the_floor(name):
    """What an animation will show between the key poses."""
    cycle = [step.pose for step in movement(name).cycle]
    for start, end in pairwise([*cycle, cycle[0]]):
        halfway = movement(name).poses[start].toward(movement(name).poses[end], 0.5)
        assert beyond_human(halfway) == ()
        assert -0.05 < lowest(halfway) < 0.05


def test_going_all_the_way_is_arriving():
    start, end = (movement("side-plank").poses[key] for key in ("hip-down", "up"))
    assert start.toward(end, 1.0) == end


def test_every_angle_of_a_body_has_a_range():
    assert {f.name for f in fields(Limbs)} == set(LIMB_RANGES)
    assert all({f.name for f in fields(Bend)} == set(span) for span in SPINE_RANGES.values())


def test_a_knee_that_bends_forward_is_refused():
    values = raw("plank")
    values["poses"]["up"]["left"]["knee_flexion"] = -20
    with pytest.raises(ValidationError, match=r"left\.knee_flexion -20"):
        read(values)


def test_an_arm_behind_the_back_cannot_go_as_high_as_in_front():
    values = raw("scapular-retraction")
    values["poses"]["drawn-back"]["left"]["shoulder_raise"] = 90
    with pytest.raises(ValidationError, match=r"left\.shoulder_raise 90"):
        read(values)


def test_a_word_nobody_knows_is_refused():
    values = raw("plank")
    values["poses"]["up"]["left"]["tail"] = 5
    with pytest.raises(ValidationError, match="tail"):
        read(values)


def test_a_picture_of_a_pose_that_is_not_there_is_refused():
    values = raw("plank")
    values["still"] = ["knees-down", "levitating"]
    with pytest.raises(ValidationError, match="levitating"):
        read(values)


class TestSkeleton:
    """The angle conventions, on a person who stands upright."""

    def test_upright_is_seven_and_a_half_heads_tall(self):
        head = skeleton_of(KeyPose(STANDING)).landmarks[Landmark.HEAD]
        assert head[2] == pytest.approx(1.75, abs=0.02)
        assert head[1] == pytest.approx(0.0, abs=1e-9)

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_a_bent_hip_brings_the_knee_forward(self, side):
        pose = KeyPose(STANDING)
        bones = skeleton_of(replace(pose, **{side: Limbs(hip_flexion=90)})).bones
        hip, knee = bones[f"{side}-thigh"].origin, bones[f"{side}-shank"].origin
        assert knee[0] - hip[0] == pytest.approx(THIGH)

    @pytest.mark.parametrize(("side", "sign"), [("left", 1), ("right", -1)])
    def test_raising_an_arm_sideways_takes_the_elbow_outwards(self, side, sign):
        bones = skeleton_of(replace(KeyPose(STANDING), **{side: Limbs(shoulder_raise=90)})).bones
        shoulder, elbow = bones[f"{side}-upper-arm"].origin, bones[f"{side}-forearm"].origin
        assert (elbow[1] - shoulder[1]) * sign == pytest.approx(UPPER_ARM)

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_outward_rotation_of_a_raised_bent_arm_points_the_hand_up(self, side):
        limbs = Limbs(shoulder_raise=90, shoulder_rotation=-90, elbow_flexion=90)
        bones = skeleton_of(replace(KeyPose(STANDING), **{side: limbs})).bones
        assert bones[f"{side}-hand"].origin[2] > bones[f"{side}-forearm"].origin[2] + 0.2

    def test_drawing_the_blades_back_takes_the_shoulders_back_and_together(self):
        back = Limbs(scapula_protraction=-20)
        loose = skeleton_of(KeyPose(STANDING)).landmarks
        drawn = skeleton_of(KeyPose(STANDING, left=back, right=back)).landmarks
        assert drawn[Landmark.LEFT_SHOULDER][0] < loose[Landmark.LEFT_SHOULDER][0] - 0.03
        assert drawn[Landmark.LEFT_SHOULDER][1] < loose[Landmark.LEFT_SHOULDER][1]

    def test_a_bent_spine_takes_the_head_forward_and_a_side_bend_to_the_right(self):
        bent = Bend(flexion=30, side_bend=15)
        head = skeleton_of(KeyPose(STANDING, thoracic=bent)).landmarks[Landmark.HEAD]
        assert head[0] > 0.1
        assert head[1] < -0.05

    def test_the_pose_stands_where_its_anchor_is(self):
        anchor = Anchor(Landmark.RIGHT_KNEE, (1.0, 2.0, 0.05))
        knee = skeleton_of(KeyPose(anchor, lumbar=Bend(flexion=20))).landmarks[Landmark.RIGHT_KNEE]
        assert knee == pytest.approx((1.0, 2.0, 0.05))
