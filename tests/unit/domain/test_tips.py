"""Which tip may be given, and which one is."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made import HEALTHY, NOON, situation, tip

from bot.domain.decision import GivenTip
from bot.domain.not_when import NotWhen
from bot.domain.pain import BodyRegion, Contributor, Effect, Phase
from bot.domain.runner import AgeBand, Condition, Profile
from bot.domain.tips import (
    ACUTE_FOR,
    TipKind,
    allowed,
    choose,
    fits,
    may_give_unasked,
    pain_span_is_valid,
    phase_of,
    switched_off,
)

ICE, HEAT, MASSAGE = tip("ice", rank=10), tip("heat", rank=20), tip("massage", rank=30)
TIPS = (MASSAGE, HEAT, ICE)


def shown(tip_id, effect=None, *, asked_for=True, at=NOON, not_for_me=False):
    return GivenTip(
        1, tip_id, at, asked_for, effect=effect, not_for_me_at=NOON if not_for_me else None
    )


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (Condition.CANCER, NotWhen.CANCER),
        (Condition.FRAGILE_BONES, NotWhen.FRAGILE_BONES),
        (Condition.BLOOD_THINNERS, NotWhen.BLOOD_THINNERS),
        (Condition.PREGNANCY, NotWhen.PREGNANCY),
    ],
)
def test_a_condition_rules_out_the_tips_that_name_it(condition, reason):
    risky = tip("risky", not_when=(reason,))
    ill = Profile(frozenset({condition}), AgeBand.UP_TO_54)
    assert allowed(risky, situation())
    assert not allowed(risky, situation(profile=ill))
    assert allowed(ICE, situation(profile=ill))


@pytest.mark.parametrize("reason", [*list(NotWhen)[:4], NotWhen.OVER_65])
def test_prefer_not_to_say_rules_out_the_same_tips_as_a_yes(reason):
    unsaid = situation(profile=Profile(undisclosed=True))
    assert not allowed(tip("risky", not_when=(reason,)), unsaid)
    assert allowed(ICE, unsaid)


@pytest.mark.parametrize(
    ("band", "is_allowed"),
    [
        (AgeBand.UP_TO_54, True),
        (AgeBand.FROM_55, True),
        (AgeBand.FROM_66, False),
        (AgeBand.UNDISCLOSED, False),
    ],
)
def test_some_tips_are_not_for_people_over_65(band, is_allowed):
    young = tip("young", not_when=(NotWhen.OVER_65,))
    assert allowed(young, situation(profile=Profile(age_band=band))) is is_allowed


@pytest.mark.parametrize("rating", range(11))
def test_from_7_on_no_exercise(rating):
    plank = tip("plank", kind=TipKind.EXERCISE)
    drawn = tip("drawn", movement="cat-cow")
    assert allowed(plank, situation(rating)) is (rating < 7)
    assert allowed(drawn, situation(rating)) is (rating < 7)
    assert allowed(ICE, situation(rating))


def test_no_exercise_while_one_made_it_worse_today():
    plank = tip("plank", kind=TipKind.EXERCISE)
    assert not allowed(plank, situation(2, no_exercise=True))
    assert allowed(ICE, situation(2, no_exercise=True))


def test_core_work_waits_while_the_pain_is_acute():
    core = tip("core", not_when=(NotWhen.ACUTE,))
    assert not allowed(core, situation(3, phase=Phase.ACUTE))
    assert allowed(core, situation(3, phase=Phase.SETTLING))
    assert allowed(core, situation(0, phase=Phase.ACUTE)), "a pain-free day is not acute"


@pytest.mark.parametrize("region", [*BodyRegion, None])
def test_outside_the_upper_back_general_care_only(region):
    for_the_upper_back = tip("stretch", not_when=(NotWhen.OUTSIDE_UPPER_BACK,))
    inside = region is not None and region.is_upper_back
    assert allowed(for_the_upper_back, situation(3, region=region)) is inside
    assert allowed(for_the_upper_back, situation(0, region=None)), "no pain is nowhere"


def test_severe_pain_rules_out_what_says_so():
    rub = tip("rub", not_when=(NotWhen.SEVERE_PAIN,))
    assert allowed(rub, situation(6))
    assert not allowed(rub, situation(7))


@pytest.mark.parametrize(("rating", "does"), [(1, False), (2, True), (5, True), (6, False)])
def test_a_tip_fits_inside_its_span_of_pain(rating, does):
    assert fits(tip("mild", pain=(2, 5)), situation(rating)) is does


def test_a_tip_fits_its_places_and_phases():
    lower = tip("lower", regions=(BodyRegion.LOWER_BACK,), phases=(Phase.ACUTE,))
    in_place = {"region": BodyRegion.LOWER_BACK}
    assert fits(lower, situation(phase=Phase.ACUTE, **in_place))
    assert not fits(lower, situation(phase=Phase.SETTLING, **in_place))
    assert not fits(lower, situation(phase=Phase.ACUTE))
    assert not fits(lower, situation(phase=Phase.ACUTE, region=None))


def test_on_a_pain_free_day_place_and_phase_do_not_matter():
    prevention = tip("warm-up", pain=(0, 4), regions=(), phases=(Phase.SETTLING,))
    assert fits(prevention, situation(0, region=None, phase=Phase.ACUTE))
    assert not fits(ICE, situation(0)), "a treatment from 1 on is not for a 0"


def test_a_ruled_out_tip_never_fits():
    assert not fits(tip("rub", not_when=(NotWhen.SEVERE_PAIN,)), situation(8))


def test_without_history_the_tables_rank_decides_and_then_the_name():
    assert choose(TIPS, situation(), ()) is ICE
    twins = (tip("b", rank=5), tip("a", rank=5))
    assert choose(twins, situation(), ()).id == "a"


def test_what_helped_before_comes_first():
    history = (shown("massage", Effect.HELPED), shown("massage"))
    assert choose(TIPS, situation(), history) is MASSAGE


def test_then_what_matches_todays_contributor():
    carried = tip("carry", rank=90, contributors=(Contributor.CARRIED,))
    today = situation(contributor=Contributor.CARRIED)
    assert choose((*TIPS, carried), today, ()) is carried
    assert choose((*TIPS, carried), today, (shown("massage", Effect.HELPED),)) is MASSAGE


def test_then_what_was_shown_least():
    assert choose(TIPS, situation(), (shown("ice"),)) is HEAT
    assert choose(TIPS, situation(), (shown("ice"), shown("heat"), shown("massage"))) is ICE


@pytest.mark.parametrize(
    ("history", "off"),
    [
        ([shown("ice", Effect.WORSE)], True),
        ([shown("ice", Effect.HELPED), shown("ice", Effect.WORSE)], True),
        ([shown("ice", not_for_me=True)], True),
        ([shown("ice", Effect.NO_CHANGE), shown("ice", Effect.NO_CHANGE)], True),
        ([shown("ice", Effect.NO_CHANGE)], False),
        ([shown("ice", Effect.NO_CHANGE), shown("heat", Effect.NO_CHANGE)], False),
        ([shown("ice", Effect.NOT_TRIED), shown("ice", Effect.NOT_TRIED)], False),
        ([shown("ice"), shown("ice"), shown("ice")], False),
    ],
)
def test_worse_not_for_me_and_twice_no_change_switch_a_tip_off(history, off):
    assert ("ice" in switched_off(tuple(history))) is off
    assert (choose((ICE,), situation(), tuple(history)) is None) is off


def test_what_was_shown_in_this_check_in_is_not_shown_again():
    assert choose(TIPS, situation(), (), not_now=frozenset({"ice"})) is HEAT
    assert choose((ICE,), situation(), (), not_now=frozenset({"ice"})) is None


def test_tips_for_reading_only_are_never_chosen():
    menu_only = tip("doctor", rank=1, chosen_in_check_in=False)
    assert choose((menu_only, ICE), situation(), ()) is ICE


@pytest.mark.parametrize(
    ("rating", "age", "phase"),
    [
        (3, None, Phase.ACUTE),
        (3, timedelta(), Phase.ACUTE),
        (3, ACUTE_FOR - timedelta(minutes=1), Phase.ACUTE),
        (3, ACUTE_FOR, Phase.SETTLING),
        (5, timedelta(days=9), Phase.ACUTE),
        (4, timedelta(days=9), Phase.SETTLING),
    ],
)
def test_the_first_three_days_and_any_5_are_acute(rating, age, phase):
    started_at = None if age is None else NOON - age
    assert phase_of(rating, started_at, NOON) is phase


def test_at_most_four_unasked_tips_in_seven_days():
    unasked = [shown("ice", asked_for=False, at=NOON - timedelta(days=n)) for n in range(4)]
    assert may_give_unasked(tuple(unasked[1:]), NOON)
    assert not may_give_unasked(tuple(unasked), NOON)
    assert may_give_unasked(tuple(unasked), NOON + timedelta(days=4, seconds=1))
    assert may_give_unasked((shown("ice"),) * 9, NOON), "tips that answer pain do not count"


@pytest.mark.parametrize(
    ("span", "valid"),
    [((0, 10), True), ((3, 3), True), ((4, 3), False), ((-1, 3), False), ((3, 11), False)],
)
def test_a_span_of_pain_lies_on_the_scale(span, valid):
    assert pain_span_is_valid(tip("ice", pain=span)) is valid


EFFECTS = st.sampled_from([None, *Effect])
HISTORY = st.lists(
    st.builds(
        shown, st.sampled_from(["ice", "heat", "massage"]), EFFECTS, not_for_me=st.booleans()
    ),
    max_size=8,
).map(tuple)


@given(
    HISTORY,
    st.integers(0, 10),
    st.sampled_from([None, *BodyRegion]),
    st.sampled_from([HEALTHY, Profile(undisclosed=True), Profile(frozenset(Condition))]),
)
def test_a_chosen_tip_always_fits_and_was_never_switched_off(history, rating, region, profile):
    risky = tip("risky", rank=1, not_when=tuple(NotWhen))
    moment = situation(rating, region=region, profile=profile)
    chosen = choose((*TIPS, risky), moment, history)
    if chosen is not None:
        assert fits(chosen, moment)
        assert chosen.id not in switched_off(history)
    assert chosen == choose((*TIPS, risky), moment, history), "the same history, the same tip"
