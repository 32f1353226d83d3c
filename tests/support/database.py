"""A migrated database of its own for each test, on SQLite or PostgreSQL.

Each is migrated once in a process and copied for every test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, make_url, text

from bot.storage import postgres as storage_postgres
from bot.storage.database import BUSY_TIMEOUT, Database
from bot.storage.migrations import upgrade
from tests.support import postgres

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
KEY = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="
"""A valid Fernet key that protects nothing."""

SQLITE, POSTGRES = BACKENDS = ("sqlite", "postgresql")


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


def rows(url: str, statement: str) -> list:
    """Run one statement beside the bot, in a transaction of its own; single columns unpacked."""
    target = make_url(url)
    if target.get_backend_name() == SQLITE:
        target = target.set(drivername="sqlite+pysqlite")
    else:
        target = storage_postgres.with_driver(url)
    engine = create_engine(target)
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            found = result.fetchall() if result.returns_rows else []
    finally:
        engine.dispose()
    return [row[0] if len(row) == 1 else tuple(row) for row in found]
