"""The demo: bot and sandbox in one process, on a clock that the chat page can move."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import MovableClock
from bot.running import Bot
from bot.sandbox.server import Limits, PortTaken, Running, Sandbox, serve

TOKEN: Final = "10000000:aftermile-demo-this-opens-nothing-0000"  # noqa: S105 - not a secret
PORTS_TRIED: Final = 20
MOST_STEPS: Final = 5_000
LONGEST_STEP: Final = timedelta(hours=12)
DEMO_LIMITS: Final = Limits(per_chat=20.0, burst=40, overall=30.0)
"""Wider than Telegram's per chat: a jump over a week sends a week's messages in a moment."""


class DemoClock:
    """The sandbox's clock: a jump walks from due instant to due instant.

    What falls due on the way happens on the way. The lead over real time is kept in a file, so
    that a second start does not find its own data in the future.
    """

    can_move = True

    def __init__(self, clock: MovableClock, file: Path) -> None:
        self._clock = clock
        self._file = file
        self._turn = asyncio.Lock()
        self.bot: Bot | None = None

    def now(self) -> datetime:
        """Give the moved present."""
        return self._clock.now()

    async def next_due(self) -> datetime | None:
        """Give the next instant at which the bot has something to do."""
        return await self.bot.queue.next_due() if self.bot else None

    async def jump(self, to: datetime) -> None:
        """Move to an instant, stopping at each due one on the way for the bot to settle."""
        async with self._turn:
            for _ in range(MOST_STEPS):
                # The recurring jobs make rows of their own, so they want their turn on the way.
                stop_at = self.now() + LONGEST_STEP
                due_at = min(await self.next_due() or stop_at, stop_at)
                if due_at > to:
                    break
                await self._move(max(due_at, self.now()))
            await self._move(to)

    async def _move(self, to: datetime) -> None:
        self._clock.advance_to(to)
        keep_lead(self._file, self._clock.offset)
        if self.bot is not None:
            await self.bot.settle()


def kept_lead(file: Path) -> timedelta:
    """Read how far the demo's clock was ahead; nothing readable means not at all."""
    try:
        return timedelta(seconds=float(json.loads(file.read_text())["ahead_seconds"]))
    except (OSError, ValueError, KeyError, TypeError):
        return timedelta(0)


def keep_lead(file: Path, lead: timedelta) -> None:
    """Store the lead, all of it or nothing."""
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps({"ahead_seconds": lead.total_seconds()}))
    os.replace(draft, file)  # noqa: PTH105 - atomic on every platform


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; a port that was asked for by name is not traded for another."""

    host: str
    port: int
    fixed: bool


@asynccontextmanager
async def listening(sandbox: Sandbox, address: Address) -> AsyncIterator[Running]:
    """Serve on the port, or on the next free one if nobody asked for this one."""
    tries = 1 if address.fixed else PORTS_TRIED
    for port in range(address.port, address.port + tries):
        server = serve(sandbox, address.host, port)
        try:
            running = await server.__aenter__()
        except PortTaken:
            if port == address.port + tries - 1:
                raise
            continue
        try:
            yield running
        finally:
            await server.__aexit__(None, None, None)
        return


def open_sandbox(clock: DemoClock, folder: Path) -> Sandbox:
    """Make the sandbox with its kept chat."""
    return Sandbox(clock=clock, token=TOKEN, limits=DEMO_LIMITS, store=folder / "chat.json")
