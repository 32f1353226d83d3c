"""Moving a whole SQLite database into an empty PostgreSQL one.

Everything happens in one transaction on the server: killed at any point, it holds nothing, and
the move is simply begun again. Health values move as the ciphertext they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Connection, RowMapping, Table, func, insert, select, text
from sqlalchemy.exc import ArgumentError

from bot.services.ports import StorageUnavailable
from bot.storage.migrations import SchemaState, connected, current_state, upgrade
from bot.storage.postgres import BOT
from bot.storage.sole import AnotherBot, sole_bot, sqlite_file
from bot.storage.suitability import check_server
from bot.storage.tables import metadata
from bot.storage.types import UnknownValue

BATCH: Final = 5_000
"""Rows read, written or compared at a time, so that memory stays flat."""

Progress = Callable[[str, int, int], None]
"""Told what is done (a table and the verb), how many rows of it, and of how many."""


class NotMoved(Exception):
    """Nothing was moved; the message says why, and what to do."""


def move(source: str, target: str, migrations_dir: Path, progress: Progress) -> int:
    """Move every row and compare each one; gives how many there were.

    `source` is a SQLite URL, `target` a PostgreSQL one. Raises NotMoved,
    Unsuitable, StorageUnavailable.
    """
    with ExitStack() as stack:
        check_source(source, migrations_dir)
        _hold(source, stack)
        _check_target(target, migrations_dir)
        upgrade(target, migrations_dir)
        # Writing, so that nobody changes a row behind our back.
        here = stack.enter_context(connected(source))
        there = stack.enter_context(connected(target))
        _take_over(there)
        try:
            moved = sum(_copy(table, here, there, progress) for table in metadata.sorted_tables)
            for table in metadata.sorted_tables:
                _compare(table, here, there, progress)
        except UnknownValue as error:
            raise NotMoved(f"--from: {error}; this version cannot read that database") from None
        _count_on(here, there)
        return moved


def check_source(source: str, migrations_dir: Path) -> None:
    """Raise NotMoved for a URL at which there is no SQLite database of this version."""
    try:
        file = sqlite_file(source) if source.startswith("sqlite") else None
    except ArgumentError:
        file = None
    # SQLite would make a file that is not there.
    if file is None or not file.is_file():
        raise NotMoved("--from: there is no SQLite file there; write it like sqlite:///data/x.db")
    try:
        state = current_state(source, migrations_dir)
    except StorageUnavailable:
        raise NotMoved("--from: that file cannot be read as a SQLite database") from None
    if state is not SchemaState.CURRENT:
        fix = {
            SchemaState.EMPTY: "it holds no Aftermile; check the path",
            SchemaState.BEHIND: "it is of an older version; run `aftermile migrate` on it first",
            SchemaState.NEWER: "it was written by a newer Aftermile; install that version",
        }
        raise NotMoved(f"--from: {fix[state]}")


def _hold(source: str, stack: ExitStack) -> None:
    try:
        stack.enter_context(sole_bot(source))
    except AnotherBot:
        raise NotMoved("--from: a bot is running on that file; stop it first") from None


def _check_target(target: str, migrations_dir: Path) -> None:
    if target.startswith("sqlite"):
        line = "AFTERMILE_DATABASE_URL: set it to the PostgreSQL database to move into"
        raise NotMoved(line)
    check_server(target)
    if current_state(target, migrations_dir) is SchemaState.NEWER:
        line = "AFTERMILE_DATABASE_URL: that database was written by a newer Aftermile"
        raise NotMoved(line)


def _take_over(there: Connection) -> None:
    """Make sure that nothing is there and nobody else is at it, until the end of the move."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = :bot"
    )
    if there.execute(others, {"bot": BOT}).scalar_one():
        raise NotMoved("AFTERMILE_DATABASE_URL: a bot is running on that database; stop it first")
    names = ", ".join(table.name for table in metadata.sorted_tables)
    there.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
    for table in metadata.sorted_tables:
        if there.execute(select(_key(table)).limit(1)).first() is not None:
            line = f"that database is not empty: there are rows in {table.name}; use a new one"
            raise NotMoved(f"AFTERMILE_DATABASE_URL: {line}")


def _copy(table: Table, here: Connection, there: Connection, progress: Progress) -> int:
    number: int = here.execute(select(func.count()).select_from(table)).scalar_one()
    moved = 0
    for batch in _batches(table, here):
        there.execute(insert(table), [dict(row) for row in batch])
        moved += len(batch)
        progress(f"{table.name}: moved", moved, number)
    return moved


def _compare(table: Table, here: Connection, there: Connection, progress: Progress) -> None:
    """Read both sides again, in the order of their keys, and compare every value."""
    number: int = here.execute(select(func.count()).select_from(table)).scalar_one()
    if there.execute(select(func.count()).select_from(table)).scalar_one() != number:
        raise NotMoved(f"{table.name}: not every row arrived; nothing was moved")
    compared = 0
    for batch, arrived in zip(_batches(table, here), _batches(table, there), strict=True):
        if batch != arrived:
            raise NotMoved(f"{table.name}: a row arrived changed; nothing was moved")
        compared += len(batch)
        progress(f"{table.name}: compared", compared, number)


def _batches(table: Table, connection: Connection) -> Iterator[list[RowMapping]]:
    """Give a table's rows by their key, so many at a time."""
    key = _key(table)
    query = select(table).order_by(key).limit(BATCH)
    rows = list(connection.execute(query).mappings())
    while rows:
        yield rows
        rows = list(connection.execute(query.where(key > rows[-1][key])).mappings())


def _key(table: Table) -> Column[Any]:
    return next(iter(table.primary_key.columns))


def _count_on(here: Connection, there: Connection) -> None:
    """Let ids count on from where SQLite was: those of forgotten rows are never given again."""
    for name, last in here.execute(text("SELECT name, seq FROM sqlite_sequence")):
        if name in metadata.tables and last:
            values = {"table": name, "last": last}
            counter = "SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)"
            there.execute(text(counter), values)
