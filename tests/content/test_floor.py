"""The rules that may never vanish, and the urgency each may never fall below."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import Library
from bot.content.parsing import parse
from bot.domain.red_flags import Finding, Rule, Ruleset, SignList, Urgency
from bot.domain.triage import assess

FLOOR = {
    Urgency.EMERGENCY: [
        {"chest-pain"},
        {"sudden-worst"},
        {"breathless"},
        {"fainted-or-stroke"},
        {"bladder-or-saddle"},
        {"both-legs"},
        {"bad-crash"},
        {"dark-urine"},
        {"emergency-unspecified"},
    ],
    Urgency.URGENT: [
        {"one-limb"},
        {"fever-or-ill"},
        {"sore-spine"},
        {"breath-heart-calf"},
        {"burning-strip"},
        {"night-pain"},
        {"same-day-unspecified"},
        {"very-severe-pain"},
        {"severe-twice"},
        {"pain", "cancer-history"},
        {"pain", "fragile-bones"},
    ],
    Urgency.ROUTINE: [
        {"severe-pain"},
        {"rising-pain"},
        {"stops-daily-life"},
        {"stops-daily-life-twice"},
        {"pain-in-chest"},
        {"pain-in-belly"},
    ],
}
CASES = [(lowest, frozenset(map(Finding, words))) for lowest in FLOOR for words in FLOOR[lowest]]
DRAFT, _ = parse(Path(__file__).parents[2] / "content")
assert DRAFT is not None
RULESET = DRAFT.library.ruleset
FINDINGS = st.frozensets(st.sampled_from(sorted(Finding)))


def name_of(value: Urgency | frozenset[Finding]) -> str:
    """Name a case the same way in every process; a set has no order."""
    return value.name if isinstance(value, Urgency) else "+".join(sorted(value))


@pytest.mark.parametrize(("lowest", "findings"), CASES, ids=name_of)
def test_floor(library: Library, lowest: Urgency, findings: frozenset[Finding]) -> None:
    assert assess(findings, library.ruleset).urgency >= lowest


def test_floor_speaks_of_every_finding() -> None:
    assert frozenset().union(*(findings for _, findings in CASES)) == frozenset(Finding)


def test_pain_alone_and_a_profile_alone_raise_nothing() -> None:
    for quiet in (set(), {Finding.PAIN}, {Finding.CANCER_HISTORY, Finding.FRAGILE_BONES}):
        assert assess(frozenset(quiet), RULESET).urgency is Urgency.SELF_CARE


@pytest.mark.parametrize("removed", RULESET.rules, ids=lambda rule: rule.id)
def test_the_floor_notices_the_loss_of_any_rule(removed: Rule) -> None:
    left = Ruleset(
        tuple(rule for rule in RULESET.rules if rule is not removed),
        RULESET.emergency_signs,
        RULESET.same_day_signs,
        "",
    )
    assert any(assess(findings, left).urgency < lowest for lowest, findings in CASES)


@pytest.mark.parametrize(
    ("which", "lowest"),
    [(SignList.EMERGENCY, Urgency.EMERGENCY), (SignList.SAME_DAY, Urgency.URGENT)],
)
def test_every_line_of_a_list_has_the_urgency_of_the_list(
    which: SignList, lowest: Urgency
) -> None:
    for sign in (*RULESET.signs(which), which.unspecified):
        assert assess(frozenset({sign}), RULESET).urgency is lowest


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


@given(FINDINGS)
def test_told_rules_are_passed_over_only_where_the_table_says_so(
    findings: frozenset[Finding],
) -> None:
    told = frozenset(rule.id for rule in RULESET.rules)
    left = set(assess(findings, RULESET, already_told=told).rules)
    repeating = {rule.id for rule in RULESET.rules if not rule.once_per_episode}
    assert left == set(assess(findings, RULESET).rules) & repeating
    assert {rule.id for rule in RULESET.rules} - repeating == {"cancer-history", "fragile-bones"}
