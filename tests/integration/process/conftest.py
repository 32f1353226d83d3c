"""A sandbox in the test's process and bots in processes of their own, which talk over HTTP."""

from contextlib import AsyncExitStack
from functools import partial

import pytest
from support.bot_process import TOKEN, BotProcess, environment
from support.database import SQLITE, database_at, rows
from support.sandbox_client import Chat

from bot.sandbox.server import NO_LIMITS, Sandbox, serve

PATIENCE = 30.0


@pytest.fixture
def sandbox(tmp_path):
    """A Telegram that accepts one token; it answers once somebody serves it."""
    return Sandbox(token=TOKEN, limits=NO_LIMITS, store=tmp_path / "chat.json")


@pytest.fixture
async def telegram(sandbox):
    """The address at which the sandbox answers."""
    async with serve(sandbox) as running:
        yield running.url


@pytest.fixture
async def processes():
    """Everything started in the test; nothing outlives it."""
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def backend():
    """Which database the bots have; tests that say so run on each: `on_both`."""
    return SQLITE


@pytest.fixture
def database_url(backend, tmp_path):
    """Where an empty database is for them; nothing is migrated, which is the bots' own work."""
    (tmp_path / "data").mkdir()
    with database_at(backend, tmp_path / "data", empty=True) as url:
        yield url


@pytest.fixture
def start(tmp_path, database_url, processes):
    """Start a process: `await start("run", api_base_url=...)`."""

    async def started(*arguments, **settings):
        usual = {"bot_token": TOKEN, "quiet_hours": "off", "database_url": database_url}
        env = environment(tmp_path, **usual | settings)
        process = await BotProcess.fork(tmp_path, *arguments, env=env)
        processes.push_async_callback(process.clean_up)
        return process

    return started


@pytest.fixture
async def chat(telegram, processes):
    """Runner 1's phone."""
    return await processes.enter_async_context(Chat(telegram, 1, settles_within=PATIENCE))


@pytest.fixture
def until_said(sandbox, chat):
    """Wait until the bot has said something: `await until_said("Good morning")`."""

    async def waited(words):
        def is_there():
            posts = sandbox.chats.all(chat.chat_id)
            return any(words in post.message.get("text", "") for post in posts if post.from_bot)

        assert await sandbox.changes.until(is_there, PATIENCE), f"nobody said {words!r}"

    return waited


@pytest.fixture
def stored(database_url):
    """Read the bot's database: the rows of a query, single columns unpacked."""
    return partial(rows, database_url)
