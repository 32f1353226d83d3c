"""From findings to an assessment: how urgent, and because of which rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.red_flags import Finding, Rule, Ruleset, Urgency


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of one look at everything known: the urgency and the rules behind it."""

    urgency: Urgency
    rules: tuple[str, ...]
    findings: frozenset[Finding]


@dataclass(frozen=True, slots=True)
class Told:
    """What the runner heard in this episode, and what they said to it.

    `last_at` is by rule id; `seen_at` is when an escalation last ended with somebody having
    looked; `acknowledged` is the runner's word that somebody has looked, or will.
    """

    last_at: Mapping[str, datetime] = field(default_factory=dict)
    seen_at: datetime | None = None
    acknowledged: bool = False

    def silences(self, rule: Rule, now: datetime) -> bool:
        """Whether a rule that holds again has nothing new to say."""
        last_at = self.last_at.get(rule.id)
        if rule.until_acknowledged and self.acknowledged:
            return True
        if last_at is None:
            return False
        if rule.until_acknowledged and self.seen_at is not None and self.seen_at > last_at:
            return True
        too_soon = rule.again_after is not None and now < last_at + rule.again_after
        return rule.once_per_episode or too_soon


def nothing_new(ruleset: Ruleset, told: Told, now: datetime) -> frozenset[str]:
    """Name the rules to be passed over now."""
    return frozenset(rule.id for rule in ruleset.rules if told.silences(rule, now))


def assess(
    findings: frozenset[Finding],
    ruleset: Ruleset,
    *,
    already_told: frozenset[str] = frozenset(),
) -> Assessment:
    """Apply every rule and keep the highest urgency.

    `already_told` names rules with nothing new to say (see `nothing_new`); they are passed over
    where the table lets them fall silent. No finding can lower the result: a rule only ever adds.
    """
    fired = tuple(
        rule
        for rule in ruleset.fired(findings)
        if not (rule.may_fall_silent and rule.id in already_told)
    )
    urgency = max((rule.urgency for rule in fired), default=Urgency.SELF_CARE)
    return Assessment(urgency, tuple(rule.id for rule in fired), findings)
