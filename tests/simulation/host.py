"""The machine the replicas run on: starts and stops them, kills them, sleeps, sets its clock."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from simulation.fates import CAUSE, Fate, was_killed
from simulation.replica import Replica

from bot.domain.delivery import LEASE
from bot.services.ports import StorageUnavailable
from bot.worker import STOP_WITHIN

JOBS_EVERY = timedelta(hours=12)
RESTING = 6 * 3600.0
DAY = 86_400.0
MEANWHILE = LEASE.total_seconds() + 15
"""Seconds for which something may still arrive that was decided by another time.

What may have been lost is sent once more when its lease is over."""

JUMPS = (timedelta(seconds=8), timedelta(minutes=4), timedelta(minutes=50), timedelta(hours=3))


class Host:
    """Keeps some replicas running, as a supervisor does, on one clock."""

    def __init__(self, world, rng):
        self._world = world
        self._rng = rng
        self._fates = world.fates
        self._alive: dict[int, Replica] = {}
        """Those that take work, by their number."""

        self._present: list[Replica] = []
        """These, and those that are starting or stopping."""

        self._someone = asyncio.Event()
        self.busy = asyncio.Event()
        """Set whenever a replica begins to work on something."""

        self.awake = asyncio.Event()
        self.awake.set()
        self._interrupted: dict[str, float] = {}
        self.replicas = rng.choice((1, 2, 2, 2, 3))
        self._releases = rng.choice((None, 1, 4))

    def works(self):
        """Give everything that goes on here side by side."""
        yield from (self._keep_running(number) for number in range(self.replicas))
        yield from (self._sleeps(), self._is_set(), self._gets_releases())

    async def some_replica(self) -> Replica:
        """Wait for one that takes updates."""
        while not self._alive:
            await self._someone.wait()
        return self._rng.choice([one for _, one in sorted(self._alive.items())])

    def interrupted(self, cause: str) -> bool:
        """Whether this was at work when the host fell asleep or its clock was set, just now."""
        return self._now() - self._interrupted.get(cause, -DAY) < MEANWHILE

    def calm_down(self) -> None:
        """Be awake and right from now on."""
        self._wake()
        self._set(-self._world.clock.off())

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    # --- processes ----------------------------------------------------------------------------

    async def _keep_running(self, number: int) -> None:
        """Start a replica whenever there is none."""
        while True:
            await self.awake.wait()
            replica = Replica(self._world, f"replica-{number}-{self._world.post.next_number()}")
            self._present.append(replica)
            CAUSE.set(replica.name)
            try:
                await replica.start()
                self._alive[number] = replica
                self._someone.set()
                await self._beat_on(replica)
                await self._stop(replica)
            except StorageUnavailable:
                self._world.trace(f"{replica.name} cannot start")
            except BaseException as error:
                if not was_killed(error):
                    raise
            self._present.remove(replica)
            self._take_out(replica)
            await asyncio.sleep(1 + self._fates.pause(120))

    async def _beat_on(self, replica: Replica) -> None:
        """Beat when something is due, and run the recurring jobs; as the heart does."""
        jobs_at = self._world.clock.now() + JOBS_EVERY
        while replica.takes_work:
            CAUSE.set(replica.name)
            now = self._world.clock.now()
            try:
                if now >= jobs_at:
                    jobs_at = now + JOBS_EVERY
                    await replica.jobs()
                if self._world.rows.is_due(now):
                    await self._beat(replica)
                    await asyncio.sleep(1)
            except StorageUnavailable:
                self._world.trace(f"{replica.name} misses a beat")
                await asyncio.sleep(1)
            await self._rest(replica)

    async def _beat(self, replica: Replica) -> None:
        self._world.counts["beats"] += 1
        await replica.beat()
        self._world.look()

    async def _rest(self, replica: Replica) -> None:
        """Wait for the next due instant, or for something to become due earlier."""
        if not replica.takes_work:
            return
        now = self._world.clock.now()
        due_at = self._world.rows.next_due(now)
        wait = (due_at - now).total_seconds() if due_at else RESTING
        replica.woken.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(min(RESTING, max(0.5, wait)) + self._fates.pause(1)):
                await replica.woken.wait()

    async def _stop(self, replica: Replica) -> None:
        """Stop as running.py does: what is under way has some seconds, leases are given back."""
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN.total_seconds()):
                await replica.idle.wait()
        replica.must_live()
        try:
            await replica.give_back()
        except StorageUnavailable:
            self._world.trace(f"{replica.name} leaves its leases to run out")
        if replica.causes:
            self.kill(replica)

    @property
    def at_work(self) -> bool:
        """Whether anybody is there to do what is due."""
        return self.awake.is_set() and bool(self._alive)

    def wake_up(self) -> None:
        """Something may be due earlier; in production each replica looks every second."""
        for replica in self._alive.values():
            replica.woken.set()

    def kill(self, replica: Replica) -> None:
        """End a process in the middle of whatever it does."""
        if replica.alive:
            self._world.counts["kills"] += 1
            self._world.trace(f"{replica.name} is killed")
            self._befalls_all_work(replica, Fate.KILLED_WITH_IT)
        replica.alive = False
        replica.woken.set()
        self._take_out(replica)

    def _befalls_all_work(self, replica: Replica, fate: Fate) -> None:
        for cause in replica.causes:
            self._fates.befalls(cause, fate)

    def _take_out(self, replica: Replica) -> None:
        for number, one in list(self._alive.items()):
            if one is replica:
                del self._alive[number]
        if not self._alive:
            self._someone.clear()
            self._world.note_trouble()

    # --- what befalls all of them -------------------------------------------------------------

    async def _gets_releases(self) -> None:
        """Replicas are stopped with SIGTERM now and then, as for an upgrade."""
        while self._releases is not None:
            await asyncio.sleep(self._rng.expovariate(1 / self._releases) * DAY)
            for replica in list(self._alive.values()):
                if self._rng.random() < 0.7:
                    self._world.counts["stops"] += 1
                    self._world.trace(f"{replica.name} is stopped")
                    replica.stopping = True
                    replica.woken.set()
                    self._take_out(replica)

    async def _sleeps(self) -> None:
        """Some hosts sleep for up to two days; their processes stand still or are gone."""
        if self._fates.chance(0.2):
            await asyncio.sleep(self._rng.random() * self._world.days * DAY)
            await self._in_the_middle_of_something()
            hours = self._rng.choice((2, 14, 50))
            await self._sleep(hours, killing=self._rng.random() < 0.5)

    async def _in_the_middle_of_something(self) -> None:
        """Wait until something is under way, so that there is something to cut short."""
        self.busy.clear()
        await self.busy.wait()
        await asyncio.sleep(self._fates.pause(3))

    async def _sleep(self, hours: int, *, killing: bool) -> None:
        self._world.trace(f"the host sleeps for {hours} hours")
        self.awake.clear()
        for replica in list(self._present):
            if killing:
                self.kill(replica)
                continue
            self._befalls_all_work(replica, Fate.ASLEEP_WITH_IT)
        with suppress(TimeoutError):
            async with asyncio.timeout(hours * 3600.0):
                await self.awake.wait()
        self._wake()

    def _wake(self) -> None:
        if not self.awake.is_set():
            self._interrupt()
            self.awake.set()

    def _interrupt(self) -> None:
        """Note what is at work while the time becomes another one."""
        self._world.note_trouble()
        for replica in self._present:
            self._interrupted |= dict.fromkeys(replica.causes, self._now())

    async def _is_set(self) -> None:
        """Some clocks are wrong for a while, in either direction."""
        if not self._fates.chance(0.3):
            return
        for _ in range(self._rng.choice((1, 3))):
            await asyncio.sleep(self._rng.random() * self._world.days * DAY / 3)
            await self._in_the_middle_of_something()
            self._set(self._rng.choice(JUMPS) * self._rng.choice((1, -1)))
            if self._rng.random() < 0.7:
                await asyncio.sleep(self._rng.random() ** 3 * DAY / 2)
                self._set(-self._world.clock.off())

    def _set(self, by: timedelta) -> None:
        if by:
            self._world.trace(f"the clock is set by {by}")
            self._world.clock.jump(by)
            # Leases run out by this clock.
            for replica in self._present:
                self._befalls_all_work(replica, Fate.CLOCK_SET_WITH_IT)
            self._interrupt()
            self.wake_up()
