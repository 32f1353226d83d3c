"""Movement pictures, drawn once each and kept: a still takes a fraction of a second to draw."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.domain.movements import Movement
from bot.pictures.movements import render_still


class Gallery:
    """Pictures by movement id, drawn in a thread: nobody waits for somebody else's picture."""

    def __init__(self, movements: Mapping[str, Movement]) -> None:
        self._movements = movements
        self._drawn: dict[str, bytes] = {}

    def __call__(self, movement_id: str) -> bytes:
        """Give a picture, drawing it on the spot if `ready` was not awaited before."""
        if movement_id not in self._drawn:
            self._drawn[movement_id] = render_still(self._movements[movement_id])
        return self._drawn[movement_id]

    async def ready(self, movement_id: str) -> None:
        """Draw a picture ahead, off the event loop."""
        if movement_id not in self._drawn:
            await asyncio.to_thread(self, movement_id)
