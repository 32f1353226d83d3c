"""Blocking work that a stop does not wait for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, TypeVarTuple, cast

R = TypeVar("R")
Needed = TypeVarTuple("Needed")


async def abandonable(work: Callable[[*Needed], R], *needed: *Needed) -> R:
    """Run `work` in a thread; cancelled, leave it to itself.

    asyncio's own threads are waited for when the process ends, which may take as long as another
    process holds a lock. Only for work that bears being broken off anywhere: looks, and
    migrations, which are one transaction.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[R] = loop.create_future()

    def conclude(result: R | None, error: Exception | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(cast("R", result))

    def run() -> None:
        result, error = None, None
        try:
            result = work(*needed)
        except Exception as raised:  # noqa: BLE001 - it is for whoever waits
            error = raised
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(conclude, result, error)

    threading.Thread(target=run, daemon=True).start()
    return await outcome
