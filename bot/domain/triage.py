"""From findings to an assessment: how urgent, and because of which rules."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.red_flags import Finding, Ruleset, Urgency


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of one look at everything known: the urgency and the rules behind it."""

    urgency: Urgency
    rules: tuple[str, ...]
    findings: frozenset[Finding]


def assess(
    findings: frozenset[Finding],
    ruleset: Ruleset,
    *,
    already_told: frozenset[str] = frozenset(),
) -> Assessment:
    """Apply every rule and keep the highest urgency.

    `already_told` names once-per-episode rules that fired earlier in this episode; they are
    passed over. No finding can lower the result: a rule only ever adds.
    """
    fired = tuple(
        rule
        for rule in ruleset.fired(findings)
        if not (rule.once_per_episode and rule.id in already_told)
    )
    urgency = max((rule.urgency for rule in fired), default=Urgency.SELF_CARE)
    return Assessment(urgency, tuple(rule.id for rule in fired), findings)
