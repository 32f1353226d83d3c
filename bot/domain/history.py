"""What happened in the last days as a picture shows it, on the runner's own calendar.

One object is behind the drawn marks, the words beside them and the weekly sentence. Nothing is
filled in: an unanswered prompt is missed, a day without anything is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.red_flags import Finding


class Period(IntEnum):
    """How many days a picture goes back, today included."""

    WEEK = 7
    MONTH = 30
    QUARTER = 90

    @classmethod
    def of(cls, days: int) -> Period:
        """Give the shortest period with room for so many days, else the longest."""
        return next((one for one in cls if days <= one), cls.QUARTER)


class Occasion(StrEnum):
    """When a rating was given: after a run, next morning, or at another time."""

    AFTER = "after"
    MORNING = "morning"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class RatingMark:
    """One rating, 0 to 10, at the local time it was given."""

    at: datetime
    rating: int
    occasion: Occasion
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class RunMark:
    """One run at the local time it ended; `is_longest` beats the 30 days before it."""

    at: datetime
    distance_km: float | None = None
    minutes: int | None = None
    is_longest: bool = False


@dataclass(frozen=True, slots=True)
class SignMark:
    """The signs told at one moment."""

    at: datetime
    signs: frozenset[Finding]


@dataclass(frozen=True, slots=True)
class PauseMark:
    """A pause from one local moment to another; one that is still on ends where the days do."""

    begins: datetime
    ends: datetime

    def touches(self, first: date, last: date) -> bool:
        """Whether it has a moment on these days, both included."""
        return self.begins.date() <= last and self.ends.date() >= first


@dataclass(frozen=True, slots=True)
class History:
    """A runner's days from the first to the last; every mark lies within them, oldest first."""

    period: Period
    last: date
    ratings: tuple[RatingMark, ...] = ()
    runs: tuple[RunMark, ...] = ()
    missed: tuple[datetime, ...] = ()
    signs: tuple[SignMark, ...] = ()
    tips: tuple[datetime, ...] = ()
    pauses: tuple[PauseMark, ...] = ()

    @property
    def first(self) -> date:
        """The first day shown."""
        return self.last - timedelta(days=self.period - 1)

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened; a pause alone is something to show."""
        return not any((self.ratings, self.runs, self.missed, self.signs, self.tips, self.pauses))

    @property
    def tells(self) -> bool:
        """Whether there is anything the runner did, so that a week is worth a summary."""
        return bool(self.ratings or self.runs)

    def rated(self, occasion: Occasion) -> tuple[int, ...]:
        """Give the ratings of one occasion, oldest first."""
        return tuple(one.rating for one in self.ratings if one.occasion is occasion)

    def between(self, first: date, last: date) -> History:
        """Give what of it lies on these days, both included; pauses keep their length."""

        def within(at: datetime) -> bool:
            return first <= at.date() <= last

        return History(
            self.period,
            self.last,
            ratings=tuple(one for one in self.ratings if within(one.at)),
            runs=tuple(one for one in self.runs if within(one.at)),
            missed=tuple(at for at in self.missed if within(at)),
            signs=tuple(one for one in self.signs if within(one.at)),
            tips=tuple(at for at in self.tips if within(at)),
            pauses=tuple(one for one in self.pauses if one.touches(first, last)),
        )


def total_km(runs: tuple[RunMark, ...]) -> float | None:
    """Add up the distances; None unless every run has one, as a part would pass for the whole."""
    known = [run.distance_km for run in runs if run.distance_km is not None]
    return sum(known) if known and len(known) == len(runs) else None


def total_minutes(runs: tuple[RunMark, ...]) -> int | None:
    """Add up the minutes; None unless every run has them."""
    known = [run.minutes for run in runs if run.minutes is not None]
    return sum(known) if known and len(known) == len(runs) else None
