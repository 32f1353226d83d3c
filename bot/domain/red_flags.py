"""The closed vocabulary of findings and the rules over it: which answers mean which urgency.

The rules themselves are data (content/red_flags.yaml); here is only what a rule is and when it
fires. Raising a finding can only raise the urgency: rules have no negations on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import ClassVar, Final


class Urgency(IntEnum):
    """How soon a person should be seen, ordered so that `max` is the safe choice."""

    SELF_CARE = 0
    ROUTINE = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def escalates(self) -> bool:
        """Whether this is told in a message of its own and locks every tip."""
        return self >= Urgency.URGENT


class Finding(StrEnum):
    """Everything a rule may speak of. A new word here needs a rule, an example and a text."""

    # The emergency list, one finding a line.
    CHEST_PAIN = "chest-pain"
    SUDDEN_WORST = "sudden-worst"
    BREATHLESS = "breathless"
    FAINTED_OR_STROKE = "fainted-or-stroke"
    BLADDER_OR_SADDLE = "bladder-or-saddle"
    BOTH_LEGS = "both-legs"
    BAD_CRASH = "bad-crash"
    DARK_URINE = "dark-urine"
    EMERGENCY_UNSPECIFIED = "emergency-unspecified"
    # The same-day list.
    ONE_LIMB = "one-limb"
    FEVER_OR_ILL = "fever-or-ill"
    SORE_SPINE = "sore-spine"
    BREATH_HEART_CALF = "breath-heart-calf"
    BURNING_STRIP = "burning-strip"
    NIGHT_PAIN = "night-pain"
    SAME_DAY_UNSPECIFIED = "same-day-unspecified"
    # Narrower than a line of the first list; told in the runner's own words.
    MOVING_PAIN = "moving-pain"
    COUGHED_BLOOD = "coughed-blood"
    FAINTED = "fainted"
    SEIZURE = "seizure"
    CONFUSED = "confused"
    STROKE_SIGN = "stroke-sign"
    BLADDER_OR_BOWEL = "bladder-or-bowel"
    SADDLE_NUMB = "saddle-numb"
    SEXUAL_LOSS = "sexual-loss"
    UNSTEADY = "unsteady"
    FOOT_DROP = "foot-drop"
    MUSCLE_BREAKDOWN = "muscle-breakdown"
    VERY_ILL = "very-ill"
    SELF_HARM = "self-harm"
    SOMEONE_ELSE = "someone-else"
    RECENT_EMERGENCY = "recent-emergency"
    # Serious only together with something else.
    JAW_ACHE = "jaw-ache"
    ARM_ACHE = "arm-ache"
    COLD_SWEAT = "cold-sweat"
    NAUSEA = "nausea"
    LIGHT_HEADED = "light-headed"
    SHORT_OF_BREATH = "short-of-breath"
    BAD_HEADACHE = "bad-headache"
    VOMITING = "vomiting"
    DRANK_A_LOT = "drank-a-lot"
    PUFFY = "puffy"
    STIFF_NECK = "stiff-neck"
    MINOR_KNOCK = "minor-knock"
    RECENT_INFECTION = "recent-infection"
    # Narrower than a line of the second list.
    CLUMSY_HANDS = "clumsy-hands"
    NECK_SHOCKS = "neck-shocks"
    FEVER = "fever"
    ILL = "ill"
    PAIN_ON_BREATHING = "pain-on-breathing"
    PALPITATIONS = "palpitations"
    SWOLLEN_CALF = "swollen-calf"
    CONSTANT_PAIN = "constant-pain"
    # Asked once a week within an episode.
    WEIGHT_LOSS = "weight-loss"
    LUMP = "lump"
    WORSE_COUGHING = "worse-coughing"
    MEAL_PAIN = "meal-pain"
    YELLOW_SKIN = "yellow-skin"
    MORNING_STIFFNESS = "morning-stiffness"
    WEEKLY_UNSPECIFIED = "weekly-unspecified"
    # What the check-in says beyond the lists.
    PAIN_IN_CHEST = "pain-in-chest"
    PAIN_IN_BELLY = "pain-in-belly"
    STOPS_DAILY_LIFE = "stops-daily-life"
    PAIN = "pain"
    SEVERE_PAIN = "severe-pain"
    VERY_SEVERE_PAIN = "very-severe-pain"
    # What several check-ins say together.
    SEVERE_TWICE = "severe-twice"
    RISING_PAIN = "rising-pain"
    RISING_TWICE = "rising-twice"
    STOPS_DAILY_LIFE_TWICE = "stops-daily-life-twice"
    THREE_FLARES = "three-flares"
    LASTING_7 = "lasting-7"
    LASTING_14 = "lasting-14"
    LASTING_28 = "lasting-28"
    LASTING_42 = "lasting-42"
    FIRST_EPISODE = "first-episode"
    NO_BETTER = "no-better"
    # The safety profile.
    CANCER_HISTORY = "cancer-history"
    FRAGILE_BONES = "fragile-bones"
    OVER_55 = "over-55"
    PREGNANT = "pregnant"


class SignList(StrEnum):
    """The lists a runner is shown: two at every painful check-in, one once a week."""

    EMERGENCY = "emergency"
    SAME_DAY = "same-day"
    WEEKLY = "weekly"

    @property
    def urgency(self) -> Urgency:
        """How urgent a sign on this list is at most; on the first two lists that is each one."""
        return Urgency.EMERGENCY if self is SignList.EMERGENCY else Urgency.URGENT

    @property
    def unspecified(self) -> Finding:
        """What counts when the runner says "one or more" and names none."""
        return Finding(f"{self}-unspecified")


UNNAMED: Final = frozenset(which.unspecified for which in SignList)
"""A "one or more" of which the runner has not said what it is."""


@dataclass(frozen=True, slots=True)
class When:
    """A condition: all of `all_of` and, where `any_of` is given, at least one of it."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    all_of: tuple[Finding, ...] = ()
    any_of: tuple[Finding, ...] = ()

    def holds(self, findings: frozenset[Finding]) -> bool:
        """Whether these findings satisfy the condition; an empty condition never holds."""
        if not self.all_of and not self.any_of:
            return False
        if not findings.issuperset(self.all_of):
            return False
        return not self.any_of or not findings.isdisjoint(self.any_of)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: a condition, what it means, and where that comes from.

    A rule that holds again is told again, unless it says otherwise: `once_per_episode`, not
    within `again_after` of the last time, or only `until_acknowledged` by the runner. A `firm`
    one is told in firmer words.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    urgency: Urgency
    when: When
    sources: tuple[str, ...]
    verified: bool
    examples: tuple[tuple[Finding, ...], ...]
    near_misses: tuple[tuple[Finding, ...], ...] = ()
    once_per_episode: bool = False
    again_after: timedelta | None = None
    until_acknowledged: bool = False
    firm: bool = False
    reviewed_by: str | None = None
    reviewed_on: str | None = None

    @property
    def may_fall_silent(self) -> bool:
        """Whether there are times at which it holds and is not told again."""
        return self.once_per_episode or self.again_after is not None or self.until_acknowledged


@dataclass(frozen=True, slots=True)
class Ruleset:
    """All rules, the lists as shown to runners, and the hash that names this version."""

    rules: tuple[Rule, ...]
    emergency_signs: tuple[Finding, ...]
    same_day_signs: tuple[Finding, ...]
    hash: str
    weekly_signs: tuple[Finding, ...] = ()

    def fired(self, findings: frozenset[Finding]) -> tuple[Rule, ...]:
        """Give every rule that holds, the most urgent first, in table order within one level."""
        holding = (rule for rule in self.rules if rule.when.holds(findings))
        return tuple(sorted(holding, key=lambda rule: -rule.urgency))

    def signs(self, which: SignList) -> tuple[Finding, ...]:
        """Give the lines of one list, in the order runners see them."""
        lists = {
            SignList.EMERGENCY: self.emergency_signs,
            SignList.SAME_DAY: self.same_day_signs,
            SignList.WEEKLY: self.weekly_signs,
        }
        return lists[which]

    def list_of(self, sign: Finding) -> SignList | None:
        """Tell which list shows this sign, None for a finding that is on none."""
        return next((which for which in SignList if sign in self.signs(which)), None)
