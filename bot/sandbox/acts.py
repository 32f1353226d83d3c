"""What runners do: each act changes the chat as the app would and queues the bot's update."""

import copy
import io
from collections.abc import Callable, Mapping

from PIL import Image

from bot.sandbox.chats import Post
from bot.sandbox.content import CAPTION_FIELDS, CAPTION_LIMIT, TEXT_FIELDS, TEXT_LIMIT
from bot.sandbox.errors import ActError, Json
from bot.sandbox.formatting import Formatted, trimmed
from bot.sandbox.params import Upload
from bot.sandbox.runners import GROUP, Runner
from bot.sandbox.sandbox import Sandbox

Act = Callable[[Sandbox, Runner, Json], Json]
_CONTACT = {"phone_number": "+10000000000", "first_name": "A friend"}


def says(sandbox: Sandbox, runner: Runner, body: Json) -> Json:
    """A text or a command, to the bot or (`"chat": "group"`) to the group."""
    return _post(sandbox, runner, body, _text(body, "text", "entities", TEXT_LIMIT))


def shares_location(sandbox: Sandbox, runner: Runner, body: Json) -> Json:
    """A place, in degrees."""
    location: Json = {}
    for name, limit in (("latitude", 90), ("longitude", 180)):
        degrees = body.get(name)
        if not isinstance(degrees, int | float) or abs(degrees) > limit:
            raise ActError(400, f"{name}: degrees between -{limit} and {limit} are needed")
        location[name] = degrees
    return _post(sandbox, runner, body, {"location": location})


def sends_document(sandbox: Sandbox, runner: Runner, upload: Upload, caption: str) -> Json:
    """A file."""
    file = sandbox.files.add("document", upload)
    body = {"caption": caption}
    return _post(sandbox, runner, body, {"document": file.described(), **_caption(body)})


def sends_photo(sandbox: Sandbox, runner: Runner, body: Json) -> Json:
    """A made-up picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (320, 240), "#c9d6df").save(drawn, "PNG")
    file = sandbox.files.add("photo", Upload("photo.png", "image/png", drawn.getvalue()))
    return _post(sandbox, runner, body, {"photo": [file.described()], **_caption(body)})


def sends_contact(sandbox: Sandbox, runner: Runner, body: Json) -> Json:
    """Somebody's number."""
    return _post(sandbox, runner, body, {"contact": dict(_CONTACT)})


def rolls_dice(sandbox: Sandbox, runner: Runner, body: Json) -> Json:
    """A die, which always shows a four: tests should repeat."""
    return _post(sandbox, runner, body, {"dice": {"emoji": "🎲", "value": 4}})


def _sends(kind: str, name: str, mime: str, details: Json) -> Act:
    def act(sandbox: Sandbox, runner: Runner, body: Json) -> Json:
        file = sandbox.files.add(kind, Upload(name, mime, b"made up by the sandbox"))
        content = {kind: {**file.reference(), **details}}
        return _post(sandbox, runner, body, {**content, **_caption(body)})

    return act


def edits(sandbox: Sandbox, runner: Runner, body: Json) -> Json:
    """Rewrite an own text, or the caption of an own file."""
    post = _own(sandbox, runner, body)
    if "text" in post.message:
        words = _text(body, "text", "entities", TEXT_LIMIT)
    else:
        words = _caption({"caption": body.get("text")})
    replaced = (*TEXT_FIELDS, *CAPTION_FIELDS)
    kept = {key: value for key, value in post.message.items() if key not in replaced}
    post.message = kept | words | {"edit_date": sandbox.unix_now()}
    sandbox.chats.touch(post)
    update_id = sandbox.queue.add("edited_message", copy.deepcopy(post.message))
    return {"update_id": update_id, "message_id": post.message_id}


def deletes(sandbox: Sandbox, runner: Runner, body: Json) -> Json:
    """Delete any message of the own chat, of which Telegram tells no bot."""
    post = sandbox.chats.live(runner.chat_id, number(body, "message_id"))
    if post is None:
        raise ActError(404, "there is no such message in this chat")
    post.deleted = True
    sandbox.chats.touch(post)
    return {}


def blocks(sandbox: Sandbox, runner: Runner, _body: Json) -> Json:
    """Block the bot."""
    return _membership(sandbox, runner, blocked=True)


def unblocks(sandbox: Sandbox, runner: Runner, _body: Json) -> Json:
    """Let the bot write again."""
    return _membership(sandbox, runner, blocked=False)


