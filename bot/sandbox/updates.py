"""The queue of updates and getUpdates: offsets, long polls, and the 409 for a second poller."""

from collections.abc import Callable, Collection

from bot.sandbox.changes import Changes
from bot.sandbox.errors import ActError, Json, bad_request
from bot.sandbox.params import Params

LONGEST_POLL = 50
LARGEST_BATCH = 100
_REMEMBERED = 10_000
_ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates the bot has not confirmed yet, by id, and the last ones it has."""

    def __init__(self, changes: Changes, first_id: int) -> None:
        self._changes = changes
        self._pending: dict[int, Json] = {}
        self._confirmed: dict[int, Json] = {}
        # Delivered once more on request: below the bot's offset, so the offset alone must not
        # confirm them before they have gone out.
        self._again: set[int] = set()
        self.next_id = first_id
        # How many there have been: the number of a poll is its turn.
        self.polls = 0
        self.allowed: list[str] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def allow(self, params: Params) -> None:
        """Take over the kinds of updates a call asks for; without a word they stay."""
        allowed = params.structured("allowed_updates", "allowed updates")
        if allowed is None:
            return
        if not isinstance(allowed, list):
            raise bad_request("can't parse allowed updates: expected an Array of String")
        self.allowed = allowed

    def is_pending(self, update_id: int) -> bool:
        """Whether the bot has still to confirm it."""
        return update_id in self._pending

    def add(self, kind: str, content: Json) -> int | None:
        """Queue an update; its id, or None where the bot's allowed_updates leave it out."""
        wanted = kind in self.allowed if self.allowed else kind not in _ON_REQUEST_ONLY
        return self.inject({kind: content}) if wanted else None

    def inject(self, update: Json) -> int:
        """Queue anything at all; its id."""
        update_id, self.next_id = self.next_id, self.next_id + 1
        self._pending[update_id] = {**update, "update_id": update_id}
        self._changes.wake()
        return update_id

    def redeliver(self, update_id: int) -> None:
        """Queue a confirmed update once more under its old id."""
        if update_id not in self._confirmed:
            raise ActError(404, f"no confirmed update {update_id}")
        self._pending[update_id] = self._confirmed.pop(update_id)
        self._again.add(update_id)
        self._changes.wake()

    def waiting(self) -> list[Json]:
        """Everything the bot has not confirmed, oldest first."""
        return [self._pending[update_id] for update_id in sorted(self._pending)]

    def confirm(self, update_id: int) -> None:
        """The bot has taken this one; one that was dropped meanwhile stays dropped."""
        if update_id in self._pending:
            self._confirm([update_id])

    def clear(self) -> None:
        """Drop everything that waits."""
        self._confirm(list(self._pending))

    async def poll(
        self, offset: int, limit: int, seconds: int, gone: Callable[[], bool]
    ) -> list[Json] | None:
        """Confirm what lies before the offset, then wait for more; None when a newer poll came."""
        self._confirm(self._before(offset))
        self.polls += 1
        turn = self.polls
        self._changes.wake()

        def over() -> bool:
            return bool(self._pending) or self.polls != turn or gone()

        await self._changes.until(over, seconds)
        if self.polls != turn:
            return None
        batch = [] if gone() else sorted(self._pending)[:limit]
        self._again.difference_update(batch)
        return [self._pending[update_id] for update_id in batch]

    def _before(self, offset: int) -> list[int]:
        if offset < 0:
            return sorted(self._pending)[:offset]
        if offset > self.next_id:
            # From another queue's count: Telegram starts from the head then, and so do we.
            return []
        return [one for one in self._pending if one < offset and one not in self._again]

    def _confirm(self, update_ids: Collection[int]) -> None:
        for update_id in update_ids:
            self._confirmed[update_id] = self._pending.pop(update_id)
            self._again.discard(update_id)
        while len(self._confirmed) > _REMEMBERED:
            del self._confirmed[next(iter(self._confirmed))]
        if update_ids:
            self._changes.wake()

    def to_json(self) -> Json:
        """For the store."""
        pending = list(self._pending.values())
        return {"next_id": self.next_id, "pending": pending, "allowed": self.allowed}

    def from_json(self, row: Json) -> None:
        """Back from the store."""
        self.next_id, self.allowed = row["next_id"], row["allowed"]
        self._pending = {update["update_id"]: update for update in row["pending"]}
