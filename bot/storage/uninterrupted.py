"""Cancellation waits for the statement under way, and no longer.

A statement runs in SQLite's thread and cannot be called back. Cancelled in the middle, the driver
closes its connection with the statement still open; SQLite then keeps the transaction, and with
it the only write lock, until the garbage collector finds the statement. Measured: every writer of
every process was locked out meanwhile. So the statement ends first, then the cancellation goes
on, and the rollback finds a connection in order.

A server behind a network can also fall silent in the middle of a statement. Nobody waits for that
longer than the line's `within`. The statement is not cancelled then: psycopg would ask the silent
server for five seconds to break it off, and wait five more for the end. Measured, a line was given
up after 22 s instead of 12.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

R = TypeVar("R")


class Overdue(Exception):
    """The database did not answer in time; the connection is of no use any more."""


@dataclass(frozen=True, slots=True)
class Line:
    """A way to a server that may fall silent.

    `hang_up` breaks it, so that whoever waits on it is told at once that it is gone.
    """

    within: timedelta
    hang_up: Callable[[], None]


async def uninterrupted(step: Coroutine[Any, Any, R], line: Line | None = None) -> R:
    """Await one step of a transaction to its end, cancelled or not; Overdue if it has none.

    A cancellation that came meanwhile is raised afterwards; the step's outcome is then dropped.
    """
    # Not a TaskGroup: it would hand the cancellation on. The task never outlives this call.
    task = asyncio.ensure_future(step if line is None else answered(step, line))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return task.result()
    _looked_at(task)
    raise cancelled


async def answered(step: Coroutine[Any, Any, R], line: Line) -> R:
    """Await what a server answers; hangs up if it is overdue or nobody waits for it any more.

    Raises Overdue.
    """
    task = asyncio.ensure_future(step)
    try:
        await asyncio.wait([task], timeout=line.within.total_seconds())
    finally:
        overdue = not task.done()
        if overdue:
            task.add_done_callback(_looked_at)
            line.hang_up()
    if overdue:
        await asyncio.wait([task])
        raise Overdue
    return task.result()


def _looked_at(task: asyncio.Future[Any]) -> None:
    """Look at an error nobody is told of, or asyncio would complain that nobody did."""
    if not task.cancelled():
        task.exception()
