"""Keyboards: their four shapes, what a button may hold, and what Telegram says when it may not."""

import json
from typing import Any

from bot.sandbox.errors import ApiError, Json, bad_request
from bot.sandbox.formatting import link_problem
from bot.sandbox.params import Params

CALLBACK_LIMIT = 64
COPY_LIMIT = 256
# The server's closed limits: reports name 100 buttons and about 10 kB for a whole markup.
BUTTONS_LIMIT = 100
MARKUP_LIMIT = 10_240
_STYLES = ("", "default", "primary", "danger", "success")
_OTHER_KINDS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
)


def reply_markup(
    params: Params, *, inline_only: bool = False, private: bool = True
) -> Json | None:
    """The markup as sent, checked; None when there is none, or an empty one."""
    markup = params.structured("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if rows := _rows(markup, "keyboard"):
        checked = {**markup, "keyboard": [[_key(key, private) for key in row] for row in rows]}
    elif rows := _rows(markup, "inline_keyboard"):
        checked = {"inline_keyboard": [[_button(button) for button in row] for row in rows]}
    elif markup.get("remove_keyboard") or markup.get("force_reply"):
        checked = markup
    else:
        return None
    if inline_only and "inline_keyboard" not in checked:
        raise bad_request("inline keyboard expected")
    return checked


def _rows(markup: Json, field: str) -> list[list[Any]]:
    rows = markup.get(field)
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        owner = "" if field == "keyboard" else " of the InlineKeyboardMarkup"
        raise bad_request(f'field "{field}"{owner} must be an Array of Arrays')
    filled = [row for row in rows if row]
    if sum(map(len, filled)) > BUTTONS_LIMIT or len(json.dumps(filled)) > MARKUP_LIMIT:
        raise bad_request("reply markup is too long")
    return filled


def _key(key: object, private: bool) -> Json:  # noqa: FBT001 - the chat's kind, passed through
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict):
        raise _unreadable("keyboard", "KeyboardButton must be a String or an Object")
    _check_face(key, "keyboard")
    if key.get("request_location") and not private:
        raise bad_request("location can be requested in private chats only")
    return key


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise _unreadable("inline keyboard", "InlineKeyboardButton must be an Object")
    _check_face(button, "inline keyboard")
    if url := button.get("url"):
        if problem := link_problem(str(url)):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: {problem}")
    elif answer := button.get("callback_data"):
        if len(str(answer).encode()) > CALLBACK_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "copy_text" in button:
        _check_copy(button["copy_text"])
    elif not any(kind in button for kind in _OTHER_KINDS):
        raise _unreadable("inline keyboard", "Text buttons are unallowed in the inline keyboard")
    return button


def _check_face(button: Json, kind: str) -> None:
    if not isinstance(button.get("text"), str):
        raise _unreadable(kind, 'Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request(f"{kind} button text must be non-empty")
    if str(button.get("style", "")).lower() not in _STYLES:
        raise _unreadable(kind, "invalid button style specified")


def _check_copy(copy: object) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not isinstance(text, str):
        raise _unreadable("inline keyboard", 'Can\'t find field "text"')
    if not 1 <= len(text) <= COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _unreadable(kind: str, reason: str) -> ApiError:
    return bad_request(f"can't parse {kind} button: {reason}")
