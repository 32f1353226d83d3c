"""What the movements are done on or against, as boxes that are painted among the body's parts."""

from __future__ import annotations

from itertools import product
from typing import Final

from bot.domain.movements import Prop, PropKind
from bot.pictures.shapes import Coat, Shape, Sheet
from bot.pictures.space import Frame, Vec, about_z

SEAT_HEIGHT: Final = 0.445

# Material, middle and size of each box, in metres from where the prop stands.
_Box = tuple[str, Vec, Vec]

_CHAIR: Final[tuple[_Box, ...]] = (
    ("wood", (0.02, 0.0, SEAT_HEIGHT - 0.02), (0.42, 0.42, 0.04)),
    ("wood", (-0.185, 0.0, 0.775), (0.05, 0.42, 0.16)),
    *(("wood", (-0.192, y, 0.41), (0.034, 0.036, 0.82)) for y in (-0.17, 0.17)),
    *(("wood", (0.19, y, 0.20), (0.034, 0.036, 0.41)) for y in (-0.17, 0.17)),
)
_DOORWAY: Final[tuple[_Box, ...]] = (
    ("frame", (0.0, 0.53, 0.99), (0.06, 0.06, 1.98)),
    ("frame", (0.0, -0.53, 0.99), (0.06, 0.06, 1.98)),
    ("frame", (0.0, 0.0, 2.01), (0.06, 1.12, 0.06)),
)
_MAT: Final[tuple[_Box, ...]] = (("mat", (0.0, 0.0, -0.008), (2.1, 0.72, 0.016)),)
_BOXES: Final = {
    PropKind.CHAIR: _CHAIR,
    PropKind.DOORWAY: _DOORWAY,
    PropKind.MAT: _MAT,
}


def prop_shapes(prop: Prop) -> list[Shape]:
    """The prop's boxes as shapes."""
    shapes: list[Shape] = []
    home = Frame(prop.at, about_z(prop.turn))
    for material, middle, size in _BOXES[prop.kind]:
        coat = Coat(material, _faces(home, middle, size))
        shapes.append(Shape(prop.kind.value, (coat,), home.at(middle)))
    return shapes


def _faces(home: Frame, middle: Vec, size: Vec) -> tuple[Sheet, ...]:
    """Six faces, each wound so that it is seen from outside only."""
    faces: list[Sheet] = []
    for axis, sign in product(range(3), (1.0, -1.0)):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        corners: list[Vec] = []
        for p, q in ((-1, 1), (1, 1), (1, -1), (-1, -1)):
            point = list(middle)
            point[axis] += sign * size[axis] / 2
            point[u] += p * sign * size[u] / 2
            point[v] += q * size[v] / 2
            corners.append(home.at((point[0], point[1], point[2])))
        a, b, c, d = corners
        faces.append([[a, b], [d, c]])
    return tuple(faces)
