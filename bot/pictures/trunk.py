"""The surface of the trunk, which clothes, muscles and shoulder blades share."""

from __future__ import annotations

from math import copysign, cos, dist, radians, sin
from typing import Final

from bot.pictures import anatomy
from bot.pictures.shapes import Sheet, Spoke, circle, ring, row_at
from bot.pictures.skeleton import Skeleton
from bot.pictures.space import Frame, Vec, aimed

# Below 1 makes the sections slightly square, as a rib cage is.
BOXY: Final = 0.88
_AROUND: Final = 24
_STEP: Final = 0.028


def trunk_point(skeleton: Skeleton, height: float, angle: float, lift: float = 0.0) -> Vec:
    """A point on the trunk: degrees from the front towards the left, `lift` metres off it."""
    c, s = cos(radians(angle)), sin(radians(angle))
    spoke = (copysign(abs(c) ** BOXY, c), copysign(abs(s) ** BOXY, s))
    return _section(skeleton, height, lift, (spoke,))[0]


def _section(
    skeleton: Skeleton, height: float, lift: float, spokes: tuple[Spoke, ...]
) -> list[Vec]:
    _, middle, front, back, half = row_at(anatomy.TRUNK, height)
    radii = (front + lift, back + lift, half + lift, half + lift)
    return ring(skeleton.at_height(height), radii, middle, spokes=spokes)


def trunk_half_width(height: float) -> float:
    """How far the trunk reaches to the side at a height above the hip joints."""
    return row_at(anatomy.TRUNK, height)[4]


def trunk_sheet(skeleton: Skeleton, low: float, high: float, lift: float) -> Sheet:
    """The trunk between two heights, open at both ends."""
    steps = max(round((high - low) / _STEP), 2)
    heights = [round(high + (low - high) * i / steps, 4) for i in range(steps + 1)]
    spokes = circle(_AROUND, power=BOXY)
    return [_section(skeleton, height, lift, spokes) for height in heights]


def girdle_frame(skeleton: Skeleton, side: str) -> tuple[Frame, float]:
    """Where the slope from the neck to the shoulder lies, and how long it is.

    It goes where the shoulder blade goes.
    """
    thorax = skeleton.bones["thorax"]
    shoulder = skeleton.bones[f"{side}-upper-arm"].origin
    start = thorax.at((-0.026, 0.030 if side == "left" else -0.030, 0.010))
    return aimed(start, shoulder, thorax.rotation[0]), dist(start, shoulder)
