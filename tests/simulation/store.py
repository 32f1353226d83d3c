"""The production database for one simulated fortnight, and a look at it from beside."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from simulation.inline_sqlite import inline_database, nothing_to_interrupt
from simulation.looking import PostgresLook, SqliteLook
from simulation.rows import Rows
from support.database import BACKENDS, KEY, POSTGRES, SQLITE

from bot.storage.database import Database
from tests.support import postgres

__all__ = ["BACKENDS", "POSTGRES", "SQLITE", "Store", "opened_store"]


@dataclass(frozen=True)
class Store:
    """An empty, migrated database and who looks at it; `database` is closed by its user."""

    database: Database
    rows: Rows


@contextmanager
def opened_store(backend: str):
    """Make one, on SQLite without a thread or on a real PostgreSQL server."""
    if backend == POSTGRES:
        with _on_postgres() as store:
            yield store
        return
    with TemporaryDirectory() as folder, nothing_to_interrupt():
        database, path = inline_database(Path(folder))
        rows = Rows(SqliteLook(path))
        try:
            yield Store(database, rows)
        finally:
            rows.close()


@contextmanager
def _on_postgres():
    url = postgres.made()
    try:
        rows = Rows(PostgresLook(url))
        try:
            yield Store(Database(url, [KEY]), rows)
        finally:
            rows.close()
    finally:
        postgres.dropped(url)
