"""Whatever the domain can say is stored and comes back the same, field by field."""

from dataclasses import MISSING, fields, replace
from datetime import timedelta, timezone

import pytest

from tests.integration.storage.storage_samples import (
    HEALTH,
    NOW,
    bare_check_in,
    bare_decision,
    bare_escalation,
    bare_run,
    bare_runner,
    bare_tip,
    store_whole_life,
    whole_pause,
)

REPOSITORIES = (
    "runners",
    "runs",
    "check_ins",
    "decisions",
    "tips",
    "escalations",
    "deliveries",
)


@pytest.mark.parametrize("repository", REPOSITORIES)
async def test_every_field_of_a_new_object_comes_back(database, repository):
    async with database.unit_of_work() as uow:
        stored = (await store_whole_life(uow))[repository]

    async with database.unit_of_work(writing=False) as uow:
        assert await getattr(uow, repository).get(stored.id) == stored

    untold = [f.name for f in fields(stored) if getattr(stored, f.name) == _default(f)]
    assert untold == [], "the sample must give every field a value of its own"


@pytest.mark.parametrize("repository", [r for r in REPOSITORIES if r != "deliveries"])
async def test_saving_stores_every_field_also_the_emptied_ones(database, repository):
    async with database.unit_of_work() as uow:
        whole = await store_whole_life(uow)
    runner_id = whole["runners"].id
    bare = {
        "runners": bare_runner(),
        "runs": bare_run(runner_id),
        "check_ins": bare_check_in(runner_id),
        "decisions": bare_decision(runner_id),
        "tips": bare_tip(runner_id),
        "escalations": bare_escalation(runner_id),
    }
    emptied = replace(bare[repository], id=whole[repository].id)

    async with database.unit_of_work() as uow:
        await getattr(uow, repository).save(emptied)

    async with database.unit_of_work(writing=False) as uow:
        found = await getattr(uow, repository).get(emptied.id)
    if repository == "check_ins":
        assert found.answers == whole["check_ins"].answers, (
            "answers are not the check-in's to save"
        )
        found = replace(found, answers=())
    assert found == emptied


async def test_a_pause_comes_back_with_all_its_ends(database):
    async with database.unit_of_work() as uow:
        runner = (await store_whole_life(uow))["runners"]
        (found,) = await uow.pauses.since(runner.id, NOW)
        assert replace(found, id=0) == whole_pause(runner.id)
        assert await uow.pauses.since(runner.id, found.over_at) == ()


async def test_a_time_told_in_another_zone_is_the_same_instant(database):
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-3)))
    async with database.unit_of_work() as uow:
        runner = await uow.runners.add(replace(bare_runner(), seen_at=elsewhere))
        found = await uow.runners.get(runner.id)
    assert found.seen_at == NOW
    assert found.seen_at.utcoffset() == timedelta(0)


async def test_what_was_never_stored_is_none(database):
    async with database.unit_of_work(writing=False) as uow:
        for repository in REPOSITORIES:
            assert await getattr(uow, repository).get(404) is None
        assert await uow.runners.by_user(404) is None
        assert await uow.check_ins.by_key("nothing") is None
        assert await uow.deliveries.by_key("nothing") is None


async def test_everything_about_a_runner_is_open_and_readable(database):
    async with database.unit_of_work() as uow:
        mine = await store_whole_life(uow, user_id=1)
        await store_whole_life(uow, user_id=2)

    async with database.unit_of_work(writing=False) as uow:
        everything = await uow.everything_about(mine["runners"].id)

    assert all(len(rows) == 1 for rows in everything.values()), "mine, and only mine"
    assert everything["runners"][0]["city"] == "Villa Ñandú"
    assert everything["runners"][0]["seen_at"] == "2026-11-23T16:30:00.123456Z"
    assert everything["escalations"][0]["urgency"] == "emergency"
    for column, word in HEALTH.items():
        table, name = column.split(".")
        assert word in str(everything[table][0][name])


def _default(field):
    return MISSING if field.default is MISSING else field.default
