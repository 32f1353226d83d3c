"""A movement as one picture: both key poses, what works, which way, how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain
from typing import Final

from PIL import Image

from bot.domain.movements import Arrow, Layout, Movement, PropKind, View
from bot.pictures import marks
from bot.pictures.body import body
from bot.pictures.figure import paint_figure
from bot.pictures.palette import FIGURE, GHOST, PAPER
from bot.pictures.props import prop_shapes
from bot.pictures.scene import Card, cast_shadow, fitted, lay_card, points_of, rounded
from bot.pictures.shapes import Shape
from bot.pictures.skeleton import Skeleton, skeleton_of
from bot.pictures.space import Camera, Vec, add

_ASPECT: Final = 2 / 3
_NATIVE: Final = 960
_GAP: Final = 22
_ELEVATION: Final = 9.0
_AZIMUTH: Final[Mapping[View, float]] = {
    View.FRONT: 0.0,
    View.SIDE: -90.0,
    View.BACK: 180.0,
    View.THREE_QUARTER_FRONT: -38.0,
    View.THREE_QUARTER_BACK: -142.0,
}
_GHOSTLY: Final = [round(v * 0.7) for v in range(256)]


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that the cards share: the poses as bodies, the things around them, the onlooker."""

    movement: Movement
    skeletons: Mapping[str, Skeleton]
    bodies: Mapping[str, tuple[Shape, ...]]
    underneath: tuple[Shape, ...]
    around: tuple[Shape, ...]
    camera: Camera
    reach: tuple[Vec, ...]


def render_still(movement: Movement, *, width: int = 960) -> bytes:
    """The movement's picture as PNG, `width` by two thirds of it; the same bytes every time."""
    unit = width / _NATIVE
    image = Image.new("RGB", (width, round(width * _ASPECT)), PAPER)
    scene = _scene(movement)
    cards = _cards(image.size, 2 if movement.layout is Layout.PAIR else 1, unit)
    shown = movement.still if movement.layout is Layout.PAIR else movement.still[1:]
    for number, (card, name) in enumerate(zip(cards, shown, strict=True), start=1):
        _paint_card(image, card, scene, name)
        if len(cards) > 1:
            corner = (card.left + 44 * unit, card.top + 44 * unit)
            marks.badge(image, corner, str(number), unit)
    _dose(image, movement, unit)
    out = BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()


def _scene(movement: Movement) -> _Scene:
    skeletons = {name: skeleton_of(movement.poses[name]) for name in movement.still}
    bodies = {name: tuple(body(bones, movement.muscles)) for name, bones in skeletons.items()}
    mats = [prop for prop in movement.props if prop.kind is PropKind.MAT]
    around = [prop for prop in movement.props if prop.kind is not PropKind.MAT]
    things = tuple(shape for prop in around for shape in prop_shapes(prop))
    arrows = [point for arrow in movement.arrows for point in _path(skeletons, arrow)]
    return _Scene(
        movement,
        skeletons,
        bodies,
        tuple(shape for prop in mats for shape in prop_shapes(prop)),
        things,
        camera_for(movement),
        (*points_of([*things, *chain.from_iterable(bodies.values())]), *arrows),
    )


def camera_for(movement: Movement) -> Camera:
    """The onlooker, not yet near enough to fill a card."""
    return Camera(_AZIMUTH[movement.view] + movement.turn, _ELEVATION)


def _cards(size: tuple[int, int], count: int, unit: float) -> list[Card]:
    gap = _GAP * unit
    wide = (size[0] - (count + 1) * gap) / count
    tall = size[1] - 2 * gap
    return [Card(gap + i * (wide + gap), gap, wide, tall, unit) for i in range(count)]


def _paint_card(image: Image.Image, card: Card, scene: _Scene, name: str) -> None:
    movement = scene.movement
    camera = fitted(scene.camera, scene.reach, card, movement.crop_below)
    panel = image.copy()
    lay_card(panel, card, camera, floor=movement.crop_below is None)
    paint_figure(panel, scene.underneath, camera, FIGURE)
    if movement.crop_below is None:
        cast_shadow(panel, [*scene.bodies[name], *scene.around], camera)
    if movement.layout is Layout.GHOST:
        _paint_ghost(panel, scene.bodies[movement.still[0]], camera)
    paint_figure(panel, [*scene.bodies[name], *scene.around], camera, FIGURE)
    for arrow in movement.arrows:
        if arrow.pose == name:
            path = camera.project(_path(scene.skeletons, arrow))
            marks.arrow(panel, [(x, y) for x, y, _ in path], card.unit)
    image.paste(panel, (0, 0), rounded(image.size, card))


def _path(skeletons: Mapping[str, Skeleton], arrow: Arrow) -> list[Vec]:
    home = skeletons[arrow.pose].landmarks[arrow.landmark]
    return [add(home, step) for step in arrow.path]


def _paint_ghost(panel: Image.Image, shapes: tuple[Shape, ...], camera: Camera) -> None:
    ghost = panel.copy()
    bare = [replace(shape, decals=()) for shape in shapes]
    covered = paint_figure(ghost, bare, camera, dict.fromkeys(FIGURE, GHOST))
    panel.paste(ghost, (0, 0), covered.point(_GHOSTLY))


def _dose(image: Image.Image, movement: Movement, unit: float) -> None:
    """How long and how often, in the upper right corner."""
    x, y = image.width - (_GAP + 60) * unit, (_GAP + 38) * unit
    if movement.hold_for:
        y += 22 * unit
        marks.hold_ring(image, (x, y), round(movement.hold_for.total_seconds()), unit)
        # Next to the ring where there is one wide card, below it where there are two.
        if movement.layout is Layout.PAIR:
            y += 76 * unit
        else:
            x -= 104 * unit
    if movement.repetitions > 1:
        marks.times(image, (x, y), movement.repetitions, unit)
