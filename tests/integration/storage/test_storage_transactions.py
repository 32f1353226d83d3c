"""A unit of work is all or nothing, readers wait for nobody, and trouble has one name."""

import asyncio
import sqlite3
import threading
from asyncio import CancelledError
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.runner import Consent
from bot.services.ports import StorageUnavailable
from bot.storage.database import Database
from bot.storage.migrations import upgrade
from bot.storage.refusals import unavailable_on_failure
from bot.storage.repositories import SqlRunners
from bot.storage.uninterrupted import uninterrupted
from tests.integration.storage.storage_samples import (
    NOW,
    at,
    bare_runner,
    on_postgres,
    on_sqlite,
)
from tests.support.database import KEY, MIGRATIONS, database_file, sqlite_url
from tests.support.desk import Desk


@pytest.fixture
async def impatient(url):
    """Give a database that never waits for another writer."""
    database = Database(url, [KEY], busy_timeout=timedelta(0))
    yield database
    await database.close()


@pytest.fixture
async def at_url():
    """Open a database that the test spoils in some way."""
    opened = []

    def open_at(url, **patience):
        opened.append(Database(url, [KEY], busy_timeout=timedelta(0), **patience))
        return opened[-1]

    yield open_at
    for database in opened:
        await database.close()
    # The driver does not await the thread of a connection that never came about; its last word
    # needs this test's loop.
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            thread.join(timeout=5)


async def seen_at(database, runner_id):
    async with database.unit_of_work(writing=False) as uow:
        return (await uow.runners.get(runner_id)).seen_at


async def add_runner(database, user_id=1, **fields):
    async with database.unit_of_work() as uow:
        return await uow.runners.add(replace(bare_runner(user_id), **fields))


@pytest.mark.parametrize("error", [ValueError, CancelledError])
async def test_an_exception_rolls_everything_back(database, error):
    async def fail_late():
        async with database.unit_of_work() as uow:
            await uow.runners.add(bare_runner())
            await uow.updates.first_time(1, NOW)
            raise error

    with pytest.raises(error):
        await fail_late()

    async with database.unit_of_work() as uow:
        assert await uow.runners.by_user(1) is None
        assert await uow.updates.first_time(1, NOW)


async def test_cancelled_at_any_point_a_unit_of_work_leaves_no_lock_behind(impatient):
    runner = await add_runner(impatient)

    async def change():
        async with impatient.unit_of_work() as uow:
            await uow.runners.save(await uow.runners.get(runner.id))
            await uow.updates.first_time(1, NOW)

    for point in range(0, 1000, 20):
        changing = asyncio.ensure_future(change())
        for _ in range(point):
            await asyncio.sleep(0)
        changing.cancel()
        with suppress(CancelledError):
            await changing
        await add_runner(impatient, user_id=2 + point)


async def test_a_reader_sees_the_last_commit_while_a_writer_is_at_work(impatient):
    runner = await add_runner(impatient)
    async with impatient.unit_of_work() as uow:
        await uow.runners.save(replace(runner, seen_at=at(1)))
        assert await seen_at(impatient, runner.id) == NOW
    assert await seen_at(impatient, runner.id) == at(1)


async def test_a_writer_commits_while_a_reader_looks_on(impatient):
    runner = await add_runner(impatient)
    async with impatient.unit_of_work(writing=False) as reading:
        await reading.runners.get(runner.id)
        async with impatient.unit_of_work() as uow:
            await uow.runners.save(replace(runner, seen_at=at(1)))
        assert (await reading.runners.get(runner.id)).seen_at == NOW, "one consistent view"


async def test_a_reading_unit_of_work_refuses_to_write(database):
    with pytest.raises(RuntimeError, match="cannot write"):
        async with database.unit_of_work(writing=False) as uow:
            await uow.runners.add(bare_runner())


@on_sqlite
async def test_the_connection_is_set_up_to_lose_nothing(database):
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    async with database.transaction(writing=False) as transaction:
        for pragma, value in wanted.items():
            found = await transaction.connection.exec_driver_sql(f"PRAGMA {pragma}")
            assert (pragma, found.scalar()) == (pragma, value)


