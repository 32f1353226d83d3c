"""Forward kinematics: joint angles in, a frame for every bone out.

Bone lengths follow Drillis and Contini's shares of body height (in Winter, "Biomechanics and Motor
Control of Human Movement") for a runner of 1.75 m, which is 7.5 heads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.movements import Bend, KeyPose, Landmark, Limbs
from bot.pictures.space import (
    Frame,
    Rotation,
    Vec,
    about_x,
    about_y,
    about_z,
    add,
    chain,
    minus,
    mirrored,
)

UPPER_ARM: Final = 0.320
FOREARM: Final = 0.256
PALM: Final = 0.095
FINGERS: Final = 0.090
THIGH: Final = 0.429
SHANK: Final = 0.430
SOLE: Final = 0.072
BALL: Final = 0.135
TOE_HEIGHT: Final = 0.022
# Heights above the hip joints, along the spine.
LUMBAR_FROM: Final = 0.07
THORACIC_FROM: Final = 0.24
NECK_FROM: Final = 0.50
SKULL_FROM: Final = 0.595
_LUMBAR_LEVELS: Final = 4
_THORACIC_LEVELS: Final = 6
_CLAVICLE_FROM: Final[Vec] = (0.035, 0.025, -0.005)
_CLAVICLE: Final[Vec] = (-0.055, 0.150, -0.028)
_HIP: Final[Vec] = (0.0, 0.088, 0.0)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Every bone's frame in the world; `spine` goes from pelvis to neck as (height, frame)."""

    spine: tuple[tuple[float, Frame], ...]
    bones: Mapping[str, Frame]
    landmarks: Mapping[Landmark, Vec]

    def at_height(self, height: float) -> Frame:
        """The frame of the trunk at so many metres above the hip joints, along the spine."""
        base, frame = self.spine[0]
        for level, candidate in self.spine:
            if level <= height:
                base, frame = level, candidate
        return Frame(frame.at((0.0, 0.0, height - base)), frame.rotation)

    @property
    def resting_shoulder(self) -> Vec:
        """Where the left shoulder is, in the frame of the thorax, when nothing draws the blade."""
        return add(_CLAVICLE_FROM, _CLAVICLE)

    def moved(self, by: Vec) -> Skeleton:
        """The same pose somewhere else."""
        return Skeleton(
            tuple((height, frame.moved(by)) for height, frame in self.spine),
            {name: frame.moved(by) for name, frame in self.bones.items()},
            {name: Frame(at, _AS_IS).moved(by).origin for name, at in self.landmarks.items()},
        )


_AS_IS: Final[Rotation] = about_x(0.0)


def skeleton_of(pose: KeyPose) -> Skeleton:
    """The pose's skeleton, resting on its anchor."""
    spine = _spine(pose)
    trunk = spine[-2][1]
    top = Frame(trunk.at((0.0, 0.0, NECK_FROM - spine[-2][0])), trunk.rotation)
    pelvis = spine[0][1]
    bones = {"pelvis": pelvis, "thorax": top, "neck": spine[-1][1]}
    bones["head"] = bones["neck"].then((0.0, 0.0, SKULL_FROM - NECK_FROM), _bend(pose.neck, 0.5))
    for side, limbs in (("left", pose.left), ("right", pose.right)):
        bones |= {f"{side}-{name}": frame for name, frame in _limb(side, limbs, pelvis, top)}
    loose = Skeleton(spine, bones, _landmarks(bones))
    return loose.moved(minus(pose.anchor.at, loose.landmarks[pose.anchor.landmark]))


def _spine(pose: KeyPose) -> tuple[tuple[float, Frame], ...]:
    heading = pose.pelvis
    rotation = chain(about_z(heading.turn), about_y(heading.pitch), about_x(heading.roll))
    levels = [(0.0, Frame((0.0, 0.0, 0.0), rotation))]
    bends = [
        *_levels(pose.lumbar, LUMBAR_FROM, THORACIC_FROM, _LUMBAR_LEVELS),
        *_levels(pose.thoracic, THORACIC_FROM, NECK_FROM, _THORACIC_LEVELS),
        (NECK_FROM, _bend(pose.neck, 0.5)),
    ]
    for height, bend in bends:
        below, frame = levels[-1]
        levels.append((height, frame.then((0.0, 0.0, height - below), bend)))
    return tuple(levels)


def _levels(bend: Bend, low: float, high: float, count: int) -> list[tuple[float, Rotation]]:
    step = (high - low) / count
    return [(low + step * i, _bend(bend, 1 / count)) for i in range(count)]


def _bend(bend: Bend, share: float) -> Rotation:
    return chain(
        about_z(bend.rotation * share),
        about_y(bend.flexion * share),
        about_x(bend.side_bend * share),
    )


