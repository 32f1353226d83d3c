"""The table of emergency numbers against independent knowledge: libphonenumber and ISO 3166.

libphonenumber knows which short numbers are emergency numbers, mixing all services; so it can
object to a number, never choose one.
"""

from pathlib import Path

import phonenumbers
import pytest
import yaml
from babel import Locale
from phonenumbers import shortnumberinfo
from pydantic import TypeAdapter, ValidationError

from bot.domain.emergency_numbers import EmergencyNumbers

TABLE = Path(__file__).parents[2] / "content" / "emergency_numbers.yaml"

EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EEA_AND_NEIGHBOURS = "CH GB IS LI NO"
MOST_POPULOUS = "IN CN US ID PK NG BR BD RU MX ET JP PH EG VN TR DE TH GB FR ZA"

# Numbers that reach the police and nobody else. One of these as the ambulance costs minutes.
POLICE_ONLY = {
    "AE": {"999"},
    "AL": {"129"},
    "AR": {"101"},
    "AT": {"133"},
    "BA": {"122"},
    "BR": {"190"},
    "BY": {"102"},
    "CH": {"117"},
    "CI": {"110", "111", "170"},
    "CL": {"133"},
    "CM": {"117"},
    "CN": {"110", "122"},
    "CU": {"106"},
    "CZ": {"158"},
    "DE": {"110"},
    "DZ": {"17", "1548", "1055"},
    "EG": {"122"},
    "ES": {"062", "088", "091", "092"},
    "ET": {"991"},
    "FR": {"17"},
    "GH": {"18", "191"},
    "GR": {"100"},
    "GT": {"110", "120"},
    "HR": {"192"},
    "HU": {"107"},
    "ID": {"110"},
    "IL": {"100"},
    "IN": {"100"},
    "IR": {"110"},
    "IT": {"113"},
    "JP": {"110"},
    "KH": {"117"},
    "KR": {"112"},
    "KZ": {"102"},
    "LB": {"112"},
    "LK": {"118", "119"},
    "MA": {"19", "177", "190"},
    "MK": {"192"},
    "MM": {"199"},
    "MV": {"119"},
    "NI": {"118"},
    "NP": {"100"},
    "PE": {"105"},
    "PK": {"15"},
    "PL": {"997"},
    "PS": {"100"},
    "RS": {"192"},
    "RU": {"102"},
    "SA": {"999"},
    "SG": {"999"},
    "SK": {"158"},
    "SN": {"17"},
    "TH": {"191"},
    "TN": {"197"},
    "TR": {"155"},
    "TW": {"110"},
    "UA": {"102"},
    "UZ": {"102"},
    "VN": {"113"},
    "ZA": {"10111"},
}

# Numbers that libphonenumber does not list, and why they are in the table all the same.
UNLISTED = {
    ("AM", "112"): "Armenia's rescue service answers 112; the metadata stops at 101-103",
    ("AM", "911"): "phones ship with 911 for all services in Armenia",
    ("BA", "112"): "mobile networks put 112 through; the metadata stops at 122-124",
    ("BO", "168"): "the health ministry's single number, newer than the metadata",
    ("CI", "185"): "SAMU; phones ship with it as the ambulance number",
    ("CM", "119"): "phones ship with it as the ambulance number",
    ("DZ", "1021"): "the Protection civile's second number, in Algeria's press",
    ("ES", "061"): "the health services' own number in several regions, beside 112",
    ("ET", "907"): "the Red Cross ambulances; the metadata knows fire and police",
    ("GF", "112"): "French Guiana is in the EU, where 112 works",
    ("GH", "112"): "the single number since 2019, newer than the metadata",
    ("GP", "112"): "Guadeloupe is in the EU, where 112 works",
    ("GT", "122"): "the volunteer fire brigade sends ambulances beyond the capital",
    ("HN", "911"): "the national system since 2016; the metadata still has the police's 199",
    ("IM", "112"): "works beside 999 as in the United Kingdom",
    ("KE", "1199"): "the Red Cross ambulances",
    ("LK", "1990"): "the national ambulance service Suwa Seriya, since 2016",
    ("MA", "141"): "SAMU, being rolled out; the Protection civile (15) is first",
    ("MM", "192"): "phones ship with it as the ambulance number",
    ("NG", "112"): "the national ambulance system answers 112; the metadata has the police's 199",
    ("NZ", "112"): "mobile networks put 112 through to 111",
    ("PE", "106"): "SAMU's line; the metadata knows police and fire brigade",
    ("RS", "194"): "phones ship with it as the ambulance number; the metadata has 94",
    ("RW", "912"): "SAMU; the metadata knows police and fire brigade",
    ("SN", "1515"): "SAMU, on the health ministry's page; the metadata knows police and fire",
    ("SV", "132"): "the medical emergency system, beside 911",
    ("TT", "811"): "the national ambulance contractor; the metadata knows the fire brigade's 990",
    ("UG", "112"): "the police emergency unit answers 112 and 999 alike",
    ("UY", "105"): "phones ship with it as an ambulance number",
    ("UZ", "103"): "the metadata still has the numbers from before the change to 10x",
}


