"""Neck, head, hair and a quiet face: the eyes and mouth are there to show where it looks."""

from __future__ import annotations

from math import cos, dist, radians, sin
from typing import Final

from bot.pictures import anatomy
from bot.pictures.shapes import (
    Coat,
    Decal,
    Shape,
    Sheet,
    closed,
    dense,
    loft,
    ring,
    row_at,
    stack,
)
from bot.pictures.skeleton import NECK_FROM, SKULL_FROM, Skeleton
from bot.pictures.space import Frame, Vec, about_y, aimed, chain

_EYE_HEIGHT: Final = 0.104
_MOUTH_HEIGHT: Final = 0.034
_STEPS: Final = 8
# The shirt's neckline: degrees to either side of the front, metres down
# and metres forward, along the chest.
_SCOOP_SPAN: Final = 84.0
_SCOOP: Final = 0.066
_CHEST: Final = 0.050


def head_shapes(skeleton: Skeleton) -> list[Shape]:
    """Neck, head, ears and bun."""
    head = skeleton.bones["head"]
    nose = Frame(head.at((0.094, 0.0, 0.086)), chain(head.rotation, about_y(-24.0)))
    skin = Coat("skin", (closed(stack(head, anatomy.HEAD)), loft(nose, 0.030, anatomy.NOSE)))
    hair = Coat("hair", (stack(head, anatomy.HAIR),))
    face = Shape("head", (skin, hair), head.at((0.02, 0.0, 0.1)), decals=_features(head))
    return [_neck(skeleton), face, _bun(head), *(_ear(head, y) for y in (0.074, -0.074))]


def _neck(skeleton: Skeleton) -> Shape:
    neck, head = skeleton.bones["neck"], skeleton.bones["head"]
    base = SKULL_FROM - NECK_FROM
    sheet: Sheet = []
    for z, middle, front, back, half in dense(anatomy.NECK)[::-1]:
        home, up = (head, z - base) if z > base else (neck, z)
        sheet.append(ring(home.along(up), (front, back, half, half), middle))
    coat = Coat("skin", (sheet, _throat(neck)))
    return Shape("neck", (coat,), neck.at((0.0, 0.0, 0.03)))


def _throat(neck: Frame) -> Sheet:
    """What the shirt's scoop leaves free; only in front, so that nothing of it shows behind."""
    sheet: Sheet = []
    for i in range(_STEPS // 2 + 1):
        share = 2 * i / _STEPS
        row: list[Vec] = []
        for j in range(-_STEPS, _STEPS + 1):
            angle = radians(_SCOOP_SPAN * j / _STEPS)
            depth = cos(radians(90.0 * j / _STEPS)) ** 1.1 * share
            x, y = 0.058 * cos(angle) + _CHEST * depth, 0.076 * sin(angle)
            row.append(neck.at((x - 0.006, y, -0.012 - _SCOOP * depth)))
        sheet.append(row)
    return sheet


def _bun(head: Frame) -> Shape:
    root, tip = head.at((-0.116, 0.0, 0.160)), head.at((-0.146, 0.0, 0.178))
    sheet = loft(aimed(root, tip, head.rotation[2]), dist(root, tip), anatomy.BUN)
    # Further back than it is, so that it is painted before or after the hair, never between.
    return Shape("bun", (Coat("hair", (sheet,)),), head.at((-0.16, 0.0, 0.17)))


def _ear(head: Frame, y: float) -> Shape:
    frame = Frame(head.at((0.002, y, 0.098)), chain(head.rotation, about_y(12.0)))
    coat = Coat("skin", (loft(frame, 0.054, anatomy.EAR),))
    return Shape("ear", (coat,), head.at((0.02, y * 1.2, 0.1)))


def _features(head: Frame) -> tuple[Decal, ...]:
    decals = [Decal("feature", _strip(head, _MOUTH_HEIGHT, (-15.0, 15.0), 0.0024, -0.004), 0.75)]
    for sign in (1.0, -1.0):
        eye, brow = (19.0 * sign, 29.0 * sign), (13.0 * sign, 37.0 * sign)
        if sign < 0:
            eye, brow = eye[::-1], brow[::-1]
        decals.append(Decal("feature", _strip(head, _EYE_HEIGHT, eye, 0.0055, 0.0), 0.95))
        decals.append(
            Decal("feature", _strip(head, _EYE_HEIGHT + 0.020, brow, 0.0026, 0.005), 0.7)
        )
    return tuple(decals)


def _strip(head: Frame, z: float, span: tuple[float, float], half: float, arch: float) -> Sheet:
    """A lens on the face from one angle to another, `arch` metres higher in its middle."""
    upper: list[Vec] = []
    lower: list[Vec] = []
    for i in range(_STEPS + 1):
        share = i / _STEPS
        bow = sin(radians(180.0 * share))
        angle = span[0] + (span[1] - span[0]) * share
        upper.append(_on_face(head, z + arch * bow + half * bow**0.6, angle))
        lower.append(_on_face(head, z + arch * bow - half * bow**0.6, angle))
    return [upper, lower]


def _on_face(head: Frame, z: float, angle: float) -> Vec:
    _, middle, front, _, half = row_at(anatomy.HEAD, z)
    return head.at(
        (middle + cos(radians(angle)) * front, sin(radians(angle)) * half, z),
    )
