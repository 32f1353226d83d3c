"""One poller at a time on PostgreSQL: whose turn it is to ask Telegram for updates.

Two processes that poll for one bot end each other's fetches. So the one that polls holds an
advisory lock of the database, on a connection of its own, and the others ask for it every second.
They do not wait for it within a statement: that would hold a snapshot, for days, which keeps the
server from clearing away dead rows.

The lock ends with its session. Whoever holds it asks for it again every second and hears at once
when the connection is cut. One that hears nothing for five seconds lets go by itself, well before
the server ends a session that has been silent for fifteen.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Final

import psycopg
import structlog

from bot.storage import postgres
from bot.storage.uninterrupted import Line, Overdue, answered

ASK_EVERY: Final = timedelta(seconds=1)
LOST_AFTER: Final = timedelta(seconds=5)
"""An answer that takes longer: somebody else may have the turn soon."""

SESSION_ENDS_AFTER: Final = timedelta(seconds=15)
"""The server ends a session it has heard nothing of for so long, and the lock with it."""

_ASK: Final = "SELECT pg_try_advisory_lock(%s)"
"""Given again to the session that has it."""

_ANOTHER: Final = "another process polls"
_NO_DATABASE: Final = "the database does not answer"
_HINTS: Final = {
    _ANOTHER: "this one takes over when that one ends, and sends what is due meanwhile",
    _NO_DATABASE: "trying again until it answers",
}

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class PollingTurn:
    """The turn of one bot, known by its number at Telegram, in one database.

    Several bots of one database do not wait for each other, and a bot whose token was renewed is
    the same one: Telegram sees it so as well.
    """

    def __init__(self, url: str, bot_id: int) -> None:
        self._url = url
        digest = sha256(f"aftermile polling {bot_id}".encode()).digest()
        self._key = int.from_bytes(digest[:8], signed=True)
        self._connection: psycopg.AsyncConnection[Any] | None = None

    async def take(self) -> None:
        """Wait until it is this process's turn, for as long as it takes; says once why."""
        told = set()
        while (reason := await self._missing()) is not None:
            if reason not in told:
                told.add(reason)
                _log.info("polling.waiting", reason=reason, hint=_HINTS[reason])
            await self._pause()
        if told:
            _log.info("polling.taken_over")

    async def until_lost(self) -> None:
        """Return when the turn may be somebody else's."""
        # Not on a new connection: the turn was free meanwhile.
        while self._connection is not None and await self._missing() is None:
            await self._pause()
        await self.give_back()

    async def give_back(self) -> None:
        """Let somebody else have the turn, at once."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _missing(self) -> str | None:
        """Ask for the turn; gives None if it is ours, else why it is not."""
        try:
            if self._connection is None:
                self._connection = await self._connect()
            is_ours = await self._asked(self._connection)
        except (psycopg.Error, Overdue):
            await self.give_back()
            return _NO_DATABASE
        return None if is_ours else _ANOTHER

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        arguments = postgres.driver_arguments(self._url, silent_within=SESSION_ENDS_AFTER)
        return await psycopg.AsyncConnection.connect(autocommit=True, **arguments)

    async def _asked(self, connection: psycopg.AsyncConnection[Any]) -> bool:
        line = Line(LOST_AFTER, partial(postgres.hang_up, connection))
        cursor = await answered(connection.execute(_ASK, [self._key]), line)
        [is_ours] = await cursor.fetchone() or [False]
        return bool(is_ours)

    async def _pause(self) -> None:
        """Wait for a second; less if the connection ends."""
        seconds = ASK_EVERY.total_seconds()
        if self._connection is None:
            await asyncio.sleep(seconds)
            return
        try:
            # Nobody notifies anything: this listens for the end of the connection.
            async with aclosing(self._connection.notifies(timeout=seconds)) as notices:
                async for _ in notices:
                    pass
        except psycopg.Error:
            await self.give_back()
