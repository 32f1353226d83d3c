"""A database of its own for every storage test, once on each backend."""

import pytest

from bot.storage.database import Database
from tests.integration.storage.storage_samples import bare_runner
from tests.support.database import BACKENDS, KEY, database_at


@pytest.fixture(params=BACKENDS)
def url(request, tmp_path):
    """Where an empty, migrated database is."""
    with database_at(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def database(url):
    database = Database(url, [KEY])
    yield database
    await database.close()


@pytest.fixture
async def uow(database):
    async with database.unit_of_work() as uow:
        yield uow


@pytest.fixture
async def runner(uow):
    return await uow.runners.add(bare_runner())
