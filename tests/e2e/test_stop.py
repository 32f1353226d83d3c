"""A stop in the middle of everything: begun things are finished, claims are handed on."""

import asyncio
from datetime import timedelta

import pytest
import structlog
from support.days import arrives, asked, just_ran, passes, stored, wall

LEASED = "SELECT count(*) FROM runners WHERE leased_by IS NOT NULL"


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 12:00"))


@pytest.fixture
def events():
    with structlog.testing.capture_logs() as captured:
        yield captured


async def until(town, condition):
    assert await town.running.sandbox.changes.until(condition, 10)


async def two_are_due(town):
    anna, bea = [await arrives(await town.chat(n)) for n in (1, 2)]
    for chat in (anna, bea):
        await just_ran(chat)
    town.clock._clock.advance_to(wall("2026-03-10 13:01"))
    return anna, bea


async def test_a_prompt_that_is_going_out_arrives_and_is_settled(town):
    anna, bea = await two_are_due(town)
    await anna.suffers("sendMessage", "slow", seconds=0.5, chat_id=anna.chat_id)
    async with asyncio.TaskGroup() as group:
        group.create_task(town.bot.heart.wake())
        await until(town, lambda: not town.running.sandbox.faults.coming())
        await town.bot.stop()
    assert len(await asked(anna)) == len(await asked(bea)) == 1
    assert stored(town, LEASED) == [0]
    assert stored(town, "SELECT count(*) FROM deliveries WHERE reason = 'sent'") == [2]


async def test_nothing_is_claimed_after_the_stop_began(town):
    anna, _ = await two_are_due(town)
    town.bot.heart.hush()
    await town.bot.heart.wake()
    assert await asked(anna) == []
    assert stored(town, LEASED) == [0]


async def test_what_cannot_be_finished_is_handed_on_at_once(town, monkeypatch, events):
    monkeypatch.setattr("bot.worker.STOP_WITHIN", timedelta(0))
    anna, _ = await two_are_due(town)
    await anna.suffers("sendMessage", "slow", seconds=30, chat_id=anna.chat_id)
    beat = asyncio.ensure_future(town.bot.heart.wake())
    await until(town, lambda: not town.running.sandbox.faults.coming())
    assert stored(town, LEASED) != [0]
    async with asyncio.timeout(10):
        await town.bot.stop()
        await until_stopped(events)
    beat.cancel()
    await asyncio.gather(beat, return_exceptions=True)
    assert stored(town, LEASED) == [0]
    assert "leases.given_back" in [event["event"] for event in events]
    assert stored(town, "SELECT count(*) FROM deliveries WHERE state = 'dead'") == [0]


async def until_stopped(events):
    while "bot.stopped" not in [event["event"] for event in events]:  # noqa: ASYNC110 - a log
        await asyncio.sleep(0)


async def test_a_stop_before_anything_is_due_is_quick(town):
    await arrives(await town.chat())
    await passes(town, "2026-03-10 12:30")
    async with asyncio.timeout(5):
        await town.bot.stop()
