"""The composition root: the only file that knows every layer."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable
from contextlib import ExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Final

import structlog

from bot.classifier.readers import build_readers
from bot.classifier.threaded import ThreadedReaders
from bot.config import BadSetting, Settings
from bot.content.library import Library, load
from bot.domain.delivery import Delivery
from bot.domain.runner import FALLBACK, Runner
from bot.drawing import Drawing, open_gallery
from bot.keys import encryption_keys, prepare_data_dir
from bot.places.atlas import Atlas
from bot.running import Bot, Lookout, UpdateSource
from bot.services.deliveries import DeliverDue
from bot.services.ports import Clock, Ports
from bot.services.replies import Toast
from bot.services.use_cases import UseCases, build_use_cases
from bot.shipped import shipped
from bot.storage.abandonable import abandonable
from bot.storage.database import Database
from bot.storage.migrations import SchemaState, current_state, upgrade
from bot.storage.polling_turn import PollingTurn
from bot.storage.queue import SqlQueue
from bot.storage.send_rate import SqlSendRate
from bot.storage.sent_files import SqlSentFiles
from bot.storage.sole import AnotherBot, sole_bot
from bot.storage.suitability import away_meanwhile, until_up
from bot.studio import an_open_studio
from bot.telegram.application import ALLOWED_UPDATES, build_application
from bot.telegram.burial import Burial
from bot.telegram.client import Client, bot_id_of, build_bot
from bot.telegram.courier import Courier
from bot.telegram.dispatch import Dispatcher
from bot.telegram.front import Front
from bot.telegram.messenger import Wire
from bot.telegram.ordering import Unhurried
from bot.telegram.pacing import SendBudget
from bot.telegram.polling import Poller
from bot.telegram.turns import PollerByTurns
from bot.telegram.webhook import Address, Webhook, secret_from
from bot.web import Door, listening
from bot.worker import Heartbeat

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


def report_dead(delivery: Delivery, reason: str) -> None:
    """Say that a delivery was given up: loudly, and most of all if it was about safety."""
    say = _log.critical if delivery.kind.breaks_silence else _log.error
    say("delivery.dead", delivery_id=delivery.id, kind=delivery.kind, reason=reason)


def open_database(settings: Settings) -> Database:
    """Migrate and open the database; raises BadSetting for one this code cannot use."""
    prepare_data_dir(settings)
    keys = encryption_keys(settings)
    migrations = shipped("migrations")
    url = settings.storage_url
    with away_meanwhile(url):
        state = current_state(url, migrations)
    if state is SchemaState.NEWER:
        line = (
            "AFTERMILE_DATABASE_URL: the database was written by a newer Aftermile; "
            "install that version or restore an older backup"
        )
        raise BadSetting([line])
    if state is not SchemaState.CURRENT:
        # It looks at every row's references afterwards: not for each start.
        with away_meanwhile(url):
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
    """Open the database for a running bot, the only one if it is on SQLite; closes it after.

    Waits for a server that is not up yet. Raises BadSetting, Unsuitable, StorageUnavailable.
    """
    prepare_data_dir(settings)
    await until_up(settings.storage_url)
    with ExitStack() as stack:
        try:
            stack.enter_context(sole_bot(settings.storage_url))
        except AnotherBot:
            line = (
                "AFTERMILE_DATABASE_URL: another bot is running on this SQLite file; stop it "
                "first, or use PostgreSQL for several replicas"
            )
            raise BadSetting([line]) from None
        database = await abandonable(open_database, settings)
        try:
            with away_meanwhile(settings.storage_url):
                await check_keys(database)
            yield database
        finally:
            await database.close()


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
    async with opened_database(settings) as database, an_open_studio() as studio:
        reader = ThreadedReaders(build_readers(library))
        ports = Ports(
            unit_of_work=database.unit_of_work,
            clock=clock,
            ruleset=library.ruleset,
            tips=library.tips,
            rhythm=settings.rhythm(),
            reader=reader,
            unhurried=Unhurried(),
        )
        atlas = atlas or Atlas()
        use_cases = build_use_cases(ports, atlas)
        with away_meanwhile(settings.storage_url):
            await use_cases.keep_ruleset()
        client = build_bot(token, api_base_url)
        sent_files = SqlSentFiles(database, bot_id_of(token))
        async with _send_budget(settings) as own_budget:
            wire = Wire(client, budget or own_budget, sent_files=sent_files)
            draw = Drawing(library, atlas.country_name, open_gallery(library), studio, clock)
            courier = Courier(wire, draw, use_cases)
            parts = _Parts(client, courier, ports, database, library, reader)
            yield _wired(parts, address_of(settings, token), _polling_turn(settings, token))


def _polling_turn(settings: Settings, token: str) -> PollingTurn | None:
    """Give what replicas poll by; over SQLite there is one process, which needs no turn."""
    if settings.storage_url.startswith("sqlite"):
        return None
    return PollingTurn(settings.storage_url, bot_id_of(token))


@asynccontextmanager
async def _send_budget(settings: Settings) -> AsyncIterator[SendBudget]:
    """Pace by itself over SQLite, which has one process, and together over a server."""
    if settings.storage_url.startswith("sqlite"):
        yield SendBudget(settings.send_rate)
        return
    async with aclosing(SqlSendRate(settings.storage_url, settings.send_rate)) as shared:
        yield SendBudget(settings.send_rate, shared=shared)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a bot is wired from."""

    client: Client
    courier: Courier
    ports: Ports
    database: Database
    library: Library
    reader: ThreadedReaders


