"""What goes wrong, and when: drawn from the seed, at every seam between bot, storage, Telegram."""

import random
from contextvars import ContextVar
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum, auto


class Killed(BaseException):
    """The process is gone: nothing catches this, as nothing catches SIGKILL."""


def was_killed(error: BaseException) -> bool:
    """Whether an error is a simulated kill, alone or among others."""
    if isinstance(error, BaseExceptionGroup):
        return any(was_killed(one) for one in error.exceptions)
    return isinstance(error, Killed)


class Fate(StrEnum):
    """What one pass through a seam comes to."""

    WELL = auto()
    KILL_BEFORE = auto()
    KILL_AFTER = auto()
    KILLED_WITH_IT = auto()
    ASLEEP_WITH_IT = auto()
    CLOCK_SET_WITH_IT = auto()
    STORAGE_AWAY = auto()
    SLOW_DOWN = auto()
    LOST = auto()
    TIMED_OUT = auto()
    SERVER_ERROR = auto()
    DELIVERED_TWICE = auto()
    DELIVERED_AT_ONCE_TWICE = auto()


WITH_ALL_ITS_WORK = frozenset({Fate.KILL_BEFORE, Fate.KILL_AFTER})


@dataclass(frozen=True)
class Weather:
    """How often each fault comes, per pass through its seam."""

    kill: float
    storage_away: float
    slow_down: float
    time_out: float
    server_error: float
    twice: float


CALM = Weather(0, 0, 0, 0, 0, 0)
RATES = {
    "kill": (0, 0.002, 0.01, 0.03),
    "storage_away": (0, 0.002, 0.02),
    "slow_down": (0, 0.01, 0.05),
    "time_out": (0, 0.005, 0.03),
    "server_error": (0, 0.005, 0.02),
    "twice": (0, 0.02, 0.1),
}

CAUSE: ContextVar[str] = ContextVar("cause", default="nobody")
"""What the bot is at work on: "update 7", "delivery 12"."""


def stream(seed: int, name: str) -> random.Random:
    """Give one of a seed's streams of chance; drawing more from one moves no other."""
    return random.Random(f"{seed} {name}")  # noqa: S311 - to be repeated, not to be secret


class Fates:
    """Draws fates from the seed and remembers whom a fault befell."""

    def __init__(self, rng, trace):
        self._rng = rng
        self._trace = trace
        self.weather = Weather(
            **{one.name: rng.choice(RATES[one.name]) for one in fields(Weather)}
        )
        self.befallen: dict[str, int] = {}
        self.counted: dict[Fate, int] = {}

    def chance(self, share: float) -> bool:
        return self._rng.random() < share

    def pause(self, longest: float) -> float:
        """Seconds something takes; mostly short, so that others come in between now and then."""
        return self._rng.random() ** 3 * longest

    def retry_after(self) -> int:
        """Seconds, as Telegram asks for them."""
        return self._rng.choice((1, 5, 30))

    def away_for(self) -> timedelta:
        return timedelta(seconds=self._rng.choice((2, 20, 90, 600)))

    def of_storage(self) -> Fate:
        half = self.weather.kill / 2
        return self._drawn(
            (half, Fate.KILL_BEFORE),
            (half, Fate.KILL_AFTER),
            (self.weather.storage_away, Fate.STORAGE_AWAY),
        )

    def of_sending(self) -> Fate:
        half, doubt = self.weather.kill / 2, self.weather.time_out / 2
        return self._drawn(
            (half, Fate.KILL_BEFORE),
            (half, Fate.KILL_AFTER),
            (self.weather.slow_down, Fate.SLOW_DOWN),
            (doubt, Fate.LOST),
            (doubt, Fate.TIMED_OUT),
            (self.weather.server_error, Fate.SERVER_ERROR),
        )

    def of_an_update(self) -> Fate:
        half = self.weather.twice / 2
        return self._drawn((half, Fate.DELIVERED_TWICE), (half, Fate.DELIVERED_AT_ONCE_TWICE))

    def befalls(self, cause: str, fate: Fate) -> None:
        """Count a fault: what it hit may be done, and sent, once more."""
        self.counted[fate] = self.counted.get(fate, 0) + 1
        self.befallen[cause] = self.befallen.get(cause, 0) + 1
        self._trace(f"{fate} befalls {cause}")

    def _drawn(self, *odds) -> Fate:
        at = self._rng.random()
        for share, fate in odds:
            if at < share:
                self._fall(fate)
                return fate
            at -= share
        return Fate.WELL

    def _fall(self, fate: Fate) -> None:
        """A kill befalls all that the process is at work on, once it happens; see Host."""
        if fate in WITH_ALL_ITS_WORK:
            self.counted[fate] = self.counted.get(fate, 0) + 1
        else:
            self.befalls(CAUSE.get(), fate)
