"""Countries as people type them, and their names in the runner's language."""

import pytest

from bot.places.countries import country_name, find_country, is_country


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GB", "GB"),
        ("gb", "GB"),
        ("UK", "GB"),
        ("u.k.", None),
        ("Britain", "GB"),
        ("England", "GB"),
        ("scotland", "GB"),
        ("USA", "US"),
        ("us", "US"),
        ("The States", "US"),
        ("United States of America", "US"),
        ("the Netherlands", "NL"),
        ("Holland", "NL"),
        ("Germany", "DE"),
        ("  germany  ", "DE"),
        ("Turkey", "TR"),
        ("türkiye", "TR"),
        ("Czech Republic", "CZ"),
        ("Côte d'Ivoire", "CI"),
        ("ivory coast", "CI"),
        ("South Korea", "KR"),
        ("Hong Kong", "HK"),
        ("Trinidad and Tobago", "TT"),
        ("Saint Lucia", "LC"),
        ("St. Lucia", "LC"),
        ("Myanmar", "MM"),
        ("🇩🇪", "DE"),
        ("🇬🇧", "GB"),
    ],
)
def test_a_country_is_read(text, code):
    assert find_country(text, "en") == code


@pytest.mark.parametrize(
    ("text", "locale", "code"),
    [
        ("Deutschland", "de", "DE"),
        ("Österreich", "de", "AT"),
        ("Oesterreich", "de", "AT"),
        ("Germany", "de", "DE"),
        ("España", "es", "ES"),
        ("espana", "es-MX", "ES"),
        ("Deutschland", "en", None),
    ],
)
def test_names_in_the_runners_language_work_beside_english(text, locale, code):
    assert find_country(text, locale) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("Germny", "DE"), ("Switzerlnad", "CH"), ("Nigerria", "NG"), ("Frnce", None)],
)
def test_one_slip_in_a_longer_name_is_forgiven(text, code):
    assert find_country(text, "en") == code


def test_a_slip_that_fits_two_countries_is_not_guessed():
    assert find_country("Gambia", "en") == "GM"
    assert find_country("Zambia", "en") == "ZM"
    assert find_country("Bambia", "en") is None


@pytest.mark.parametrize("text", ["no", "is", "it", "me", "in", "my", "so", "be", "at", "to"])
def test_a_small_word_is_not_taken_for_a_country_code(text):
    assert find_country(text, "en") is None
    assert find_country("NO", "en") == "NO"


@pytest.mark.parametrize(
    "text", ["", " ", "garbage", "XK", "EU", "ZZ", "🇪🇺", "🇩", "😀", "123", "<b>", "Narnia"]
)
def test_anything_else_is_no_country(text):
    assert find_country(text, "en") is None


def test_names_are_given_in_the_runners_language():
    assert country_name("GB", "en") == "United Kingdom"
    assert country_name("GB", "de") == "Vereinigtes Königreich"
    assert country_name("DE", "pt-BR") == "Alemanha"


def test_names_are_plain():
    assert country_name("HK", "en") == "Hong Kong"
    assert country_name("MM", "en") == "Myanmar"


@pytest.mark.parametrize("locale", ["xx", "", "not a locale", "e"])
def test_an_unknown_language_falls_back_to_english(locale):
    assert country_name("FR", locale) == "France"
    assert find_country("France", locale) == "FR"


def test_an_unknown_code_is_shown_as_it_is():
    assert country_name("ZZ", "en") == "ZZ"
    assert not is_country("ZZ")
    assert is_country("FR")
