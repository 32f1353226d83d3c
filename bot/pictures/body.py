"""The runner's body in a pose: anatomy's cross-sections lofted along a skeleton's bones."""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, degrees, dist
from typing import Final

from bot.domain.movements import Muscle
from bot.pictures import anatomy
from bot.pictures import skeleton as bone
from bot.pictures.anatomy import Rows
from bot.pictures.head import head_shapes
from bot.pictures.muscles import blade_decals, muscle_decals
from bot.pictures.shapes import Coat, Seam, Shape, Sheet, closed, dense, loft, ring
from bot.pictures.skeleton import Skeleton
from bot.pictures.space import Frame, about_y, aimed, dot, scaled
from bot.pictures.trunk import girdle_frame, trunk_sheet

_WAIST: Final = 0.095
_COLLAR: Final = 0.545
_HIP_SEAM: Final = 0.13
_KNEE_SEAM: Final = 0.075
_ELBOW_SEAM: Final = 0.060
_WRIST_SEAM: Final = 0.040


def body(skeleton: Skeleton, muscles: Iterable[Muscle] = ()) -> list[Shape]:
    """All shapes of the figure in its pose, in no particular order."""
    shapes = [_pelvis(skeleton), _torso(skeleton, muscles), *head_shapes(skeleton)]
    for side in ("left", "right"):
        shapes += [*_arm(skeleton, side), *_leg(skeleton, side)]
    return shapes


def _pelvis(skeleton: Skeleton) -> Shape:
    coat = Coat("shorts", (closed(trunk_sheet(skeleton, -0.11, _WAIST + 0.03, 0.006)),))
    return Shape("pelvis", (coat,), skeleton.bones["pelvis"].origin)


def _torso(skeleton: Skeleton, muscles: Iterable[Muscle]) -> Shape:
    girdles = [
        loft(*girdle_frame(skeleton, side), anatomy.GIRDLE)[1:] for side in ("left", "right")
    ]
    top = Coat("top", (trunk_sheet(skeleton, _WAIST, _COLLAR, 0.004), *girdles))
    decals = (*blade_decals(skeleton), *muscle_decals(skeleton, muscles))
    return Shape("torso", (top,), skeleton.at_height(0.33).origin, decals=decals)


def _arm(skeleton: Skeleton, side: str) -> list[Shape]:
    bones, mirror = skeleton.bones, side == "right"
    arm, forearm, palm = (f"{side}-{name}" for name in ("upper-arm", "forearm", "hand"))
    upper, fore, hand = bones[arm], bones[forearm], bones[palm]
    elbow, wrist = (fore.origin, _ELBOW_SEAM), (hand.origin, _WRIST_SEAM)
    sheet = loft(upper, bone.UPPER_ARM, anatomy.UPPER_ARM, mirror=mirror)
    lower = loft(fore, bone.FOREARM, anatomy.FOREARM, mirror=mirror, twist=_twist(fore, hand))
    return [
        Shape(arm, (_skin(sheet),), upper.at((0.0, 0.0, -0.16)), (Seam(forearm, *elbow),)),
        Shape(
            forearm,
            (_skin(lower),),
            fore.at((0.0, 0.0, -0.13)),
            (Seam(arm, *elbow), Seam(palm, *wrist)),
        ),
        Shape(
            palm, (_hand(skeleton, side),), hand.at((0.0, 0.0, -0.08)), (Seam(forearm, *wrist),)
        ),
    ]


def _skin(*sheets: Sheet) -> Coat:
    return Coat("skin", sheets)


def _hand(skeleton: Skeleton, side: str) -> Coat:
    mirror = side == "right"
    hand, fingers, tips = (
        skeleton.bones[f"{side}-{name}"] for name in ("hand", "fingers", "fingertips")
    )
    sign = -1.0 if mirror else 1.0
    root, tip = hand.at((0.018, -0.004 * sign, -0.024)), hand.at((0.062, -0.018 * sign, -0.086))
    return _skin(
        loft(hand, bone.PALM, anatomy.PALM, mirror=mirror),
        loft(fingers, bone.FINGERS / 2, anatomy.FINGERS, mirror=mirror),
        loft(tips, bone.FINGERS / 2, anatomy.FINGERTIPS, mirror=mirror),
        loft(aimed(root, tip, hand.rotation[0]), dist(root, tip), anatomy.THUMB),
    )


def _twist(fore: Frame, hand: Frame) -> float:
    """Degrees the hand is turned about the forearm's length."""
    across = hand.rotation[1]
    return degrees(atan2(-dot(fore.rotation[0], across), dot(fore.rotation[1], across)))


def _leg(skeleton: Skeleton, side: str) -> list[Shape]:
    bones, mirror = skeleton.bones, side == "right"
    upper, lower, end = (f"{side}-{name}" for name in ("thigh", "shank", "foot"))
    thigh, shank, foot = bones[upper], bones[lower], bones[end]
    knee = (shank.origin, _KNEE_SEAM)
    skin = _skin(loft(thigh, bone.THIGH, anatomy.THIGH, mirror=mirror))
    leg = loft(thigh, bone.THIGH, anatomy.SHORTS_LEG, mirror=mirror)
    calf = _skin(loft(shank, bone.SHANK, anatomy.SHANK, mirror=mirror))
    return [
        Shape(
            upper,
            (skin, Coat("shorts", (leg[1:-1],), open=True)),
            thigh.at((0.0, 0.0, -0.2)),
            (Seam("pelvis", thigh.origin, _HIP_SEAM), Seam(lower, *knee)),
            flipped_from=scaled(thigh.rotation[2], -1.0),
        ),
        Shape(lower, (calf,), shank.at((0.0, 0.0, -0.2)), (Seam(upper, *knee),)),
        Shape(
            end,
            _shoe(foot, bones[f"{side}-toes"]),
            foot.at((0.06, 0.0, -0.03)),
            flipped_from=foot.rotation[2],
        ),
    ]


def _shoe(foot: Frame, toes: Frame) -> tuple[Coat, ...]:
    return (
        Coat("shoe", (_shoe_sheet(foot, toes, anatomy.SHOE),)),
        Coat("sole", (_shoe_sheet(foot, toes, anatomy.SHOE_SOLE),)),
    )


def _shoe_sheet(foot: Frame, toes: Frame, rows: Rows) -> Sheet:
    sheet: Sheet = []
    for x, up, down, half in dense(rows):
        home, forward, lift = foot, x, 0.0
        if x > bone.BALL:
            home, forward, lift = toes, x - bone.BALL, bone.SOLE - bone.TOE_HEIGHT
        here = home.then((forward, 0.0, (up - down) / 2 + lift), about_y(-90.0))
        tall = (up + down) / 2
        sheet.append(ring(here, (tall, tall, half, half)))
    return closed(sheet)
