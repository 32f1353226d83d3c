"""The wire: what goes out for a screen, and how it behaves when Telegram refuses."""

import json
from datetime import timedelta

import pytest
from telegram.error import TimedOut

from bot.domain.delivery import Failed, RetryLater, Sent, Unknown, Unreachable
from bot.telegram.messenger import PATIENCE, Wire, plain
from bot.telegram.pacing import SendBudget
from bot.telegram.screen import Attachment, Button, Screen
from bot.telegram.transport import NeverSent

CHAT = {"id": 1, "type": "private"}
MESSAGE = {"message_id": 7, "date": 0, "chat": CHAT}
TOO_MANY = {"description": "Too Many Requests: retry after 2", "parameters": {"retry_after": 2}}
BAD_MARKUP = {"description": 'Bad Request: can\'t parse entities: Unsupported start tag "x"'}


@pytest.fixture
def budget(ticking):
    return SendBudget(25, monotonic=ticking, sleep=ticking.sleep)


@pytest.fixture
def wire(client, budget, ticking):
    return Wire(client, budget, monotonic=ticking)


async def test_a_screen_with_keys_goes_out_as_html_without_preview(wire, server):
    server.answers["sendMessage"] = MESSAGE
    screen = Screen("<b>How?</b>", rows=((Button("0", "a", "success"), Button("1", "b")),))
    assert await wire.send(1, screen) == Sent(7)
    [call] = server.called("sendMessage")
    assert call["text"] == "<b>How?</b>"
    assert call["parse_mode"] == "HTML"
    assert call["link_preview_options"] == {"is_disabled": True}
    assert call["disable_notification"] is False
    assert call["reply_markup"] == {
        "inline_keyboard": [
            [
                {"text": "0", "callback_data": "a", "style": "success"},
                {"text": "1", "callback_data": "b"},
            ]
        ]
    }


async def test_the_location_key_and_its_removal(wire, server):
    server.answers["sendMessage"] = MESSAGE
    await wire.send(1, Screen("Where?", location_key="Share my place"))
    await wire.send(1, Screen("Thanks", drop_keys=True, silent=True))
    first, second = server.called("sendMessage")
    assert first["reply_markup"]["keyboard"] == [
        [{"text": "Share my place", "request_location": True}]
    ]
    assert first["reply_markup"]["one_time_keyboard"] is True
    assert second["reply_markup"] == {"remove_keyboard": True}
    assert second["disable_notification"] is True


@pytest.mark.parametrize(
    ("kind", "method"), [("photo", "sendPhoto"), ("document", "sendDocument")]
)
async def test_an_attachment_carries_the_text_as_its_caption(wire, server, kind, method):
    server.answers[method] = MESSAGE
    file = Attachment(b"bytes", "stretch.png", kind)
    assert await wire.send(1, Screen("<i>Hold</i>", attachment=file)) == Sent(7)
    [call] = server.called(method)
    assert call["caption"] == "<i>Hold</i>"
    assert call["parse_mode"] == "HTML"


@pytest.mark.parametrize(
    ("kind", "method"),
    [(None, "sendMessage"), ("photo", "sendPhoto"), ("document", "sendDocument")],
)
async def test_nothing_is_protected_from_being_kept_or_sent_on(wire, server, kind, method):
    server.answers[method] = MESSAGE
    file = Attachment(b"bytes", "page", kind) if kind else None
    await wire.send(1, Screen("Yours", attachment=file))
    [call] = server.called(method)
    assert "protect_content" not in call


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((403, {"description": "Forbidden: bot was blocked by the user"}), Unreachable("blocked")),
        ((413, {"description": "Request Entity Too Large"}), Failed("too large")),
        ((400, {"description": "Bad Request: wrong file identifier"}), Failed("file refused")),
        (
            (400, {"description": "Bad Request: message caption is too long"}),
            Failed("caption too long"),
        ),
        ((502, {"description": "Bad Gateway"}), RetryLater(timedelta(seconds=3))),
    ],
)
async def test_what_becomes_of_a_file_is_told_like_that_of_any_message(
    wire, server, answer, outcome
):
    server.answers["sendDocument"] = answer
    file = Attachment(b"%PDF", "summary.pdf", "document")
    assert await wire.send(1, Screen("Summary", attachment=file)) == outcome


async def test_markup_that_is_refused_goes_out_as_plain_text(wire, server):
    server.answers["sendMessage"] = [(400, BAD_MARKUP), MESSAGE]
    assert await wire.send(1, Screen("<x>Call 112 &amp; wait")) == Sent(7)
    _, second = server.called("sendMessage")
    assert second["text"] == "Call 112 & wait"
    assert "parse_mode" not in second


def test_plain_text_reads_like_the_markup():
    assert plain('<b>3 &lt; 4</b> &amp; <a href="x">more</a>') == "3 < 4 & more"


async def test_a_short_429_is_waited_out_and_the_message_sent_once_more(wire, server, ticking):
    server.answers["sendMessage"] = [(429, TOO_MANY), MESSAGE]
    assert await wire.send(1, Screen("x")) == Sent(7)
    assert sum(ticking.slept) == pytest.approx(2)


