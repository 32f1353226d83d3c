"""The back with numbered zones: where a check-in's answers about the place lie.

Each zone is a patch on the body's own surface, given as heights in metres above the hip joints
and degrees from the front. Numbers, not colours, say which is which, and there are no words in
it: the buttons beside it carry both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from math import cos, radians, sin
from typing import Final

from PIL import Image

from bot.domain.movements import Anchor, KeyPose, Landmark, Limbs
from bot.domain.pain import NUMBERED, BodyRegion
from bot.pictures import anatomy, marks
from bot.pictures.body import body
from bot.pictures.figure import paint_figure
from bot.pictures.muscles import upper_trapezius
from bot.pictures.palette import FIGURE, INK, PAPER, WHITE, Material
from bot.pictures.scene import Card, fitted, lay_card, points_of, rounded
from bot.pictures.shapes import Decal, Shape, Sheet, ring, row_at
from bot.pictures.skeleton import Skeleton, skeleton_of
from bot.pictures.space import Camera, Vec
from bot.pictures.trunk import trunk_point

NAME: Final = "back-map"
"""Its name among the pictures; no movement is called so."""

WIDTH: Final = 960
HEIGHT: Final = 800
_GAP: Final = 22
_BELOW_IS_CROPPED: Final = 0.96
_STEPS: Final = 32
_LIFT: Final = 0.007
_STANDING: Final = Limbs(shoulder_raise=15, elbow_flexion=8, hip_abduction=2, scapula_elevation=-2)


@dataclass(frozen=True, slots=True)
class _Patch:
    """A rounded patch of the trunk: from `low` to `high`, and degrees across."""

    low: float
    high: float
    first: float
    last: float

    def sheet(self, skeleton: Skeleton) -> Sheet:
        """Its surface; wound so that it is seen from outside."""
        return [self._row(skeleton, 1 - 2 * i / _STEPS) for i in range(_STEPS + 1)]

    def _row(self, skeleton: Skeleton, up: float) -> list[Vec]:
        """The row at `up` (-1 to 1), shorter towards both ends, so that the corners are round."""
        height = (self.low + self.high) / 2 + up * (self.high - self.low) / 2
        wide = (1 - min(abs(up), 0.999) ** 4) ** 0.25
        middle, half = (self.first + self.last) / 2, (self.last - self.first) / 2 * wide
        angles = [middle + half * (2 * i / _STEPS - 1) for i in range(_STEPS + 1)]
        return [trunk_point(skeleton, round(height, 4), angle, _LIFT) for angle in angles]


_PATCHES: Final[Mapping[BodyRegion, tuple[_Patch, ...]]] = {
    BodyRegion.BETWEEN_BLADES: (_Patch(0.255, 0.472, 157.0, 203.0),),
    BodyRegion.ONE_SIDE: (
        _Patch(0.250, 0.472, 104.0, 154.0),
        _Patch(0.250, 0.472, 206.0, 256.0),
    ),
    BodyRegion.LOWER_BACK: (_Patch(0.075, 0.236, 108.0, 252.0),),
}
# Where the numbers stand: height, degrees.
_NUMBERS: Final[Mapping[BodyRegion, tuple[tuple[float, float], ...]]] = {
    BodyRegion.BETWEEN_BLADES: ((0.380, 180.0),),
    BodyRegion.ONE_SIDE: ((0.350, 139.0), (0.350, 221.0)),
    BodyRegion.NECK_SHOULDERS: ((0.520, 180.0),),
    BodyRegion.LOWER_BACK: ((0.155, 180.0),),
}
_LOOK: Final[dict[str, Material]] = {
    **FIGURE,
    "top": Material((176, 170, 160), (226, 220, 210), (248, 244, 238), (112, 104, 98)),
    BodyRegion.BETWEEN_BLADES: Material(
        (196, 66, 44), (232, 93, 66), (250, 130, 100), (255, 240, 232)
    ),
    BodyRegion.ONE_SIDE: Material(
        (214, 148, 50), (244, 184, 84), (255, 212, 130), (255, 246, 230)
    ),
    BodyRegion.NECK_SHOULDERS: Material(
        (18, 84, 94), (30, 118, 128), (70, 156, 162), (226, 244, 242)
    ),
    BodyRegion.LOWER_BACK: Material((46, 58, 98), (72, 86, 136), (110, 124, 172), (228, 232, 246)),
}


def render_map() -> bytes:
    """The map as PNG, the same bytes every time."""
    unit = WIDTH / 960
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    card = Card(_GAP, _GAP, WIDTH - 2 * _GAP, HEIGHT - 2 * _GAP, unit)
    skeleton = skeleton_of(
        KeyPose(Anchor(Landmark.LEFT_BALL, (0.13, 0.1, 0.0)), left=_STANDING, right=_STANDING)
    )
    shapes = [_zoned(shape, skeleton) for shape in body(skeleton)]
    camera = fitted(Camera(180.0, 4.0), points_of(shapes), card, _BELOW_IS_CROPPED)
    panel = image.copy()
    lay_card(panel, card, camera, floor=False)
    paint_figure(panel, shapes, camera, _LOOK)
    for number, region in enumerate(NUMBERED, start=1):
        for height, angle in _NUMBERS[region]:
            ((x, y, _),) = camera.project([trunk_point(skeleton, height, angle, _LIFT)])
            marks.badge(panel, (x, y), str(number), unit * 1.2, (WHITE, INK))
    image.paste(panel, (0, 0), rounded(image.size, card))
    out = BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()


def _zoned(shape: Shape, skeleton: Skeleton) -> Shape:
    if shape.name == "neck":
        return replace(shape, decals=(_zone(BodyRegion.NECK_SHOULDERS, _nape(skeleton)),))
    if shape.name != "torso":
        return shape
    sheets = [
        (region, patch.sheet(skeleton))
        for region, patches in _PATCHES.items()
        for patch in patches
    ]
    sheets += [
        (BodyRegion.NECK_SHOULDERS, upper_trapezius(skeleton, side)) for side in ("left", "right")
    ]
    sheets.append((BodyRegion.NECK_SHOULDERS, _Patch(0.483, 0.540, 110.0, 250.0).sheet(skeleton)))
    return replace(shape, decals=tuple(_zone(region, sheet) for region, sheet in sheets))


def _zone(region: BodyRegion, sheet: Sheet) -> Decal:
    return Decal(region, sheet, 0.9, rim=True)


def _nape(skeleton: Skeleton) -> Sheet:
    """The back of the neck, up to the hair."""
    neck = skeleton.bones["neck"]
    spokes = tuple((cos(radians(a)), sin(radians(a))) for a in range(95, 266, 10))
    sheet: Sheet = []
    for step in range(_STEPS + 1):
        up = 0.075 - 0.105 * step / _STEPS
        _, middle, front, back, half = row_at(anatomy.NECK, round(up, 4))
        radii = (front + _LIFT, back + _LIFT, half + _LIFT, half + _LIFT)
        sheet.append(ring(neck.along(up), radii, middle, spokes=spokes))
    return sheet
