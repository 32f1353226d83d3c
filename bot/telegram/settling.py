"""Brings one update to an end: tried, tried again, and buried if it is poison."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog
import telegram

from bot.telegram.dispatch import Done, Handled, Held, Raised, is_outage
from bot.telegram.interrupt import Interruptible
from bot.telegram.outage import Backoff, Sleep

Handle = Callable[[telegram.Update], Awaitable[Handled]]
Bury = Callable[[telegram.Update, Exception], Awaitable[object]]

TRIES: Final = 3

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Settler:
    """Handles updates as often as it takes.

    What fails three times is given to `bury`, which stores it as dead and apologises. What is
    held (storage or network away) is tried until it works with `keeps_held`, and given back
    without. `resting` cuts the waits short at a stop.
    """

    handle: Handle
    bury: Bury
    sleep: Sleep
    resting: Interruptible
    keeps_held: bool

    async def __call__(self, update: telegram.Update, error: Exception | None) -> Handled | None:
        """Give Done, Held, or None if a stop came first. `error` is what parsing raised."""
        result = Raised(error) if error else await self._persist(partial(self.handle, update))
        if not isinstance(result, Raised):
            return result
        number = update.update_id
        _log.error("update.buried", update_id=number, error=result.error)
        buried = await self._persist(partial(self._entomb, update, result.error))
        if isinstance(buried, Raised):
            _log.critical("update.burial_failed", update_id=number, error=buried.error)
            return Done()
        return buried

    async def _entomb(self, update: telegram.Update, error: Exception) -> Handled:
        await self.bury(update, error)
        return Done()

    async def _persist(self, work: Callable[[], Awaitable[Handled]]) -> Handled | None:
        """Try until it is done, has failed three times, or is to be given back."""
        holding, failing = Backoff(first=0.5, limit=30), Backoff(first=0.5, limit=2)
        while not self.resting.closed:
            outcome = await _judged(work)
            if isinstance(outcome, Done):
                return outcome
            backoff = holding if isinstance(outcome, Held) else failing
            wait = backoff.next()
            if backoff is failing or backoff.tries == 1:
                event = "update.failed" if backoff is failing else "update.held"
                _log.warning(event, attempt=backoff.tries, exc_info=outcome.error)
            if failing.tries == TRIES or (backoff is holding and not self.keeps_held):
                return outcome
            await self.resting.run(self.sleep(wait))
        return None


async def _judged(work: Callable[[], Awaitable[Handled]]) -> Handled:
    try:
        return await work()
    except Exception as error:  # noqa: BLE001 - judged like a handler's error
        return Held(error) if is_outage(error) else Raised(error)
