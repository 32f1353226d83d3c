"""A record of every Bot API call, so that a test can say what the bot did and when."""

from collections import deque
from dataclasses import asdict, dataclass

from bot.sandbox.errors import Json

KEPT = 50_000


@dataclass(frozen=True)
class Call:
    """One call: `status` is the HTTP status, 0 when the connection was dropped unanswered."""

    seq: int
    at: str
    method: str
    params: Json
    status: int
    ok: bool
    chat_id: int | None
    description: str | None = None
    fault: str | None = None


class Calls:
    """The last calls, a bounded number of them."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self.seq = 0

    def add(self, call: Call) -> None:
        """Keep one call; its seq must come from `next_seq`."""
        self._calls.append(call)

    def next_seq(self) -> int:
        """The number for the next call."""
        self.seq += 1
        return self.seq

    def after(self, seq: int, method: str | None) -> list[Json]:
        """Calls later than that number, of one method where it is named (in any case)."""
        return [
            {
                key: value
                for key, value in asdict(call).items()
                if value is not None or key == "chat_id"
            }
            for call in self._calls
            if call.seq > seq and (not method or call.method.lower() == method.lower())
        ]
