"""Replicas behind one address, and somebody who kills one after the other at bad moments."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import cycle
from typing import Any

import aiohttp
from support.bot_process import PATIENCE, Killable
from support.crowd import PROMPT
from support.database import rows

from bot.sandbox.calls import Call
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.webhook import Address, Webhook

LONGEST_COMMIT = 0.03
"""Seconds in which an update that was handed over is read, stored and committed, mostly."""

WAITED_FOR = 60
"""Calls of the Bot API after which the moment somebody waits for will not come any more."""


@dataclass
class Replica(Killable):
    """One of several processes that serve the same bot."""

    port: int = 0
    took: int = 0
    """Updates it has taken since it was last started."""

    def start(self) -> None:
        self.took = 0
        super().start()

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.is_alive()


class RoundRobin(Webhook):
    """Hands each try to the next replica, like a proxy that knows nothing of their health.

    What meets a dead one fails, and Telegram repeats it.
    """

    def __init__(self, sandbox: Sandbox, replicas: Sequence[Replica]) -> None:
        super().__init__(sandbox.queue, sandbox.changes)
        self._next = cycle(replicas)
        self.on_hand_over: Callable[[Replica, dict[str, Any]], None] = lambda _to, _what: None

    async def _post(
        self, http: aiohttp.ClientSession, address: Address, update: dict[str, Any]
    ) -> tuple[int, int]:
        chosen = next(self._next)
        self.on_hand_over(chosen, update)
        here = replace(address, url=f"http://127.0.0.1:{chosen.port}/hook")
        status, asked = await super()._post(http, here, update)
        chosen.took += status == 200
        return status, asked


class Moment(Enum):
    """When a replica dies."""

    UPDATE_HANDED_OVER = "some milliseconds after it was given an update"
    REPLY_SENT = "as Telegram has carried out its reply and not said so"
    PROMPT_SENT = "as Telegram has carried out its prompt and not said so"


class Reaper:
    """Kills a replica at a moment of a kind, and starts it again at once, until it is over."""

    def __init__(
        self,
        sandbox: Sandbox,
        database_url: str,
        dice: random.Random,
        is_over: Callable[[], bool],
    ) -> None:
        self._sandbox = sandbox
        self._url = database_url
        self._dice = dice
        self._is_over = is_over
        self._victim: Replica | None = None
        self._moment = Moment.UPDATE_HANDED_OVER
        self._chat_id: int | None = None
        self._calls_left = 0
        self.kills: list[Moment] = []
        assert isinstance(sandbox.webhook, RoundRobin)
        sandbox.webhook.on_hand_over = self._handed_over
        self._note_call = sandbox.calls.add
        sandbox.calls.add = self._called

    async def reaps(self, victim: Replica, moment: Moment) -> None:
        """Wait for the moment, kill, start again, and wait until the victim serves once more."""
        self._moment, self._chat_id, self._calls_left = moment, None, WAITED_FOR
        self._victim = victim
        await self._until(lambda: self._victim is None)
        self._victim = None
        if not victim.lives:
            victim.start()
        await self.serves(victim)

    async def serves(self, replica: Replica) -> None:
        """Wait until a replica has taken an update."""
        await self._until(lambda: replica.took > 0)

    async def _until(self, condition: Callable[[], bool]) -> None:
        def holds() -> bool:
            return condition() or self._is_over()

        assert await self._sandbox.changes.until(holds, 3 * PATIENCE)

    def _handed_over(self, replica: Replica, update: dict[str, Any]) -> None:
        if replica is not self._victim:
            return
        match self._moment:
            case Moment.UPDATE_HANDED_OVER:
                delay = self._dice.random() * LONGEST_COMMIT
                asyncio.get_running_loop().call_later(delay, self._kill, replica)
            case Moment.REPLY_SENT:
                said = update.get("callback_query") or update.get("message") or {}
                self._chat_id = said.get("from", {}).get("id")
            case Moment.PROMPT_SENT:
                pass

    def _called(self, call: Call) -> None:
        self._note_call(call)
        victim = self._victim
        if victim is None:
            return
        self._calls_left -= 1
        if self._calls_left == 0 or self._is_the_moment(call, victim):
            self._kill(victim)

    def _is_the_moment(self, call: Call, victim: Replica) -> bool:
        if not call.ok or call.chat_id is None:
            return False
        if self._moment is Moment.REPLY_SENT:
            return call.chat_id == self._chat_id
        is_prompt = self._moment is Moment.PROMPT_SENT and PROMPT in call.params.get("text", "")
        return is_prompt and self._sender_to(call.chat_id) == str(victim.pid)

    def _sender_to(self, chat_id: int) -> str:
        """The process that holds the lease on a runner; its number is in its name."""
        query = f"SELECT leased_by FROM runners WHERE chat_id = {chat_id}"  # noqa: S608 - a number
        [name] = rows(self._url, query)
        return name.split("-")[-2] if name else ""

    def _kill(self, victim: Replica) -> None:
        if self._victim is victim:
            self._victim = None
            victim.kill()
            self.kills.append(self._moment)
            self._sandbox.changes.wake()
