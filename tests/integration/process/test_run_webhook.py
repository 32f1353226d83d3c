"""`aftermile run` in webhook mode as a process of its own: a conversation, kills, a clean stop."""

import asyncio
import signal
import socket
import sqlite3
from contextlib import closing

import httpx
import pytest
from support.bot_process import TOKEN, Killable, environment
from support.days import answers, arrives, how_often, just_ran

from bot.telegram.webhook import secret_from

pytestmark = pytest.mark.slow


@pytest.fixture
def port():
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def pushed(telegram, sandbox, port):
    """The settings of a bot that the sandbox pushes to."""
    sandbox.webhook.pace = 0.1
    return {
        "api_base_url": telegram,
        "mode": "webhook",
        "webhook_url": f"http://127.0.0.1:{port}/hook",
        "port": str(port),
    }


@pytest.fixture
async def http(port):
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        yield client


async def test_the_main_conversation_through_the_webhook(start, pushed, chat, until_said, http):
    bot = await start("run", **pushed, first_check_in_after="PT1S")
    await arrives(chat, profile=True)
    assert (await http.get("/readyz")).json() == {"telegram": True, "database": True}
    assert (await http.post("/hook", json={"update_id": 1})).status_code == 403
    await just_ran(chat)
    await until_said("After your run")
    await chat.taps("0 · no pain")
    await chat.says("/checkin")
    await answers(chat, "5", "One or more")
    assert await how_often(chat, "Call 112 now.") == 1
    assert await bot.ends(signal.SIGTERM) == 0
    assert "Traceback" not in bot.written
    assert secret_from(TOKEN) not in bot.written
    for event in ("webhook.registered", "web.listening", "bot.stopped"):
        assert event in bot.written


async def test_killed_as_it_answers_nothing_is_lost_and_little_comes_twice(
    tmp_path, sandbox, pushed, chat, processes
):
    env = environment(tmp_path, bot_token=TOKEN, quiet_hours="off", **pushed)
    bot = Killable(tmp_path, env)
    processes.callback(bot.clean_up)
    bot.start()
    await arrives(chat, profile=True)
    await chat.says("/checkin")
    for button in ("6", "None of these", "None of these", "One side", "Stiff shoulders"):
        tries = len(sandbox.webhook.deliveries)
        await chat.taps(button, wait=False)
        await sandbox.changes.until(lambda tries=tries: len(sandbox.webhook.deliveries) > tries, 2)
        bot.kill()
        bot.start()
        await chat.settled()
    with closing(sqlite3.connect(tmp_path / "data" / "aftermile.db")) as database:
        found = database.execute("SELECT count(*) FROM answers WHERE undone_at IS NULL")
        assert found.fetchone() == (5,)
    assert 1 <= await how_often(chat, "When to stop") <= 2


async def test_a_stop_finishes_what_is_under_way_within_ten_seconds(
    start, pushed, chat, sandbox, stored
):
    bot = await start("run", **pushed)
    await arrives(chat)
    await chat.suffers("sendMessage", "slow", seconds=2, chat_id=chat.chat_id)
    await chat.says("/checkin", wait=False)
    assert await sandbox.changes.until(lambda: bool(sandbox.webhook._busy), 10)
    started_at = asyncio.get_running_loop().time()
    await sandbox.changes.until(lambda: not sandbox.faults.coming(), 10)
    assert await bot.ends(signal.SIGTERM) == 0
    assert asyncio.get_running_loop().time() - started_at < 10
    assert stored("SELECT count(*) FROM check_ins WHERE opened_at IS NOT NULL") == [1]
    assert stored("SELECT count(*) FROM runners WHERE leased_by IS NOT NULL") == [0]
    assert not sandbox.queue.waiting(), "taken before it went"


async def test_polling_takes_over_from_the_webhook_and_the_other_way_round(
    start, pushed, telegram, chat, sandbox
):
    first = await start("run", **pushed)
    await arrives(chat)
    assert await first.ends(signal.SIGTERM) == 0
    assert sandbox.webhook.is_set(), "other replicas may still be there"
    await chat.says("/doctor", wait=False)
    second = await start("run", api_base_url=telegram)
    await chat.settled()
    assert not sandbox.webhook.is_set()
    assert await second.ends(signal.SIGTERM) == 0


REFUSED = {
    "no address": ({"mode": "webhook"}, "AFTERMILE_WEBHOOK_URL: missing"),
    "an address Telegram does not take": (
        {"mode": "webhook", "webhook_url": "http://bot.example.org/hook"},
        "AFTERMILE_WEBHOOK_URL: Telegram wants https://",
    ),
    "no host of this machine": (
        {"mode": "webhook", "webhook_url": "https://bot.example.org/hook", "host": "192.0.2.1"},
        "AFTERMILE_HOST, AFTERMILE_PORT: cannot listen on 192.0.2.1 port 8080",
    ),
    "a proxy of another kind": ({}, "HTTPS_PROXY: socks5 proxies are not supported"),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_what_cannot_work_is_refused_in_one_clear_line(start, what, monkeypatch):
    wrong, line = REFUSED[what]
    if "proxy" in what:
        monkeypatch.setattr("support.bot_process.PASSED_ON", ("PATH", "HOME", "LANG", "ALL_PROXY"))
        monkeypatch.setenv("ALL_PROXY", "socks5://ann:secret@127.0.0.1:9")
    bot = await start("run", **wrong)
    assert await bot.ends() == 2
    lines = [one for one in bot.written.splitlines() if "[info" not in one]
    assert len(lines) == 1, bot.written
    assert line in lines[0]
    assert "secret" not in lines[0]
