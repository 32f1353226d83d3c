"""The runner's hands and eyes that end-to-end tests use, against a small echoing bot."""

import asyncio

import pytest
from support.sandbox_client import Chat, NotThere
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, Update


async def answer(bot: Bot, update: Update) -> None:
    if update.callback_query:
        await update.callback_query.answer(f"got {update.callback_query.data}")
        await bot.edit_message_text(
            "Thanks", update.effective_chat.id, update.effective_message.id
        )
    elif update.message and update.message.text == "/keys":
        keys = ReplyKeyboardMarkup([["Berlin"]])
        await bot.send_message(update.effective_chat.id, "Where?", reply_markup=keys)
    elif update.message:
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("7", callback_data="p7")]])
        said = update.message.text or update.message.caption or "?"
        await bot.send_message(update.effective_chat.id, said, reply_markup=markup)


async def echo(bot: Bot) -> None:
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=50):
            await answer(bot, update)
            offset = update.update_id + 1


@pytest.fixture
async def chat(bot, url):
    async with Chat(url) as chat, asyncio.TaskGroup() as group:
        running = group.create_task(echo(bot))
        yield chat
        running.cancel()


async def test_a_conversation_reads_like_one(chat):
    await chat.says("How are you?")
    assert (await chat.last()).text == "How are you?"
    assert await chat.buttons() == ["7"]
    await chat.taps("7")
    assert (await chat.last()).text == "Thanks"
    assert (await chat.last()).edited
    assert await chat.toasts() == ["got p7"]
    assert await chat.buttons() == []
    with pytest.raises(NotThere, match="no button '7'"):
        await chat.taps("7")


async def test_everything_a_runner_can_do(chat):
    await chat.is_called("Ada", "de")
    own = await chat.says("one")
    await chat.sends_location(52.5, 13.4)
    await chat.sends("voice")
    await chat.sends("photo", caption="my back")
    assert (await chat.last()).text == "my back"
    await chat.sends_document("a.csv", b"1", caption="runs")
    assert (await chat.last()).text == "runs"
    await chat.edits(own, "two")
    await chat.forges((await chat.last()).message_id, "x:1")
    assert await chat.toasts() == ["got x:1"]
    await chat.says("/keys")
    await chat.taps("Berlin")
    assert (await chat.last()).text == "Berlin"
    assert (await chat.last()).callback("7") == "p7"
    await chat.blocks()
    await chat.unblocks()
    await chat.injects({"nonsense": 1})
    await chat.settled()
    assert [message.kind for message in await chat.messages() if not message.by_bot] == [
        "text",
        "location",
        "voice",
        "photo",
        "document",
        "text",
        "text",
    ]


async def test_time_faults_and_calls_are_at_hand(chat):
    await chat.says("hi")
    assert await chat.waits("PT15M") == "2026-05-04T18:45:00+00:00"
    await chat.suffers("sendMessage", "slow", seconds=0)
    await chat.says("hi")
    assert [call["ok"] for call in await chat.calls("sendMessage")] == [True, True]
