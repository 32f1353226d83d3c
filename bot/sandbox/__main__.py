"""The sandbox on its own: `python -m bot.sandbox --port 8081 [--store PATH] [--token T]`."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from bot.sandbox.server import PortTaken, Sandbox, serve
from bot.sandbox.store import StoreUnreadable

USAGE_ERROR = 2


def main() -> int:
    """Serve until Ctrl-C; 2 and one line where that is not possible."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one")
    parser.add_argument("--store", type=Path, help="a JSON file that keeps the chat")
    parser.add_argument("--token", help="the only token to accept; any well-formed one without")
    options = parser.parse_args()
    try:
        asyncio.run(_run(options.port, options.store, options.token))
    except (PortTaken, StoreUnreadable) as error:
        sys.stderr.write(f"{error}\n")
        return USAGE_ERROR
    return 0


async def _run(port: int, store: Path | None, token: str | None) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with serve(Sandbox(token=token, store=store), port=port) as running:
        sys.stdout.write(f"{running.url}\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
