"""A sandbox in the test's process and bots in processes of their own, which talk over HTTP."""

import sqlite3
from contextlib import AsyncExitStack, closing

import pytest
from support.bot_process import TOKEN, BotProcess, environment
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
def start(tmp_path, processes):
    """Start a process: `await start("run", api_base_url=...)`."""

    async def started(*arguments, **settings):
        env = environment(tmp_path, **{"bot_token": TOKEN, "quiet_hours": "off"} | settings)
        process = await BotProcess.start(tmp_path, *arguments, env=env)
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
def stored(tmp_path):
    """Read the bot's database file: the rows of a query, single columns unpacked."""

    def read(query):
        with closing(sqlite3.connect(tmp_path / "data" / "aftermile.db")) as database:
            rows = database.execute(query).fetchall()
        return [row[0] if len(row) == 1 else row for row in rows]

    return read
