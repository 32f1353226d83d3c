"""The card a figure stands on: fitting it in, the floor, its shadow, rounded corners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import radians, sin
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from bot.pictures.palette import CARD, FLOOR, SHADE
from bot.pictures.shapes import Shape
from bot.pictures.space import Camera, Vec

_SIDE: Final = 36
_ABOVE: Final = 70
_BELOW: Final = 56
_CORNER: Final = 30
_K: Final = 4
# Metres of floor behind the figure, and the height at which a body casts no shadow any more.
_FLOOR_BEHIND: Final = 1.3
_SHADOW_REACH: Final = 0.8
_SHADOW: Final = 92


@dataclass(frozen=True, slots=True)
class Card:
    """A panel of the picture, in pixels; `unit` is how many of them a drawn point has."""

    left: float
    top: float
    wide: float
    tall: float
    unit: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return (self.left, self.top, self.left + self.wide, self.top + self.tall)


def fitted(camera: Camera, points: Iterable[Vec], card: Card, crop: float | None) -> Camera:
    """The camera moved and scaled so that the points fill the card.

    With `crop` only what is higher than so many metres counts; the rest runs out of the card.
    """
    spots = camera.project([p for p in points if crop is None or p[2] >= crop])
    xs, ys = [p[0] for p in spots], [p[1] for p in spots]
    unit = card.unit
    across, upright = max(xs) - min(xs), max(ys) - min(ys)
    room = card.tall - (_ABOVE + (_BELOW if crop is None else 0)) * unit
    scale = min((card.wide - 2 * _SIDE * unit) / across, room / upright)
    spare = room - scale * upright
    below = (_BELOW * unit + spare * 0.42) if crop is None else spare * 0.8
    x = card.left + card.wide / 2 - scale * (max(xs) + min(xs)) / 2
    y = card.top + card.tall - below - scale * max(ys)
    return replace(camera, scale=scale, centre=(x, y))


def points_of(shapes: Iterable[Shape]) -> Iterator[Vec]:
    """Enough of the shapes' points to know how far they reach."""
    for shape in shapes:
        for coat in shape.coats:
            for sheet in coat.sheets:
                for row in sheet:
                    yield from row[::3]


def lay_card(image: Image.Image, card: Card, camera: Camera, *, floor: bool) -> None:
    """The panel's ground, and the floor up to the horizon."""
    draw = ImageDraw.Draw(image)
    draw.rectangle(card.box, fill=CARD)
    if floor:
        rise = camera.scale * _FLOOR_BEHIND * sin(radians(camera.elevation))
        left, _, right, bottom = card.box
        draw.rectangle((left, camera.centre[1] - rise, right, bottom), fill=FLOOR)


def rounded(size: tuple[int, int], card: Card) -> Image.Image:
    """The card's mask."""
    left, top, right, bottom = (round(v) for v in card.box)
    big = Image.new("L", ((right - left) * _K, (bottom - top) * _K), 0)
    corner = round(_CORNER * card.unit * _K)
    ImageDraw.Draw(big).rounded_rectangle((0, 0, *big.size), radius=corner, fill=255)
    mask = Image.new("L", size, 0)
    mask.paste(big.reduce(_K), (left, top))
    return mask


def cast_shadow(image: Image.Image, shapes: Sequence[Shape], camera: Camera) -> None:
    """A soft shadow on the floor, darkest where the body is lowest."""
    mask = Image.new("L", (image.width // _K, image.height // _K), 0)
    draw = ImageDraw.Draw(mask)
    for low, row in sorted(_footprints(shapes), key=lambda print_: -print_[0]):
        value = round(_SHADOW * max(0.0, 1 - low / _SHADOW_REACH))
        spots = [(x / _K, y / _K) for x, y, _ in camera.project(row)]
        if value:
            draw.polygon(spots, fill=value, outline=value)
    soft = mask.filter(ImageFilter.GaussianBlur(2.2))
    image.paste(SHADE, (0, 0), soft.resize(image.size, Image.Resampling.BILINEAR))


def _footprints(shapes: Sequence[Shape]) -> Iterator[tuple[float, list[Vec]]]:
    """Each row of a surface as seen from straight above, with the height of its lowest point."""
    for shape in shapes:
        for coat in shape.coats:
            for sheet in coat.sheets:
                for row in sheet[::2]:
                    yield min(p[2] for p in row), [(p[0], p[1], 0.0) for p in row]