def _wired(parts: _Parts, address: Address | None, turn: PollingTurn | None) -> Bot:
    client, courier, ports = parts.client, parts.courier, parts.ports
    queue = SqlQueue(parts.database)
    texts = parts.library.texts

    def toast_text(line: Toast, runner: Runner | None) -> str:
        return texts.say(runner.locale if runner else FALLBACK, f"toast-{line}")

    application = build_application(client, Front(courier.use_cases, courier, toast_text))
    worker = worker_name()
    noting = courier.noting
    deliver_due = DeliverDue(ports, queue, courier, worker, gather, report, report_dead, noting)
    heart = _heart(courier.use_cases, deliver_due)
    updates = _updates(client, Dispatcher(application), Burial(ports, courier), address, turn)
    return Bot(
        client=client,
        application=application,
        updates=updates,
        heart=heart,
        queue=queue,
        clock=ports.clock,
        library=parts.library,
        use_cases=courier.use_cases,
        reader=parts.reader,
        worker=worker,
        lookout=Lookout(parts.database.is_ready),
    )


def _updates(
    client: Client,
    handle: Dispatcher,
    burial: Burial,
    address: Address | None,
    turn: PollingTurn | None,
) -> UpdateSource:
    """Choose how updates come: pushed to an address, else polled, by turns where there are any."""
    allowed = ALLOWED_UPDATES
    if address is not None:
        return Webhook(client, handle, burial, address=address, allowed_updates=allowed)

    def poller() -> Poller:
        return Poller(client, handle, burial, allowed_updates=allowed)

    return poller() if turn is None else PollerByTurns(poller, turn)


def _heart(use_cases: UseCases, deliver_due: DeliverDue) -> Heartbeat:
    async def beat() -> None:
        for _ in range(BATCHES_A_BEAT):
            if heart.hushed or not await deliver_due():
                return

    heart = Heartbeat(beat)
    heart.add_cron("plan-days", use_cases.open_planned_days, minute="*/15")
    heart.add_cron("plan-summaries", use_cases.plan_summaries, hour="*/6", minute=23)
    heart.add_cron("drop-unconsented", use_cases.drop_unconsented, minute=7)
    return heart


def worker_name() -> str:
    """Name this process, unlike any other that ever works on the same database."""
    return f"{socket.gethostname()[:64]}-{os.getpid()}-{secrets.token_hex(4)}"


def address_of(settings: Settings, token: str) -> Address | None:
    """Give where Telegram shall bring updates; None for polling. Raises BadSetting."""
    if settings.mode == "polling":
        return None
    given = settings.webhook_secret
    secret = given.get_secret_value() if given else secret_from(token)
    return Address(settings.require_webhook_url(), secret)


@asynccontextmanager
async def open_door(bot: Bot, settings: Settings, token: str) -> AsyncIterator[None]:
    """Listen for updates and health checks in webhook mode; polling needs no door.

    Raises AddressTaken.
    """
    address = address_of(settings, token)
    if address is None or not isinstance(bot.updates, Webhook):
        yield
        return
    door = Door(bot.updates.take, bot.readiness, address.secret)
    async with listening(door.application(), settings.host, settings.port) as port:
        _log.info("web.listening", host=settings.host, port=port)
        yield
