"""The production database on SQLite without the driver's thread: a statement is done at once.

Everything else is as it ships: SQLAlchemy, the repositories, the statements, the transactions.
"""

import asyncio
import sqlite3
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import aiosqlite
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from support.database import KEY, migrated, sqlite_url

from bot.storage import database as database_module
from bot.storage import sqlite
from bot.storage import transaction as transaction_module
from bot.storage.database import BUSY_TIMEOUT, Database


class _Inline(aiosqlite.Connection):
    """The driver's connection, which would otherwise hand each statement to its thread."""

    def __await__(self):
        return self._opened().__await__()

    async def _opened(self):
        if self._connection is None:
            self._connection = self._connector()
        return self

    async def _execute(self, fn, *args, **kwargs):
        return fn(*args, **kwargs)

    async def close(self):
        self.stop()

    def stop(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextmanager
def nothing_to_interrupt():
    """Let a step of a transaction be one step of the loop, not a task of its own.

    Others come in between as they do while a statement runs; none can be cut off in the middle.
    """
    modules = (database_module, transaction_module)
    before = [module.uninterrupted for module in modules]

    async def at_once(step, _within=None):
        await asyncio.sleep(0)
        return await step

    for module in modules:
        module.uninterrupted = at_once
    try:
        yield
    finally:
        for module, one in zip(modules, before, strict=True):
            module.uninterrupted = one


_PLACE: list[Path] = []
"""Where the database is that is simulated now."""


def inline_database(folder: Path) -> tuple[Database, Path]:
    """Give an empty migrated database in `folder`, and its file; whoever asks for it closes it.

    There is one at a time, as all of them share an engine: it keeps what SQLAlchemy has compiled,
    which takes longer than a simulated week.
    """
    path = folder / "simulation.db"
    path.write_bytes(migrated())
    _PLACE[:] = [path]
    database = Database(sqlite_url(path), [KEY])
    database._writing = _engine()
    database._reading = database._writing.execution_options(**{sqlite.WRITING: False})
    return database, path


@cache
def _engine() -> AsyncEngine:
    async def connect():
        plain = sqlite3.connect(_PLACE[0], isolation_level=None, check_same_thread=False)
        return await _Inline(lambda: plain, 64)

    url = "sqlite+aiosqlite:///simulated"
    engine = create_async_engine(url, async_creator=connect, hide_parameters=True)
    sqlite.prepare(engine.sync_engine, busy_timeout=BUSY_TIMEOUT)

    @event.listens_for(engine.sync_engine, "connect")
    def in_haste(connection, _record) -> None:
        """No simulated crash takes the power, so nothing has to reach the disk."""
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA secure_delete = OFF")
        cursor.close()

    return engine
