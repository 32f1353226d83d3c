"""Points, rotations and the camera: the geometry under every drawn figure.

Right-handed axes in metres: x forward, y to the person's left, z up. Plain tuples, because a
figure has a few thousand points and a numeric library would cost more than it saves.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians, sin
from typing import Final

Vec = tuple[float, float, float]
# Three columns: where a frame's own x, y and z axes point.
Rotation = tuple[Vec, Vec, Vec]

UPRIGHT: Final[Rotation] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def about_x(degrees: float) -> Rotation:
    """A turn that takes y towards z."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((1.0, 0.0, 0.0), (0.0, c, s), (0.0, -s, c))


def about_y(degrees: float) -> Rotation:
    """A turn that takes z towards x: leaning forward."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, 0.0, -s), (0.0, 1.0, 0.0), (s, 0.0, c))


def about_z(degrees: float) -> Rotation:
    """A turn that takes x towards y: turning left."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))


def rotate(rotation: Rotation, v: Vec) -> Vec:
    """The direction `v` of a frame, seen from outside it."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = rotation
    x, y, z = v
    return (ax * x + bx * y + cx * z, ay * x + by * y + cy * z, az * x + bz * y + cz * z)


def chain(*rotations: Rotation) -> Rotation:
    """One rotation for several, the first being the outermost."""
    result = rotations[-1]
    for outer in reversed(rotations[:-1]):
        a, b, c = result
        result = (rotate(outer, a), rotate(outer, b), rotate(outer, c))
    return result


def mirrored(rotation: Rotation) -> Rotation:
    """The same movement on the other side of the body."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = rotation
    return ((ax, -ay, az), (-bx, by, -bz), (cx, -cy, cz))


def add(a: Vec, b: Vec) -> Vec:
    """Sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vec, b: Vec) -> Vec:
    """The way from `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(a: Vec, by: float) -> Vec:
    """The vector times a number."""
    return (a[0] * by, a[1] * by, a[2] * by)


def dot(a: Vec, b: Vec) -> float:
    """How far one vector points along the other."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """A vector square to both."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def unit(a: Vec) -> Vec:
    """The direction alone; a zero vector stays zero."""
    length = hypot(*a)
    return scaled(a, 1 / length) if length else a


@dataclass(frozen=True, slots=True)
class Frame:
    """A place with a direction, such as a joint with the bone that hangs from it."""

    origin: Vec
    rotation: Rotation

    def at(self, local: Vec) -> Vec:
        """A point of this frame in the world."""
        return add(self.origin, rotate(self.rotation, local))

    def then(self, local: Vec, rotation: Rotation) -> Frame:
        """The next frame of a chain: moved within this one, then rotated."""
        return Frame(self.at(local), chain(self.rotation, rotation))

    def along(self, up: float) -> Frame:
        """The same direction, so many metres up its own z."""
        return Frame(add(self.origin, scaled(self.rotation[2], up)), self.rotation)

    def moved(self, by: Vec) -> Frame:
        """The same direction at another place of the world."""
        return Frame(add(self.origin, by), self.rotation)


def aimed(origin: Vec, target: Vec, front: Vec) -> Frame:
    """A frame whose -z points to `target` and whose x is as near to `front` as it can be."""
    down = unit(minus(target, origin))
    left = unit(cross(scaled(down, -1.0), front))
    return Frame(origin, (cross(left, scaled(down, -1.0)), left, scaled(down, -1.0)))


@dataclass(frozen=True, slots=True)
class Camera:
    """A distant onlooker: no perspective, so that lengths can be compared between poses.

    `azimuth` 0 looks into the person's face, -90 at the right side; `scale` is pixels per metre
    and `centre` the pixel of the world's origin.
    """

    azimuth: float
    elevation: float
    scale: float = 1.0
    centre: tuple[float, float] = (0.0, 0.0)

    @property
    def axes(self) -> tuple[Vec, Vec, Vec]:
        """The picture's right, its up, and the way towards the onlooker."""
        a, e = radians(self.azimuth), radians(self.elevation)
        near = (cos(a) * cos(e), sin(a) * cos(e), sin(e))
        right = (-sin(a), cos(a), 0.0)
        return right, cross(near, right), near

    def project(self, points: list[Vec]) -> list[Vec]:
        """Pixels (x, y) and nearness in pixels for each point."""
        (rx, ry, rz), (ux, uy, uz), (nx, ny, nz) = self.axes
        k, (cx, cy) = self.scale, self.centre
        return [
            (
                cx + k * (rx * x + ry * y + rz * z),
                cy - k * (ux * x + uy * y + uz * z),
                k * (nx * x + ny * y + nz * z),
            )
            for x, y, z in points
        ]
