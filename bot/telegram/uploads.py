"""A picture goes up to Telegram once; after that its name there is enough.

The name (file_id) stands in the database, so that every replica and the next start know it. One
that Telegram refuses is dropped and the file goes up again: a runner never notices.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog
import telegram
from telegram.error import BadRequest

from bot.services.ports import SentFiles, StorageUnavailable
from bot.telegram.outcomes import says
from bot.telegram.screen import Attachment

Media = bytes | str
"""A file's content, or what Telegram calls it."""

_REFUSED: Final = (
    "wrong file identifier",
    "wrong remote file identifier",
    "wrong file_id",
    "file reference",
    "file_reference",
    "can't use file of type",
)
"""How Telegram words that it does not know a file (any more), in lower case."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Uploads:
    """Passes files on by name where they have one. Without `known` each goes up every time."""

    def __init__(self, known: SentFiles | None = None) -> None:
        self._known = known

    async def pass_on(
        self, file: Attachment, call: Callable[[Media], Awaitable[object]]
    ) -> object:
        """Make the call with the file's name, or with its content; raises what the call raises."""
        if self._known is None or not file.lasting:
            return await call(file.content)
        name = await self._find(file)
        if name is not None:
            try:
                return await call(name)
            except BadRequest as error:
                if not any(says(error, text) for text in _REFUSED):
                    raise
            _log.warning("telegram.file_unknown", filename=file.filename)
            await self._drop(file, name)
        result = await call(file.content)
        await self._keep(file, result)
        return result

    # A database that is away must not hold back a picture: it goes up once more.

    async def _find(self, file: Attachment) -> str | None:
        if self._known is not None:
            with suppress(StorageUnavailable):
                return await self._known.find(file.digest)
        return None

    async def _drop(self, file: Attachment, name: str) -> None:
        if self._known is not None:
            with suppress(StorageUnavailable):
                await self._known.drop(file.digest, name)

    async def _keep(self, file: Attachment, result: object) -> None:
        name = _name_in(result, file)
        if self._known is not None and name is not None:
            with suppress(StorageUnavailable):
                await self._known.keep(file.digest, name)


def _name_in(result: object, file: Attachment) -> str | None:
    if not isinstance(result, telegram.Message):
        return None
    match file.kind:
        case "photo":
            return result.photo[-1].file_id if result.photo else None
        case "animation":
            return result.animation.file_id if result.animation else None
        case "document":
            return result.document.file_id if result.document else None
