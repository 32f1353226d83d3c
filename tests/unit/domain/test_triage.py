"""From findings to an urgency, over tables of rules nobody has thought of."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made import NOON

from bot.domain.red_flags import Finding, Rule, Ruleset, SignList, Urgency, When
from bot.domain.triage import Told, assess, nothing_new

PAIN, FEVER, LIMB = Finding.PAIN, Finding.FEVER_OR_ILL, Finding.ONE_LIMB


def rule(rule_id, urgency, all_of=(), any_of=(), *, once=False):
    when = When(tuple(all_of), tuple(any_of))
    return Rule(rule_id, urgency, when, (), verified=False, examples=(), once_per_episode=once)


def table(*rules):
    return Ruleset(rules, (Finding.CHEST_PAIN,), (FEVER, LIMB), "hash")


@pytest.mark.parametrize(
    ("when", "findings", "holds"),
    [
        (When((PAIN, FEVER)), {PAIN, FEVER, LIMB}, True),
        (When((PAIN, FEVER)), {PAIN}, False),
        (When((), (FEVER, LIMB)), {LIMB}, True),
        (When((), (FEVER, LIMB)), {PAIN}, False),
        (When((PAIN,), (FEVER, LIMB)), {PAIN, LIMB}, True),
        (When((PAIN,), (FEVER, LIMB)), {PAIN}, False),
        (When((PAIN,), (FEVER, LIMB)), {LIMB}, False),
    ],
)
def test_a_condition_is_all_of_and_one_of(when, findings, holds):
    assert when.holds(frozenset(findings)) is holds


def test_an_empty_condition_never_holds():
    """A rule that lost its condition must not fire for everybody."""
    assert not When().holds(frozenset(Finding))


def test_the_highest_urgency_counts_and_its_rules_come_first():
    rules = table(
        rule("pain", Urgency.ROUTINE, [PAIN]),
        rule("fever", Urgency.URGENT, [FEVER]),
        rule("both", Urgency.URGENT, [PAIN, FEVER]),
    )
    assessment = assess(frozenset({PAIN, FEVER}), rules)
    assert assessment.urgency is Urgency.URGENT
    assert assessment.rules == ("fever", "both", "pain")
    assert assessment.findings == {PAIN, FEVER}


def test_nothing_found_is_self_care():
    assert assess(frozenset(), table()).urgency is Urgency.SELF_CARE


def test_a_once_per_episode_rule_is_passed_over_when_it_was_told():
    rules = table(rule("once", Urgency.URGENT, [PAIN], once=True), rule("pain", 1, [PAIN]))
    told = assess(frozenset({PAIN}), rules, already_told=frozenset({"once", "pain"}))
    assert told.rules == ("pain",)


AGAIN = replace(rule("weekly", Urgency.ROUTINE, [PAIN]), again_after=timedelta(days=7))
ONCE = rule("once", Urgency.URGENT, [PAIN], once=True)
UNTIL = replace(AGAIN, until_acknowledged=True)
LAST = NOON - timedelta(days=7)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("one", "told", "silent"),
    [
        (
            rule("always", Urgency.ROUTINE, [PAIN]),
            Told({"always": NOON}, NOON, acknowledged=True),
            False,
        ),
        (ONCE, Told(), False),
        (ONCE, Told({"once": LAST}), True),
        (AGAIN, Told({"weekly": LAST}), False),
        (AGAIN, Told({"weekly": LAST + MINUTE}), True),
        (AGAIN, Told({"weekly": LAST}, acknowledged=True), False),
        (UNTIL, Told({"weekly": LAST}), False),
        (UNTIL, Told({"weekly": LAST}, acknowledged=True), True),
        (UNTIL, Told(acknowledged=True), True),
        (UNTIL, Told({"weekly": LAST}, seen_at=LAST + MINUTE), True),
        (UNTIL, Told({"weekly": LAST}, seen_at=LAST - MINUTE), False),
        (UNTIL, Told(seen_at=LAST), False),
    ],
)
def test_when_a_rule_has_nothing_new_to_say(one, told, silent):
    assert (one.id in nothing_new(table(one), told, NOON)) is silent


def test_only_urgent_and_emergency_escalate():
    assert [urgency for urgency in Urgency if urgency.escalates] == [
        Urgency.URGENT,
        Urgency.EMERGENCY,
    ]


def test_a_sign_belongs_to_the_list_that_shows_it():
    rules = table()
    assert rules.list_of(Finding.CHEST_PAIN) is SignList.EMERGENCY
    assert rules.list_of(FEVER) is SignList.SAME_DAY
    assert rules.list_of(PAIN) is None
    assert rules.signs(SignList.EMERGENCY) == (Finding.CHEST_PAIN,)
    assert rules.signs(SignList.SAME_DAY) == (FEVER, LIMB)


def test_one_or_more_without_a_name_is_as_urgent_as_its_list():
    assert SignList.EMERGENCY.urgency is Urgency.EMERGENCY
    assert SignList.EMERGENCY.unspecified is Finding.EMERGENCY_UNSPECIFIED
    assert SignList.SAME_DAY.urgency is Urgency.URGENT
    assert SignList.SAME_DAY.unspecified is Finding.SAME_DAY_UNSPECIFIED
    assert SignList.WEEKLY.urgency is Urgency.URGENT
    assert SignList.WEEKLY.unspecified is Finding.WEEKLY_UNSPECIFIED


FINDINGS = st.frozensets(st.sampled_from(Finding))
FEW = st.lists(st.sampled_from(Finding), max_size=3)
RULES = st.lists(st.tuples(st.sampled_from(Urgency), FEW, FEW, st.booleans()), max_size=8).map(
    lambda made: table(
        *(rule(str(n), urgency, a, b, once=once) for n, (urgency, a, b, once) in enumerate(made))
    )
)


@given(RULES, FINDINGS, FINDINGS, st.frozensets(st.sampled_from("01234567")))
def test_no_table_lets_a_further_finding_lower_the_urgency(rules, findings, more, told):
    before = assess(findings, rules, already_told=told)
    after = assess(findings | more, rules, already_told=told)
    assert after.urgency >= before.urgency
    assert set(before.rules) <= set(after.rules)


@given(RULES, FINDINGS, st.frozensets(st.sampled_from("01234567")))
def test_what_was_told_can_silence_once_per_episode_rules_only(rules, findings, told):
    silenced = set(assess(findings, rules).rules) - set(
        assess(findings, rules, already_told=told).rules
    )
    once = {one.id for one in rules.rules if one.once_per_episode}
    assert silenced <= told & once
