"""Where the working muscles lie on the trunk, as bundles of fibres.

Each fibre runs from (height, angle) to (height, angle): metres above the hip joints, degrees from
the front towards the side. Given for the left; the right mirrors it. Attachments are those of any
anatomy atlas; a fibre that ends on the shoulder blade follows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import asin, copysign, cos, degrees, radians, sin
from typing import Final

from bot.domain.movements import Muscle
from bot.pictures import anatomy
from bot.pictures.shapes import Decal, Sheet, row_at
from bot.pictures.skeleton import Skeleton
from bot.pictures.space import Vec, cross, dot, minus
from bot.pictures.trunk import BOXY, girdle_frame, trunk_half_width, trunk_point

Fibre = tuple[float, float, float, float]

_LIFT: Final = 0.006
_ALONG: Final = 9
_BETWEEN: Final = 3
# Metres the blade glides towards the spine for each metre its shoulder goes backwards.
_GLIDE: Final = 0.62
# And the furthest it gets: the blades stay apart.
_NEAREST: Final = -0.030


@dataclass(frozen=True, slots=True)
class _Bundle:
    fibres: tuple[Fibre, ...]
    on_blade: bool = False


_BUNDLES: Final[Mapping[Muscle, _Bundle]] = {
    Muscle.RHOMBOIDS: _Bundle(
        (
            (0.500, 177.0, 0.452, 152.0),
            (0.470, 177.0, 0.418, 150.0),
            (0.440, 177.0, 0.384, 149.0),
            (0.410, 177.0, 0.350, 149.0),
        ),
        on_blade=True,
    ),
    Muscle.TRAPEZIUS: _Bundle(
        (
            (0.500, 177.0, 0.485, 128.0),
            (0.470, 177.0, 0.468, 126.0),
            (0.430, 177.0, 0.452, 132.0),
            (0.370, 177.0, 0.440, 140.0),
            (0.310, 177.0, 0.425, 148.0),
            (0.250, 178.0, 0.400, 153.0),
        ),
        on_blade=True,
    ),
    Muscle.THORACIC_ERECTORS: _Bundle(
        (
            (0.500, 176.5, 0.235, 176.5),
            (0.500, 164.0, 0.235, 164.0),
            (0.490, 148.0, 0.240, 150.0),
            (0.475, 132.0, 0.252, 136.0),
            (0.450, 120.0, 0.272, 124.0),
        )
    ),
    Muscle.ERECTORS: _Bundle(
        (
            (0.500, 176.0, 0.110, 176.0),
            (0.500, 164.0, 0.110, 164.0),
            (0.490, 148.0, 0.110, 148.0),
            (0.475, 132.0, 0.112, 134.0),
            (0.450, 120.0, 0.120, 124.0),
        )
    ),
    Muscle.CHEST: _Bundle(
        (
            (0.462, 7.0, 0.470, 74.0),
            (0.435, 5.0, 0.458, 76.0),
            (0.405, 5.0, 0.446, 77.0),
            (0.378, 9.0, 0.434, 78.0),
            (0.358, 20.0, 0.422, 78.0),
        )
    ),
    Muscle.ABDOMINALS: _Bundle(
        (
            (0.340, 3.0, 0.105, 3.0),
            (0.338, 12.0, 0.105, 10.0),
            (0.328, 22.0, 0.105, 18.0),
            (0.312, 31.0, 0.105, 25.0),
        )
    ),
    Muscle.OBLIQUES: _Bundle(
        (
            (0.330, 70.0, 0.270, 36.0),
            (0.310, 84.0, 0.225, 34.0),
            (0.285, 94.0, 0.175, 32.0),
            (0.255, 102.0, 0.125, 32.0),
            (0.215, 107.0, 0.105, 50.0),
            (0.170, 110.0, 0.105, 76.0),
        )
    ),
}
_BLADE: Final[tuple[Fibre, ...]] = (
    (0.476, 0.070, 0.470, 0.120),
    (0.446, 0.062, 0.448, 0.138),
    (0.400, 0.066, 0.412, 0.126),
    (0.355, 0.076, 0.368, 0.104),
    (0.336, 0.082, 0.342, 0.090),
)


def muscle_decals(skeleton: Skeleton, muscles: Iterable[Muscle]) -> tuple[Decal, ...]:
    """The lit muscles of both sides, to be laid on the trunk."""
    return tuple(
        Decal("muscle", sheet, 0.94, fibres=True)
        for muscle in muscles
        for side in ("left", "right")
        for sheet in _sheets(skeleton, muscle, side)
    )


def _sheets(skeleton: Skeleton, muscle: Muscle, side: str) -> list[Sheet]:
    sheets = [_sheet(skeleton, _BUNDLES[muscle], side)]
    if muscle is Muscle.TRAPEZIUS:
        sheets.append(upper_trapezius(skeleton, side))
    return sheets


def upper_trapezius(skeleton: Skeleton, side: str) -> Sheet:
    """The part that runs over the slope from the neck to the shoulder."""
    frame, length = girdle_frame(skeleton, side)
    rows: Sheet = []
    for angle in range(46, 196, 15):
        row: list[Vec] = []
        for i in range(_ALONG + 1):
            t = 0.10 + 0.74 * i / _ALONG
            _, front, back, outer, _ = row_at(anatomy.GIRDLE, round(t, 3))
            c, s = cos(radians(angle)), sin(radians(angle))
            x, y = c * ((front if c > 0 else back) + _LIFT), s * (outer + _LIFT)
            row.append(frame.at((x, y if side == "left" else -y, -t * length)))
        rows.append(row)
    return rows if side == "right" else rows[::-1]


def blade_decals(skeleton: Skeleton) -> tuple[Decal, ...]:
    """Both shoulder blades under the cloth, where their shoulders have taken them."""
    decals: list[Decal] = []
    for side in ("left", "right"):
        across, up = _glide(skeleton, side)
        fibres = tuple(
            (h0 + up, _angle(h0, y0 + across), h1 + up, _angle(h1, y1 + across))
            for h0, y0, h1, y1 in _BLADE
        )
        decals.append(Decal("blade", _sheet(skeleton, _Bundle(fibres), side), 0.38))
    return tuple(decals)


def _angle(height: float, across: float) -> float:
    """The angle at the back of the trunk that is `across` metres from the spine."""
    share = min(max(across / trunk_half_width(round(height, 4)), -1.0), 1.0)
    return 180.0 - degrees(asin(copysign(abs(share) ** (1 / BOXY), share)))


def _across(height: float, angle: float) -> float:
    return float(sin(radians(180.0 - angle)) ** BOXY) * trunk_half_width(round(height, 4))


def _glide(skeleton: Skeleton, side: str) -> tuple[float, float]:
    """How far a blade has left its resting place: away from the spine, and up, in metres."""
    thorax = skeleton.bones["thorax"]
    shoulder = minus(skeleton.bones[f"{side}-upper-arm"].origin, thorax.origin)
    forward = dot(shoulder, thorax.rotation[0]) - skeleton.resting_shoulder[0]
    upward = dot(shoulder, thorax.rotation[2]) - skeleton.resting_shoulder[2]
    return max(forward * _GLIDE, _NEAREST), upward


def _sheet(skeleton: Skeleton, bundle: _Bundle, side: str) -> Sheet:
    across, up = _glide(skeleton, side) if bundle.on_blade else (0.0, 0.0)
    fibres = bundle.fibres
    if bundle.on_blade:
        fibres = tuple(
            (h0, a0, h1 + up, _angle(h1, _across(h1, a1) + across)) for h0, a0, h1, a1 in fibres
        )
    rows = [_row(skeleton, fibre, side) for fibre in _spread(fibres)]
    return rows if _faces_out(skeleton, rows, fibres[0][0]) else rows[::-1]


def _faces_out(skeleton: Skeleton, rows: Sheet, height: float) -> bool:
    """Whether the rows wind as the trunk's own do, so that they vanish on the far side."""
    upper, lower = rows[0], rows[-1]
    normal = cross(minus(lower[-1], upper[0]), minus(lower[0], upper[-1]))
    middle = rows[len(rows) // 2][_ALONG // 2]
    return dot(normal, minus(middle, skeleton.at_height(height).origin)) < 0


def _spread(fibres: tuple[Fibre, ...]) -> list[Fibre]:
    spread: list[Fibre] = []
    for a, b in pairwise(fibres):
        for k in range(_BETWEEN):
            h0, a0, h1, a1 = (p + (q - p) * k / _BETWEEN for p, q in zip(a, b, strict=True))
            spread.append((h0, a0, h1, a1))
    return [*spread, fibres[-1]]


def _row(skeleton: Skeleton, fibre: Fibre, side: str) -> list[Vec]:
    h0, a0, h1, a1 = fibre
    sign = 1.0 if side == "left" else -1.0
    return [
        trunk_point(
            skeleton,
            round(h0 + (h1 - h0) * i / _ALONG, 4),
            sign * (a0 + (a1 - a0) * i / _ALONG),
            _LIFT,
        )
        for i in range(_ALONG + 1)
    ]
