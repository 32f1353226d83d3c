"""A PostgreSQL that cannot be used is told from one that is merely not there yet."""

import asyncio
import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
import structlog
from sqlalchemy import make_url

from bot.services.ports import StorageUnavailable
from bot.storage import suitability
from bot.storage.migrations import upgrade
from bot.storage.suitability import (
    ServerAway,
    Unsuitable,
    away_meanwhile,
    check_server,
    problem_of,
    until_up,
)
from tests.support import postgres
from tests.support.database import MIGRATIONS, POSTGRES, database_at, rows
from tests.support.postgres_guard import Server
from tests.support.wire import a_wire

NOWHERE = "postgresql://ann:secret@127.0.0.1:1/aftermile"


@pytest.fixture(params=["migrated", "empty"])
def url(request, tmp_path):
    with database_at(POSTGRES, tmp_path, empty=request.param == "empty") as url:
        yield url


@pytest.fixture
def migrated(tmp_path):
    with database_at(POSTGRES, tmp_path) as url:
        yield url


@pytest.fixture
def admin(migrated):
    """Change a database as its owner may."""
    with closing(psycopg.connect(migrated, autocommit=True)) as connection:
        yield connection.execute


@pytest.fixture
def guest(admin, migrated):
    """Somebody whom the server lets in and who may do nothing; gives their URL."""
    name = f"guest_{os.urandom(4).hex()}"
    admin(f"CREATE ROLE {name} LOGIN")
    yield make_url(migrated).set(username=name).render_as_string(hide_password=False)
    admin(f"DROP OWNED BY {name}")
    admin(f"DROP ROLE {name}")


def name_in(url):
    return make_url(url).username


def test_a_database_that_is_well_passes(url):
    check_server(url)


def test_a_file_is_none_of_its_business():
    check_server("sqlite+aiosqlite:///nowhere/a.db")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("postgresql://ann:secret@db/x?foo=1", 'invalid connection option "foo"; check what'),
        ("postgresql://ann:secret@127.0.0.1/x?sslmode=often", 'invalid sslmode value: "often"'),
        ("postgresql://ann:secret@no-such-host.invalid/x", "no host is called no-such-host.inv"),
        ("postgresql://ann:secret@db..example/x", "it cannot be read; write it postgresql://"),
        ("postgresql://ann:secret@db:port/x", "it cannot be read; write it postgresql://"),
    ],
)
def test_a_url_that_cannot_work_is_told_at_once(wrong, words):
    with pytest.raises(Unsuitable) as raised:
        check_server(wrong)
    assert str(raised.value).startswith(words)
    assert "secret" not in str(raised.value)


def test_a_database_that_does_not_exist_is_told_in_the_servers_words(migrated):
    wrong = make_url(migrated).set(database="elsewhere").render_as_string(hide_password=False)
    with pytest.raises(Unsuitable, match='refuses it: database "elsewhere" does not exist'):
        check_server(wrong)


def test_a_wrong_password_is_told_and_not_repeated():
    with TemporaryDirectory(prefix="aftermile-pg-") as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder))
        url = server.start()
        try:
            rows(url, "CREATE ROLE ann LOGIN PASSWORD 'right'")
            (server.files / "pg_hba.conf").write_text(
                "local all ann scram-sha-256\nlocal all all trust\n"
            )
            rows(url, "SELECT pg_reload_conf()")
            wrong = make_url(url).set(username="ann", password="ann")  # noqa: S106 - made up
            with pytest.raises(Unsuitable, match="password authentication failed") as raised:
                check_server(wrong.render_as_string(hide_password=False))
            assert "ann" not in str(raised.value)
        finally:
            server.stop()


def test_old_servers_and_other_encodings_are_told():
    assert problem_of(13_0014, "UTF8") == "that is PostgreSQL 13; use 14 or newer"
    assert problem_of(14_0000, "UTF8") is None
    assert str(problem_of(18_0000, "LATIN1")).startswith("that database is in LATIN1; make one")


