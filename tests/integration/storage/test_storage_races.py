"""Real processes on one database: nothing doubled, nothing lost, never two at once."""

import multiprocessing
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import insert

from bot.domain.delivery import DeliveryKind, DeliveryState
from bot.storage.migrations import SchemaState, current_state
from bot.storage.queue import SqlQueue
from bot.storage.tables import deliveries
from tests.integration.storage import storage_racers
from tests.integration.storage.storage_samples import NOW, bare_delivery, bare_runner
from tests.support.database import BACKENDS, MIGRATIONS, database_at

pytestmark = pytest.mark.slow

RACERS = 4
RUNNERS = 150
EACH = 20


def race(work, *arguments):
    """Run each argument tuple in a process of its own, all at once; all must end well."""
    context = multiprocessing.get_context("spawn")
    racers = [context.Process(target=work, args=one) for one in arguments]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    codes = [racer.exitcode for racer in racers]
    assert codes == [0] * len(racers)


async def fill(database):
    async with database.unit_of_work() as uow:
        ids = [(await uow.runners.add(bare_runner(n))).id for n in range(RUNNERS)]
    kinds = tuple(DeliveryKind)
    mapper = database._mappers.deliveries
    rows = []
    for n in range(RUNNERS * EACH):
        kind = kinds[n % len(kinds)]
        delivery = bare_delivery(ids[n % RUNNERS], f"d{n}", kind, NOW)
        rows.append(mapper.values(delivery) | {"priority": kind.priority})
    async with database.transaction(writing=True) as transaction:
        await transaction.connection.execute(insert(deliveries), rows)


async def test_four_workers_send_everything_once_and_never_two_at_once(database, url, tmp_path):
    await fill(database)
    journal = tmp_path / "journal"

    race(storage_racers.deliver_all, *((url, journal, f"worker {n}") for n in range(RACERS)))

    sent, under_way = Counter(), set()
    for line in journal.read_text().splitlines():
        what, runner_id, delivery_id = line.split()
        if what == "begin":
            assert runner_id not in under_way, "two at once to one runner"
            under_way.add(runner_id)
            sent[delivery_id] += 1
        else:
            under_way.remove(runner_id)
    assert len(sent) == RUNNERS * EACH, "nothing lost"
    assert set(sent.values()) == {1}, "nothing doubled"
    counts = await SqlQueue(database).counts()
    assert counts[DeliveryState.DONE] == RUNNERS * EACH


async def test_four_writers_of_one_row_lose_no_change(database, url):
    async with database.unit_of_work() as uow:
        runner = await uow.runners.add(replace(bare_runner(), awaiting_detail="0"))

    race(storage_racers.count_up, *[(url, runner.id, 50)] * RACERS)

    async with database.unit_of_work(writing=False) as uow:
        assert (await uow.runners.get(runner.id)).awaiting_detail == str(RACERS * 50)


@pytest.mark.parametrize("backend", BACKENDS)
def test_replicas_that_migrate_together_do_it_once(backend, tmp_path):
    with database_at(backend, tmp_path, empty=True) as url:
        race(storage_racers.migrate, *[(url,)] * 3)
        assert current_state(url, MIGRATIONS) is SchemaState.CURRENT
