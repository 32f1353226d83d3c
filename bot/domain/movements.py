"""Movements: an exercise as joint angles, so that one description gives stills and animations.

A movement is a few key poses and a cycle through them. Angles are degrees in the clinical sense:
0 everywhere is a person who stands upright with hanging arms. Axes are metres: x forward,
y to the person's left, z up, the floor at z = 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar, Final, TypeVar

Point = tuple[float, float, float]
Span = tuple[float, float]

# Passive limits of healthy adults, rounded up to include weight-bearing (a palm or the toes
# pressed flat): American Academy of Orthopaedic Surgeons, "Joint Motion"; Kapandji, "The
# Physiology of the Joints", for spine and shoulder girdle.
SPINE_RANGES: Final[Mapping[str, Mapping[str, Span]]] = {
    "lumbar": {"flexion": (-35, 60), "side_bend": (-30, 30), "rotation": (-15, 15)},
    "thoracic": {"flexion": (-30, 45), "side_bend": (-25, 25), "rotation": (-40, 40)},
    "neck": {"flexion": (-70, 60), "side_bend": (-45, 45), "rotation": (-80, 80)},
}
LIMB_RANGES: Final[Mapping[str, Span]] = {
    "scapula_elevation": (-10, 40),
    "scapula_protraction": (-25, 30),
    "shoulder_plane": (-90, 135),
    "shoulder_raise": (0, 180),
    "shoulder_rotation": (-100, 90),
    "elbow_flexion": (0, 150),
    "pronation": (-85, 90),
    "wrist_extension": (-80, 90),
    "wrist_deviation": (-35, 25),
    "grip": (0, 100),
    "hip_flexion": (-25, 125),
    "hip_abduction": (-30, 50),
    "hip_rotation": (-45, 45),
    "knee_flexion": (0, 150),
    "ankle_dorsiflexion": (-50, 35),
    "toe_extension": (-40, 80),
}


BEHIND_THE_BACK: Final = -50
RAISE_BEHIND: Final[Span] = (0, 60)


class View(StrEnum):
    """Where the onlooker stands, seen from the person."""

    FRONT = "front"
    SIDE = "side"
    BACK = "back"
    THREE_QUARTER_FRONT = "three-quarter-front"
    THREE_QUARTER_BACK = "three-quarter-back"


class Layout(StrEnum):
    """How a still shows its two poses: next to each other, or one as a ghost of the other."""

    PAIR = "pair"
    GHOST = "ghost"


class PropKind(StrEnum):
    """What a movement is done on or against."""

    CHAIR = "chair"
    DOORWAY = "doorway"
    MAT = "mat"


class Muscle(StrEnum):
    """A group that can be lit up on the figure; always left and right together."""

    TRAPEZIUS = "trapezius"
    RHOMBOIDS = "rhomboids"
    THORACIC_ERECTORS = "thoracic-erectors"
    ERECTORS = "erectors"
    CHEST = "chest"
    ABDOMINALS = "abdominals"
    OBLIQUES = "obliques"
    GLUTES = "glutes"


class Landmark(StrEnum):
    """A named point of the body that can be put on the floor or carry an arrow."""

    HEAD = "head"
    NECK = "neck"
    CHEST = "chest"
    UPPER_BACK = "upper-back"
    LOWER_BACK = "lower-back"
    PELVIS = "pelvis"
    SEAT = "seat"
    LEFT_SHOULDER = "left-shoulder"
    LEFT_ELBOW = "left-elbow"
    LEFT_WRIST = "left-wrist"
    LEFT_KNUCKLES = "left-knuckles"
    LEFT_KNEE = "left-knee"
    LEFT_ANKLE = "left-ankle"
    LEFT_HEEL = "left-heel"
    LEFT_BALL = "left-ball"
    RIGHT_SHOULDER = "right-shoulder"
    RIGHT_ELBOW = "right-elbow"
    RIGHT_WRIST = "right-wrist"
    RIGHT_KNUCKLES = "right-knuckles"
    RIGHT_KNEE = "right-knee"
    RIGHT_ANKLE = "right-ankle"
    RIGHT_HEEL = "right-heel"
    RIGHT_BALL = "right-ball"


@dataclass(frozen=True, slots=True)
class Bend:
    """One region of the spine: forward, towards the right shoulder, and turning to the left."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    flexion: float = 0.0
    side_bend: float = 0.0
    rotation: float = 0.0


@dataclass(frozen=True, slots=True)
class Heading:
    """How the pelvis lies in the world: leaning forward, rolling to the right, turning left."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    pitch: float = 0.0
    roll: float = 0.0
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Limbs:
    """Arm, shoulder blade and leg of one side.

    The shoulder follows the biomechanics convention (Wu et al., J Biomech 2005;38:981):
    `shoulder_raise` lifts the arm in the plane `shoulder_plane` (0 sideways, 90 forward), then
    `shoulder_rotation` turns it about its own length, inwards positive. Elbow creases and kneecaps
    face forward at 0; `pronation` turns the palm from facing the thigh to facing backwards.
    `wrist_deviation` is positive towards the thumb; hip abduction and rotation are outwards.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    scapula_elevation: float = 0.0
    scapula_protraction: float = 0.0
    shoulder_plane: float = 0.0
    shoulder_raise: float = 0.0
    shoulder_rotation: float = 0.0
    elbow_flexion: float = 0.0
    pronation: float = 0.0
    wrist_extension: float = 0.0
    wrist_deviation: float = 0.0
    grip: float = 12.0
    hip_flexion: float = 0.0
    hip_abduction: float = 0.0
    hip_rotation: float = 0.0
    knee_flexion: float = 0.0
    ankle_dorsiflexion: float = 0.0
    toe_extension: float = 0.0


