"""Flood limits and faults: what a bot has to live with."""

import httpx
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.sandbox.server import Limits, Sandbox, serve


class TestLimits:
    @pytest.fixture
    def sandbox(self, clock, ticks):
        return Sandbox(clock=clock, limits=Limits(per_chat=1, burst=3, overall=5), monotonic=ticks)

    async def test_a_chat_takes_a_burst_then_one_a_second(self, bot, runner, ticks, control):
        for _ in range(3):
            await bot.send_message(runner, "x")
        answer = await control.raw("sendMessage", chat_id=runner, text="x")
        assert answer == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        ticks.seconds += 1
        await bot.send_message(runner, "x")
        with pytest.raises(RetryAfter):
            await bot.send_message(runner, "x")

    async def test_a_refused_message_does_not_count(self, runner, ticks, control):
        for _ in range(8):
            await control.raw("sendMessage", chat_id=runner, text="x")
        ticks.seconds += 1
        assert (await control.raw("sendMessage", chat_id=runner, text="x"))["ok"]

    async def test_all_chats_together_have_a_limit(self, control, ticks):
        for n in range(1, 7):
            await control.says(runner=n)
        sent = [await control.raw("sendMessage", chat_id=1000 + n, text="x") for n in range(1, 7)]
        assert [answer["ok"] for answer in sent] == [True] * 5 + [False]
        ticks.seconds += 0.2
        assert (await control.raw("sendMessage", chat_id=1006, text="x"))["ok"]

    async def test_a_moved_clock_lifts_no_limit(self, bot, runner, control):
        for _ in range(3):
            await bot.send_message(runner, "x")
        await control.post("clock", move="PT1H")
        with pytest.raises(RetryAfter):
            await bot.send_message(runner, "x")

    async def test_edits_are_not_limited(self, bot, runner):
        sent = await bot.send_message(runner, "0")
        for n in range(1, 9):
            await bot.edit_message_text(str(n), runner, sent.message_id)


@pytest.mark.parametrize(
    ("kind", "error", "said"),
    [
        ("400", BadRequest, "Chat_restricted"),
        ("403", Forbidden, "bot was blocked by the user"),
        ("429", RetryAfter, "Flood control exceeded. Retry in 0:00:07"),
        ("500", NetworkError, "Internal Server Error"),
        ("502", NetworkError, "Bad Gateway"),
        ("503", NetworkError, "Service Unavailable"),
        ("504", NetworkError, "Gateway Timeout"),
        ("401", InvalidToken, "Unauthorized"),
        ("moved", ChatMigrated, "Group migrated to supergroup"),
        ("page", TelegramError, "Invalid server response"),
    ],
)
async def test_a_fault_refuses_a_call_and_is_over(bot, runner, control, kind, error, said):
    await control.post("faults", method="sendMessage", kind=kind, retry_after=7)
    with pytest.raises(error, match=said):
        await bot.send_message(runner, "x")
    assert (await control.transcript())["messages"][-1]["from"] == "runner"
    assert await bot.send_message(runner, "y")


async def test_a_fault_can_have_its_own_words(bot, runner, control):
    said = "Bad Request: group chat was upgraded to a supergroup chat"
    await control.post("faults", method="*", kind="400", description=said)
    with pytest.raises(BadRequest, match="Group chat was upgraded"):
        await bot.send_message(runner, "x")


async def test_a_fault_waits_for_its_chat_its_method_and_its_turns(bot, runner, control):
    await control.says(runner=2)
    await control.post("faults", method="sendmessage", kind="500", times=2, chat_id=1002)
    await bot.send_message(runner, "other chat")
    await bot.send_chat_action(1002, "typing")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(1002, "x")
    await bot.send_message(1002, "y")


async def test_a_fault_for_all_methods_spares_the_polls(bot, control):
    await control.post("faults", method="*", kind="500")
    await bot.get_updates()
    with pytest.raises(TelegramError):
        await bot.get_me()


async def test_a_reset_happens_before_any_effect(bot, runner, control):
    await control.post("faults", method="sendMessage", kind="reset")
    with pytest.raises(NetworkError):
        await bot.send_message(runner, "x")
    assert (await control.seen())["from"] == "runner"
    (call,) = (await control.get("calls", method="sendMessage"))["calls"]
    assert (call["status"], call["ok"], call["fault"]) == (0, False, "reset")


async def test_an_accepted_call_may_go_unanswered(bot, runner, control):
    await control.post("faults", method="sendMessage", kind="accepted_no_answer")
    with pytest.raises(NetworkError):
        await bot.send_message(runner, "did it arrive?")
    assert (await control.seen())["text"] == "did it arrive?"
    (call,) = (await control.get("calls", method="sendMessage"))["calls"]
    assert (call["status"], call["ok"], call["fault"]) == (0, True, "accepted_no_answer")


async def test_a_slow_call_takes_effect_before_its_answer(bot, runner, control):
    await control.post("faults", method="sendMessage", kind="slow", seconds=30)
    with pytest.raises(NetworkError):
        await bot.send_message(runner, "slowly", read_timeout=0.05)
    assert (await control.seen())["text"] == "slowly"


async def test_faults_are_listed_and_cleared(control):
    answer = await control.post("faults", method="sendMessage", kind="429", times=3)
    (fault,) = (await control.get("state"))["faults"]
    assert (fault["id"], fault["method"], fault["times"]) == (answer["id"], "sendmessage", 3)
    await control.http.delete("/sandbox/faults")
    assert (await control.get("state"))["faults"] == []


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"method": "x", "kind": "fire"},
        {"method": "x", "kind": "500", "colour": 1},
        {"method": "x", "kind": "500", "times": "two"},
    ],
)
async def test_a_fault_must_make_sense(control, wish):
    assert (await control.refused("faults", **wish))[0] == 400


async def test_a_fault_on_getupdates_reaches_the_poller(url, control, bot_at):
    await control.post("faults", method="getUpdates", kind="502")
    async with bot_at(url) as bot:
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.get_updates()


async def test_wrong_tokens_are_refused_as_at_telegram(ticks):
    sandbox = Sandbox(token="42:right", monotonic=ticks)  # noqa: S106 - a made-up token
    async with serve(sandbox) as running, httpx.AsyncClient(base_url=running.url) as http:
        known = await http.get("/bot42:right/getMe")
        assert known.json()["result"]["id"] == 42
        assert (await http.get("/bot42:wrong/getMe")).json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }
        assert (await http.get("/botnonsense/getMe")).status_code == 404
        assert (await http.get("/file/bot42:wrong/x")).status_code == 401


async def test_the_real_client_knows_its_token_is_wrong(url, bot_at, sandbox):
    sandbox.token = "1:other"  # noqa: S105 - a made-up token
    bot: Bot = bot_at(url)
    with pytest.raises(TelegramError, match="The token `123456:test-token` was rejected"):
        await bot.initialize()
    await bot.shutdown()
