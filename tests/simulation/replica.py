"""One process of the bot, as app.py puts it together, between faulty storage and a faulty line."""

import asyncio
import json
from contextlib import asynccontextmanager, contextmanager
from functools import cache

import telegram
from simulation.fates import CAUSE, Fate, Killed
from simulation.habits import NONSENSE, RUNS, SIGNS
from support.desk import shipped_atlas, shipped_library
from support.made import RHYTHM
from telegram.error import TimedOut
from telegram.request import BaseRequest

from bot.app import gather
from bot.reading.readers import Readers
from bot.services.deliveries import DeliverDue
from bot.services.ports import Ports, StorageUnavailable
from bot.services.use_cases import build_use_cases
from bot.storage.queue import SqlQueue
from bot.telegram.application import build_application
from bot.telegram.client import Client
from bot.telegram.courier import Courier
from bot.telegram.dispatch import Dispatcher
from bot.telegram.front import Front
from bot.telegram.messenger import Wire
from bot.telegram.pacing import SendBudget
from bot.telegram.presenter.render import render
from bot.telegram.presenter.scene import Scene

RATE = 25


@cache
def lexicon_readers() -> Readers:
    """The reader of English alone, without models and dictionary, which take long to load."""
    library = shipped_library()
    grammars = {"en": library.grammars["en"]}
    return Readers(grammars, {}, library.ruleset, _known_words)


def _known_words(_language, fold) -> frozenset[str]:
    """Know what scripted runners write, so that none of it is taken for a typing error."""
    said = " ".join((*NONSENSE, *SIGNS, *RUNS))
    return frozenset(map(fold, said.replace("?", " ").split()))


async def _read(text, locale):
    return lexicon_readers()(text, locale)


class Line(BaseRequest):
    """A replica's connection to Telegram: each call meets its fate here."""

    read_timeout = 5.0

    def __init__(self, replica, world):
        self._replica = replica
        self._world = world

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, url, method, request_data=None, **_timeouts):  # noqa: ARG002 - the library's signature
        name = url.rpartition("/")[2]
        parameters = request_data.parameters if request_data else {}
        if name == "getMe":
            return self._answer(name, parameters)
        world, fates = self._world, self._world.fates
        await asyncio.sleep(fates.pause(2))
        await world.host.awake.wait()
        self._replica.must_live()
        fate = fates.of_sending()
        if fate is Fate.KILL_BEFORE:
            self._replica.die()
        if fate is Fate.SLOW_DOWN:
            wait = {"retry_after": fates.retry_after()}
            return 429, json.dumps({"ok": False, "parameters": wait}).encode()
        if fate is Fate.SERVER_ERROR:
            return 502, b"{}"
        if fate is Fate.LOST:
            raise TimedOut
        answer = self._answer(name, parameters)
        world.note_call(self._replica, name, parameters, answer)
        if fate is Fate.TIMED_OUT:
            raise TimedOut
        await asyncio.sleep(fates.pause(1))
        if fate is Fate.KILL_AFTER:
            self._replica.die()
        self._replica.must_live()
        return answer

    def _answer(self, name, parameters):
        status, body = self._world.post.take(name, parameters, CAUSE.get())
        return status, json.dumps(body).encode()


class Delivering(DeliverDue):
    """The worker as it is, which says what it is at work on."""

    async def _deliver(self, delivery):
        with self.queue.replica.at_work(f"delivery {delivery.id}"):
            await DeliverDue._deliver(self, delivery)


class Queue(SqlQueue):
    """The queue as it is; claiming passes the same seams as any other transaction."""

    def __init__(self, database, replica):
        super().__init__(database)
        self.replica = replica

    async def claim(self, *args):
        return await self._between_seams(super().claim, *args)

    async def release(self, *args):
        return await self._between_seams(super().release, *args)

    async def _between_seams(self, work, *args):
        fate = await self.replica.opening()
        if fate is Fate.KILL_BEFORE:
            self.replica.die()
        result = await work(*args)
        if fate is Fate.KILL_AFTER:
            self.replica.die()
        return result


