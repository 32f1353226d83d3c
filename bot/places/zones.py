"""Time zones: of a position, by name, and a short list for who would rather tap.

Positions come from `tzfpy` (MIT; boundaries by timezone-boundary-builder, ODbL), chosen over
`timezonefinder` for its size; the figures are in docs/decisions.
"""

from functools import lru_cache
from importlib.resources import files
from typing import Final

import tzfpy
from babel.core import get_global

from bot.domain.place import Place
from bot.places.cities import Cities

# Further from any city than this, the city's name would mislead; the zone's own is used.
CITY_NAME_WITHIN_KM: Final = 60.0
_AT_SEA: Final = "Etc/"


def at(latitude: float, longitude: float, cities: Cities) -> Place | None:
    """Find the zone of a position in degrees, with the nearest city's name and country.

    None at sea and for an impossible position. The country is a guess to be confirmed: that of
    the nearest city which keeps the same time, else the zone's own, else "".
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 - degrees
        return None
    zone = canonical(tzfpy.get_tz(longitude, latitude))
    if zone is None or zone.startswith(_AT_SEA):
        return None
    nearby = cities.nearest(latitude, longitude, zone)
    if nearby is None:
        return Place(_exemplar(zone), "", _country_of(zone), zone)
    if nearby.kilometres > CITY_NAME_WITHIN_KM:
        return Place(_exemplar(zone), "", nearby.place.country, zone)
    return nearby.place


def canonical(name: str) -> str | None:
    """Give a zone's present IANA name in its own spelling; None if `zoneinfo` knows no such zone.

    A name that is still a place's own (Europe/Oslo) stays; a retired one (Asia/Calcutta) becomes
    its successor. Abbreviations (EST) are no zones: they have no summer time.
    """
    known = _known().get(name.strip().replace(" ", "_").casefold())
    if known is None or known in _of_places():
        return known
    return _successors().get(known, known)


def short_list() -> tuple[Place, ...]:
    """A dozen well-known cities round the world, from west to east."""
    return (
        Place("Los Angeles", "California", "US", "America/Los_Angeles"),
        Place("Denver", "Colorado", "US", "America/Denver"),
        Place("Chicago", "Illinois", "US", "America/Chicago"),
        Place("New York City", "New York", "US", "America/New_York"),
        Place("São Paulo", "", "BR", "America/Sao_Paulo"),
        Place("London", "England", "GB", "Europe/London"),
        Place("Berlin", "", "DE", "Europe/Berlin"),
        Place("Nairobi", "", "KE", "Africa/Nairobi"),
        Place("Mumbai", "", "IN", "Asia/Kolkata"),
        Place("Singapore", "", "SG", "Asia/Singapore"),
        Place("Tokyo", "", "JP", "Asia/Tokyo"),
        Place("Sydney", "New South Wales", "AU", "Australia/Sydney"),
    )


def _exemplar(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _country_of(zone: str) -> str:
    territory: str = get_global("zone_territories").get(zone, "")
    return territory if territory != "001" else ""


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Names in the `tzdata` package, which `zoneinfo` falls back to, so that hosts agree."""
    names = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
    return {name.casefold(): name for name in names if "/" in name}


@lru_cache(maxsize=1)
def _of_places() -> frozenset[str]:
    """Zones that the tz database lists for a country today."""
    return frozenset(row.split("\t")[2] for row in _rows("zone.tab"))


@lru_cache(maxsize=1)
def _successors() -> dict[str, str]:
    links = (row.split() for row in _rows("tzdata.zi") if row.startswith("L "))
    return {retired: present for _, present, retired in links}


def _rows(name: str) -> list[str]:
    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [row for row in text.splitlines() if not row.startswith("#")]