def test_a_database_that_takes_no_writes_is_told_unless_it_is_only_read(admin, migrated):
    name = make_url(migrated).database
    admin(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(Unsuitable, match="read-only; name the one that takes writes"):
        check_server(migrated)
    check_server(migrated, writing=False)


def test_rights_that_are_missing_on_tables_are_told_by_name(admin, guest):
    admin(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name_in(guest)}")
    admin(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {name_in(guest)}")
    check_server(guest)
    admin(f"REVOKE INSERT ON answers FROM {name_in(guest)}")
    admin(f"REVOKE ALL ON SEQUENCE runs_id_seq FROM {name_in(guest)}")
    with pytest.raises(Unsuitable, match="may not read and change answers, runs_id_seq; GRANT"):
        check_server(guest)


def test_somebody_who_may_not_make_tables_is_told(admin, guest):
    admin("DROP SCHEMA public CASCADE")
    admin("CREATE SCHEMA public")
    admin(f"GRANT USAGE ON SCHEMA public TO {name_in(guest)}")
    with pytest.raises(Unsuitable, match="permission denied for schema public; its user must be"):
        upgrade(guest, MIGRATIONS)
    admin("DROP SCHEMA public")
    with pytest.raises(Unsuitable, match="no schema has been selected to create in"):
        upgrade(guest, MIGRATIONS)


def test_a_server_with_no_connection_free_is_away_and_not_wrong(admin, guest):
    admin(f"ALTER ROLE {name_in(guest)} CONNECTION LIMIT 0")
    with pytest.raises(ServerAway, match="too many connections for role"):
        check_server(guest)


def test_a_server_that_goes_away_while_it_is_looked_at_is_away(migrated, monkeypatch):
    goes = "SELECT pg_terminate_backend(pg_backend_pid())::text"
    given = "WHERE %(tables)s::text[] IS NOT NULL AND %(counters)s::text[] IS NOT NULL"
    monkeypatch.setattr(suitability, "_RIGHTS", f"{goes} {given}")
    with pytest.raises(ServerAway):
        check_server(migrated)


async def test_a_server_that_is_not_up_yet_is_waited_for_and_said_once(migrated):
    async with a_wire(migrated) as (wired, _):
        port = make_url(wired).port
    naps = []
    with structlog.testing.capture_logs() as events:
        async with asyncio.TaskGroup() as group:
            up = asyncio.Event()

            async def opens():
                async with a_wire(migrated, port=port):
                    up.set()
                    await done.wait()

            async def sleep(seconds):
                naps.append(seconds)
                if len(naps) == 3:
                    group.create_task(opens())
                    await up.wait()

            done = asyncio.Event()
            await until_up(wired, sleep=sleep)
            done.set()
    assert naps == [1, 1, 1]
    [event] = events
    assert (event["event"], event["reason"]) == ("database.awaited", "Connection refused")


async def test_the_waiting_ends_after_a_minute():
    now = 0.0

    async def sleep(_seconds):
        nonlocal now
        now += 25

    with pytest.raises(ServerAway):
        await until_up(NOWHERE, sleep=sleep, monotonic=lambda: now)
    assert now == 75
    assert timedelta(seconds=now) > suitability.WAITED_FOR


async def test_what_is_wrong_is_not_waited_for():
    with pytest.raises(Unsuitable):
        await until_up(f"{NOWHERE}?sslmode=often")


def test_options_of_the_url_count_beside_our_limits(migrated):
    rows(migrated, "CREATE SCHEMA elsewhere")
    url = make_url(migrated).update_query_dict({"options": "-c search_path=elsewhere"})
    upgrade(url.render_as_string(hide_password=False), MIGRATIONS)
    there = "SELECT count(*) FROM pg_tables WHERE schemaname = 'elsewhere' AND tablename = 'runs'"
    assert rows(migrated, there) == [1]


def test_another_encoding_is_told(migrated):
    name = f"{make_url(migrated).database}_latin1"
    with closing(psycopg.connect(postgres.server(), autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {name} ENCODING 'LATIN1' TEMPLATE template0")
        url = make_url(migrated).set(database=name).render_as_string(hide_password=False)
        try:
            with pytest.raises(Unsuitable, match="that database is in LATIN1"):
                check_server(url)
        finally:
            postgres.dropped(url)


def test_a_suitable_server_that_fails_in_the_middle_of_a_start_is_away():
    """A supervisor tries again what may pass, and not what somebody has to set right."""
    with pytest.raises(ServerAway, match="went away"), away_meanwhile("postgresql://host/name"):
        raise StorageUnavailable("lock timeout")
    with pytest.raises(StorageUnavailable) as told, away_meanwhile("sqlite:///x.db"):
        raise StorageUnavailable("no such folder")
    assert not isinstance(told.value, ServerAway)
