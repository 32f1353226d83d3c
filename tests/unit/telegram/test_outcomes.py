"""What Telegram's refusals and the network's failures mean for a message."""

import warnings
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.domain.delivery import Failed, RetryLater, Sent, Unknown, Unreachable
from bot.telegram.outcomes import AFTER_REFUSAL, AFTER_TROUBLE, outcome_of, retry_after
from bot.telegram.transport import Lost, NeverSent, ServerTrouble


def test_a_time_out_after_sending_may_have_arrived():
    assert outcome_of(TimedOut()) == Unknown()


def test_a_connection_lost_after_sending_may_have_arrived():
    assert outcome_of(Lost("ServerDisconnectedError")) == Unknown()


def test_no_connection_is_safe_to_repeat():
    assert outcome_of(NeverSent("ClientConnectorError")) == RetryLater(AFTER_TROUBLE)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_in_trouble_is_left_alone_for_a_moment(status):
    assert outcome_of(ServerTrouble(status)) == RetryLater(AFTER_TROUBLE)


def test_a_gateway_that_did_not_wait_for_the_answer_had_passed_the_message_on():
    assert outcome_of(ServerTrouble(504)) == Unknown()


def test_a_refusal_nobody_knows_yet_is_left_alone_for_a_moment():
    assert outcome_of(NetworkError("I'm a Teapot")) == RetryLater(AFTER_TROUBLE)


def test_a_file_that_is_too_large_will_not_fit_later():
    assert outcome_of(NetworkError("Request Entity Too Large")) == Failed("too large")


@pytest.mark.parametrize("setting", ["0", "1"])
def test_flood_control_is_honoured_in_full_in_either_form_of_the_period(monkeypatch, setting):
    monkeypatch.setenv("PTB_TIMEDELTA", setting)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        error = RetryAfter(37)
    assert outcome_of(error) == RetryLater(timedelta(seconds=37))
    assert retry_after(error) == timedelta(seconds=37)


def test_an_unchanged_message_counts_as_sent():
    text = (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    assert outcome_of(BadRequest(text), 7) == Sent(7)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Bad Request: message to edit not found", "message gone"),
        ("Bad Request: message can't be edited", "message gone"),
        ("Bad Request: MESSAGE_ID_INVALID", "message gone"),
        ("Bad Request: message is too long", "too long"),
        ("Bad Request: message caption is too long", "caption too long"),
        ("Bad Request: message text is empty", "empty text"),
        ("Bad Request: BUTTON_DATA_INVALID", "button refused"),
        ('Bad Request: can\'t parse entities: Unsupported start tag "my pain"', "markup refused"),
        ("Bad Request: SOMETHING_NEW about my pain", "bad request"),
    ],
)
def test_a_refusal_keeps_a_reason_of_ours_that_quotes_nobody(text, reason):
    assert outcome_of(BadRequest(text), 7) == Failed(reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Forbidden: user is deactivated", "account deleted"),
        ("Forbidden: bot can't initiate conversation with a user", "never started"),
        ("Forbidden: bot was kicked from the group chat", "removed from the chat"),
        ("Forbidden: something new", "forbidden"),
    ],
)
def test_who_does_not_want_us_or_is_gone_is_unreachable(text, reason):
    assert outcome_of(Forbidden(text)) == Unreachable(reason)


def test_a_chat_that_does_not_exist_is_unreachable():
    assert outcome_of(BadRequest("Bad Request: chat not found")) == Unreachable("chat not found")


def test_a_group_that_moved_is_gone_under_its_old_id():
    assert outcome_of(ChatMigrated(-100)) == Unreachable("chat moved")


def test_a_refused_token_is_no_fault_of_the_message_which_stays_owed():
    assert outcome_of(InvalidToken()) == RetryLater(AFTER_REFUSAL)


def test_what_no_repetition_would_mend_is_failed():
    assert outcome_of(TelegramError("something new about my pain")) == Failed("TelegramError")
