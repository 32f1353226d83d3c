"""The schema's version: what the database has, what this code wants, and the way there.

Alembic is configured here, in code, so that the installed package needs no configuration file.
Each step runs in one writing transaction: killed halfway, the database is as it was, and of two
replicas that start together the second one waits and finds nothing left to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, make_url

from bot.storage import postgres, sqlite
from bot.storage.refusals import unavailable_on_failure
from bot.storage.suitability import told_if_forbidden
from bot.storage.tables import metadata

MIGRATION_WAIT: Final = timedelta(seconds=60)
"""How long a migration waits for another one, or for a bot that is still writing."""

MIGRATING: Final = "aftermile migrate"
"""What these connections are called on a server."""


class SchemaState(Enum):
    """How the database's schema stands to this code."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"


class BrokenReference(Exception):
    """A migration would leave a row that refers to a missing one; it was rolled back."""


def upgrade(url: str, migrations_dir: Path) -> None:
    """Bring the schema to this code's version. Blocks: for start-up, not for a running loop.

    Raises StorageUnavailable, or Unsuitable where tables may not be made.
    """
    with connected(url) as connection:
        command.upgrade(_config(migrations_dir, connection), "head")
        _check_references(connection)


def downgrade(url: str, migrations_dir: Path, to: str = "base") -> None:
    """Take the schema back to a revision; "base" drops everything."""
    with connected(url) as connection:
        command.downgrade(_config(migrations_dir, connection), to)
        _check_references(connection)


def draft(url: str, migrations_dir: Path, message: str) -> None:
    """Write a new migration file from how the tables differ from the (current) database."""
    with connected(url) as connection:
        config = _config(migrations_dir, connection)
        following = f"{len(_known(config)) + 1:04}"
        command.revision(config, message, autogenerate=True, rev_id=following)


def current_state(url: str, migrations_dir: Path) -> SchemaState:
    """Compare the database's revision with the ones this code knows."""
    with connected(url, writing=False) as connection:
        config = _config(migrations_dir, connection)
        heads = set(MigrationContext.configure(connection).get_current_heads())
    if not heads:
        return SchemaState.EMPTY
    if not heads <= _known(config):
        return SchemaState.NEWER
    wanted = set(ScriptDirectory.from_config(config).get_heads())
    return SchemaState.CURRENT if heads == wanted else SchemaState.BEHIND


def _known(config: Config) -> set[str]:
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return {script.revision for script in scripts}


def _config(migrations_dir: Path, connection: Connection) -> Config:
    config = Config(attributes={"connection": connection, "metadata": metadata})
    # Alembic expands % in options.
    config.set_main_option("script_location", str(migrations_dir).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def connected(url: str, *, writing: bool = True) -> Iterator[Connection]:
    """Open the database without asyncio, in one transaction."""
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = _sqlite_engine(url) if is_sqlite else _postgres_engine(url)
    chosen = engine.execution_options(**{sqlite.WRITING: writing})
    try:
        with told_if_forbidden(), unavailable_on_failure(), chosen.begin() as connection:
            if writing and not is_sqlite:
                postgres.take_turn(connection)
            yield connection
    finally:
        engine.dispose()


def _sqlite_engine(url: str) -> Engine:
    target = make_url(url).set(drivername="sqlite+pysqlite")
    arguments = sqlite.NO_DRIVER_TRANSACTIONS
    engine = create_engine(target, connect_args=arguments, hide_parameters=True)
    sqlite.prepare(engine, busy_timeout=MIGRATION_WAIT, foreign_keys=False)
    return engine


def _postgres_engine(url: str) -> Engine:
    # Copying a large table takes as long as it takes; only waiting for others has an end.
    target = postgres.with_driver(url)
    arguments = postgres.connect_arguments(
        target, lock_within=MIGRATION_WAIT, statement_within=None, name=MIGRATING
    )
    return create_engine(target, connect_args=arguments, hide_parameters=True)


def _check_references(connection: Connection) -> None:
    """Make up for foreign keys being off while SQLite tables are rebuilt."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise BrokenReference(f"{broken[0]} refers to a missing row of {broken[2]}")
