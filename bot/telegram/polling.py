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
from telegram.error import InvalidToken, TelegramError

from bot.telegram.client import Client
from bot.telegram.interrupt import Interruptible
from bot.telegram.ledger import Ledger
from bot.telegram.ordering import chat_key
from bot.telegram.outage import Backoff, BadToken, Outage, Sleep
from bot.telegram.raw import RawUpdate, parse, update_id
from bot.telegram.settling import Bury, Handle, Settler

LONG_POLL: Final = timedelta(seconds=30)
STOP_WITHIN: Final = timedelta(seconds=10)

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


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
        self._allowed_updates = tuple(allowed_updates)
        self._sleep = sleep
        self._ledger = Ledger()
        self._lanes: dict[int | str, deque[_Item]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._outage = Outage()
        self._idle_wait = Backoff(first=0.05, limit=1)
        self._fetching, self._pausing, self._resting = (Interruptible() for _ in range(3))
        self._settle = Settler(handle, bury, sleep, self._resting, keeps_held=True)
        self._stopping = self._refused = False
        self._acknowledging = True
        self._stopped = asyncio.Event()
        self._stopped.set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping

    @property
    def ready(self) -> bool:
        """Whether updates are being fetched."""
        return not self._stopped.is_set() and not self._stopping

    async def connect(self) -> None:
        """Reach Telegram, for as long as it takes; raises BadToken."""
        await self._reach(self._bot.initialize)

    async def _reach(self, call: Callable[[], Awaitable[object]]) -> None:
        while not self._stopping:
            try:
                await self._fetching.run(call())
            except InvalidToken:
                raise BadToken from None
            except TelegramError as error:
                await self._pausing.run(self._sleep(self._outage.wait(error)))
            else:
                self._outage.over()
                return

    async def run(self) -> None:
        """Take over from a webhook, whose pending updates are kept, and poll until `stop`.

        Raises BadToken as soon as Telegram refuses the token.
        """
        self._stopped.clear()
        try:
            await self.connect()
            await self._reach(partial(self._bot.delete_webhook, drop_pending_updates=False))
            async with asyncio.TaskGroup() as group:
                while not self._stopping and not self._refused:
                    await self._round(group)
                await self._drain()
            if self._refused:
                raise BadToken
            if self._acknowledging:
                await self._confirm()
        finally:
            self._stopped.set()

    async def stop(self, *, acknowledging: bool = True) -> None:
        """Fetch no more, let what is under way finish within ten seconds, acknowledge it.

        Without `acknowledging` Telegram is asked for nothing any more, as that would end the
        fetch of another poller; what was finished last may come again.
        """
        self._stopping, self._acknowledging = True, acknowledging
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
            while queue and await self._settled(queue[0]):
                self._ledger.finish(queue.popleft().update.update_id)
                if not self._ledger.unfinished:
                    self._pausing.wake()
        finally:
            del self._lanes[lane]

    async def _settled(self, item: _Item) -> bool:
        """Bring one update to an end; False if the poller stops before."""
        return await self._settle(item.update, item.error) is not None

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
