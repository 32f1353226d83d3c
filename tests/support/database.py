"""A migrated database of its own for each test, on SQLite or PostgreSQL.

Each is migrated once in a process and copied for every test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect, make_url, text

from bot.storage.database import BUSY_TIMEOUT, Database
from bot.storage.migrations import upgrade
from bot.storage.postgres import with_driver
from tests.support import postgres

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
KEY = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="
"""A valid Fernet key that protects nothing."""

SQLITE, POSTGRES = BACKENDS = ("sqlite", "postgresql")
on_both = pytest.mark.parametrize("backend", BACKENDS)
"""For tests, or whole files of them, that run on SQLite only unless told otherwise."""


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def database_file(tmp_path: Path) -> Path:
    """Where `database_at` and `fresh_database` put SQLite's file."""
    return tmp_path / "aftermile.db"


@contextmanager
def database_at(backend: str, tmp_path: Path, *, empty: bool = False) -> Iterator[str]:
    """Give the URL of a database with migrated tables and no rows, or with nothing at all."""
    if backend == POSTGRES:
        url = postgres.made(template=postgres.EMPTY if empty else None)
        try:
            yield url
        finally:
            postgres.dropped(url)
    else:
        path = database_file(tmp_path)
        if not empty:
            path.write_bytes(migrated())
        yield sqlite_url(path)


async def fresh_database(tmp_path: Path, *, busy_timeout=BUSY_TIMEOUT) -> Database:
    """Give an empty migrated SQLite database in `tmp_path`; whoever asks for it closes it."""
    path = database_file(tmp_path)
    path.write_bytes(migrated())
    return Database(sqlite_url(path), [KEY], busy_timeout=busy_timeout)


@cache
def migrated() -> bytes:
    """The bytes of an empty, migrated SQLite database."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        upgrade(sqlite_url(path), MIGRATIONS)
        return path.read_bytes()


@contextmanager
def beside(url: str) -> Iterator[Engine]:
    """Open a database without the bot's code in between."""
    target = make_url(url)
    if target.get_backend_name() == SQLITE:
        engine = create_engine(target.set(drivername="sqlite+pysqlite"))
    else:
        engine = create_engine(with_driver(url))
    try:
        yield engine
    finally:
        engine.dispose()


def rows(url: str, statement: str) -> list[Any]:
    """Run one statement in a transaction of its own; rows with single columns unpacked."""
    with beside(url) as engine, engine.begin() as connection:
        result = connection.execute(text(statement))
        found = result.fetchall() if result.returns_rows else []
    return [row[0] if len(row) == 1 else tuple(row) for row in found]


def table_names(url: str) -> list[str]:
    with beside(url) as engine:
        return inspect(engine).get_table_names()
