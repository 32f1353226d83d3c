"""Finding a city by what a runner types: accents, prefixes, slips, "london uk", "Paris, TX".

City data: GeoNames (https://www.geonames.org), CC BY 4.0; see `bot.places.gazetteer`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import chain, islice
from threading import Lock
from typing import Final, NamedTuple

from bot.domain.place import Place
from bot.domain.runner import FALLBACK
from bot.places import countries, gazetteer
from bot.places.gazetteer import Gazetteer, Match, Nearby
from bot.places.regions import find_regions
from bot.places.spelling import distance, fold

LONGEST_QUERY: Final = 80
PREFIX_FROM_LENGTH: Final = 3
SLIP_FROM_LENGTH: Final = 5
TWO_SLIPS_FROM_LENGTH: Final = 9
KEPT_HITS: Final = 100
KEPT_PER_AREA: Final = 10
# A city counts as this much smaller under a name that is not its main one.
OTHER_NAME_DISCOUNT: Final = 8
# Old and foreign names of smaller cities are many and odd: they match last, and only in full.
LARGE: Final = 100_000


class _Grade(IntEnum):
    """How well a city fits what was typed, the best first."""

    EXACT = 0
    AREA = 1
    OTHER_NAME = 2
    PREFIX = 3
    OTHER_PREFIX = 4
    SLIP = 5
    TWO_SLIPS = 6


class _Area(NamedTuple):
    """A country, or one state or province in it."""

    country: str
    admin: str | None = None


class _Reading(NamedTuple):
    """One way to read the query: a folded name, within one of the areas of every group."""

    name: str
    groups: tuple[tuple[_Area, ...], ...] = ()


class Cities:
    """Cities of 15,000 people or more, searched offline.

    The first use reads the file, about a second of work; `load` does that ahead of time, from a
    thread. Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._gazetteer: Gazetteer | None = None

    def load(self) -> Gazetteer:
        """Read the file unless that is done."""
        with self._lock:
            if self._gazetteer is None:
                self._gazetteer = gazetteer.read()
            return self._gazetteer

    def find(self, query: str, limit: int = 6) -> tuple[Place, ...]:
        """Find cities by name, the best fitting and then the largest first; () for nothing.

        A country, state or province may follow the name, with or without a comma. Slips are
        looked for only when nothing is spelt that way.
        """
        table = self.load()
        readings = tuple(_readings(query[:LONGEST_QUERY]))
        areas = _areas(query[:LONGEST_QUERY])
        spelt = [
            _few(table, search(table, reading))
            for search in (_named, _also_named)
            for reading in readings
        ]
        ranked = _ranked(table, chain(*spelt, _largest(table, areas)))
        if not ranked:
            slipped = [_few(table, _slipped(table, reading)) for reading in readings]
            ranked = _ranked(table, chain(*slipped))
        places = dict.fromkeys(table.place(city) for city in ranked)
        return tuple(islice(places, limit))

    def nearest(self, latitude: float, longitude: float, zone: str) -> Nearby | None:
        """Find the nearest city that keeps this zone's time; None where no city does."""
        return self.load().nearest(latitude, longitude, zone)


class _Hit(NamedTuple):
    grade: _Grade
    reading: _Reading
    match: Match


def _readings(query: str) -> Iterator[_Reading]:
    """Read the query as a name alone first, then as a name and where it is."""
    head, *rest = (part.strip() for part in query.split(","))
    named = tuple(filter(None, (_areas(part) for part in rest)))
    words = fold(head).split()
    if not words:
        return
    yield _Reading(" ".join(words), named)
    for last in range(len(words) - 1, 0, -1):
        areas = _areas(" ".join(words[last:]))
        if areas:
            yield _Reading(" ".join(words[:last]), (*named, areas))


def _areas(text: str) -> tuple[_Area, ...]:
    regions = tuple(_Area(region.country, region.code) for region in find_regions(text))
    country = countries.find_country(text, FALLBACK)
    spans_country = country is not None and all(region.country != country for region in regions)
    return (*regions, _Area(country)) if country and spans_country else regions


