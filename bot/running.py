"""A bot that is put together: its start, its day, its stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from bot.classifier.threaded import ThreadedReaders
from bot.content.library import Library
from bot.services.ports import Clock, StorageUnavailable
from bot.services.use_cases import UseCases
from bot.storage.queue import SqlQueue
from bot.telegram.application import introduce
from bot.telegram.client import Client
from bot.telegram.dispatch import PtbApplication
from bot.worker import Heartbeat

WARM_UP_AFTER: Final = 10.0
"""Seconds; a text in another language before that makes its reader ready itself."""

SETTLING_ROUNDS: Final = 50
DATABASE_WITHIN: Final = 2.0
"""Seconds in which a database that is well answers."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class UpdateSource(Protocol):
    """Where updates come from: polling or the webhook."""

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        ...

    @property
    def ready(self) -> bool:
        """Whether an update that is sent now would be processed."""
        ...

    async def connect(self) -> None:
        """Reach Telegram, for as long as it takes; raises BadToken."""
        ...

    async def run(self) -> None:
        """Process updates until `stop`; raises BadToken."""
        ...

    async def stop(self) -> None:
        """Begin nothing more, finish what is under way within ten seconds."""
        ...


class Lookout:
    """Looks whether the database would store something: one look at a time, two seconds at most.

    A look at a silent server goes on for longer; whoever asks meanwhile waits for the same one.
    """

    def __init__(self, is_ready: Callable[[], Awaitable[bool]]) -> None:
        self._is_ready = is_ready
        self._looking: asyncio.Future[bool] | None = None

    async def __call__(self) -> bool:
        """Give what was seen; False if nothing was in time."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._is_ready())
        looking = self._looking
        await asyncio.wait({looking}, timeout=DATABASE_WITHIN)
        return looking.done() and looking.result()


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot put together and ready to run; `worker` is the name on its leases."""

    client: Client
    application: PtbApplication
    updates: UpdateSource
    heart: Heartbeat
    queue: SqlQueue
    clock: Clock
    library: Library
    use_cases: UseCases
    reader: ThreadedReaders
    worker: str
    lookout: Lookout

    async def run(self) -> None:
        """Reach Telegram, catch up on what is due, then take updates and deliver until `stop`.

        Raises BadToken.
        """
        try:
            await self.updates.connect()
            if not self.updates.stopping:
                await self._work()
        finally:
            # A refused token ends the run before there is anything else to shut down.
            await self.client.shutdown()

    async def _work(self) -> None:
        await self.application.initialize()
        try:
            self.heart.start()
            await self.heart.run_jobs()
            await self.reader.ready(await self._languages())
            async with asyncio.TaskGroup() as group:
                introduction = group.create_task(introduce(self.client, self.library.texts))
                other_languages = group.create_task(self._warm_up())
                _log.info("bot.started")
                await self.updates.run()
                introduction.cancel()
                other_languages.cancel()
        finally:
            await self.heart.stop()
            await self._give_back()
            await self.application.shutdown()
            _log.info("bot.stopped")

    async def _languages(self) -> frozenset[str]:
        """Say which languages to be ready for; none without a database, they get ready later."""
        try:
            return frozenset(await self.use_cases.languages_in_use())
        except StorageUnavailable:
            return frozenset()

    async def _warm_up(self) -> None:
        """Make the other languages ready once the first rush of a start is over."""
        await asyncio.sleep(WARM_UP_AFTER)
        await self.reader.ready_all()

    async def _give_back(self) -> None:
        """Let others deliver at once what this process had claimed and not begun or finished."""
        try:
            if given_back := await self.queue.release(self.worker):
                _log.info("leases.given_back", runners=given_back)
        except StorageUnavailable as error:
            _log.warning("leases.run_out_by_themselves", error=error)

    async def stop(self) -> None:
        """Claim and take no more; what is under way has ten seconds."""
        self.heart.hush()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.updates.stop())
            group.create_task(self.heart.settled())

    async def readiness(self) -> dict[str, bool]:
        """Say what is there of what an update needs."""
        return {"telegram": self.updates.ready, "database": await self.lookout()}

    async def settle(self) -> None:
        """Deliver everything due by now, and run the recurring jobs; for a moved clock."""
        await self.heart.run_jobs()
        for _ in range(SETTLING_ROUNDS):
            await self.heart.wake()
            due_at = await self.queue.next_due()
            if due_at is None or due_at > self.clock.now():
                return
