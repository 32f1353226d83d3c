"""getUpdates as Telegram does it: confirming by offset, long polls, and one poller at a time."""

import asyncio

import pytest
from telegram import Update
from telegram.error import Conflict


async def test_an_update_comes_until_it_is_confirmed(bot, control):
    await control.says("one")
    await control.says("two")
    texts = [[update.message.text for update in await bot.get_updates()] for _ in range(2)]
    assert texts == [["one", "two"], ["one", "two"]]
    assert [update.update_id for update in await bot.get_updates(offset=2)] == [2]
    assert await bot.get_updates(offset=3) == ()
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_a_batch_has_a_limit(bot, control):
    for text in "abc":
        await control.says(text)
    assert len(await bot.get_updates(limit=2)) == 2


async def test_a_negative_offset_keeps_the_last_ones_only(bot, control):
    for text in "abc":
        await control.says(text)
    assert [update.message.text for update in await bot.get_updates(offset=-1)] == ["c"]
    assert [update.message.text for update in await bot.get_updates()] == ["c"]


async def test_an_offset_from_another_queue_confirms_nothing(bot, control):
    await control.says("hello")
    assert len(await bot.get_updates(offset=4711)) == 1


async def test_a_long_poll_answers_as_soon_as_somebody_writes(bot, control):
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(bot.get_updates(timeout=50))
        await control.until_polled()
        await control.says("at last")
    assert [update.message.text for update in poll.result()] == ["at last"]


async def test_a_long_poll_ends_empty_when_nothing_comes(bot):
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poller_ends_the_first(bot, control):
    async with asyncio.TaskGroup() as group:
        first = group.create_task(outcome(bot.get_updates(timeout=50)))
        await control.until_polled()
        await bot.get_updates(timeout=0)
    assert isinstance(first.result(), Conflict)
    assert "terminated by other getUpdates request" in first.result().message


async def outcome(call):
    try:
        return await call
    except Conflict as conflict:
        return conflict


async def test_a_poller_that_left_causes_no_conflict(bot, control):
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(bot.get_updates(timeout=50))
        await control.until_polled()
        poll.cancel()
    await control.says("still there")
    assert len(await bot.get_updates()) == 1
    calls = (await control.get("calls", method="getUpdates"))["calls"]
    assert [call["ok"] for call in calls] == [True]


async def test_allowed_updates_persist_until_changed(bot, control):
    await bot.get_updates(allowed_updates=["callback_query"])
    assert (await control.says("unseen"))["update_id"] is None
    await bot.get_updates()
    assert (await control.says("unseen"))["update_id"] is None
    await bot.get_updates(allowed_updates=[])
    assert (await control.says("seen"))["update_id"] == 1


async def test_deleting_the_webhook_can_drop_what_waits(bot, control):
    await control.says("old")
    assert await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_a_confirmed_update_can_come_again_under_its_id(bot, control):
    await control.says("twice")
    await control.says("new")
    assert len(await bot.get_updates()) == 2
    await bot.get_updates(offset=3)
    await control.post("redeliver", update_id=1)
    (again,) = await bot.get_updates(offset=3)
    assert (again.update_id, again.message.text) == (1, "twice")
    assert await bot.get_updates(offset=3) == ()
    assert (await control.refused("redeliver", update_id=99))[0] == 404


async def test_garbage_reaches_the_bot_as_it_is(bot, control):
    answer = await control.post("updates", poll_answer=None, something_new={"a": 1})
    (update,) = await bot.get_updates(allowed_updates=["message"])
    assert update.update_id == answer["update_id"]
    assert isinstance(update, Update)
    assert update.api_kwargs["something_new"] == {"a": 1}


async def test_idle_means_that_every_update_is_confirmed(bot, control):
    did = await control.says("hello")
    assert not (await control.get("idle", timeout=0))["idle"]
    await control.says("later")
    await bot.get_updates(offset=did["update_id"] + 1)
    assert (await control.get("idle", timeout=0, update_id=did["update_id"]))["idle"]
    assert not (await control.get("idle", timeout=0))["idle"]
    await bot.get_updates(offset=3)
    assert (await control.get("idle"))["idle"]


async def test_polls_are_recorded_only_when_they_brought_something(bot, control):
    await bot.get_updates()
    await control.says("hi")
    await bot.get_updates(limit=5)
    (call,) = (await control.get("calls", method="getupdates"))["calls"]
    assert call["params"]["limit"] == "5"


@pytest.mark.parametrize("allowed", ['"message"', "nonsense"])
async def test_allowed_updates_must_be_a_list(control, allowed):
    assert not (await control.raw("getUpdates", allowed_updates=allowed))["ok"]