def _named(table: Gazetteer, reading: _Reading) -> Iterator[_Hit]:
    """Cities of that name, then cities whose main name starts so."""
    for match in table.exact(reading.name):
        is_plain = match.is_main or _is_large(table, match)
        yield _Hit(_Grade.EXACT if is_plain else _Grade.OTHER_NAME, reading, match)
    if _is_long_enough(reading):
        for match in table.mainly_starting(reading.name):
            yield _Hit(_Grade.PREFIX, reading, match)


def _also_named(table: Gazetteer, reading: _Reading) -> Iterator[_Hit]:
    """Large cities with another name that starts so."""
    if _is_long_enough(reading):
        for match in table.starting(reading.name):
            if _is_large(table, match):
                yield _Hit(_Grade.OTHER_PREFIX, reading, match)


def _largest(table: Gazetteer, areas: tuple[_Area, ...]) -> Iterator[_Hit]:
    """Cities of a country or state that was typed alone, the largest first."""
    for country, admin in areas:
        for city in islice(table.within(country, admin), KEPT_PER_AREA):
            yield _Hit(_Grade.AREA, _Reading(""), Match(city, is_main=True, name=""))


def _slipped(table: Gazetteer, reading: _Reading) -> Iterator[_Hit]:
    """Names a slip or two away that start with the same letter.

    A name with one slip keeps its first or its last half (cut at two places, because swapping
    two letters may straddle a cut); with two it keeps a third. So the block is searched for those
    pieces and only the names around them are measured.
    """
    name = reading.name
    if len(name) < SLIP_FROM_LENGTH:
        return
    limit = 2 if len(name) >= TWO_SLIPS_FROM_LENGTH else 1
    for match in _candidates(table, name, limit):
        if match.name.startswith(name[0]) and (match.is_main or _is_large(table, match)):
            slips = distance(name, match.name, limit)
            if 0 < slips <= limit:
                grade = _Grade.SLIP if slips == 1 else _Grade.TWO_SLIPS
                yield _Hit(grade, reading, match)


def _candidates(table: Gazetteer, name: str, limit: int) -> Iterable[Match]:
    length = len(name)
    if limit == 1:
        cuts = (length // 2, length // 2 + 1)
        starts = (table.starting(name[:cut]) for cut in cuts)
        ends = (table.ending(name[cut:]) for cut in cuts)
        return chain(*starts, *ends)
    third = length // 3
    return chain(
        table.starting(name[:third]),
        table.containing(name[third:-third]),
        table.ending(name[-third:]),
    )


def _few(table: Gazetteer, hits: Iterator[_Hit]) -> Iterator[_Hit]:
    """Enough hits in the areas asked for; the block is in order of size, so the large ones."""
    return islice((hit for hit in hits if _is_within(table, hit)), KEPT_HITS)


def _is_long_enough(reading: _Reading) -> bool:
    """Whether a beginning says enough; one Chinese character does, it has three bytes."""
    return len(reading.name.encode()) >= PREFIX_FROM_LENGTH


def _is_large(table: Gazetteer, match: Match) -> bool:
    return table.populations[match.city] >= LARGE


def _is_within(table: Gazetteer, hit: _Hit) -> bool:
    city = hit.match.city
    return all(
        any(
            area.country == table.country(city) and area.admin in {None, table.admin(city)}
            for area in group
        )
        for group in hit.reading.groups
    )


def _ranked(table: Gazetteer, hits: Iterable[_Hit]) -> list[int]:
    """Order the cities hit: grade, then reading, then how large a city goes by that name."""
    best: dict[int, tuple[int, int, float]] = {}
    for grade, reading, match in hits:
        weight = table.populations[match.city] / (1 if match.is_main else OTHER_NAME_DISCOUNT)
        key = (int(grade), len(reading.groups), -weight)
        best[match.city] = min(key, best.get(match.city, key))
    is_named = any(key[0] == _Grade.EXACT for key in best.values())
    worst = _Grade.PREFIX if is_named else _Grade.TWO_SLIPS
    return sorted((city for city in best if best[city][0] <= worst), key=best.__getitem__)
