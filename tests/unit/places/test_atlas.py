"""The door the use cases knock on: the same answers, off the event loop."""

import pytest

from bot.places.atlas import Atlas
from bot.places.zones import short_list


@pytest.fixture
def atlas(cities):
    return Atlas(cities)


async def test_it_finds_cities_zones_and_countries(atlas):
    await atlas.load()
    assert (await atlas.find("Munich"))[0].zone == "Europe/Berlin"
    assert (await atlas.at(51.5, -0.1)).name == "London"
    assert await atlas.at(0.0, -30.0) is None
    assert atlas.country("Britain") == "GB"
    assert atlas.country("Deutschland", "de") == "DE"
    assert atlas.country_name("GB", "de") == "Vereinigtes Königreich"
    assert atlas.short_list() == short_list()
