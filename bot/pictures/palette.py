"""The colours of every movement picture: warm paper, deep teal, coral.

Roles differ in lightness as well as in hue, so that they stay apart for colour-blind runners and
in grey.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Colour = tuple[int, int, int]

PAPER: Final[Colour] = (251, 247, 240)
CARD: Final[Colour] = (229, 239, 236)
FLOOR: Final[Colour] = (240, 228, 208)
RING_TRACK: Final[Colour] = (248, 222, 211)
INK: Final[Colour] = (20, 70, 80)
TEAL: Final[Colour] = (23, 108, 118)
CORAL: Final[Colour] = (232, 93, 66)
WHITE: Final[Colour] = (255, 255, 255)
SHADE: Final[Colour] = (40, 24, 30)


@dataclass(frozen=True, slots=True)
class Material:
    """A surface's colours from shadow over middle to light, and its outline."""

    shadow: Colour
    middle: Colour
    light: Colour
    line: Colour


FIGURE: Final[dict[str, Material]] = {
    "skin": Material((158, 98, 72), (206, 146, 112), (238, 192, 158), (112, 62, 46)),
    "top": Material((12, 66, 78), (28, 118, 128), (86, 172, 176), (8, 46, 56)),
    "shorts": Material((28, 36, 54), (52, 64, 88), (98, 112, 138), (18, 24, 38)),
    "hair": Material((46, 30, 26), (82, 54, 44), (134, 96, 76), (34, 22, 20)),
    "shoe": Material((166, 54, 38), (228, 92, 66), (252, 146, 116), (110, 34, 26)),
    "sole": Material((190, 180, 166), (240, 234, 224), (255, 253, 248), (110, 96, 88)),
    "wood": Material((146, 104, 66), (196, 152, 104), (228, 192, 146), (104, 72, 46)),
    "frame": Material((150, 140, 126), (206, 196, 180), (240, 233, 220), (120, 108, 96)),
    "mat": Material((112, 152, 148), (146, 188, 182), (170, 206, 200), (86, 126, 122)),
    "feature": Material((78, 44, 36), (78, 44, 36), (78, 44, 36), (78, 44, 36)),
    "blade": Material((60, 140, 146), (110, 190, 192), (170, 222, 220), (8, 46, 56)),
    "muscle": Material((206, 76, 46), (244, 124, 78), (255, 176, 120), (255, 228, 204)),
}
GHOST: Final = Material((150, 178, 180), (188, 208, 208), (214, 228, 227), (110, 148, 152))


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """The colour a `share` of the way from `a` to `b`."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def shaded(material: Material, light: float) -> Colour:
    """The material where `light` (0 to 1) falls on it."""
    above = light * 2 - 1
    if above < 0:
        return mixed(material.middle, material.shadow, -above)
    return mixed(material.middle, material.light, above)
