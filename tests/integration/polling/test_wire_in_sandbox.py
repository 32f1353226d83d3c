"""The wire against a strict server: real requests, real refusals, real limits."""

import asyncio
import io
import warnings
from datetime import timedelta

import pytest
from PIL import Image

from bot.domain.delivery import Failed, RetryLater, Sent, Unknown, Unreachable
from bot.sandbox.acts import blocks, says
from bot.sandbox.server import Sandbox, serve
from bot.telegram.client import build_bot
from bot.telegram.messenger import Wire
from bot.telegram.outcomes import AFTER_REFUSAL, AFTER_TROUBLE
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


GONE = {"description": "Bad Request: message to edit not found"}
SAME = {"description": "Bad Request: message is not modified: specified new message content"}
FAULTS = {
    "answer lost": ("accepted_no_answer", {}, Unknown(), 1),
    "reset": ("reset", {}, Unknown(), 0),
    "a page of somebody in between": ("page", {}, Unknown(), 0),
    "500": ("500", {}, RetryLater(AFTER_TROUBLE), 0),
    "502": ("502", {}, RetryLater(AFTER_TROUBLE), 0),
    "503": ("503", {}, RetryLater(AFTER_TROUBLE), 0),
    "504": ("504", {}, Unknown(), 0),
    "429": ("429", {"retry_after": 40}, RetryLater(timedelta(seconds=40)), 0),
    "401": ("401", {}, RetryLater(AFTER_REFUSAL), 0),
    "restricted": ("400", {}, Failed("bad request"), 0),
    "too long": (
        "400",
        {"description": "Bad Request: message is too long"},
        Failed("too long"),
        0,
    ),
    "blocked": ("403", {}, Unreachable("blocked"), 0),
    "deactivated": (
        "403",
        {"description": "Forbidden: user is deactivated"},
        Unreachable("account deleted"),
        0,
    ),
    "never started": (
        "403",
        {"description": "Forbidden: bot can't initiate conversation with a user"},
        Unreachable("never started"),
        0,
    ),
    "chat not found": (
        "400",
        {"description": "Bad Request: chat not found"},
        Unreachable("chat not found"),
        0,
    ),
    "migrated": ("moved", {}, Unreachable("chat moved"), 0),
}


@pytest.mark.parametrize("what", FAULTS)
async def test_each_fault_of_a_send_has_its_outcome_and_one_try(wire, chat, sandbox, what):
    kind, more, outcome, arrived = FAULTS[what]
    sandbox.faults.add({"method": "sendMessage", "kind": kind, **more})
    assert await wire.send(chat, Screen("Call 112 now")) == outcome
    said = [post for post in sandbox.chats.all(chat) if post.from_bot]
    assert len(said) == arrived
    assert len(sandbox.calls.after(0, "sendMessage")) == 1


async def test_a_slow_answer_times_out_as_unknown(wire, chat, sandbox, monkeypatch):
    monkeypatch.setattr("bot.telegram.transport.READ", 0.05)
    sandbox.faults.add({"method": "sendMessage", "kind": "slow", "seconds": 1})
    assert await wire.send(chat, Screen("Call 112 now")) == Unknown()
    assert len([post for post in sandbox.chats.all(chat) if post.from_bot]) == 1


@pytest.mark.parametrize(
    ("kind", "more", "outcome"),
    [
        ("400", GONE, Failed("message gone")),
        ("400", SAME, "sent"),
        ("403", {}, Unreachable("blocked")),
        ("502", {}, RetryLater(AFTER_TROUBLE)),
        ("reset", {}, "sent"),
        ("accepted_no_answer", {}, "sent"),
        ("429", {"retry_after": 40}, RetryLater(timedelta(seconds=40))),
    ],
)
async def test_each_fault_of_an_edit_has_its_outcome(wire, chat, sandbox, kind, more, outcome):
    sent = await wire.send(chat, Screen("How much pain?"))
    sandbox.faults.add({"method": "editMessageText", "kind": kind, **more})
    found = await wire.edit(chat, sent.message_id, Screen("Closed."))
    # An edit carried out twice is carried out, so the transport repeats one that broke.
    assert found == (sent if outcome == "sent" else outcome)


@pytest.mark.parametrize("setting", ["0", "1"])
async def test_the_wait_of_a_429_is_the_same_in_either_form(
    wire, chat, sandbox, monkeypatch, setting
):
    monkeypatch.setenv("PTB_TIMEDELTA", setting)
    sandbox.faults.add({"method": "sendMessage", "kind": "429", "retry_after": 40})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outcome = await wire.send(chat, Screen("x"))
    assert outcome == RetryLater(timedelta(seconds=40))


async def test_an_upload_whose_answer_is_lost_is_not_repeated(wire, chat, sandbox, picture):
    sandbox.faults.add({"method": "sendPhoto", "kind": "accepted_no_answer"})
    assert await wire.send(chat, Screen("1 of 2", (), picture("red"))) == Unknown()
    assert len(sandbox.calls.after(0, "sendPhoto")) == 1


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
