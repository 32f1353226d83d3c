"""The chat across restarts: one JSON file, replaced whole, and a folder of media beside it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from bot.sandbox.errors import Json

VERSION = 1
SAVE_AFTER = 0.5


class StoreUnreadable(ValueError):
    """The sandbox's store cannot be read: not ours, damaged, or from a later version."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is no chat this version can read; move it away to start anew")
        self.path = path


class Store:
    """Where the sandbox's state lives on disk."""

    def __init__(self, path: Path, snapshot: Callable[[], Json]) -> None:
        self._path = path
        self._snapshot = snapshot
        self._timer: asyncio.TimerHandle | None = None
        self._saved = ""

    def load(self) -> Json | None:
        """What was saved last, None for a first start."""
        if not self._path.exists():
            return None
        try:
            row = json.loads(self._path.read_text("utf-8"))
            if row["version"] != VERSION:
                raise StoreUnreadable(self._path)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreUnreadable(self._path) from error
        state: Json = row["state"]
        return state

    def soon(self) -> None:
        """Save in a moment, together with whatever else changes until then."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(SAVE_AFTER, self.save)

    def save(self) -> None:
        """Save now, if anything is different; a crash leaves the old file or the new one."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        text = json.dumps({"version": VERSION, "state": self._snapshot()}, ensure_ascii=False)
        if text == self._saved:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.new")
        draft.write_text(text, "utf-8")
        draft.replace(self._path)
        self._saved = text


def media_folder(path: Path) -> Path:
    """The folder for a store's media: sandbox.json has sandbox-media."""
    return path.with_name(f"{path.stem}-media")
