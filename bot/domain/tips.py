"""Tips: what one is, when one must not be given, and which one fits.

A tip that is blocked is never ranked; a tip that fits is ranked by what the runner said today,
then by what helped before. The choice is deterministic: the same history gives the same tip.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from bot.domain.decision import GivenTip
from bot.domain.not_when import BY_CONDITION, NEVER_EXERCISE, NotWhen, reasons_in
from bot.domain.pain import MODERATE, NRS_MAX, SEVERE, BodyRegion, Contributor, Effect, Phase
from bot.domain.red_flags import Finding
from bot.domain.runner import AgeBand, Profile

UNASKED_A_WEEK: Final = 4
NO_CHANGE_LIMIT: Final = 2
ACUTE_FOR: Final = timedelta(hours=72)


class TipKind(StrEnum):
    """What a tip is for."""

    PREVENTION = "prevention"
    TREATMENT = "treatment"
    EXERCISE = "exercise"


@dataclass(frozen=True, slots=True)
class Tip:
    """One piece of advice as data; its words live in the locale files under the same id.

    `pain` is the inclusive NRS span it is offered for, 0 being a pain-free day; `movement`
    names its picture; `chosen_in_check_in` is False for a tip that stands in /tips only;
    `asks_first` is True for one that is shown only to who has none of its reasons against.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    kind: TipKind
    topic: str
    sources: tuple[str, ...]
    verified: bool
    regions: tuple[BodyRegion, ...]
    pain: tuple[int, int]
    phases: tuple[Phase, ...] = (Phase.ACUTE, Phase.SETTLING)
    contributors: tuple[Contributor, ...] = ()
    not_when: tuple[NotWhen, ...] = ()
    movement: str | None = None
    chosen_in_check_in: bool = True
    asks_first: bool = False
    rank: int = 50
    reviewed_by: str | None = None
    reviewed_on: str | None = None

    @property
    def is_exercise(self) -> bool:
        """Whether it asks the runner to move or load the back."""
        return self.kind is TipKind.EXERCISE or self.movement is not None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the choice of a tip depends on. `rating` is 0 for a pain-free day.

    `findings` are those of the last seven days, somebody may have looked at them since;
    `no_exercise` says that a bad day or a bad turn keeps exercises off; `long_run` that a run
    of over two hours ended less than a day ago.
    """

    rating: int
    region: BodyRegion | None
    contributor: Contributor | None
    phase: Phase
    profile: Profile
    no_exercise: bool = False
    findings: frozenset[Finding] = frozenset()
    long_run: bool = False

    @property
    def blocking(self) -> frozenset[NotWhen]:
        """The reasons that hold now."""
        told = {BY_CONDITION[condition] for condition in self.profile.blocking}
        elsewhere = self.region is None or not self.region.is_upper_back
        ages = {AgeBand.FROM_66, AgeBand.UNDISCLOSED}
        holds = {
            NotWhen.OVER_65: self.profile.undisclosed or self.profile.age_band in ages,
            NotWhen.ACUTE: self.phase is Phase.ACUTE and self.rating > 0,
            NotWhen.SEVERE_PAIN: self.rating >= SEVERE,
            NotWhen.OUTSIDE_UPPER_BACK: self.rating > 0 and elsewhere,
            NotWhen.LONG_RUN: self.long_run,
        }
        now = {reason for reason, holding in holds.items() if holding}
        return frozenset(told | now | reasons_in(self.findings))

    @property
    def bars_exercise(self) -> bool:
        """Whether nothing that moves or loads the back may be given, whatever it is."""
        return self.no_exercise or not self.blocking.isdisjoint(NEVER_EXERCISE)


def phase_of(rating: int, episode_started_at: datetime | None, now: datetime) -> Phase:
    """Tell whether the episode counts as acute: three days, or a rating of 5 and more."""
    if rating >= MODERATE:
        return Phase.ACUTE
    if episode_started_at is None or now - episode_started_at < ACUTE_FOR:
        return Phase.ACUTE
    return Phase.SETTLING


def allowed(tip: Tip, situation: Situation) -> bool:
    """Whether nothing rules the tip out; says nothing about how well it fits."""
    if tip.is_exercise and situation.bars_exercise:
        return False
    return situation.blocking.isdisjoint(tip.not_when)


def fits(tip: Tip, situation: Situation) -> bool:
    """Whether the tip is allowed and made for this rating, place and phase."""
    lowest, highest = tip.pain
    if not lowest <= situation.rating <= highest or not allowed(tip, situation):
        return False
    if situation.rating == 0:
        return True
    in_place = situation.region in tip.regions if situation.region else False
    return in_place and situation.phase in tip.phases


def choose(
    tips: tuple[Tip, ...],
    situation: Situation,
    history: tuple[GivenTip, ...],
    *,
    not_now: frozenset[str] = frozenset(),
) -> Tip | None:
    """Choose the one tip that fits best, None where none is left.

    `history` is what this runner was given before, oldest first; `not_now` are ids already
    shown in this check-in.
    """
    spent = not_now | switched_off(history)
    candidates = [
        tip
        for tip in tips
        if tip.chosen_in_check_in and tip.id not in spent and fits(tip, situation)
    ]
    return min(candidates, key=lambda tip: _order(tip, situation, history), default=None)


def refused(history: tuple[GivenTip, ...]) -> frozenset[str]:
    """Give the tips that made it worse, or that the runner does not want."""
    return frozenset(
        given.tip_id for given in history if given.effect is Effect.WORSE or given.not_for_me_at
    )


def switched_off(history: tuple[GivenTip, ...]) -> frozenset[str]:
    """Give the tips this runner is not offered again: worse, "not for me", twice no change."""
    off = refused(history)
    unchanged = [given.tip_id for given in history if given.effect is Effect.NO_CHANGE]
    return frozenset(off | {id_ for id_ in unchanged if unchanged.count(id_) >= NO_CHANGE_LIMIT})


def _order(
    tip: Tip, situation: Situation, history: tuple[GivenTip, ...]
) -> tuple[bool, bool, int, int, str]:
    """Helped before, then today's contributor, then the least shown, then the table's rank."""
    mine = [given for given in history if given.tip_id == tip.id]
    helped = any(given.effect is Effect.HELPED for given in mine)
    matches = situation.contributor in tip.contributors
    return (not helped, not matches, len(mine), tip.rank, tip.id)


def may_give_unasked(history: tuple[GivenTip, ...], now: datetime) -> bool:
    """Whether a tip after a pain-free check-in stays within four unasked tips a week."""
    since = now - timedelta(days=7)
    recent = [given for given in history if given.given_at > since and not given.asked_for]
    return len(recent) < UNASKED_A_WEEK


def pain_span_is_valid(tip: Tip) -> bool:
    """Whether the tip's NRS span is one."""
    lowest, highest = tip.pain
    return 0 <= lowest <= highest <= NRS_MAX
