"""The send rate that all replicas share, kept where they all look: in the database.

One row says when the bucket of all messages is empty (GCRA, as in telegram/pacing.py), a few more
which chats, or everybody, Telegram has told to wait. The time is the database's: the clocks of
the replicas need not agree.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Double,
    Select,
    Update,
    case,
    cast,
    delete,
    func,
    literal,
    select,
    update,
)

from bot.storage.database import Database
from bot.storage.tables import send_holds, send_rate
from bot.storage.transaction import Transaction

EVERYBODY: Final = 0
"""The chat number that stands for all; no chat has it."""

_ROW: Final = 1
_FARTHEST: Final = 60.0
"""Seconds; a bucket that is full for longer was filled before the clock was set back."""

_TRIES: Final = 3


class SqlSendRate:
    """Books turns at `rate` messages a second; implements services/ports.py's SendRate."""

    def __init__(self, database: Database, rate: int) -> None:
        self._database = database
        self._interval = 1 / rate
        self._slack = (max(1, rate // 5) - 1) * self._interval

    async def reserve(self, chat_id: int, within: timedelta) -> timedelta:
        """Book a turn at most `within` ahead; a longer wait is given without booking."""
        async with self._database.transaction(writing=True) as transaction:
            now = _now(transaction)
            held = await self._held(transaction, chat_id, now)
            if held > 0:
                return timedelta(seconds=held)
            for _ in range(_TRIES):
                booking = self._booking(now, within.total_seconds())
                row = (await transaction.write(booking)).mappings().one_or_none()
                if row is not None:
                    return self._wait(row["empty_at"] - self._interval, row["at"])
                rows = await transaction.read(self._state(now))
                if rows:
                    return self._wait(rows[0]["empty_at"], rows[0]["at"])
                await transaction.insert_once(
                    send_rate, {"id": _ROW, "empty_at": 0.0}, send_rate.c.id
                )
        raise RuntimeError("the row of the send rate comes and goes")

    async def hold(self, chat_id: int, wait: timedelta) -> None:
        """Note a 429 of one chat; of a second while the first holds, and everybody waits."""
        async with self._database.transaction(writing=True) as transaction:
            now = _now(transaction)
            others = select(send_holds.c.chat_id).where(
                send_holds.c.chat_id != chat_id, send_holds.c.until > now
            )
            second = bool(await transaction.read(others))
            await transaction.write(delete(send_holds).where(send_holds.c.until <= now))
            for held in (chat_id, EVERYBODY) if second else (chat_id,):
                await self._keep_hold(transaction, held, now + wait.total_seconds())

    async def _keep_hold(
        self, transaction: Transaction, chat_id: int, until: ColumnElement[float]
    ) -> None:
        key = send_holds.c.chat_id
        values = {"chat_id": chat_id, "until": until}
        if await transaction.insert_once(send_holds, values, key) is None:
            longer = update(send_holds).where(key == chat_id, send_holds.c.until < until)
            await transaction.write(longer.values(until=until))

    async def _held(
        self, transaction: Transaction, chat_id: int, now: ColumnElement[float]
    ) -> float:
        """Seconds until this chat may be written to."""
        query = select((func.max(send_holds.c.until) - now).label("left"))
        query = query.where(send_holds.c.chat_id.in_([chat_id, EVERYBODY]))
        left = (await transaction.read(query))[0]["left"]
        if left is not None and left <= 0:
            # Nothing about a chat is kept for longer than it is of use.
            await transaction.write(delete(send_holds).where(send_holds.c.until <= now))
        return float(left) if left is not None else 0.0

    def _booking(self, now: ColumnElement[float], within: float) -> Update:
        c = send_rate.c
        start = _start(now)
        return (
            update(send_rate)
            .where(c.id == _ROW, start - now <= self._slack + within)
            .values(empty_at=start + self._interval)
            .returning(c.empty_at, now.label("at"))
        )

    def _state(self, now: ColumnElement[float]) -> Select[float, float]:
        query = select(_start(now).label("empty_at"), now.label("at"))
        return query.where(send_rate.c.id == _ROW)

    def _wait(self, empty_at: float, now: float) -> timedelta:
        return timedelta(seconds=max(0.0, empty_at - self._slack - now))


def _start(now: ColumnElement[float]) -> ColumnElement[float]:
    """When the bucket is empty: now, or once what was booked has gone."""
    empty_at = send_rate.c.empty_at
    return case(((empty_at > now) & (empty_at < now + _FARTHEST), empty_at), else_=now)


def _now(transaction: Transaction) -> ColumnElement[float]:
    """Give the database's own time in seconds since 1970."""
    if transaction.connection.dialect.name == "postgresql":
        return cast(func.date_part("epoch", func.clock_timestamp()), Double)
    days = func.julianday("now") - literal(2440587.5)
    return cast(days * literal(86400.0), Double)
