"""A movement in time: which pose the body is in at each instant of its cycle.

Every joint angle runs on a smooth curve of its own through the key poses: it comes to rest at a
hold and where it turns back, and passes the others at an even pace. What stands on the floor
or rests on something stays there in between (see reaching.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import accumulate, islice
from typing import Final

from bot.domain.movements import Anchor, Bend, Heading, KeyPose, Limbs, Movement
from bot.pictures.reaching import kept_in_place

_HEADING: Final = len(fields(Heading))
_BEND: Final = len(fields(Bend))
_LIMBS: Final = len(fields(Limbs))
_FADES_FOR: Final = 0.4
"""Seconds in which the ring of a finished hold empties."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant: the pose, and how far the long hold is done.

    `held` goes from 0 to 1 through the hold; `fading` says how much of a finished one still shows.
    """

    pose: KeyPose
    held: float = 0.0
    fading: float = 0.0


def seconds_of(movement: Movement) -> float:
    """How long the cycle takes, holds included, in seconds."""
    return sum((step.move_for + step.hold_for).total_seconds() for step in movement.cycle)


def arrival_at(movement: Movement, index: int) -> float:
    """When the pose of the indexed step is reached, in seconds from the start of the cycle."""
    before = movement.cycle[:index]
    here = movement.cycle[index].move_for
    return sum((s.move_for + s.hold_for).total_seconds() for s in before) + here.total_seconds()


def moment_at(movement: Movement, at: float) -> Moment:
    """The instant `at` seconds into the cycle, which goes on for ever."""
    at %= seconds_of(movement)
    steps = movement.cycle
    ends = list(accumulate((s.move_for + s.hold_for).total_seconds() for s in steps))
    index = next((i for i, end in enumerate(ends) if at < end), len(steps) - 1)
    step, begun = steps[index], ends[index - 1] if index else 0.0
    moving, holding = step.move_for.total_seconds(), step.hold_for.total_seconds()
    into = at - begun
    long = movement.hold_for
    if into >= moving:
        held = (into - moving) / holding if holding and step.hold_for == long else 0.0
        return Moment(movement.poses[step.pose], held)
    fading = 0.0
    if long and steps[index - 1].hold_for == long:
        fading = max(0.0, 1 - into / _FADES_FOR)
    return Moment(_between(movement, index, into / moving), fading=fading)


def _between(movement: Movement, index: int, share: float) -> KeyPose:
    """The pose a `share` of the time to the indexed step's, coming from the one before it."""
    steps, poses = movement.cycle, movement.poses
    start, end = poses[steps[index - 1].pose], poses[steps[index].pose]
    a, b = numbers_of(start), numbers_of(end)
    leave, arrive = _pace(movement, index - 1), _pace(movement, index)
    span = steps[index].move_for.total_seconds()
    mixed = [
        _hermite((p, q), (m * span, n * span), share)
        for p, q, m, n in zip(a, b, leave, arrive, strict=True)
    ]
    return kept_in_place(_pose(start, mixed), start, end, share)


def _hermite(ends: tuple[float, float], slopes: tuple[float, float], share: float) -> float:
    (p, q), (m, n) = ends, slopes
    s2, s3 = share * share, share * share * share
    return p + (q - p) * (3 * s2 - 2 * s3) + m * (s3 - 2 * s2 + share) + n * (s3 - s2)


def _pace(movement: Movement, index: int) -> list[float]:
    """How fast each number changes, per second, at the indexed step's pose.

    The slopes of Fritsch and Carlson (SIAM J Numer Anal 1980;17:238): no joint goes beyond both
    of the poses it moves between.
    """
    steps, poses = movement.cycle, movement.poses
    index %= len(steps)
    after = (index + 1) % len(steps)
    before, here, there = (numbers_of(poses[steps[i].pose]) for i in (index - 1, index, after))
    if steps[index].hold_for:
        return [0.0] * len(here)
    came, goes = steps[index].move_for.total_seconds(), steps[after].move_for.total_seconds()
    return [
        _even((q - p) / came, (r - q) / goes) for p, q, r in zip(before, here, there, strict=True)
    ]


def _even(arriving: float, leaving: float) -> float:
    if arriving * leaving <= 0:
        return 0.0
    return 2 * arriving * leaving / (arriving + leaving)


def numbers_of(pose: KeyPose) -> list[float]:
    """Where the pose's anchor is, then all its angles, always in the same order."""
    parts = (pose.pelvis, pose.lumbar, pose.thoracic, pose.neck, pose.left, pose.right)
    return [*pose.anchor.at, *(number for part in parts for number in astuple(part))]


def _pose(like: KeyPose, numbers: Sequence[float]) -> KeyPose:
    rest = iter(numbers)
    return KeyPose(
        Anchor(like.anchor.landmark, (next(rest), next(rest), next(rest))),
        Heading(*islice(rest, _HEADING)),
        Bend(*islice(rest, _BEND)),
        Bend(*islice(rest, _BEND)),
        Bend(*islice(rest, _BEND)),
        Limbs(*islice(rest, _LIMBS)),
        Limbs(*islice(rest, _LIMBS)),
    )
