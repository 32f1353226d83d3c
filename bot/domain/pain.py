"""How pain is rated and where it sits: the words a check-in's answers are made of."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

NRS_MIN: Final = 0
NRS_MAX: Final = 10

MODERATE: Final = 5
"""From here on a check-in also asks about everyday life, and core exercises wait."""

SEVERE: Final = 7
"""From here on no exercise is offered for a day (clinical rule, not verified by a clinician)."""

VERY_SEVERE: Final = 9


class BodyRegion(StrEnum):
    """Where the runner says the pain is."""

    BETWEEN_BLADES = "blades"
    ONE_SIDE = "side"
    NECK_SHOULDERS = "neck"
    LOWER_BACK = "lower"
    CHEST = "chest"
    BELLY = "belly"
    LIMB = "limb"
    OTHER = "other"

    @property
    def is_upper_back(self) -> bool:
        """Whether upper-back exercise can fit; elsewhere there is general care only."""
        return self in UPPER_BACK


UPPER_BACK: Final = frozenset(
    {BodyRegion.BETWEEN_BLADES, BodyRegion.ONE_SIDE, BodyRegion.NECK_SHOULDERS}
)

BACK_REGIONS: Final = UPPER_BACK | {BodyRegion.LOWER_BACK}
"""Where the first question about the place lets the runner put the pain."""

NUMBERED: Final = (
    BodyRegion.BETWEEN_BLADES,
    BodyRegion.ONE_SIDE,
    BodyRegion.NECK_SHOULDERS,
    BodyRegion.LOWER_BACK,
)
"""The regions of the back in the order of their numbers, from 1 on, on the map and on buttons."""

NEEDS_SIGNS_AGAIN: Final = frozenset({BodyRegion.CHEST, BodyRegion.BELLY})
"""Pain here can come from heart, lungs or gut, so both lists are asked once more."""


class Contributor(StrEnum):
    """What may have loaded the back today, in the runner's own judgement."""

    HUNCHED = "hunched"
    LONGER_FASTER = "longer"
    CARRIED = "carried"
    STIFF_SHOULDERS = "stiff"
    WEAK_TIRED = "weak"
    NONE = "none"


class Phase(StrEnum):
    """How old the episode is: the first three days or a rating of 5 and more are acute."""

    ACUTE = "acute"
    SETTLING = "settling"


class Effect(StrEnum):
    """The answer to "Did it help?"."""

    HELPED = "helped"
    NO_CHANGE = "same"
    WORSE = "worse"
    NOT_TRIED = "not_tried"


def nrs(value: str) -> int | None:
    """Read a stored or tapped rating; anything but a whole number from 0 to 10 is None."""
    if not value.isascii() or not value.isdigit() or len(value) > len(str(NRS_MAX)):
        return None
    rating = int(value)
    return rating if rating <= NRS_MAX else None
