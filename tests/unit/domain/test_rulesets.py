"""A ruleset as it is kept for explanations."""

from datetime import timedelta

from support.made import NOON

from bot.domain.red_flags import Finding, Rule, Ruleset, Urgency, When
from bot.domain.rulesets import kept

RULE = Rule(
    id="rising",
    urgency=Urgency.ROUTINE,
    when=When((Finding.PAIN,), (Finding.RISING_PAIN, Finding.PAIN, Finding.THREE_FLARES)),
    sources=("own",),
    verified=True,
    examples=(),
    once_per_episode=True,
    again_after=timedelta(days=7),
    until_acknowledged=True,
    reviewed_by="Dr Ito",
)
KEPT = kept(Ruleset((RULE,), (), (), "abc"), NOON)


def test_a_kept_rule_says_what_decided_and_how_well_it_was_checked():
    (rule,) = KEPT.rules
    assert (KEPT.hash, KEPT.first_seen_at) == ("abc", NOON)
    assert (rule.id, rule.urgency) == ("rising", Urgency.ROUTINE)
    assert (rule.all_of, rule.any_of) == (("pain",), ("rising-pain", "pain", "three-flares"))
    assert rule.once_per_episode
    assert rule.until_acknowledged
    assert rule.again_after == timedelta(days=7)
    assert (rule.verified, rule.reviewed_by, rule.sources) == (True, "Dr Ito", ("own",))


def test_a_rule_is_found_by_its_id():
    assert KEPT.rule("rising") is KEPT.rules[0]
    assert KEPT.rule("another") is None


def test_behind_a_rule_stands_what_held_or_all_of_it_where_that_is_unknown():
    (rule,) = KEPT.rules
    assert rule.behind(frozenset({"three-flares", "pain", "fever"})) == ("pain", "three-flares")
    assert rule.behind(frozenset()) == ("pain", "rising-pain", "three-flares")
