"""Blocking work at the start of a bot, which a stop does not wait for."""

import asyncio
import threading

import pytest

from bot.storage.abandonable import abandonable


async def test_its_result_and_its_error_come_back():
    assert await abandonable(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await abandonable(divmod, 7, 0)


async def test_a_stop_does_not_wait_for_it():
    begun, over = threading.Event(), threading.Event()

    def blocks():
        begun.set()
        over.wait(30)

    waiting = asyncio.ensure_future(abandonable(blocks))
    await asyncio.to_thread(begun.wait, 30)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not over.is_set()
    over.set()
