"""The one door to places for the rest of the bot; keeps the look-ups off the event loop."""

import asyncio

from bot.domain.place import Place
from bot.domain.runner import FALLBACK
from bot.places import countries, zones
from bot.places.cities import Cities


class Atlas:
    """Cities, zones and countries, offline. Implements the `Places` port."""

    def __init__(self, cities: Cities | None = None) -> None:
        self._cities = cities or Cities()

    async def load(self) -> None:
        """Read the city file ahead of the first question."""
        await asyncio.to_thread(self._cities.load)

    async def find(self, query: str) -> tuple[Place, ...]:
        """Find up to six cities by a typed name, the best match first; () for nothing."""
        return await asyncio.to_thread(self._cities.find, query)

    async def at(self, latitude: float, longitude: float) -> Place | None:
        """Find the zone and the nearest city of a position; None at sea or for nonsense."""
        return await asyncio.to_thread(zones.at, latitude, longitude, self._cities)

    def short_list(self) -> tuple[Place, ...]:
        """Give a dozen well-known cities, for who would rather tap than type."""
        return zones.short_list()

    def country(self, text: str, locale: str = FALLBACK) -> str | None:
        """Read a typed country as its ISO 3166 alpha-2 code, None if it is none."""
        return countries.find_country(text, locale)

    def country_name(self, code: str, locale: str) -> str:
        """Name a country in the runner's language."""
        return countries.country_name(code, locale)