_Angles = TypeVar("_Angles", Bend, Heading, Limbs)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The point that carries the pose, and where in the world it is."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    landmark: Landmark
    at: Point


@dataclass(frozen=True, slots=True)
class KeyPose:
    """One position of the whole body. Raises ValueError for an angle no human joint reaches."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    anchor: Anchor
    pelvis: Heading = field(default_factory=Heading)
    lumbar: Bend = field(default_factory=Bend)
    thoracic: Bend = field(default_factory=Bend)
    neck: Bend = field(default_factory=Bend)
    left: Limbs = field(default_factory=Limbs)
    right: Limbs = field(default_factory=Limbs)

    def __post_init__(self) -> None:
        beyond = beyond_human(self)
        if beyond:
            raise ValueError("; ".join(beyond))

    @property
    def sides(self) -> tuple[tuple[str, Limbs], tuple[str, Limbs]]:
        """Both sides with their names."""
        return (("left", self.left), ("right", self.right))

    def toward(self, other: KeyPose, share: float) -> KeyPose:
        """The pose a `share` (0 to 1) of the way to `other`, for the frames between key poses.

        Both rest on the same landmark; its place moves along with the angles.
        """
        (ax, ay, az), (bx, by, bz) = self.anchor.at, other.anchor.at
        at = (ax + (bx - ax) * share, ay + (by - ay) * share, az + (bz - az) * share)
        return KeyPose(
            Anchor(self.anchor.landmark, at),
            _mixed(self.pelvis, other.pelvis, share),
            _mixed(self.lumbar, other.lumbar, share),
            _mixed(self.thoracic, other.thoracic, share),
            _mixed(self.neck, other.neck, share),
            _mixed(self.left, other.left, share),
            _mixed(self.right, other.right, share),
        )


def _mixed(a: _Angles, b: _Angles, share: float) -> _Angles:
    start, end = asdict(a), asdict(b)
    return replace(a, **{name: start[name] + (end[name] - start[name]) * share for name in start})


def beyond_human(pose: KeyPose) -> tuple[str, ...]:
    """Every angle outside the human range, as `part.angle value (low to high)`."""
    checks = [(part, getattr(pose, part), ranges) for part, ranges in SPINE_RANGES.items()]
    checks += [(side, limbs, _ranges_of(limbs)) for side, limbs in pose.sides]
    return tuple(
        f"{part}.{name} {getattr(angles, name):g} ({low:g} to {high:g})"
        for part, angles, ranges in checks
        for name, (low, high) in ranges.items()
        if not low <= getattr(angles, name) <= high
    )


def _ranges_of(limbs: Limbs) -> Mapping[str, Span]:
    """Behind the back an arm cannot be lifted as far as in front of it."""
    if limbs.shoulder_plane < BEHIND_THE_BACK:
        return {**LIMB_RANGES, "shoulder_raise": RAISE_BEHIND}
    return LIMB_RANGES


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing the movement needs, standing at a point of the floor, turned left by degrees."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    kind: PropKind
    at: Point = (0.0, 0.0, 0.0)
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """Which way something moves: a path in metres from a landmark of one of the key poses."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    pose: str
    landmark: Landmark
    path: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One leg of the cycle: go to `pose` within `move_for`, stay there for `hold_for`."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    pose: str
    move_for: timedelta
    hold_for: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Movement:
    """An exercise that can be drawn; its words live in the locale files under the same id.

    `still` names the two poses of the picture, `cycle` is played `repetitions` times, `turn` moves
    the onlooker by degrees from the named view, and `crop_below` leaves out what is lower than so
    many metres. `swap_sides` means that the other side follows with left and right exchanged.
    Raises ValueError where a step, arrow or still names a pose that is not there.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    view: View
    layout: Layout
    poses: Mapping[str, KeyPose]
    still: tuple[str, str]
    cycle: tuple[Step, ...]
    repetitions: int
    muscles: tuple[Muscle, ...]
    props: tuple[Prop, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    turn: float = 0.0
    crop_below: float | None = None
    swap_sides: bool = False

    def __post_init__(self) -> None:
        named = {*self.still, *(s.pose for s in self.cycle), *(a.pose for a in self.arrows)}
        if named - set(self.poses):
            raise ValueError(f"no such pose: {sorted(named - set(self.poses))}")
        if self.repetitions < 1 or not self.cycle:
            raise ValueError("a movement is done at least once")

    @property
    def hold_for(self) -> timedelta:
        """The longest hold of the cycle; zero where the movement flows."""
        return max(step.hold_for for step in self.cycle)
