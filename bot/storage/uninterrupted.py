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
from contextlib import suppress
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
    task, over = _begun(step, line)
    try:
        await over
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        raise
    return task.result()


async def answered(step: Coroutine[Any, Any, R], line: Line) -> R:
    """Await what a server answers; hangs up if it is overdue or nobody waits for it any more.

    Raises Overdue.
    """
    task, over = _begun(step, line)
    try:
        await over
    except asyncio.CancelledError:
        line.hang_up()
        raise
    return task.result()


def _begun(
    step: Coroutine[Any, Any, R], line: Line | None
) -> tuple[asyncio.Task[R], asyncio.Future[None]]:
    """Begin a step; gives its task and what tells that it is over.

    Every statement passes here. The task says itself that it is over: whoever waits for the task
    itself comes to know two rounds of the loop later, which is long in a busy one.
    """
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    # Not a TaskGroup: it would hand a cancellation on to the step.
    task = asyncio.ensure_future(_to_its_end(step, line, over))
    task.add_done_callback(_looked_at)
    return task, over


async def _to_its_end(
    step: Coroutine[Any, Any, R], line: Line | None, over: asyncio.Future[None]
) -> R:
    try:
        return await (step if line is None else _in_time(step, line))
    finally:
        if not over.done():
            over.set_result(None)


async def _in_time(step: Coroutine[Any, Any, R], line: Line) -> R:
    """Await a step; hung up in the middle it ends with an error, and is Overdue."""
    overdue = False

    def give_up() -> None:
        nonlocal overdue
        overdue = True
        line.hang_up()

    timer = asyncio.get_running_loop().call_later(line.within.total_seconds(), give_up)
    try:
        result = await step
    except Exception:
        if overdue:
            raise Overdue from None
        raise
    finally:
        timer.cancel()
    if overdue:
        raise Overdue
    return result


def _looked_at(task: asyncio.Future[Any]) -> None:
    """Look at an error nobody is told of, or asyncio would complain that nobody did."""
    if not task.cancelled():
        task.exception()
