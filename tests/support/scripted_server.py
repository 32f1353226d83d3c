"""An HTTP server that does as told, one thing a request: answers, hangs up, or says nothing."""

import asyncio
from contextlib import asynccontextmanager

HTML = b"<html>Bad Gateway</html>"


def answer(status, body=HTML, *headers):
    length = f"Content-Length: {len(body)}"
    lines = [f"HTTP/1.1 {status} x", length, "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


OK = answer(200, b'{"ok":true,"result":true}')


class Server:
    """Reads one request a connection; does the next thing of `plan`, or answers."""

    def __init__(self):
        self.plan = []
        self.requests = []
        self.url = ""

    async def serve(self, reader, writer):
        try:
            await self._serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _serve(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if b"content-length" in line),
            0,
        )
        self.requests.append((head.decode(), await reader.readexactly(length)))
        step = self.plan.pop(0) if self.plan else OK
        if step == "hang up":
            writer.transport.abort()
        elif step == "say nothing":
            await reader.read()
        else:
            writer.write(step)
            await writer.drain()


@asynccontextmanager
async def listening():
    server = Server()
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    async with listener:
        yield server
