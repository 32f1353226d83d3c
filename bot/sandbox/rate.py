"""Flood limits as Telegram hints at them: one message a second per chat, thirty overall.

Source: Telegram's support FAQ on hitting limits; the exact figures are not published.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many_requests


@dataclass(frozen=True)
class Limits:
    """Messages per second, per chat (with a burst) and overall; None switches a limit off."""

    per_chat: float | None = 1.0
    burst: int = 5
    overall: float | None = 30.0


NO_LIMITS = Limits(per_chat=None, overall=None)


class _Bucket:
    # The instant at which the bucket would be full again says all there is to know about it.
    def __init__(self, rate: float, burst: int) -> None:
        self._interval = 1 / rate
        self._slack = (burst - 1) * self._interval
        self._full_at = 0.0

    def wait(self, now: float) -> float:
        return self._full_at - now - self._slack

    def take(self, now: float) -> None:
        self._full_at = max(self._full_at, now) + self._interval


class Rate:
    """The buckets; `monotonic` is real seconds, so a moved clock lifts no limit."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._chats: dict[int, _Bucket] = {}
        self._overall = (
            _Bucket(limits.overall, math.ceil(limits.overall)) if limits.overall else None
        )

    def take(self, chat_id: int) -> None:
        """Count one message into that chat, or refuse with 429; a refused one is not counted."""
        now = self._monotonic()
        buckets = [bucket for bucket in (self._chat(chat_id), self._overall) if bucket]
        # A bucket of floats may be a hair short of full: a nanosecond is no reason to refuse.
        wait = max((bucket.wait(now) for bucket in buckets), default=0.0)
        if wait > 1e-9:  # noqa: PLR2004 - explained above
            raise too_many_requests(math.ceil(wait))
        for bucket in buckets:
            bucket.take(now)

    def _chat(self, chat_id: int) -> _Bucket | None:
        if not self._limits.per_chat:
            return None
        if chat_id not in self._chats:
            self._chats[chat_id] = _Bucket(self._limits.per_chat, self._limits.burst)
        return self._chats[chat_id]
