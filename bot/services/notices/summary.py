"""What a doctor is shown of a runner's record: facts of one period, counted and dated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.check_in import CheckIn
from bot.domain.escalation import Escalation
from bot.domain.pain import Effect
from bot.domain.red_flags import Urgency
from bot.domain.schedule import Run
from bot.domain.trends import Rated


class Span(StrEnum):
    """How far a summary reaches back; the values travel in buttons."""

    TWO_WEEKS = "2w"
    SIX_WEEKS = "6w"
    ALL = "all"

    @property
    def days(self) -> int | None:
        """Local days, today among them; None for everything there is."""
        return {Span.TWO_WEEKS: 14, Span.SIX_WEEKS: 42}.get(self)


@dataclass(frozen=True, slots=True)
class SignReport:
    """Signs that were reported together: when, how urgent that was, and what became of it.

    `words` are findings by their own words, as those of another release may be among them.
    `word` is the runner's own under a routine answer: somebody has looked ("seen") or will
    ("booked").
    """

    at: datetime
    urgency: Urgency
    words: tuple[str, ...]
    escalation: Escalation | None = None
    word: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has not been looked at yet, as far as the runner said."""
        return self.escalation is not None and self.escalation.is_open


@dataclass(frozen=True, slots=True)
class Advised:
    """To be seen within days, told so many times for one reason that is no sign."""

    words: tuple[str, ...]
    times: int
    last_at: datetime
    word: str | None = None


@dataclass(frozen=True, slots=True)
class TriedTip:
    """One tip over the period: how often it was shown, and every answer to "Did it help?"."""

    tip_id: str
    shown: int
    last_at: datetime
    effects: Mapping[Effect, int]
    unwanted: bool = False

    @property
    def unanswered(self) -> int:
        """How often nothing was said of it."""
        return self.shown - sum(self.effects.values())


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts between `since` and `until`.

    `asked` are the check-ins that asked for a rating, answered or not, `ratings` what they were
    answered with, `both_denied` when both lists of signs were
    answered with "none of these"; `taken_back` counts what was escalated and then said to be a
    mistake, which is in no other number. An escalation that is still open is among `signs`
    however old it is.
    """

    span: Span
    since: datetime
    until: datetime
    asked: tuple[CheckIn, ...] = ()
    ratings: tuple[Rated, ...] = ()
    both_denied: tuple[datetime, ...] = ()
    signs: tuple[SignReport, ...] = ()
    advised: tuple[Advised, ...] = ()
    decided: Mapping[Urgency, int] = field(default_factory=dict)
    taken_back: int = 0
    tips: tuple[TriedTip, ...] = ()
    runs: tuple[Run, ...] = ()
    episode_since: datetime | None = None
    ruleset_hash: str = ""
    is_reviewed: bool = False

    @property
    def escalated(self) -> int:
        """How often the answer was same-day or emergency."""
        return sum(count for urgency, count in self.decided.items() if urgency.escalates)

    @property
    def ran_for(self) -> timedelta:
        """The time of all runs that have one."""
        return sum((run.duration for run in self.runs if run.duration), timedelta())
