"""The composition root: the only file that knows every layer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

import structlog

from bot.classifier.readers import build_readers
from bot.classifier.threaded import ThreadedReaders
from bot.config import BadSetting, Settings, encryption_keys, prepare_data_dir
from bot.content.library import Library, load
from bot.domain.delivery import Delivery
from bot.domain.runner import FALLBACK, Runner
from bot.gallery import Gallery
from bot.places.atlas import Atlas
from bot.services.deliveries import DeliverDue
from bot.services.notices import MovementShown, Notice, StretchStep
from bot.services.ports import Clock, Ports
from bot.services.replies import Toast
from bot.services.use_cases import UseCases, build_use_cases
from bot.shipped import shipped
from bot.storage.database import Database
from bot.storage.migrations import SchemaState, current_state, upgrade
from bot.storage.queue import SqlQueue
from bot.storage.sole import AnotherBot, sole_bot
from bot.telegram.application import ALLOWED_UPDATES, build_application, introduce
from bot.telegram.burial import Burial
from bot.telegram.client import Client, build_bot
from bot.telegram.courier import Courier
from bot.telegram.dispatch import Dispatcher, PtbApplication
from bot.telegram.front import Front
from bot.telegram.messenger import Wire
from bot.telegram.pacing import SendBudget
from bot.telegram.polling import Poller
from bot.telegram.presenter.render import render
from bot.telegram.presenter.scene import Scene
from bot.telegram.screen import Screen
from bot.worker import Heartbeat

SETTLING_ROUNDS: Final = 50
BATCHES_A_BEAT: Final = 50

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def gather(work: list[Awaitable[None]]) -> None:
    """Run deliveries side by side; one that fails does not stop the others."""
    for result in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(result, Exception):
            _log.error("delivery.failed", exc_info=result)
        elif isinstance(result, BaseException):
            raise result


def report(delivery: Delivery, error: Exception) -> None:
    """Say loudly that a delivery failed, without a word of what it said."""
    _log.error("delivery.failed", delivery_id=delivery.id, kind=delivery.kind, exc_info=error)


def open_database(settings: Settings) -> Database:
    """Migrate and open the database; raises BadSetting for one this code cannot use."""
    prepare_data_dir(settings)
    keys = encryption_keys(settings)
    migrations = shipped("migrations")
    url = settings.storage_url
    if current_state(url, migrations) is SchemaState.NEWER:
        line = (
            "AFTERMILE_DATABASE_URL: the database was written by a newer Aftermile; "
            "install that version or restore an older backup"
        )
        raise BadSetting([line])
    upgrade(url, migrations)
    return Database(url, keys)


async def check_keys(database: Database) -> None:
    """Refuse to start with a key ring that does not open what is stored."""
    if not await database.keys_fit():
        line = (
            "AFTERMILE_ENCRYPTION_KEYS: these keys do not open the stored answers; "
            "restore the key the database was used with"
        )
        raise BadSetting([line])


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database for a running bot, the only one if it is on SQLite; closes it after."""
    prepare_data_dir(settings)
    with ExitStack() as stack:
        try:
            stack.enter_context(sole_bot(settings.storage_url))
        except AnotherBot:
            line = (
                "AFTERMILE_DATABASE_URL: another bot is running on this SQLite file; stop it "
                "first, or use PostgreSQL for several replicas"
            )
            raise BadSetting([line]) from None
        database = open_database(settings)
        try:
            await check_keys(database)
            yield database
        finally:
            await database.close()


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot put together and ready to run."""

    client: Client
    application: PtbApplication
    poller: Poller
    heart: Heartbeat
    queue: SqlQueue
    clock: Clock
    library: Library
    use_cases: UseCases
    reader: ThreadedReaders

    async def run(self) -> None:
        """Reach Telegram, catch up on what is due, then poll and deliver until `stop`.

        Raises BadToken.
        """
        await self.poller.connect()
        if self.poller.stopping:
            return
        await self.application.initialize()
        try:
            self.heart.start()
            await self.heart.run_jobs()
            await self.reader.ready(await self.use_cases.languages_in_use())
            async with asyncio.TaskGroup() as group:
                introduction = group.create_task(introduce(self.client, self.library.texts))
                other_languages = group.create_task(self.reader.ready_all())
                _log.info("bot.started")
                await self.poller.run()
                introduction.cancel()
                other_languages.cancel()
        finally:
            await self.heart.stop()
            await self.application.shutdown()
            _log.info("bot.stopped")

    async def stop(self) -> None:
        """Fetch no more updates, finish what is under way."""
        await self.poller.stop()

    async def settle(self) -> None:
        """Deliver everything due by now, and run the recurring jobs; for a moved clock."""
        await self.heart.run_jobs()
        for _ in range(SETTLING_ROUNDS):
            await self.heart.wake()
            due_at = await self.queue.next_due()
            if due_at is None or due_at > self.clock.now():
                return


@asynccontextmanager
async def assembled(
    settings: Settings,
    clock: Clock,
    token: str,
    api_base_url: str,
    budget: SendBudget | None = None,
    atlas: Atlas | None = None,
) -> AsyncIterator[Bot]:
    """Put a bot together for one token and one Bot API server; closes everything after.

    `budget` paces what is sent; by default as the settings say, in real time. `atlas` may be
    shared by several bots of one process, as it takes a second to read.
    """
    library = load(shipped("content"))
    async with opened_database(settings) as database:
        reader = ThreadedReaders(build_readers(library))
        ports = Ports(
            unit_of_work=database.unit_of_work,
            clock=clock,
            ruleset=library.ruleset,
            tips=library.tips,
            rhythm=settings.rhythm(),
            reader=reader,
        )
        atlas = atlas or Atlas()
        use_cases = build_use_cases(ports, atlas)
        await use_cases.keep_ruleset()
        client = build_bot(token, api_base_url)
        wire = Wire(client, budget or SendBudget(settings.send_rate))
        courier = _courier(clock, (library, atlas, use_cases), wire)
        yield _wired(client, courier, ports, SqlQueue(database), (library, reader))


def _courier(clock: Clock, parts: tuple[Library, Atlas, UseCases], wire: Wire) -> Courier:
    library, atlas, use_cases = parts
    gallery = Gallery(library.movements)

    async def draw(notice: Notice, runner: Runner | None) -> Screen:
        if isinstance(notice, MovementShown | StretchStep) and notice.tip.movement is not None:
            await gallery.ready(notice.tip.movement)
        scene = Scene(library, atlas.country_name, gallery, runner, clock.now())
        return render(scene, notice)

    return Courier(wire, draw, use_cases)


def _wired(
    client: Client,
    courier: Courier,
    ports: Ports,
    queue: SqlQueue,
    parts: tuple[Library, ThreadedReaders],
) -> Bot:
    use_cases, (library, reader) = courier.use_cases, parts

    def toast_text(line: Toast, runner: Runner | None) -> str:
        return library.texts.say(runner.locale if runner else FALLBACK, f"toast-{line}")

    application = build_application(client, Front(use_cases, courier, toast_text))

    deliver_due = DeliverDue(ports, queue, courier, f"worker-{os.getpid()}", gather, report)

    async def beat() -> None:
        for _ in range(BATCHES_A_BEAT):
            if not await deliver_due():
                return

    heart = Heartbeat(beat)
    heart.add_cron("plan-days", use_cases.open_planned_days, minute="*/15")
    heart.add_cron("drop-unconsented", use_cases.drop_unconsented, minute=7)
    burial = Burial(ports, courier)
    poller = Poller(client, Dispatcher(application), burial, allowed_updates=ALLOWED_UPDATES)
    return Bot(client, application, poller, heart, queue, ports.clock, library, use_cases, reader)
