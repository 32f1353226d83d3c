"""Everything drawn that goes out as a file: the movements and the map of the back.

Animations come ready-made with the content. A still takes a fraction of a second to draw, so it
is drawn once, in a thread: nobody waits for somebody else's picture.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import structlog

from bot.domain.movements import Movement
from bot.pictures import back_map
from bot.pictures.movements import render_still

MADE: Final = "made.json"

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Animation:
    """A movement as MP4: its bytes, its size in pixels, its length in seconds."""

    content: bytes
    width: int
    height: int
    seconds: float


class Gallery:
    """Pictures by movement id, and the map; `animations` as read by `read_animations`."""

    def __init__(
        self, movements: Mapping[str, Movement], animations: Mapping[str, Animation]
    ) -> None:
        self._movements = movements
        self._animations = animations
        self._drawn: dict[str, bytes] = {}

    def animation(self, movement_id: str) -> Animation | None:
        """Give the loop; None where there is none, or an old one, and the still has to do."""
        return self._animations.get(movement_id)

    def still(self, name: str) -> bytes:
        """Give a picture as PNG, drawing it on the spot if `ready` was not awaited before."""
        if name not in self._drawn:
            self._drawn[name] = self._drawing(name)()
        return self._drawn[name]

    async def ready(self, name: str) -> None:
        """Draw a still ahead, off the event loop."""
        if name not in self._drawn:
            await asyncio.to_thread(self.still, name)

    def _drawing(self, name: str) -> Callable[[], bytes]:
        if name == back_map.NAME:
            return back_map.render_map
        return lambda: render_still(self._movements[name])


def read_animations(folder: Path) -> dict[str, Animation]:
    """Read the loops beside the movements' files.

    One that was made from another state of its file is left out: a wrong movement must not be
    shown.
    """
    made = json.loads((folder / MADE).read_bytes()) if (folder / MADE).exists() else {}
    found: dict[str, Animation] = {}
    for name, about in made.items():
        source, film = folder / f"{name}.yaml", folder / f"{name}.mp4"
        if not (source.exists() and film.exists()) or about["from"] != digest_of(source):
            _log.warning("animation.left_out", movement=name)
            continue
        size = about["width"], about["height"]
        found[name] = Animation(film.read_bytes(), *size, about["seconds"])
    return found


def digest_of(source: Path) -> str:
    """Tell one state of a movement's file from any other, however its lines end."""
    return sha256(source.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
