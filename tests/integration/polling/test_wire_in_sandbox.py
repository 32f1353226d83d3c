"""The wire against a strict server: real requests, real refusals, real limits."""

import asyncio
import io

import pytest
from PIL import Image

from bot.domain.delivery import Failed, RetryLater, Sent, Unknown, Unreachable
from bot.sandbox.acts import blocks, says
from bot.sandbox.server import Sandbox, serve
from bot.telegram.client import build_bot
from bot.telegram.messenger import Wire
from bot.telegram.pacing import SendBudget
from bot.telegram.screen import Attachment, Button, Screen

TOKEN = "123456:wire-test"  # noqa: S105 - the sandbox's own
ROWS = (
    (Button("0 · no pain", "ci1:1:nrs:0", "success"),),
    (Button("7", "ci1:1:nrs:7", "danger"), Button("Later", "ci1:1:later", "primary")),
)


class Ticking:
    """Seconds that pass when somebody sleeps, for the bot and for the server's limits."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds

    async def sleep(self, seconds):
        self.seconds += seconds
        await asyncio.sleep(0)


@pytest.fixture
def ticking():
    return Ticking()


@pytest.fixture
def sandbox(ticking):
    return Sandbox(token=TOKEN, monotonic=ticking)


@pytest.fixture
async def wire(sandbox, ticking):
    async with serve(sandbox) as running:
        bot = build_bot(TOKEN, running.url)
        await bot.initialize()
        budget = SendBudget(25, monotonic=ticking, sleep=ticking.sleep)
        yield Wire(bot, budget, monotonic=ticking)
        await bot.shutdown()


@pytest.fixture
def chat(sandbox):
    runner = sandbox.runners.ensure(1)
    says(sandbox, runner, {"text": "/start"})
    return runner.chat_id


@pytest.fixture
def picture():
    def draw(colour, kind="photo"):
        drawn = io.BytesIO()
        Image.new("RGB", (32, 32), colour).save(drawn, "PNG")
        return Attachment(drawn.getvalue(), f"{colour}.png", kind)

    return draw


def refusals(sandbox):
    return [call["description"] for call in sandbox.calls.after(0, None) if not call["ok"]]


async def test_a_message_is_sent_edited_and_edited_to_the_same(wire, chat, sandbox):
    sent = await wire.send(chat, Screen("<b>How much pain?</b> 1 &lt; 2", rows=ROWS))
    assert isinstance(sent, Sent)
    assert await wire.edit(chat, sent.message_id, Screen("Closed.")) == sent
    assert await wire.edit(chat, sent.message_id, Screen("Closed.")) == sent
    post = sandbox.chats.live(chat, sent.message_id)
    assert post.message["text"] == "Closed."
    assert "reply_markup" not in post.message


async def test_pictures_are_sent_recaptioned_and_replaced(wire, chat, sandbox, picture):
    sent = await wire.send(chat, Screen("<i>1 of 2</i>", ROWS, picture("red")))
    assert await wire.edit(chat, sent.message_id, Screen("still 1 of 2", ROWS)) == sent
    assert sandbox.chats.live(chat, sent.message_id).message["caption"] == "still 1 of 2"
    assert await wire.edit(chat, sent.message_id, Screen("2 of 2", (), picture("blue"))) == sent
    assert sandbox.chats.live(chat, sent.message_id).message["caption"] == "2 of 2"
    document = await wire.send(chat, Screen("All you told me", (), picture("red", "document")))
    assert isinstance(document, Sent)


async def test_a_message_that_is_gone_cannot_be_edited(wire, chat):
    assert await wire.edit(chat, 4711, Screen("x")) == Failed("message gone")


async def test_refused_markup_still_arrives(wire, chat, sandbox):
    sent = await wire.send(chat, Screen("<b>Call 112 now"), urgent=True)
    assert sandbox.chats.live(chat, sent.message_id).message["text"] == "Call 112 now"


async def test_a_block_and_an_unknown_chat_are_unreachable(wire, chat, sandbox):
    blocks(sandbox, sandbox.runners.ensure(1), {})
    assert await wire.send(chat, Screen("x")) == Unreachable("blocked")
    assert await wire.send(987654321, Screen("x")) == Unreachable("chat not found")


async def test_a_lost_answer_is_unknown_and_a_server_in_trouble_is_later(wire, chat, sandbox):
    sandbox.faults.add({"method": "sendMessage", "kind": "accepted_no_answer"})
    assert await wire.send(chat, Screen("x")) == Unknown()
    sandbox.faults.add({"method": "sendMessage", "kind": "502"})
    assert isinstance(await wire.send(chat, Screen("x")), RetryLater)


async def test_a_tap_that_is_too_old_is_nobodys_problem(wire, chat):
    await wire.answer("4711", "Thanks")
    await wire.typing(chat)


async def test_at_full_speed_the_server_never_has_to_say_slow_down(wire, sandbox, ticking):
    runners = [sandbox.runners.ensure(n) for n in range(1, 31)]
    for runner in runners:
        says(sandbox, runner, {"text": "/start"})
    started_at = ticking.seconds
    for _ in range(4):
        for runner in runners:
            assert isinstance(await wire.send(runner.chat_id, Screen("hello")), Sent)
    for _ in range(6):
        assert isinstance(await wire.send(runners[0].chat_id, Screen("hello")), Sent)
    assert refusals(sandbox) == []
    assert ticking.seconds - started_at < 12
