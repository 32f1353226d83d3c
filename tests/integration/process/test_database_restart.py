"""The database server dies under a running bot: the bot waits for it and loses nothing."""

import signal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.database import rows
from support.days import answers, arrives, how_often
from support.ports import free_ports
from support.postgres_guard import Server
from support.sandbox_client import Chat

from bot.sandbox.server import serve

pytestmark = pytest.mark.slow


@pytest.fixture
def server():
    """A server of the test's own, in a folder whose path is short enough for a socket."""
    with TemporaryDirectory(prefix="aftermile-pg-") as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder))
        server.url = server.start()
        yield server
        server.stop()


@pytest.fixture
def database_url(server):
    return server.url


async def test_network_and_database_come_back_one_after_the_other(
    start, server, sandbox, processes
):
    """As at the start of a machine: nobody is there, then Telegram, then the database."""
    [port] = free_ports(1)
    bot = await start("run", api_base_url=f"http://127.0.0.1:{port}")
    await bot.until_written("telegram.unreachable")
    server.stop()
    running = await processes.enter_async_context(serve(sandbox, port=port))
    await bot.until_written("bot.started")
    server.start_again()
    chat = await processes.enter_async_context(Chat(running.url, 1, settles_within=30))
    await arrives(chat)
    assert await bot.ends(signal.SIGTERM) == 0


async def test_the_server_dies_twice_in_the_middle_of_a_check_in(
    start, server, telegram, chat, sandbox
):
    bot = await start("run", api_base_url=telegram)
    await arrives(chat, profile=True)
    await chat.says("/checkin")
    await chat.taps("4")

    server.stop()
    await chat.taps("None of these", wait=False)
    await bot.until_written("polling.turn_lost")
    assert len(sandbox.queue) == 1, "Telegram keeps what nobody has acknowledged"
    server.start_again()
    await chat.settled()

    server.stop()
    server.start_again()
    await answers(chat, "None of these", "One side", "Stiff shoulders")
    assert await how_often(chat, "When to stop") == 1

    standing = "SELECT count(*) FROM answers WHERE undone_at IS NULL"
    assert rows(server.url, standing) == [5], "every answer, once"
    assert rows(server.url, "SELECT count(*) FROM dead_updates") == [0]
    assert await bot.ends(signal.SIGTERM) == 0
