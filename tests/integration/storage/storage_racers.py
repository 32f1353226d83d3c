"""What the racing processes of test_storage_races.py do, each started anew on one database."""

import asyncio
import os
import signal
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.domain.delivery import LEASE, DeliveryState
from bot.services.ports import StorageUnavailable
from bot.storage.database import Database
from bot.storage.migrations import upgrade
from bot.storage.moving import move
from bot.storage.queue import SqlQueue
from tests.integration.storage.storage_samples import NOW
from tests.support.database import KEY, MIGRATIONS


class Journal:
    """One file many processes append to: the order of its lines is the order of what happened."""

    def __init__(self, path):
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(self, *words):
        os.write(self._file, (" ".join(map(str, words)) + "\n").encode())

    def close(self):
        os.close(self._file)


@asynccontextmanager
async def opened(url):
    database = Database(url, [KEY])
    try:
        yield database
    finally:
        await database.close()


def deliver_all(url: str, journal: Path, worker: str):
    """Claim and settle until nothing is pending; note every beginning and end of a sending."""
    with closing(Journal(journal)) as notes:
        asyncio.run(_deliver_all(url, notes, worker))


async def _deliver_all(url, notes, worker):
    async with opened(url) as database:
        queue = SqlQueue(database)
        while True:
            batch = await patiently(partial(queue.claim, NOW, worker, 40, LEASE))
            if not batch and (await queue.counts())[DeliveryState.PENDING] == 0:
                return
            for delivery in batch:
                notes.note("begin", delivery.runner_id, delivery.id)
            for delivery in batch:
                notes.note("end", delivery.runner_id, delivery.id)
            await patiently(partial(_settle, database, batch))


async def _settle(database, batch):
    async with database.unit_of_work() as uow:
        for delivery in batch:
            await uow.deliveries.settle(delivery.id, DeliveryState.DONE)


async def patiently(work):
    """Try again while the database is unavailable, as everybody who uses it does.

    Four processes that never pause can keep one of them waiting for longer than it is ready to.
    """
    while True:
        with suppress(StorageUnavailable):
            return await work()


def count_up(url: str, runner_id: int, times: int):
    """Read a number, add one, store it, many times over."""
    asyncio.run(_count_up(url, runner_id, times))


async def _count_up(url, runner_id, times):
    async with opened(url) as database:
        for _ in range(times):
            await patiently(partial(_add_one, database, runner_id))


async def _add_one(database, runner_id):
    async with database.unit_of_work() as uow:
        runner = await uow.runners.get(runner_id)
        counted = str(int(runner.awaiting_detail) + 1)
        await uow.runners.save(replace(runner, awaiting_detail=counted))


def migrate(url: str):
    """Bring the schema up, as two replicas that start together both do."""
    upgrade(url, MIGRATIONS)


def move_and_be_killed(source: str, target: str):
    """Be killed when half of the tables have been moved."""

    def progress(what, _done, _number):
        if what == "check_ins: moved":
            os.kill(os.getpid(), signal.SIGKILL)

    move(source, target, MIGRATIONS, progress)
