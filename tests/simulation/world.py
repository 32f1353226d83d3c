"""One simulated fortnight: runners, replicas, Telegram and storage under one seed."""

import asyncio
from datetime import datetime, timedelta

from simulation.carrier import Carrier
from simulation.fates import CALM, CAUSE, Fates, stream
from simulation.host import Host
from simulation.judge import Judge
from simulation.person import Person
from simulation.post_office import PostOffice
from simulation.trace import Trace
from simulation.virtual_time import HostClock

SETTLING = timedelta(hours=2)
"""How long everything runs on without faults before the last look."""

FIRST_CHAT = 7_000_001
"""Far above every other number there is, so that a number in a row can be nobody else's."""


class World:
    """Everything there is. `time` is the true one, `clock` what the bot's machine shows."""

    def __init__(self, seed, days, time, store):
        self.days = days
        self.time = time
        self.clock = HostClock(time)
        self.trace = Trace(time)
        self.fates = Fates(stream(seed, "fates"), self.trace)
        self.database, self.rows = store.database, store.rows
        self.broken: list[str] = []
        self.counts = dict.fromkeys(("updates", "beats", "calls", "kills", "stops"), 0)
        self.post = PostOffice(self)
        rng = stream(seed, "world")
        self._storage_away = self._outages(rng)
        self.well_since = self.clock.now()
        self.host = Host(self, rng)
        self._carrier = Carrier(self)
        self.judge = Judge(self)
        self._people = [
            Person(self, FIRST_CHAT + n, stream(seed, f"person {n}"))
            for n in range(rng.choice((1, 1, 1, 2)))
        ]
        self._tasks: list[asyncio.Task] = []
        self._group: asyncio.TaskGroup | None = None

    def _outages(self, rng) -> list[tuple[datetime, datetime]]:
        starts = [rng.random() * self.days for _ in range(rng.choice((0, 1, 2)))]
        now = self.time.now()
        return [(at := now + timedelta(days=one), at + self.fates.away_for()) for one in starts]

    async def live(self) -> None:
        """Let everybody live until the end, then let everything settle and look once more."""
        end = self.time.now() + timedelta(days=self.days)
        async with asyncio.TaskGroup() as self._group:
            for work in self.host.works():
                self.begin(work)
            people = [self.begin(person.live()) for person in self._people]
            while self.time.now() < end and not self.broken:  # noqa: ASYNC110 - virtual time costs nothing
                await asyncio.sleep(3600)
            for person in people:
                person.cancel()
            await self._settle()
            for task in self._tasks:
                task.cancel()

    async def _settle(self) -> None:
        self.fates.weather = CALM
        self._storage_away = []
        self.host.calm_down()
        until = self.time.now() + SETTLING
        while self.time.now() < until and not self.broken:
            await asyncio.sleep(600)
            self.look()
        if not self.broken:
            self.broken += self.judge.at_the_end()
        self.counts |= self.rows.counts()

    def begin(self, work) -> asyncio.Task:
        """Let something go on until it ends or the world does."""
        task = self._group.create_task(work)
        self._tasks.append(task)
        return task

    def storage_is_away(self) -> bool:
        now = self.time.now()
        away = any(at <= now < until for at, until in self._storage_away)
        if away:
            self.note_trouble()
        return away

    def note_trouble(self) -> None:
        """From now on things have to be in order again, but not before."""
        self.well_since = self.clock.now()

    def note_failure(self, delivery, error: Exception) -> None:
        self.broken.append(f"no delivery fails: {delivery.kind} {delivery.id}: {error!r}")

    def note_dead(self, delivery, reason: str) -> None:
        self.trace(f"{delivery.kind} {delivery.id} is given up: {reason}")

    def note_call(self, replica, name, parameters, answer) -> None:
        """Hear of a call that Telegram carried out, whether the bot learns of it or not."""
        self.counts["calls"] += 1
        if name != "answerCallbackQuery":
            chat, status = parameters["chat_id"], answer[0]
            self.trace(f"{replica.name} for {CAUSE.get()}: {name} to {chat}: {status}")

    def look(self) -> None:
        """Check everything that must hold after every step."""
        if not self.host.at_work:
            self.note_trouble()
        if not self.broken:
            self.broken += self.judge.after_a_step()
