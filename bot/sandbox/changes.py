"""What changed and who waits for it: long polls, event streams and tests all wait here."""

import asyncio
from collections.abc import Callable


class Changes:
    """A counter of changes, with the last one per chat, and one way to wait for a condition."""

    def __init__(self) -> None:
        self.seq = 0
        self.closed = False
        self.on_change: Callable[[], None] | None = None
        self._for_all = 0
        self._by_chat: dict[int, int] = {}
        self._next = asyncio.Event()

    def mark(self, chat_id: int | None = None) -> int:
        """Note a change in one chat, or for everybody; returns its number."""
        self.seq += 1
        if chat_id is None:
            self._for_all = self.seq
        else:
            self._by_chat[chat_id] = self.seq
        self.wake()
        return self.seq

    def latest(self, chat_id: int) -> int:
        """The number of the last change that chat should know of."""
        return max(self._for_all, self._by_chat.get(chat_id, 0))

    def is_newer(self, chat_id: int, seen: int) -> bool:
        """Whether that chat has changes beyond the one already seen."""
        return self.latest(chat_id) > seen

    def wake(self) -> None:
        """Let everybody who waits look again."""
        woken, self._next = self._next, asyncio.Event()
        woken.set()
        if self.on_change and not self.closed:
            self.on_change()

    def close(self) -> None:
        """End every wait, now and later: the server is going down."""
        self.closed = True
        self.wake()

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait for the condition, at most that long and not past closing; whether it holds."""
        try:
            async with asyncio.timeout(seconds):
                while not (self.closed or condition()):
                    await self._next.wait()
        except TimeoutError:
            pass
        return condition()
