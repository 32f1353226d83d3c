"""Updates pushed to the bot: setWebhook and the way Telegram delivers, in order and again.

After telegram-bot-api's WebhookActor: updates of one chat wait behind the one that fails, taps
have a queue of their own, several queues are served side by side. A refused update comes again at
once, then after 2, 4, 8 ... seconds, or when `Retry-After` says so.
"""

import asyncio
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.changes import Changes
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.updates import UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
CONNECTIONS = 40
MOST_CONNECTIONS = 100
ANSWERED_WITHIN = 60.0
LONGEST_WAIT = 60.0
LONGEST_ASKED = 3600
PORTS = (80, 88, 443, 8443)
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_SECRET_LIMIT = 256
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_AGES = 10**9


@dataclass(frozen=True)
class Address:
    """Where updates go; ApiError, in Telegram's words, where they cannot."""

    url: str = ""
    secret: str = ""
    connections: int = CONNECTIONS

    def __post_init__(self) -> None:
        if len(self.secret) > _SECRET_LIMIT:
            raise bad_request("secret token is too long")
        if not _SECRET.fullmatch(self.secret):
            raise bad_request("secret token contains unallowed characters")
        parts = urlsplit(self.url)
        # Plain HTTP and any port as in the server's local mode, but on this machine only.
        if not self.url or parts.hostname in _LOOPBACK:
            return
        if parts.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in PORTS:
            raise bad_request(
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            )


class Webhook:
    """Delivers what waits in the queue for as long as an address is set.

    `pace` stretches every wait between two tries: 1 is Telegram's, a test may want less.
    """

    def __init__(self, queue: UpdateQueue, changes: Changes) -> None:
        self._queue = queue
        self._changes = changes
        self.pace = 1.0
        self._busy: set[str] = set()
        self._trouble: Json = {}
        self.address = Address()
        self.deliveries: list[tuple[int, int]] = []
        """Each try so far: update id and HTTP status, 0 for no answer."""

    def is_set(self) -> bool:
        """Whether updates are pushed."""
        return bool(self.address.url)

    def set(self, address: Address) -> None:
        """Deliver there from now on; nowhere if it is empty. Ends a long poll."""
        self.address = address
        self._trouble = {}
        self._queue.polls += 1
        self._changes.mark()

    def info(self) -> Json:
        """As getWebhookInfo tells it."""
        told: Json = {
            "url": self.address.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
            **self._trouble,
        }
        if self.address.url:
            told |= {"max_connections": self.address.connections, "ip_address": "127.0.0.1"}
        if self._queue.allowed:
            told["allowed_updates"] = self._queue.allowed
        return told

    async def run(self) -> None:
        """Deliver until the sandbox closes."""
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http,
            asyncio.TaskGroup() as group,
        ):
            while not self._changes.closed:
                await self._changes.until(lambda: any(self._waiting()), _AGES)
                for lane, update in list(self._waiting()):
                    self._busy.add(lane)
                    group.create_task(self._deliver(http, lane, update))

    def _waiting(self) -> Iterator[tuple[str, Json]]:
        """Give the first update of each idle queue, as many as there are connections for."""
        if not self.address.url or self._changes.closed:
            return
        free = self.address.connections - len(self._busy)
        seen: set[str] = set()
        for update in self._queue.waiting():
            lane = lane_of(update)
            if free <= len(seen - self._busy):
                return
            if lane not in seen and lane not in self._busy:
                yield lane, update
            seen.add(lane)

    async def _deliver(self, http: aiohttp.ClientSession, lane: str, update: Json) -> None:
        """Try one update until it is taken, the address changes or the sandbox closes."""
        address, update_id, fails = self.address, update["update_id"], 0
        try:
            while self.address == address and not self._changes.closed:
                status, asked = await self._post(http, address, update)
                self.deliveries.append((update_id, status))
                if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
                    self._queue.confirm(update_id)
                    return
                self._note(status)
                wait = float(asked) if asked else backoff(fails)
                fails += 1
                await self._changes.until(lambda: self.address != address, wait * self.pace)
        finally:
            self._busy.discard(lane)
            self._changes.wake()

    async def _post(
        self, http: aiohttp.ClientSession, address: Address, update: Json
    ) -> tuple[int, int]:
        """Give the status, 0 for none, and the seconds its Retry-After asks for."""
        headers = {SECRET_HEADER: address.secret} if address.secret else {}
        limit = aiohttp.ClientTimeout(total=ANSWERED_WITHIN)
        try:
            async with http.post(
                address.url, json=update, headers=headers, timeout=limit, allow_redirects=False
            ) as answer:
                await answer.read()
                asked = answer.headers.get("Retry-After", "")
                wait = int(asked) if asked.isdecimal() else 0
                return answer.status, min(wait, LONGEST_ASKED)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, 0

    def _note(self, status: int) -> None:
        words = f"Wrong response from the webhook: {status}" if status else "Connection failed"
        self._trouble = {"last_error_date": 1, "last_error_message": words}


def lane_of(update: Json) -> str:
    """Name the queue of an update: its chat's messages, its runner's taps, or its own."""
    for kind in ("message", "edited_message"):
        if isinstance(update.get(kind), dict):
            return f"messages {update[kind].get('chat', {}).get('id')}"
    for kind in ("callback_query", "my_chat_member"):
        if isinstance(update.get(kind), dict):
            return f"{kind} {update[kind].get('from', {}).get('id')}"
    return f"update {update['update_id']}"


def backoff(fails: int) -> float:
    """Seconds until the next try: none after the first failure, then twice as many each time."""
    if fails == 0:
        return 0.0
    longest = random.uniform(LONGEST_WAIT, 2 * LONGEST_WAIT)  # noqa: S311 - spreads tries
    return min(longest, 2.0**fails)
