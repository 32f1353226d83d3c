"""A movement as the frames of a loop: one figure that moves, and a ring that fills at the hold.

Seconds in it are real ones, so that a runner can move along with it. There are no words in it,
one loop serves every language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Final

from PIL import Image

from bot.domain.movements import Movement, PropKind
from bot.pictures import marks
from bot.pictures.body import body
from bot.pictures.figure import paint_figure
from bot.pictures.motion import Moment, arrival_at, moment_at, numbers_of, seconds_of
from bot.pictures.movements import camera_for
from bot.pictures.palette import FIGURE, PAPER
from bot.pictures.props import prop_shapes
from bot.pictures.scene import Card, cast_shadow, fitted, lay_card, points_of
from bot.pictures.shapes import Shape
from bot.pictures.skeleton import skeleton_of
from bot.pictures.space import Camera

WIDTH: Final = 720
HEIGHT: Final = 600
FRAMES_A_SECOND: Final = 20
_NATIVE: Final = 960
_SAMPLES: Final = 24
_UNIT: Final = WIDTH / _NATIVE
_CARD: Final = Card(0, 0, WIDTH, HEIGHT, _UNIT)
_RING: Final = (WIDTH - 66 * _UNIT, 66 * _UNIT)
_TIMES: Final = (62 * _UNIT, 44 * _UNIT)


@dataclass(frozen=True)
class Loop:
    """One movement's frames, drawn when they are asked for."""

    movement: Movement

    @property
    def count(self) -> int:
        """How many frames there are; the first follows on the last."""
        return round(seconds_of(self.movement) * FRAMES_A_SECOND)

    def __iter__(self) -> Iterator[Image.Image]:
        """All frames in order; one that shows the same pose as before is not drawn again."""
        drawn: dict[tuple[float, ...], Image.Image] = {}
        for number in range(self.count):
            moment = self.moment(number)
            key = tuple(round(number, 2) for number in numbers_of(moment.pose))
            if key not in drawn:
                drawn[key] = self._figure(moment)
            yield self._marked(drawn[key].copy(), moment)

    def frame(self, number: int) -> Image.Image:
        """One frame, counted from 0."""
        moment = self.moment(number)
        return self._marked(self._figure(moment), moment)

    def moment(self, number: int) -> Moment:
        """What a frame shows. It begins where the still does: at rest, before the work."""
        return moment_at(self.movement, self._begin + number / FRAMES_A_SECOND)

    @cached_property
    def _begin(self) -> float:
        poses = [step.pose for step in self.movement.cycle]
        return arrival_at(self.movement, poses.index(self.movement.still[0]))

    @cached_property
    def _around(self) -> tuple[Shape, ...]:
        return tuple(
            shape
            for prop in self.movement.props
            if prop.kind is not PropKind.MAT
            for shape in prop_shapes(prop)
        )

    @cached_property
    def _camera(self) -> Camera:
        """An onlooker who stands still and sees the whole cycle."""
        movement = self.movement
        length = seconds_of(movement)
        reach = [*points_of(self._around)]
        for pose in movement.poses.values():
            reach += points_of(body(skeleton_of(pose)))
        for sample in range(_SAMPLES):
            pose = moment_at(movement, length * sample / _SAMPLES).pose
            reach += points_of(body(skeleton_of(pose)))
        return fitted(camera_for(movement), reach, _CARD, movement.crop_below)

    @cached_property
    def _ground(self) -> Image.Image:
        """What never moves: the card, the floor, the mat."""
        image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        lay_card(image, _CARD, self._camera, floor=self.movement.crop_below is None)
        mats = [prop for prop in self.movement.props if prop.kind is PropKind.MAT]
        shapes = [shape for prop in mats for shape in prop_shapes(prop)]
        paint_figure(image, shapes, self._camera, FIGURE)
        return image

    def _figure(self, moment: Moment) -> Image.Image:
        image = self._ground.copy()
        shapes = [*body(skeleton_of(moment.pose), self.movement.muscles), *self._around]
        if self.movement.crop_below is None:
            cast_shadow(image, shapes, self._camera)
        paint_figure(image, shapes, self._camera, FIGURE)
        return image

    def _marked(self, image: Image.Image, moment: Moment) -> Image.Image:
        hold = self.movement.hold_for.total_seconds()
        if hold:
            left = ceil(hold * (1 - moment.held))
            share, strength = (1.0, moment.fading) if moment.fading else (moment.held, 1.0)
            marks.hold_ring(image, _RING, left, _UNIT, share, strength)
        if self.movement.repetitions > 1:
            marks.times(image, _TIMES, self.movement.repetitions, _UNIT)
        return image
