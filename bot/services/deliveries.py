"""Delivering what is due: ask whether it is still wanted, commit, send, settle.

Nothing is sent inside a transaction. A process killed between any two of these steps leaves the
row pending; when its lease is over, somebody sends it again. A doubled prompt is harmless, a
lost escalation is not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol, assert_never

from bot.domain.delivery import (
    LEASE,
    MAX_ATTEMPTS,
    Delivery,
    DeliveryState,
    Failed,
    Outcome,
    RetryLater,
    Sent,
    Unknown,
    Unreachable,
)
from bot.services.noting import Noting
from bot.services.ports import Ports, Queue, StorageUnavailable
from bot.services.replies import Reply
from bot.services.steps.prepared import Moved, Prepared, Settled
from bot.services.steps.preparing import give_up, prepare

BATCH: Final = 6
"""Deliveries under way at once; a batch is as quick as its slowest."""

BACK_OFF: Final = timedelta(seconds=30)


class Courier(Protocol):
    """Shows a reply to its runner and says how that went."""

    async def deliver(self, reply: Reply, *, urgent: bool) -> Outcome:
        """Send everything in the reply; the outcome is that of its last new message."""
        ...


@dataclass(frozen=True, slots=True)
class DeliverDue:
    """One beat of the heart: claim what is due, deliver it, settle it, and return.

    `report` tells of a failure of our own, `report_dead` of a delivery given up for good, `noting`
    keeps what was sent from being sent again.
    """

    ports: Ports
    queue: Queue
    courier: Courier
    worker: str
    gather: Callable[[list[Awaitable[None]]], Awaitable[None]]
    report: Callable[[Delivery, Exception], None]
    report_dead: Callable[[Delivery, str], None]
    noting: Noting

    async def __call__(self) -> int:
        """Deliver one batch; gives how many deliveries were handled."""
        now = self.ports.clock.now()
        claimed = await self.queue.claim(now, self.worker, BATCH, LEASE)
        if self.ports.clock.now() - now >= LEASE:
            # The host stood still in between: these leases are over, and others may take them too.
            return 0
        await self.gather([self._deliver(delivery) for delivery in claimed])
        return len(claimed)

    async def _deliver(self, delivery: Delivery) -> None:
        """Deliver one; a failure of our own backs off and, after too many, is dead and loud."""
        try:
            await self._try(delivery)
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad row must not stop the others
            await self._conclude(delivery, Failed(type(error).__name__))
            self.report(delivery, error)

    async def _try(self, delivery: Delivery) -> None:
        prepared = await self._prepare(delivery)
        match prepared:
            case Settled(reason):
                await self._settle(delivery, DeliveryState.DONE, reason)
            case Moved(due_at):
                async with self.ports.unit_of_work() as uow:
                    await uow.deliveries.retry(delivery.id, due_at, attempts=delivery.attempts)
            case Reply():
                urgent = delivery.kind.breaks_silence
                outcome = await self.courier.deliver(prepared, urgent=urgent)
                await self.noting(partial(self._conclude, delivery, outcome))
            case _:
                assert_never(prepared)

    async def _prepare(self, delivery: Delivery) -> Prepared:
        async with self.ports.unit_of_work() as uow:
            runner = await uow.runners.get(delivery.runner_id)
            if runner is None:
                return Settled("runner forgotten")
            prepared = await prepare(uow, self.ports, runner, delivery)
            if isinstance(prepared, Reply):
                # Opening or closing a check-in cancels its rows, this one with them. It stays
                # owed until Telegram took the message: a kill before that must not lose it.
                await uow.deliveries.enqueue(delivery)
            return prepared

    async def _conclude(self, delivery: Delivery, outcome: Outcome) -> None:
        """Settle a delivery by what became of it."""
        now = self.ports.clock.now()
        match outcome:
            case Sent():
                await self._settle(delivery, DeliveryState.DONE, "sent")
            case RetryLater(after):
                await self._again(delivery, now + after, delivery.attempts)
            case Unknown():
                await self._after_unknown(delivery, now)
            case Unreachable(reason):
                await self._give_up_on_runner(delivery, reason)
            case Failed(reason):
                await self._after_failure(delivery, reason, now)
            case _:
                assert_never(outcome)

    async def _after_unknown(self, delivery: Delivery, now: datetime) -> None:
        """It may have arrived: escalations go again at once, anything else once, a lease later."""
        if delivery.kind.breaks_silence and delivery.attempts < MAX_ATTEMPTS:
            await self._again(delivery, now, delivery.attempts + 1)
        elif delivery.attempts == 0:
            await self._again(delivery, now + LEASE, 1)
        else:
            await self._settle(delivery, DeliveryState.DONE, "sent, not confirmed")

    async def _after_failure(self, delivery: Delivery, reason: str, now: datetime) -> None:
        attempts = delivery.attempts + 1
        if attempts >= MAX_ATTEMPTS:
            await self._settle(delivery, DeliveryState.DEAD, reason)
            self.report_dead(delivery, reason)
        else:
            await self._again(delivery, now + BACK_OFF * attempts, attempts)

    async def _again(self, delivery: Delivery, due_at: datetime, attempts: int) -> None:
        async with self.ports.unit_of_work() as uow:
            await uow.deliveries.retry(delivery.id, due_at, attempts=attempts)

    async def _settle(self, delivery: Delivery, state: DeliveryState, reason: str) -> None:
        async with self.ports.unit_of_work() as uow:
            await uow.deliveries.settle(delivery.id, state, reason)

    async def _give_up_on_runner(self, delivery: Delivery, reason: str) -> None:
        async with self.ports.unit_of_work() as uow:
            runner = await uow.runners.get(delivery.runner_id)
            if runner is not None and runner.blocked_at is None:
                now = self.ports.clock.now()
                await uow.runners.save(replace(runner, blocked_at=now))
            settled = await give_up(uow, self.ports, runner, delivery) if runner else None
            if isinstance(settled, Moved):
                attempts = delivery.attempts
                await uow.deliveries.retry(delivery.id, settled.due_at, attempts=attempts)
            else:
                await uow.deliveries.settle(delivery.id, DeliveryState.DONE, reason)
