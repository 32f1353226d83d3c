"""Waiting that can be cut short."""

import asyncio

import pytest

from bot.telegram.interrupt import Interruptible


async def for_ever():
    await asyncio.Event().wait()


async def seven():
    return 7


async def fail():
    raise TimeoutError


async def test_what_is_not_cut_short_gives_its_result():
    assert await Interruptible().run(seven()) == 7


async def test_waking_ends_all_that_waits_now_but_not_what_comes_later():
    waiting = Interruptible()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(waiting.run(for_ever())) for _ in range(3)]
        await asyncio.sleep(0)
        waiting.wake()
    assert [task.result() for task in tasks] == [None] * 3
    assert await waiting.run(seven()) == 7


async def test_after_closing_nothing_waits_any_more():
    waiting = Interruptible()
    waiting.close()
    assert await waiting.run(for_ever()) is None


async def test_a_time_out_of_the_work_itself_is_not_mistaken_for_waking():
    with pytest.raises(TimeoutError):
        await Interruptible().run(fail())


async def test_cancelling_from_outside_still_cancels():
    waiting = Interruptible()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(waiting.run(for_ever()))
        await asyncio.sleep(0)
        task.cancel()
    assert task.cancelled()
