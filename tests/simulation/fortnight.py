"""Some days under one seed, from an empty database to what they came to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from simulation.fates import Fate, stream
from simulation.store import SQLITE, opened_store
from simulation.virtual_time import run_virtually
from simulation.world import World

STARTS = (
    datetime(2026, 3, 22, 9, tzinfo=UTC),
    datetime(2026, 6, 10, 12, tzinfo=UTC),
    datetime(2026, 10, 18, 20, tzinfo=UTC),
    datetime(2028, 2, 20, 4, tzinfo=UTC),
)
"""Before a clock change forwards, far from any, before one back, before a leap day."""


@dataclass
class Outcome:
    """What one seed came to."""

    seed: int
    days: int
    broken: list[str]
    digest: str
    tail: str
    lines: list[str]
    faults: dict[Fate, int]
    counts: dict[str, int] = field(default_factory=dict)
    backend: str = SQLITE

    @property
    def replay(self) -> str:
        where = "" if self.backend == SQLITE else f" DATABASE={self.backend}"
        return f"make simulate SEEDS=1 START={self.seed} DAYS={self.days}{where}"


def simulate(seed: int, days: int, backend: str = SQLITE) -> Outcome:
    """Live through some days; on SQLite the same seed gives the same ones.

    On PostgreSQL it gives the same runners, start and weather, while whose statement is answered
    first is the server's to say.
    """
    start = stream(seed, "start").choice(STARTS)
    with opened_store(backend) as store:

        async def lived(clock):
            world = World(seed, days, clock, store)
            try:
                await world.live()
            finally:
                await store.database.close()
            return world

        world = run_virtually(lived, start)
    trace, fates = world.trace, world.fates
    counts = {"lines": len(trace.lines), **world.counts}
    return Outcome(
        seed=seed,
        days=days,
        broken=world.broken,
        digest=trace.digest,
        tail=trace.tail(),
        lines=trace.lines,
        faults=fates.counted,
        counts=counts,
        backend=backend,
    )
