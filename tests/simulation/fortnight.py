"""Some days under one seed, from an empty database to what they came to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from simulation.fates import Fate, stream
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

    @property
    def replay(self) -> str:
        return f"make simulate SEEDS=1 START={self.seed} DAYS={self.days}"


def simulate(seed: int, days: int) -> Outcome:
    """Live through some days; the same seed gives the same ones."""
    start = stream(seed, "start").choice(STARTS)
    with TemporaryDirectory() as folder:

        async def lived(clock):
            world = World(seed, days, clock, Path(folder))
            try:
                await world.live()
            finally:
                await world.close()
            return world

        world = run_virtually(lived, start)
    trace, fates = world.trace, world.fates
    counts = {"lines": len(trace.lines), **world.counts}
    return Outcome(
        seed, days, world.broken, trace.digest, trace.tail(), trace.lines, fates.counted, counts
    )
