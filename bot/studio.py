"""History pictures and pages for a doctor, drawn one at a time in a thread of their own.

However many runners ask at once, one core at most is busy drawing, the event loop goes on, and
whoever waits for a picture takes nobody's place. Measured in docs/decisions/0012.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TypeVar, TypeVarTuple

from bot.pictures.history import draw_history
from bot.telegram.ordering import aside
from bot.telegram.screen import Attachment, Screen

FILENAME = "history.png"

Drawn = TypeVar("Drawn")
Needed = TypeVarTuple("Needed")


class Studio:
    """Draws what takes long; `close` lets go of the thread."""

    def __init__(self) -> None:
        self._desk = ThreadPoolExecutor(1, thread_name_prefix="studio")

    async def draws(self, work: Callable[[*Needed], Drawn], *needed: *Needed) -> Drawn:
        """Do `work` with what it needs once it is its turn; gives what comes out of it."""
        loop = asyncio.get_running_loop()
        async with aside():
            return await loop.run_in_executor(self._desk, work, *needed)

    async def finished(self, screen: Screen) -> Screen:
        """Give the screen with its sketch drawn; one without a sketch as it is."""
        if screen.sketch is None:
            return screen
        drawn = await self.draws(draw_history, screen.sketch)
        return replace(screen, sketch=None, attachment=Attachment(drawn, FILENAME, "photo"))

    def close(self) -> None:
        """Draw nothing more; what waits is dropped."""
        self._desk.shutdown(wait=False, cancel_futures=True)


@asynccontextmanager
async def an_open_studio() -> AsyncIterator[Studio]:
    """Open a studio for as long as a bot runs."""
    studio = Studio()
    try:
        yield studio
    finally:
        studio.close()
