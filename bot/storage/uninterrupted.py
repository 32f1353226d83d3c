"""Cancellation waits for the statement under way, and no longer.

A statement runs in SQLite's thread and cannot be called back. Cancelled in the middle, the driver
closes its connection with the statement still open; SQLite then keeps the transaction, and with
it the only write lock, until the garbage collector finds the statement. Measured: every writer of
every process was locked out meanwhile. So the statement ends first, then the cancellation goes
on, and the rollback finds a connection in order.

A server behind a network can also fall silent in the middle of a statement. Nobody waits for that
longer than `within`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

R = TypeVar("R")


class Overdue(Exception):
    """The database did not answer in time; the connection is of no use any more."""


async def uninterrupted(step: Coroutine[Any, Any, R], within: timedelta | None = None) -> R:
    """Await one step of a transaction to its end, cancelled or not; Overdue if it has none.

    A cancellation that came meanwhile is raised afterwards; the step's outcome is then dropped.
    """
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    # Not a TaskGroup: it would hand the cancellation on. The task never outlives this call.
    task = asyncio.ensure_future(_in_time(step, within, over))
    try:
        # Every statement passes here. The task says itself that it is over: whoever waits for
        # the task itself comes to know two rounds of the loop later, which is long in a busy one.
        await over
    except asyncio.CancelledError:
        await _to_its_end(task)
        raise
    return task.result()


async def _to_its_end(task: asyncio.Future[Any]) -> None:
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task])
    if not task.cancelled():
        task.exception()  # looked at, so that asyncio does not complain that nobody did


async def _in_time(
    step: Coroutine[Any, Any, R], within: timedelta | None, over: asyncio.Future[None]
) -> R:
    try:
        async with asyncio.timeout(None if within is None else within.total_seconds()):
            return await step
    except TimeoutError:
        raise Overdue from None
    finally:
        if not over.done():
            over.set_result(None)