def _membership(sandbox: Sandbox, runner: Runner, *, blocked: bool) -> Json:
    if runner.blocked is blocked:
        return {"update_id": None}
    runner.blocked, bot = blocked, sandbox.profile.user()
    member = {"user": bot, "status": "member"}
    kicked = {"user": bot, "status": "kicked", "until_date": 0}
    change = {
        "chat": runner.chat(),
        "from": runner.user(),
        "date": sandbox.unix_now(),
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
    sandbox.changes.mark()
    return {"update_id": sandbox.queue.add("my_chat_member", change)}


def deactivates(sandbox: Sandbox, runner: Runner) -> Json:
    """Delete the account, of which Telegram tells no bot until it writes."""
    runner.deactivated = True
    sandbox.changes.mark()
    return {}


def _post(sandbox: Sandbox, runner: Runner, body: Json, content: Json) -> Json:
    _check_may_write(runner)
    chat = GROUP if body.get("chat") == "group" else runner.chat()
    runner.started = runner.started or chat is not GROUP
    message = {
        "from": runner.user(),
        "chat": chat,
        "date": sandbox.unix_now(),
        **content,
    }
    if "reply_to" in body:
        replied = sandbox.chats.live(chat["id"], number(body, "reply_to"))
        if replied is None:
            raise ActError(404, "there is no such message to reply to")
        message["reply_to_message"] = copy.deepcopy(replied.message)
    post = sandbox.chats.add(Post(message))
    update_id = sandbox.queue.add("message", copy.deepcopy(post.message))
    return {"update_id": update_id, "message_id": post.message_id}


def _check_may_write(runner: Runner) -> None:
    if runner.deactivated:
        raise ActError(409, "this account is deleted")
    if runner.blocked:
        raise ActError(409, "this runner has blocked the bot: unblock it first")


def _text(body: Json, name: str, entities: str, limit: int) -> Json:
    text = body.get(name)
    if not isinstance(text, str) or not text.strip() or len(text) > limit:
        raise ActError(400, f"{name}: 1 to {limit} characters are needed")
    found = trimmed(Formatted(text))
    return {name: found.text, **({entities: found.entities} if found.entities else {})}


def _caption(body: Json) -> Json:
    if not body.get("caption"):
        return {}
    return _text(body, "caption", "caption_entities", CAPTION_LIMIT)


def _own(sandbox: Sandbox, runner: Runner, body: Json) -> Post:
    _check_may_write(runner)
    post = sandbox.chats.find(number(body, "message_id"))
    if post is None or post.deleted or post.message["from"]["id"] != runner.chat_id:
        raise ActError(404, "this runner has written no such message")
    return post


def number(body: Json, name: str) -> int:
    """A whole number an act cannot do without."""
    value = body.get(name)
    if not isinstance(value, int):
        raise ActError(400, f"{name}: a number is needed")
    return value


def taps(sandbox: Sandbox, runner: Runner, body: Json) -> Json:
    """Tap an inline button, by its `data`, its `text`, or its `row` and `col`.

    With `force` the button need not be there, nor the message be the runner's: that is how a
    forged, stale or foreign button reaches a bot.
    """
    _check_may_write(runner)
    message_id = number(body, "message_id")
    if body.get("force"):
        post, answer = sandbox.chats.find(message_id), str(body.get("data", ""))
    else:
        post = sandbox.chats.live(runner.chat_id, message_id)
        answer = _tapped(post, body)
    callback = sandbox.callbacks.ask(runner.n, message_id)
    query = {
        "id": callback.id,
        "from": runner.user(),
        "chat_instance": str(-runner.chat_id),
        "data": answer,
        "message": _seen(post, runner, message_id),
    }
    update_id = sandbox.queue.add("callback_query", query)
    return {"update_id": update_id, "callback_query_id": callback.id}


def _seen(post: Post | None, runner: Runner, message_id: int) -> Json:
    if post and not post.deleted:
        return copy.deepcopy(post.message)
    # Telegram's InaccessibleMessage.
    chat = post.message["chat"] if post else runner.chat()
    return {"chat": chat, "message_id": message_id, "date": 0}


def _tapped(post: Post | None, body: Json) -> str:
    rows = post.message.get("reply_markup", {}).get("inline_keyboard", []) if post else []
    for row, buttons in enumerate(rows):
        for col, button in enumerate(buttons):
            if _meant(button, row, col, body):
                if "callback_data" not in button:
                    raise ActError(409, "that button sends nothing to the bot")
                return str(button["callback_data"])
    raise ActError(409, "that button is not there")


def _meant(button: Json, row: int, col: int, body: Json) -> bool:
    if "data" in body:
        return bool(button.get("callback_data") == body["data"])
    if "text" in body:
        return bool(button["text"] == body["text"])
    return (row, col) == (body.get("row"), body.get("col"))


_STICKER = {
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}
ACTS: Mapping[str, Act] = {
    "text": says,
    "tap": taps,
    "location": shares_location,
    "photo": sends_photo,
    "voice": _sends("voice", "voice.ogg", "audio/ogg", {"duration": 3}),
    "video": _sends(
        "video", "video.mp4", "video/mp4", {"duration": 3, "width": 320, "height": 240}
    ),
    "sticker": _sends("sticker", "sticker.webp", "image/webp", _STICKER),
    "contact": sends_contact,
    "dice": rolls_dice,
    "edit": edits,
    "delete": deletes,
    "block": blocks,
    "unblock": unblocks,
}
