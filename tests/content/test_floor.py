"""The rules that may never vanish, and the urgency each may never fall below."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made import NOON

from bot.content.library import Library
from bot.content.parsing import parse
from bot.domain.red_flags import Finding, Rule, Ruleset, SignList, Urgency
from bot.domain.triage import Told, assess, nothing_new

HEART = ("cold-sweat", "nausea", "vomiting", "short-of-breath", "light-headed")
"""What makes an ache in arm or jaw an emergency."""


def each(*alone: str) -> dict[str, list[set[str]]]:
    """Rules that one finding of the same name fires alone."""
    return {finding: [{finding}] for finding in alone}


def beside(finding: str, others: tuple[str, ...]) -> list[set[str]]:
    """One case for each of the others together with the finding."""
    return [{finding, other} for other in others]


# Every rule by its id, with the least it may mean and what has to fire it. Nothing here is read
# from the table: what is struck out there has to be struck out here as well, by hand.
FLOOR: dict[Urgency, dict[str, list[set[str]]]] = {
    Urgency.EMERGENCY: {
        **each("chest-pain", "sudden-worst", "moving-pain", "breathless", "coughed-blood"),
        **each("fainted-or-stroke", "fainted", "seizure", "confused", "stroke-sign"),
        **each("bladder-or-saddle", "bladder-or-bowel", "saddle-numb"),
        **each("both-legs", "unsteady", "foot-drop"),
        **each("bad-crash", "dark-urine", "muscle-breakdown", "very-ill"),
        **each("self-harm", "someone-else", "emergency-unspecified"),
        "sexual-loss-with-pain": [{"pain", "sexual-loss"}],
        "arm-ache-with-heart-signs": beside("arm-ache", HEART),
        "jaw-ache-with-heart-signs": beside("jaw-ache", HEART),
        "cold-sweat-with-pain": [{"pain", "cold-sweat", one} for one in HEART[1:]],
        "chest-place-with-heart-signs": beside("pain-in-chest", ("arm-ache", "jaw-ache", *HEART)),
        "breathing-pain-with-clot-signs": beside(
            "pain-on-breathing", ("short-of-breath", "swollen-calf")
        ),
        "calf-with-breath": [{"swollen-calf", "short-of-breath"}],
        "one-limb-with-heart-or-breath": beside(
            "one-limb", ("short-of-breath", "cold-sweat", "jaw-ache", "pain-in-chest")
        ),
        "hands-and-neck-shocks": [{"clumsy-hands", "neck-shocks"}],
        "fever-with-stiff-neck": beside("stiff-neck", ("fever", "ill", "fever-or-ill")),
        "cancer-with-nerve-sign": beside(
            "cancer-history", ("one-limb", "clumsy-hands", "neck-shocks")
        ),
        "too-much-water": beside("drank-a-lot", ("bad-headache", "vomiting", "puffy")),
    },
    Urgency.URGENT: {
        **each("one-limb", "fever-or-ill", "sore-spine", "breath-heart-calf", "burning-strip"),
        **each("night-pain", "constant-pain", "same-day-unspecified"),
        **each("sexual-loss", "clumsy-hands", "neck-shocks", "fever", "ill"),
        **each("pain-on-breathing", "palpitations", "swollen-calf"),
        **each("recent-emergency", "lump", "yellow-skin", "weekly-unspecified"),
        **each("very-severe-pain", "severe-twice", "pain-in-chest"),
        "weight-loss": [{"pain", "weight-loss"}],
        "worse-coughing": [{"pain", "worse-coughing"}],
        "recent-infection-with-pain": [{"pain", "recent-infection"}],
        "knock-on-fragile-bones": beside("minor-knock", ("fragile-bones", "over-55")),
        "headache-with-vomiting": [{"bad-headache", "vomiting"}],
        "cancer-history": [{"pain", "cancer-history"}],
        "fragile-bones": [{"pain", "fragile-bones"}],
    },
    Urgency.ROUTINE: {
        **each("severe-pain", "rising-pain", "rising-twice", "three-flares", "no-better"),
        **each("lasting-14", "lasting-28", "lasting-42"),
        **each("stops-daily-life", "stops-daily-life-twice"),
        **each("pain-in-belly", "meal-pain", "morning-stiffness"),
        "first-episode": [
            {"first-episode", "lasting-7", "over-55"},
            {"first-episode", "lasting-7", "pregnant"},
        ],
    },
}
CASES = [
    (lowest, rule, frozenset(map(Finding, words)))
    for lowest, rules in FLOOR.items()
    for rule, cases in rules.items()
    for words in cases
]
QUIET_ALONE = {
    "arm-ache",
    "jaw-ache",
    "cold-sweat",
    "nausea",
    "light-headed",
    "short-of-breath",
    "bad-headache",
    "vomiting",
    "drank-a-lot",
    "puffy",
    "stiff-neck",
    "minor-knock",
    "recent-infection",
    "weight-loss",
    "worse-coughing",
    "pain",
    "lasting-7",
    "first-episode",
    "cancer-history",
    "fragile-bones",
    "over-55",
    "pregnant",
}
"""What a run does to a body, and what only counts beside something else."""

DRAFT, _ = parse(Path(__file__).parents[2] / "content")
assert DRAFT is not None
RULESET = DRAFT.library.ruleset
FINDINGS = st.frozensets(st.sampled_from(sorted(Finding)))


def name_of(value: Urgency | str | frozenset[Finding]) -> str:
    """Name a case the same way in every process; a set has no order."""
    if isinstance(value, Urgency):
        return value.name
    return value if isinstance(value, str) else "+".join(sorted(value))


def without(removed: Rule) -> Ruleset:
    """The table with one rule struck out."""
    left = tuple(rule for rule in RULESET.rules if rule is not removed)
    signs = (RULESET.emergency_signs, RULESET.same_day_signs)
    return Ruleset(left, *signs, "", RULESET.weekly_signs)


@pytest.mark.parametrize(("lowest", "rule", "findings"), CASES, ids=name_of)
def test_floor(library: Library, lowest: Urgency, rule: str, findings: frozenset[Finding]) -> None:
    assessed = assess(findings, library.ruleset)
    assert assessed.urgency >= lowest
    assert rule in assessed.rules


def test_floor_names_every_rule_and_speaks_of_every_finding() -> None:
    assert {rule for _, rule, _ in CASES} == {rule.id for rule in RULESET.rules}
    assert frozenset().union(*(findings for *_, findings in CASES)) == frozenset(Finding)


def test_no_rule_stands_lower_than_its_floor() -> None:
    lowest = {rule: urgency for urgency, rule, _ in CASES}
    assert [rule.id for rule in RULESET.rules if rule.urgency < lowest[rule.id]] == []


@pytest.mark.parametrize("finding", sorted(QUIET_ALONE))
def test_what_counts_only_beside_something_else_raises_nothing_alone(finding: str) -> None:
    assert assess(frozenset({Finding(finding)}), RULESET).urgency is Urgency.SELF_CARE


def test_everything_else_counts_alone() -> None:
    quiet = {one for one in Finding if not assess(frozenset({one}), RULESET).urgency}
    assert quiet == QUIET_ALONE


def test_a_profile_without_pain_raises_nothing() -> None:
    profile = {"cancer-history", "fragile-bones", "over-55", "pregnant"}
    assert not assess(frozenset(map(Finding, profile)), RULESET).urgency


@pytest.mark.parametrize("removed", RULESET.rules, ids=lambda rule: rule.id)
def test_the_floor_notices_the_loss_of_any_rule(removed: Rule) -> None:
    left = without(removed)
    assert any(assess(findings, left).urgency < lowest for lowest, _, findings in CASES)


@pytest.mark.parametrize("removed", RULESET.rules, ids=lambda rule: rule.id)
def test_an_example_notices_the_loss_of_its_rule(removed: Rule) -> None:
    left = without(removed)
    urgencies = [assess(frozenset(example), left).urgency for example in removed.examples]
    assert min(urgencies) < removed.urgency


EXAMPLES = [(rule, frozenset(one)) for rule in RULESET.rules for one in rule.examples]
NEAR_MISSES = [(rule, frozenset(one)) for rule in RULESET.rules for one in rule.near_misses]


def rule_name(value: Rule | frozenset[Finding]) -> str:
    return value.id if isinstance(value, Rule) else name_of(value)


@pytest.mark.parametrize(("rule", "findings"), EXAMPLES, ids=rule_name)
def test_examples_fire_their_rule(rule: Rule, findings: frozenset[Finding]) -> None:
    assessed = assess(findings, RULESET)
    assert rule.id in assessed.rules
    assert assessed.urgency >= rule.urgency


@pytest.mark.parametrize(("rule", "findings"), NEAR_MISSES, ids=rule_name)
def test_near_misses_do_not_fire_it(rule: Rule, findings: frozenset[Finding]) -> None:
    assert rule.id not in assess(findings, RULESET).rules


def test_rules_are_told_once_weekly_or_each_time_as_decided() -> None:
    once = {rule.id for rule in RULESET.rules if rule.once_per_episode}
    assert once == {
        "cancer-history",
        "fragile-bones",
        "rising-twice",
        "three-flares",
        "lasting-14",
        "lasting-28",
        "first-episode",
        "no-better",
    }
    weekly = {rule.id: rule.again_after for rule in RULESET.rules if rule.again_after}
    assert weekly == {"lasting-42": timedelta(days=7)}
    assert {rule.id for rule in RULESET.rules if rule.until_acknowledged} == {
        "lasting-42",
        "stops-daily-life",
        "stops-daily-life-twice",
        "pain-in-belly",
        "meal-pain",
        "morning-stiffness",
    }


@pytest.mark.parametrize(
    ("which", "lowest"),
    [(SignList.EMERGENCY, Urgency.EMERGENCY), (SignList.SAME_DAY, Urgency.URGENT)],
)
def test_every_line_of_a_list_has_the_urgency_of_the_list(
    which: SignList, lowest: Urgency
) -> None:
    for sign in (*RULESET.signs(which), which.unspecified):
        assert assess(frozenset({sign}), RULESET).urgency is lowest


def test_weekly_signs_beside_pain_are_at_least_routine_and_an_unnamed_one_is_urgent() -> None:
    for sign in RULESET.weekly_signs:
        assert assess(frozenset({Finding.PAIN, sign}), RULESET).urgency >= Urgency.ROUTINE
    unnamed = frozenset({SignList.WEEKLY.unspecified})
    assert assess(unnamed, RULESET).urgency is Urgency.URGENT


@given(FINDINGS, st.sampled_from(sorted(Finding)))
def test_one_more_finding_never_lowers_the_urgency(
    findings: frozenset[Finding], more: Finding
) -> None:
    before = assess(findings, RULESET)
    after = assess(findings | {more}, RULESET)
    assert after.urgency >= before.urgency
    assert set(before.rules) <= set(after.rules)


@given(FINDINGS, FINDINGS)
def test_the_whole_is_at_least_as_urgent_as_its_parts(
    one: frozenset[Finding], other: frozenset[Finding]
) -> None:
    together = assess(one | other, RULESET).urgency
    assert together >= max(assess(part, RULESET).urgency for part in (one, other))


@given(findings=FINDINGS, acknowledged=st.booleans(), was_seen=st.booleans())
def test_nothing_told_or_acknowledged_ever_silences_a_sign(
    *, findings: frozenset[Finding], acknowledged: bool, was_seen: bool
) -> None:
    """Only rules that the table marks fall silent; of what is urgent, only the profile's."""
    everything = dict.fromkeys((rule.id for rule in RULESET.rules), NOON)
    told = Told(everything, NOON + timedelta(hours=1) if was_seen else None, acknowledged)
    silent = nothing_new(RULESET, told, NOON + timedelta(days=1))
    left = set(assess(findings, RULESET, already_told=silent).rules)
    assert left == set(assess(findings, RULESET).rules) - silent
    urgent = {rule.id for rule in RULESET.rules if rule.urgency.escalates}
    assert silent & urgent == {"cancer-history", "fragile-bones"}