def _limb(side: str, limbs: Limbs, pelvis: Frame, thorax: Frame) -> list[tuple[str, Frame]]:
    arm = _arm_rotations(limbs)
    leg = _leg_rotations(limbs)
    sign = 1.0
    if side == "right":
        sign = -1.0
        arm = {name: mirrored(rotation) for name, rotation in arm.items()}
        leg = {name: mirrored(rotation) for name, rotation in leg.items()}
    girdle = thorax.then(_to(_CLAVICLE_FROM, sign), arm["girdle"])
    shoulder = Frame(girdle.at(_to(_CLAVICLE, sign)), thorax.rotation)
    upper = shoulder.then((0.0, 0.0, 0.0), arm["shoulder"])
    fore = upper.then((0.0, 0.0, -UPPER_ARM), arm["elbow"])
    hand = fore.then((0.0, 0.0, -FOREARM), arm["wrist"])
    fingers = hand.then((0.0, 0.0, -PALM), arm["fingers"])
    thigh = pelvis.then(_to(_HIP, sign), leg["hip"])
    shank = thigh.then((0.0, 0.0, -THIGH), leg["knee"])
    foot = shank.then((0.0, 0.0, -SHANK), leg["ankle"])
    return [
        ("girdle", girdle),
        ("upper-arm", upper),
        ("forearm", fore),
        ("hand", hand),
        ("fingers", fingers),
        ("fingertips", fingers.then((0.0, 0.0, -FINGERS / 2), arm["fingers"])),
        ("thigh", thigh),
        ("shank", shank),
        ("foot", foot),
        ("toes", foot.then((BALL, 0.0, -SOLE + TOE_HEIGHT), leg["toes"])),
    ]


def _arm_rotations(limbs: Limbs) -> dict[str, Rotation]:
    """Written for the left side, as are the legs; the right side mirrors them."""
    plane = limbs.shoulder_plane
    raised = chain(about_z(-plane), about_x(limbs.shoulder_raise), about_z(plane))
    hand = chain(
        about_z(-limbs.pronation),
        about_x(limbs.wrist_extension),
        about_y(-limbs.wrist_deviation),
    )
    return {
        "girdle": chain(about_x(limbs.scapula_elevation), about_z(-limbs.scapula_protraction)),
        "shoulder": chain(raised, about_z(-limbs.shoulder_rotation)),
        "elbow": about_y(-limbs.elbow_flexion),
        "wrist": hand,
        "fingers": about_x(-limbs.grip),
    }


def _leg_rotations(limbs: Limbs) -> dict[str, Rotation]:
    return {
        "hip": chain(
            about_y(-limbs.hip_flexion),
            about_x(limbs.hip_abduction),
            about_z(limbs.hip_rotation),
        ),
        "knee": about_y(limbs.knee_flexion),
        "ankle": about_y(-limbs.ankle_dorsiflexion),
        "toes": about_y(-limbs.toe_extension),
    }


def _to(point: Vec, sign: float) -> Vec:
    return (point[0], point[1] * sign, point[2])


def _landmarks(bones: Mapping[str, Frame]) -> dict[Landmark, Vec]:
    found = {
        Landmark.HEAD: bones["head"].at((0.0, 0.0, 0.225)),
        Landmark.NECK: bones["neck"].origin,
        Landmark.CHEST: bones["thorax"].at((0.11, 0.0, -0.10)),
        Landmark.UPPER_BACK: bones["thorax"].at((-0.11, 0.0, -0.10)),
        Landmark.LOWER_BACK: bones["pelvis"].at((-0.10, 0.0, 0.12)),
        Landmark.PELVIS: bones["pelvis"].origin,
        Landmark.SEAT: bones["pelvis"].at((-0.03, 0.0, -0.105)),
    }
    places: dict[str, tuple[str, Vec]] = {
        "shoulder": ("upper-arm", (0.0, 0.0, 0.0)),
        "elbow": ("forearm", (0.0, 0.0, 0.0)),
        "wrist": ("hand", (0.0, 0.0, 0.0)),
        "knuckles": ("hand", (0.0, 0.0, -PALM)),
        "knee": ("shank", (0.0, 0.0, 0.0)),
        "ankle": ("foot", (0.0, 0.0, 0.0)),
        "heel": ("foot", (-0.045, 0.0, -SOLE)),
        "ball": ("foot", (BALL, 0.0, -SOLE)),
    }
    for side in ("left", "right"):
        for name, (bone, local) in places.items():
            found[Landmark(f"{side}-{name}")] = bones[f"{side}-{bone}"].at(local)
    return found
