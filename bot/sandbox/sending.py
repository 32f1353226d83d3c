"""The methods that write into a chat."""

import copy
import re
from datetime import timedelta

from bot.sandbox.chats import Post
from bot.sandbox.content import captioned, media_content, text_content
from bot.sandbox.errors import Json, bad_request, whole
from bot.sandbox.markup import reply_markup
from bot.sandbox.params import Params
from bot.sandbox.sandbox import Sandbox

TYPING_LASTS = timedelta(seconds=5)
_ACTION = re.compile(
    r"typing|upload_photo|(record|upload)_(video|voice|video_note)|upload_document"
    r"|choose_sticker|find_location"
)


def send_message(sandbox: Sandbox, params: Params) -> Json:
    """SendMessage."""
    return _send(sandbox, params, text_content(params))


def send_photo(sandbox: Sandbox, params: Params) -> Json:
    """SendPhoto."""
    return _send_media(sandbox, params, "photo")


def send_animation(sandbox: Sandbox, params: Params) -> Json:
    """SendAnimation."""
    return _send_media(sandbox, params, "animation")


def send_document(sandbox: Sandbox, params: Params) -> Json:
    """SendDocument."""
    return _send_media(sandbox, params, "document")


def send_chat_action(sandbox: Sandbox, params: Params) -> bool:
    """sendChatAction: the app shows it until the next message or for five seconds."""
    if not _ACTION.fullmatch(params.text("action").lower()):
        raise bad_request("wrong parameter action in request")
    chat_id = sandbox.writable_chat(params.text("chat_id"))["id"]
    sandbox.chats.typing_until[chat_id] = sandbox.clock.now() + TYPING_LASTS
    sandbox.changes.mark(chat_id)
    return True


def _send_media(sandbox: Sandbox, params: Params, kind: str) -> Json:
    caption = captioned(params)
    # Refused before the file is kept.
    sandbox.writable_chat(params.text("chat_id"))
    return _send(
        sandbox, params, media_content(sandbox, params, kind, params.text(kind)) | caption
    )


def _send(sandbox: Sandbox, params: Params, content: Json) -> Json:
    chat = sandbox.writable_chat(params.text("chat_id"))
    markup = reply_markup(params, private=chat["type"] == "private")
    extras = _extras(sandbox, params, chat["id"])
    inline = markup is not None and "inline_keyboard" in markup
    if inline:
        extras["reply_markup"] = markup
    sandbox.rate.take(chat["id"])
    message = {
        "from": sandbox.profile.user(),
        "chat": chat,
        "date": sandbox.unix_now(),
        **content,
        **extras,
    }
    silent = params.flag("disable_notification")
    post = sandbox.chats.add(Post(message, silent=silent, keys=None if inline else markup))
    return copy.deepcopy(post.message)


def _extras(sandbox: Sandbox, params: Params, chat_id: int) -> Json:
    extras: Json = {}
    if params.flag("protect_content"):
        extras["has_protected_content"] = True
    if effect := params.text("message_effect_id"):
        if not effect.isdecimal():
            raise bad_request("EFFECT_ID_INVALID")
        extras["effect_id"] = effect
    reply = params.structured("reply_parameters", "reply parameters")
    if isinstance(reply, dict) and (replied := _replied(sandbox, reply, chat_id)):
        extras["reply_to_message"] = replied
    return extras


def _replied(sandbox: Sandbox, reply: Json, chat_id: int) -> Json | None:
    post = sandbox.chats.live(chat_id, whole(reply.get("message_id")))
    if post is None:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return {key: value for key, value in post.message.items() if key != "reply_to_message"}