async def test_a_long_429_is_handed_back_and_the_chat_left_alone(wire, server, ticking):
    long = {**TOO_MANY, "parameters": {"retry_after": 40}}
    server.answers["sendMessage"] = [(429, long)]
    assert await wire.send(1, Screen("x")) == RetryLater(timedelta(seconds=40))
    assert await wire.send(1, Screen("x")) == RetryLater(timedelta(seconds=40))
    await wire.typing(1)
    assert len(server.called("sendMessage")) == 1
    assert server.called("sendChatAction") == []
    assert ticking.slept == []


async def test_429s_without_end_exhaust_the_patience_not_the_chat(wire, server, ticking):
    server.answers["sendMessage"] = (429, TOO_MANY)
    outcome = await wire.send(1, Screen("x"))
    assert isinstance(outcome, RetryLater)
    assert sum(ticking.slept) <= PATIENCE.total_seconds()
    assert len(server.called("sendMessage")) <= 3


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (TimedOut(), Unknown()),
        (NeverSent("x"), RetryLater(timedelta(seconds=3))),
        ((502, {"description": "Bad Gateway"}), RetryLater(timedelta(seconds=3))),
        ((403, {"description": "Forbidden: bot was blocked by the user"}), Unreachable("blocked")),
        ((400, {"description": "Bad Request: message is too long"}), Failed("too long")),
    ],
)
async def test_a_message_that_does_not_go_through_is_a_value(wire, server, answer, outcome):
    server.answers["sendMessage"] = answer
    assert await wire.send(1, Screen("x")) == outcome


async def test_an_edit_drops_the_keys_that_the_screen_has_not(wire, server):
    server.answers["editMessageText"] = MESSAGE
    assert await wire.edit(1, 7, Screen("Closed.")) == Sent(7)
    [call] = server.called("editMessageText")
    assert (call["message_id"], call["text"]) == (7, "Closed.")
    assert "reply_markup" not in call


async def test_an_edit_that_changes_nothing_counts_as_sent(wire, server):
    server.answers["editMessageText"] = (
        400,
        {"description": "Bad Request: message is not modified"},
    )
    assert await wire.edit(1, 7, Screen("same")) == Sent(7)


async def test_a_message_with_a_picture_gets_a_new_caption(wire, server):
    server.answers["editMessageText"] = (
        400,
        {"description": "Bad Request: there is no text in the message to edit"},
    )
    server.answers["editMessageCaption"] = MESSAGE
    assert await wire.edit(1, 7, Screen("<b>new</b>")) == Sent(7)
    assert server.called("editMessageCaption")[0]["caption"] == "<b>new</b>"


async def test_a_screen_with_a_picture_replaces_the_one_before(wire, server):
    server.answers["editMessageMedia"] = MESSAGE
    file = Attachment(b"bytes", "next.png", "photo")
    rows = ((Button("Next", "n"),),)
    assert await wire.edit(1, 7, Screen("2 of 4", rows=rows, attachment=file)) == Sent(7)
    [call] = server.called("editMessageMedia")
    media = call["media"] if isinstance(call["media"], dict) else json.loads(call["media"])
    assert (media["type"], media["caption"], media["parse_mode"]) == ("photo", "2 of 4", "HTML")
    assert "reply_markup" in call


async def test_a_message_that_is_gone_is_failed(wire, server):
    server.answers["editMessageText"] = (
        400,
        {"description": "Bad Request: message to edit not found"},
    )
    assert await wire.edit(1, 7, Screen("x")) == Failed("message gone")


@pytest.mark.parametrize(
    "answer",
    [
        (400, {"description": "Bad Request: query is too old and response timeout expired"}),
        TimedOut(),
        (429, TOO_MANY),
    ],
)
async def test_answering_a_tap_never_raises(wire, server, answer):
    server.answers["answerCallbackQuery"] = answer
    await wire.answer("1", "late", alert=True)


async def test_an_answer_to_a_tap_is_cut_to_what_telegram_takes(wire, server):
    server.answers["answerCallbackQuery"] = True
    await wire.answer("1", "x" * 300)
    assert len(server.called("answerCallbackQuery")[0]["text"]) == 200


async def test_a_message_is_taken_away(wire, server):
    server.answers["deleteMessage"] = True
    await wire.clear(1, 7)
    [call] = server.called("deleteMessage")
    assert (call["chat_id"], call["message_id"]) == (1, 7)
    assert server.called("editMessageReplyMarkup") == []


async def test_a_message_too_old_to_be_taken_away_loses_its_keys(wire, server):
    refusal = {"description": "Bad Request: message can't be deleted for everyone"}
    server.answers["deleteMessage"] = (400, refusal)
    server.answers["editMessageReplyMarkup"] = MESSAGE
    await wire.clear(1, 7)
    [call] = server.called("editMessageReplyMarkup")
    assert "reply_markup" not in call


async def test_taking_a_message_away_never_raises(wire, server):
    server.answers["deleteMessage"] = TimedOut()
    await wire.clear(1, 7)
    assert server.called("editMessageReplyMarkup") == []


async def test_typing_never_raises(wire, server):
    server.answers["sendChatAction"] = (403, {"description": "Forbidden: blocked"})
    await wire.typing(1)
    assert len(server.called("sendChatAction")) == 1
