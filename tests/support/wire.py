"""A way to a PostgreSQL server over which a test decides."""

import asyncio
from contextlib import asynccontextmanager

from sqlalchemy import make_url


@asynccontextmanager
async def a_wire(url, port=0):
    """Stand between bot and server; `silent` lets nothing through and hangs up on nobody."""
    silent = asyncio.Event()
    folder = make_url(url).query["host"]
    ends = []

    async def pump(reader, writer):
        while data := await reader.read(65536):
            if silent.is_set():
                await asyncio.Event().wait()
            writer.write(data)

    async def serve(reader, writer):
        back, forth = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        pumps = [asyncio.ensure_future(pump(*pair)) for pair in ((reader, forth), (back, writer))]
        ends.extend([*pumps, writer, forth])

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    port = server.sockets[0].getsockname()[1]
    wired = make_url(url).set(host="127.0.0.1", port=port, query={})
    try:
        yield wired.render_as_string(hide_password=False), silent
    finally:
        server.close()
        for end in ends:
            end.cancel() if isinstance(end, asyncio.Future) else end.close()
