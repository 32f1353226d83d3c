"""Telegram as the bot and the runners know it: chats, messages, buttons, updates in order.

It takes the Bot API's calls as python-telegram-bot writes them, and keeps a ledger of them all.
"""

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from bot.telegram import codec
from bot.telegram.codec import Callback, StaleButton

ME = {"id": 42, "is_bot": True, "first_name": "Aftermile", "username": "aftermile_bot"}


unpack = cache(codec.unpack)


@dataclass
class Shown:
    """One message of the bot as it stands in a chat; `taps` are its buttons now.

    `at` is by the bot's clock, with which it goes by.
    """

    message_id: int
    text: str
    taps: tuple[Callback, ...]
    at: datetime
    cause: str
    data: tuple[str, ...] = ()
    about: set[str] = field(default_factory=set)
    """Every button it ever had: which check-in or escalation stood here."""


@dataclass
class Chat:
    """One private chat, and the runner's updates the bot has not acknowledged."""

    chat_id: int
    messages: list[Shown] = field(default_factory=list)
    updates: deque = field(default_factory=deque)
    tapped: deque = field(default_factory=deque)
    """Telegram keeps taps in a queue of their own."""

    blocked: bool = False

    def message(self, message_id) -> Shown | None:
        return next((one for one in self.messages if one.message_id == message_id), None)


class PostOffice:
    """All chats of the bot. `on_message` hears of every new message, `on_update` of updates."""

    def __init__(self, world):
        self._time = world.time
        self._bots_clock = world.clock
        self.chats: dict[int, Chat] = {}
        self._number = 0
        self.on_message = []
        self.on_update = []

    def next_number(self) -> int:
        self._number += 1
        return self._number

    def chat(self, chat_id: int) -> Chat:
        if chat_id not in self.chats:
            self.chats[chat_id] = Chat(chat_id)
        return self.chats[chat_id]

    def says(self, chat_id: int, text: str, **extra) -> int:
        """A runner writes; a leading slash makes it a command, as in the apps.

        Gives the number of the message, by which it can be edited.
        """
        message = self._from(chat_id) | {"text": text, **extra}
        if text.startswith("/"):
            length = len(text.partition(" ")[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self._post(chat_id, {"message": message})
        return message["message_id"]

    def edits(self, chat_id: int, message_id: int, text: str) -> None:
        edited = {"message_id": message_id, "text": text, "edit_date": self._now()}
        self._post(chat_id, {"edited_message": self._from(chat_id) | edited})

    def taps(self, chat_id: int, message_id: int, data: str) -> None:
        user = {"id": chat_id, "is_bot": False, "first_name": "R"}
        message = self._from(chat_id) | {"message_id": message_id, "text": "-", "from": ME}
        query = {"id": str(self.next_number()), "from": user, "chat_instance": "1", "data": data}
        self._post(chat_id, {"callback_query": query | {"message": message}})

    def blocks(self, chat_id: int, *, blocked: bool) -> None:
        self.chat(chat_id).blocked = blocked
        there, gone = {"user": ME, "status": "member"}, {"user": ME, "status": "kicked"}
        gone["until_date"] = 0
        old, new = (there, gone) if blocked else (gone, there)
        change = {"old_chat_member": old, "new_chat_member": new}
        member = self._from(chat_id) | change
        del member["message_id"]
        self._post(chat_id, {"my_chat_member": member})

    def _from(self, chat_id: int) -> dict:
        return {
            "message_id": self.next_number(),
            "date": self._now(),
            "chat": {"id": chat_id, "type": "private", "first_name": "R"},
            "from": {"id": chat_id, "is_bot": False, "first_name": "R"},
        }

    def _now(self) -> int:
        return int(self._time.now().timestamp())

    def _post(self, chat_id: int, update: dict) -> None:
        chat = self.chat(chat_id)
        queue = chat.tapped if "callback_query" in update else chat.updates
        queue.append({"update_id": self.next_number(), **update})
        for hear in self.on_update:
            hear(chat, queue)

    def take(self, method: str, parameters: dict, cause: str) -> tuple[int, dict]:
        """Carry out one call of the bot; gives the HTTP status and the answer's body."""
        if method == "getMe":
            return _well(ME)
        if method == "answerCallbackQuery":
            return _well(result=True)
        chat = self.chat(parameters["chat_id"])
        if chat.blocked:
            return _refused(403, "Forbidden: bot was blocked by the user")
        if method.startswith("edit"):
            return self._edit(chat, parameters)
        if method == "deleteMessage":
            return self._delete(chat, parameters)
        return self._send(chat, parameters, cause)

    def _send(self, chat: Chat, parameters: dict, cause: str) -> tuple[int, dict]:
        text = parameters.get("text") or parameters.get("caption") or ""
        shown = Shown(self.next_number(), text, (), self._bots_clock.now(), cause)
        _set_keys(shown, parameters)
        chat.messages.append(shown)
        for hear in self.on_message:
            hear(chat, shown)
        return _well(self._message(chat, shown))

    def _edit(self, chat: Chat, parameters: dict) -> tuple[int, dict]:
        shown = chat.message(parameters["message_id"])
        if shown is None:
            return _refused(400, "Bad Request: message to edit not found")
        if method_text := parameters.get("text"):
            shown.text = method_text
        _set_keys(shown, parameters)
        return _well(self._message(chat, shown))

    def _delete(self, chat: Chat, parameters: dict) -> tuple[int, dict]:
        """Out of sight; what was said stays on record for the judge."""
        shown = chat.message(parameters["message_id"])
        if shown is None:
            return _refused(400, "Bad Request: message to delete not found")
        _set_keys(shown, {})
        return _well(result=True)

    def _message(self, chat: Chat, shown: Shown) -> dict:
        message = self._from(chat.chat_id) | {"message_id": shown.message_id, "from": ME}
        return message | {"text": shown.text or "-"}


def _set_keys(shown: Shown, parameters: dict) -> None:
    markup = parameters.get("reply_markup") or {}
    if isinstance(markup, str):
        markup = json.loads(markup)
    keys = [key for row in markup.get("inline_keyboard", ()) for key in row]
    shown.data = tuple(key["callback_data"] for key in keys)
    taps = [unpack(data) for data in shown.data]
    shown.taps = tuple(tap for tap in taps if not isinstance(tap, StaleButton))
    shown.about |= set(shown.data)


def _well(result) -> tuple[int, dict]:
    return 200, {"ok": True, "result": result}


def _refused(status: int, words: str) -> tuple[int, dict]:
    return status, {"ok": False, "error_code": status, "description": words}
