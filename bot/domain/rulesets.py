"""Rulesets as they are kept, so that an old decision can be told by the rules that made it.

Findings and sources are plain words here: the release that reads a kept ruleset need not know
every word of the release that wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.red_flags import Rule, Ruleset, Urgency


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule as it decided, and how well it was checked when the ruleset was first used."""

    id: str
    urgency: Urgency
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    once_per_episode: bool
    again_after: timedelta | None
    until_acknowledged: bool
    verified: bool
    reviewed_by: str | None
    sources: tuple[str, ...]

    def behind(self, findings: frozenset[str]) -> tuple[str, ...]:
        """Give the words of this rule that held, in its own order.

        Where it was not kept what held (a decision of an early release), all its words.
        """
        words = tuple(dict.fromkeys((*self.all_of, *self.any_of)))
        return tuple(word for word in words if word in findings) or words


@dataclass(frozen=True, slots=True)
class KeptRuleset:
    """All rules under the hash that decisions name, and when a bot first started with them."""

    hash: str
    rules: tuple[KeptRule, ...]
    first_seen_at: datetime

    def rule(self, rule_id: str) -> KeptRule | None:
        """Find a rule; None where this ruleset has none of that id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def kept(ruleset: Ruleset, first_seen_at: datetime) -> KeptRuleset:
    """Write down a ruleset in force."""
    return KeptRuleset(ruleset.hash, tuple(_kept(rule) for rule in ruleset.rules), first_seen_at)


def _kept(rule: Rule) -> KeptRule:
    return KeptRule(
        id=rule.id,
        urgency=rule.urgency,
        all_of=tuple(str(word) for word in rule.when.all_of),
        any_of=tuple(str(word) for word in rule.when.any_of),
        once_per_episode=rule.once_per_episode,
        again_after=rule.again_after,
        until_acknowledged=rule.until_acknowledged,
        verified=rule.verified,
        reviewed_by=rule.reviewed_by,
        sources=rule.sources,
    )
