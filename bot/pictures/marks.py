"""What is written over the figures: numbers, arrows, the ring of a hold."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.pictures.palette import CORAL, INK, PAPER, RING_TRACK, TEAL, WHITE, Colour, mixed

Spot = tuple[float, float]

_K: Final = 4
_SMOOTH: Final = 6


def badge(
    image: Image.Image,
    at: Spot,
    text: str,
    unit: float,
    colours: tuple[Colour, Colour] = (TEAL, WHITE),
) -> None:
    """A number in a disc; `colours` are the disc's and the number's."""
    r = 25 * unit
    layer, draw, (x, y) = _layer(image, at, r + 2)
    draw.ellipse(_round(x, y, r), fill=colours[0])
    _text(draw, (x, y), text, 30 * unit, colours[1])
    _put(image, layer, at, r + 2)


def hold_ring(
    image: Image.Image,
    at: Spot,
    seconds: int,
    unit: float,
    share: float = 1.0,
    strength: float = 1.0,
) -> None:
    """The hold as a ring that fills clockwise, with seconds inside; `strength` 0 is not filled."""
    r = 42 * unit
    layer, draw, (x, y) = _layer(image, at, r + 4)
    draw.ellipse(_round(x, y, r + 2 * unit), fill=WHITE)
    width = round(8 * unit * _K)
    draw.ellipse(_round(x, y, r - 3 * unit), outline=RING_TRACK, width=width)
    filled = mixed(RING_TRACK, CORAL, strength)
    draw.arc(_round(x, y, r - 3 * unit), -90, -90 + 360 * share, fill=filled, width=width)
    _text(draw, (x, y), f"{seconds} s", 27 * unit, INK)
    _put(image, layer, at, r + 4)


def times(image: Image.Image, at: Spot, count: int, unit: float) -> None:
    """How often, in a pill."""
    r = 52 * unit
    layer, draw, (x, y) = _layer(image, at, r)
    w, h = 43 * unit * _K, 21 * unit * _K
    draw.rounded_rectangle((x - w, y - h, x + w, y + h), radius=h, fill=WHITE)
    # The built-in font has no multiplication sign.
    cx, arm = x - 22 * unit * _K, 6.5 * unit * _K
    for slope in (1, -1):
        ends = (cx - arm, y - arm * slope, cx + arm, y + arm * slope)
        draw.line(ends, fill=INK, width=round(3 * unit * _K))
    _text(draw, (x + 10 * unit * _K, y), str(count), 26 * unit, INK)
    _put(image, layer, at, r)


def arrow(image: Image.Image, points: Sequence[Spot], unit: float) -> None:
    """A curved arrow through the points, with a pale rim so that it reads on any ground."""
    room = 30 * unit
    left, top = (round(min(p[i] for p in points) - room) for i in (0, 1))
    size = tuple(round(max(p[i] for p in points) + room) - (left, top)[i] for i in (0, 1))
    curve = _curve([(x - left, y - top) for x, y in points])
    for colour, extra in ((PAPER, 4.0 * unit), (CORAL, 0.0)):
        big = Image.new("L", (size[0] * _K, size[1] * _K), 0)
        _draw_arrow(ImageDraw.Draw(big), curve, unit, extra)
        image.paste(colour, (left, top), big.reduce(_K))


def _draw_arrow(
    draw: ImageDraw.ImageDraw, curve: Sequence[Spot], unit: float, extra: float
) -> None:
    (bx, by), (ax, ay) = curve[-1], curve[-3]
    length = hypot(bx - ax, by - ay) or 1.0
    dx, dy = (bx - ax) / length, (by - ay) / length
    head, wide = 25 * unit, 15 * unit
    width = (8 * unit + 2 * extra) * _K
    shaft = [p for p in curve if hypot(p[0] - bx, p[1] - by) > head * 0.55]
    points = [(x * _K, y * _K) for x, y in shaft]
    if len(points) > 1:
        draw.line(points, fill=255, width=round(width), joint="curve")
    for x, y in points[:1]:
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
    tip = (bx + dx * extra * 1.9, by + dy * extra * 1.9)
    back = (bx - dx * (head + extra), by - dy * (head + extra))
    side = wide + extra * 1.5
    draw.polygon(
        [
            (tip[0] * _K, tip[1] * _K),
            ((back[0] - dy * side) * _K, (back[1] + dx * side) * _K),
            ((back[0] + dy * side) * _K, (back[1] - dx * side) * _K),
        ],
        fill=255,
    )


def _curve(points: Sequence[Spot]) -> list[Spot]:
    curve: list[Spot] = []
    for i in range(len(points) - 1):
        a, b, c, d = (points[min(max(j, 0), len(points) - 1)] for j in range(i - 1, i + 3))
        for k in range(_SMOOTH):
            t = k / _SMOOTH
            curve.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*curve, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def _layer(
    image: Image.Image, at: Spot, reach: float
) -> tuple[Image.Image, ImageDraw.ImageDraw, Spot]:
    """A piece of the image, four times as large, and where the middle is in it."""
    left, top = round(at[0] - reach), round(at[1] - reach)
    size = round(2 * reach) + 2
    piece = image.crop((left, top, left + size, top + size)).resize((size * _K, size * _K))
    return piece, ImageDraw.Draw(piece), ((at[0] - left) * _K, (at[1] - top) * _K)


def _put(image: Image.Image, layer: Image.Image, at: Spot, reach: float) -> None:
    image.paste(layer.reduce(_K), (round(at[0] - reach), round(at[1] - reach)))


def _round(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    r = radius * _K
    return (x - r, y - r, x + r, y + r)


def _text(draw: ImageDraw.ImageDraw, at: Spot, text: str, size: float, colour: Colour) -> None:
    font = ImageFont.load_default(size * _K)
    draw.text(at, text, fill=colour, font=font, anchor="mm")