@on_postgres
async def test_somebody_who_agrees_while_strangers_are_dropped_stays(database, monkeypatch):
    """On a server another unit of work may commit between any two statements of one."""
    desk = Desk(database)
    long_ago = desk.clock.at - timedelta(days=9)
    agreeing, leaving = [
        await add_runner(database, user_id, seen_at=long_ago, created_at=long_ago)
        for user_id in (1, 2)
    ]
    find = SqlRunners.unconsented_before

    async def find_and_be_late(runners, at):
        found = await find(runners, at)
        async with database.unit_of_work() as uow:
            agreed = replace(agreeing, consent=Consent("2026-11", desk.clock.at))
            await uow.runners.save(agreed)
        return found

    monkeypatch.setattr(SqlRunners, "unconsented_before", find_and_be_late)
    assert await desk.cases.drop_unconsented() == 1
    async with database.unit_of_work(writing=False) as uow:
        assert (await uow.runners.get(agreeing.id)).consent is not None
        assert await uow.runners.get(leaving.id) is None


@on_sqlite
async def test_a_writer_inside_another_one_is_told_instead_of_waiting_forever(url, at_url):
    database = at_url(url, turn_within=timedelta(0))
    async with database.unit_of_work():
        with pytest.raises(StorageUnavailable, match="other writers"):
            await add_runner(database)
    assert await add_runner(database)


@on_sqlite
async def test_a_locked_database_is_unavailable_until_it_is_free_again(impatient, tmp_path):
    with closing(sqlite3.connect(database_file(tmp_path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable, match="locked"):
            await add_runner(impatient)
    assert await add_runner(impatient)


@on_sqlite
async def test_a_full_disk_is_unavailable_and_nothing_is_half_stored(database):
    async def fill_the_disk():
        async with database.unit_of_work() as uow:
            await uow.runners.add(bare_runner())
            await uow._transaction.connection.exec_driver_sql("PRAGMA max_page_count = 1")
            for user_id in range(2, 2000):
                await uow.runners.add(replace(bare_runner(user_id), city="x" * 4000))

    with pytest.raises(StorageUnavailable, match="full"):
        await fill_the_disk()

    async with database.unit_of_work(writing=False) as uow:
        assert await uow.runners.by_user(1) is None


async def test_a_read_only_database_is_unavailable(tmp_path, at_url):
    upgrade(sqlite_url(database_file(tmp_path)), MIGRATIONS)
    read_only = f"sqlite+aiosqlite:///file:{database_file(tmp_path)}?mode=ro&uri=true"
    with pytest.raises(StorageUnavailable, match="readonly"):
        await add_runner(at_url(read_only))


async def test_something_that_is_no_database_is_unavailable(tmp_path, at_url):
    (tmp_path / "broken.db").write_bytes(b"something else entirely" * 99)
    with pytest.raises(StorageUnavailable, match="not a database"):
        await add_runner(at_url(sqlite_url(tmp_path / "broken.db")))


async def test_a_missing_folder_is_unavailable(tmp_path, at_url):
    with pytest.raises(StorageUnavailable, match="unable to open"):
        await add_runner(at_url(sqlite_url(tmp_path / "nowhere" / "a.db")))


def test_having_no_connection_left_is_unavailable():
    with pytest.raises(StorageUnavailable, match="in use"), unavailable_on_failure():
        raise PoolTimeoutError


async def test_a_cancellation_waits_for_the_step_and_then_goes_on():
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), []

    async def step():
        begun.set()
        await may_end.wait()
        ended.append(True)
        raise ValueError

    task = asyncio.ensure_future(uninterrupted(step()))
    await begun.wait()
    for _ in range(2):
        task.cancel()
        await asyncio.sleep(0)
    assert not task.done()
    may_end.set()
    with pytest.raises(CancelledError):
        await task
    assert ended
