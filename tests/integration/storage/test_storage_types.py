"""Columns refuse what must never be stored."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, text, update

from bot.domain.escalation import Cleared
from bot.domain.red_flags import Urgency
from bot.storage.tables import answers, runners, runs
from bot.storage.types import Checked, NaiveTime, UnknownValue, Unsealed, UtcDateTime
from tests.integration.storage.storage_samples import (
    NOW,
    bare_check_in,
    bare_escalation,
    bare_runner,
    store_whole_life,
)


async def test_a_time_without_a_zone_is_refused(database):
    naive = datetime(2026, 11, 23, 15, 30)  # noqa: DTZ001 - the point of the test
    with pytest.raises(NaiveTime, match="2026-11-23T15:30:00 has no zone"):
        async with database.unit_of_work() as uow:
            await uow.runners.add(replace(bare_runner(), seen_at=naive))


async def test_a_time_without_a_zone_cannot_be_compared_with_either(database):
    naive = datetime(2026, 11, 23, 15, 30)  # noqa: DTZ001 - the point of the test
    with pytest.raises(NaiveTime):
        async with database.unit_of_work(writing=False) as uow:
            await uow.runs.since(1, naive)


async def test_stored_times_compare_to_the_microsecond(database):
    async with database.unit_of_work() as uow:
        runner = await uow.runners.add(bare_runner())
        whole_second = NOW.replace(microsecond=0)
        for n, due_at in enumerate((whole_second, whole_second + timedelta(microseconds=1))):
            await uow.check_ins.add(bare_check_in(runner.id, str(n), due_at))
        later = await uow.check_ins.since(runner.id, whole_second + timedelta(microseconds=1))
    assert [one.dedupe_key for one in later] == ["1"]


def test_a_time_from_a_database_that_knows_zones_is_turned_into_utc():
    local = NOW.astimezone(tz=None)
    given = UtcDateTime().process_result_value(local, None)
    assert (given, given.utcoffset()) == (NOW, timedelta(0))


async def test_a_member_of_another_vocabulary_is_refused(database):
    async with database.unit_of_work() as uow:
        runner = await uow.runners.add(bare_runner())
    with pytest.raises(UnknownValue, match="no Urgency"):
        async with database.unit_of_work() as uow:
            await uow.escalations.add(bare_escalation(runner.id, urgency=Cleared.SEEN))


@pytest.mark.parametrize("urgency", Urgency)
def test_urgencies_are_stored_by_name(urgency):
    column = Checked(Urgency)
    stored = column.process_bind_param(urgency, None)
    assert stored == urgency.name.lower()
    assert column.process_result_value(stored, None) is urgency


async def test_an_unknown_code_in_the_database_is_named(database):
    async with database.unit_of_work() as uow:
        runner = await uow.runners.add(bare_runner())
        escalation = await uow.escalations.add(bare_escalation(runner.id))
    async with database.transaction(writing=True) as transaction:
        await transaction.write(text("UPDATE escalations SET urgency = 'later'"))

    with pytest.raises(UnknownValue, match="'later' is no Urgency"):
        async with database.unit_of_work() as uow:
            await uow.escalations.get(escalation.id)


async def test_a_shape_this_code_does_not_know_is_named_without_its_content(database):
    async with database.unit_of_work() as uow:
        runner = await uow.runners.add(bare_runner())
    async with database.transaction(writing=True) as transaction:
        await transaction.write(update(runners).values(plan={"secret": "content"}))

    with pytest.raises(UnknownValue, match=r"runners\.plan") as caught:
        async with database.unit_of_work() as uow:
            await uow.runners.get(runner.id)
    assert "content" not in str(caught.value)


async def test_a_health_value_cannot_be_stored_open(database):
    async with database.unit_of_work() as uow:
        life = await store_whole_life(uow)
    check_in = life["check_ins"]
    given = check_in.answers[0]
    values = {"question": given.question, "answered_at": NOW, "check_in_id": check_in.id}
    with pytest.raises(Unsealed) as caught:
        async with database.transaction(writing=True) as transaction:
            await transaction.write(insert(answers).values(value="sore-spine", **values))
    assert "sore-spine" not in str(caught.value)


def test_a_length_is_told_in_whole_seconds():
    column = runs.c.duration.type
    assert column.process_bind_param(timedelta(minutes=1, milliseconds=999), None) == 60
