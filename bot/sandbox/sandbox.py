"""The sandbox's state in one place: who is there, what was said, what is still to be fetched."""

import time
from collections.abc import Callable, Collection
from dataclasses import asdict
from pathlib import Path

from bot.sandbox.callbacks import Callbacks
from bot.sandbox.calls import Calls
from bot.sandbox.changes import Changes
from bot.sandbox.chats import Chats
from bot.sandbox.clock import SandboxClock, SystemSandboxClock
from bot.sandbox.errors import Json, bad_request, forbidden
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.profile import DEFAULT_ID, Profile
from bot.sandbox.rate import Limits, Rate
from bot.sandbox.runners import GROUP, GROUP_ID, Runners
from bot.sandbox.store import Store, media_folder
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Address, Webhook

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Sandbox:
    """A whole Telegram with one bot in it.

    `token` None lets any well-formed token in; `limits` are the flood limits; `store` keeps the
    chat across restarts; `hosts` are the Host headers it listens to, for a web page elsewhere must
    not drive it; `monotonic` counts real seconds for limits and for the age of callback queries.
    """

    def __init__(
        self,
        *,
        clock: SandboxClock | None = None,
        token: str | None = None,
        limits: Limits | None = None,
        store: Path | None = None,
        hosts: Collection[str] = LOOPBACK,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock: SandboxClock = clock or SystemSandboxClock()
        self.token = token
        self.hosts = hosts
        self.changes = Changes()
        # A bot remembers update ids; seconds make them grow even from one fresh start to the next.
        self.queue = UpdateQueue(self.changes, int(SystemSandboxClock().now().timestamp()))
        self.webhook = Webhook(self.queue, self.changes)
        self.chats = Chats(self.changes)
        self.runners = Runners()
        self.profile = Profile(int(token.partition(":")[0]) if token else DEFAULT_ID)
        self.callbacks = Callbacks(monotonic)
        self.rate = Rate(limits or Limits(), monotonic)
        self.faults = Faults()
        self.calls = Calls()
        self.files = Files(media_folder(store) if store else None)
        self.store = Store(store, self._snapshot) if store else None
        if self.store and (saved := self.store.load()):
            self._restore(saved)
        if self.store:
            self.changes.on_change = self.store.soon

    def unix_now(self) -> int:
        """The sandbox's time as Bot API dates have it."""
        return int(self.clock.now().timestamp())

    def save(self) -> None:
        """Write to the store what is not there yet."""
        if self.store:
            self.store.save()

    def writable_chat(self, chat_id: str) -> Json:
        """The chat the bot wants to write to; ApiError in Telegram's words where it may not."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        number = int(chat_id) if chat_id.removeprefix("-").isdecimal() else 0
        if number == GROUP_ID and GROUP_ID in self.chats:
            return GROUP
        runner = self.runners.in_chat(number)
        if runner is None:
            raise bad_request("chat not found")
        if runner.deactivated:
            raise forbidden("user is deactivated")
        if runner.blocked:
            raise forbidden("bot was blocked by the user")
        if not runner.started:
            raise forbidden("bot can't initiate conversation with a user")
        return runner.chat()

    def _snapshot(self) -> Json:
        return {
            "seq": self.changes.seq,
            "callbacks": self.callbacks.next_id,
            "chats": self.chats.to_json(),
            "files": self.files.to_json(),
            "profile": self.profile.to_json(),
            "queue": self.queue.to_json(),
            "runners": [runner.to_json() for runner in self.runners.all()],
            "webhook": asdict(self.webhook.address),
        }

    def _restore(self, saved: Json) -> None:
        self.changes.seq = saved["seq"]
        self.callbacks.next_id = saved["callbacks"]
        self.chats.from_json(saved["chats"])
        self.files.from_json(saved["files"])
        self.profile.from_json(saved["profile"])
        self.queue.from_json(saved["queue"])
        self.runners.from_json(saved["runners"])
        # Chats of earlier versions have none.
        self.webhook.address = Address(**saved.get("webhook", {}))
        # Whoever watches should look at everything that was there before.
        self.changes.mark()
