"""Deliveries inside a unit of work, and the updates that were handled already."""

from dataclasses import replace

from sqlalchemy import select

from bot.domain.delivery import DeliveryKind, DeliveryState
from bot.storage.tables import metadata
from tests.integration.storage.storage_samples import NOW, at, bare_delivery


async def test_a_dedupe_key_makes_one_delivery(uow, runner):
    assert await uow.deliveries.enqueue(bare_delivery(runner.id, "a"))
    assert not await uow.deliveries.enqueue(bare_delivery(runner.id, "a", due_at=at(9)))
    assert [one.due_at for one in await uow.deliveries.pending_for(runner.id)] == [NOW]


async def test_what_was_called_off_can_be_planned_again(uow, runner):
    await uow.deliveries.enqueue(bare_delivery(runner.id, "a"))
    await uow.deliveries.cancel(1, frozenset(DeliveryKind), "undone")
    assert await uow.deliveries.enqueue(bare_delivery(runner.id, "a", due_at=at(3)))
    (again,) = await uow.deliveries.pending_for(runner.id)
    assert (again.due_at, again.reason) == (at(3), None)


async def test_what_was_sent_is_not_planned_again(uow, runner):
    await uow.deliveries.enqueue(bare_delivery(runner.id, "a"))
    sent = await uow.deliveries.by_key("a")
    await uow.deliveries.settle(sent.id, DeliveryState.DONE)
    assert not await uow.deliveries.enqueue(bare_delivery(runner.id, "a", due_at=at(3)))
    assert await uow.deliveries.pending_for(runner.id) == ()


async def test_only_a_pending_delivery_can_be_moved(uow, runner):
    await uow.deliveries.enqueue(bare_delivery(runner.id, "a"))
    assert await uow.deliveries.reschedule("a", at(3))
    moved = await uow.deliveries.by_key("a")
    assert moved.due_at == at(3)
    await uow.deliveries.settle(moved.id, DeliveryState.DONE)
    assert not await uow.deliveries.reschedule("a", at(4))
    assert not await uow.deliveries.reschedule("unknown", at(4))


async def test_cancelling_takes_the_pending_ones_of_these_kinds_about_this_subject(uow, runner):
    async def enqueue(key, kind, subject_id=1):
        await uow.deliveries.enqueue(
            replace(bare_delivery(runner.id, key, kind), subject_id=subject_id)
        )

    await enqueue("prompt", DeliveryKind.CHECK_IN)
    await enqueue("reminder", DeliveryKind.REMINDER)
    await enqueue("expiry", DeliveryKind.EXPIRY)
    await enqueue("other", DeliveryKind.REMINDER, subject_id=2)
    prompt = await uow.deliveries.by_key("prompt")
    await uow.deliveries.settle(prompt.id, DeliveryState.DONE)

    kinds = frozenset({DeliveryKind.CHECK_IN, DeliveryKind.REMINDER})
    assert await uow.deliveries.cancel(1, kinds, "answered") == 1

    cancelled = await uow.deliveries.by_key("reminder")
    assert (cancelled.state, cancelled.reason) == (DeliveryState.CANCELLED, "answered")
    pending = await uow.deliveries.pending_for(runner.id)
    assert {one.dedupe_key for one in pending} == {"expiry", "other"}


async def test_a_delivery_called_off_while_it_was_tried_is_not_tried_again(uow, runner):
    await uow.deliveries.enqueue(bare_delivery(runner.id, "a"))
    await uow.deliveries.cancel(1, frozenset(DeliveryKind), "forgotten")
    tried = await uow.deliveries.by_key("a")
    await uow.deliveries.retry(tried.id, at(1), attempts=2)
    after = await uow.deliveries.get(tried.id)
    assert (after.state, after.attempts) == (DeliveryState.CANCELLED, 2)


async def test_an_update_is_new_once(uow):
    assert await uow.updates.first_time(5, NOW)
    assert not await uow.updates.first_time(5, at(1))


async def test_old_updates_are_dropped_and_counted(uow):
    for update_id, hours in ((1, 0), (2, 1), (3, 2)):
        await uow.updates.first_time(update_id, at(hours))
    assert await uow.updates.drop_before(at(1)) == 1
    assert await uow.updates.first_time(1, at(3)), "it is forgotten"
    assert not await uow.updates.first_time(2, at(3))


async def test_a_poisonous_update_is_buried_once(database):
    async with database.unit_of_work() as uow:
        await uow.updates.bury(9, "message", "KeyError", NOW)
        await uow.updates.bury(9, "message", "ValueError", at(1))
        await uow.updates.drop_before(at(99))
    async with database.transaction(writing=False) as transaction:
        rows = await transaction.read(select(metadata.tables["dead_updates"]))
    assert [dict(row) for row in rows] == [
        {"update_id": 9, "kind": "message", "error": "KeyError", "at": NOW}
    ]
