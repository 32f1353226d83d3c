"""Updates of one chat in order, of different chats side by side."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

import telegram
from telegram.ext import BaseUpdateProcessor

AT_ONCE: Final = 8
"""How many chats are served at the same time.

Enough for three times the send rate at the pace Telegram answers. More are served no sooner:
where the processor or the database is what is short, each takes as long as all of them together.
"""

_QUEUED: Final = 10_000


def chat_key(update: object) -> int | None:
    """Give what orders an update: its chat, else its user, else nothing."""
    if not isinstance(update, telegram.Update):
        return None
    whose = update.effective_chat or update.effective_user
    return whose.id if whose else None


_HELD: Final[ContextVar[asyncio.Semaphore | None]] = ContextVar("held", default=None)
"""Whose place the update at work holds; it stays with the update's own task."""


@asynccontextmanager
async def aside() -> AsyncIterator[None]:
    """Give the place to another chat for as long as this one only waits; its turn is kept.

    Without it, as many chats as there are places could wait for something slow, and whoever
    taps for help would wait with them. Does nothing where no update is at work.
    """
    places = _HELD.get()
    if places is None:
        yield
        return
    places.release()
    try:
        yield
    finally:
        await places.acquire()


class Unhurried:
    """Lets in one at a time to work that may wait, and takes nobody's place meanwhile.

    Fifty records gathered side by side would stand in the database's queue before a tap for help.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[None]:
        """Wait for the turn and keep it."""
        async with aside(), self._turn:
            yield


@dataclass(slots=True)
class _Lane:
    """One chat's turn, and how many updates hold or want it."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class ChatOrder(BaseUpdateProcessor):
    """Serves `at_once` chats side by side; within a chat, updates wait for each other.

    The base class counts updates before their chat's turn, so that one chat with many waiting
    updates would use up all places. Its limit is therefore out of reach, and the real one is
    taken after the turn. A lane goes with its last update.
    """

    __slots__ = ("_lanes", "_places")

    def __init__(self, at_once: int = AT_ONCE) -> None:
        super().__init__(max_concurrent_updates=_QUEUED)
        self._lanes: dict[int, _Lane] = {}
        self._places = asyncio.Semaphore(at_once)

    @property
    def lanes(self) -> int:
        """How many chats have an update under way or waiting."""
        return len(self._lanes)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the update's coroutine when it is its chat's turn."""
        try:
            await self._in_turn(chat_key(update), coroutine)
        finally:
            # Cancelled while it waited: a coroutine that never ran warns when it is collected.
            if inspect.iscoroutine(coroutine):
                coroutine.close()

    async def _in_turn(self, key: int | None, work: Awaitable[Any]) -> None:
        if key is None:
            async with self._place():
                await work
            return
        lane = self._lanes.setdefault(key, _Lane())
        lane.users += 1
        try:
            async with lane.turn, self._place():
                await work
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[key]

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        async with self._places:
            held = _HELD.set(self._places)
            try:
                yield
            finally:
                _HELD.reset(held)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""
