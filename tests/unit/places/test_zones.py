"""From a shared location to a zone, a city's name and a guess at the country."""

from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import tzfpy

from bot.domain.place import Place
from bot.places import zones


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        (52.52, 13.40, Place("Berlin", "", "DE", "Europe/Berlin")),
        (51.50, -0.12, Place("London", "England", "GB", "Europe/London")),
        (40.77, -73.97, Place("New York City", "New York", "US", "America/New_York")),
        (-33.87, 151.21, Place("Sydney", "New South Wales", "AU", "Australia/Sydney")),
        (59.91, 10.75, Place("Oslo", "", "NO", "Europe/Oslo")),
        (28.61, 77.21, Place("Delhi", "", "IN", "Asia/Kolkata")),
        (50.45, 30.52, Place("Kyiv", "", "UA", "Europe/Kyiv")),
    ],
)
def test_a_location_in_a_city(cities, latitude, longitude, place):
    assert zones.at(latitude, longitude, cities) == place


def test_the_zone_keeps_a_border_town_in_its_own_country(cities):
    """Weil am Rhein is nearer to Basel in Switzerland than to any large German city."""
    assert zones.at(47.59, 7.62, cities).country == "DE"
    assert zones.at(47.55, 7.59, cities).country == "CH"


def test_far_from_any_city_the_zone_lends_its_name(cities):
    assert zones.at(-25.34, 131.04, cities) == Place("Darwin", "", "AU", "Australia/Darwin")


def test_a_zone_without_any_city_still_has_a_country(cities):
    assert zones.at(-77.85, 166.67, cities) == Place("McMurdo", "", "AQ", "Antarctica/McMurdo")


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (0.0, -30.0),
        (90.0, 0.0),
        (90.1, 0.0),
        (-91.0, 0.0),
        (0.0, 180.5),
        (0.0, -181.0),
        (float("nan"), 0.0),
        (0.0, float("nan")),
        (float("inf"), 0.0),
    ],
)
def test_the_open_sea_and_nonsense_are_no_place(cities, latitude, longitude):
    assert zones.at(latitude, longitude, cities) is None


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("US/Pacific", "America/Los_Angeles"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Europe/Oslo", "Europe/Oslo"),
        ("Atlantic/Reykjavik", "Atlantic/Reykjavik"),
    ],
)
def test_zone_names_become_present_ones(typed, zone):
    assert zones.canonical(typed) == zone


@pytest.mark.parametrize("typed", ["", "EST", "Mars/Olympus", "../../etc/passwd", "Europe/"])
def test_what_is_no_zone_is_none(typed):
    assert zones.canonical(typed) is None


def test_every_zone_of_the_map_is_one_that_zoneinfo_knows():
    for name in tzfpy.timezonenames():
        assert ZoneInfo(zones.canonical(name)).key == name


def test_the_short_list_is_a_dozen_cities_that_search_knows_too(cities):
    places = zones.short_list()
    assert len(places) == len({place.zone for place in places}) == 12
    for place in places:
        assert place in cities.find(f"{place.name}, {place.region or place.country}")


def test_the_short_list_leaves_no_large_gap_round_the_world(cities):
    table = cities.load()
    east = sorted(table.longitudes[table.names.index(place.name)] for place in zones.short_list())
    gaps = [after - before for before, after in pairwise(east)]
    assert max(gaps) < 50
