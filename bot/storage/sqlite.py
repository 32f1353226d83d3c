"""What SQLite needs from us before it loses nothing, measured with racing processes.

Left to itself the driver opens a transaction only at the first write, so that two processes read
the same row, both change it, and one change is lost without an error. Here the driver opens none
and every transaction begins with a statement of ours.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

DRIVER: Final = "sqlite+aiosqlite"

WRITING = "aftermile_writing"
"""The execution option that tells a reading transaction (False) from a writing one."""

NO_DRIVER_TRANSACTIONS: dict[str, Any] = {"isolation_level": None}
"""Connect arguments: sqlite3 must not open transactions by itself."""


def prepare(engine: Engine, *, busy_timeout: timedelta, foreign_keys: bool = True) -> None:
    """Set every connection up and begin every transaction the right way.

    `foreign_keys` is off for migrations only: SQLite changes a table by making it anew, and
    dropping the old one would delete what refers to it.
    """

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        try:
            for pragma in _pragmas(busy_timeout, foreign_keys=foreign_keys):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
        except BaseException:
            # The pool forgets a connection that could not be set up, and its thread lives on.
            connection.close()
            raise

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, True)
        # IMMEDIATE takes the write lock at once: what is read afterwards is still true when the
        # change is written. Readers go on seeing the last commit and wait for nobody.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _pragmas(busy_timeout: timedelta, *, foreign_keys: bool) -> tuple[str, ...]:
    return (
        # First, since the others may have to wait as well.
        f"busy_timeout = {busy_timeout // timedelta(milliseconds=1)}",
        "journal_mode = WAL",
        # FULL syncs the log at every commit. NORMAL survives a killed process but not a power
        # cut, and by then Telegram was told that the update is done and never sends it again: an
        # escalation could be gone. At our few commits a second the sync costs nothing we need.
        "synchronous = FULL",
        # Deleted content is overwritten: /forget means gone, also from free pages.
        "secure_delete = ON",
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
    )
