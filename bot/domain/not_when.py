"""Reasons against a tip: what rules one out, and which findings of the last days are such.

What the answers cannot tell (numb skin, poor blood flow, other medicines) stands in the tip's
own words instead. Which tip names which reason is data, in content/tips.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.red_flags import Finding
from bot.domain.runner import Condition

FINDINGS_COUNT_FOR: Final = timedelta(days=7)
"""A sign of the last week still rules tips out, even when somebody has looked at it since."""


class NotWhen(StrEnum):
    """Reasons a tip may be ruled out, beyond the lock that rules out all of them."""

    # From the safety profile.
    CANCER = "cancer"
    FRAGILE_BONES = "bones"
    BLOOD_THINNERS = "thinners"
    PREGNANCY = "pregnancy"
    OVER_65 = "over-65"
    # From the check-in.
    ACUTE = "acute"
    SEVERE_PAIN = "severe-pain"
    OUTSIDE_UPPER_BACK = "outside-upper-back"
    # From signs of the last seven days.
    NUMBNESS = "numbness"
    KNOCK = "knock"
    FEVER = "fever"
    RASH = "rash"
    SWOLLEN_CALF = "swollen-calf"
    SPREADING = "spreading"
    DIZZY = "dizzy"
    HEART_OR_BREATH = "heart-or-breath"
    BELLY = "belly"
    DARK_URINE = "dark-urine"
    # From the runs.
    LONG_RUN = "long-run"


NEVER_EXERCISE: Final = frozenset(
    {
        NotWhen.CANCER,
        NotWhen.FRAGILE_BONES,
        NotWhen.SEVERE_PAIN,
        NotWhen.NUMBNESS,
        NotWhen.KNOCK,
        NotWhen.FEVER,
        NotWhen.HEART_OR_BREATH,
    }
)
"""Any of these rules out every exercise, whatever the exercise itself says."""

BY_CONDITION: Final[Mapping[Condition, NotWhen]] = {
    Condition.CANCER: NotWhen.CANCER,
    Condition.FRAGILE_BONES: NotWhen.FRAGILE_BONES,
    Condition.BLOOD_THINNERS: NotWhen.BLOOD_THINNERS,
    Condition.PREGNANCY: NotWhen.PREGNANCY,
}

_UNNAMED: Final = frozenset(
    {
        Finding.EMERGENCY_UNSPECIFIED,
        Finding.SAME_DAY_UNSPECIFIED,
        Finding.RECENT_EMERGENCY,
    }
)
"""A sign nobody named may have been any of them."""

BY_FINDING: Final[Mapping[NotWhen, frozenset[Finding]]] = {
    NotWhen.CANCER: frozenset({Finding.CANCER_HISTORY}),
    NotWhen.FRAGILE_BONES: frozenset({Finding.FRAGILE_BONES}),
    NotWhen.PREGNANCY: frozenset({Finding.PREGNANT}),
    # Feeling, strength, gait, bladder: anything that may come from the nerves.
    NotWhen.NUMBNESS: _UNNAMED
    | {
        Finding.ONE_LIMB,
        Finding.BOTH_LEGS,
        Finding.FOOT_DROP,
        Finding.UNSTEADY,
        Finding.CLUMSY_HANDS,
        Finding.NECK_SHOCKS,
        Finding.BLADDER_OR_SADDLE,
        Finding.BLADDER_OR_BOWEL,
        Finding.SADDLE_NUMB,
        Finding.SEXUAL_LOSS,
        Finding.FAINTED_OR_STROKE,
        Finding.STROKE_SIGN,
        Finding.SEIZURE,
        Finding.CONFUSED,
    },
    NotWhen.KNOCK: _UNNAMED | {Finding.BAD_CRASH, Finding.SORE_SPINE, Finding.MINOR_KNOCK},
    NotWhen.FEVER: _UNNAMED
    | {
        Finding.FEVER_OR_ILL,
        Finding.FEVER,
        Finding.ILL,
        Finding.VERY_ILL,
        Finding.STIFF_NECK,
        Finding.RECENT_INFECTION,
    },
    NotWhen.RASH: _UNNAMED | {Finding.BURNING_STRIP},
    NotWhen.SWOLLEN_CALF: _UNNAMED | {Finding.BREATH_HEART_CALF, Finding.SWOLLEN_CALF},
    NotWhen.SPREADING: _UNNAMED
    | {
        Finding.ARM_ACHE,
        Finding.JAW_ACHE,
        Finding.MOVING_PAIN,
        Finding.PAIN_IN_CHEST,
        Finding.NECK_SHOCKS,
        Finding.ONE_LIMB,
        Finding.BURNING_STRIP,
    },
    NotWhen.DIZZY: _UNNAMED
    | {
        Finding.LIGHT_HEADED,
        Finding.FAINTED,
        Finding.FAINTED_OR_STROKE,
        Finding.UNSTEADY,
        Finding.SEIZURE,
        Finding.CONFUSED,
    },
    NotWhen.HEART_OR_BREATH: _UNNAMED
    | {
        Finding.CHEST_PAIN,
        Finding.PAIN_IN_CHEST,
        Finding.SUDDEN_WORST,
        Finding.MOVING_PAIN,
        Finding.BREATHLESS,
        Finding.SHORT_OF_BREATH,
        Finding.PAIN_ON_BREATHING,
        Finding.COUGHED_BLOOD,
        Finding.FAINTED,
        Finding.FAINTED_OR_STROKE,
        Finding.BREATH_HEART_CALF,
        Finding.PALPITATIONS,
        Finding.COLD_SWEAT,
        Finding.JAW_ACHE,
        Finding.ARM_ACHE,
    },
    # What an anti-inflammatory could make worse: stomach, liver, kidneys, salts.
    NotWhen.BELLY: _UNNAMED
    | {
        Finding.WEEKLY_UNSPECIFIED,
        Finding.PAIN_IN_BELLY,
        Finding.MEAL_PAIN,
        Finding.YELLOW_SKIN,
        Finding.NAUSEA,
        Finding.VOMITING,
    },
    NotWhen.DARK_URINE: _UNNAMED
    | {Finding.DARK_URINE, Finding.MUSCLE_BREAKDOWN, Finding.DRANK_A_LOT, Finding.PUFFY},
}


def reasons_in(findings: frozenset[Finding]) -> frozenset[NotWhen]:
    """Give the reasons that findings of the last seven days amount to."""
    return frozenset(
        reason for reason, named in BY_FINDING.items() if not named.isdisjoint(findings)
    )
