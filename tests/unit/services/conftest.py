"""Use cases on a database of their own, with a runner who has been through /start."""

import pytest
from support.database import fresh_database
from support.desk import Desk, Person


@pytest.fixture
async def desk(tmp_path):
    database = await fresh_database(tmp_path)
    yield Desk(database)
    await database.close()


@pytest.fixture
async def anna(desk):
    """A healthy runner in Berlin, on a Wednesday at two in the afternoon."""
    return await desk.settled(Person(desk, 1))


@pytest.fixture
async def ben(desk):
    """Another one, to whom nothing of Anna's belongs."""
    return await desk.settled(Person(desk, 2))


@pytest.fixture
def stranger(desk):
    """Somebody about whom nothing is stored."""
    return Person(desk, 9)
