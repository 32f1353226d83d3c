"""What each database does: claims a second, statements a tap, and a start among a million rows.

Run by `make bench-databases`; takes a few minutes. The figures are this machine's and only worth
comparing with each other.
"""

import asyncio
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import bindparam, event, text, update
from support.bot_process import TOKEN, BotProcess, environment
from support.conversation import denies_both_lists, fills_profile, settles
from support.database import BACKENDS, KEY, beside, database_at
from support.sandbox_client import Chat
from support.town import a_town

from bot.clock import SystemClock
from bot.domain.delivery import LEASE, DeliveryKind, DeliveryState
from bot.sandbox.server import NO_LIMITS, Sandbox, serve
from bot.storage.database import Database
from bot.storage.queue import SqlQueue
from bot.storage.tables import deliveries, runners

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RUNNERS, EACH, WORKERS, BATCH = 1_000, 10, 4, 20
PENDING = 1_000_000

FILL_RUNNERS = """
INSERT INTO runners (user_id, chat_id, created_at, seen_at, locale, preferences, plan)
SELECT 10000 + i, 10000 + i, :now, :now, 'en', :preferences, :plan FROM (
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :number - 1)
    SELECT i FROM n
) AS numbers
"""
FILL_DELIVERIES = """
INSERT INTO deliveries
    (runner_id, kind, priority, subject_id, due_at, dedupe_key, attempts, state)
SELECT 1 + i % :runners, :kind, :priority, i, :due, 'copy:' || i, 0, :state FROM (
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :number - 1)
    SELECT i FROM n
) AS numbers
"""
ALL_DUE = update(deliveries).values(due_at=NOW)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def fill(url: str, number: int, due: datetime) -> None:
    """Put runners and so many check-ins into an empty database, by its own means."""
    kind = DeliveryKind.CHECK_IN
    c = runners.c
    with beside(url) as engine, engine.begin() as connection:
        filling = text(FILL_RUNNERS).bindparams(
            # Seen just now, or a start would drop them: they have not agreed to anything.
            bindparam("now", SystemClock().now(), c.created_at.type),
            bindparam("preferences", {}, c.preferences.type),
            bindparam("plan", [], c.plan.type),
        )
        connection.execute(filling, {"number": RUNNERS})
        filling = text(FILL_DELIVERIES).bindparams(
            bindparam("due", due, deliveries.c.due_at.type),
            bindparam("kind", kind, deliveries.c.kind.type),
            bindparam("state", DeliveryState.PENDING, deliveries.c.state.type),
            bindparam("priority", kind.priority),
            bindparam("runners", RUNNERS),
        )
        connection.execute(filling, {"number": number})


async def claims_a_second(url: str) -> float:
    """Let four workers of one process claim and settle all that is due."""
    fill(url, RUNNERS * EACH, NOW)
    database = Database(url, [KEY], busy_timeout=timedelta(seconds=30))
    queue = SqlQueue(database)

    async def work(name: str) -> None:
        while batch := await queue.claim(NOW, name, BATCH, LEASE):
            async with database.unit_of_work() as uow:
                for delivery in batch:
                    await uow.deliveries.settle(delivery.id, DeliveryState.DONE)

    begun = time.perf_counter()
    while (await queue.counts())[DeliveryState.PENDING]:
        await asyncio.gather(*(work(f"worker {n}") for n in range(WORKERS)))
    taken = time.perf_counter() - begun
    await database.close()
    return RUNNERS * EACH / taken


async def statements_a_tap(url: str, folder: Path) -> tuple[float, float]:
    """Go through a painful check-in; statements and transactions for each of its five taps."""
    async with a_town(folder, database_url=url) as town:
        chat = await settles(town)
        await fills_profile(chat)
        await chat.says("/checkin")
        town.bot.heart._scheduler.pause()
        engine = town.bot.queue._database._writing.sync_engine
        seen = {"statements": 0, "transactions": 0}

        @event.listens_for(engine, "before_cursor_execute")
        def count(*_arguments: object) -> None:
            seen["statements"] += 1

        @event.listens_for(engine, "begin")
        def count_beginnings(*_arguments: object) -> None:
            seen["transactions"] += 1

        await chat.taps("4")
        await denies_both_lists(chat)
        await chat.taps("Between the shoulder blades")
        await chat.taps("Hunched or desk day")
        town.bot.heart._scheduler.resume()
        return seen["statements"] / 5, seen["transactions"] / 5


async def a_start(url: str, folder: Path) -> str:
    """Start the real bot; how long until it runs and has answered, and its peak of memory."""
    sandbox = Sandbox(token=TOKEN, limits=NO_LIMITS)
    async with serve(sandbox) as running, Chat(running.url, 1, settles_within=120) as chat:
        settings = {"api_base_url": running.url, "database_url": url, "quiet_hours": "off"}
        env = environment(folder, bot_token=TOKEN, **settings)
        begun = time.perf_counter()
        bot = await BotProcess.start(folder, "run", env=env)
        try:
            await bot.until_written("bot.started")
            ready = time.perf_counter() - begun
            await chat.says("/help")
            answered = time.perf_counter() - begun
            peak = peak_of(bot.process.pid)
        finally:
            await bot.clean_up()
    return f"ready in {ready:.2f} s, has answered in {answered:.2f} s, at most {peak:.0f} MB"


def peak_of(pid: int) -> float:
    """Give the most memory a process has had, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


async def a_claim(url: str) -> float:
    """Give the milliseconds of one claim, the second one after a start."""
    database = Database(url, [KEY])
    queue = SqlQueue(database)
    for _ in range(2):
        begun = time.perf_counter()
        await queue.claim(NOW, "bench", BATCH, LEASE)
        taken = 1000 * (time.perf_counter() - begun)
    await database.close()
    return taken


async def measure(backend: str) -> None:
    with ExitStack() as stack:

        def fresh() -> tuple[str, Path]:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            return stack.enter_context(database_at(backend, folder)), folder

        say(f"{backend}: {await claims_a_second(fresh()[0]):.0f} claims a second")
        statements, transactions = await statements_a_tap(*fresh())
        say(f"{backend}: {statements:.1f} statements in {transactions:.1f} transactions a tap")
        empty, folder = fresh()
        await a_start(empty, folder)  # warms the disk cache up
        say(f"{backend}: empty: {await a_start(empty, folder)}")
        full, folder = fresh()
        fill(full, PENDING, SystemClock().now() + timedelta(days=1))
        say(f"{backend}: {PENDING:,} pending: {await a_start(full, folder)}")
        say(f"{backend}: a claim, none of them due: {await a_claim(full):.1f} ms")
        with beside(full) as engine, engine.begin() as connection:
            connection.execute(ALL_DUE)
        say(f"{backend}: a claim, all of them due: {await a_claim(full):.1f} ms")


if __name__ == "__main__":
    for one in sys.argv[1:] or BACKENDS:
        asyncio.run(measure(one))
