"""The python-telegram-bot client as this bot needs it: raw updates, time-outs, one server root."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import telegram
from telegram.request import HTTPXRequest

CONNECTIONS: Final = 64
_CONNECT: Final = 5.0
_POLL_MARGIN: Final = timedelta(seconds=10)


class Client(telegram.Bot):
    """A bot that hands out updates as Telegram sent them.

    `Bot.get_updates` fails as a whole if one update cannot be parsed, and logs the batch with
    everything runners wrote.
    """

    __slots__ = ()

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

    Reading waits for longer than python-telegram-bot does by default: its 5 s report messages as
    timed out that do arrive a moment later.
    """
    # RetryAfter reports a timedelta instead of a number with a warning at each read.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    # A proxy of the machine's environment must not be asked for the machine's own addresses.
    options = {"trust_env": not _is_local(base_url)}
    return Client(
        token,
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            connect_timeout=_CONNECT,
            read_timeout=20.0,
            write_timeout=10.0,
            media_write_timeout=60.0,
            pool_timeout=5.0,
            httpx_kwargs=options,
        ),
        get_updates_request=HTTPXRequest(
            connection_pool_size=2,
            connect_timeout=_CONNECT,
            read_timeout=20.0,
            httpx_kwargs=options,
        ),
    )


def _is_local(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
