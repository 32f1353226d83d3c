"""The queue: the most important first, one at a time for each runner, nothing ever stuck."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.domain.delivery import LEASE, DeliveryKind, DeliveryState
from bot.storage.queue import SqlQueue
from bot.storage.tables import deliveries
from tests.integration.storage.storage_samples import NOW, at, bare_delivery, bare_runner

PROMPT = DeliveryKind.CHECK_IN
ESCALATION = DeliveryKind.ESCALATION


@pytest.fixture
def queue(database):
    return SqlQueue(database)


@pytest.fixture
async def runners(database):
    async with database.unit_of_work() as uow:
        return [(await uow.runners.add(bare_runner(n))).id for n in range(4)]


@pytest.fixture
def enqueue(database):
    async def enqueue(*owed):
        async with database.unit_of_work() as uow:
            for key, runner_id, kind, due_at in owed:
                assert await uow.deliveries.enqueue(bare_delivery(runner_id, key, kind, due_at))

    return enqueue


@pytest.fixture
def settle(database):
    async def settle(delivery, state=DeliveryState.DONE):
        async with database.unit_of_work() as uow:
            await uow.deliveries.settle(delivery.id, state, "as tested")

    return settle


@pytest.fixture
def claim(queue):
    """Claim, and give the dedupe keys."""

    async def claim(now=NOW, worker="one", limit=10):
        return [one.dedupe_key for one in await queue.claim(now, worker, limit, LEASE)]

    return claim


async def test_nothing_due_is_nothing_claimed(claim, runners, enqueue):
    assert await claim() == []
    await enqueue(("later", runners[0], PROMPT, NOW + timedelta(microseconds=1)))
    assert await claim() == []


async def test_what_is_claimed_is_the_whole_delivery(queue, runners, enqueue, database):
    await enqueue(("a", runners[0], PROMPT, NOW))
    (claimed,) = await queue.claim(NOW, "one", 10, LEASE)
    async with database.unit_of_work(writing=False) as uow:
        assert claimed == await uow.deliveries.by_key("a")


async def test_the_most_important_comes_first_then_the_earliest(claim, runners, enqueue):
    await enqueue(
        ("prompt", runners[0], PROMPT, at(-3)),
        ("late escalation", runners[1], ESCALATION, at(-1)),
        ("early escalation", runners[2], ESCALATION, at(-2)),
        ("follow-up", runners[3], DeliveryKind.REACHED_HELP, at(0)),
    )
    assert await claim() == ["early escalation", "late escalation", "follow-up", "prompt"]


async def test_one_runner_gets_one_thing_the_most_important(claim, runners, enqueue):
    await enqueue(
        ("reminder", runners[0], DeliveryKind.REMINDER, at(-9)),
        ("second prompt", runners[0], PROMPT, at(-1)),
        ("first prompt", runners[0], PROMPT, at(-2)),
        ("escalation later", runners[0], ESCALATION, at(1)),
    )
    assert await claim() == ["first prompt"]
    assert await claim() == [], "one at a time"


async def test_an_escalation_is_never_stuck_behind_a_thousand_prompts(database, claim, enqueue):
    async with database.unit_of_work() as uow:
        crowd = [(await uow.runners.add(bare_runner(n))).id for n in range(100)]
    await enqueue(("escalation", crowd[50], ESCALATION, NOW))
    mapper = database._mappers.deliveries
    prompts = [
        mapper.values(bare_delivery(crowd[n % 100], f"p{n}", PROMPT, at(-n)))
        | {"priority": PROMPT.priority}
        for n in range(1000)
    ]
    async with database.transaction(writing=True) as transaction:
        await transaction.connection.execute(insert(deliveries), prompts)
    assert await claim(limit=1) == ["escalation"]


async def test_no_more_runners_are_leased_than_asked_for(claim, runners, enqueue):
    await enqueue(*((str(n), runner, PROMPT, at(-n)) for n, runner in enumerate(runners)))
    assert await claim(limit=3) == ["3", "2", "1"]
    assert await claim(limit=3, worker="two") == ["0"]


async def test_a_settled_delivery_frees_its_runner_and_never_comes_back(
    queue, claim, settle, runners, enqueue
):
    await enqueue(("a", runners[0], PROMPT, at(-2)), ("b", runners[0], PROMPT, at(-1)))
    (first,) = await queue.claim(NOW, "one", 10, LEASE)
    await settle(first)
    assert await claim(worker="two") == ["b"]


async def test_a_retried_delivery_comes_back_when_it_is_due(
    database, queue, claim, runners, enqueue
):
    await enqueue(("a", runners[0], PROMPT, NOW))
    (first,) = await queue.claim(NOW, "one", 10, LEASE)
    async with database.unit_of_work() as uow:
        await uow.deliveries.retry(first.id, at(1), attempts=1)
    assert await claim(now=at(1) - timedelta(microseconds=1)) == []
    (again,) = await queue.claim(at(1), "two", 10, LEASE)
    assert again == replace(first, due_at=at(1), attempts=1)


async def test_a_lease_that_is_over_lets_another_worker_have_it(claim, runners, enqueue):
    await enqueue(("a", runners[0], PROMPT, NOW))
    assert await claim(worker="killed") == ["a"]
    assert await claim(now=NOW + LEASE - timedelta(microseconds=1), worker="two") == []
    assert await claim(now=NOW + LEASE, worker="two") == ["a"]


async def test_a_lease_from_before_the_clock_was_set_back_lets_another_worker_have_it(
    claim, runners, enqueue
):
    await enqueue(("one", runners[0], PROMPT, at(-30)))
    assert await claim(NOW) == ["one"]
    assert await claim(NOW - timedelta(minutes=5), worker="two") == [], "clocks may disagree a bit"
    assert await claim(NOW - timedelta(hours=1), worker="two") == ["one"]


async def test_settling_something_else_keeps_the_lease(queue, claim, settle, runners, enqueue):
    """A handler that has told an escalation itself must not free a runner being sent to."""
    await enqueue(("prompt", runners[0], PROMPT, NOW))
    await queue.claim(NOW, "one", 10, LEASE)
    await enqueue(("by hand", runners[0], ESCALATION, NOW), ("next", runners[0], PROMPT, NOW))
    async with queue._database.unit_of_work(writing=False) as uow:
        by_hand = await uow.deliveries.by_key("by hand")
    await settle(by_hand)
    assert await claim(worker="two") == []


@pytest.mark.parametrize(
    "state", [DeliveryState.DONE, DeliveryState.CANCELLED, DeliveryState.DEAD]
)
async def test_only_pending_deliveries_are_claimed(queue, claim, settle, runners, enqueue, state):
    await enqueue(("a", runners[0], PROMPT, NOW))
    (claimed,) = await queue.claim(NOW, "one", 10, LEASE)
    await settle(claimed, state)
    assert await claim() == []


async def test_a_runner_forgotten_while_sending_breaks_nothing(
    database, queue, claim, settle, runners, enqueue
):
    await enqueue(("a", runners[0], PROMPT, NOW), ("b", runners[1], PROMPT, at(1)))
    (claimed,) = await queue.claim(NOW, "one", 10, LEASE)
    async with database.unit_of_work() as uow:
        await uow.runners.forget(runners[0])
    await settle(claimed)
    async with database.unit_of_work() as uow:
        await uow.deliveries.retry(claimed.id, NOW, attempts=1)
    assert await claim(now=at(1)) == ["b"]


async def test_saving_a_runner_keeps_the_lease(database, claim, runners, enqueue):
    await enqueue(("a", runners[0], PROMPT, NOW))
    await claim()
    async with database.unit_of_work() as uow:
        await uow.runners.save(await uow.runners.get(runners[0]))
    assert await claim(worker="two") == []


async def test_the_next_due_time_counts_pending_ones_only(queue, settle, runners, enqueue):
    assert await queue.next_due() is None
    await enqueue(("a", runners[0], PROMPT, at(-1)), ("b", runners[1], PROMPT, at(5)))
    assert await queue.next_due() == at(-1)
    (claimed,) = await queue.claim(NOW, "one", 10, LEASE)
    await settle(claimed)
    assert await queue.next_due() == at(5)


async def test_every_state_is_counted_also_an_empty_one(queue, settle, runners, enqueue):
    await enqueue(*((str(n), runner, PROMPT, at(-n)) for n, runner in enumerate(runners)))
    (claimed,) = await queue.claim(NOW, "one", 1, LEASE)
    await settle(claimed, DeliveryState.DEAD)
    assert await queue.counts() == {
        DeliveryState.PENDING: 3,
        DeliveryState.DONE: 0,
        DeliveryState.CANCELLED: 0,
        DeliveryState.DEAD: 1,
    }


async def test_a_worker_that_stops_gives_its_leases_back_and_nobody_elses(
    queue, claim, runners, enqueue
):
    await enqueue(*[(str(n), runners[n], PROMPT, at(n - 9)) for n in range(4)])
    assert await claim(worker="one", limit=2) == ["0", "1"]
    assert await claim(worker="two", limit=1) == ["2"]
    assert await queue.release("one") == 2
    assert await claim(worker="three") == ["0", "1", "3"]
    assert await queue.release("one") == 0


async def test_what_was_given_up_is_named_the_newest_first(queue, runners, enqueue, settle):
    await enqueue(*[(str(n), runners[n], PROMPT, at(n - 9)) for n in range(3)])
    for delivery in await queue.claim(NOW, "one", 10, LEASE):
        await settle(delivery, DeliveryState.DEAD)
    assert [one.dedupe_key for one in await queue.dead(2)] == ["2", "1"]
    assert [one.reason for one in await queue.dead(1)] == ["as tested"]


async def test_buried_updates_are_counted(queue, database):
    assert await queue.buried() == 0
    async with database.unit_of_work() as uow:
        await uow.updates.bury(7, "message", "KeyError", NOW)
    assert await queue.buried() == 1
