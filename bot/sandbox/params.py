"""Parameters of a call, from wherever Telegram accepts them: query, JSON, form, multipart."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.sandbox.errors import Json, bad_request

_INTEGER = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True)
class Upload:
    """A file sent along with a call."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Params:
    """Read leniently, as Telegram does: what is no number is 0, what is not there is empty."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload]

    def text(self, name: str) -> str:
        """A string, empty when missing."""
        value = self.values.get(name)
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """An integer, the default when missing, 0 when it is no number."""
        text = self.text(name)
        if not text:
            return default
        return int(text) if _INTEGER.fullmatch(text) else 0

    def flag(self, name: str) -> bool:
        """A boolean, false when missing."""
        return self.text(name).lower() in ("true", "yes", "1")

    def structured(self, name: str, what: str) -> Any:  # noqa: ANN401 - any JSON, checked by callers
        """A JSON value, sent as such or as a string; None when missing."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return decoded(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def chat_id(self) -> int | None:
        """The chat this call is about, for the record and for faults."""
        return self.integer("chat_id") or None

    def readable(self) -> Json:
        """The parameters for the record: JSON strings opened up, files named."""
        opened = {name: _opened(value) for name, value in self.values.items()}
        files = {
            name: {"file": upload.name, "size": len(upload.content)}
            for name, upload in self.files.items()
        }
        return {**opened, **files}


def decoded(text: str | bytes) -> Any:  # noqa: ANN401 - any JSON, checked by callers
    """JSON that can be written back as UTF-8; ValueError for lone surrogates, too."""
    value = json.loads(text)
    json.dumps(value, ensure_ascii=False).encode()
    return value


def _opened(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return decoded(value)
        except ValueError:
            return value
    return value


async def read_params(request: Request) -> Params:
    """All parameters of one request; ApiError when its body cannot be read."""
    values: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        values |= _json_body(await request.body())
    elif kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        await _read_form(request, values, files)
    return Params(values, files)


async def _read_form(request: Request, values: Json, files: dict[str, Upload]) -> None:
    try:
        async with request.form() as form:
            for name, value in form.items():
                if isinstance(value, UploadFile):
                    files[name] = await uploaded(value)
                else:
                    values[name] = value
    except HTTPException as error:
        raise bad_request("can't parse the form") from error


def _json_body(body: bytes) -> dict[str, Any]:
    try:
        value = decoded(body or b"{}")
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected")
    return value


async def uploaded(file: UploadFile) -> Upload:
    """A multipart file, read whole."""
    mime = file.content_type or "application/octet-stream"
    return Upload(file.filename or "file", mime, await file.read())
