"""Trouble with reaching Telegram: when to try again, and one log line for each kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from telegram.error import BadRequest, Conflict, RetryAfter

from bot.telegram.outcomes import retry_after

Sleep = Callable[[float], Awaitable[object]]

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class BadToken(Exception):
    """Telegram does not accept the bot token."""


@dataclass(slots=True)
class Backoff:
    """Seconds to wait before the next try, doubling up to a limit."""

    first: float
    limit: float
    tries: int = 0

    def next(self) -> float:
        """Give the wait, which grows with every call."""
        self.tries += 1
        return min(self.limit, self.first * 2.0 ** min(self.tries - 1, 16))


class Outage:
    """Knows for how long and for what reason Telegram has not answered."""

    def __init__(self) -> None:
        self._backoff = Backoff(first=1, limit=30)
        self._reported: set[str] = set()

    def wait(self, error: Exception) -> float:
        """Note one more failure; gives the seconds until the next try."""
        event, hint = "telegram.unreachable", "trying again until it answers"
        if isinstance(error, Conflict):
            event, hint = "polling.conflict", "another process uses this token; stop one"
        elif isinstance(error, BadRequest):
            # What it says is about a setting of ours: the address of a webhook, mostly.
            event, hint = "telegram.refuses", f"Telegram says: {error.message}"
        if event not in self._reported:
            self._reported.add(event)
            _log.warning(event, error=error, hint=hint)
        asked = retry_after(error).total_seconds() if isinstance(error, RetryAfter) else 0
        return max(asked, self._backoff.next())

    def over(self) -> None:
        """Note that Telegram answered."""
        if self._reported:
            _log.info("telegram.reachable_again")
            self._reported.clear()
        self._backoff.tries = 0
