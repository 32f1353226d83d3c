"""The sandbox over real HTTP: routes, the guard against foreign pages, starting and stopping."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from bot.sandbox.bot_api import BotApi
from bot.sandbox.control import Control
from bot.sandbox.rate import NO_LIMITS, Limits
from bot.sandbox.sandbox import Sandbox

__all__ = ["NO_LIMITS", "Limits", "PortTaken", "Running", "Sandbox", "serve"]

PAGE = Path(__file__).parent / "page"
PAGE_HEADERS = {
    "Cache-Control": "no-store",
    # The page shows what others wrote; whatever slips through must not be able to do anything.
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
# Longer than a bot's own keep-alive: the side that opened a connection should be the one to close.
KEEP_ALIVE = 75
STOP_WITHIN = 0.5


class PortTaken(OSError):
    """Something else listens on that port of this machine."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"port {port} of {host} is taken")
        self.host = host
        self.port = port


@dataclass(frozen=True)
class Running:
    """A sandbox that answers; `url` is its root, without a slash at the end."""

    sandbox: Sandbox
    url: str


@asynccontextmanager
async def serve(
    sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[Running]:
    """Answer until the block ends; port 0 takes a free one. PortTaken when it is not."""
    listening = _bound(host, port)
    state = ServerState()
    config = _config(application(sandbox))

    def connection() -> H11Protocol:
        return H11Protocol(config, state, {"connections": state.connections})

    server = await asyncio.get_running_loop().create_server(connection, sock=listening)
    async with _delivering(sandbox):
        try:
            yield Running(sandbox, f"http://{host}:{listening.getsockname()[1]}")
        finally:
            sandbox.changes.close()
            server.close()
            await _finish(state)
            sandbox.save()


@asynccontextmanager
async def _delivering(sandbox: Sandbox) -> AsyncIterator[None]:
    """Push updates in the background; a delivery under way when it ends is cut off."""
    pushing = asyncio.ensure_future(sandbox.webhook.run())
    try:
        yield
    finally:
        pushing.cancel()
        await asyncio.gather(pushing, return_exceptions=True)


def _bound(host: str, port: int) -> socket.socket:
    # Named TCP, because asyncio sends answers without delay only where it knows the protocol:
    # with the default of 0 every answer takes 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise PortTaken(host, port) from error
    return listening


def _config(app: ASGIApp) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE,
    )
    config.load()
    return config


async def _finish(state: ServerState) -> None:
    """Let calls under way end, they know of the closing, then cut what is left."""
    for connection in list(state.connections):
        connection.shutdown()
    if state.tasks:
        _, late = await asyncio.wait(state.tasks, timeout=STOP_WITHIN)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    for connection in list(state.connections):
        connection.transport.abort()
    # One round of the loop, in which the transports say goodbye.
    await asyncio.sleep(0)


def application(sandbox: Sandbox) -> ASGIApp:
    """Everything the sandbox answers, as one ASGI application behind the guard."""
    api = BotApi(sandbox)
    verbs = ["GET", "POST"]
    routes = [
        Route("/", _page, methods=["GET"]),
        Route("/bot{token}/{method}", api.call, methods=verbs),
        Route("/file/bot{token}/{path:path}", api.download, methods=["GET"]),
        *Control(sandbox).routes(),
        Mount("/page", Fresh(directory=PAGE, check_dir=False)),
    ]
    app = Starlette(routes=routes, exception_handlers={404: _not_found, 405: _not_found})
    return Guard(app, sandbox)


class Fresh(StaticFiles):
    """Static files a browser asks for again: an upgrade must not meet yesterday's modules."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - as above it
        """Add the header to what Starlette answers."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


async def _page(_request: Request) -> Response:
    index = PAGE / "index.html"
    if index.exists():
        return FileResponse(index, headers=PAGE_HEADERS)
    return PlainTextResponse("The sandbox is running. This copy has no chat page.\n")


async def _not_found(_request: Request, _error: Exception) -> Response:
    body = {"ok": False, "error_code": 404, "description": "Not Found"}
    return JSONResponse(body, status_code=404)


class Guard:
    """Refuses what a web page from elsewhere could send: foreign origins, rebound host names."""

    def __init__(self, app: ASGIApp, sandbox: Sandbox) -> None:
        self._app = app
        self._hosts = sandbox.hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or answer 403."""
        headers = HTTPConnection(scope).headers
        host, origin = headers.get("host", ""), headers.get("origin")
        name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
        foreign = origin is not None and urlsplit(origin).netloc != host
        if name in self._hosts and not foreign:
            await self._app(scope, receive, send)
            return
        error = "the sandbox answers its own page and programs on this machine only"
        await JSONResponse({"error": error}, status_code=403)(scope, receive, send)
