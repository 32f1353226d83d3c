"""Every repository over one transaction, and the runner's own copy of what is stored."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import RowMapping, Select, Table, select

from bot.services.ports import (
    CheckIns,
    Decisions,
    Deliveries,
    Escalations,
    GivenTips,
    Pauses,
    Rulesets,
    Runners,
    Runs,
    Updates,
)
from bot.storage import tables
from bot.storage.belonging import about
from bot.storage.check_ins import SqlCheckIns
from bot.storage.deliveries import SqlDeliveries
from bot.storage.repositories import (
    SqlDecisions,
    SqlEscalations,
    SqlGivenTips,
    SqlPauses,
    SqlRunners,
    SqlRuns,
    SqlUpdates,
)
from bot.storage.rulesets import SqlRulesets
from bot.storage.seal import Sealed
from bot.storage.transaction import Transaction
from bot.storage.types import code


class SqlUnitOfWork:
    """One transaction; Database.unit_of_work opens it, commits it or rolls it back."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.runners: Runners = SqlRunners(transaction)
        self.pauses: Pauses = SqlPauses(transaction)
        self.runs: Runs = SqlRuns(transaction)
        self.check_ins: CheckIns = SqlCheckIns(transaction)
        self.decisions: Decisions = SqlDecisions(transaction)
        self.rulesets: Rulesets = SqlRulesets(transaction)
        self.tips: GivenTips = SqlGivenTips(transaction)
        self.escalations: Escalations = SqlEscalations(transaction)
        self.deliveries: Deliveries = SqlDeliveries(transaction)
        self.updates: Updates = SqlUpdates(transaction)

    async def everything_about(self, runner_id: int) -> dict[str, list[dict[str, Any]]]:
        """Read straight from the tables, undone and superseded rows included."""
        found: dict[str, list[dict[str, Any]]] = {}
        for table in tables.metadata.sorted_tables:
            theirs = about(table, runner_id)
            if theirs is not None:
                rows = await self._transaction.read(_in_order(table).where(theirs))
                found[table.name] = [self._readable(row) for row in rows]
        return found

    def _readable(self, row: RowMapping) -> dict[str, Any]:
        return {str(name): self._open(value) for name, value in row.items()}

    def _open(self, value: object) -> object:
        if isinstance(value, Sealed):
            return self._transaction.mappers.seal.open(value)
        if isinstance(value, Enum):
            return code(value)
        return to_jsonable_python(value)


def _in_order(table: Table) -> Select[Any]:
    return select(table).order_by(table.c.id)
