"""Polling by turns: of several processes that serve one bot, one polls at a time.

Whose turn it is, is told from outside, by a port. Each turn has a poller of its own, so that
nothing of an earlier one is left: what was not acknowledged when a turn was lost, Telegram sends
to whoever polls next. Nothing that could disturb that one is asked of Telegram meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from bot.telegram.interrupt import Interruptible
from bot.telegram.polling import Poller

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Turn(Protocol):
    """The right to poll, which one process at a time has."""

    async def take(self) -> None:
        """Wait until it is this process's turn, for as long as it takes."""
        ...

    async def until_lost(self) -> None:
        """Return when the turn may be somebody else's."""
        ...

    async def give_back(self) -> None:
        """Let somebody else have the turn, at once."""
        ...


class PollerByTurns:
    """Polls while it is this process's turn, and waits for it otherwise.

    `poller` makes a new one for each turn.
    """

    def __init__(self, poller: Callable[[], Poller], turn: Turn) -> None:
        self._new = poller
        self._poller = poller()
        self._turn = turn
        self._waiting = Interruptible()
        self._stopped = asyncio.Event()
        self._stopped.set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._waiting.closed

    @property
    def ready(self) -> bool:
        """Whether updates are being fetched, by this process."""
        return self._poller.ready

    async def connect(self) -> None:
        """Reach Telegram, for as long as it takes, whoever's turn it is; raises BadToken."""
        await self._poller.connect()

    async def run(self) -> None:
        """Poll whenever it is this process's turn, until `stop`; raises BadToken."""
        self._stopped.clear()
        try:
            while not self.stopping:
                await self._waiting.run(self._turn.take())
                if not self.stopping:
                    await self._polls()
        finally:
            await self._turn.give_back()
            self._stopped.set()

    async def stop(self) -> None:
        """Fetch no more, finish what is under way within ten seconds, give the turn back."""
        self._waiting.close()
        await self._poller.stop()
        await self._stopped.wait()

    async def _polls(self) -> None:
        """Poll until the turn is lost or a stop comes."""
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(self._ends_when_lost())
            await self._poller.run()
            watching.cancel()

    async def _ends_when_lost(self) -> None:
        await self._turn.until_lost()
        if self.stopping:
            return
        hint = "asking for it again; what is not finished comes again"
        _log.warning("polling.turn_lost", hint=hint)
        lost, self._poller = self._poller, self._new()
        await lost.stop(acknowledging=False)
