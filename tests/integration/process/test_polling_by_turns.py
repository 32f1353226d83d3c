"""Several `aftermile run` that poll for one bot on one PostgreSQL: one polls, the others wait."""

import signal

import pytest
from support import postgres
from support.bot_process import TOKEN
from support.database import KEY, POSTGRES
from support.days import answers, arrives, how_often, just_ran

pytestmark = pytest.mark.slow


@pytest.fixture
def backend():
    return POSTGRES


@pytest.fixture
def polls(start, telegram):
    """Start one of several processes that poll for the same bot."""

    async def started(**settings):
        shared = {"api_base_url": telegram, "encryption_keys": KEY, "first_check_in_after": "PT5S"}
        return await start("run", **shared | settings)

    return started


async def test_one_polls_the_others_wait_and_the_next_takes_over(polls, chat, stored, until_said):
    first = await polls()
    await first.until_written("bot.started")
    await arrives(chat, profile=True)
    second = await polls()
    await second.until_written("polling.waiting")
    await just_ran(chat)

    first.process.send_signal(signal.SIGSTOP)
    await until_said("After your run")  # what is due does not wait for a turn
    await first.ends(signal.SIGKILL)
    await chat.taps("4", wait=False)
    await second.until_written("polling.taken_over")
    await chat.settled()

    third = await polls()
    await third.until_written("polling.waiting")
    wrong = await polls(bot_token=TOKEN.replace("a-token", "b-token"))
    assert await wrong.ends() == 2
    assert "AFTERMILE_BOT_TOKEN: Telegram does not accept it" in wrong.written
    assert await third.ends(signal.SIGTERM) == 0, "also while it waits"
    await answers(chat, "None of these", "None of these", "One side", "Stiff shoulders")
    assert await second.ends(signal.SIGTERM) == 0

    assert await how_often(chat, "When to stop") == 1
    assert stored("SELECT count(*) FROM answers WHERE undone_at IS NULL") == [5]
    for bot in (first, second, third):
        assert bot.written.count("polling.waiting") <= 1, "said once"
        assert "polling.conflict" not in bot.written, "never two at a time"


async def test_whoever_polls_after_the_database_was_away_polls_alone(
    polls, chat, database_url, stored
):
    first = await polls()
    await first.until_written("bot.started")
    await arrives(chat, profile=True)
    second = await polls()
    await second.until_written("polling.waiting")
    await chat.says("/checkin")
    for button in ("4", "None of these", "None of these", "One side", "Stiff shoulders"):
        postgres.cut_off(database_url)
        await chat.taps(button)
    assert stored("SELECT count(*) FROM answers WHERE undone_at IS NULL") == [5]
    assert await second.ends(signal.SIGTERM) == 0
    assert await first.ends(signal.SIGTERM) == 0
    assert "polling.turn_lost" in first.written + second.written
    for bot in (first, second):
        assert "Traceback" not in bot.written
        assert "polling.conflict" not in bot.written
