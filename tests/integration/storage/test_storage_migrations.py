"""Migrations lead from nothing to what the code expects, and back, or they change nothing."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from bot.services.ports import StorageUnavailable
from bot.storage.migrations import (
    BrokenReference,
    SchemaState,
    current_state,
    downgrade,
    draft,
    upgrade,
)
from bot.storage.tables import metadata
from tests.support.database import MIGRATIONS, sqlite_url

FAILS_HALFWAY = """
from alembic import op
revision, down_revision = "0004", "0003"
def upgrade():
    op.execute("CREATE TABLE half (id INTEGER)")
    op.execute("INSERT INTO half VALUES (1)")
    raise ZeroDivisionError
"""

OLD_RUNNER = """
INSERT INTO runners (user_id, chat_id, created_at, seen_at, locale, preferences, plan)
VALUES (1, 1, '', '', 'en', '{}', '[]')
"""
OLD_DECISION = """
INSERT INTO decisions (runner_id, made_at, urgency, rules, ruleset_hash, answers, tips)
VALUES (1, '', 'routine', '', '0', '', '[]')
"""
"""As the release of the first migration writes them."""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "aftermile.db"


@pytest.fixture
def url(path):
    return sqlite_url(path)


@pytest.fixture
def next_release(tmp_path):
    """Give a copy of the migrations that a test adds one to."""
    return shutil.copytree(MIGRATIONS, tmp_path / "next release % migrations")


def schema(path):
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
        return {name: sql for name, sql in rows if not name.startswith(("sqlite_", "alembic_"))}


def test_up_down_and_up_again_gives_the_same_schema(path, url):
    assert current_state(url, MIGRATIONS) is SchemaState.EMPTY
    upgrade(url, MIGRATIONS)
    first = schema(path)
    assert set(metadata.tables) < set(first)

    downgrade(url, MIGRATIONS)
    assert schema(path) == {}
    assert current_state(url, MIGRATIONS) is SchemaState.EMPTY

    upgrade(url, MIGRATIONS)
    assert schema(path) == first
    assert current_state(url, MIGRATIONS) is SchemaState.CURRENT


def test_each_step_down_and_up_again_leaves_the_rows_and_the_schema(path, url):
    """The release before neither writes nor misses what the second migration adds."""
    upgrade(url, MIGRATIONS)
    newest = schema(path)
    downgrade(url, MIGRATIONS, "0001")
    assert newest.keys() - schema(path).keys() == {"rulesets", "send_rate", "send_holds"}
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(OLD_RUNNER)
        connection.execute(OLD_DECISION)

    upgrade(url, MIGRATIONS)
    assert schema(path) == newest
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("SELECT findings FROM decisions").fetchall() == [(None,)]
        connection.execute(OLD_DECISION)
        assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (2,)


def test_upgrading_twice_changes_nothing(path, url):
    upgrade(url, MIGRATIONS)
    before = path.read_bytes()
    upgrade(url, MIGRATIONS)
    assert path.read_bytes() == before


def test_migrations_end_where_the_tables_stand(path, url):
    upgrade(url, MIGRATIONS)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_ids_count_up_in_the_migrated_schema_too(path, url):
    upgrade(url, MIGRATIONS)
    counted = {name for name, sql in schema(path).items() if sql and "AUTOINCREMENT" in sql}
    assert counted == set(metadata.tables) - {
        "rulesets",
        "updates",
        "dead_updates",
        "send_rate",
        "send_holds",
    }


def test_a_database_of_the_last_release_is_behind_and_one_of_the_next_is_newer(url, next_release):
    upgrade(url, MIGRATIONS)
    draft(url, next_release, "next")
    assert current_state(url, next_release) is SchemaState.BEHIND
    upgrade(url, next_release)
    assert current_state(url, next_release) is SchemaState.CURRENT
    assert current_state(url, MIGRATIONS) is SchemaState.NEWER


def test_a_draft_names_plain_types_of_the_database(path, url, next_release):
    upgrade(url, MIGRATIONS)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE runners DROP COLUMN awaiting")
        connection.execute("ALTER TABLE runners DROP COLUMN blocked_at")
    draft(url, next_release, "again")
    written = (next_release / "versions" / "0004_again.py").read_text()
    assert "sa.Column('awaiting', sa.String(length=32), nullable=True)" in written
    assert "sa.Column('blocked_at', sa.DateTime(timezone=True), nullable=True)" in written
    assert "bot." not in written


def test_a_migration_that_fails_halfway_changes_nothing(path, url, next_release):
    upgrade(url, MIGRATIONS)
    (next_release / "versions" / "0004_fails.py").write_text(FAILS_HALFWAY)
    with pytest.raises(ZeroDivisionError):
        upgrade(url, next_release)
    assert "half" not in schema(path)
    assert current_state(url, next_release) is SchemaState.BEHIND


def test_a_migration_that_would_break_a_reference_is_rolled_back(path, url):
    upgrade(url, MIGRATIONS)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO runs (runner_id, ended_at, logged_at) VALUES (404, '', '')"
        )
        connection.commit()
    with pytest.raises(BrokenReference, match="runs refers to a missing row of runners"):
        upgrade(url, MIGRATIONS)


def test_a_database_that_cannot_be_opened_is_unavailable(tmp_path):
    url = sqlite_url(tmp_path / "nowhere" / "a.db")
    with pytest.raises(StorageUnavailable):
        current_state(url, MIGRATIONS)
    with pytest.raises(StorageUnavailable):
        upgrade(url, MIGRATIONS)
