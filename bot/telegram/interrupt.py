"""Waiting that can be cut short: for a stop, or because what was waited for has happened."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


class Interruptible:
    """Runs awaitables that `wake` can end early; after `close` they end at once."""

    def __init__(self) -> None:
        self._scopes: set[asyncio.Timeout] = set()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    async def run(self, work: Awaitable[T]) -> T | None:
        """Give the awaitable's result, or None if it was cut short (by cancelling it)."""
        # A scope without a deadline: `wake` sets the deadline to now.
        scope = asyncio.timeout(None)
        try:
            async with scope:
                self._scopes.add(scope)
                if self._closed:
                    self.wake()
                return await work
        except TimeoutError:
            if not scope.expired():
                raise
            return None
        finally:
            self._scopes.discard(scope)

    def wake(self) -> None:
        """Cut short what is running now."""
        now = asyncio.get_running_loop().time()
        for scope in self._scopes:
            if not scope.expired():
                scope.reschedule(now)

    def close(self) -> None:
        """Cut short what is running, and everything that is started later."""
        self._closed = True
        self.wake()
