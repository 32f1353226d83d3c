"""Hands and feet that stay where they are while the body between them moves.

Joint angles that run evenly from one pose to the next let a palm glide over the floor, as a
limb is no straight line. So the angles of such a limb are turned a little further, by damped
least squares (Wampler, IEEE Trans Syst Man Cybern 1986;16:93), until its end is back in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import dist
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.domain.movements import LIMB_RANGES, KeyPose, Limbs
from bot.pictures.skeleton import BALL, PALM, SOLE, Skeleton, skeleton_of
from bot.pictures.space import Vec

Matrix = npt.NDArray[np.float64]

STAYS: Final = 0.015
"""Metres; what is no further apart than this in two poses is meant to stay."""

ARM: Final = (
    "scapula_elevation",
    "scapula_protraction",
    "shoulder_plane",
    "shoulder_raise",
    "shoulder_rotation",
    "elbow_flexion",
    "pronation",
    "wrist_extension",
    "wrist_deviation",
)
LEG: Final = ("hip_flexion", "hip_abduction", "hip_rotation", "knee_flexion", "ankle_dorsiflexion")
# Points of the limb's end, in its own frame: what lies on the floor, and one beside it, so that
# the end cannot roll.
_PALM: Final[tuple[Vec, ...]] = ((0.0, 0.0, 0.0), (0.0, 0.0, -PALM), (0.05, 0.0, -PALM / 2))
_FOOT: Final[tuple[Vec, ...]] = ((-0.045, 0.0, -SOLE), (BALL, 0.0, -SOLE), (0.0, 0.04, -SOLE))
_LIMBS: Final = (("hand", ARM, _PALM), ("foot", LEG, _FOOT))
_ROUNDS: Final = 12
_NEAR_ENOUGH: Final = 0.0005
_DAMPING: Final = 0.0005
_NUDGE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Goal:
    """Where points of a limb have to be: each as its bone, its place in that, and in the world."""

    points: tuple[tuple[str, Vec, Vec], ...]

    def misses(self, skeleton: Skeleton) -> list[float]:
        """How far each is from there, axis by axis, in metres."""
        return [
            wanted - got
            for bone, local, place in self.points
            for wanted, got in zip(place, skeleton.bones[bone].at(local), strict=True)
        ]


def kept_in_place(pose: KeyPose, start: KeyPose, end: KeyPose, share: float) -> KeyPose:
    """The pose with hands and feet where both its neighbours have them, if they agree."""
    first, last = skeleton_of(start), skeleton_of(end)
    for side in ("left", "right"):
        for bone, angles, points in _LIMBS:
            goal = _goal(f"{side}-{bone}", points, (first, last), share)
            if goal is not None:
                pose = reached(pose, side, angles, goal)
    return pose


def _goal(
    bone: str, points: Sequence[Vec], ends: tuple[Skeleton, Skeleton], share: float
) -> Goal | None:
    staying: list[tuple[str, Vec, Vec]] = []
    for local in points:
        a, b = (skeleton.bones[bone].at(local) for skeleton in ends)
        if dist(a, b) < STAYS:
            staying.append((bone, local, _toward(a, b, share)))
    return Goal(tuple(staying)) if staying else None


def _toward(a: Vec, b: Vec, share: float) -> Vec:
    return (
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share,
        a[2] + (b[2] - a[2]) * share,
    )


def reached(pose: KeyPose, side: str, angles: Sequence[str], goal: Goal) -> KeyPose:
    """The pose with these angles of one side changed until the goal is met, or nearly."""
    for _ in range(_ROUNDS):
        misses = goal.misses(skeleton_of(pose))
        if max(map(abs, misses)) < _NEAR_ENOUGH:
            break
        pose = _closer(pose, side, angles, goal, misses)
    return pose


def _closer(
    pose: KeyPose, side: str, angles: Sequence[str], goal: Goal, misses: list[float]
) -> KeyPose:
    limbs: Limbs = getattr(pose, side)
    columns: list[list[float]] = []
    for name in angles:
        nudge = _NUDGE if getattr(limbs, name) + _NUDGE <= LIMB_RANGES[name][1] else -_NUDGE
        nudged = _turned(pose, side, {name: nudge})
        moved = goal.misses(skeleton_of(nudged))
        columns.append([(m - n) / nudge for m, n in zip(misses, moved, strict=True)])
    turns = _least(np.array(columns).T, np.array(misses))
    stuck = [
        index
        for index, (name, turn) in enumerate(zip(angles, turns, strict=True))
        if not _within(name, getattr(limbs, name) + turn)
    ]
    if stuck:
        # A joint at the end of its range gives no more; the others make up for it.
        for index in stuck:
            columns[index] = [0.0] * len(misses)
        turns = _least(np.array(columns).T, np.array(misses))
    return _turned(pose, side, dict(zip(angles, turns, strict=True)))


def _least(slopes: Matrix, misses: Matrix) -> list[float]:
    """The smallest turns, in degrees, that close the misses as far as they can be closed."""
    square = slopes @ slopes.T + (_DAMPING * _DAMPING) * np.eye(len(misses))
    turns: list[float] = (slopes.T @ np.linalg.solve(square, misses)).tolist()
    return turns


def _within(name: str, angle: float) -> bool:
    low, high = LIMB_RANGES[name]
    return low <= angle <= high


def _turned(pose: KeyPose, side: str, turns: dict[str, float]) -> KeyPose:
    limbs: Limbs = getattr(pose, side)
    angles = {
        name: min(max(getattr(limbs, name) + turn, LIMB_RANGES[name][0]), LIMB_RANGES[name][1])
        for name, turn in turns.items()
    }
    turned = replace(limbs, **angles)
    return replace(pose, left=turned) if side == "left" else replace(pose, right=turned)
