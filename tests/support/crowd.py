"""Many runners at once, each with a script, moved on by one loop that looks at what changed.

They act inside the sandbox, without its control API: two hundred phones over HTTP would take the
processor from the bots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.acts import says, taps
from bot.sandbox.chats import Post
from bot.sandbox.runners import Runner
from bot.sandbox.sandbox import Sandbox

PROMPT = "How much pain is in your upper back right now?"
EMERGENCY = "Call 112 now."
TIP = "When to stop"
LONGEST_SILENCE = 100.0
"""Seconds in which something happens to somebody: a dead worker's leases last for sixty."""


@dataclass(frozen=True)
class Says:
    """Write this."""

    words: str


@dataclass(frozen=True)
class Taps:
    """Wait for a button that is new since the last step, and tap it."""

    button: str


class Answers(Taps):
    """Tap what counts as an answer of a check-in."""


@dataclass(frozen=True)
class Reads:
    """Wait until the bot has said something with these words in it."""

    words: str


Step = Says | Taps | Reads

RAN = (Says("/run"), Taps("Just finished"))
NO_PAIN = (*RAN, Answers("0 · no pain"), Reads("Thanks. No pain today."))
PAIN = (
    *RAN,
    Answers("4"),
    Answers("None of these"),
    Answers("None of these"),
    Answers("2 · One side"),
    Answers("Stiff shoulders"),
    Reads(TIP),
)
TAPS_A_SIGN = (*RAN, Answers("5"), Answers("One or more"), Reads(EMERGENCY))
TYPES_A_SIGN = (
    *RAN,
    Reads(PROMPT),
    Says("I have crushing chest pain right now"),
    Reads(EMERGENCY),
)
IGNORES = (*RAN, Reads(PROMPT))


@dataclass
class Walker:
    """One runner on the way through a script."""

    sandbox: Sandbox
    runner: Runner
    script: Sequence[Step]
    done: int = 0
    answered: int = 0
    acted_at: int = 0
    """The sandbox's number of changes at the last act: only what is newer is looked at."""

    looked_at: int = -1
    update_id: int = 0

    @property
    def chat_id(self) -> int:
        return self.runner.chat_id

    @property
    def is_through(self) -> bool:
        return self.done == len(self.script)

    def goes_on(self) -> bool:
        """Take as many steps as the chat allows; whether that was any."""
        before = self.done
        while not self.is_through and not self.sandbox.queue.is_pending(self.update_id):
            latest = self.sandbox.changes.latest(self.chat_id)
            if latest == self.looked_at or not self._takes(self.script[self.done]):
                self.looked_at = latest
                break
            self.done += 1
        return self.done > before

    def _takes(self, step: Step) -> bool:
        match step:
            case Says(words):
                self._acted(says(self.sandbox, self.runner, {"text": words}))
                return True
            case Taps(button):
                return self._taps(button, counts=isinstance(step, Answers))
            case Reads(words):
                return any(words in post.message.get("text", "") for post in self._heard())

    def _taps(self, button: str, *, counts: bool) -> bool:
        for post in reversed(self._heard()):
            if post.seq > self.acted_at and button in buttons(post):
                tap = {"message_id": post.message_id, "text": button}
                self._acted(taps(self.sandbox, self.runner, tap))
                self.answered += counts
                return True
        return False

    def _heard(self) -> list[Post]:
        return [post for post in self.sandbox.chats.all(self.chat_id) if post.from_bot]

    def _acted(self, did: dict[str, Any]) -> None:
        self.update_id = did["update_id"]
        self.acted_at = self.sandbox.changes.seq
        self.looked_at = -1


def buttons(post: Post) -> list[str]:
    """The live inline buttons of a message."""
    rows = post.message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


@dataclass
class Crowd:
    """Everybody, and what the bot sent to each."""

    sandbox: Sandbox
    scripts: Sequence[Sequence[Step]]
    walkers: list[Walker] = field(init=False)

    def __post_init__(self) -> None:
        self.walkers = [
            Walker(self.sandbox, self.sandbox.runners.ensure(number), script)
            for number, script in enumerate(self.scripts, start=1)
        ]

    @property
    def is_through(self) -> bool:
        return all(walker.is_through for walker in self.walkers)

    async def walks(self) -> None:
        """Go on until everybody is through; AssertionError names who waits in vain."""
        while not self.is_through:
            seen = self._progress()
            if sum(walker.goes_on() for walker in self.walkers):
                continue
            moved = await self.sandbox.changes.until(
                lambda seen=seen: self._progress() != seen, LONGEST_SILENCE
            )
            assert moved, self.stuck()
        self.sandbox.changes.wake()

    def _progress(self) -> tuple[int, int, int]:
        """Numbers of which one grows with whatever may let somebody go on."""
        sandbox = self.sandbox
        return sandbox.changes.seq, len(sandbox.webhook.deliveries), len(sandbox.queue)

    def stuck(self) -> dict[int, Step]:
        """The step at which each who is not through waits, by chat."""
        waiting = [walker for walker in self.walkers if not walker.is_through]
        return {walker.chat_id: walker.script[walker.done] for walker in waiting}

    def sent(self) -> Iterator[tuple[int, str]]:
        """Every message that went out: chat and text or caption, whether anybody heard of it."""
        for call in self.sandbox.calls.after(0, None):
            if call["ok"] and call["method"].lower() in {"sendmessage", "sendphoto"}:
                params = call["params"]
                yield call["chat_id"], params.get("text") or params.get("caption") or ""

    def copies(self) -> Counter[tuple[int, str]]:
        """How often each chat was sent a message with the same first line."""
        return Counter((chat, text.partition("\n")[0]) for chat, text in self.sent())

    def told(self, words: str) -> set[int]:
        """The chats into which a message with these words went."""
        return {chat for chat, text in self.sent() if words in text}
