"""setWebhook as Telegram does it: secret, order, tries again, and no polling beside it."""

import asyncio

import pytest
from support.scripted_server import answer, listening
from telegram.error import BadRequest, Conflict

from bot.sandbox.webhook import SECRET_HEADER, backoff

SECRET = "a-secret_42"  # noqa: S105 - made up


@pytest.fixture
async def receiver():
    async with listening() as one:
        yield one


@pytest.fixture
async def pushed(bot, sandbox, receiver):
    """A bot whose updates go to the receiver; tries follow each other without a wait."""
    sandbox.webhook.pace = 0.0
    await bot.set_webhook(f"{receiver.url}/hook", secret_token=SECRET, allowed_updates=["message"])
    return receiver


async def taken(control, sandbox):
    assert (await control.get("idle", timeout=10))["idle"], sandbox.webhook.deliveries


async def test_an_update_is_pushed_with_its_secret_and_then_confirmed(pushed, control, sandbox):
    await control.says("hello")
    await taken(control, sandbox)
    [(head, body)] = pushed.requests
    assert head.startswith("POST /hook HTTP/1.1")
    assert f"{SECRET_HEADER}: {SECRET}" in head
    assert b'"text": "hello"' in body
    assert sandbox.webhook.deliveries == [(1, 200)]


@pytest.mark.parametrize("trouble", [answer(503), answer(302), "hang up"])
async def test_what_is_not_taken_comes_again_and_its_chat_waits_behind_it(
    pushed, control, sandbox, trouble
):
    pushed.plan = [trouble] * 3
    for text in ("first", "second"):
        await control.says(text)
    await taken(control, sandbox)
    assert [update for update, _ in sandbox.webhook.deliveries] == [1, 1, 1, 1, 2]


async def test_other_chats_go_on_meanwhile(pushed, control, sandbox):
    pushed.plan = ["say nothing"]
    await control.says("stuck")
    await sandbox.changes.until(lambda: bool(pushed.requests), 5)
    await control.says("free", runner=2)
    assert (await control.get("idle", update_id=2))["idle"]
    assert not (await control.get("idle", update_id=1, timeout=0))["idle"]


async def test_retry_after_is_respected(pushed, control, sandbox):
    sandbox.webhook.pace = 0.1
    pushed.plan = [answer(503, b"", "Retry-After: 2")]
    started_at = asyncio.get_running_loop().time()
    await control.says("later")
    await taken(control, sandbox)
    assert asyncio.get_running_loop().time() - started_at >= 0.2


def test_the_waits_double_after_a_first_try_at_once():
    assert [backoff(fails) for fails in range(6)] == [0, 2, 4, 8, 16, 32]
    assert 60 <= backoff(20) <= 120


@pytest.mark.usefixtures("pushed")
async def test_a_confirmed_update_can_be_pushed_again(control, sandbox):
    await control.says("twice")
    await taken(control, sandbox)
    await control.post("redeliver", update_id=1)
    await taken(control, sandbox)
    assert sandbox.webhook.deliveries == [(1, 200), (1, 200)]


async def test_polling_beside_a_webhook_is_refused_and_a_poll_under_way_ends(
    bot, control, receiver
):
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(ending(bot.get_updates(timeout=50)))
        await control.until_polled()
        await bot.set_webhook(f"{receiver.url}/hook")
    assert "terminated by setWebhook" in poll.result()
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()


async def ending(call):
    try:
        return await call
    except Conflict as conflict:
        return conflict.message.lower().replace("setwebhook", "setWebhook")


async def test_deleting_the_webhook_keeps_what_waits_for_the_next_poll(pushed, bot, control):
    pushed.plan = [answer(500)] * 1000
    await control.says("waits")
    await bot.delete_webhook()
    assert [update.message.text for update in await bot.get_updates()] == ["waits"]


async def test_the_state_of_the_webhook_is_told(pushed, bot, control, sandbox):
    pushed.plan = [answer(500)]
    await control.says("hello")
    await taken(control, sandbox)
    info = await bot.get_webhook_info()
    assert info.url == f"{pushed.url}/hook"
    assert info.last_error_message == "Wrong response from the webhook: 500"
    assert info.allowed_updates == ("message",)
    assert info.pending_update_count == 0


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"url": "http://bot.example.org/hook"}, "An https url must be provided"),
        ({"url": "https://bot.example.org:8080/hook"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": "https://bot.example.org", "secret_token": "a b"}, "unallowed characters"),
        ({"url": "https://bot.example.org", "secret_token": "a" * 257}, "too long"),
    ],
)
async def test_an_address_must_be_one_telegram_takes(bot, wish, words):
    with pytest.raises(BadRequest) as caught:
        await bot.set_webhook(**wish)
    assert words.lower() in caught.value.message.lower()
