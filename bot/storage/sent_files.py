"""Which pictures Telegram has already, by what it calls them: one row for all replicas."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, select

from bot.storage.database import Database
from bot.storage.tables import sent_files
from bot.storage.transaction import Transaction

_c = sent_files.c


class SqlSentFiles:
    """The file ids of one bot; implements services/ports.py's SentFiles."""

    def __init__(self, database: Database, bot_id: int) -> None:
        self._database = database
        self._bot_id = bot_id

    async def find(self, digest: str) -> str | None:
        """Look the file id up."""
        async with self._database.transaction(writing=False) as transaction:
            return await self._known(transaction, digest)

    async def keep(self, digest: str, file_id: str) -> None:
        """Store a file id; of two that are kept at once the later one counts."""
        row = {"bot_id": self._bot_id, "digest": digest, "file_id": file_id}
        async with self._database.transaction(writing=True) as transaction:
            if await self._known(transaction, digest) == file_id:
                return
            await transaction.write(delete(sent_files).where(*self._key(digest)))
            await transaction.insert_once(sent_files, row, _c.bot_id, _c.digest)

    async def drop(self, digest: str, file_id: str) -> None:
        """Delete a file id unless another took its place meanwhile."""
        async with self._database.transaction(writing=True) as transaction:
            gone = delete(sent_files).where(*self._key(digest), _c.file_id == file_id)
            await transaction.write(gone)

    async def _known(self, transaction: Transaction, digest: str) -> str | None:
        rows = await transaction.read(select(_c.file_id).where(*self._key(digest)))
        return str(rows[0]["file_id"]) if rows else None

    def _key(self, digest: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (_c.bot_id == self._bot_id, _c.digest == digest)
