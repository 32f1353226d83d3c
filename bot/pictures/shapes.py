"""Surfaces out of cross-sections, and the parts that a figure is painted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import copysign, cos, radians, sin
from typing import Final

from bot.pictures.anatomy import Row, Rows
from bot.pictures.space import Frame, Vec, about_z

# A surface patch: rows of points; neighbouring rows are joined by quads.
Sheet = list[list[Vec]]
Spoke = tuple[float, float]
Radii = tuple[float, float, float, float]

AROUND: Final = 16


@dataclass(frozen=True, slots=True)
class Coat:
    """Surfaces of one material that share an outline; an `open` one can be looked into."""

    material: str
    sheets: tuple[Sheet, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Decal:
    """Something on the surface of a shape; `fibres` give it a rim and its rows as a grain.

    A `rim` alone sets it off from its surroundings.
    """

    material: str
    sheet: Sheet
    strength: float = 1.0
    fibres: bool = False
    rim: bool = False


@dataclass(frozen=True, slots=True)
class Seam:
    """Where a shape grows out of its neighbour: no outline there, and a soft passage."""

    neighbour: str
    at: Vec
    radius: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of the body painted in one go: its coats from the skin outwards, then its decals.

    `middle` decides what is painted over what. Seen from where `flipped_from` points to, the coats
    go on in reverse: looking up a leg of the shorts shows the thigh in front of the hem.
    """

    name: str
    coats: tuple[Coat, ...]
    middle: Vec
    seams: tuple[Seam, ...] = ()
    decals: tuple[Decal, ...] = ()
    flipped_from: Vec | None = None


@cache
def dense(rows: Rows) -> Rows:
    """The rows with one more in each gap, on a Catmull-Rom curve."""
    result: list[Row] = []
    for i in range(len(rows) - 1):
        around = (rows[max(i - 1, 0)], rows[i], rows[i + 1], rows[min(i + 2, len(rows) - 1)])
        result += [rows[i], _midway(*around)]
    return (*result, rows[-1])


def _midway(a: Row, b: Row, c: Row, d: Row) -> Row:
    return tuple((9 * (q + r) - p - s) / 16 for p, q, r, s in zip(a, b, c, d, strict=True))


@cache
def row_at(rows: Rows, place: float) -> Row:
    """The section at a place between the rows' first and last."""
    curve = dense(rows)
    for low, high in pairwise(curve):
        if place <= high[0]:
            share = max((place - low[0]) / (high[0] - low[0]), 0.0)
            return tuple(a + (b - a) * share for a, b in zip(low, high, strict=True))
    return curve[-1]


@cache
def circle(around: int = AROUND, begin: float = 0.0, power: float = 1.0) -> tuple[Spoke, ...]:
    """Directions around a section, from the front over the outer side and back to the front.

    `begin` degrees on either side of the front are left out; a `power` below 1 makes the section
    slightly square.
    """
    step = (360.0 - 2 * begin) / around
    angles = [radians(begin + step * i) for i in range(around + 1)]
    return tuple((_bent(cos(a), power), _bent(sin(a), power)) for a in angles)


def _bent(value: float, power: float) -> float:
    return copysign(abs(value) ** power, value)


def ring(
    frame: Frame,
    radii: Radii,
    middle: float = 0.0,
    *,
    mirror: bool = False,
    spokes: tuple[Spoke, ...] | None = None,
) -> list[Vec]:
    """A section's outline in the plane of the frame's x and y."""
    front, back, outer, inner = radii
    (ox, oy, oz), ((ax, ay, az), (bx, by, bz), _) = frame.origin, frame.rotation
    sign = -1.0 if mirror else 1.0
    points: list[Vec] = []
    for c, s in spokes or circle():
        x = middle + c * (front if c > 0 else back)
        y = sign * s * (outer if s > 0 else inner)
        points.append((ox + ax * x + bx * y, oy + ay * x + by * y, oz + az * x + bz * y))
    return points[::-1] if mirror else points


def closed(sheet: Sheet) -> Sheet:
    """The sheet with both its ends drawn together, so that nobody looks into a limb."""
    return [_middle(sheet[0]), *sheet, _middle(sheet[-1])]


def _middle(row: Sequence[Vec]) -> list[Vec]:
    count = len(row)
    xs, ys, zs = zip(*row, strict=True)
    return [(sum(xs) / count, sum(ys) / count, sum(zs) / count)] * count


def loft(
    frame: Frame, length: float, rows: Rows, *, mirror: bool = False, twist: float = 0.0
) -> Sheet:
    """A segment along -z of `frame`; `twist` degrees turn it towards its far end."""
    sheet: Sheet = []
    for t, front, back, outer, inner in dense(rows):
        here = frame.along(-t * length)
        if twist:
            here = here.then((0.0, 0.0, 0.0), about_z(twist * min(max(t, 0.0), 1.0)))
        sheet.append(ring(here, (front, back, outer, inner), mirror=mirror))
    return closed(sheet)


def stack(frame: Frame, rows: Rows) -> Sheet:
    """Level sections above one another, such as the head's; a sixth column opens them."""
    sheet: Sheet = []
    for z, middle, front, back, half, *begin in dense(rows)[::-1]:
        spokes = circle(begin=max(begin[0], 0.0)) if begin else None
        sheet.append(ring(frame.along(z), (front, back, half, half), middle, spokes=spokes))
    return sheet
