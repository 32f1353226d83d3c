"""No tip is ever chosen that its own reasons, or the rule about exercises, forbid.

The reasons are worked out here a second time, from what a runner would say, and not by the code
that the selector uses.
"""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.library import Library, load
from bot.domain.decision import GivenTip
from bot.domain.not_when import NotWhen
from bot.domain.pain import BodyRegion, Contributor, Effect, Phase
from bot.domain.red_flags import Finding
from bot.domain.runner import AgeBand, Condition, Profile
from bot.domain.tips import Situation, Tip, choose
from tests.content.conftest import CONTENT
from tests.support.made import NOON

LIBRARY = load(CONTENT)
TIPS = LIBRARY.tips
UNNAMED = {"emergency-unspecified", "same-day-unspecified", "recent-emergency"}
NERVES = UNNAMED | {
    "one-limb",
    "both-legs",
    "bladder-or-saddle",
    "bladder-or-bowel",
    "saddle-numb",
    "unsteady",
    "foot-drop",
    "clumsy-hands",
    "neck-shocks",
    "stroke-sign",
    "fainted-or-stroke",
    "sexual-loss",
    "seizure",
    "confused",
}
KNOCKS = UNNAMED | {"bad-crash", "sore-spine", "minor-knock"}
FEVERS = UNNAMED | {"fever-or-ill", "fever", "very-ill", "ill", "stiff-neck", "recent-infection"}
HEART_AND_LUNGS = UNNAMED | {
    "chest-pain",
    "pain-in-chest",
    "sudden-worst",
    "moving-pain",
    "breathless",
    "short-of-breath",
    "pain-on-breathing",
    "coughed-blood",
    "breath-heart-calf",
    "palpitations",
    "cold-sweat",
    "fainted",
    "fainted-or-stroke",
    "jaw-ache",
    "arm-ache",
}
WANDERING = UNNAMED | {
    "arm-ache",
    "jaw-ache",
    "moving-pain",
    "pain-in-chest",
    "neck-shocks",
    "one-limb",
    "burning-strip",
}
FALLING = UNNAMED | {
    "light-headed",
    "fainted",
    "fainted-or-stroke",
    "unsteady",
    "seizure",
    "confused",
}
STOMACH = UNNAMED | {
    "weekly-unspecified",
    "pain-in-belly",
    "meal-pain",
    "yellow-skin",
    "nausea",
    "vomiting",
}
KIDNEYS = UNNAMED | {"dark-urine", "muscle-breakdown", "drank-a-lot", "puffy"}


def has(moment: Situation, words: set[str]) -> bool:
    return bool(words & {str(finding) for finding in moment.findings})


def told(moment: Situation, condition: Condition) -> bool:
    return moment.profile.undisclosed or condition in moment.profile.conditions


HOLDS = {
    NotWhen.CANCER: lambda m: told(m, Condition.CANCER) or has(m, {"cancer-history"}),
    NotWhen.FRAGILE_BONES: lambda m: told(m, Condition.FRAGILE_BONES) or has(m, {"fragile-bones"}),
    NotWhen.BLOOD_THINNERS: lambda m: told(m, Condition.BLOOD_THINNERS),
    NotWhen.PREGNANCY: lambda m: told(m, Condition.PREGNANCY) or has(m, {"pregnant"}),
    NotWhen.OVER_65: lambda m: m.profile.undisclosed or m.profile.age_band in ("66", "-"),
    NotWhen.ACUTE: lambda m: m.rating > 0 and m.phase == "acute",
    NotWhen.SEVERE_PAIN: lambda m: m.rating >= 7,
    NotWhen.OUTSIDE_UPPER_BACK: lambda m: (
        m.rating > 0 and m.region not in ("blades", "side", "neck")
    ),
    NotWhen.NUMBNESS: lambda m: has(m, NERVES),
    NotWhen.KNOCK: lambda m: has(m, KNOCKS),
    NotWhen.FEVER: lambda m: has(m, FEVERS),
    NotWhen.RASH: lambda m: has(m, UNNAMED | {"burning-strip"}),
    NotWhen.SWOLLEN_CALF: lambda m: has(m, UNNAMED | {"swollen-calf", "breath-heart-calf"}),
    NotWhen.SPREADING: lambda m: has(m, WANDERING),
    NotWhen.DIZZY: lambda m: has(m, FALLING),
    NotWhen.HEART_OR_BREATH: lambda m: has(m, HEART_AND_LUNGS),
    NotWhen.BELLY: lambda m: has(m, STOMACH),
    NotWhen.DARK_URINE: lambda m: has(m, KIDNEYS),
    NotWhen.LONG_RUN: lambda m: m.long_run,
}
"""Each reason in the words of this test."""

EXERCISE_OFF = (
    NotWhen.HEART_OR_BREATH,
    NotWhen.NUMBNESS,
    NotWhen.KNOCK,
    NotWhen.FEVER,
    NotWhen.CANCER,
    NotWhen.FRAGILE_BONES,
    NotWhen.SEVERE_PAIN,
)


def barred(tip: Tip, moment: Situation) -> list[str]:
    """Why this tip must not be given now; empty where it may."""
    why = [reason.value for reason in tip.not_when if HOLDS[reason](moment)]
    if tip.kind == "exercise" or tip.movement:
        why += [f"exercise: {reason}" for reason in EXERCISE_OFF if HOLDS[reason](moment)]
        why += ["exercise: a bad day"] if moment.no_exercise else []
    return why


