"""A whole session, trouble included, at the most talkative level: the log tells on nobody."""

import asyncio
import re
import signal
import sqlite3
from contextlib import AsyncExitStack, closing

import pytest
from support.bot_process import TOKEN, BotProcess, environment
from support.days import answers, arrives, just_ran, says_in_pain
from support.sandbox_client import Chat

from bot.domain.pain import BodyRegion, Contributor
from bot.domain.red_flags import Finding
from bot.sandbox.server import NO_LIMITS, Sandbox, serve

pytestmark = pytest.mark.slow

FIRST_NAME = "Zebulonia"
TYPED = (
    "my knuckles feel like gravel",
    "about a 7",
    "crushing in my chest and I cannot breathe",
    "half past gibberish",
)
HEALTH = re.compile(
    r"pain|chest|breath|numb|fever|dizz|blood|cancer|pregnan|rating|nrs|urgent|emergency|"
    r"shoulder|hunched|red.flag|sign.?emergency",
    re.IGNORECASE,
)
CODES = {*Finding, *BodyRegion, *Contributor}
"""What answers are stored as. Those that are everyday words stand for nothing on their own."""
EVERYDAY = {"none", "other", "side", "limb", "else"}


async def checks_in(chat):
    """A run, a painful check-in with a tip, an emergency, a look at everything."""
    await arrives(chat, profile=True)
    await just_ran(chat)
    await chat.taps("Ask me now")
    await says_in_pain(chat, "6")
    await chat.says("/checkin")
    await answers(chat, "5", "One or more")
    for command in ("/history", "/export", "/doctor"):
        await chat.says(command)
    await chat.blocks()


async def writes_and_sends(chat):
    """Everything a person may type or send, none of it what was asked for."""
    await arrives(chat)
    for typed in TYPED:
        await chat.says(typed)
    await chat.says("/run half past nonsense")
    await chat.sends("voice")
    await chat.sends("photo", caption=TYPED[0])
    await chat.edits(await chat.says("and then"), TYPED[2])
    await chat.sends_location(52.5, 13.4)
    await chat.forges((await chat.last()).message_id, f"ci1:1:nrs:{TYPED[0][:20]}")


async def meets_trouble(chat):
    """Telegram falters, and one update cannot even be parsed."""
    await arrives(chat)
    for kind, times in (("429", 1), ("500", 1), ("reset", 2), ("400", 3)):
        await chat.suffers("sendMessage", kind, times=times, chat_id=chat.chat_id)
        await chat.says("/checkin")
    await chat.injects({"message": {"text": TYPED[0]}}, wait=False)


async def lives_through_everything(url):
    """Three runners at once: to each one the bot writes about once a second."""
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        for n, life in enumerate((checks_in, writes_and_sends, meets_trouble), start=1):
            chat = await stack.enter_async_context(Chat(url, n, settles_within=40))
            await chat.is_called(f"{FIRST_NAME}{n}")
            group.create_task(life(chat))


def sealed_values(file):
    """Every sealed value in the database: what the columns of type SealedHealth hold."""
    with closing(sqlite3.connect(file)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = [
            value
            for (table,) in tables
            for row in database.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own
            for value in row
        ]
    return {value for value in rows if isinstance(value, str) and value.startswith("gAAAA")}


async def session(folder, log_format):
    """Run one; gives everything the process wrote."""
    sandbox = Sandbox(token=TOKEN, limits=NO_LIMITS)
    settings = {"log_level": "DEBUG", "log_format": log_format, "quiet_hours": "off"}
    async with serve(sandbox) as running:
        env = environment(folder, bot_token=TOKEN, api_base_url=running.url, **settings)
        bot = await BotProcess.fork(folder, "run", env=env)
        try:
            await lives_through_everything(running.url)
            assert await bot.ends(signal.SIGINT) == 0
        finally:
            await bot.clean_up()
    return bot.written


@pytest.mark.parametrize("log_format", ["console", "json"])
async def test_a_whole_session_tells_on_nobody(tmp_path, log_format):
    log = await session(tmp_path, log_format)
    for event in ("bot.started", "update.held", "update.buried", "bot.stopped"):
        assert event in log, "there is a log, and the trouble is in it"
    secret = TOKEN.partition(":")[2]
    key = (tmp_path / "data" / "encryption.key").read_text().strip()
    typed = {word for text in TYPED for word in text.split() if len(word) > len("cannot")}
    for private in (secret, key, FIRST_NAME, *TYPED, *typed):
        assert private.casefold() not in log.casefold(), private
    assert [line for line in log.splitlines() if HEALTH.search(line)] == []
    words = set(re.findall(r"[\w-]+", log))
    assert words & ({str(code) for code in CODES} - EVERYDAY) == set()
    sealed = sealed_values(tmp_path / "data" / "aftermile.db")
    assert len(sealed) > 10, "the session stored no answers"
    assert not any(value in log for value in sealed)
    assert "gAAAA" not in log, "nor any other sealed value"
