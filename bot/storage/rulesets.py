"""The repository of rulesets: one row per hash, written once, never changed or deleted.

Nothing in it is about a runner. Urgencies are kept by name: their number is only an order.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import RowMapping, select

from bot.domain.red_flags import Urgency
from bot.domain.rulesets import KeptRule, KeptRuleset
from bot.storage import tables
from bot.storage.transaction import Transaction
from bot.storage.types import UnknownValue, code

_URGENCIES: Final = {code(urgency): urgency for urgency in Urgency}


class SqlRulesets:
    """Every ruleset a bot on this database has started with; see services/ports.py."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def keep(self, ruleset: KeptRuleset) -> bool:
        """Let the primary key decide, so that of two bots that start together one writes."""
        values = {
            "hash": ruleset.hash,
            "content": {"rules": [_written(rule) for rule in ruleset.rules]},
            "first_seen_at": ruleset.first_seen_at,
        }
        key = tables.rulesets.c.hash
        return await self._transaction.insert_once(tables.rulesets, values, key) is not None

    async def get(self, hash_: str) -> KeptRuleset | None:
        """Find one by its primary key."""
        query = select(tables.rulesets).where(tables.rulesets.c.hash == hash_)
        rows = await self._transaction.read(query)
        return _ruleset(rows[0]) if rows else None


def _written(rule: KeptRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "urgency": code(rule.urgency),
        "all_of": rule.all_of,
        "any_of": rule.any_of,
        "once_per_episode": rule.once_per_episode,
        "again_after_seconds": rule.again_after and int(rule.again_after.total_seconds()),
        "until_acknowledged": rule.until_acknowledged,
        "verified": rule.verified,
        "reviewed_by": rule.reviewed_by,
        "sources": rule.sources,
    }


def _ruleset(row: RowMapping) -> KeptRuleset:
    rules = tuple(_read(raw) for raw in row["content"]["rules"])
    return KeptRuleset(row["hash"], rules, row["first_seen_at"])


def _read(raw: dict[str, Any]) -> KeptRule:
    """Read what this code knows of a rule; a newer release may have written more about it."""
    urgency = _URGENCIES.get(raw["urgency"])
    if urgency is None:
        raise UnknownValue(f"{raw['urgency']!r} is no Urgency")
    seconds = raw["again_after_seconds"]
    return KeptRule(
        id=raw["id"],
        urgency=urgency,
        all_of=tuple(raw["all_of"]),
        any_of=tuple(raw["any_of"]),
        once_per_episode=raw["once_per_episode"],
        again_after=None if seconds is None else timedelta(seconds=seconds),
        until_acknowledged=raw["until_acknowledged"],
        verified=raw["verified"],
        reviewed_by=raw["reviewed_by"],
        sources=tuple(raw["sources"]),
    )
