"""Long polling that acknowledges an update only after it was processed.

python-telegram-bot's own poller acknowledges a batch as soon as it has fetched it, so that a
crash loses what runners wrote. Telegram keeps an update for 24 hours until it is acknowledged
and sends at most 100 unacknowledged ones: behind an update that has to wait, that many of other
chats are still served.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

import structlog
import telegram
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram.client import Client
from bot.telegram.dispatch import Done, Handled, Held, Raised, is_outage
from bot.telegram.interrupt import Interruptible
from bot.telegram.ledger import Ledger
from bot.telegram.ordering import chat_key
from bot.telegram.outcomes import retry_after
from bot.telegram.raw import RawUpdate, parse, update_id

Handle = Callable[[telegram.Update], Awaitable[Handled]]
Bury = Callable[[telegram.Update, Exception], Awaitable[object]]
Sleep = Callable[[float], Awaitable[object]]

TRIES: Final = 3
LONG_POLL: Final = timedelta(seconds=30)
STOP_WITHIN: Final = timedelta(seconds=10)

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class BadToken(Exception):
    """Telegram does not accept the bot token."""


@dataclass(slots=True)
class _Backoff:
    """Seconds to wait before the next try, doubling up to a limit."""

    first: float
    limit: float
    tries: int = 0

    def next(self) -> float:
        self.tries += 1
        return min(self.limit, self.first * 2.0 ** min(self.tries - 1, 16))


class _Outage:
    """Trouble with reaching Telegram: when to try again, and one log line for each kind."""

    def __init__(self) -> None:
        self._backoff = _Backoff(first=1, limit=30)
        self._reported: set[str] = set()

    def wait(self, error: Exception) -> float:
        event, hint = "telegram.unreachable", "trying again until it answers"
        if isinstance(error, Conflict):
            event, hint = "polling.conflict", "another process polls with this token; stop one"
        if event not in self._reported:
            self._reported.add(event)
            _log.warning(event, error=error, hint=hint)
        asked = retry_after(error).total_seconds() if isinstance(error, RetryAfter) else 0
        return max(asked, self._backoff.next())

    def over(self) -> None:
        if self._reported:
            _log.info("telegram.reachable_again")
            self._reported.clear()
        self._backoff.tries = 0


@dataclass(frozen=True, slots=True)
class _Item:
    """An update to serve; one that could not be parsed comes with the error."""

    update: telegram.Update
    error: Exception | None


class Poller:
    """Fetches updates and serves different chats side by side, one chat in order.

    An update that fails three times is given to `bury`, which stores it as dead and apologises;
    then it is acknowledged. One that is held (storage or network away) is tried for as long as
    it takes, while other chats go on. `sleep` is in seconds.
    """

    def __init__(
        self,
        bot: Client,
        handle: Handle,
        bury: Bury,
        *,
        allowed_updates: Sequence[str],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._bury = bury
        self._allowed_updates = tuple(allowed_updates)
        self._sleep = sleep
        self._ledger = Ledger()
        self._lanes: dict[int | str, deque[_Item]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._outage = _Outage()
        self._idle_wait = _Backoff(first=0.2, limit=1)
        self._fetching, self._pausing, self._resting = (Interruptible() for _ in range(3))
        self._stopping = self._refused = False
        self._stopped = asyncio.Event()
        self._stopped.set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping

    async def connect(self) -> None:
        """Reach Telegram and take over from a webhook, for as long as it takes.

        Pending updates are kept. Raises BadToken.
        """
        while not self._stopping:
            try:
                await self._fetching.run(self._bot.initialize())
                await self._fetching.run(self._bot.delete_webhook(drop_pending_updates=False))
            except InvalidToken:
                raise BadToken from None
            except TelegramError as error:
                await self._pausing.run(self._sleep(self._outage.wait(error)))
            else:
                self._outage.over()
                return

    async def run(self) -> None:
        """Poll until `stop`; raises BadToken as soon as Telegram refuses the token."""
        self._stopped.clear()
        try:
            await self.connect()
            async with asyncio.TaskGroup() as group:
                while not self._stopping and not self._refused:
                    await self._round(group)
                await self._drain()
            if self._refused:
                raise BadToken
            await self._confirm()
        finally:
            self._stopped.set()

    async def stop(self) -> None:
        """Fetch no more, let what is under way finish within ten seconds, acknowledge it."""
        self._stopping = True
        for waiting in (self._fetching, self._pausing, self._resting):
            waiting.close()
        await self._stopped.wait()

    async def _round(self, group: asyncio.TaskGroup) -> None:
        batch = await self._fetch()
        fresh = [raw for raw in batch if self._admit(raw, group)]
        if fresh:
            self._idle_wait.tries = 0
        if self._ledger.unfinished or (batch and not fresh):
            # Telegram answers at once for as long as something is not acknowledged.
            await self._pausing.run(self._sleep(self._idle_wait.next()))

    async def _fetch(self) -> list[RawUpdate]:
        acknowledging = self._ledger.acknowledging()
        wait = timedelta(0) if self._ledger.unfinished else LONG_POLL
        try:
            batch = await self._fetching.run(self._get(wait))
        except InvalidToken:
            self._refused = True
            return []
        except Exception as error:  # noqa: BLE001 - no answer of a server may end the polling
            await self._pausing.run(self._sleep(self._outage.wait(error)))
            return []
        if batch is None:
            return []
        self._outage.over()
        self._ledger.acknowledged(acknowledging)
        return batch

    async def _get(self, wait: timedelta, limit: int = 100) -> list[RawUpdate]:
        return await self._bot.raw_updates(
            self._ledger.offset,
            timeout=wait,
            limit=limit,
            allowed_updates=self._allowed_updates,
        )

    def _admit(self, raw: RawUpdate, group: asyncio.TaskGroup) -> bool:
        """Put a new update into its chat's lane; False for one that is there already."""
        number = update_id(raw)
        if number is None:
            _log.error("update.without_id")
            return False
        if not self._ledger.admit(number):
            return False
        update, error = parse(raw, self._bot)
        key = chat_key(update)
        lane = f"update {number}" if key is None else key
        if lane in self._lanes:
            self._lanes[lane].append(_Item(update, error))
        else:
            self._lanes[lane] = deque([_Item(update, error)])
            worker = group.create_task(self._serve(lane))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return True

    async def _serve(self, lane: int | str) -> None:
        queue = self._lanes[lane]
        try:
            while queue and await self._settle(queue[0]):
                self._ledger.finish(queue.popleft().update.update_id)
                if not self._ledger.unfinished:
                    self._pausing.wake()
        finally:
            del self._lanes[lane]

    async def _settle(self, item: _Item) -> bool:
        """Bring one update to an end; False if the poller stops before."""
        result: Done | Raised | None = Raised(item.error) if item.error else None
        if result is None:
            result = await self._persist(partial(self._handle, item.update))
        if isinstance(result, Raised):
            number = item.update.update_id
            _log.error("update.buried", update_id=number, error=result.error)
            result = await self._persist(partial(self._entomb, item.update, result.error))
            if isinstance(result, Raised):
                _log.critical("update.burial_failed", update_id=number, error=result.error)
        return result is not None

    async def _entomb(self, update: telegram.Update, error: Exception) -> Handled:
        await self._bury(update, error)
        return Done()

    async def _persist(self, work: Callable[[], Awaitable[Handled]]) -> Done | Raised | None:
        """Try until it is done or has failed three times; None if the poller stops before.

        What is held does not count as a failure.
        """
        holding, failing = _Backoff(first=0.5, limit=30), _Backoff(first=0.5, limit=2)
        while not self._stopping:
            outcome = await _judged(work)
            if isinstance(outcome, Done):
                return outcome
            backoff = holding if isinstance(outcome, Held) else failing
            wait = backoff.next()
            if backoff is failing or backoff.tries == 1:
                event = "update.failed" if backoff is failing else "update.held"
                _log.warning(event, attempt=backoff.tries, exc_info=outcome.error)
            if isinstance(outcome, Raised) and failing.tries == TRIES:
                return outcome
            await self._resting.run(self._sleep(wait))
        return None

    async def _drain(self) -> None:
        if not self._workers:
            return
        within = STOP_WITHIN.total_seconds()
        _, late = await asyncio.wait(self._workers, timeout=within)
        if late:
            _log.warning("polling.stopped_in_mid_update", updates=len(late))
        for worker in late:
            worker.cancel()

    async def _confirm(self) -> None:
        """Acknowledge what the last fetch could not; what this fetch brings comes again."""
        if self._ledger.offset is None:
            return
        try:
            await self._get(timedelta(0), limit=1)
        except TelegramError as error:
            _log.warning("polling.unconfirmed", error=error)


async def _judged(work: Callable[[], Awaitable[Handled]]) -> Handled:
    try:
        return await work()
    except Exception as error:  # noqa: BLE001 - judged like a handler's error
        return Held(error) if is_outage(error) else Raised(error)
