"""A copied database file tells nothing about anybody's health."""

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.seal import SealBroken
from bot.storage.tables import metadata
from tests.integration.storage.storage_samples import (
    HEALTH,
    bare_runner,
    on_sqlite,
    store_whole_life,
    whole_runner,
)
from tests.support.database import KEY, rows, sqlite_url


@pytest.fixture
async def reopened(url):
    """Open the test's database again under another key ring."""
    opened = []

    def reopen(*keys):
        opened.append(Database(url, keys))
        return opened[-1]

    yield reopen
    for database in opened:
        await database.close()


@on_sqlite
async def test_no_health_value_is_anywhere_in_the_files(database, tmp_path):
    async with database.unit_of_work() as uow:
        await store_whole_life(uow)

    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert "Villa Ñandú".encode() in files, "the place is not sealed and shows we look right"
    assert [column for column, word in HEALTH.items() if word.encode() in files] == []


async def test_no_health_value_stands_in_any_column(database, url):
    async with database.unit_of_work() as uow:
        await store_whole_life(uow)

    stored = "".join(
        str(rows(url, f"SELECT * FROM {table}"))  # noqa: S608 - names of our own
        for table in metadata.tables
    )

    assert "Villa Ñandú" in stored, "the place is not sealed and shows we look right"
    assert [column for column, word in HEALTH.items() if word in stored] == []


async def test_the_same_value_is_never_sealed_the_same_way_twice(database):
    async with database.unit_of_work() as uow:
        await uow.runners.add(whole_runner(1))
        await uow.runners.add(whole_runner(2))
    async with database.transaction(writing=False) as transaction:
        rows = await transaction.read(text("SELECT profile FROM runners"))
    assert len({row["profile"] for row in rows}) == 2


async def test_without_the_right_key_a_value_does_not_open(database, reopened):
    async with database.unit_of_work() as uow:
        runner = await uow.runners.add(whole_runner())

    stranger = reopened(Fernet.generate_key().decode())

    with pytest.raises(SealBroken, match="no key of the ring"):
        async with stranger.unit_of_work() as uow:
            await uow.runners.get(runner.id)
    assert not await stranger.keys_fit()


async def test_a_changed_value_does_not_open(database):
    async with database.unit_of_work() as uow:
        runner = await uow.runners.add(whole_runner())
    async with database.transaction(writing=True) as transaction:
        tamper = "UPDATE runners SET profile = replace(profile, substr(profile, 40, 4), 'AAAA')"
        await transaction.write(text(tamper))

    with pytest.raises(SealBroken):
        async with database.unit_of_work() as uow:
            await uow.runners.get(runner.id)


async def test_after_a_rotation_old_values_open_and_new_ones_need_the_new_key(database, reopened):
    new_key = Fernet.generate_key().decode()
    async with database.unit_of_work() as uow:
        old = await uow.runners.add(whole_runner(1))

    rotated = reopened(new_key, KEY)
    async with rotated.unit_of_work() as uow:
        assert await uow.runners.get(old.id) == old
        new = await uow.runners.add(whole_runner(2))
    assert await rotated.keys_fit()

    with pytest.raises(SealBroken):
        async with database.unit_of_work() as uow:
            await uow.runners.get(new.id)


async def test_any_key_fits_while_nothing_is_sealed(database, reopened):
    async with database.unit_of_work() as uow:
        await uow.runners.add(bare_runner())
    assert await reopened(Fernet.generate_key().decode()).keys_fit()


@pytest.mark.parametrize("keys", [[], ["too short"]])
def test_a_ring_that_cannot_seal_is_refused_at_once(keys, tmp_path):
    with pytest.raises(ValueError, match="Fernet"):
        Database(sqlite_url(tmp_path / "any.db"), keys)
