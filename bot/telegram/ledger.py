"""Which updates may be acknowledged: only the finished ones before which nothing is unfinished."""

from __future__ import annotations


class Ledger:
    """Books updates in and out, in order of arrival.

    Telegram's acknowledgement is one number for everything before it, and it sends again what is
    not acknowledged: after a crash, and with every fetch in between.
    """

    def __init__(self) -> None:
        self._finished: dict[int, bool] = {}
        self._acknowledgeable: set[int] = set()
        self._offset: int | None = None

    @property
    def offset(self) -> int | None:
        """Give the offset for the next fetch; None before anything was finished."""
        return self._offset

    @property
    def unfinished(self) -> bool:
        """Whether anything is still under way."""
        return bool(self._finished)

    def admit(self, update_id: int) -> bool:
        """Book an update in; False if it is under way or finished already."""
        if update_id in self._finished or update_id in self._acknowledgeable:
            return False
        self._finished[update_id] = False
        return True

    def finish(self, update_id: int) -> None:
        """Book an update out, and move the offset past the finished prefix."""
        self._finished[update_id] = True
        for first in list(self._finished):
            if not self._finished[first]:
                break
            del self._finished[first]
            self._acknowledgeable.add(first)
            self._offset = first + 1

    def acknowledging(self) -> frozenset[int]:
        """Give what a fetch that starts now acknowledges."""
        return frozenset(self._acknowledgeable)

    def acknowledged(self, updates: frozenset[int]) -> None:
        """Forget what Telegram has taken note of: it will not send these again.

        Until then they are remembered, as an update may be finished while the answer that
        brings it once more is on its way.
        """
        self._acknowledgeable -= updates
