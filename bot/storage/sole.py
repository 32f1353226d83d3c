"""One bot for one SQLite file; several replicas need PostgreSQL.

On one file, replicas would poll Telegram against each other and wait for each other's writes.
The lock is SQLite's own, on an empty file beside the database: the system gives it back when the
process ends, however it ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from bot.services.ports import StorageUnavailable

SUFFIX: Final = "-running"


class AnotherBot(Exception):
    """Another process runs a bot on this file."""


def sqlite_file(url: str) -> Path | None:
    """Give the file of a SQLite URL; None for a server, for memory and for SQLite's own URIs."""
    target = make_url(url)
    name = target.database or ":memory:"
    if target.get_backend_name() != "sqlite" or name.startswith(("file:", ":")):
        return None
    return Path(name)


@contextmanager
def sole_bot(url: str) -> Iterator[None]:
    """Be the only bot on a SQLite file meanwhile; on PostgreSQL any number may be.

    Raises AnotherBot, or StorageUnavailable where there can be no file.
    """
    file = sqlite_file(url)
    if file is None:
        yield
        return
    try:
        lock = sqlite3.connect(f"{file}{SUFFIX}", timeout=0, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise StorageUnavailable(str(error)) from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise AnotherBot from None
            raise StorageUnavailable(str(error)) from error
        yield
