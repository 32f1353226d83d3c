"""The chart on a doctor's page: which marks stand where, and what it says in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal

from bot.domain.check_in import CheckIn, CheckInKind
from bot.domain.course import WEEK, by_week, course
from bot.domain.trends import Rated
from bot.pictures.doctor_page import Chart, Lane, Mark, Marks, Week
from bot.services.notices.summary import Summary
from bot.telegram.presenter.scene import Scene

SINGLE_RATINGS_UP_TO: Final = timedelta(days=100)
"""Over a longer time marks would lie on each other; then whole weeks are drawn."""

MOST_LABELS: Final = 8
_STEPS: Final = (1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1820, 3640, 7280)
"""Days between two labels of the time axis."""

KINDS: Final = {CheckInKind.SOON_AFTER: "soon_after", CheckInKind.MORNING: "morning"}
OTHER: Final = "other"
_SHAPES: Final[Mapping[str, Literal["dot", "square", "diamond"]]] = {
    "soon_after": "dot",
    "morning": "square",
    OTHER: "diamond",
}


def kind_of(rated: Rated) -> str:
    """Name when a rating was asked for, as the page tells it apart."""
    return KINDS.get(rated.kind, OTHER)


@dataclass(frozen=True, slots=True)
class Axis:
    """The time axis: an instant's share of the period, 0 at its start."""

    since: datetime
    until: datetime

    def __call__(self, at: datetime) -> float:
        """Place an instant; what was before the period stands at its start."""
        length = max(self.until - self.since, timedelta(days=1))
        return round(min(max((at - self.since) / length, 0.0), 1.0), 5)


def chart_of(scene: Scene, summary: Summary) -> Chart:
    """Draw the chart of a summary."""
    axis = Axis(summary.since, _end_of_day(scene, summary.until))
    by_weeks = summary.until - summary.since > SINGLE_RATINGS_UP_TO
    ratings = tuple(_ratings(scene, summary, axis))
    events = _events(summary)
    return Chart(
        title=scene.raw("page-chart"),
        alt=_alt(scene, summary, events),
        worst=scene.raw("page-chart-worst"),
        none=scene.raw("page-chart-none"),
        days=tuple(_days(scene, axis)),
        ratings=() if by_weeks else ratings,
        weeks=tuple(_weeks(summary, axis)) if by_weeks else (),
        weeks_label=scene.raw("page-chart-weeks") if by_weeks else "",
        lanes=tuple(_lane(scene, one, axis, by_weeks=by_weeks) for one in events),
    )


def _end_of_day(scene: Scene, at: datetime) -> datetime:
    """Give the next midnight on the runner's clock, so that today has room like any day."""
    here = scene.local(at)
    return datetime.combine(here.date() + timedelta(days=1), time(), here.tzinfo)


def _ratings(scene: Scene, summary: Summary, axis: Axis) -> Iterator[Marks]:
    for kind, shape in _SHAPES.items():
        marks = tuple(
            Mark(axis(one.at), one.rating) for one in summary.ratings if kind_of(one) == kind
        )
        yield Marks(scene.raw(f"page-scores-{kind}"), shape, marks)


def _weeks(summary: Summary, axis: Axis) -> Iterator[Week]:
    for middle, week in by_week(summary.ratings, summary.since):
        yield Week(axis(middle), week.low, week.highest.rating, round(week.mean, 2))


@dataclass(frozen=True, slots=True)
class _Events:
    """Things of one kind that happened in the period, and how they are drawn."""

    name: str
    shape: Literal["triangle", "bar", "cross"]
    at: tuple[datetime, ...]


def _events(summary: Summary) -> tuple[_Events, ...]:
    signs = tuple(one.at for one in summary.signs if one.at >= summary.since)
    missed = tuple(one.opened_at or one.due_at for one in unanswered(summary.asked))
    return (
        _Events("page-chart-signs", "triangle", signs),
        _Events("page-chart-runs", "bar", tuple(run.ended_at for run in summary.runs)),
        _Events("page-chart-missed", "cross", missed),
    )


def _lane(scene: Scene, events: _Events, axis: Axis, *, by_weeks: bool) -> Lane:
    """Draw each event by itself; over a long time count them by the week, but for the signs."""
    label = scene.raw(events.name)
    if not by_weeks or events.shape == "triangle":
        return Lane(label, events.shape, tuple((axis(at), 1.0) for at in events.at))
    weeks = Counter((at - axis.since) // WEEK for at in events.at)
    most = max(weeks.values(), default=0)
    bars = tuple(
        (axis(axis.since + WEEK * number + WEEK / 2), round(count / most, 3))
        for number, count in sorted(weeks.items())
    )
    return Lane(scene.raw("page-chart-lane-weeks", label=label, most=most), "bar", bars)


def unanswered(asked: Iterable[CheckIn]) -> tuple[CheckIn, ...]:
    """Give what was asked and is over without a rating."""
    return tuple(one for one in asked if one.rating is None and not one.is_open)


def _days(scene: Scene, axis: Axis) -> Iterator[tuple[float, str]]:
    """Label local midnights, as many as can be read."""
    first = scene.local(axis.since)
    span = max((axis.until - axis.since).days, 1)
    step = next((one for one in _STEPS if span / one <= MOST_LABELS), _STEPS[-1])
    for number in range(0, span + 1, step):
        day = first.date() + timedelta(days=number)
        at = axis(datetime.combine(day, time(), first.tzinfo))
        if at <= _LAST_LABEL:
            yield at, scene.day(day, year=step >= _STEPS[6])


_LAST_LABEL: Final = 0.96
"""Further right a label would leave the chart."""


def _alt(scene: Scene, summary: Summary, events: Iterable[_Events]) -> str:
    """Say what the chart shows, for who cannot see it."""
    said = [scene.raw("page-chart") + ":"]
    for kind in _SHAPES:
        found = course([one for one in summary.ratings if kind_of(one) == kind])
        if found is not None:
            numbers = {"count": found.count, "low": found.low, "high": found.highest.rating}
            label = scene.raw(f"page-scores-{kind}")
            said.append(scene.raw("page-chart-alt-ratings", label=label, **numbers))
    said += [
        scene.raw("page-chart-alt-lane", label=scene.raw(one.name), count=len(one.at))
        for one in events
    ]
    return " ".join(said)
