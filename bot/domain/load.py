"""How a run compares with the longest of the 30 days before it, and what a study says of that.

Only the single run counts. In the same study the ratio of one week to the next had no relation to
injuries, and the ratio of acute to chronic load a negative one. Source: Frandsen and others 2025,
British Journal of Sports Medicine 59:1203 (frandsen-2025 in content/sources.yaml): 5,205 runners,
588,071 runs, overuse injuries of any place. It does not speak of backs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.schedule import Run

LOOKED_BACK: Final = timedelta(days=30)
NOTED_BEYOND: Final = 0.10
"""A run up to a tenth further than the longest before it is what the study compares with."""


class Measure(StrEnum):
    """What a run's length is told in: kilometres, or minutes."""

    DISTANCE = "km"
    DURATION = "min"


class Odds(StrEnum):
    """How many times as often injuries came after such a run, as hazard ratios of the study.

    More than 10 and up to 30 % further: 1.64 (95 % interval 1.31 to 2.05). Up to 100 %: 1.52 (1.16
    to 2.00). Beyond: 2.28 (1.50 to 3.48).
    """

    TENTH = "1.6"
    THIRD = "1.5"
    DOUBLE = "2.3"


@dataclass(frozen=True, slots=True)
class Compared:
    """A run beside the longest of the 30 days before it, in kilometres or in minutes."""

    measure: Measure
    amount: float
    longest: float

    @property
    def excess(self) -> float:
        """How much further it went, as a share: 0.25 is a quarter further; negative is shorter."""
        return self.amount / self.longest - 1

    @property
    def is_longest(self) -> bool:
        """Whether it is longer than every run it is compared with."""
        return self.amount > self.longest

    @property
    def odds(self) -> Odds | None:
        """What the study found for such a run; None for one it found nothing about."""
        # Without rounding, 11 against 10 would be more than a tenth further.
        excess = round(self.excess, 6)
        if excess <= NOTED_BEYOND:
            return None
        if excess <= _THIRD:
            return Odds.TENTH
        return Odds.THIRD if excess <= 1 else Odds.DOUBLE


_THIRD: Final = 0.30


def amount_of(run: Run, measure: Measure) -> float | None:
    """Give a run's kilometres or minutes, None where the runner did not add them."""
    if measure is Measure.DISTANCE:
        return run.distance_km
    return run.duration.total_seconds() / 60 if run.duration else None


def compared(run: Run, runs: Iterable[Run]) -> Compared | None:
    """Compare a run with those of `runs` that ended in the 30 days before it did.

    By distance, else by time. None without anything to compare, and where the length of an earlier
    run is not known by that measure, as nobody can tell then which one was the longest.
    """
    earlier = [one for one in runs if _is_before(one, run)]
    for measure in Measure:
        amount = amount_of(run, measure)
        amounts = [found for one in earlier if (found := amount_of(one, measure))]
        if amount and amounts and len(amounts) == len(earlier):
            return Compared(measure, amount, max(amounts))
    return None


def _is_before(one: Run, run: Run) -> bool:
    return one.id != run.id and run.ended_at - LOOKED_BACK <= one.ended_at < run.ended_at
