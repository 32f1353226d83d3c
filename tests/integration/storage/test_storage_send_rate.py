"""The shared send rate: one limit over several replicas' connections, kept in the database."""

import asyncio
import time
from contextlib import AsyncExitStack, aclosing
from datetime import timedelta

import pytest

from bot.services.ports import StorageUnavailable
from bot.storage import postgres as storage_postgres
from bot.storage import send_rate
from bot.storage.database import Database
from bot.storage.send_rate import SqlSendRate
from bot.telegram.pacing import SendBudget
from tests.integration.storage.storage_samples import on_postgres
from tests.support import postgres
from tests.support.database import KEY, rows

pytestmark = on_postgres

NOW = timedelta(0)
SOON = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
RATE = 20
HOLD_THE_ROW = "SELECT FROM send_rate FOR UPDATE"
HOLDS = "SELECT chat_id FROM send_holds ORDER BY chat_id"


@pytest.fixture
async def replica(url):
    """Another replica's view of the same rows, each time."""
    async with AsyncExitStack() as stack:

        async def replica():
            return await stack.enter_async_context(aclosing(SqlSendRate(url, RATE)))

        yield replica


@pytest.fixture
async def rate(replica):
    return await replica()


@pytest.fixture
async def another(replica):
    return await replica()


@pytest.fixture
async def slow(rate, another):
    """One message in ten seconds: however busy the machine, no turn comes up meanwhile."""
    for one in (rate, another):
        one._interval, one._slack = 10.0, 0.0
    return rate


def seconds(waits):
    return [wait.total_seconds() for wait in waits]


async def test_a_burst_goes_at_once_whoever_sends_it_and_the_rest_at_the_rate(slow, another):
    slow._slack = another._slack = 20.0
    waits = [await one.reserve(7, HOUR) for _ in range(3) for one in (slow, another)]
    assert waits[:3] == [NOW] * 3
    assert seconds(waits[3:]) == pytest.approx([10, 20, 30], abs=5)


async def test_a_wait_that_is_too_long_books_nothing(slow):
    assert await slow.reserve(1, NOW) == NOW
    first, second = [await slow.reserve(2, SOON) for _ in range(2)]
    assert first > SOON
    assert second <= first


async def test_who_asks_at_the_same_time_gets_turns_in_the_order_of_asking(slow):
    waits = await asyncio.gather(*(slow.reserve(chat, HOUR) for chat in range(1, 6)))
    assert seconds(waits) == pytest.approx([0, 10, 20, 30, 40], abs=5)


async def test_of_those_who_ask_together_only_those_soon_enough_get_a_turn(slow):
    waits = await asyncio.gather(*(slow.reserve(chat, 15 * SOON) for chat in range(1, 5)))
    assert seconds(waits) == pytest.approx([0, 10, 20, 30], abs=5)
    next_turn = await slow.reserve(5, HOUR)
    assert next_turn.total_seconds() == pytest.approx(20, abs=5), "two were booked, not four"


async def test_what_is_urgent_is_booked_before_what_asked_earlier(slow, url):
    await slow.reserve(1, HOUR)
    async with asyncio.TaskGroup() as group:
        with postgres.locked(url, HOLD_THE_ROW):
            first = group.create_task(slow.reserve(2, MINUTE))
            await postgres.until_waiting(url, 1)
            usual = group.create_task(slow.reserve(3, MINUTE))
            await asyncio.sleep(0)
            urgent = group.create_task(slow.reserve(4, HOUR))
            await asyncio.sleep(0)
    assert first.result() < urgent.result() < usual.result()


async def test_two_replicas_together_stay_below_the_rate(rate, another):
    """Real seconds: 40 messages at 20 a second, four of them at once."""
    budgets = [SendBudget(30, shared=one) for one in (rate, another)]

    async def send(budget, chat):
        assert await budget.take(chat, patience=MINUTE) is None

    started_at = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for chat in range(1, 41):
            group.create_task(send(budgets[chat % 2], chat))
    assert time.monotonic() - started_at >= (40 - 4) / RATE - 0.05


async def test_a_429_of_one_replica_holds_the_chat_for_all(rate, another):
    await rate.hold(1, timedelta(seconds=30))
    wait = await another.reserve(1, SOON)
    assert timedelta(seconds=25) < wait <= timedelta(seconds=30)
    assert await another.reserve(2, SOON) == NOW


