"""The python-telegram-bot client as this bot needs it: raw updates, time-outs, one server root."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import telegram

from bot.telegram.transport import Transport, proxy_for

CONNECTIONS: Final = 64
_POLLS: Final = 2
_POLL_MARGIN: Final = timedelta(seconds=10)


class Client(telegram.Bot):
    """A bot that hands out updates as Telegram sent them.

    `Bot.get_updates` fails as a whole if one update cannot be parsed, and logs the batch with
    everything runners wrote.
    """

    __slots__ = ()

    async def shutdown(self) -> None:
        """Close every connection, however far the start had come."""
        await super().shutdown()
        # The library leaves them open if the start was cut short.
        await asyncio.gather(*(request.shutdown() for request in self._request))

    async def raw_updates(
        self,
        offset: int | None,
        *,
        timeout: timedelta,  # noqa: ASYNC109 - the server's, a parameter of the long poll
        allowed_updates: Sequence[str],
        limit: int = 100,
    ) -> list[dict[str, Any]]:
        """Fetch updates from `offset` on; everything before it is acknowledged and gone.

        Raises TelegramError.
        """
        found: list[dict[str, Any]] = await self._post(
            "getUpdates",
            {
                "offset": offset,
                "limit": limit,
                "timeout": int(timeout.total_seconds()),
                "allowed_updates": list(allowed_updates),
            },
            read_timeout=(timeout + _POLL_MARGIN).total_seconds(),
        )
        return found


def build_bot(token: str, base_url: str = "https://api.telegram.org") -> Client:
    """Make the client for a Bot API server's root; it is not connected yet.

    Long polls have connections of their own, so that sending never waits behind them. Raises
    ProxyNotSupported.
    """
    # RetryAfter reports a timedelta instead of a number with a warning at each read.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    # A proxy of the machine's environment must not be asked for the machine's own addresses.
    proxy = None if _is_local(base_url) else proxy_for(base_url)
    return Client(
        token,
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        request=Transport(CONNECTIONS, proxy),
        get_updates_request=Transport(_POLLS, proxy),
    )


def bot_id_of(token: str) -> int:
    """Give the bot's number at Telegram; it stays when the token is renewed."""
    return int(token.partition(":")[0])


def _is_local(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
