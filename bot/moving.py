"""`aftermile migrate --from`: out of SQLite into PostgreSQL, told line by line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.app import check_keys
from bot.config import BadSetting, Settings
from bot.keys import encryption_keys, prepare_data_dir
from bot.shipped import shipped
from bot.storage.database import Database
from bot.storage.moving import NotMoved, check_source, move


def moved(settings: Settings, source: str, say: Callable[[str], None]) -> None:
    """Move the database at `source` into the configured one; raises BadSetting if it cannot be.

    The keys are tried on the source first: they go on being needed for what is moved.
    """
    prepare_data_dir(settings)
    keys = encryption_keys(settings)

    def tell(what: str, done: int, number: int) -> None:
        say(f"{what} {done:,} of {number:,}")

    try:
        check_source(source, shipped("migrations"))
        asyncio.run(_try_keys(Database(source, keys)))
        number = move(source, settings.storage_url, shipped("migrations"), tell)
    except NotMoved as error:
        raise BadSetting([str(error)]) from None
    say(f"Moved {number:,} rows and compared every one. The SQLite file is as it was.")


async def _try_keys(database: Database) -> None:
    try:
        await check_keys(database)
    finally:
        await database.close()
