"""The shared send rate: one limit over several processes' connections, kept in the database."""

import asyncio
import time
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.storage.send_rate import SqlSendRate
from bot.storage.tables import send_holds, send_rate
from bot.telegram.pacing import SendBudget

NOW = timedelta(0)
SOON = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
RATE = 20


@pytest.fixture
def rate(database):
    return SqlSendRate(database, RATE)


@pytest.fixture
def another(database):
    """Another replica's view of the same rows."""
    return SqlSendRate(database, RATE)


@pytest.fixture
def slowly(database):
    """One message in ten seconds: however busy the machine, no turn comes up meanwhile."""
    rate = SqlSendRate(database, RATE)
    rate._interval, rate._slack = 10.0, 0.0
    return rate


async def test_a_burst_goes_at_once_whoever_sends_it_and_the_rest_at_the_rate(slowly, database):
    another = SqlSendRate(database, RATE)
    slowly._slack = another._slack = 20.0
    another._interval = slowly._interval
    waits = [await one.reserve(7, HOUR) for _ in range(3) for one in (slowly, another)]
    assert waits[:3] == [NOW] * 3
    assert [wait.total_seconds() for wait in waits[3:]] == pytest.approx([10, 20, 30], abs=5)


async def test_a_wait_that_is_too_long_books_nothing(slowly):
    assert await slowly.reserve(1, NOW) == NOW
    first, second = [await slowly.reserve(2, SOON) for _ in range(2)]
    assert first > SOON
    assert second <= first


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


async def test_a_second_429_from_another_chat_holds_everybody(rate, another):
    await rate.hold(1, timedelta(seconds=30))
    await another.hold(2, timedelta(seconds=10))
    wait = await rate.reserve(3, SOON)
    assert timedelta(seconds=5) < wait <= timedelta(seconds=10)


async def test_a_shorter_429_does_not_shorten_the_first(rate):
    await rate.hold(1, timedelta(seconds=30))
    await rate.hold(1, timedelta(seconds=1))
    assert await rate.reserve(1, SOON) > timedelta(seconds=25)


async def test_nothing_about_a_chat_is_kept_after_its_hold(rate, database):
    await rate.hold(1, NOW)
    await rate.reserve(1, SOON)
    async with database.transaction(writing=False) as transaction:
        assert await transaction.read(select(send_holds)) == []


async def test_a_clock_set_back_does_not_silence_the_bot(rate, database):
    await rate.reserve(1, SOON)
    async with database.transaction(writing=True) as transaction:
        await transaction.write(update(send_rate).values(empty_at=time.time() + 3600))
    assert await rate.reserve(1, SOON) == NOW
