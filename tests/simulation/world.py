"""One simulated fortnight: runners, replicas, Telegram and storage under one seed."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from simulation.fates import CALM, CAUSE, Fate, Fates, Killed, stream
from simulation.inline_sqlite import inline_database
from simulation.judge import Judge
from simulation.person import Person
from simulation.post_office import PostOffice
from simulation.replica import Replica
from simulation.rows import Rows
from simulation.trace import Trace

from bot.services.ports import StorageUnavailable
from bot.telegram.dispatch import Done, Raised

JOBS_EVERY = timedelta(hours=12)
RESTING = 6 * 3600.0
SETTLING = timedelta(hours=2)
"""How long everything runs on without faults before the last look."""


def was_killed(error: BaseException) -> bool:
    """Whether an error is a simulated kill, alone or among others."""
    if isinstance(error, BaseExceptionGroup):
        return any(was_killed(one) for one in error.exceptions)
    return isinstance(error, Killed)


class World:
    """Everything there is, and the order in which it happens."""

    def __init__(self, seed, days, clock, folder):
        self._rng = stream(seed, "world")
        self.clock = clock
        self.trace = Trace(clock)
        self.fates = Fates(stream(seed, "fates"), self.trace)
        self.database = inline_database(folder)
        self.rows = Rows(folder / "simulation.db")
        self.post = PostOffice(clock)
        self.post.on_update.append(self._note_update)
        self.judge = Judge(self)
        self.broken: list[str] = []
        self.counts = {"updates": 0, "beats": 0, "calls": 0, "kills": 0}
        self._end = clock.now() + timedelta(days=days)
        self._alive: dict[int, Replica] = {}
        self._lanes: set[int] = set()
        self._group: asyncio.TaskGroup | None = None
        self._tasks: list[asyncio.Task] = []
        self._storage_away: list[tuple[datetime, datetime]] = self._outages(clock.now(), days)
        self._asleep_until = clock.now()
        self.well_since = clock.now()
        self._people = [
            Person(self, 1000 + n, stream(seed, f"person {n}"))
            for n in range(self._rng.choice((1, 1, 1, 2)))
        ]
        self._replicas = self._rng.choice((1, 2, 2, 2, 3))

    def _outages(self, now, days) -> list[tuple[datetime, datetime]]:
        starts = [self._rng.random() * days for _ in range(self._rng.choice((0, 1, 2)))]
        return [(at := now + timedelta(days=one), at + self.fates.away_for()) for one in starts]

    async def live(self) -> None:
        """Let everybody live until the end, then let everything settle and look once more."""
        async with asyncio.TaskGroup() as self._group:
            for number in range(self._replicas):
                self._start(self._keep_running(number))
            people = [self._start(person.live()) for person in self._people]
            self._start(self._sleep_of_the_host())
            while self.clock.now() < self._end and not self.broken:  # noqa: ASYNC110 - virtual time costs nothing
                await asyncio.sleep(3600)
            for person in people:
                person.cancel()
            await self._settle()
            for task in self._tasks:
                task.cancel()

    async def _settle(self) -> None:
        self.fates.weather = CALM
        self._storage_away = []
        self._asleep_until = self.clock.now()
        until = self.clock.now() + SETTLING
        while self.clock.now() < until and not self.broken:
            await asyncio.sleep(600)
            self.look()
        if not self.broken:
            self.broken += self.judge.at_the_end()
        self.counts |= self.rows.counts()

    def _start(self, work) -> asyncio.Task:
        task = self._group.create_task(work)
        self._tasks.append(task)
        return task

    async def close(self) -> None:
        self.rows.close()
        await self.database.close()

    async def _sleep_of_the_host(self) -> None:
        """Some hosts sleep for up to two days, with everything that runs on them."""
        if not self.fates.chance(0.2):
            return
        await asyncio.sleep(self._rng.random() * (self._end - self.clock.now()).total_seconds())
        self._asleep_until = self.clock.now() + timedelta(hours=self._rng.choice((2, 14, 50)))
        for replica in list(self._alive.values()):
            self.note_death(replica)

    def storage_is_away(self) -> bool:
        now = self.clock.now()
        away = any(at <= now < until for at, until in self._storage_away)
        if away:
            self.well_since = now
        return away

    # --- processes ----------------------------------------------------------------------------

    async def _keep_running(self, number: int) -> None:
        """Start a replica whenever there is none, as a supervisor does."""
        while True:
            replica = Replica(self, f"replica-{number}-{self.post.next_number()}")
            CAUSE.set(replica.name)
            try:
                await replica.start()
                self._alive[number] = replica
                await self._beat_on(replica)
            except StorageUnavailable:
                self.trace(f"{replica.name} cannot start")
            except BaseException as error:
                if not was_killed(error):
                    raise
            self._alive.pop(number, None)
            if not self._alive:
                self.well_since = self.clock.now()
            await asyncio.sleep(1 + self.fates.pause(120))
            while self.clock.now() < self._asleep_until:
                self.well_since = self._asleep_until
                await asyncio.sleep((self._asleep_until - self.clock.now()).total_seconds())

    async def _beat_on(self, replica: Replica) -> None:
        """Beat when something is due, and run the recurring jobs; as the heart does."""
        jobs_at = self.clock.now() + JOBS_EVERY
        while replica.alive:
            CAUSE.set(replica.name)
            due_at = self.rows.next_due()
            now = self.clock.now()
            try:
                if now >= jobs_at:
                    jobs_at = now + JOBS_EVERY
                    await replica.jobs()
                if due_at is not None and due_at <= now:
                    self.counts["beats"] += 1
                    await replica.beat()
                    self.look()
                    await asyncio.sleep(1)
            except StorageUnavailable:
                self.trace(f"{replica.name} misses a beat")
                await asyncio.sleep(1)
            await self._rest(replica)

    async def _rest(self, replica: Replica) -> None:
        """Wait for the next due instant, or for something to become due earlier."""
        due_at = self.rows.next_due()
        wait = (due_at - self.clock.now()).total_seconds() if due_at else RESTING
        # What is due and was not delivered is under somebody's lease.
        wait = min(RESTING, wait) if wait > 0 else 4.0
        replica.woken.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(wait + self.fates.pause(1)):
                await replica.woken.wait()

    def note_commit(self) -> None:
        """Wake the replicas; in production each looks every second."""
        for replica in self._alive.values():
            replica.woken.set()

    def note_death(self, replica: Replica) -> None:
        if replica.alive:
            self.counts["kills"] += 1
            self.trace(f"{replica.name} is killed")
            for cause in replica.causes:
                self.fates.befalls(cause, Fate.KILLED_WITH_IT)
        replica.alive = False
        replica.woken.set()
        for number, one in list(self._alive.items()):
            if one is replica:
                del self._alive[number]

    def note_failure(self, delivery, error: Exception) -> None:
        self.broken.append(f"no delivery fails: {delivery.kind} {delivery.id}: {error!r}")

    def note_dead(self, delivery, reason: str) -> None:
        self.trace(f"{delivery.kind} {delivery.id} is given up: {reason}")

    def note_call(self, replica: Replica, name, parameters, answer) -> None:
        """Hear of a call that Telegram carried out, whether the bot learns of it or not."""
        self.counts["calls"] += 1
        if name != "answerCallbackQuery":
            chat, status = parameters["chat_id"], answer[0]
            self.trace(f"{replica.name} for {CAUSE.get()}: {name} to {chat}: {status}")

    # --- updates ------------------------------------------------------------------------------

    def _note_update(self, chat) -> None:
        if chat.chat_id not in self._lanes:
            self._lanes.add(chat.chat_id)
            self._start(self._lane(chat))

    async def _lane(self, chat) -> None:
        """Bring the updates of one chat in order, each until it is acknowledged."""
        try:
            while chat.updates:
                await self._bring(chat, chat.updates[0])
                chat.updates.popleft()
        finally:
            self._lanes.discard(chat.chat_id)

    async def _bring(self, chat, update: dict) -> None:
        self.counts["updates"] += 1
        seen = self.judge.before(chat, update)
        self.trace(f"update {update['update_id']} of {chat.chat_id}: {seen.what}")
        CAUSE.set(f"update {update['update_id']}")
        fate = self.fates.of_an_update()
        if fate is Fate.DELIVERED_AT_ONCE_TWICE:
            await asyncio.gather(self._acknowledged(update), self._acknowledged(update))
        else:
            await self._acknowledged(update)
            if fate is Fate.DELIVERED_TWICE:
                await self._acknowledged(update)
        self.broken += self.judge.after(chat, update, seen)

    async def _acknowledged(self, update: dict) -> None:
        wait, failures = 1.0, 0
        while True:
            await asyncio.sleep(self.fates.pause(1))
            replica = await self._some_replica()
            result = await self._handled(replica, update)
            self.look()
            if isinstance(result, Done):
                return
            if isinstance(result, Raised):
                failures += 1
                if failures == 3:
                    error = result.error
                    self.broken.append(f"no update fails: {update['update_id']}: {error!r}")
                    return
            await asyncio.sleep(wait)
            wait = min(30.0, wait * 2)

    async def _some_replica(self) -> Replica:
        while not self._alive:  # noqa: ASYNC110 - as above
            await asyncio.sleep(1)
        return self._rng.choice([one for _, one in sorted(self._alive.items())])

    async def _handled(self, replica: Replica, update: dict):
        """Let a replica handle an update; None if it was killed over it."""
        try:
            return await asyncio.ensure_future(replica.handle(update))
        except BaseException as error:
            if not was_killed(error):
                raise
            return None

    def look(self) -> None:
        """Check everything that must hold after every step."""
        if not self.broken:
            self.broken += self.judge.after_a_step()
