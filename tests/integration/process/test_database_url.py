"""A database URL that cannot work: every command says so in one line and waits only if it may."""

import signal

import pytest
from sqlalchemy import make_url
from support.database import POSTGRES
from support.wire import a_wire

pytestmark = pytest.mark.slow

WRONG = {
    "no such database": ("dbname=elsewhere", 'refuses it: database "elsewhere" does not exist'),
    "no such option": ("foo=1", 'invalid connection option "foo"'),
    "no such user": ("user=nobody", 'refuses it: role "nobody" does not exist'),
    "no such host": ("host=no-such-host.invalid", "no host is called no-such-host.invalid"),
    "tls that is not there": ("sslmode=require", "does not support SSL"),
}
COMMANDS = (
    ("run",),
    ("migrate",),
    ("migrate", "--from", "sqlite:///source.db"),
    ("health",),
    ("explain", "1"),
)


@pytest.fixture
def backend():
    return POSTGRES


@pytest.fixture
async def wired(database_url):
    """The server by way of a port: its URL."""
    async with a_wire(database_url) as (wired, _):
        yield make_url(wired).set(password="secret").render_as_string(hide_password=False)  # noqa: S106 - made up


@pytest.mark.parametrize(("command", "what"), list(zip(COMMANDS, WRONG, strict=True)))
async def test_every_command_says_what_is_wrong_in_one_line(start, telegram, wired, command, what):
    option, words = WRONG[what]
    if "--from" in command:
        source = await start("migrate", database_url="sqlite:///source.db")
        assert await source.ends() == 0
    wrong = f"{wired}?{option}"
    process = await start(*command, api_base_url=telegram, database_url=wrong)
    assert await process.ends() == 2
    [line] = process.written.splitlines()
    assert line.startswith("AFTERMILE_DATABASE_URL: ")
    assert words in line
    assert "secret" not in line


async def test_a_server_that_is_not_up_yet_is_waited_for_by_those_that_need_it(
    start, telegram, database_url
):
    async with a_wire(database_url) as (wired, _):
        port = make_url(wired).port
    given = {"api_base_url": telegram, "database_url": wired}
    bot = await start("run", **given)
    await bot.until_written("database.awaited")
    assert await bot.ends(signal.SIGTERM) == 0, "also while it waits"
    health = await start("health", **given)
    assert await health.ends() == 1
    assert "the database server is not there (Connection refused)" in health.written

    bot = await start("run", **given)
    await bot.until_written("database.awaited")
    async with a_wire(database_url, port=port):
        await bot.until_written("bot.started")
        assert await bot.ends(signal.SIGTERM) == 0
    assert bot.written.count("database.awaited") == 1
    assert "Traceback" not in bot.written
