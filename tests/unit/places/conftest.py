"""The city file is read once; it never changes."""

import pytest

from bot.places.cities import Cities


@pytest.fixture(scope="session")
def cities():
    loaded = Cities()
    loaded.load()
    return loaded
