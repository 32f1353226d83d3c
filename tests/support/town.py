"""A whole town for a test: the real bot and its database, the sandbox over HTTP, an own clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from support.database import database_file, migrated
from support.sandbox_client import Chat

from bot.app import assembled, open_door
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo import TOKEN, DemoClock
from bot.places.atlas import Atlas
from bot.running import Bot
from bot.sandbox.server import NO_LIMITS, Running, Sandbox, serve
from bot.telegram.pacing import SendBudget

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
"""A Tuesday, weeks away from any DST change in Europe."""

HASTE = 100
"""How much faster than real time the send budget's clock runs."""


class StandingClock:
    """A real time that stands still, so that only the test moves the clock."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass(repr=False)
class Town:
    """One running bot with its sandbox; `chat(n)` is runner n's phone.

    asyncio writes down what a fixture gave each time it puts back its signal handler: with all
    content in it, that was half of what a conversation took.
    """

    running: Running
    bot: Bot
    clock: DemoClock
    folder: Path
    database_url: str
    _stack: AsyncExitStack
    _chats: dict[int, Chat] = field(default_factory=dict)

    async def chat(self, runner: int = 1) -> Chat:
        if runner not in self._chats:
            chat = Chat(self.running.url, runner)
            self._chats[runner] = await self._stack.enter_async_context(chat)
        return self._chats[runner]

    def now(self) -> datetime:
        return self.clock.now()


@cache
def shared_atlas() -> Atlas:
    """The cities, read once for all towns of this process."""
    return Atlas()


@asynccontextmanager
async def a_town(folder: Path, start: datetime = NOON, **settings: object) -> AsyncIterator[Town]:
    """Run a bot and its sandbox on a clock that starts at `start`, by default on SQLite."""
    clock = MovableClock(real=StandingClock(start))
    demo_clock = DemoClock(clock, folder / "clock.json")
    sandbox = Sandbox(clock=demo_clock, token=TOKEN, limits=NO_LIMITS)
    chosen = Settings(_env_file=None, data_dir=folder, send_rate=30, **settings)
    if chosen.database_url is None and not database_file(folder).exists():
        database_file(folder).write_bytes(migrated())
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(serve(sandbox))
        quick = SendBudget(
            30,
            monotonic=lambda: time.monotonic() * HASTE,
            sleep=lambda seconds: asyncio.sleep(seconds / HASTE),
        )
        bot = await stack.enter_async_context(
            assembled(chosen, clock, TOKEN, running.url, quick, shared_atlas())
        )
        demo_clock.bot = bot
        await stack.enter_async_context(open_door(bot, chosen, TOKEN))
        group = await stack.enter_async_context(asyncio.TaskGroup())
        group.create_task(bot.run())
        try:
            chats = await stack.enter_async_context(AsyncExitStack())
            yield Town(running, bot, demo_clock, folder, chosen.storage_url, chats)
        finally:
            await bot.stop()


async def moves_in(chat: Chat, city: str = "", pick: str = "Berlin, Germany") -> None:
    """Go through /start up to "Just ran?".

    The place comes from the short list; a typed `city` is found as well, but a town that has to
    read the city file for it takes a second longer.
    """
    await chat.says("/start")
    await chat.taps("Yes, I'm 18 or older")
    await chat.taps("Yes, store my answers")
    if city:
        await chat.says(city)
    await chat.taps(pick)
    await chat.taps("Yes, that's right")
