"""What an error of python-telegram-bot means for the message that was being sent.

`TimedOut` and `BadRequest` are subclasses of `NetworkError`, so the order of the cases matters.
The reasons are words of ours: Telegram's own text may quote the message, and reasons are stored.
"""

from __future__ import annotations

import warnings
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from telegram import error as telegram_error

from bot.domain.delivery import Failed, Outcome, RetryLater, Sent, Unknown, Unreachable
from bot.telegram.transport import Lost, NeverSent, ServerTrouble

AFTER_TROUBLE: Final = timedelta(seconds=3)
"""How long to leave a server alone that cannot be reached or answers 5xx."""

AFTER_REFUSAL: Final = timedelta(minutes=1)
"""How long to wait when the token itself is refused."""

NOT_MODIFIED: Final = "message is not modified"
BAD_MARKUP: Final = "can't parse entities"
NO_TEXT: Final = "there is no text in the message to edit"
GONE: Final = "message gone"

_GONE: Final = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message_id_invalid",
)
_NO_CHAT: Final = ("chat not found", "user not found", "peer_id_invalid", "user_is_blocked")
_REFUSED: Final = {
    BAD_MARKUP: "markup refused",
    "caption is too long": "caption too long",
    "too long": "too long",
    "text is empty": "empty text",
    "reply markup": "keyboard refused",
    "button": "button refused",
    "file": "file refused",
    "image": "picture refused",
    "photo": "picture refused",
}
_UNREACHABLE: Final = {
    "blocked": "blocked",
    "deactivated": "account deleted",
    "can't initiate": "never started",
    "kicked": "removed from the chat",
    "migrated": "chat moved",
}


def outcome_of(error: telegram_error.TelegramError, message_id: int | None = None) -> Outcome:
    """Judge a failed call; `message_id` is the message that was to be edited, if one was."""
    match error:
        case telegram_error.RetryAfter():
            return RetryLater(retry_after(error))
        case telegram_error.BadRequest():
            return _of_bad_request(error, message_id)
        case telegram_error.NetworkError():
            return _of_network_error(error)
        case telegram_error.InvalidToken():
            # The operator's to mend, not the message's fault: it stays owed.
            return RetryLater(AFTER_REFUSAL)
        case telegram_error.Forbidden() | telegram_error.ChatMigrated():
            # Groups move to a new id, private chats never do: nothing is owed to the old one.
            return Unreachable(_word(error, _UNREACHABLE, "forbidden"))
        case _:
            return Failed(type(error).__name__)


def retry_after(error: telegram_error.RetryAfter) -> timedelta:
    """Give the wait Telegram asks for, whichever of its two forms this release reports."""
    with warnings.catch_warnings():
        # The number form warns at each read; see PTB_TIMEDELTA in python-telegram-bot.
        warnings.simplefilter("ignore")
        wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def says(error: telegram_error.TelegramError, text: str) -> bool:
    """Whether Telegram's words contain `text`, which is lower case."""
    return text in error.message.lower()


def _of_bad_request(error: telegram_error.BadRequest, message_id: int | None) -> Outcome:
    if says(error, NOT_MODIFIED):
        return Sent(message_id)
    if any(says(error, text) for text in _GONE):
        return Failed(GONE)
    if any(says(error, text) for text in _NO_CHAT):
        return Unreachable("chat not found")
    return Failed(_word(error, _REFUSED, "bad request"))


def _of_network_error(error: telegram_error.NetworkError) -> Outcome:
    match error:
        case NeverSent():
            return RetryLater(AFTER_TROUBLE)
        case ServerTrouble(status=HTTPStatus.GATEWAY_TIMEOUT):
            # The proxy had passed it on and did not wait for the answer.
            return Unknown()
        case ServerTrouble():
            return RetryLater(AFTER_TROUBLE)
        case Lost() | telegram_error.TimedOut():
            return Unknown()
        case _ if says(error, "too large"):
            return Failed("too large")
        case _:
            return RetryLater(AFTER_TROUBLE)


def _word(error: telegram_error.TelegramError, words: dict[str, str], otherwise: str) -> str:
    return next((word for text, word in words.items() if says(error, text)), otherwise)
