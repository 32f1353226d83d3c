"""The send budget: how fast Telegram lets a bot talk, in all and to one chat.

Telegram does not publish exact limits; about one message a second per chat with short bursts and
thirty a second in all are what its documentation and support say. Staying below is cheaper than
being told: a 429 costs seconds, and repeated ones get a bot banned for a while.

A 429 does not say whether the chat or the whole bot is meant. One chat's limit is by far the
easier to reach, and stopping everybody for it would hold up other people's escalations, so a 429
holds back its own chat. When a second chat is refused while the first is still held, the limit
is the bot's, and everything waits.

Several replicas share one limit: each has its own queue, and whoever is first in it books its turn
with all the others (`SendRate`). Without an answer from there, which comes within a second, each
goes on at its own pace: a database that is away must not hold back an escalation.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.services.ports import SendRate, StorageUnavailable

CHAT_BURST: Final = 3
CHAT_INTERVAL: Final = 1.0
"""Seconds between messages to one chat once its burst is used up."""

AHEAD: Final = timedelta(seconds=0.5)
URGENT_AHEAD: Final = timedelta(seconds=3)
"""How far ahead a turn may be booked with the other replicas."""

_FORGET_AFTER: Final = 256
_NOW: Final = 0.001
"""A turn due this soon, in seconds, is due: floating-point clocks never hit it exactly."""


@dataclass(slots=True)
class _Bucket:
    """A leaky bucket that keeps one number: when it would be empty (GCRA)."""

    interval: float
    burst: int
    empty_at: float = 0.0

    def delay(self, now: float, ahead: int = 0) -> float:
        """Seconds until one more fits, after `ahead` others have gone."""
        start = max(self.empty_at, now) + ahead * self.interval
        return max(0.0, start - (self.burst - 1) * self.interval - now)

    def take(self, now: float) -> None:
        self.empty_at = max(self.empty_at, now) + self.interval


@dataclass(slots=True)
class _Chat:
    """What is known about one chat; forgotten once it has been quiet."""

    bucket: _Bucket = field(default_factory=lambda: _Bucket(CHAT_INTERVAL, CHAT_BURST))
    held_until: float = 0.0

    def is_idle(self, now: float) -> bool:
        return self.held_until <= now and self.bucket.empty_at <= now


@dataclass(frozen=True, slots=True)
class _Ticket:
    """One message waiting for its turn: urgent ones first, then the order of arrival."""

    chat_id: int
    rank: tuple[bool, int]
    is_edit: bool

    @property
    def is_urgent(self) -> bool:
        return not self.rank[0]


class SendBudget:
    """Lets messages through at `rate` per second in all and about one per second and chat.

    Edits count for the whole but not for the chat: Telegram counts them more leniently, and a
    runner who answers quickly must not wait. `monotonic` and `sleep` are in seconds.
    """

    def __init__(
        self,
        rate: int,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        shared: SendRate | None = None,
    ) -> None:
        self._shared = shared
        # With a burst of a fifth, the default 25 never exceeds Telegram's 30 within a second.
        self._all = _Bucket(1 / rate, max(1, rate // 5))
        self._monotonic = monotonic
        self._sleep = sleep
        self._chats: dict[int, _Chat] = {}
        self._waiting: list[_Ticket] = []
        self._arrivals = 0
        self._all_held_until = 0.0

    async def take(
        self,
        chat_id: int,
        *,
        urgent: bool = False,
        is_edit: bool = False,
        patience: timedelta,
    ) -> timedelta | None:
        """Wait for a turn; gives None with the turn, or the wait if that exceeds `patience`."""
        deadline = self._monotonic() + patience.total_seconds()
        self._arrivals += 1
        ticket = _Ticket(chat_id, (not urgent, self._arrivals), is_edit)
        self._waiting.append(ticket)
        try:
            while (delay := await self._until_turn(ticket)) > _NOW:
                if self._monotonic() + delay > deadline:
                    return timedelta(seconds=delay)
                await self._sleep(delay)
            self._spend(ticket)
        finally:
            self._waiting.remove(ticket)
        return None

    async def slow_down(self, chat_id: int, wait: timedelta) -> None:
        """Note a 429, here and for all replicas."""
        self.hold(chat_id, wait)
        if self._shared is not None:
            with suppress(StorageUnavailable):
                await self._shared.hold(chat_id, wait)

    def hold(self, chat_id: int, wait: timedelta) -> None:
        """Note a 429: nothing goes to this chat before `wait` is over, or to any; see above."""
        now = self._monotonic()
        until = now + wait.total_seconds()
        if any(one.held_until > now for key, one in self._chats.items() if key != chat_id):
            self._all_held_until = max(self._all_held_until, until)
        chat = self._chat(chat_id)
        chat.held_until = max(chat.held_until, until)

    def is_held(self, chat_id: int) -> bool:
        """Whether a 429 is in force for this chat."""
        chat = self._chats.get(chat_id)
        until = max(self._all_held_until, chat.held_until if chat else 0.0)
        return until > self._monotonic()

    @property
    def remembered(self) -> int:
        """How many chats are kept in memory."""
        return len(self._chats)

    def _chat(self, chat_id: int) -> _Chat:
        if len(self._chats) >= _FORGET_AFTER and chat_id not in self._chats:
            now = self._monotonic()
            self._chats = {key: one for key, one in self._chats.items() if not one.is_idle(now)}
        return self._chats.setdefault(chat_id, _Chat())

    async def _until_turn(self, ticket: _Ticket) -> float:
        """Seconds to wait before asking again; none once it is this one's turn everywhere."""
        delay = self._delay(ticket)
        if delay > _NOW or self._shared is None:
            return delay
        # Few are booked ahead, so that what is urgent finds a turn soon on any replica.
        within = URGENT_AHEAD if ticket.is_urgent else AHEAD
        try:
            wait = await self._shared.reserve(ticket.chat_id, within)
        except StorageUnavailable:
            return delay
        if wait > within:
            return wait.total_seconds()
        await self._sleep(wait.total_seconds())
        return 0.0

    def _delay(self, ticket: _Ticket) -> float:
        now = self._monotonic()
        before = [other for other in self._waiting if other.rank < ticket.rank]
        same_chat = sum(one.chat_id == ticket.chat_id and not one.is_edit for one in before)
        own = self._chat_delay(ticket, now, same_chat)
        # Whoever came first but has to wait longer for its own chat does not use up a turn.
        ahead = sum(self._chat_delay(other, now) <= own for other in before)
        return max(own, self._all.delay(now, ahead))

    def _chat_delay(self, ticket: _Ticket, now: float, ahead: int = 0) -> float:
        chat = self._chats.get(ticket.chat_id)
        held = max(self._all_held_until, chat.held_until if chat else 0.0) - now
        if chat is None or ticket.is_edit:
            return max(0.0, held)
        return max(0.0, held, chat.bucket.delay(now, ahead))

    def _spend(self, ticket: _Ticket) -> None:
        now = self._monotonic()
        self._all.take(now)
        chat = self._chat(ticket.chat_id)
        if not ticket.is_edit:
            chat.bucket.take(now)
