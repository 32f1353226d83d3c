"""Countries by code and by what people call them, in the runner's language.

Names come from Unicode's CLDR through Babel; the everyday ones CLDR does not list are ours.
"""

from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError

from bot.domain.runner import FALLBACK
from bot.places.spelling import distance, fold

SLIP_FROM_LENGTH: Final = 6

# CLDR's two-letter codes for things that are not ISO 3166-1 countries.
_NO_COUNTRY: Final = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ")
)
_CODE_LENGTH: Final = 2

# Codes that are also words; small letters do not mean a country.
_WORDS: Final = frozenset(
    ("am", "as", "at", "be", "by", "do", "in", "is", "it", "me", "my", "no", "so", "to")
)
_UNHEARD: Final = frozenset({"and", "the", "of", "und", "et"})

_EVERYDAY: Final = {
    "america": "US",
    "bosnia": "BA",
    "brasil": "BR",
    "britain": "GB",
    "burma": "MM",
    "cape verde": "CV",
    "congo": "CD",
    "cote divoire": "CI",
    "czech republic": "CZ",
    "drc": "CD",
    "east timor": "TL",
    "eire": "IE",
    "emirates": "AE",
    "england": "GB",
    "gb": "GB",
    "gbr": "GB",
    "great britain": "GB",
    "holland": "NL",
    "hong kong": "HK",
    "ivory coast": "CI",
    "korea": "KR",
    "ksa": "SA",
    "macao": "MO",
    "macau": "MO",
    "macedonia": "MK",
    "northern ireland": "GB",
    "palestine": "PS",
    "prc": "CN",
    "republic ireland": "IE",
    "rsa": "ZA",
    "russian federation": "RU",
    "scotland": "GB",
    "states": "US",
    "swaziland": "SZ",
    "syria": "SY",
    "trinidad": "TT",
    "turkey": "TR",
    "uae": "AE",
    "uk": "GB",
    "united states america": "US",
    "us": "US",
    "usa": "US",
    "vatican": "VA",
    "wales": "GB",
}


def is_country(code: str) -> bool:
    """Whether this is an ISO 3166-1 alpha-2 code, in capitals."""
    return code in _names(FALLBACK)


def country_name(code: str, locale: str) -> str:
    """Name a country in a language; in English, or as the code, where there is no better."""
    return _names(locale).get(code) or _names(FALLBACK).get(code, code)


def find_country(text: str, locale: str) -> str | None:
    """Read a typed country, a code or a flag as its alpha-2 code.

    One slip is forgiven in a longer name if only one country is that close.
    """
    code = _from_flag(text) or text.strip()
    if code not in _WORDS and is_country(code.upper()):
        return code.upper()
    wanted = _spoken(text)
    known = {**_by_name(FALLBACK), **_by_name(locale), **_EVERYDAY}
    return known.get(wanted) or _one_slip_away(wanted, known)


def _from_flag(text: str) -> str:
    letters = [ord(character) - 0x1F1E6 for character in text.strip()]
    if len(letters) != _CODE_LENGTH or not all(letter in range(26) for letter in letters):
        return ""
    return "".join(chr(ord("A") + letter) for letter in letters)


def _one_slip_away(wanted: str, known: dict[str, str]) -> str | None:
    if len(wanted) < SLIP_FROM_LENGTH:
        return None
    close = {code for name, code in known.items() if distance(wanted, name, 1) <= 1}
    return close.pop() if len(close) == 1 else None


@lru_cache(maxsize=8)
def _names(locale: str) -> dict[str, str]:
    try:
        territories = Locale.parse(locale.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        code: _plain(name)
        for code, name in territories.items()
        if len(code) == _CODE_LENGTH and code.isalpha() and code not in _NO_COUNTRY
    }


@lru_cache(maxsize=8)
def _by_name(locale: str) -> dict[str, str]:
    return {_spoken(name): code for code, name in _names(locale).items()}


def _spoken(name: str) -> str:
    words = ("st" if word == "saint" else word for word in fold(name).split())
    return " ".join(word for word in words if word not in _UNHEARD)


def _plain(name: str) -> str:
    """Drop what CLDR adds for diplomats: "Hong Kong SAR China", "Myanmar (Burma)"."""
    return name.split(" SAR ", 1)[0].split(" (", 1)[0]
