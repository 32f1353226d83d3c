"""What the bot answers over HTTP in webhook mode: Telegram's updates and two health checks.

It works behind any reverse proxy, which ends TLS: whoever posts the secret is Telegram, whatever
the path has become on the way.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import math
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LONGEST_BODY: Final = 1024 * 1024
"""Bytes; Telegram's updates have some thousand."""

BODY_WITHIN: Final = 10.0
KEEP_ALIVE: Final = 75
STOP_WITHIN: Final = 2

Take = Callable[[dict[str, Any]], Awaitable[timedelta | None]]
Ready = Callable[[], Awaitable[Mapping[str, bool]]]

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class AddressTaken(Exception):
    """Something else listens there, or this machine has no such address."""


class _Refused(Exception):
    """The request is answered with this status and nothing of it is looked at."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass(frozen=True, slots=True)
class Door:
    """The endpoints. `take` gives None for an update that is done, else when it may come again."""

    take: Take
    ready: Ready
    secret: str

    def application(self) -> Starlette:
        """Give it as an ASGI application."""
        return Starlette(
            routes=[
                Route("/healthz", self._healthz, methods=["GET"]),
                Route("/readyz", self._readyz, methods=["GET"]),
                Route("/{path:path}", self._update, methods=["POST"]),
            ]
        )

    async def _healthz(self, _request: Request) -> Response:
        """Answer: the process lives and its loop turns."""
        return PlainTextResponse("ok\n")

    async def _readyz(self, _request: Request) -> Response:
        """Say whether an update sent now would be processed, and what is missing."""
        found = dict(await self.ready())
        well = all(found.values())
        return JSONResponse(found, HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)

    async def _update(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return PlainTextResponse("", HTTPStatus.FORBIDDEN)
        try:
            raw = await _read(request)
        except _Refused as refused:
            return PlainTextResponse("", refused.status)
        wait = await self.take(raw)
        if wait is None:
            return PlainTextResponse("")
        headers = {"Retry-After": str(max(1, math.ceil(wait.total_seconds())))}
        return PlainTextResponse("", HTTPStatus.SERVICE_UNAVAILABLE, headers)


async def _read(request: Request) -> dict[str, Any]:
    """Read a JSON object of bounded size in bounded time."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN):
            async for part in request.stream():
                body += part
                if len(body) > LONGEST_BODY:
                    raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except (TimeoutError, ClientDisconnect):
        raise _Refused(HTTPStatus.REQUEST_TIMEOUT) from None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _Refused(HTTPStatus.BAD_REQUEST)
    return found


class _Server(uvicorn.Server):
    """Leaves the process's signals alone: whoever runs the bot decides when it stops."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@contextlib.asynccontextmanager
async def listening(app: Starlette, host: str, port: int) -> AsyncIterator[int]:
    """Answer until the block ends, which the calls under way may outlast by two seconds.

    Gives the port; 0 takes a free one. Raises AddressTaken.
    """
    sock = _bound(host, port)
    server = _Server(
        uvicorn.Config(
            app,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=STOP_WITHIN,
        )
    )
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(server.serve([sock]))
        try:
            yield int(sock.getsockname()[1])
        finally:
            server.should_exit = True
            await asyncio.wait({serving})
            sock.close()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, because asyncio sends without delay only where it knows the protocol.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
    except (OSError, UnicodeError):
        sock.close()
        raise AddressTaken(f"{host} port {port}") from None
    return sock
