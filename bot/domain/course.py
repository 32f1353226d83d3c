"""What a doctor asks of a row of ratings: the last one, the means, the highest, the weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.trends import Rated

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Course:
    """Some ratings together; `highest` is the latest of the highest ones."""

    count: int
    mean: float
    low: int
    last: Rated
    highest: Rated


def course(ratings: Sequence[Rated]) -> Course | None:
    """Sum ratings up, oldest first; None for none."""
    if not ratings:
        return None
    numbers = [one.rating for one in ratings]
    return Course(
        count=len(numbers),
        mean=sum(numbers) / len(numbers),
        low=min(numbers),
        last=ratings[-1],
        highest=max(ratings, key=lambda one: (one.rating, one.at)),
    )


def between(ratings: Iterable[Rated], since: datetime, until: datetime) -> tuple[Rated, ...]:
    """Give the ratings from `since` on, before `until`."""
    return tuple(one for one in ratings if since <= one.at < until)


def by_week(ratings: Iterable[Rated], since: datetime) -> tuple[tuple[datetime, Course], ...]:
    """Sum up week by week, counted from `since`, under the week's middle; empty weeks are none."""
    weeks: dict[int, list[Rated]] = defaultdict(list)
    for one in ratings:
        weeks[(one.at - since) // WEEK].append(one)
    summed = ((number, course(ones)) for number, ones in sorted(weeks.items()))
    return tuple(
        (since + WEEK * number + WEEK / 2, found) for number, found in summed if found is not None
    )
