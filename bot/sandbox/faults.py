"""Faults on demand: what Telegram and the network do to a bot on a bad day."""

from dataclasses import asdict, dataclass
from typing import Literal, get_args

from bot.sandbox.errors import ActError, ApiError, Json, too_many_requests

Kind = Literal[
    "400",
    "401",
    "403",
    "429",
    "500",
    "502",
    "503",
    "504",
    "moved",
    "page",
    "slow",
    "reset",
    "accepted_no_answer",
]
MOVED_TO = -1_000_000_005_000
PAGE = "<html><body>Please log in to this network.</body></html>"
_DESCRIPTIONS = {
    "400": "Bad Request: CHAT_RESTRICTED",
    "401": "Unauthorized",
    "403": "Forbidden: bot was blocked by the user",
    "500": "Internal Server Error",
    "502": "Bad Gateway",
    "503": "Service Unavailable",
    "504": "Gateway Timeout",
}


@dataclass
class Fault:
    """One fault to come: which calls, how many of them (`times`), and what happens to them.

    `method` is lower case or "*", which means every method but getUpdates: a fault should hit a
    call that a test can see. "slow" takes effect at once and answers `seconds` late;
    "accepted_no_answer" takes effect, then the connection drops; "reset" drops before any effect;
    "moved" is a group that became a supergroup; "page" is a page of somebody in between, with no
    effect at Telegram.
    """

    id: int
    method: str
    kind: Kind
    times: int = 1
    retry_after: int = 1
    seconds: float = 1.0
    chat_id: int | None = None
    description: str | None = None

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is to suffer."""
        named = self.method == method or (self.method == "*" and method != "getupdates")
        return named and self.chat_id in (None, chat_id)

    def refusal(self) -> ApiError | None:
        """The error this fault answers with, None where it is about the connection."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        if self.kind == "moved":
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            return ApiError(400, text, migrate_to=MOVED_TO)
        if self.kind in _DESCRIPTIONS:
            return ApiError(int(self.kind), self.description or _DESCRIPTIONS[self.kind])
        return None


class Faults:
    """The faults still to come, oldest first."""

    def __init__(self) -> None:
        self._coming: list[Fault] = []
        self._last_id = 0

    def add(self, wish: Json) -> int:
        """Ask for a fault; its id."""
        known = {"method", "kind", "times", "retry_after", "seconds", "chat_id", "description"}
        if not isinstance(wish.get("method"), str) or wish.get("kind") not in get_args(Kind):
            raise ActError(400, f"a fault needs a method and a kind of {get_args(Kind)}")
        if unknown := wish.keys() - known:
            raise ActError(400, f"a fault has no {sorted(unknown)}")
        counts = ("times", "retry_after", "seconds", "chat_id")
        if not all(isinstance(wish.get(name, 1), int | float) for name in counts):
            raise ActError(400, f"{', '.join(counts)}: numbers are needed")
        self._last_id += 1
        self._coming.append(Fault(id=self._last_id, **{**wish, "method": wish["method"].lower()}))
        return self._last_id

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault this call meets, counted down."""
        for fault in self._coming:
            if fault.meets(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self._coming.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Good weather again."""
        self._coming.clear()

    def coming(self) -> list[Json]:
        """What is still to come, for whoever looks."""
        return [asdict(fault) for fault in self._coming]
