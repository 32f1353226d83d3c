"""Whether pain rose after an exercise: then there is no further one for now.

More pain is the commonest harm of exercise apps. Two points count as worse; one is noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.domain.decision import GivenTip
from bot.domain.trends import RISE, Rated

BLAMED_FOR: Final = timedelta(days=7)
"""A rise this long after the exercise is put down to it, in doubt (Aftermile's own limit)."""

HELD_FOR: Final = timedelta(hours=24)
"""After the pain came down again exercises stay off for the rest of the day."""


def rose_after_exercise(
    history: Sequence[GivenTip], exercises: frozenset[str], rated: Sequence[Rated], now: datetime
) -> bool:
    """Whether pain is, or was in the last day, two points above where the last exercise met it.

    `exercises` are the ids of all tips that move or load the back; `rated` is oldest first. An
    exercise that met no rating cannot be judged.
    """
    last = next((given for given in reversed(history) if given.tip_id in exercises), None)
    if last is None:
        return False
    before = [one.rating for one in rated if one.at <= last.given_at]
    after = [one for one in rated if last.given_at < one.at <= last.given_at + BLAMED_FOR]
    if not before or not after:
        return False
    recent = [one.rating for one in after if one.at > now - HELD_FOR]
    standing = [after[-1].rating] if now <= last.given_at + BLAMED_FOR else []
    return any(rating >= before[-1] + RISE for rating in (*recent, *standing))