class Replica:
    """A process of the bot from its start until it is stopped or killed."""

    def __init__(self, world, name):
        self.name = name
        self.alive = True
        self.stopping = False
        self.woken, self.idle = asyncio.Event(), asyncio.Event()
        self.idle.set()
        self.causes: list[str] = []
        self._world = world
        library, atlas = shipped_library(), shipped_atlas()
        self.ports = Ports(
            self._unit_of_work, world.clock, library.ruleset, library.tips, RHYTHM, _read
        )
        self.use_cases = build_use_cases(self.ports, atlas)
        line = Line(self, world)
        client = Client("1:simulated", request=line, get_updates_request=line)
        loop = asyncio.get_running_loop()
        wire = Wire(client, SendBudget(RATE, monotonic=loop.time), monotonic=loop.time)

        async def draw(notice, runner):
            scene = Scene(library, atlas.country_name, _picture, runner, world.clock.now())
            return render(scene, notice)

        def toast_text(toast, runner):
            return library.texts.say(runner.locale if runner else "en", f"toast-{toast}")

        self.courier = Courier(wire, draw, self.use_cases)
        front = Front(self.use_cases, self.courier, toast_text)
        self.application = build_application(client, front)
        self._handle = Dispatcher(self.application)
        self._client = client
        self._queue = Queue(world.database, self)
        self.deliver_due = Delivering(
            self.ports,
            self._queue,
            self.courier,
            name,
            gather,
            world.note_failure,
            world.note_dead,
            self.courier.noting,
        )

    @property
    def takes_work(self) -> bool:
        return self.alive and not self.stopping

    def must_live(self) -> None:
        """Raise in whatever a dead process would still be doing."""
        if not self.alive:
            raise Killed

    def die(self) -> None:
        """Be killed, here and now."""
        self._world.host.kill(self)
        raise Killed

    async def start(self) -> None:
        await self.application.initialize()
        await self.use_cases.keep_ruleset()
        await self.jobs()

    async def jobs(self) -> None:
        await self.use_cases.open_planned_days()
        await self.use_cases.plan_summaries()
        await self.use_cases.drop_unconsented()

    async def beat(self) -> None:
        """One batch; the world asks for more as long as something is due."""
        await self.deliver_due()

    async def give_back(self) -> None:
        """Hand on what was claimed: the last thing a process does that is stopped."""
        await self._queue.release(self.name)
        self._world.judge.note_release(self)

    async def handle(self, update: dict):
        """Handle an update as a webhook would; gives what became of it."""
        with self.at_work(f"update {update['update_id']}"):
            return await self._handle(telegram.Update.de_json(update, self._client))

    @contextmanager
    def at_work(self, cause: str):
        """Say what is at work here; a kill befalls all of it."""
        CAUSE.set(cause)
        self.causes.append(cause)
        self.idle.clear()
        self._world.host.busy.set()
        try:
            yield
        finally:
            self.causes.remove(cause)
            if not self.causes:
                self.idle.set()

    async def opening(self) -> Fate:
        """Come to a transaction: it may be refused, or be the last thing this process does."""
        await asyncio.sleep(self._world.fates.pause(0.05))
        await self._world.host.awake.wait()
        self.must_live()
        away = self._world.storage_is_away()
        fate = Fate.STORAGE_AWAY if away else self._world.fates.of_storage()
        if away:
            self._world.fates.befalls(CAUSE.get(), fate)
        if fate is Fate.STORAGE_AWAY:
            raise StorageUnavailable("simulated")
        return fate

    @asynccontextmanager
    async def _unit_of_work(self, *, writing=True):
        fate = await self.opening()
        async with self._world.database.unit_of_work(writing=writing) as uow:
            yield uow
            if fate is Fate.KILL_BEFORE:
                self.die()
            self.must_live()
        if fate is Fate.KILL_AFTER:
            self.die()
        if writing:
            self._world.host.wake_up()


def _picture(_movement_id: str) -> bytes:
    return b"PNG"
