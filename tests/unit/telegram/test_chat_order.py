"""One chat in order, chats side by side, nothing kept of a chat that is served."""

import asyncio
import gc
from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, PollAnswer, Update, User

from bot.telegram.ordering import ChatOrder, aside, chat_key

AT = datetime(2026, 6, 1, tzinfo=UTC)


def update(number, chat_id=1):
    return Update(number, message=Message(number, AT, Chat(chat_id, "private")))


class Work:
    """Notes starts and ends; waits for its gate."""

    def __init__(self):
        self.log = []
        self.gate = asyncio.Event()

    async def __call__(self, name):
        self.log.append(f"{name} starts")
        await self.gate.wait()
        self.log.append(f"{name} ends")


async def settle():
    for _ in range(10):
        await asyncio.sleep(0)


async def test_updates_of_one_chat_wait_for_each_other_and_keep_their_order():
    order, work = ChatOrder(), Work()
    work.gate.set()
    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(order.process_update(update(number), work(number)))
    assert work.log == [f"{n} {what}" for n in range(5) for what in ("starts", "ends")]


async def test_chats_are_served_side_by_side_up_to_the_limit():
    order, work = ChatOrder(at_once=2), Work()
    async with asyncio.TaskGroup() as group:
        for chat in range(1, 4):
            group.create_task(order.process_update(update(chat, chat), work(chat)))
        await settle()
        assert work.log == ["1 starts", "2 starts"]
        work.gate.set()
    assert "3 ends" in work.log


async def test_one_chat_with_many_updates_leaves_places_to_the_others():
    order, work = ChatOrder(at_once=2), Work()
    async with asyncio.TaskGroup() as group:
        for number in range(50):
            group.create_task(order.process_update(update(number, 1), work("many")))
        group.create_task(order.process_update(update(99, 2), work("other")))
        await settle()
        assert work.log == ["many starts", "other starts"]
        work.gate.set()


async def test_whoever_only_waits_leaves_the_place_to_another_chat_but_keeps_the_turn():
    order, work, picture = ChatOrder(at_once=1), Work(), asyncio.Event()
    work.gate.set()

    async def wait_aside():
        async with aside():
            await picture.wait()
        await work("drawn")

    async with asyncio.TaskGroup() as group:
        group.create_task(order.process_update(update(1, 1), wait_aside()))
        await settle()
        group.create_task(order.process_update(update(2, 1), work("same chat")))
        group.create_task(order.process_update(update(3, 2), work("other chat")))
        await settle()
        assert work.log == ["other chat starts", "other chat ends"]
        picture.set()
    assert work.log[2:] == ["drawn starts", "drawn ends", "same chat starts", "same chat ends"]


async def test_back_from_aside_there_are_as_many_places_as_before():
    order, work = ChatOrder(at_once=1), Work()

    async def wait_aside():
        async with aside():
            await asyncio.sleep(0)

    for number in range(3):
        await order.process_update(update(number), wait_aside())
    async with asyncio.TaskGroup() as group:
        for chat in (1, 2):
            group.create_task(order.process_update(update(chat, chat), work(chat)))
        await settle()
        assert work.log == ["1 starts"]
        work.gate.set()


async def test_aside_of_no_update_is_nothing_special():
    async with aside():
        await asyncio.sleep(0)


async def test_no_lane_is_kept_after_its_last_update_not_even_after_an_error():
    order = ChatOrder()

    async def fail():
        raise RuntimeError

    for chat in range(1000):
        with pytest.raises(RuntimeError):
            await order.process_update(update(chat, chat), fail())
    assert order.lanes == 0


async def test_an_update_cancelled_in_the_queue_frees_its_place_and_warns_of_nothing():
    order, work = ChatOrder(), Work()
    async with asyncio.TaskGroup() as group:
        group.create_task(order.process_update(update(1), work("first")))
        waiting = group.create_task(order.process_update(update(2), work("second")))
        await settle()
        waiting.cancel()
        await settle()
        assert order.lanes == 1
        work.gate.set()
    gc.collect()
    assert work.log == ["first starts", "first ends"]
    assert order.lanes == 0


async def test_an_update_of_nobody_needs_no_turn():
    order, work = ChatOrder(), Work()
    work.gate.set()
    await order.process_update(Update(1), work("poll"))
    await order.process_update("anything", work("text"))
    assert len(work.log) == 4


def test_the_key_is_the_chat_and_else_the_user():
    user = User(5, "Ann", is_bot=False)
    answer = PollAnswer("1", (0,), user, option_persistent_ids=("0",))
    assert chat_key(update(1, 7)) == 7
    assert chat_key(Update(1, poll_answer=answer)) == 5
    assert chat_key(Update(1)) is None
