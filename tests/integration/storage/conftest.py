"""A database of its own for every storage test."""

import pytest

from tests.integration.storage.storage_samples import bare_runner
from tests.support.database import fresh_database


@pytest.fixture
async def database(tmp_path):
    database = await fresh_database(tmp_path)
    yield database
    await database.close()


@pytest.fixture
async def uow(database):
    async with database.unit_of_work() as uow:
        yield uow


@pytest.fixture
async def runner(uow):
    return await uow.runners.add(bare_runner())
