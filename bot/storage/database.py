"""The database as the rest of the bot sees it: it opens units of work, and it can be closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Select, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.services.ports import StorageUnavailable, UnitOfWork
from bot.storage import postgres, sqlite
from bot.storage.mapping import Mappers
from bot.storage.refusals import unavailable_on_failure
from bot.storage.seal import Seal, SealBroken
from bot.storage.tables import metadata
from bot.storage.transaction import Transaction
from bot.storage.types import SealedHealth
from bot.storage.uninterrupted import Line, Overdue, uninterrupted
from bot.storage.unit_of_work import SqlUnitOfWork

BUSY_TIMEOUT: Final = timedelta(seconds=5)
"""How long a writer waits for another one before the database counts as unavailable."""

TURN_WITHIN: Final = timedelta(seconds=30)
"""How long a writer waits for its turn in this process; one inside another would never get it."""

_TOUCH: Final = text("UPDATE alembic_version SET version_num = version_num")
_TAKES_WRITES: Final = text(
    "SELECT NOT pg_is_in_recovery()"
    " AND current_setting('default_transaction_read_only') = 'off' AS ready"
)


class Database:
    """One database, SQLite or PostgreSQL, under the operator's key ring.

    `keys` are Fernet keys: the first seals, all open. A malformed one is a ValueError.
    """

    def __init__(
        self,
        url: str,
        keys: Sequence[str],
        *,
        busy_timeout: timedelta = BUSY_TIMEOUT,
        turn_within: timedelta = TURN_WITHIN,
    ) -> None:
        self._queued = make_url(url).get_backend_name() == "sqlite"
        engine = _sqlite_engine if self._queued else _postgres_engine
        self._writing = engine(url, busy_timeout)
        reading = {sqlite.WRITING: False} if self._queued else postgres.READING
        self._reading = self._writing.execution_options(**reading)
        self._mappers = Mappers.under(Seal(keys))
        self._writer = asyncio.Lock()
        self._turn_within = turn_within

    @asynccontextmanager
    async def unit_of_work(self, *, writing: bool = True) -> AsyncIterator[UnitOfWork]:
        """Open one, as services/ports.py has it: the only place that commits."""
        async with self.transaction(writing=writing) as transaction:
            yield SqlUnitOfWork(transaction)

    @asynccontextmanager
    async def transaction(self, *, writing: bool) -> AsyncIterator[Transaction]:
        """Commit on success, roll back on any exception; StorageUnavailable where it must be."""
        engine = self._writing if writing else self._reading
        connection = engine.connect()
        async with AsyncExitStack() as stack:
            stack.enter_context(unavailable_on_failure())
            if writing and self._queued:
                await stack.enter_async_context(self._turn())
            line = await stack.enter_async_context(self._opened(connection))
            yield Transaction(connection, self._mappers, writing, line)
            await uninterrupted(_commit(connection), line)

    @asynccontextmanager
    async def _opened(self, connection: AsyncConnection) -> AsyncIterator[Line | None]:
        """Open a connection, and give it back with everything rolled back that is not committed.

        Gives the line to a server; a file has none, as it answers or fails.
        """
        line = None
        try:
            await uninterrupted(_begin(connection))
            line = None if self._queued else await postgres.line_of(connection)
            yield line
        except Overdue:
            # Nothing comes back on it, a rollback neither.
            await connection.invalidate()
            raise
        finally:
            if connection.sync_connection is not None and not connection.closed:
                await uninterrupted(connection.close(), line)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait for the other writers of this process, first come, first served.

        SQLite lets waiting writers poll, and an unlucky one loses again and again. Measured with
        64 chats writing without a pause: the slowest waited 3.95 s, in turn it waits 0.35 s.
        """
        try:
            async with asyncio.timeout(self._turn_within.total_seconds()):
                await self._writer.acquire()
        except TimeoutError:
            raise StorageUnavailable("other writers took too long") from None
        try:
            yield
        finally:
            self._writer.release()

    async def keys_fit(self) -> bool:
        """Whether the ring opens the newest value of every health column; for start-up.

        A key forgotten in the settings would otherwise fail one update after the other.
        """
        async with self.transaction(writing=False) as transaction:
            for query in _newest_sealed():
                for row in await transaction.read(query):
                    try:
                        self._mappers.seal.open(row["sealed"])
                    except SealBroken:
                        return False
        return True

    async def is_ready(self) -> bool:
        """Whether work would be stored right now; for readiness checks, raises nothing.

        A file is written to, since a locked or full disk still reads; a server is asked whether
        it takes writes. Bounded by the time-outs of the database itself.
        """
        try:
            async with self.transaction(writing=self._queued) as transaction:
                if self._queued:
                    await transaction.write(_TOUCH)
                    return True
                [row] = await transaction.read(_TAKES_WRITES)
                return bool(row["ready"])
        except StorageUnavailable:
            return False

    async def close(self) -> None:
        """Close every connection. Units of work must be over by then."""
        await self._writing.dispose()


async def _begin(connection: AsyncConnection) -> None:
    """Take a connection and begin; a server hears of it with the first statement."""
    await connection.start()
    await connection.begin().start()


async def _commit(connection: AsyncConnection) -> None:
    """Commit, and give the connection to whoever waits for it."""
    await connection.commit()
    await connection.close()


def _newest_sealed() -> Iterator[Select[Any]]:
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, SealedHealth):
                query = select(column.label("sealed")).where(column.is_not(None))
                yield query.order_by(table.c.id.desc()).limit(1)


def _sqlite_engine(url: str, busy_timeout: timedelta) -> AsyncEngine:
    # Values never appear in error messages: they may be about somebody's health.
    arguments = sqlite.NO_DRIVER_TRANSACTIONS
    target = make_url(url).set(drivername=sqlite.DRIVER)
    engine = create_async_engine(target, connect_args=arguments, hide_parameters=True)
    sqlite.prepare(engine.sync_engine, busy_timeout=busy_timeout)
    return engine


def _postgres_engine(url: str, busy_timeout: timedelta) -> AsyncEngine:
    target = postgres.with_driver(url)
    arguments = postgres.connect_arguments(target, lock_within=busy_timeout)
    pool = postgres.pool()
    return create_async_engine(target, connect_args=arguments, hide_parameters=True, **pool)
