"""What a runner types when asked for their city, and what they should be offered."""

import threading
from zoneinfo import ZoneInfo

import pytest

from bot.domain.place import Place
from bot.places import gazetteer
from bot.places.cities import Cities

MUNICH = Place("Munich", "", "DE", "Europe/Berlin")
NEW_YORK = Place("New York City", "New York", "US", "America/New_York")
SAO_PAULO = Place("São Paulo", "", "BR", "America/Sao_Paulo")


@pytest.mark.parametrize(
    "query", ["Munich", "munich", "  MUNICH ", "München", "Muenchen", "münchen"]
)
def test_a_city_is_found_in_any_spelling(cities, query):
    assert cities.find(query)[0] == MUNICH


@pytest.mark.parametrize(
    "query", ["New York", "NYC", "new york city", "New York, NY", "new york usa"]
)
def test_new_york_by_all_its_names(cities, query):
    assert cities.find(query)[0] == NEW_YORK


@pytest.mark.parametrize("query", ["sao paulo", "São Paulo", "SAO PAULO, Brazil", "Sao Paolo"])
def test_accents_are_not_needed(cities, query):
    assert cities.find(query)[0] == SAO_PAULO


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Berln", "Berlin"),
        ("Belrin", "Berlin"),
        ("Amsterdm", "Amsterdam"),
        ("Melborne", "Melbourne"),
        ("San Fransisco", "San Francisco"),
        ("Philadelpia", "Philadelphia"),
        ("Cincinatti", "Cincinnati"),
        ("nairobbi", "Nairobi"),
        ("Johanesburg", "Johannesburg"),
        ("Berln, Germany", "Berlin"),
        ("berln germany", "Berlin"),
    ],
)
def test_small_slips_are_forgiven(cities, query, name):
    assert cities.find(query)[0].name == name


@pytest.mark.parametrize(
    ("query", "region", "country"),
    [
        ("london uk", "England", "GB"),
        ("London", "England", "GB"),
        ("London, England", "England", "GB"),
        ("london, canada", "Ontario", "CA"),
        ("London ON", "Ontario", "CA"),
        ("Portland Oregon", "Oregon", "US"),
        ("Portland, OR, USA", "Oregon", "US"),
        ("portland maine", "Maine", "US"),
        ("Paris", "", "FR"),
        ("Paris, TX", "Texas", "US"),
        ("paris texas", "Texas", "US"),
        ("san jose ca", "California", "US"),
        ("Vancouver, CA", "British Columbia", "CA"),
        ("Newcastle NSW", "New South Wales", "AU"),
        ("Kansas City KS", "Kansas", "US"),
        ("washington dc", "District of Columbia", "US"),
        ("Perth, Scotland", "Scotland", "GB"),
    ],
)
def test_a_country_or_state_tells_namesakes_apart(cities, query, region, country):
    found = cities.find(query)[0]
    assert (found.region, found.country) == (region, country)


def test_namesakes_come_with_their_states_the_largest_first(cities):
    portlands = cities.find("Portland")
    assert [place.region for place in portlands[:3]] == ["Oregon", "Maine", "Texas"]


def test_the_famous_city_beats_smaller_ones_with_that_very_name(cities):
    assert [place.country for place in cities.find("Roma")][:2] == ["IT", "US"]


def test_the_beginning_of_a_name_is_enough(cities):
    assert cities.find("Copenh")[0].country == "DK"
    assert cities.find("san fran")[0].region == "California"


@pytest.mark.parametrize(
    ("query", "country"), [("Москва", "RU"), ("東京", "JP"), ("القاهرة", "EG")]
)
def test_other_scripts_are_read(cities, query, country):
    assert cities.find(query)[0].country == country


def test_a_country_typed_instead_of_a_city_gives_its_largest_cities(cities):
    assert cities.find("Kenya")[0].name == "Nairobi"
    assert {place.country for place in cities.find("Kenya")} == {"KE"}
    assert {place.region for place in cities.find("Texas")} == {"Texas"}
    assert {place.country for place in cities.find("Iceland")} == {"IS"}


def test_an_unknown_part_after_the_comma_is_passed_over(cities):
    assert cities.find("Berlin, Kreuzberg somewhere")[0].name == "Berlin"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "!!!",
        ",",
        ", Germany",
        "x",
        "7",
        "12345",
        "asdfgh",
        "qwertzuiop",
        "my back hurts",
        "i don't know",
        "yesterday at 6",
        "\n|\n",
        "😀",
        "\x00",
        "z" * 5000,
        "Berlin, Narnia, Mordor, " * 200 + "☠",
    ],
)
def test_garbage_is_answered_calmly(cities, query):
    found = cities.find(query)
    assert found == () or found[0].name == "Berlin"


@pytest.mark.parametrize("limit", [1, 3, 6])
def test_no_more_than_the_limit(cities, limit):
    assert len(cities.find("San", limit)) == limit


def test_no_place_is_offered_twice(cities):
    for query in ("san", "victoria", "springfield", "Mexico"):
        found = cities.find(query)
        assert len(found) == len(set(found))


def test_every_city_has_a_zone_that_zoneinfo_knows(cities):
    table = cities.load()
    assert len(table.names) > 30_000
    assert all(ZoneInfo(zone) for zone in table.zones)
    assert len(table.countries) == 2 * len(table.names)


def test_the_file_is_read_once_for_all_threads(monkeypatch):
    reads = []

    def read():
        reads.append(1)
        return "table"

    monkeypatch.setattr(gazetteer, "read", read)
    cities = Cities()
    threads = [threading.Thread(target=cities.load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reads == [1]
    assert cities.load() == "table"
