"""HTTP to the Bot API over aiohttp, and what each kind of broken call means.

The library's own transport (httpx) carried a sixth of the messages (docs/decisions/0009), and its
errors do not always tell whether a request had gone out. That is the question everything above
turns on, so it is answered here, where it can be known: `NeverSent` may be repeated, `Lost` may
have been carried out.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

import aiohttp
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT: Final = 5.0
READ: Final = 20.0
"""Seconds. The library's 5 report messages as timed out that do arrive a moment later."""

READ_UPLOAD: Final = 60.0
_WRITE: Final = 10.0
_WRITE_UPLOAD: Final = 60.0
_POOL: Final = 5.0
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_PROXIES: Final = ("http", "https")

# Carried out twice, these leave what once would have left. Sending is not among them, getUpdates
# is repeated by the poller.
_REPEATABLE: Final = ("get", "set", "delete", "edit", "answer", "sendchataction")
_NEVER: Final = "getupdates"

_BEFORE_SENDING: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)


class NeverSent(NetworkError):
    """There was no connection: the request never left this machine."""


class Lost(NetworkError):
    """The connection broke with the request under way: it may have been carried out."""


class ServerTrouble(NetworkError):
    """The server, or a proxy before it, answered with this status of its own trouble."""

    def __init__(self, status: int) -> None:
        super().__init__(f"server trouble ({status})")
        self.status = status


class ProxyNotSupported(Exception):
    """The environment names a proxy of a kind this bot does not speak."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one call may take, in seconds: to connect, to be sent, until bytes come back."""

    connect: float
    write: float
    read: float

    def timeout(self) -> aiohttp.ClientTimeout:
        """Give it in aiohttp's words, which have no time-out for writing alone."""
        return aiohttp.ClientTimeout(
            connect=self.connect + _POOL,
            sock_connect=self.connect,
            sock_read=self.read,
            total=_POOL + self.connect + self.write + self.read,
        )


class Transport(BaseRequest):
    """python-telegram-bot's request seam; `connections` is how many calls go side by side.

    A broken connection is tried once more where that is safe: when nothing had gone out, or when
    the call may be carried out twice. A time-out is never repeated here, whoever waits has waited.
    """

    __slots__ = ("_connections", "_proxy", "_session")

    def __init__(self, connections: int, proxy: str | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds until an ordinary call is given up."""
        return READ

    async def initialize(self) -> None:
        """Make the connection pool; nothing is connected yet."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - one for all
    ) -> tuple[int, bytes]:
        """Call once, or twice where that is safe; gives status and body.

        Raises NeverSent, Lost, TimedOut, ServerTrouble and RetryAfter.
        """
        upload = request_data is not None and request_data.contains_files
        patience = Patience(
            connect=_chosen(connect_timeout, CONNECT),
            write=_chosen(write_timeout, _WRITE_UPLOAD if upload else _WRITE),
            read=_chosen(read_timeout, READ_UPLOAD if upload else READ),
        )
        try:
            return await self._call(url, method, request_data, patience)
        except (NeverSent, Lost) as error:
            if not _may_repeat(url, error):
                raise
        return await self._call(url, method, request_data, patience)

    async def _call(
        self, url: str, method: str, request_data: RequestData | None, patience: Patience
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NeverSent("the transport is closed")
        try:
            async with self._session.request(
                method,
                url,
                timeout=patience.timeout(),
                allow_redirects=False,
                **_body(request_data),
            ) as response:
                body = await response.read()
                if method == "POST":
                    _check(response, body)
                return response.status, body
        except _BEFORE_SENDING as error:
            raise NeverSent(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:
            raise Lost(type(error).__name__) from error


def proxy_for(url: str) -> str | None:
    """Give the proxy the environment names for a server, None for none.

    HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in either case. Whoever calls decides about
    the machine's own addresses. Raises ProxyNotSupported for a SOCKS proxy.
    """
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    named = getproxies_environment()
    proxy = named.get(parts.scheme) or named.get("all")
    if proxy is None:
        return None
    address = proxy if "://" in proxy else f"http://{proxy}"
    if urlsplit(address).scheme not in _PROXIES:
        # Without the address, which may hold a password.
        raise ProxyNotSupported(urlsplit(address).scheme)
    return address


def _chosen(given: Any, otherwise: float) -> float:  # noqa: ANN401 - a number or a marker of the library's
    return float(given) if isinstance(given, int | float) else otherwise


def _may_repeat(url: str, error: NeverSent | Lost) -> bool:
    name = url.rpartition("/")[2].lower()
    if name == _NEVER:
        return False
    return isinstance(error, NeverSent) or name.startswith(_REPEATABLE)


def _body(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": request_data.url_encoded_parameters().encode(), "headers": _FORM}
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}


def _check(response: aiohttp.ClientResponse, body: bytes) -> None:
    """Raise for an answer that did not come from a Bot API server at work."""
    if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerTrouble(response.status)
    wait = response.headers.get("Retry-After", "")
    if response.status == HTTPStatus.TOO_MANY_REQUESTS and wait.isdecimal():
        # The same number Telegram gives in the body; a proxy before it gives the header alone.
        raise RetryAfter(int(wait))
    if response.ok and not body.startswith(b"{"):
        # A captive portal, say. Whether Telegram ever saw the call is anybody's guess.
        raise Lost("not an answer of the Bot API")
