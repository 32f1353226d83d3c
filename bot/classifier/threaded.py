"""Reading in a thread of its own, so that no text and no language holds up the other chats."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

import structlog

from bot.domain.runner import FALLBACK
from bot.reading.findings import Reading
from bot.reading.readers import Readers

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class ThreadedReaders:
    """The readers of all languages. Each takes up to seconds to make ready, once."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._ready: set[str] = set()

    async def __call__(self, text: str, locale: str) -> Reading:
        """Read a text for signs; never raises, whatever it is."""
        return await asyncio.to_thread(self._readers, text, locale)

    async def ready(self, locales: Iterable[str]) -> None:
        """Make these languages ready, and English; those without a lexicon are passed over."""
        for locale in dict.fromkeys((FALLBACK, *locales)):
            if locale in self._readers.grammars and locale not in self._ready:
                began = time.monotonic()
                await asyncio.to_thread(self._readers.of, locale)
                self._ready.add(locale)
                _log.info(
                    "reader.ready", locale=locale, seconds=round(time.monotonic() - began, 2)
                )

    async def ready_all(self) -> None:
        """Make every language ready: whatever a runner's own, a text may come in any of them."""
        await self.ready(self._readers.grammars)
