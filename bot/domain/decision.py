"""What is kept of every decision, so that it can be explained and checked later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.check_in import Question
from bot.domain.pain import Effect
from bot.domain.red_flags import Finding, Urgency


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: the answers it saw, the rules that fired, the ruleset, the tips chosen.

    `findings` is everything it rested on, whether tapped, read from a typed text, or derived from
    earlier check-ins and the profile. Decisions of the first release were stored without.
    """

    runner_id: int
    made_at: datetime
    urgency: Urgency
    rules: tuple[str, ...]
    ruleset_hash: str
    answers: tuple[tuple[Question, str], ...]
    tips: tuple[str, ...] = ()
    id: int = 0
    check_in_id: int | None = None
    superseded_at: datetime | None = None
    findings: frozenset[Finding] = frozenset()

    @property
    def is_from_words(self) -> bool:
        """Whether it came from something the runner typed, which is itself never stored."""
        return self.check_in_id is None and not self.answers


@dataclass(frozen=True, slots=True)
class GivenTip:
    """A tip that was shown, and what the runner said of it."""

    runner_id: int
    tip_id: str
    given_at: datetime
    asked_for: bool
    id: int = 0
    check_in_id: int | None = None
    effect: Effect | None = None
    effect_at: datetime | None = None
    not_for_me_at: datetime | None = None

    def with_effect(self, effect: Effect, now: datetime) -> GivenTip:
        """Note how it did."""
        return replace(self, effect=effect, effect_at=now)
