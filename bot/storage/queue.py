"""The worker's view of the schedule: who has something due, and one delivery for each of them.

The lease is on the runner, not on the delivery, so over all workers and machines at most one
delivery per runner is under way.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CTE, ColumnElement, Subquery, Update, func, or_, select, update

from bot.domain.delivery import Delivery, DeliveryState
from bot.storage.database import Database
from bot.storage.tables import dead_updates, deliveries, runners
from bot.storage.transaction import Rows

PENDING = deliveries.c.state == DeliveryState.PENDING


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
            leasing = _leasing(_free(now, limit), worker, now + lease)
            claimed = (await transaction.write(leasing)).scalars().all()
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


def _best_due(now: datetime) -> Subquery:
    """Number what is due to each runner, the most important first."""
    c = deliveries.c
    order = (c.priority, c.due_at, c.id)
    place = func.row_number().over(partition_by=c.runner_id, order_by=order).label("place")
    due: ColumnElement[bool] = c.due_at <= now
    query = select(c.id, c.runner_id, c.priority, c.due_at, place).where(PENDING, due)
    return query.subquery("due")


def _free(now: datetime, limit: int) -> CTE:
    """Choose up to `limit` runners under no lease, by the best delivery due to each.

    The choice is a common table expression because a LIMIT inside IN (...) may be evaluated
    again for each row and then take more. Rows another worker is choosing are passed over;
    SQLite, which has one writer at a time, knows no such clause and gets none.
    """
    due = _best_due(now)
    query = (
        select(runners.c.id.label("runner_id"), due.c.id.label("delivery_id"))
        .join(due, due.c.runner_id == runners.c.id)
        .where(due.c.place == 1)
        .where(or_(runners.c.leased_until.is_(None), runners.c.leased_until <= now))
        .order_by(due.c.priority, due.c.due_at, due.c.id)
        .limit(limit)
        .with_for_update(of=runners, skip_locked=True)
    )
    return query.cte("free")


def _leasing(free: CTE, worker: str, until: datetime) -> Update:
    """Lease the chosen runners, each for the one delivery, and give back which."""
    return (
        update(runners)
        .where(runners.c.id == free.c.runner_id)
        .values(leased_by=worker, leased_until=until, leased_for=free.c.delivery_id)
        .returning(runners.c.leased_for)
    )
