"""Looking up whom to call."""

from datetime import date

import pytest

from bot.domain.emergency_numbers import CountryNumbers, EmergencyNumbers

GERMANY = CountryNumbers("112", ("110",), "116117", None, "eu", verified=True)
NUMBERS = EmergencyNumbers(date(2026, 11, 1), None, ("112", "911"), {}, {"DE": GERMANY})


@pytest.mark.parametrize("code", ["DE", "de"])
def test_a_country_is_found_by_its_code(code):
    assert NUMBERS.for_country(code) is GERMANY


@pytest.mark.parametrize("code", [None, "", "XX", "Germany"])
def test_an_unknown_country_has_no_numbers(code):
    """The caller then names the numbers that work widely."""
    assert NUMBERS.for_country(code) is None


def test_the_ambulance_comes_first():
    assert GERMANY.emergency == ("112", "110")
