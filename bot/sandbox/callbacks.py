"""Callback queries: each may be answered once, and not later than the app waits for it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import Json, bad_request

# Telegram gives no figure; reports say 5 to 20 seconds of real time.
ANSWER_WITHIN = 15.0


@dataclass
class Callback:
    """One tap; `answer` is what the runner saw of it, with its change number."""

    id: str
    runner: int
    message_id: int
    asked: float
    answer: Json | None = None


class Callbacks:
    """All taps of this run; after a restart the old ones are too old to answer, as at Telegram."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._callbacks: dict[str, Callback] = {}
        self.next_id = 1

    def ask(self, runner: int, message_id: int) -> Callback:
        """A runner tapped a button of that message."""
        callback = Callback(str(self.next_id), runner, message_id, self._monotonic())
        self.next_id += 1
        self._callbacks[callback.id] = callback
        return callback

    def open(self, query_id: str) -> Callback:
        """The query that may be answered now; ApiError for unknown, old and answered ones."""
        callback = self._callbacks.get(query_id)
        if (
            callback is None
            or callback.answer is not None
            or self._monotonic() - callback.asked > ANSWER_WITHIN
        ):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return callback

    def answered(self, runner: int, after: int) -> list[Json]:
        """Answers that runner saw since that change."""
        return [
            callback.answer
            for callback in self._callbacks.values()
            if callback.runner == runner and callback.answer and callback.answer["seq"] > after
        ]