async def test_a_held_chat_uses_up_no_turn_of_those_who_ask_with_it(slow):
    await slow.hold(2, HOUR / 2)
    waits = await asyncio.gather(*(slow.reserve(chat, MINUTE) for chat in (1, 2, 3)))
    assert seconds(waits) == pytest.approx([0, 1800, 10], abs=5)


async def test_a_hold_that_ends_before_the_turn_is_waited_for_with_it(slow):
    await slow.hold(2, MINUTE / 2)
    assert seconds([await slow.reserve(2, MINUTE)]) == pytest.approx([30], abs=5)
    assert seconds([await slow.reserve(3, MINUTE)]) == pytest.approx([10], abs=5)


async def test_a_second_429_from_another_chat_holds_everybody(rate, another):
    await rate.hold(1, timedelta(seconds=30))
    await another.hold(2, timedelta(seconds=10))
    wait = await rate.reserve(3, SOON)
    assert timedelta(seconds=5) < wait <= timedelta(seconds=10)


async def test_a_shorter_429_does_not_shorten_the_first(rate):
    await rate.hold(1, timedelta(seconds=30))
    await rate.hold(1, timedelta(seconds=1))
    assert await rate.reserve(1, SOON) > timedelta(seconds=25)


async def test_nothing_about_a_chat_is_kept_after_its_hold(rate, url):
    await rate.hold(1, NOW)
    assert rows(url, HOLDS) == [1]
    await rate.reserve(2, SOON)
    assert rows(url, HOLDS) == []


async def test_a_clock_set_back_does_not_silence_the_bot(rate, url):
    await rate.reserve(1, SOON)
    rows(url, f"UPDATE send_rate SET empty_at = {time.time() + 3600}")  # noqa: S608 - a number
    assert await rate.reserve(1, SOON) == NOW


async def test_a_hold_from_before_the_clock_was_set_back_holds_nobody(rate, url):
    await rate.hold(1, SOON)
    await rate.hold(2, SOON)
    assert rows(url, HOLDS) == [0, 1, 2]
    rows(url, "UPDATE send_holds SET until = until + 86400")
    assert await rate.reserve(1, SOON) == NOW
    await rate.hold(1, MINUTE)
    assert await rate.reserve(1, SOON) > SOON
    assert await rate.reserve(3, SOON) == NOW


# --- a database that is in trouble ------------------------------------------------------------


async def test_a_message_does_not_wait_for_a_connection_of_the_work(rate, url, monkeypatch):
    monkeypatch.setattr(storage_postgres, "FOR_WORK", 1)
    database = Database(url, [KEY])
    async with database.unit_of_work():
        assert await rate.reserve(1, SOON) == NOW
    await database.close()


async def test_a_message_does_not_wait_for_long(rate, url, monkeypatch):
    await rate.reserve(1, SOON)
    with postgres.locked(url, HOLD_THE_ROW), monkeypatch.context() as patch:
        patch.setattr(send_rate, "WITHIN", timedelta(seconds=0.1))
        for asks in (rate.reserve, rate.hold, rate.reserve):
            with pytest.raises(StorageUnavailable, match="too long"):
                await asks(1, SOON)
    assert await rate.reserve(1, MINUTE) < MINUTE


async def test_with_nobody_there_everybody_is_told_at_once(rate):
    rate._line._arguments |= {"host": "127.0.0.1", "port": 1}
    asking = (rate.reserve(chat, SOON) for chat in range(3))
    answers = await asyncio.gather(*asking, rate.hold(1, SOON), return_exceptions=True)
    assert [type(one) for one in answers] == [StorageUnavailable] * 4


async def test_after_a_restart_one_is_told_and_the_next_has_a_turn(rate, url):
    await rate.reserve(1, SOON)
    postgres.cut_off(url)
    with pytest.raises(StorageUnavailable):
        await rate.reserve(1, SOON)
    assert await rate.reserve(1, MINUTE) < MINUTE


async def test_who_gave_up_keeps_nobody_else_from_a_turn(rate, url):
    await rate.reserve(1, SOON)
    with postgres.locked(url, HOLD_THE_ROW):
        async with asyncio.TaskGroup() as group:
            gives_up = group.create_task(rate.reserve(1, MINUTE))
            await postgres.until_waiting(url, 1)
            gives_up.cancel()
    assert await rate.reserve(2, MINUTE) < MINUTE
