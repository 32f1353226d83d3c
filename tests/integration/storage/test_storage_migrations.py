"""Migrations lead from nothing to what the code expects, and back, or they change nothing."""

import shutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

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
from tests.integration.storage.storage_samples import on_postgres, on_sqlite
from tests.support.database import BACKENDS, MIGRATIONS, beside, database_at, rows, sqlite_url

NEWEST = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("*.py"))
NEXT = f"{int(NEWEST) + 1:04}"
FAILS_HALFWAY = """
from alembic import op
revision, down_revision = NEXT, NEWEST
def upgrade():
    op.execute("CREATE TABLE half (id INTEGER)")
    op.execute("INSERT INTO half VALUES (1)")
    raise ZeroDivisionError
""".replace("NEXT, NEWEST", f"{NEXT!r}, {NEWEST!r}")

OLD_RUNNER = """
INSERT INTO runners (user_id, chat_id, created_at, seen_at, locale, preferences, plan)
VALUES (1, 1, '2026-01-01', '2026-01-01', 'en', '{}', '[]')
"""
OLD_DECISION = """
INSERT INTO decisions (runner_id, made_at, urgency, rules, ruleset_hash, answers, tips)
VALUES (1, '2026-01-01', 'routine', '', '0', '', '[]')
"""
"""As the release of the first migration writes them."""

OF_NOBODY = (
    "INSERT INTO runs (runner_id, ended_at, logged_at) VALUES (404, '2026-01-01', '2026-01-01')"
)


@pytest.fixture(params=BACKENDS)
def url(request, tmp_path):
    """Where a database with nothing in it is."""
    with database_at(request.param, tmp_path, empty=True) as url:
        yield url


@pytest.fixture
def next_release(tmp_path):
    """Give a copy of the migrations that a test adds one to."""
    return shutil.copytree(MIGRATIONS, tmp_path / "next release % migrations")


@pytest.fixture
def engine(url):
    with beside(url) as engine:
        yield engine


@pytest.fixture
def schema(engine):
    """Describe every table as the database does, in an order of its own."""

    def described():
        looked = inspect(engine)
        return {
            name: [
                sorted(map(str, looked.get_columns(name))),
                str(looked.get_pk_constraint(name)),
                sorted(map(str, looked.get_indexes(name))),
                sorted(map(str, looked.get_foreign_keys(name))),
                sorted(map(str, looked.get_unique_constraints(name))),
            ]
            for name in looked.get_table_names()
            if not name.startswith("alembic_")
        }

    return described


def test_up_down_and_up_again_gives_the_same_schema(url, schema):
    assert current_state(url, MIGRATIONS) is SchemaState.EMPTY
    upgrade(url, MIGRATIONS)
    first = schema()
    assert set(metadata.tables) == set(first)

    downgrade(url, MIGRATIONS)
    assert schema() == {}
    assert current_state(url, MIGRATIONS) is SchemaState.EMPTY

    upgrade(url, MIGRATIONS)
    assert schema() == first
    assert current_state(url, MIGRATIONS) is SchemaState.CURRENT


def test_each_step_down_and_up_again_leaves_the_rows_and_the_schema(url, schema):
    """The release before neither writes nor misses what the second migration adds."""
    upgrade(url, MIGRATIONS)
    newest = schema()
    downgrade(url, MIGRATIONS, "0001")
    fresh = {"rulesets", "send_rate", "send_holds", "pauses", "sent_files"}
    assert newest.keys() - schema().keys() == fresh
    rows(url, OLD_RUNNER)
    rows(url, OLD_DECISION)

    upgrade(url, MIGRATIONS)
    assert schema() == newest
    assert rows(url, "SELECT findings FROM decisions") == [None]
    rows(url, OLD_DECISION)
    assert rows(url, "SELECT count(*) FROM decisions") == [2]


