"""The worker's view of the schedule: who has something due, and one delivery for each of them.

The lease is on the runner, not on the delivery, so over all workers and machines at most one
delivery per runner is under way.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    Subquery,
    Update,
    bindparam,
    func,
    or_,
    select,
    union_all,
    update,
)

from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState
from bot.storage.database import Database
from bot.storage.deliveries import PENDING
from bot.storage.tables import dead_updates, deliveries, runners
from bot.storage.transaction import Rows
from bot.storage.types import UtcDateTime

PRIORITIES: Final = sorted({kind.priority for kind in DeliveryKind})
SPARE: Final = 4
FARTHEST: Final = 10
"""Leases that end so many lengths of a lease from now were given before the clock was set back."""


class SqlQueue:
    """The queue over a database; implements services/ports.py's Queue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, now: datetime, worker: str, limit: int, lease: timedelta
    ) -> tuple[Delivery, ...]:
        """Lease and read in one transaction. RETURNING keeps no order, so the rows are sorted."""
        c = deliveries.c
        async with self._database.transaction(writing=True) as transaction:
            # More than asked for, since other workers may be choosing the first ones.
            values: dict[str, Any] = {"now": now, "limit": limit, "most": limit * SPARE}
            values |= {"worker": worker, "until": now + lease, "farthest": now + FARTHEST * lease}
            claimed = (await transaction.write(_leasing(), values)).scalars().all()
            if not claimed:
                return ()
            rows = Rows(transaction, transaction.mappers.deliveries)
            return await rows.all(c.id.in_(claimed), order=[c.priority, c.due_at, c.id])

    async def release(self, worker: str) -> int:
        """Give back every lease of a worker that stops; gives their number."""
        statement = (
            update(runners)
            .where(runners.c.leased_by == worker)
            .values(leased_by=None, leased_until=None, leased_for=None)
        )
        async with self._database.transaction(writing=True) as transaction:
            return int((await transaction.write(statement)).rowcount)

    async def next_due(self) -> datetime | None:
        """Look at every pending delivery, leased or not."""
        query = select(func.min(deliveries.c.due_at).label("at")).where(PENDING)
        async with self._database.transaction(writing=False) as transaction:
            earliest: datetime | None = (await transaction.read(query))[0]["at"]
            return earliest

    async def counts(self) -> dict[DeliveryState, int]:
        """Count; a state without deliveries is there with 0."""
        state = deliveries.c.state
        query = select(state, func.count().label("number")).group_by(state)
        async with self._database.transaction(writing=False) as transaction:
            rows = await transaction.read(query)
        return dict.fromkeys(DeliveryState, 0) | {row["state"]: row["number"] for row in rows}

    async def dead(self, limit: int) -> tuple[Delivery, ...]:
        """Give the deliveries that were given up for good, the newest first."""
        c = deliveries.c
        query = select(deliveries).where(c.state == DeliveryState.DEAD)
        query = query.order_by(c.due_at.desc(), c.id.desc()).limit(limit)
        async with self._database.transaction(writing=False) as transaction:
            rows = await transaction.read(query)
            return tuple(transaction.mappers.deliveries.build(row) for row in rows)

    async def buried(self) -> int:
        """Count the updates that could not be handled."""
        query = select(func.count().label("number")).select_from(dead_updates)
        async with self._database.transaction(writing=False) as transaction:
            return int((await transaction.read(query))[0]["number"])


_NOW: Final = bindparam("now", type_=UtcDateTime)
_IS_FREE: Final = or_(
    runners.c.leased_until.is_(None),
    runners.c.leased_until <= _NOW,
    runners.c.leased_until > bindparam("farthest", type_=UtcDateTime),
)


def _best_due(priority: int) -> Subquery:
    """Choose free runners to whom something of this priority is due first, up to `most`.

    Each priority is a query of its own, which an index answers from its front, and so is the
    look at a runner's other deliveries: among a million pending rows as in an empty table, and
    also before PostgreSQL has any statistics to plan by.
    """
    c, other = deliveries.c, deliveries.alias("other").c
    first = (
        select(other.id)
        .where(other.runner_id == c.runner_id, other.state == DeliveryState.PENDING)
        .where(other.due_at <= _NOW)
        .order_by(other.priority, other.due_at, other.id)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(c.id)
        .join(runners, runners.c.id == c.runner_id)
        .where(PENDING, c.priority == priority, c.due_at <= _NOW, _IS_FREE, c.id == first)
        .order_by(c.due_at, c.id)
        .limit(bindparam("most"))
    )
    return query.subquery(f"due_{priority}")


def _free() -> CTE:
    """Choose up to `limit` runners under no lease, by the best delivery due to each.

    The choice is a common table expression because a LIMIT inside IN (...) may be evaluated
    again for each row and then take more. Rows another worker is choosing are passed over;
    SQLite, which has one writer at a time, knows no such clause and gets none.

    The delivery is held and looked at once more beside its runner. Locking, PostgreSQL takes the
    newest version of a row, but a subquery stays as old as the statement: measured without the
    second look, four workers sent 4 % of 10,000 deliveries twice, each settled in the moment
    between one worker's look and its lock.
    """
    c = deliveries.c
    due = union_all(*(select(_best_due(priority).c.id) for priority in PRIORITIES)).cte("due")
    # Found once; a planner without statistics would find them anew for each row beside them.
    due = due.prefix_with("MATERIALIZED", dialect="postgresql")
    query = (
        select(runners.c.id.label("runner_id"), c.id.label("delivery_id"))
        .join(deliveries, c.runner_id == runners.c.id)
        .join(due, due.c.id == c.id)
        .where(PENDING, c.due_at <= _NOW, _IS_FREE)
        .order_by(c.priority, c.due_at, c.id)
        .limit(bindparam("limit"))
        .with_for_update(of=[runners, deliveries], skip_locked=True)
    )
    return query.cte("free")


@cache
def _leasing() -> Update:
    """Lease the chosen runners, each for the one delivery, and give back which.

    Made once: putting it together takes longer than the database takes to answer.
    """
    free = _free()
    return (
        update(runners)
        .where(runners.c.id == free.c.runner_id)
        .values(
            leased_by=bindparam("worker"),
            leased_until=bindparam("until"),
            leased_for=free.c.delivery_id,
        )
        .returning(runners.c.leased_for)
    )
