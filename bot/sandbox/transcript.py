"""A chat as its runner sees it: what the page draws and what end-to-end tests read."""

from datetime import UTC, datetime

from bot.sandbox.chats import Post
from bot.sandbox.content import MEDIA_KINDS
from bot.sandbox.errors import Json
from bot.sandbox.rendering import render
from bot.sandbox.runners import Runner
from bot.sandbox.sandbox import Sandbox

# In this order, because an animation is a document, too.
_KINDS = ("text", *MEDIA_KINDS, "location", "voice", "video", "sticker", "contact", "dice")


def transcript(sandbox: Sandbox, runner: Runner, chat_id: int, after: int) -> Json:
    """What changed in that chat after that change number; the shape is in control.py's words."""
    posts = [post for post in sandbox.chats.all(chat_id) if post.seq > after]
    typing = sandbox.chats.typing_until.get(chat_id)
    return {
        "seq": sandbox.changes.latest(chat_id),
        "messages": [_seen(sandbox, post) for post in posts],
        "callbacks": sandbox.callbacks.answered(runner.n, after),
        "typing_until": typing.isoformat() if typing else None,
        "reply_keyboard": _keys(sandbox.chats.keyboard(chat_id)),
    }


def _seen(sandbox: Sandbox, post: Post) -> Json:
    message = post.message
    kind = next((kind for kind in _KINDS if kind in message), "unknown")
    text, caption = message.get("text"), message.get("caption")
    entities = message.get("entities") or message.get("caption_entities") or []
    return {
        "message_id": post.message_id,
        "from": "bot" if post.from_bot else "runner",
        "at": _iso(message["date"]),
        "edited_at": _iso(message["edit_date"]) if "edit_date" in message else None,
        "deleted": post.deleted,
        "text": text,
        "caption": caption,
        "html": render(text or caption or "", entities),
        "kind": kind,
        "file": _file(sandbox, message.get(kind)),
        "location": message.get("location"),
        "keyboard": _inline(message.get("reply_markup")),
        "reply_keyboard": _keys((post.keys or {}).get("keyboard")),
        "silent": post.silent,
        "seq": post.seq,
    }


def _iso(unix: int) -> str:
    return datetime.fromtimestamp(unix, UTC).isoformat()


def _file(sandbox: Sandbox, content: object) -> Json | None:
    content = content[-1] if isinstance(content, list) else content
    file_id = content.get("file_id") if isinstance(content, dict) else None
    file = sandbox.files.get(str(file_id))
    if file is None:
        return None
    sides = {"width": file.width, "height": file.height} if file.width else {}
    return {
        "url": f"/sandbox/files/{file.file_id}",
        "name": file.name,
        "mime": file.mime,
        "size": file.size,
        **sides,
    }


def _inline(markup: Json | None) -> list[list[Json]] | None:
    if not markup:
        return None
    return [[_button(button) for button in row] for row in markup["inline_keyboard"]]


def _button(button: Json) -> Json:
    shown = {
        "text": button["text"],
        "data": button.get("callback_data"),
        "url": button.get("url"),
        "style": button.get("style"),
        "copy_text": (button.get("copy_text") or {}).get("text"),
    }
    return {key: value for key, value in shown.items() if value}


def _keys(rows: list[list[Json]] | None) -> list[list[Json]] | None:
    if rows is None:
        return None
    return [
        [
            {"text": key["text"], "request_location": bool(key.get("request_location"))}
            for key in row
        ]
        for row in rows
    ]
