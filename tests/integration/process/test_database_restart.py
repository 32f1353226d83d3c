"""The database server dies under a running bot: the bot waits for it and loses nothing."""

import signal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.database import rows
from support.days import answers, arrives, how_often
from support.postgres_guard import Server

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
    assert await how_often(chat, "Stop if") == 1

    standing = "SELECT count(*) FROM answers WHERE undone_at IS NULL"
    assert rows(server.url, standing) == [5], "every answer, once"
    assert rows(server.url, "SELECT count(*) FROM dead_updates") == [0]
    assert await bot.ends(signal.SIGTERM) == 0
