"""What starting, a long queue and reading cost, as ratios: figures that hold on any machine.

Run by `make bench`. Each ratio compares two things measured side by side, so a busy machine slows
both. The times beside them are this machine's and only say how large the things are.
"""

import asyncio
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.classifier.dictionaries import known_words  # noqa: E402 - needs the path
from bot.classifier.readers import build_readers  # noqa: E402 - needs the path
from bot.content.library import load  # noqa: E402 - needs the path
from bot.domain.delivery import LEASE, Delivery, DeliveryKind  # noqa: E402 - needs the path
from bot.domain.runner import Runner  # noqa: E402 - needs the path
from bot.places.atlas import Atlas  # noqa: E402 - needs the path
from bot.reading.readers import Readers  # noqa: E402 - needs the path
from bot.shipped import shipped  # noqa: E402 - needs the path
from bot.storage.database import Database  # noqa: E402 - needs the path
from bot.storage.queue import SqlQueue  # noqa: E402 - needs the path
from tests.support.database import fresh_database  # noqa: E402 - needs the path

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PENDING = 100_000
RUNNERS = 1_000
STARTS, CLAIMS, READINGS = 5, 30, 50
MESSAGE = (
    "Eight slow km by the river today. My back is stiff between the shoulder blades, about a 4. "
    "No chest pain and no numbness, and I slept well. Which stretch should I do this evening? "
    "Thanks a lot"
)
LONGEST = 4096


@dataclass(frozen=True)
class Ratio:
    """How much longer one thing takes than another; both in seconds."""

    what: str
    seconds: float
    against: str
    base: float

    def __str__(self) -> str:
        times = f"{1000 * self.seconds:.1f} ms / {1000 * self.base:.1f} ms"
        return f"{self.seconds / self.base:8.1f} x  {self.what} against {self.against} ({times})"


def median(times: int, work: Callable[[], object]) -> float:
    """Give the median of so many runs, in seconds; a first one warms up."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


async def median_of(times: int, work: Callable[[], Awaitable[object]]) -> float:
    """As `median`, for what is awaited."""
    await work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def python(*arguments: str) -> Callable[[], object]:
    """Start a fresh interpreter and wait for its end."""
    # With bytecode kept, as in everyday use; the first start, which writes it, is not counted.
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, check=True, cwd=ROOT
    )


def starting() -> list[Ratio]:
    bare = median(STARTS, python("-c", "pass"))
    command = median(STARTS, python("-m", "bot", "--help"))
    content = median(STARTS, python("-m", "bot", "check-content"))
    return [
        Ratio("`aftermile --help`", command, "a bare interpreter", bare),
        Ratio("`aftermile check-content`", content, "`aftermile --help`", command),
    ]


async def settle_runners(database: Database) -> list[int]:
    """Give the ids of a town of runners."""
    async with database.unit_of_work() as uow:
        runners = [Runner(one, one, created_at=NOW, seen_at=NOW) for one in range(RUNNERS)]
        return [(await uow.runners.add(runner)).id for runner in runners]


async def fill(database: Database, file: Path) -> None:
    """Put check-ins of the coming days into the queue: one by the code, the rest as copies."""
    ids = await settle_runners(database)
    async with database.unit_of_work() as uow:
        due_at = NOW + timedelta(hours=1)
        one = Delivery(ids[0], DeliveryKind.CHECK_IN, 1, due_at, dedupe_key="copy:0")
        await uow.deliveries.enqueue(one)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
            INSERT INTO deliveries
                (runner_id, kind, priority, subject_id, due_at, dedupe_key, attempts, state)
            SELECT ? + i % ?, kind, priority, i,
                strftime('%Y-%m-%d %H:%M:%S.000000', due_at, '+' || (i * 5) || ' seconds'),
                'copy:' || i, attempts, state
            FROM n, deliveries WHERE dedupe_key = 'copy:0'
            """,
            (PENDING - 1, ids[0], RUNNERS),
        )
        connection.commit()


async def claim_time(folder: Path, *, full: bool) -> float:
    """Give the seconds of one claim that finds nothing due, which is what most beats do."""
    database = await fresh_database(folder)
    try:
        if full:
            await fill(database, folder / "aftermile.db")
        queue = SqlQueue(database)
        return await median_of(CLAIMS, lambda: queue.claim(NOW, "bench", 20, LEASE))
    finally:
        await database.close()


def claiming() -> list[Ratio]:
    with TemporaryDirectory() as folder:
        empty = asyncio.run(claim_time(Path(folder), full=False))
    with TemporaryDirectory() as folder:
        full = asyncio.run(claim_time(Path(folder), full=True))
    return [Ratio(f"a claim among {PENDING:,} pending", full, "one in an empty queue", empty)]


async def looking_up() -> list[Ratio]:
    atlas = Atlas()
    begun = time.perf_counter()
    await atlas.find("Berlin")
    first = time.perf_counter() - begun
    later = await median_of(CLAIMS, lambda: atlas.find("Springfield"))
    return [Ratio("the first city search", first, "a later one", later)]


def reading() -> list[Ratio]:
    """What the classifier adds to a message, and what a word costs in the longest message."""
    library = load(shipped("content"))
    phrases = Readers(library.grammars, {}, library.ruleset, known_words).of("en")
    whole = build_readers(library).of("en")
    long = (f"{MESSAGE}. " * LONGEST)[:LONGEST]
    without = median(READINGS, lambda: phrases.read(MESSAGE))
    with_it = median(READINGS, lambda: whole.read(MESSAGE))
    in_long = median(CLAIMS, lambda: whole.read(long)) / len(long.split())
    in_short = with_it / len(MESSAGE.split())
    return [
        Ratio("reading with the classifier", with_it, "without it", without),
        Ratio(f"a word of {LONGEST:,} characters", in_long, f"one of {len(MESSAGE)}", in_short),
    ]


def main() -> None:
    """Measure everything and print one ratio a line."""
    ratios = [*starting(), *claiming(), *asyncio.run(looking_up()), *reading()]
    sys.stdout.write("\n".join(map(str, ratios)) + "\n")


if __name__ == "__main__":
    main()
