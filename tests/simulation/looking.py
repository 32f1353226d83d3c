"""Looking at the stored rows beside the bot, by plain SQL, on either database."""

import sqlite3
from datetime import UTC, datetime

import psycopg


class Row(dict):
    """A row whose values can also be had in order, as sqlite3's own can."""

    def __iter__(self):
        return iter(self.values())


class SqliteLook:
    """A connection of its own to a SQLite file."""

    def __init__(self, path):
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row

    def all(self, query: str, *values) -> list[sqlite3.Row]:
        return self._connection.execute(query, values).fetchall()

    def version(self):
        """Give something that changes with every commit of somebody else."""
        return self.all("PRAGMA data_version")[0][0]

    def stored(self, at: datetime) -> str:
        """Write an instant as the bot stores it."""
        return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")

    def close(self) -> None:
        self._connection.close()


class PostgresLook:
    """The same on a PostgreSQL server; a statement waits for nobody, as it takes no locks."""

    def __init__(self, url):
        self._connection = psycopg.connect(url, autocommit=True, row_factory=_rows_of)

    def all(self, query: str, *values) -> list[Row]:
        return self._connection.execute(query.replace("?", "%s"), values).fetchall()

    def version(self):
        return self.all("SELECT CAST(pg_current_snapshot() AS TEXT) AS now")[0]["now"]

    def stored(self, at: datetime) -> datetime:
        return at

    def close(self) -> None:
        self._connection.close()


def _rows_of(cursor):
    names = [column.name for column in cursor.description or ()]
    return lambda values: Row(zip(names, values, strict=True))
