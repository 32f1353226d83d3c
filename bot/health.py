"""What `aftermile health` says: the database, the schedule, and everything that was given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.app import open_database
from bot.config import Settings
from bot.domain.delivery import Delivery, DeliveryState
from bot.shipped import shipped
from bot.storage.migrations import SchemaState, current_state
from bot.storage.queue import SqlQueue
from bot.storage.suitability import check_server

SHOWN: Final = 10
"""How many dead deliveries are named; the rest is in the count."""


@dataclass(frozen=True, slots=True)
class Health:
    """The lines for the operator, and whether something is wrong."""

    lines: tuple[str, ...]
    well: bool


async def look(settings: Settings) -> Health:
    """Look at the database; it is not brought to this version if it is not there already.

    Raises BadSetting, Unsuitable, StorageUnavailable.
    """
    check_server(settings.storage_url, writing=False)
    state = current_state(settings.storage_url, shipped("migrations"))
    if state is not SchemaState.CURRENT:
        return Health((f"database: {state.value}",), well=False)
    database = open_database(settings)
    try:
        queue = SqlQueue(database)
        counts, dead, buried = await queue.counts(), await queue.dead(SHOWN), await queue.buried()
    finally:
        await database.close()
    lines = ["database: current"]
    lines += [f"deliveries {one.value}: {counts[one]}" for one in DeliveryState]
    lines += [f"updates dead: {buried}"]
    lines += [_of_dead(delivery) for delivery in dead]
    return Health(tuple(lines), well=not counts[DeliveryState.DEAD])


def _of_dead(delivery: Delivery) -> str:
    due_at = delivery.due_at.isoformat(timespec="seconds")
    what = f"{delivery.kind.value}, due {due_at}"
    return f"dead delivery {delivery.id}: {what}: {delivery.reason or 'no reason kept'}"
