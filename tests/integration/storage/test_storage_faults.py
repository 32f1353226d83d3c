"""A database that goes away has one name for it, and work goes on by itself when it is back."""

import asyncio
import resource
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.domain.delivery import LEASE
from bot.services.deliveries import BATCH
from bot.services.ports import StorageUnavailable
from bot.storage import postgres as storage_postgres
from bot.storage.database import Database
from bot.storage.queue import SqlQueue
from bot.telegram.ordering import AT_ONCE
from tests.integration.storage.storage_samples import (
    NOW,
    at,
    bare_delivery,
    bare_runner,
    on_postgres,
    on_sqlite,
)
from tests.support import postgres
from tests.support.database import KEY
from tests.support.wire import a_wire


@pytest.fixture
async def opened(url):
    """Open the database once more, with what the test sets before."""
    databases = []

    def opened(at_url=url, **patience):
        databases.append(Database(at_url, [KEY], **patience))
        return databases[-1]

    yield opened
    for database in databases:
        await database.close()


async def add(database, user_id=1):
    async with database.unit_of_work() as uow:
        return await uow.runners.add(bare_runner(user_id))


async def is_known(database, user_id):
    async with database.unit_of_work(writing=False) as uow:
        return await uow.runners.by_user(user_id) is not None


@on_postgres
async def test_after_a_restart_one_unit_of_work_fails_and_the_next_is_as_ever(database, url):
    async with asyncio.TaskGroup() as group:
        for user_id in range(8):
            group.create_task(add(database, user_id))
    postgres.cut_off(url)
    with pytest.raises(StorageUnavailable):
        await add(database, 100)
    for user_id in range(100, 108):
        await add(database, user_id)


@on_postgres
async def test_cut_off_in_the_middle_nothing_is_half_stored(database, url):
    async def add_two():
        async with database.unit_of_work() as uow:
            await uow.runners.add(bare_runner(1))
            postgres.cut_off(url)
            await uow.runners.add(bare_runner(2))

    with pytest.raises(StorageUnavailable):
        await add_two()
    assert not await is_known(database, 1)
    assert await add(database, 1)


@on_postgres
async def test_a_claim_whose_worker_was_cut_off_comes_again_when_the_lease_is_over(database, url):
    runner = await add(database)
    async with database.unit_of_work() as uow:
        await uow.deliveries.enqueue(bare_delivery(runner.id, "a"))
    queue = SqlQueue(database)
    [claimed] = await queue.claim(NOW, "cut off", 10, LEASE)
    postgres.cut_off(url)
    with suppress(StorageUnavailable):
        await queue.counts()
    assert await queue.claim(NOW, "other", 10, LEASE) == ()
    assert await queue.claim(NOW + LEASE, "other", 10, LEASE) == (claimed,)


@on_postgres
async def test_a_row_held_by_somebody_else_is_unavailable_until_it_is_free(database, opened):
    runner = await add(database)
    impatient = opened(busy_timeout=timedelta(0))

    async def change():
        async with impatient.unit_of_work() as uow:
            held = await uow.runners.get(runner.id)
            await uow.runners.save(replace(held, seen_at=at(1)))

    async with database.unit_of_work() as uow:
        await uow.runners.get(runner.id)
        with pytest.raises(StorageUnavailable, match="lock timeout"):
            await change()
    await change()


@on_postgres
async def test_with_every_connection_in_use_the_next_one_is_told(opened, monkeypatch):
    monkeypatch.setattr(storage_postgres, "FOR_WORK", 2)
    monkeypatch.setattr(storage_postgres, "CONNECTION_WITHIN", timedelta(seconds=0.1))
    small = opened()
    async with small.unit_of_work(writing=False), small.unit_of_work(writing=False):
        with pytest.raises(StorageUnavailable, match="every connection is in use"):
            await add(small)
        assert not await small.is_ready()
    assert await add(small)
    assert await small.is_ready()


def test_nobody_queues_for_a_connection_behind_more_than_one_other():
    assert AT_ONCE + BATCH <= 2 * storage_postgres.FOR_WORK


@on_postgres
async def test_a_server_that_refuses_connections_is_unavailable(opened):
    nowhere = opened("postgresql://aftermile@127.0.0.1:1/aftermile")
    with pytest.raises(StorageUnavailable):
        await add(nowhere)
    assert not await nowhere.is_ready()


@on_postgres
async def test_a_server_that_takes_no_writes_is_not_ready(database, url):
    assert await database.is_ready()
    name = make_url(url).database
    with closing(psycopg.connect(url, autocommit=True)) as admin:
        admin.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    postgres.cut_off(url)
    for _ in range(2):
        with pytest.raises(StorageUnavailable):
            await add(database)
    assert not await database.is_ready()


@on_postgres
async def test_a_server_that_falls_silent_is_waited_for_only_so_long(
    url, opened, monkeypatch, caplog
):
    monkeypatch.setattr(storage_postgres, "ANSWER_WITHIN", timedelta(seconds=1))
    async with a_wire(url) as (wired, silent):
        database = opened(wired)
        await add(database)
        silent.set()
        async with asyncio.timeout(30):
            with pytest.raises(StorageUnavailable, match="does not answer"):
                await add(database, 2)
        assert caplog.messages == [], "nobody asked the silent server to break anything off"
        silent.clear()
        assert await add(database, 3)


@on_postgres
async def test_a_line_that_falls_silent_before_a_rollback_is_given_up_as_well(
    url, opened, monkeypatch
):
    monkeypatch.setattr(storage_postgres, "ANSWER_WITHIN", timedelta(seconds=0.3))

    async def fails(database, silent):
        async with database.unit_of_work() as uow:
            await uow.runners.by_user(1)
            silent.set()
            raise ValueError

    async with a_wire(url) as (wired, silent):
        database = opened(wired)
        with pytest.raises(StorageUnavailable, match="does not answer"):
            await fails(database, silent)
        silent.clear()
        assert await add(database)


@on_sqlite
async def test_a_locked_file_is_not_ready_until_it_is_free(url, opened):
    database = opened(busy_timeout=timedelta(0))
    assert await database.is_ready()
    with closing(sqlite3.connect(make_url(url).database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not await database.is_ready()
    assert await database.is_ready()


@contextmanager
def no_room_beside(file):
    """Let no file grow beyond this one: to SQLite this is a disk without room."""
    room, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (Path(file).stat().st_size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))


@on_sqlite
async def test_a_full_disk_is_not_ready_and_work_goes_on_when_there_is_room(database, url):
    await add(database, 1)
    with no_room_beside(f"{make_url(url).database}-wal"):
        with pytest.raises(StorageUnavailable):
            await add(database, 2)
        assert not await database.is_ready()
        assert await is_known(database, 1)
    assert not await is_known(database, 2)
    assert await add(database, 2)
    assert await database.is_ready()
