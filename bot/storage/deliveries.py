"""The schedule's rows inside a unit of work: planned, moved, called off, settled.

Claiming them is the worker's side and stands in queue.py.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState
from bot.storage.tables import deliveries, runners
from bot.storage.transaction import Rows, Transaction

PENDING = deliveries.c.state == DeliveryState.PENDING


class SqlDeliveries:
    """Deliveries, within one transaction; see services/ports.py."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._rows = Rows(transaction, transaction.mappers.deliveries)
        self._c = deliveries.c

    async def enqueue(self, delivery: Delivery) -> bool:
        """Let the unique dedupe key decide; a cancelled row under it comes back to life."""
        stored = await self._rows.add_once(
            delivery, self._c.dedupe_key, priority=delivery.kind.priority
        )
        if stored is not None:
            return True
        revived = await self._change(
            self._c.dedupe_key == delivery.dedupe_key,
            self._c.state == DeliveryState.CANCELLED,
            state=DeliveryState.PENDING,
            due_at=delivery.due_at,
            reason=None,
        )
        return revived > 0

    async def get(self, delivery_id: int) -> Delivery | None:
        """Load one and hold its row when writing."""
        return await self._rows.get(delivery_id)

    async def by_key(self, dedupe_key: str) -> Delivery | None:
        """Find one by its unique key, whatever its state."""
        return await self._rows.first(self._c.dedupe_key == dedupe_key)

    async def reschedule(self, dedupe_key: str, due_at: datetime) -> bool:
        """Move it, to earlier or later; attempts so far stay counted."""
        moved = await self._change(self._c.dedupe_key == dedupe_key, PENDING, due_at=due_at)
        return moved > 0

    async def cancel(self, subject_id: int, kinds: frozenset[DeliveryKind], reason: str) -> int:
        """Call off what is still pending; one under way settles by itself."""
        return await self._change(
            self._c.subject_id == subject_id,
            self._c.kind.in_(kinds),
            PENDING,
            state=DeliveryState.CANCELLED,
            reason=reason,
        )

    async def pending_for(self, runner_id: int) -> tuple[Delivery, ...]:
        """Order by due time."""
        return await self._rows.all(
            self._c.runner_id == runner_id, PENDING, order=[self._c.due_at, self._c.id]
        )

    async def settle(
        self, delivery_id: int, state: DeliveryState, reason: str | None = None
    ) -> None:
        """Finish it. One that is gone with its runner by now changes nothing."""
        await self._give_back_lease(delivery_id)
        await self._change(self._c.id == delivery_id, state=state, reason=reason)

    async def retry(self, delivery_id: int, due_at: datetime, *, attempts: int) -> None:
        """Move it. One that was called off meanwhile stays so."""
        await self._give_back_lease(delivery_id)
        await self._change(self._c.id == delivery_id, due_at=due_at, attempts=attempts)

    async def _change(self, *where: ColumnElement[bool], **values: object) -> int:
        statement = update(deliveries).where(*where).values(**values)
        return (await self._transaction.write(statement)).rowcount

    async def _give_back_lease(self, delivery_id: int) -> None:
        """Free the runner if the lease is for this very delivery.

        A handler that settles the escalation it has just told must not free a runner whose
        check-in a worker is sending. The runner's row comes first, as everywhere, so that two
        transactions cannot wait for each other.
        """
        whose = select(deliveries.c.runner_id).where(deliveries.c.id == delivery_id)
        statement = (
            update(runners)
            .where(runners.c.id == whose.scalar_subquery(), runners.c.leased_for == delivery_id)
            .values(leased_by=None, leased_until=None, leased_for=None)
        )
        await self._transaction.write(statement)
