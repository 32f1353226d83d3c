"""The methods that change what was written, and the answers to taps."""

import copy
from collections.abc import Collection
from datetime import timedelta

from bot.sandbox.chats import Post
from bot.sandbox.content import (
    CAPTION_FIELDS,
    MEDIA_FIELDS,
    MEDIA_KINDS,
    TEXT_FIELDS,
    caption_content,
    captioned,
    media_content,
    text_content,
)
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.markup import reply_markup
from bot.sandbox.params import Params
from bot.sandbox.sandbox import Sandbox

DELETABLE_FOR = timedelta(hours=48)
ANSWER_LIMIT = 200
_ANSWERED_FIELDS = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "reply_markup",
    *MEDIA_KINDS,
)


def edit_message_text(sandbox: Sandbox, params: Params) -> Json:
    """EditMessageText."""
    content = text_content(params)
    post = _editable(sandbox, params)
    if "text" not in post.message:
        raise bad_request("there is no text in the message to edit")
    return _edit(sandbox, params, post, TEXT_FIELDS, content)


def edit_message_caption(sandbox: Sandbox, params: Params) -> Json:
    """EditMessageCaption."""
    content = captioned(params)
    post = _editable(sandbox, params)
    if "text" in post.message:
        raise bad_request("there is no caption in the message to edit")
    return _edit(sandbox, params, post, CAPTION_FIELDS, content)


def edit_message_media(sandbox: Sandbox, params: Params) -> Json:
    """EditMessageMedia."""
    media = params.structured("media", "input media")
    if not isinstance(media, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    if media.get("type") not in MEDIA_KINDS:
        raise bad_request("can't parse InputMedia: type of the media is unsupported")
    caption = caption_content(
        str(media.get("caption") or ""),
        str(media.get("parse_mode") or ""),
        media.get("caption_entities"),
    )
    post = _editable(sandbox, params)
    file = media_content(sandbox, params, media["type"], str(media.get("media") or ""))
    # A text gets the file as well; there is no way back to a text.
    return _edit(sandbox, params, post, (*MEDIA_FIELDS, *TEXT_FIELDS), file | caption)


def edit_message_reply_markup(sandbox: Sandbox, params: Params) -> Json:
    """EditMessageReplyMarkup."""
    return _edit(sandbox, params, _editable(sandbox, params), (), {})


def delete_message(sandbox: Sandbox, params: Params) -> bool:
    """deleteMessage: within 48 hours, the runner's own messages in a private chat, too."""
    if not params.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = sandbox.writable_chat(params.text("chat_id"))
    post = sandbox.chats.live(chat["id"], params.integer("message_id"))
    if post is None:
        raise bad_request("message to delete not found")
    age = timedelta(seconds=sandbox.unix_now() - post.message["date"])
    if age > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    post.deleted = True
    sandbox.chats.touch(post)
    return True


def answer_callback_query(sandbox: Sandbox, params: Params) -> bool:
    """answerCallbackQuery: a toast or an alert, or only the end of the spinner."""
    callback = sandbox.callbacks.open(params.text("callback_query_id"))
    text = params.text("text")
    if len(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    runner = sandbox.runners.ensure(callback.runner)
    callback.answer = {
        "seq": sandbox.changes.mark(runner.chat_id),
        "callback_query_id": callback.id,
        "message_id": callback.message_id,
        "text": text or None,
        "show_alert": params.flag("show_alert"),
        "answered_at": sandbox.clock.now().isoformat(),
    }
    return True


def _editable(sandbox: Sandbox, params: Params) -> Post:
    if not params.text("chat_id") and not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = sandbox.writable_chat(params.text("chat_id"))
    post = sandbox.chats.live(chat["id"], params.integer("message_id"))
    if post is None:
        raise bad_request("message to edit not found")
    if not post.from_bot:
        raise bad_request("message can't be edited")
    return post


def _edit(
    sandbox: Sandbox, params: Params, post: Post, replaced: Collection[str], content: Json
) -> Json:
    markup = reply_markup(params, inline_only=True)
    kept = {
        key: value
        for key, value in post.message.items()
        if key not in replaced and key != "reply_markup"
    }
    edited = kept | content | ({"reply_markup": markup} if markup else {})
    if all(edited.get(field) == post.message.get(field) for field in _ANSWERED_FIELDS):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
    if replaced:
        # A changed keyboard alone does not make the app say "edited".
        edited["edit_date"] = sandbox.unix_now()
    post.message = edited
    sandbox.chats.touch(post)
    return copy.deepcopy(edited)
