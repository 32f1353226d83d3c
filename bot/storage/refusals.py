"""Which database errors mean "not now" and which ones mean that our code is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.services.ports import StorageUnavailable
from bot.storage.uninterrupted import Overdue

OURS: Final = (IntegrityError, DataError, ProgrammingError, NotSupportedError)
"""A retry would meet these again, so they stay what they are."""


@contextmanager
def unavailable_on_failure() -> Iterator[None]:
    """Turn locked, full, read-only, broken, unreachable or exhausted into StorageUnavailable."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StorageUnavailable("every connection is in use") from error
    except Overdue as error:
        raise StorageUnavailable("the database does not answer") from error
    except DBAPIError as error:
        if isinstance(error, OURS) and not error.connection_invalidated:
            raise
        raise StorageUnavailable(str(error.orig)) from error
