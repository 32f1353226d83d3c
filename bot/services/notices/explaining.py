"""What a runner or a reviewer sees of a decision: what it rested on, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.check_in import Kept, Question
from bot.domain.decision import Decision
from bot.domain.escalation import Escalation
from bot.domain.pain import BodyRegion, Contributor, Phase
from bot.domain.rulesets import KeptRule, KeptRuleset
from bot.domain.tips import Tip


@dataclass(frozen=True, slots=True)
class Said:
    """One answer the decision saw; `at` is None where it was taken back since."""

    question: Question
    value: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired; `rule` is None where its ruleset was not kept."""

    id: str
    rule: KeptRule | None


@dataclass(frozen=True, slots=True)
class ChosenTip:
    """A tip and what spoke for it then. `tip` is None for one this release no longer has.

    `rating` 0 is a pain-free day; `contributor` is the runner's where the tip is made for it.
    """

    id: str
    tip: Tip | None
    rating: int
    region: BodyRegion | None
    contributor: Contributor | None
    phase: Phase
    helped_before: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that led to one decision, as it was known then.

    `changed` says that other rules are in force now, `mistaken` that the runner called the
    reported sign a mistake. `lock` is the escalation that is open now; `tips_off` that tips were
    left out of this for it, or for the week after a sign went away by itself. `earlier` is the
    decision before it.
    """

    decision: Decision
    said: tuple[Said, ...]
    kept: Kept
    rules: tuple[FiredRule, ...]
    tips: tuple[ChosenTip, ...]
    ruleset: KeptRuleset | None
    changed: bool
    mistaken: bool = False
    lock: Escalation | None = None
    tips_off: bool = False
    earlier: Decision | None = None


@dataclass(frozen=True, slots=True)
class NothingDecided:
    """There is no decision to explain yet."""


ExplainingNotice = Explanation | NothingDecided