@pytest.fixture(scope="module")
def table():
    loaded = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return TypeAdapter(EmergencyNumbers).validate_python(loaded)


def is_known_emergency_number(number, country):
    return shortnumberinfo.is_emergency_number(
        number, country
    ) or shortnumberinfo.connects_to_emergency_number(number, country)


def test_it_covers_the_world_runners_live_in(table):
    assert len(table.countries) >= 75
    expected = f"{EU} {EEA_AND_NEIGHBOURS} {MOST_POPULOUS}".split()
    assert set(expected) - set(table.countries) == set()


def test_countries_are_iso_codes(table):
    regions = phonenumbers.SUPPORTED_SHORT_REGIONS
    unknown = [
        code
        for code in table.countries
        if code not in Locale("en").territories or code not in regions
    ]
    assert unknown == []


def test_numbers_are_digits_as_dialled_and_none_is_listed_twice(table):
    for code, numbers in table.countries.items():
        lines = [line for line in (numbers.urgent_line, numbers.crisis_line) if line]
        for number in (*numbers.emergency, *lines):
            assert number.isascii(), (code, number)
            assert number.isdigit(), (code, number)
        assert len(set(numbers.emergency)) == len(numbers.emergency), code
        assert all(len(number) <= 5 for number in numbers.emergency), code


def test_no_advice_or_crisis_line_doubles_as_an_emergency_number(table):
    doubled = {
        code
        for code, numbers in table.countries.items()
        if {numbers.urgent_line, numbers.crisis_line} & set(numbers.emergency)
    }
    assert doubled == set()


def test_libphonenumber_knows_every_emergency_number_but_those_explained(table):
    rejected = {
        (code, number)
        for code, numbers in table.countries.items()
        for number in numbers.emergency
        if not is_known_emergency_number(number, code)
    }
    assert rejected - set(UNLISTED) == set()


@pytest.mark.parametrize(("country", "number"), UNLISTED)
def test_each_exception_is_still_needed(table, country, number):
    assert number in table.countries[country].emergency
    assert not is_known_emergency_number(number, country)


def test_no_number_reaches_only_the_police(table):
    wrong = {
        (country, number)
        for country, police in POLICE_ONLY.items()
        for number in table.countries[country].emergency
        if number in police
    }
    assert wrong == set()


def test_112_is_among_the_numbers_of_every_eu_country(table):
    missing = [code for code in EU.split() if "112" not in table.countries[code].emergency]
    assert missing == []


@pytest.mark.parametrize(
    ("country", "ambulance"),
    [
        ("GB", "999"),
        ("DE", "112"),
        ("FR", "15"),
        ("US", "911"),
        ("AU", "000"),
        ("JP", "119"),
        ("CN", "120"),
        ("SG", "995"),
        ("NO", "113"),
        ("KR", "119"),
        ("ZA", "10177"),
    ],
)
def test_the_ambulance_comes_first(table, country, ambulance):
    assert table.for_country(country).emergency[0] == ambulance


def test_the_lines_that_the_texts_promise(table):
    assert table.for_country("GB").urgent_line == "111"
    assert table.for_country("GB").crisis_line == "116123"
    assert table.for_country("US").crisis_line == "988"


def test_an_unknown_country_falls_back_to_the_three_common_numbers(table):
    assert table.for_country(None) is None
    assert table.for_country("") is None
    assert table.for_country("ZZ") is None
    assert table.fallback == ("112", "911", "999")


def test_a_country_is_found_in_small_letters_too(table):
    assert table.for_country("gb") == table.for_country("GB")


def test_the_table_is_dated_and_nobody_has_signed_it_yet(table):
    assert table.dated.isoformat() == "2026-11-23"
    assert table.reviewed_by is None


def test_sources_exist_and_are_used(table):
    assert {numbers.source for numbers in table.countries.values()} == set(table.sources)


def test_only_a_row_with_a_source_of_the_country_or_the_eu_counts_as_verified(table):
    weak = {"general", "aosp"} | {name for name in table.sources if name.startswith("press-")}
    wrong = [code for code, row in table.countries.items() if row.verified and row.source in weak]
    assert wrong == []


def test_a_misspelt_key_is_an_error():
    loaded = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    loaded["countries"]["DE"]["ambulanz"] = "112"
    with pytest.raises(ValidationError, match="ambulanz"):
        TypeAdapter(EmergencyNumbers).validate_python(loaded)
