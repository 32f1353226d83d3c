"""Signs of people about whom nothing may be stored: a note in this process, for some hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.red_flags import SignList

STANDS_FOR: Final = timedelta(hours=12)
"""As long as a clean look at the signs counts for who has a record."""

BOTH: Final = frozenset({SignList.EMERGENCY, SignList.SAME_DAY})


@dataclass(slots=True)
class _Note:
    at: datetime
    is_crisis: bool
    denied: set[SignList] = field(default_factory=set)


class Unrecorded:
    """Who told a sign, or was asked about one, without having agreed to a record.

    Nothing locks their old buttons, which would lead to a movement beside the sign. Who and when
    is kept in memory only: it is no record, and a restart forgets it.
    """

    def __init__(self) -> None:
        self._notes: dict[int, _Note] = {}

    def note(self, user_id: int, now: datetime, *, is_crisis: bool = False) -> None:
        """Let them look at the signs again before any advice is shown to them.

        Thoughts of self-harm, a crisis, are on no list that could deny them: they stand until
        the hours are over.
        """
        known = self._standing(user_id, now)
        self._notes[user_id] = _Note(now, is_crisis or (known is not None and known.is_crisis))

    def stands(self, user_id: int, now: datetime) -> bool:
        """Whether there was a sign in the last hours that has not been denied since."""
        return self._standing(user_id, now) is not None

    def is_crisis(self, user_id: int, now: datetime) -> bool:
        """Whether thoughts of self-harm were among it."""
        note = self._standing(user_id, now)
        return note is not None and note.is_crisis

    def denied(self, user_id: int, *lists: SignList) -> None:
        """Take "none of these" on a list; once both were denied, the note goes."""
        note = self._notes.get(user_id)
        if note is None or note.is_crisis:
            return
        note.denied.update(lists)
        if note.denied >= BOTH:
            del self._notes[user_id]

    def _standing(self, user_id: int, now: datetime) -> _Note | None:
        self._notes = {
            user: note for user, note in self._notes.items() if now - note.at < STANDS_FOR
        }
        return self._notes.get(user_id)
