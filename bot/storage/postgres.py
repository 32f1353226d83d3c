"""What PostgreSQL needs from us, so that nothing waits for ever and readers see one moment.

Writing units of work run in READ COMMITTED and hold what they change with FOR UPDATE, the runner
first. Reading ones see one snapshot, as they do on SQLite.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import URL, Connection, make_url, text

DRIVER: Final = "postgresql+psycopg"
"""psycopg serves the running bot and, without asyncio, the migrations: one driver for both."""

FOR_WORK: Final = 9
"""The most connections of one process for units of work; each holds one for some milliseconds.

The tenth is for the send rate alone: what is ready to be sent does not queue behind these.
"""

CONNECTION_WITHIN: Final = timedelta(seconds=10)
"""How long a unit of work waits for one of them."""

STATEMENT_WITHIN: Final = timedelta(seconds=10)
"""After this the server breaks a statement off; the longest of ours take well under a second."""

ANSWER_WITHIN: Final = timedelta(seconds=12)
"""After this the server counts as gone, although the connection seems to stand."""

READING: Final[dict[str, Any]] = {
    "isolation_level": "REPEATABLE READ",
    "postgresql_readonly": True,
}
"""Execution options of reading units of work: one consistent view, no locks, no writes."""

BOT: Final = "aftermile"
"""What a bot's connections are called on the server."""

_IDLE_WITHIN: Final = timedelta(seconds=60)
"""A transaction whose process is gone holds its locks no longer than this."""

_MIGRATING: Final = 0x4146_5445_524D_4947
"""The key of the advisory lock under which schemas change: any number nobody else uses."""


def pool() -> dict[str, Any]:
    """Give the engine's arguments for its pool of connections."""
    return {
        "pool_size": FOR_WORK,
        "max_overflow": 0,
        "pool_timeout": CONNECTION_WITHIN.total_seconds(),
    }


def connect_arguments(
    *,
    lock_within: timedelta,
    statement_within: timedelta | None = STATEMENT_WITHIN,
    name: str = BOT,
    durable: bool = True,
) -> dict[str, Any]:
    """Give libpq's arguments: patience on the server, and a dead network noticed in seconds.

    By `name` operators and `migrate --from` tell a bot's connections from other ones. All of
    this rides on the first message of a connection and costs no statement of its own. What is not
    `durable` does not wait for the disk: a crash of the server may forget the last of it.
    """
    limits = {
        "statement_timeout": statement_within,
        # Zero would be without end.
        "lock_timeout": max(lock_within, timedelta(milliseconds=1)),
        "idle_in_transaction_session_timeout": _IDLE_WITHIN,
    }
    options = [f"-c {name}={_milliseconds(limit)}" for name, limit in limits.items() if limit]
    if not durable:
        options.append("-c synchronous_commit=off")
    return {
        "application_name": name,
        "connect_timeout": 5,
        "options": " ".join(options),
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": _milliseconds(ANSWER_WITHIN),
    }


def with_driver(url: str) -> URL:
    """Name our driver in a PostgreSQL URL, however it named PostgreSQL."""
    return make_url(url).set(drivername=DRIVER)


def conninfo(url: str) -> str:
    """Give a PostgreSQL URL as libpq has it, for a connection without SQLAlchemy."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def take_turn(connection: Connection) -> None:
    """Wait until no other process changes the schema; the lock ends with the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})


def _milliseconds(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)
