"""Whether a PostgreSQL server can be used at all: looked at once, before anything else.

What somebody has to set right is told apart from a server that is merely not there yet. libpq
gives no code for a refused connection, only words in the server's language, so its own ping
decides: a server that answers it and refuses us twice will go on refusing.
"""

from __future__ import annotations

import asyncio
import re
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any, Final

import psycopg
import structlog
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping
from sqlalchemy.exc import ArgumentError, ProgrammingError

from bot.services.ports import StorageUnavailable
from bot.storage import postgres
from bot.storage.abandonable import abandonable
from bot.storage.tables import metadata

OLDEST: Final = 140000
"""PostgreSQL 14, as the server writes its version: the first that ends sessions left silent."""

_FULL: Final = ("too many", "connection slots", "cannot connect to server")
"""What passes by itself: every connection is in use; a pooler has no server just now.

Said in another language than English, it is taken for a refusal."""

_INVALID: Final = "connection is bad: invalid"
"""psycopg's words for a value libpq does not know."""

WAITED_FOR: Final = timedelta(seconds=60)
_HINT: Final = "trying again for a minute"

_RIGHTS: Final = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND CASE relkind
        WHEN 'r' THEN relname = ANY(%(tables)s) AND NOT (
            has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
            AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))
        WHEN 'S' THEN relname = ANY(%(counters)s) AND NOT has_sequence_privilege(oid, 'USAGE')
        ELSE false END
    ORDER BY relname
"""

Sleep = Callable[[float], Awaitable[object]]

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Unsuitable(Exception):
    """The database cannot be used as it is set up; the message says why and what to do."""


class ServerAway(StorageUnavailable):
    """The database server does not answer, is starting, or has no connection free."""


def check_server(url: str, *, writing: bool = True) -> None:
    """Raise Unsuitable or ServerAway unless a bot can work there; blocks for some seconds at most.

    Any other database than a server is left to itself.
    """
    if not url.startswith("postgres"):
        return
    with closing(_connected(url)) as connection:
        version = connection.info.server_version
        encoding = connection.info.parameter_status("server_encoding") or ""
        try:
            problem = problem_of(version, encoding) or (writing and _forbidden(connection))
        except psycopg.OperationalError as error:
            raise ServerAway(_words(error, {})) from error
    if problem:
        raise Unsuitable(problem)


def problem_of(version: int, encoding: str) -> str | None:
    """Say what is wrong with a server of this version and a database in this encoding."""
    if version < OLDEST:
        return f"that is PostgreSQL {version // 10000}; use {OLDEST // 10000} or newer"
    if encoding != "UTF8":
        return f"that database is in {encoding}; make one with ENCODING 'UTF8' TEMPLATE template0"
    return None


async def until_up(
    url: str, *, sleep: Sleep = asyncio.sleep, monotonic: Callable[[], float] = time.monotonic
) -> None:
    """Wait for the server for a minute, say so once, and look whether it is suitable.

    A container often starts before the one of its database. Raises Unsuitable at once, ServerAway
    at the end of the minute.
    """
    waits_until = monotonic() + WAITED_FOR.total_seconds()
    told = False
    while True:
        try:
            return await abandonable(check_server, url)
        except ServerAway as away:
            if monotonic() > waits_until:
                raise
            if not told:
                _log.warning("database.awaited", reason=str(away), hint=_HINT)
                told = True
        await sleep(1)


@contextmanager
def away_meanwhile(url: str) -> Iterator[None]:
    """Tell trouble with a server that was suitable a moment ago as ServerAway: it may pass."""
    try:
        yield
    except ServerAway:
        raise
    except StorageUnavailable as error:
        if not url.startswith("postgres"):
            raise
        raise ServerAway("it went away, or another process is changing its tables") from error


@contextmanager
def told_if_forbidden() -> Iterator[None]:
    """Turn missing rights to make or change tables into Unsuitable."""
    try:
        yield
    except ProgrammingError as error:
        missing = psycopg.errors.InsufficientPrivilege | psycopg.errors.InvalidSchemaName
        if not isinstance(error.orig, missing):
            raise
        words = error.orig.diag.message_primary
        raise Unsuitable(f"{words}; its user must be allowed to make tables there") from None


def _forbidden(connection: psycopg.Connection[Any]) -> str | None:
    """Say which rights are missing for what is there already."""
    [read_only] = connection.execute("SHOW transaction_read_only").fetchone() or ["off"]
    if read_only == "on":
        return "that server or its user is read-only; name the one that takes writes"
    tables = list(metadata.tables)
    names = {"tables": tables, "counters": [f"{table}_id_seq" for table in tables]}
    found = [name for (name,) in connection.execute(_RIGHTS, names)]
    if not found:
        return None
    return f"its user may not read and change {', '.join(found)}; GRANT it that"


def _connected(url: str) -> psycopg.Connection[Any]:
    """Connect, or say why that will never work."""
    arguments: dict[str, Any] = {}
    try:
        arguments |= postgres.driver_arguments(url)
        make_conninfo(**arguments)  # names an unknown option also where there is no host yet
        return psycopg.connect(autocommit=True, **arguments)
    except (ArgumentError, ValueError):
        fix = "write it postgresql://user:password@host/name"
        raise Unsuitable(f"it cannot be read; {fix}") from None
    except psycopg.ProgrammingError as error:
        raise Unsuitable(f"{_words(error, arguments)}; check what stands behind the ?") from None
    except psycopg.OperationalError as error:
        if _INVALID in str(error):
            raise Unsuitable(_words(error, arguments)) from None
        if not _answers(arguments):
            raise _away(error, arguments) from error
    return _connected_again(arguments)


def _connected_again(arguments: dict[str, Any]) -> psycopg.Connection[Any]:
    """Try once more: the server may have come up in between, and answers now."""
    try:
        return psycopg.connect(autocommit=True, **arguments)
    except psycopg.OperationalError as error:
        words = _words(error, arguments)
        if any(mark in words for mark in _FULL):
            raise ServerAway(words) from error
        raise Unsuitable(f"the server refuses it: {words}") from None


def _answers(arguments: dict[str, Any]) -> bool:
    """Whether a server is there; how it wants to be spoken to is another question."""
    plain = {name: value for name, value in arguments.items() if not name.startswith("ssl")}
    conninfo = make_conninfo(**{**plain, "sslmode": "disable", "gssencmode": "disable"})
    return PGconn.ping(conninfo.encode()) == Ping.OK


def _away(error: psycopg.Error, arguments: dict[str, Any]) -> Exception:
    """Tell a name that nobody knows from a server that is away."""
    host = str(arguments.get("host", ""))
    if host and all(_is_unknown(one) for one in host.split(",")):
        return Unsuitable(f"no host is called {host}; check its name")
    return ServerAway(_words(error, arguments))


def _is_unknown(host: str) -> bool:
    if host.startswith(("/", "@")):
        return False
    try:
        socket.getaddrinfo(host, None)
    except socket.gaierror as error:
        # Others mean that the name server is away, not that it knows no such name.
        return error.errno == socket.EAI_NONAME
    return False


def _words(error: psycopg.Error, arguments: dict[str, Any]) -> str:
    """Give the first line of what was said, without where, how severe, and the password."""
    line = str(error).strip().splitlines()[0].rpartition("failed: ")[2]
    words = re.sub(r"^\w+: +", "", line.removeprefix("connection is bad: ")).rstrip(":")
    password = arguments.get("password")
    return words.replace(str(password), "***") if password else words
