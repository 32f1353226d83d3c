"""What a message holds: a text, or a file with a caption, read from a call's parameters."""

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.formatting import formatted
from bot.sandbox.params import Params
from bot.sandbox.sandbox import Sandbox

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_RAW_LIMIT = 32_768
TEXT_FIELDS = ("text", "entities", "link_preview_options")
CAPTION_FIELDS = ("caption", "caption_entities")
MEDIA_KINDS = ("photo", "animation", "document")
MEDIA_FIELDS = (*MEDIA_KINDS, *CAPTION_FIELDS)


def text_content(params: Params) -> Json:
    """The fields of a text message; ApiError for an empty, overlong or unreadable text."""
    raw = params.text("text")
    if not raw:
        raise bad_request("message text is empty")
    entities = params.structured("entities", "entities")
    message = _message_text(raw, params.text("parse_mode"), entities)
    if not message["text"]:
        raise bad_request("text must be non-empty")
    if len(message["text"]) > TEXT_LIMIT:
        raise bad_request("message is too long")
    preview = params.structured("link_preview_options", "link preview options")
    if preview is not None and not isinstance(preview, dict):
        raise bad_request("object expected as link preview options")
    return {**message, "link_preview_options": preview} if preview else message


def _message_text(raw: str, parse_mode: str, entities: object) -> Json:
    if len(raw.encode()) > _RAW_LIMIT:
        raise bad_request("text is too long")
    message = formatted(raw, parse_mode, entities)
    return {"text": message.text, **({"entities": message.entities} if message.entities else {})}


def caption_content(raw: str, parse_mode: str, entities: object) -> Json:
    """The fields of a caption, none where it is empty; ApiError when it is too long."""
    message = _message_text(raw, parse_mode, entities)
    if len(message["text"]) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    renamed = {"text": "caption", "entities": "caption_entities"}
    return {renamed[name]: value for name, value in message.items() if value}


def captioned(params: Params) -> Json:
    """The caption among a call's own parameters."""
    entities = params.structured("caption_entities", "entities")
    return caption_content(params.text("caption"), params.text("parse_mode"), entities)


def media_content(sandbox: Sandbox, params: Params, kind: str, reference: str) -> Json:
    """The fields of a message with that file: an upload, attach://name, or a known file_id."""
    attached = reference.removeprefix("attach://") if reference.startswith("attach://") else kind
    if upload := params.files.get(attached):
        sides = (params.integer("width"), params.integer("height"))
        return _fields(sandbox.files.add(kind, upload, sides))
    if not reference or reference.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return _fields(_known(sandbox, kind, reference))


def _known(sandbox: Sandbox, kind: str, file_id: str) -> StoredFile:
    file = sandbox.files.get(file_id)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _fields(file: StoredFile) -> Json:
    described = file.described()
    if file.kind == "photo":
        return {"photo": [described]}
    if file.kind == "animation":
        # For bots from before animations Telegram calls each a document, too.
        document = {key: described[key] for key in described if key not in _MOVING}
        return {"animation": described, "document": document}
    return {file.kind: described}


_MOVING = ("width", "height", "duration")
