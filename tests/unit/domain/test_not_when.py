"""Which findings of the last week rule what out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made import HEALTHY, situation, tip

from bot.domain.not_when import BY_FINDING, NEVER_EXERCISE, NotWhen, reasons_in
from bot.domain.red_flags import Finding, SignList
from bot.domain.runner import Profile
from bot.domain.tips import TipKind, allowed

BAR_NOTHING = frozenset(
    {
        # Somebody else's, or for a crisis line.
        Finding.SELF_HARM,
        Finding.SOMEONE_ELSE,
        # Nothing a tip could make worse by itself; each leads to somebody who looks.
        Finding.BAD_HEADACHE,
        Finding.NIGHT_PAIN,
        Finding.CONSTANT_PAIN,
        Finding.WEIGHT_LOSS,
        Finding.LUMP,
        Finding.WORSE_COUGHING,
        Finding.MORNING_STIFFNESS,
        # Today's rating, place and phase say this to the choice of a tip already.
        Finding.PAIN,
        Finding.SEVERE_PAIN,
        Finding.VERY_SEVERE_PAIN,
        Finding.SEVERE_TWICE,
        Finding.STOPS_DAILY_LIFE,
        Finding.STOPS_DAILY_LIFE_TWICE,
        Finding.RISING_PAIN,
        Finding.RISING_TWICE,
        Finding.THREE_FLARES,
        Finding.LASTING_7,
        Finding.LASTING_14,
        Finding.LASTING_28,
        Finding.LASTING_42,
        Finding.FIRST_EPISODE,
        Finding.NO_BETTER,
        Finding.OVER_55,
    }
)
FROM_SIGNS = [
    NotWhen.NUMBNESS,
    NotWhen.KNOCK,
    NotWhen.FEVER,
    NotWhen.RASH,
    NotWhen.SWOLLEN_CALF,
    NotWhen.SPREADING,
    NotWhen.DIZZY,
    NotWhen.HEART_OR_BREATH,
    NotWhen.BELLY,
    NotWhen.DARK_URINE,
]


@pytest.mark.parametrize("finding", Finding)
def test_of_every_finding_somebody_has_thought_what_it_rules_out(finding):
    bars = bool(reasons_in(frozenset({finding})))
    assert bars is (finding not in BAR_NOTHING)


@pytest.mark.parametrize("which", [SignList.EMERGENCY, SignList.SAME_DAY])
def test_a_sign_nobody_named_may_be_any_of_them(which):
    assert set(FROM_SIGNS) <= reasons_in(frozenset({which.unspecified}))


@pytest.mark.parametrize(
    ("finding", "reasons"),
    [
        (Finding.ONE_LIMB, {NotWhen.NUMBNESS, NotWhen.SPREADING}),
        (Finding.BLADDER_OR_SADDLE, {NotWhen.NUMBNESS}),
        (Finding.UNSTEADY, {NotWhen.NUMBNESS, NotWhen.DIZZY}),
        (Finding.SORE_SPINE, {NotWhen.KNOCK}),
        (Finding.FEVER_OR_ILL, {NotWhen.FEVER}),
        (Finding.BURNING_STRIP, {NotWhen.RASH, NotWhen.SPREADING}),
        (Finding.SWOLLEN_CALF, {NotWhen.SWOLLEN_CALF}),
        (Finding.DARK_URINE, {NotWhen.DARK_URINE}),
        (Finding.CHEST_PAIN, {NotWhen.HEART_OR_BREATH}),
        (Finding.CANCER_HISTORY, {NotWhen.CANCER}),
        (Finding.FRAGILE_BONES, {NotWhen.FRAGILE_BONES}),
        (Finding.PREGNANT, {NotWhen.PREGNANCY}),
        (Finding.WEEKLY_UNSPECIFIED, {NotWhen.BELLY}),
        (Finding.PAIN, set()),
    ],
)
def test_a_finding_rules_out_what_it_makes_unwise(finding, reasons):
    assert reasons_in(frozenset({finding})) == reasons


@pytest.mark.parametrize("reason", BY_FINDING)
def test_a_tip_that_names_the_reason_is_not_given_in_that_week(reason):
    risky = tip("risky", not_when=(reason,))
    for finding in BY_FINDING[reason]:
        assert not allowed(risky, situation(findings=frozenset({finding})))
    assert allowed(risky, situation())
    assert allowed(risky, situation(findings=BAR_NOTHING))
    assert allowed(tip("rest"), situation(findings=frozenset(Finding)))


@pytest.mark.parametrize("exercise", [{"kind": TipKind.EXERCISE}, {"movement": "cat-cow"}])
@pytest.mark.parametrize(
    "finding",
    [one for one in Finding if reasons_in(frozenset({one})) & NEVER_EXERCISE],
)
def test_exercises_are_off_after_such_a_sign_whatever_they_say_themselves(finding, exercise):
    careless = tip("careless", **exercise)
    for rating in range(11):
        assert not allowed(careless, situation(rating, findings=frozenset({finding})))
    assert allowed(careless, situation(3))


@pytest.mark.parametrize(
    ("profile", "no_exercise", "is_allowed"),
    [
        (HEALTHY, False, True),
        (HEALTHY, True, False),
        (Profile(undisclosed=True), False, False),
    ],
)
def test_exercises_are_off_for_profiles_and_bad_days_too(profile, no_exercise, is_allowed):
    careless = tip("careless", kind=TipKind.EXERCISE)
    moment = situation(3, profile=profile, no_exercise=no_exercise)
    assert allowed(careless, moment) is is_allowed


def test_a_long_run_rules_out_only_what_says_so():
    moment = situation(long_run=True)
    assert not allowed(tip("pill", not_when=(NotWhen.LONG_RUN,)), moment)
    assert allowed(tip("rest"), moment)


FINDINGS = st.frozensets(st.sampled_from(sorted(Finding)))


@given(FINDINGS, FINDINGS)
def test_one_more_finding_never_allows_more(some, more):
    assert reasons_in(some) <= reasons_in(some | more)
