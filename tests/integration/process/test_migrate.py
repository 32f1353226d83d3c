"""`aftermile migrate --from`, and bots that share a database, as processes of their own."""

import signal

import pytest
from support.database import POSTGRES, SQLITE, database_at, on_both, rows
from support.days import answers, arrives, how_often

pytestmark = pytest.mark.slow


@pytest.fixture
def server_url(tmp_path):
    """A PostgreSQL database with nothing in it."""
    with database_at(POSTGRES, tmp_path, empty=True) as url:
        yield url


async def test_a_bot_moves_to_postgresql_in_the_middle_of_a_check_in(
    start, telegram, chat, database_url, server_url
):
    before = await start("run", api_base_url=telegram)
    await arrives(chat, profile=True)
    await chat.says("/checkin")
    await answers(chat, "4", "None of these")
    move = ("migrate", "--from", database_url)
    refused = await start(*move, database_url=server_url)
    assert await refused.ends() == 2
    assert "--from: a bot is running on that file; stop it first" in refused.written
    assert await before.ends(signal.SIGTERM) == 0

    moving = await start(*move, database_url=server_url)
    assert await moving.ends() == 0, moving.written
    assert "answers: compared 2 of 2" in moving.written
    assert "Moved" in moving.written.splitlines()[-1]

    after = await start("run", api_base_url=telegram, database_url=server_url)
    await answers(chat, "None of these", "One side", "Stiff shoulders")
    assert await how_often(chat, "When to stop") == 1
    assert rows(server_url, "SELECT count(*) FROM answers WHERE undone_at IS NULL") == [5]
    assert await after.ends(signal.SIGTERM) == 0

    again = await start(*move, database_url=server_url)
    assert await again.ends() == 2
    [line] = again.written.splitlines()
    assert line.startswith("AFTERMILE_DATABASE_URL: that database is not empty")


async def test_moving_with_another_key_is_refused_before_anything_moves(
    start, telegram, chat, database_url, server_url
):
    bot = await start("run", api_base_url=telegram)
    await arrives(chat, profile=True)
    assert await bot.ends(signal.SIGTERM) == 0
    another = {"encryption_keys": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="}
    moving = await start("migrate", "--from", database_url, database_url=server_url, **another)
    assert await moving.ends() == 2
    assert "AFTERMILE_ENCRYPTION_KEYS: these keys do not open" in moving.written
    assert rows(server_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [0]


@on_both
async def test_a_second_bot_is_refused_on_a_file_and_welcome_on_a_server(start, telegram, backend):
    first = await start("run", api_base_url=telegram)
    await first.until_written("bot.started")
    second = await start("run", api_base_url=telegram)
    if backend == SQLITE:
        assert await second.ends() == 2
        [line] = second.written.splitlines()
        assert line.startswith("AFTERMILE_DATABASE_URL: another bot is running on this SQLite")
    else:
        await second.until_written("polling.waiting")
        assert await second.ends(signal.SIGTERM) == 0
    assert await first.ends(signal.SIGTERM) == 0
