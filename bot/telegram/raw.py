"""Updates as Telegram sent them, and what can be saved of one that cannot be parsed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import telegram
from telegram.constants import ChatType

RawUpdate = dict[str, Any]


def parse(raw: RawUpdate, bot: telegram.Bot) -> tuple[telegram.Update, Exception | None]:
    """Give the update; with an error, one that has only its id and, if private, its chat."""
    try:
        return telegram.Update.de_json(raw, bot), None
    except Exception as error:  # noqa: BLE001 - the parser fails in whatever way the input makes it
        return _bare(raw), error


def update_id(raw: object) -> int | None:
    """Give an update's id; None if this is no update at all."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) else None


def _bare(raw: RawUpdate) -> telegram.Update:
    chat_id = next(
        (found for part in raw.values() if (found := _private_chat(part)) is not None), None
    )
    if chat_id is None:
        return telegram.Update(raw["update_id"])
    chat = telegram.Chat(chat_id, ChatType.PRIVATE)
    stub = telegram.Message(0, datetime.fromtimestamp(0, UTC), chat)
    return telegram.Update(raw["update_id"], message=stub)


def _private_chat(part: object) -> int | None:
    """Find whom to apologise to: the private chat of a message, or of a tapped message."""
    if not isinstance(part, dict):
        return None
    chat = part.get("chat")
    if isinstance(chat, dict) and chat.get("type") == ChatType.PRIVATE:
        found = chat.get("id")
        return found if isinstance(found, int) else None
    return _private_chat(part.get("message"))
