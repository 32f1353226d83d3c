"""How many turns three replicas can book of their shared send rate, and how long each takes.

Idle, and with event loops that are busy with other things, as under a crowd of runners: a row
that stays locked over a round trip is then locked for as long as the loop takes to come round.
Takes half a minute; `PYTHONPATH=.:tests python tests/benchmarks/send_rate.py`.
"""

import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from support import postgres

from bot.services.ports import StorageUnavailable
from bot.storage.send_rate import SqlSendRate

REPLICAS, AT_ONCE, SECONDS = 3, 5, 5.0
ANY_NUMBER = 10_000_000
"""Messages a second: nobody waits for the rate itself."""

BUSY_TASKS, BUSY_FOR = 8, 0.002


def spin(until: float) -> None:
    while time.perf_counter() < until:
        pass


async def busy(over_at: float) -> None:
    """Take the loop for two milliseconds at a time, as drawing a screen does."""
    while time.perf_counter() < over_at:
        spin(time.perf_counter() + BUSY_FOR)
        await asyncio.sleep(0)


async def book(rate: SqlSendRate, chats: Iterator[int], over_at: float) -> list[float]:
    """Book one turn after the other; the milliseconds each took, less than none for a failure."""
    taken = []
    for chat_id in chats:
        begun = time.perf_counter()
        if begun >= over_at:
            break
        try:
            await rate.reserve(chat_id, timedelta(seconds=3))
        except StorageUnavailable:
            taken.append(-1.0)
        else:
            taken.append(1000 * (time.perf_counter() - begun))
    return taken


async def replica(url: str, busy_tasks: int) -> list[float]:
    rate = SqlSendRate(url, ANY_NUMBER)
    over_at = time.perf_counter() + SECONDS
    async with asyncio.TaskGroup() as group:
        for _ in range(busy_tasks):
            group.create_task(busy(over_at))
        chats = iter(range(1, sys.maxsize))
        booking = [group.create_task(book(rate, chats, over_at)) for _ in range(AT_ONCE)]
    await rate.aclose()
    return [one for task in booking for one in task.result()]


def run_replica(url: str, busy_tasks: int) -> list[float]:
    return asyncio.run(replica(url, busy_tasks))


def measure(name: str, busy_tasks: int) -> None:
    url = postgres.made()
    with multiprocessing.get_context("spawn").Pool(REPLICAS) as pool:
        taken = list(chain(*pool.starmap(run_replica, [(url, busy_tasks)] * REPLICAS)))
    postgres.dropped(url)
    failed = sum(one < 0 for one in taken)
    cuts = statistics.quantiles([one for one in taken if one >= 0], n=100)
    latency = f"median {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms"
    turns = (len(taken) - failed) / SECONDS
    sys.stdout.write(f"{name}: {turns:.0f} turns/s, {latency}, {failed} without an answer\n")


if __name__ == "__main__":
    measure("idle", 0)
    measure("busy", BUSY_TASKS)
