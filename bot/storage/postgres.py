"""What PostgreSQL needs from us, so that nothing waits for ever and readers see one moment.

Writing units of work run in READ COMMITTED and hold what they change with FOR UPDATE, the runner
first. Reading ones see one snapshot, as they do on SQLite.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.uninterrupted import Line

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
    url: URL,
    *,
    lock_within: timedelta,
    statement_within: timedelta | None = STATEMENT_WITHIN,
    silent_within: timedelta | None = None,
    name: str = BOT,
    durable: bool = True,
) -> dict[str, Any]:
    """Give libpq's arguments: patience on the server, and a dead network noticed in seconds.

    The server ends a session that says nothing for longer than `silent_within`. By `name`
    operators and `migrate --from` tell a bot's connections from other ones. What is not
    `durable` does not wait for the disk: a crash of the server may forget the last of it. All of
    this rides on the first message of a connection and costs no statement of its own; options
    that the URL brings go before it.
    """
    limits = {
        "statement_timeout": statement_within,
        # Zero would be without end.
        "lock_timeout": max(lock_within, timedelta(milliseconds=1)),
        "idle_in_transaction_session_timeout": _IDLE_WITHIN,
        "idle_session_timeout": silent_within,
    }
    given = url.query.get("options", "")
    options = [given] if isinstance(given, str) else list(given)
    options += [f"-c {name}={_milliseconds(limit)}" for name, limit in limits.items() if limit]
    if not durable:
        options.append("-c synchronous_commit=off")
    return {
        "application_name": name,
        "connect_timeout": 5,
        "options": " ".join(options).strip(),
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": _milliseconds(ANSWER_WITHIN),
    }


async def line_of(connection: AsyncConnection) -> Line:
    """Give the line under an open connection."""
    beneath = await connection.get_raw_connection()
    driver: psycopg.AsyncConnection[Any] = beneath.driver_connection  # type: ignore[assignment] # ours
    return Line(ANSWER_WITHIN, partial(hang_up, driver))


def hang_up(driver: psycopg.AsyncConnection[Any]) -> None:
    """Shut the socket under a connection: whoever waits on it reads its end, silent or not."""
    with (
        suppress(psycopg.OperationalError, OSError),
        socket.socket(fileno=os.dup(driver.fileno())) as beneath,
    ):
        beneath.shutdown(socket.SHUT_RDWR)


def with_driver(url: str) -> URL:
    """Name our driver in a PostgreSQL URL, however it named PostgreSQL."""
    return make_url(url).set(drivername=DRIVER)


def driver_arguments(
    url: str,
    *,
    statement_within: timedelta = STATEMENT_WITHIN,
    silent_within: timedelta | None = None,
    durable: bool = True,
) -> dict[str, Any]:
    """Give psycopg's own arguments, for a connection that SQLAlchemy has no part in.

    Raises SQLAlchemy's ArgumentError or ValueError for what is no URL.
    """
    target = with_driver(url)
    _, found = target.get_dialect()().create_connect_args(target)
    limits = connect_arguments(
        target,
        lock_within=statement_within,
        statement_within=statement_within,
        silent_within=silent_within,
        durable=durable,
    )
    return {**found, **limits}


def take_turn(connection: Connection) -> None:
    """Wait until no other process changes the schema; the lock ends with the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})


def _milliseconds(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)
