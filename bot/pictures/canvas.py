"""Flat shapes with smooth edges, in units of their own: `SCALE` pixels each.

Every shape is drawn four times as large on a mask of its own size and made smaller. That holds
the interpreter for some tenths of a millisecond at a time, so that others get their turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from math import ceil, floor
from typing import Final

from PIL import Image, ImageDraw

from bot.pictures.lettering import Weight, font
from bot.pictures.palette import Colour

SCALE: Final = 3
_K: Final = 4

Spot = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Canvas:
    """A picture under way. All places and sizes are in units."""

    def __init__(self, wide: float, tall: float, ground: Colour) -> None:
        self.image = Image.new("RGB", (round(wide * SCALE), round(tall * SCALE)), ground)
        self._letters = ImageDraw.Draw(self.image)

    def disc(self, at: Spot, radius: float, fill: Colour) -> None:
        """A filled circle."""
        box = _around(at, radius)
        self._shape(box, fill, lambda draw, place: draw.ellipse(place(box), fill=255))

    def ring(self, at: Spot, radius: float, thick: float, fill: Colour) -> None:
        """A circle's line, inside its radius."""
        box = _around(at, radius)
        self._shape(
            box,
            fill,
            lambda draw, place: draw.ellipse(place(box), outline=255, width=_thickness(thick)),
        )

    def polygon(self, corners: Sequence[Spot], fill: Colour) -> None:
        """A filled polygon."""
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = (min(xs), min(ys), max(xs), max(ys))

        def drawn(draw: ImageDraw.ImageDraw, place: Callable[[Box], Box]) -> None:
            draw.polygon([place((x, y, x, y))[:2] for x, y in corners], fill=255)

        self._shape(box, fill, drawn)

    def bar(self, box: Box, radius: float, fill: Colour, *, hollow: float = 0.0) -> None:
        """A rectangle with round corners; a `hollow` one is only a line of that thickness."""
        round_by = min(radius, (box[2] - box[0]) / 2, (box[3] - box[1]) / 2) * SCALE * _K

        def drawn(draw: ImageDraw.ImageDraw, place: Callable[[Box], Box]) -> None:
            if hollow:
                width = _thickness(hollow)
                draw.rounded_rectangle(place(box), round_by, outline=255, width=width)
            else:
                draw.rounded_rectangle(place(box), round_by, fill=255)

        self._shape(box, fill, drawn)

    def slab(self, box: Box, radius: float, fill: Colour) -> None:
        """A large rectangle with round corners, its sides on whole pixels.

        Only the caps need smooth edges, and a mask over all of it would cost a hundred times that.
        """
        left, top, right, bottom = (round(one * SCALE) / SCALE for one in box)
        self.bar((left, top, right, top + 2 * radius), radius, fill)
        self.bar((left, bottom - 2 * radius, right, bottom), radius, fill)
        inner = (left, top + radius, right, bottom - radius)
        x1, y1, x2, y2 = (round(one * SCALE) for one in inner)
        self._letters.rectangle((x1, y1, x2 - 1, y2 - 1), fill)

    def line(self, begin: Spot, end: Spot, thick: float, fill: Colour) -> None:
        """A straight line with round ends."""
        half = thick / 2
        (x1, y1), (x2, y2) = begin, end
        box = (min(x1, x2) - half, min(y1, y2) - half, max(x1, x2) + half, max(y1, y2) + half)

        def drawn(draw: ImageDraw.ImageDraw, place: Callable[[Box], Box]) -> None:
            draw.line(place((x1, y1, x2, y2)), fill=255, width=_thickness(thick))
            for spot in (begin, end):
                draw.ellipse(place(_around(spot, half)), fill=255)

        self._shape(box, fill, drawn)

    def text(
        self,
        at: Spot,
        text: str,
        size: float,
        fill: Colour,
        *,
        weight: Weight = Weight.REGULAR,
        anchor: str = "lm",
    ) -> None:
        """A line of text; `anchor` as Pillow has it, lm being left and middle."""
        place = (at[0] * SCALE, at[1] * SCALE)
        letters = font(weight, round(size * SCALE))
        self._letters.text(place, text, fill=fill, font=letters, anchor=anchor)

    def png(self) -> bytes:
        """The picture as a file."""
        out = BytesIO()
        self.image.save(out, "PNG", compress_level=3)
        return out.getvalue()

    def _shape(
        self,
        box: Box,
        fill: Colour,
        draw: Callable[[ImageDraw.ImageDraw, Callable[[Box], Box]], None],
    ) -> None:
        left, top = (floor(one * SCALE) - 1 for one in box[:2])
        right, bottom = (ceil(one * SCALE) + 1 for one in box[2:])
        mask = Image.new("L", ((right - left) * _K, (bottom - top) * _K), 0)

        def place(one: Box) -> Box:
            x1, y1, x2, y2 = one
            return (
                (x1 * SCALE - left) * _K,
                (y1 * SCALE - top) * _K,
                (x2 * SCALE - left) * _K,
                (y2 * SCALE - top) * _K,
            )

        draw(ImageDraw.Draw(mask), place)
        self.image.paste(fill, (left, top), mask.reduce(_K))


def _around(at: Spot, radius: float) -> Box:
    return (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)


def _thickness(thick: float) -> int:
    return max(1, round(thick * SCALE * _K))
