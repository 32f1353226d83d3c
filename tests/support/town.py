"""A whole town for a test: the real bot and its database, the sandbox over HTTP, an own clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
from support.database import database_file, migrated
from support.sandbox_client import Chat

from bot.app import assembled, open_door
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo import TOKEN, DemoClock
from bot.places.atlas import Atlas
from bot.running import Bot
from bot.sandbox.server import NO_LIMITS, Running, Sandbox, serve
from bot.sandbox.webhook import Address, Webhook
from bot.telegram import webhook as bot_webhook
from bot.telegram.pacing import SendBudget

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
"""A Tuesday, weeks away from any DST change in Europe."""

AS_REPLICA = {
    "mode": "webhook",
    "api_base_url": "http://127.0.0.1:9",
    "webhook_url": "http://127.0.0.1:9/hook",
}
PATIENCE = 20.0
"""Seconds after which a replica that is not ready will not be."""

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
    others: list[Bot] = field(default_factory=list)
    """Further replicas of the bot."""

    budgets: list[Budget] = field(default_factory=list)
    _chats: dict[int, Chat] = field(default_factory=dict)

    async def chat(self, runner: int = 1) -> Chat:
        if runner not in self._chats:
            chat = Chat(self.running.url, runner)
            self._chats[runner] = await self._stack.enter_async_context(chat)
        return self._chats[runner]

    @property
    def bots(self) -> list[Bot]:
        return [self.bot, *self.others]

    def now(self) -> datetime:
        return self.clock.now()


@cache
def shared_atlas() -> Atlas:
    """The cities, read once for all towns of this process."""
    return Atlas()


class Post(Webhook):
    """Brings updates to replicas in this process: to each in turn, or as the test says.

    `held` keeps everything back that the test does not bring itself.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox.queue, sandbox.changes)
        self.pace = 0.01
        self.bots: list[Bot] = []
        self.held = False
        self._turns = count()

    def _waiting(self) -> Iterator[tuple[str, dict[str, Any]]]:
        return iter(()) if self.held else super()._waiting()

    async def _post(
        self, _http: aiohttp.ClientSession, _address: Address, update: dict[str, Any]
    ) -> tuple[int, int]:
        bot = self.bots[next(self._turns) % len(self.bots)]
        return (200 if await take(bot, update) else 503), 0

    async def brings(self, number: int, *bots: Bot) -> None:
        """Bring one update to these replicas, to all at once; AssertionError if one refuses it."""
        [update] = [one for one in self._queue.waiting() if one["update_id"] == number]
        assert all(await asyncio.gather(*(take(bot, update) for bot in bots)))
        self._queue.confirm(number)


async def take(bot: Bot, update: dict[str, Any]) -> bool:
    """Hand an update to a bot in webhook mode; whether it took it."""
    assert isinstance(bot.updates, bot_webhook.Webhook)
    return await bot.updates.take(update) is None


@asynccontextmanager
async def a_town(
    folder: Path, start: datetime = NOON, *, replicas: int = 1, **settings: object
) -> AsyncIterator[Town]:
    """Run a bot and its sandbox on a clock that starts at `start`, by default on SQLite.

    Of several replicas, on PostgreSQL, the first one's heart beats as in a town of one; the
    others' hearts beat when the test wakes them.
    """
    clock = MovableClock(real=StandingClock(start))
    demo_clock = DemoClock(clock, folder / "clock.json")
    sandbox = Sandbox(clock=demo_clock, token=TOKEN, limits=NO_LIMITS)
    if replicas > 1:
        sandbox.webhook = Post(sandbox)
        settings = {**AS_REPLICA, **settings}
    chosen = Settings(_env_file=None, data_dir=folder, send_rate=30, **settings)
    if chosen.database_url is None and not database_file(folder).exists():
        database_file(folder).write_bytes(migrated())
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(serve(sandbox))
        budgets = [Budget() for _ in range(replicas)]
        bots = [
            await stack.enter_async_context(
                assembled(chosen, clock, TOKEN, running.url, budget, shared_atlas())
            )
            for budget in budgets
        ]
        demo_clock.bot = bots[0]
        await stack.enter_async_context(running_bots(bots, chosen, sandbox))
        chats = await stack.enter_async_context(AsyncExitStack())
        url = chosen.storage_url
        yield Town(running, bots[0], demo_clock, folder, url, chats, bots[1:], budgets)


@asynccontextmanager
async def running_bots(
    bots: list[Bot], settings: Settings, sandbox: Sandbox
) -> AsyncIterator[None]:
    """Let the bots run, a single one with a door where it needs one."""
    async with AsyncExitStack() as stack:
        if len(bots) == 1:
            await stack.enter_async_context(open_door(bots[0], settings, TOKEN))
        elif isinstance(sandbox.webhook, Post):
            sandbox.webhook.bots = bots
        group = await stack.enter_async_context(asyncio.TaskGroup())
        for bot in bots:
            group.create_task(bot.run())
        try:
            if len(bots) > 1:
                await all_ready(bots)
            yield
        finally:
            for bot in bots:
                await bot.stop()


async def all_ready(bots: list[Bot]) -> None:
    """Wait until each has registered, then let only the first one's heart beat by itself."""
    async with asyncio.timeout(PATIENCE):
        while not all(bot.updates.ready for bot in bots):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0)
    for bot in bots[1:]:
        bot.heart._scheduler.pause()


class Budget(SendBudget):
    """A send budget on a clock that runs faster than real time; nothing passes a closed `gate`."""

    def __init__(self) -> None:
        super().__init__(
            30,
            monotonic=lambda: time.monotonic() * HASTE,
            sleep=lambda seconds: asyncio.sleep(seconds / HASTE),
        )
        self.gate = asyncio.Event()
        self.gate.set()
        self.arrived = asyncio.Event()

    async def take(self, chat_id: int, **how: Any) -> timedelta | None:
        if not self.gate.is_set():
            self.arrived.set()
        await self.gate.wait()
        return await super().take(chat_id, **how)


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
