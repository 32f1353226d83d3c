"""Webhook mode: Telegram brings the updates, and an update is taken only after it was processed.

Telegram keeps what was not taken, brings it again (at once, then after 2, 4, 8 ... seconds, or
when it was told to), and lets the rest of that chat wait behind it. So nothing is queued here
beyond what is under way: whatever cannot be finished in time is left with Telegram.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
import telegram
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram.client import Client
from bot.telegram.dispatch import Done, Handled, Held
from bot.telegram.interrupt import Interruptible
from bot.telegram.ordering import ChatOrder
from bot.telegram.outage import BadToken, Outage, Sleep
from bot.telegram.outcomes import retry_after
from bot.telegram.raw import RawUpdate, parse, update_id
from bot.telegram.settling import Bury, Handle, Settler

BUDGET: Final = timedelta(seconds=10)
"""How long Telegram waits for one update; what takes longer goes on, and is asked for again."""

BEGINS_WITHIN: Final = BUDGET / 2
"""What has not begun by then would hardly be done in time."""

HANGS_AFTER: Final = timedelta(seconds=60)
STOP_WITHIN: Final = timedelta(seconds=10)
CHECK_EVERY: Final = timedelta(seconds=60)
AT_MOST: Final = 200
"""Updates under way; Telegram itself opens at most `CONNECTIONS` per bot."""

CONNECTIONS: Final = 40
CLOSED: Final = timedelta(seconds=1)
"""Soon, as another replica or the next process may be there by then."""

LATER: Final = timedelta(seconds=2)
LONGEST: Final = timedelta(seconds=60)
_REMEMBERED: Final = 10_000

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Address:
    """Where Telegram brings updates, and the word by which we know it is Telegram."""

    url: str
    secret: str


def secret_from(token: str) -> str:
    """Derive a secret that every replica of a bot comes to, and that tells nothing of the token.

    64 characters, of those Telegram allows.
    """
    return hmac.new(token.encode(), b"aftermile webhook", hashlib.sha256).hexdigest()


class Webhook:
    """Takes updates, different chats side by side, one chat in order.

    An update that comes while it is under way joins the try under way; one that was taken is not
    handled again. Any number of processes may do this for one bot, each registering the same
    address. None removes it at its end, for the others' sake: polling does, when it starts.
    """

    def __init__(
        self,
        bot: Client,
        handle: Handle,
        bury: Bury,
        *,
        address: Address,
        allowed_updates: Sequence[str],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._address = address
        self._allowed_updates = tuple(allowed_updates)
        self._sleep = sleep
        self._order = ChatOrder()
        self._under_way: dict[int, asyncio.Task[Handled | None]] = {}
        self._begun: set[int] = set()
        self._taken: deque[int] = deque(maxlen=_REMEMBERED)
        self._outage = Outage()
        self._calling, self._resting = Interruptible(), Interruptible()
        self._settle = Settler(handle, bury, sleep, self._resting, keeps_held=False)
        self._group: asyncio.TaskGroup | None = None
        self._registered = self._refused = self._stopping = False
        self._trouble_at: datetime | None = None
        self._stopped = asyncio.Event()
        self._stopped.set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping

    @property
    def ready(self) -> bool:
        """Whether Telegram knows the address and updates are being taken."""
        return self._registered and self._is_open()

    async def take(self, raw: RawUpdate) -> timedelta | None:
        """Process one update; gives None once it is taken, else when it may come again."""
        number = update_id(raw)
        if number is None:
            # Refused, it would come again for ever.
            _log.error("update.without_id")
            return None
        if number in self._taken:
            return None
        work = self._under_way.get(number) or self._begin(number, raw)
        if work is None:
            return LATER if self._is_open() else CLOSED
        await asyncio.wait({work}, timeout=BEGINS_WITHIN.total_seconds())
        if not work.done() and number not in self._begun:
            # Begun later it would be handled twice: Telegram brings it to another replica soon.
            work.cancel()
            _log.info("update.given_back", update_id=number)
            return LATER
        await asyncio.wait({work}, timeout=(BUDGET - BEGINS_WITHIN).total_seconds())
        if not work.done():
            _log.warning("update.over_budget", update_id=number)
            return LATER
        return CLOSED if work.cancelled() else _verdict(work.result())

    async def connect(self) -> None:
        """Reach Telegram, for as long as it takes. Raises BadToken."""
        while not self._stopping:
            try:
                await self._calling.run(self._bot.initialize())
            except InvalidToken:
                raise BadToken from None
            except TelegramError as error:
                await self._rest(self._outage.wait(error))
            else:
                self._outage.over()
                return

    async def run(self) -> None:
        """Take updates until `stop`; raises BadToken as soon as Telegram refuses the token."""
        self._stopped.clear()
        try:
            async with asyncio.TaskGroup() as group:
                self._group = group
                while not self._stopping and not self._refused:
                    await self._rest(await self._keep_registered())
                self._group = None
                await self._drain()
            if self._refused:
                raise BadToken
        finally:
            self._group = None
            self._stopped.set()

    async def stop(self) -> None:
        """Take no more, let what is under way finish within ten seconds."""
        self._stopping = True
        self._calling.close()
        self._resting.close()
        await self._stopped.wait()

    def _is_open(self) -> bool:
        return self._group is not None and not self._stopping

    def _begin(self, number: int, raw: RawUpdate) -> asyncio.Task[Handled | None] | None:
        """Start processing; None where there is no room for it."""
        if self._group is None or self._stopping or len(self._under_way) >= AT_MOST:
            return None
        work = self._group.create_task(self._serve(number, raw))
        self._under_way[number] = work
        return work

    async def _serve(self, number: int, raw: RawUpdate) -> Handled | None:
        update, error = parse(raw, self._bot)
        result: Handled | None = None

        async def in_turn() -> None:
            nonlocal result
            self._begun.add(number)
            result = await self._settle(update, error)

        try:
            async with asyncio.timeout(HANGS_AFTER.total_seconds()):
                await self._order.process_update(update, in_turn())
        except TimeoutError as late:
            _log.exception("update.hung", update_id=number)
            result = Held(late)
        finally:
            self._under_way.pop(number, None)
            self._begun.discard(number)
        if isinstance(result, Done):
            self._taken.append(number)
        return result

    async def _keep_registered(self) -> float:
        """See that Telegram knows the address; gives the seconds until the next look."""
        try:
            info = await self._calling.run(self._bot.get_webhook_info())
            if info is not None and not await self._registers(info):
                return 0.0
        except InvalidToken:
            self._refused = True
            return 0.0
        except TelegramError as error:
            return self._outage.wait(error)
        self._outage.over()
        return CHECK_EVERY.total_seconds()

    async def _registers(self, info: telegram.WebhookInfo) -> bool:
        """Register unless the address stands; False if a stop came first."""
        if self._registered and info.url == self._address.url:
            self._tell_trouble(info)
            return True
        if self._registered:
            hint = "another process uses this token; stop one"
            _log.warning("webhook.taken_away", hint=hint)
        done = await self._calling.run(
            self._bot.set_webhook(
                self._address.url,
                secret_token=self._address.secret,
                allowed_updates=self._allowed_updates,
                max_connections=CONNECTIONS,
                drop_pending_updates=False,
            )
        )
        if not done:
            return False
        self._registered = True
        _log.info("webhook.registered", waiting=info.pending_update_count)
        return True

    def _tell_trouble(self, info: telegram.WebhookInfo) -> None:
        """Say once what Telegram says of each failure to reach us."""
        if info.last_error_date is None or info.last_error_date == self._trouble_at:
            return
        self._trouble_at = info.last_error_date
        waiting, reason = info.pending_update_count, info.last_error_message
        _log.warning("webhook.trouble", reason=reason, waiting=waiting)

    async def _drain(self) -> None:
        working = set(self._under_way.values())
        if not working:
            return
        _, late = await asyncio.wait(working, timeout=STOP_WITHIN.total_seconds())
        if late:
            _log.warning("webhook.stopped_in_mid_update", updates=len(late))
        for work in late:
            work.cancel()

    async def _rest(self, seconds: float) -> None:
        await self._resting.run(self._sleep(seconds))


def _verdict(result: Handled | None) -> timedelta | None:
    match result:
        case Done():
            return None
        case Held(RetryAfter() as error):
            return min(max(retry_after(error), CLOSED), LONGEST)
        case None:
            return CLOSED
        case _:
            return LATER