def test_a_pause_that_is_on_is_known_to_the_new_table(url):
    upgrade(url, MIGRATIONS)
    downgrade(url, MIGRATIONS, "0004")
    rows(url, OLD_RUNNER)
    rows(url, "UPDATE runners SET paused_at = '2026-01-02', paused_until = '2026-01-09'")
    upgrade(url, MIGRATIONS)
    known = "SELECT runner_id, ended_at IS NULL FROM pauses JOIN runners ON began_at = paused_at"
    assert len(rows(url, known + " AND until = paused_until")) == 1


def test_upgrading_twice_changes_nothing(url, schema):
    upgrade(url, MIGRATIONS)
    rows(url, OLD_RUNNER)
    before = schema()
    upgrade(url, MIGRATIONS)
    assert schema() == before
    assert rows(url, "SELECT count(*) FROM runners") == [1]


def test_migrations_end_where_the_tables_stand(url, engine):
    upgrade(url, MIGRATIONS)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@on_sqlite
def test_ids_count_up_in_the_migrated_schema_too(url):
    upgrade(url, MIGRATIONS)
    tables = rows(url, "SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    counted = {name for name, sql in tables if "AUTOINCREMENT" in sql}
    uncounted = {"rulesets", "updates", "dead_updates", "send_rate", "send_holds", "sent_files"}
    assert counted == set(metadata.tables) - uncounted


def test_a_database_of_the_last_release_is_behind_and_one_of_the_next_is_newer(url, next_release):
    upgrade(url, MIGRATIONS)
    draft(url, next_release, "next")
    assert current_state(url, next_release) is SchemaState.BEHIND
    upgrade(url, next_release)
    assert current_state(url, next_release) is SchemaState.CURRENT
    assert current_state(url, MIGRATIONS) is SchemaState.NEWER


def test_a_draft_names_plain_types_of_the_database(url, next_release):
    upgrade(url, MIGRATIONS)
    rows(url, "ALTER TABLE runners DROP COLUMN awaiting")
    rows(url, "ALTER TABLE runners DROP COLUMN blocked_at")
    draft(url, next_release, "again")
    written = (next_release / "versions" / f"{NEXT}_again.py").read_text()
    assert "sa.Column('awaiting', sa.String(length=32), nullable=True)" in written
    assert "sa.Column('blocked_at', sa.DateTime(timezone=True), nullable=True)" in written
    assert "bot." not in written


def test_a_migration_that_fails_halfway_changes_nothing(url, schema, next_release):
    upgrade(url, MIGRATIONS)
    (next_release / "versions" / f"{NEXT}_fails.py").write_text(FAILS_HALFWAY)
    with pytest.raises(ZeroDivisionError):
        upgrade(url, next_release)
    assert "half" not in schema()
    assert current_state(url, next_release) is SchemaState.BEHIND


@on_sqlite
def test_a_migration_that_would_break_a_reference_is_rolled_back(url):
    upgrade(url, MIGRATIONS)
    rows(url, OF_NOBODY)
    with pytest.raises(BrokenReference, match="runs refers to a missing row of runners"):
        upgrade(url, MIGRATIONS)


@on_postgres
def test_a_server_takes_no_broken_reference_in_the_first_place(url):
    upgrade(url, MIGRATIONS)
    with pytest.raises(IntegrityError):
        rows(url, OF_NOBODY)


@pytest.mark.parametrize("place", ["nowhere.invalid", "127.0.0.1:1"])
def test_a_server_out_of_reach_is_unavailable(place):
    with pytest.raises(StorageUnavailable):
        current_state(f"postgresql://aftermile@{place}/aftermile", MIGRATIONS)


def test_a_database_that_cannot_be_opened_is_unavailable(tmp_path):
    url = sqlite_url(tmp_path / "nowhere" / "a.db")
    with pytest.raises(StorageUnavailable):
        current_state(url, MIGRATIONS)
    with pytest.raises(StorageUnavailable):
        upgrade(url, MIGRATIONS)
