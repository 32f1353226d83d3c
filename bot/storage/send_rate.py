"""The send rate that all replicas share, kept where they all look: in the database.

One row says when the bucket of all messages is empty (GCRA, as in telegram/pacing.py), a few more
which chats, or everybody, Telegram has told to wait. The time is the database's: the clocks of
the replicas need not agree.

A turn is booked in one statement that commits by itself. Over several round trips the row stayed
locked for as long as the event loop took to come round to the next, and everybody waited. The
statements have a connection of their own, so that what is ready to be sent never queues behind
units of work, and psycopg's alone: each layer above it costs rounds of a loop that may be busy.
What becomes ready while one is under way is booked together by the next.

Only PostgreSQL has replicas, so this is PostgreSQL's SQL.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Final

import psycopg
from psycopg.rows import DictRow, dict_row

from bot.services.ports import StorageUnavailable
from bot.storage import postgres
from bot.storage.send_rate_statements import BOOK, DROP_STALE, EVERYBODY, HOLD, MAKE
from bot.storage.uninterrupted import Line, Overdue, answered

WITHIN: Final = timedelta(seconds=1)
"""How long a message waits for an answer; then it goes at its own process's pace."""

_LINE_WITHIN: Final = timedelta(seconds=5)
"""After this the connection is given up. What is merely slow is not made anew all the time."""


@dataclass(eq=False, slots=True)
class _Asking:
    """A message that wants a turn at most `within` seconds ahead; the answer is its wait."""

    chat_id: int
    within: float
    answer: asyncio.Future[float] = field(default_factory=asyncio.Future)


@dataclass(eq=False, slots=True)
class _Holding:
    """A 429 to be noted: nothing goes to this chat for `wait` seconds."""

    chat_id: int
    wait: float
    answer: asyncio.Future[float] = field(default_factory=asyncio.Future)


class SqlSendRate:
    """Books turns at `rate` messages a second; implements services/ports.py's SendRate.

    Whoever has no answer after `WITHIN` is told StorageUnavailable, whatever the database does.
    """

    def __init__(self, url: str, rate: int) -> None:
        self._line = _Line(url)
        self._interval = 1 / rate
        self._slack = (max(1, rate // 5) - 1) * self._interval
        self._waiting: list[_Asking | _Holding] = []
        self._work: asyncio.Future[None] | None = None

    async def reserve(self, chat_id: int, within: timedelta) -> timedelta:
        """Book a turn at most `within` ahead; a longer wait is given without booking."""
        return timedelta(seconds=await self._served(_Asking(chat_id, within.total_seconds())))

    async def hold(self, chat_id: int, wait: timedelta) -> None:
        """Note a 429 of one chat; of a second while the first holds, and everybody waits."""
        await self._served(_Holding(chat_id, wait.total_seconds()))

    async def aclose(self) -> None:
        """Close the connection. Nobody may be waiting any more."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait([self._work], timeout=WITHIN.total_seconds())
        await self._line.close()

    async def _served(self, one: _Asking | _Holding) -> float:
        self._waiting.append(one)
        if self._work is None or self._work.done():
            # Whoever waits may give up or be cancelled; the statement under way goes on.
            self._work = asyncio.ensure_future(self._serve())
        try:
            async with asyncio.timeout(WITHIN.total_seconds()):
                return await one.answer
        except TimeoutError:
            raise StorageUnavailable("the send rate took too long") from None
        finally:
            if one in self._waiting:
                self._waiting.remove(one)

    async def _serve(self) -> None:
        """Serve until nobody waits; an error is for everybody who does, and ends it."""
        try:
            while self._waiting:
                await self._serve_some()
        except StorageUnavailable as error:
            refused, self._waiting = self._waiting, []
            for one in refused:
                _answer(one, error)

    async def _serve_some(self) -> None:
        """Note the holds, then book for the urgent messages, which look further, then the rest."""
        holds = [one for one in self._waiting if isinstance(one, _Holding)]
        for one in holds:
            values = {"chat_id": one.chat_id, "wait": one.wait, "everybody": EVERYBODY}
            await self._line.execute(HOLD, values)
            _answer(one, one.wait)
        asking = [one for one in self._waiting if isinstance(one, _Asking)]
        within = max((one.within for one in asking), default=0.0)
        batch = [one for one in asking if one.within == within]
        if batch:
            self._share_out(await self._book(batch, within), batch)
        served = {*holds, *batch}
        self._waiting = [one for one in self._waiting if one not in served]

    async def _book(self, batch: Sequence[_Asking], within: float) -> DictRow:
        values = {
            "chats": [one.chat_id for one in batch],
            "everybody": EVERYBODY,
            "within": within,
            "interval": self._interval,
            "slack": self._slack,
        }
        rows = await self._line.execute(BOOK, values)
        if not rows:
            await self._line.execute(MAKE, {})
            rows = await self._line.execute(BOOK, values)
        [row] = rows
        if row["has_stale"]:
            # Nothing about a chat is kept for longer than it is of use.
            await self._line.execute(DROP_STALE, {})
        return row

    def _share_out(self, row: DictRow, batch: Sequence[_Asking]) -> None:
        """Give the booked turns in the order of asking, and the rest how long they have to wait.

        Who is held for longer than a turn is booked ahead has none; for less, goes a bit later.
        """
        held = {int(chat_id): wait for chat_id, wait in (row["held"] or {}).items()}
        turn = 0
        for one in batch:
            hold = max(held.get(EVERYBODY, 0.0), held.get(one.chat_id, 0.0))
            if hold > one.within:
                _answer(one, hold)
                continue
            wait = max(0.0, hold, row["ahead"] + turn * self._interval - self._slack)
            _answer(one, min(wait, one.within) if turn < row["booked"] else wait)
            turn += 1


def _answer(one: _Asking | _Holding, answer: float | StorageUnavailable) -> None:
    if one.answer.done():
        return
    if isinstance(answer, StorageUnavailable):
        one.answer.set_exception(answer)
    else:
        one.answer.set_result(answer)


class _Line:
    """The connection, made when it is needed, and anew after any trouble with it."""

    def __init__(self, url: str) -> None:
        self._arguments = postgres.driver_arguments(
            url, statement_within=_LINE_WITHIN, durable=False
        )
        self._connection: psycopg.AsyncConnection[DictRow] | None = None

    async def execute(self, statement: bytes, values: Mapping[str, Any]) -> list[DictRow]:
        """Run one statement; whatever goes wrong with it is StorageUnavailable.

        Also a mistake of ours: no message shall be kept back because its pace cannot be told.
        """
        try:
            if self._connection is None:
                self._connection = await self._connected()
            line = Line(_LINE_WITHIN, partial(postgres.hang_up, self._connection))
            cursor = await answered(self._connection.execute(statement, values), line)
            return await cursor.fetchall() if cursor.description else []
        except (psycopg.Error, Overdue) as error:
            await self.close()
            raise StorageUnavailable(str(error)) from error

    async def close(self) -> None:
        """Close it; the next statement makes a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _connected(self) -> psycopg.AsyncConnection[DictRow]:
        return await psycopg.AsyncConnection.connect(
            autocommit=True, row_factory=dict_row, **self._arguments
        )