def test_this_test_knows_every_reason() -> None:
    assert HOLDS.keys() == set(NotWhen)


PROFILES = [
    Profile(age_band=AgeBand.UP_TO_54),
    Profile(age_band=AgeBand.FROM_66),
    Profile(undisclosed=True),
    *(Profile(frozenset({one}), AgeBand.FROM_55) for one in Condition),
]
LATELY = [frozenset(), *(frozenset({one}) for one in Finding), frozenset(Finding)]


@pytest.mark.parametrize("rating", range(11))
def test_whatever_the_situation_a_tip_comes_and_nothing_forbids_it(rating: int) -> None:
    """Every cell of place, phase and pain, with each profile and each sign of the last week."""
    for region, phase, profile, findings, bad in product(
        BodyRegion, Phase, PROFILES, LATELY, (False, True)
    ):
        if bad and findings and len(findings) == 1:
            continue
        moment = Situation(
            rating, region, Contributor.NONE, phase, profile, no_exercise=bad, findings=findings
        )
        first = choose(TIPS, moment, ())
        assert first is not None, moment
        assert barred(first, moment) == [], moment
        second = choose(TIPS, moment, (), not_now=frozenset({first.id}))
        assert second is not None, moment
        assert barred(second, moment) == [], moment


SITUATIONS = st.builds(
    Situation,
    st.integers(0, 10),
    st.sampled_from([None, *BodyRegion]),
    st.sampled_from([None, *Contributor]),
    st.sampled_from(Phase),
    st.builds(
        Profile,
        st.frozensets(st.sampled_from(Condition), max_size=2),
        st.sampled_from(AgeBand),
        st.booleans(),
    ),
    no_exercise=st.booleans(),
    findings=st.frozensets(st.sampled_from(Finding), max_size=3),
    long_run=st.booleans(),
)
HISTORIES = st.lists(
    st.builds(
        GivenTip,
        st.just(1),
        st.sampled_from([tip.id for tip in TIPS]),
        st.just(NOON),
        st.booleans(),
        effect=st.sampled_from([None, *Effect]),
        not_for_me_at=st.sampled_from([None, NOON]),
    ),
    max_size=12,
).map(tuple)


@settings(max_examples=400, deadline=None)
@given(SITUATIONS, HISTORIES)
def test_neither_situation_nor_history_brings_a_forbidden_tip(
    moment: Situation, history: tuple[GivenTip, ...]
) -> None:
    shown: list[str] = []
    for _ in TIPS:
        tip = choose(TIPS, moment, history, not_now=frozenset(shown))
        if tip is None:
            break
        shown.append(tip.id)
        assert barred(tip, moment) == []
        assert tip.chosen_in_check_in
        assert not tip.asks_first
        mine = [one for one in history if one.tip_id == tip.id]
        assert not [one for one in mine if one.effect is Effect.WORSE or one.not_for_me_at]
        assert sum(one.effect is Effect.NO_CHANGE for one in mine) < 2
    helped = {one.tip_id for one in history if one.effect is Effect.HELPED}
    assert [id_ in helped for id_ in shown] == sorted(
        (id_ in helped for id_ in shown), reverse=True
    )


BLOCKED_WHEN = {
    "ice": {"numbness", "rash"},
    "massage": {"rash", "fever", "bones", "thinners", "cancer", "swollen-calf", "knock"},
    "chest-stretch": {"spreading"},
    "flexibility": {"spreading", "dizzy"},
    "cool-down": {"spreading"},
    "plank": {"acute", "pregnancy"},
    "side-plank": {"acute", "pregnancy"},
    "russian-twist": {"acute", "pregnancy"},
    "core-strength": {"acute", "pregnancy"},
    "thoracic-extension": {"bones", "numbness", "dizzy"},
    "cat-cow": {"bones", "numbness", "dizzy"},
    "scapular-retraction": {"bones", "numbness"},
    "shoulder-rolls": {"bones", "numbness"},
    "running-form": {"acute"},
    "otc-pain-relief": {"over-65", "pregnancy", "thinners", "dark-urine", "long-run", "bones"},
}


@pytest.mark.parametrize("id_", sorted(BLOCKED_WHEN))
def test_the_reasons_of_the_evidence_table_are_there(library: Library, id_: str) -> None:
    tip = library.tip(id_)
    assert tip is not None
    assert BLOCKED_WHEN[id_] <= {reason.value for reason in tip.not_when}


IN_WORDS = {
    "ice": ("numb", "white", "hives", "blood flow", "broken skin", "rash"),
    "massage": ("thinners", "fragile", "cancer", "fever", "rash", "swollen calf", "knock"),
    "chest-stretch": ("spreads", "numbness"),
    "thoracic-extension": ("dizzy", "fragile", "numbness"),
    "plank": ("three days", "5 or more", "pregnancy"),
    "otc-pain-relief": ("before or during a run", "24 hours", "pale pee", "dark"),
}


@pytest.mark.parametrize("id_", sorted(IN_WORDS))
def test_what_the_bot_cannot_know_stands_in_the_tips_own_words(library: Library, id_: str) -> None:
    said = library.texts.say("en", f"tip-{id_}.not")
    assert [word for word in IN_WORDS[id_] if word not in said] == []
