"""Signs of people about whom nothing may be stored: a note in this process, for some hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

STANDS_FOR: Final = timedelta(hours=12)
"""As long as a clean look at the signs counts for who has a record."""


class Unrecorded:
    """Who had a sign, or was asked about one, without having agreed to a record.

    Nothing locks their old buttons, which would lead to a movement beside the sign. Who and when
    is kept in memory only: it is no record, and a restart forgets it.
    """

    def __init__(self) -> None:
        self._since: dict[int, datetime] = {}

    def note(self, user_id: int, now: datetime) -> None:
        """Let them look at the signs again before anything else is shown to them."""
        self._since = {
            user: at for user, at in self._since.items() if timedelta(0) <= now - at < STANDS_FOR
        }
        self._since[user_id] = now

    def stands(self, user_id: int, now: datetime) -> bool:
        """Whether a sign was told in the last hours and not denied since."""
        at = self._since.get(user_id)
        return at is not None and now - at < STANDS_FOR

    def denied(self, user_id: int) -> None:
        """Forget it: both lists were looked at, and none of them fits."""
        self._since.pop(user_id, None)
