"""`make simulate`: live through seed after seed, and say how to replay the one that fails."""

import argparse
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from simulation.fortnight import Outcome, simulate
from simulation.store import BACKENDS, POSTGRES, SQLITE

from bot import logs
from tests.support import postgres

SEEDS_A_PROCESS = 200
"""Then a fresh one takes over: what libraries keep for ever does not add up."""

SEEDS_A_LINE = 100

NOT_REPEATED = (
    "On PostgreSQL a seed has the same runners, start and weather every time; whose statement is"
    " answered first is the server's to say, so a failure may need several runs to come back."
)


def read_arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="how many")
    parser.add_argument("--start", type=int, default=1, help="the first one")
    parser.add_argument("--days", type=int, default=14, help="simulated days of each")
    parser.add_argument("--jobs", type=int, default=1, help="processes side by side")
    parser.add_argument("--database", choices=BACKENDS, default=SQLITE)
    parser.add_argument("--trace", action="store_true", help="show every line of every seed")
    return parser.parse_args(given)


def prepare() -> None:
    """Set up a process as the bot's own is."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ["PTB_TIMEDELTA"] = "1"
    logs.configure("CRITICAL", "console")


def lived(asked: argparse.Namespace, seed: int) -> Outcome:
    """Live through one seed; its lines stay here unless they are asked for."""
    outcome = simulate(seed, asked.days, asked.database)
    return outcome if asked.trace else replace(outcome, lines=[])


@contextmanager
def outcomes(asked: argparse.Namespace):
    """Give the outcomes in the order of their seeds, from several processes at once."""
    seeds = range(asked.start, asked.start + asked.seeds)
    if asked.database == POSTGRES:
        # One server for all processes; this one holds it.
        os.environ["AFTERMILE_TEST_POSTGRES_URL"] = postgres.server()
    if asked.jobs == 1:
        yield map(partial(lived, asked), seeds)
        return
    with multiprocessing.Pool(asked.jobs, prepare, maxtasksperchild=SEEDS_A_PROCESS) as pool:
        yield pool.imap(partial(lived, asked), seeds)


def told(outcome: Outcome) -> str:
    """Tell a failure: the last that happened, what does not hold, and the way back to it."""
    return "\n".join([outcome.tail, "", *outcome.broken, "", f"Replay: {outcome.replay}"])


class Progress:
    """How far it is: all the time on a terminal, now and then in a log."""

    def __init__(self, seeds: int):
        self._seeds = seeds
        self._began = time.monotonic()

    def show(self, done: int) -> None:
        on_terminal = sys.stderr.isatty()
        if not on_terminal and done % SEEDS_A_LINE:
            return
        rate = done / (time.monotonic() - self._began)
        left = round((self._seeds - done) / rate)
        line = (
            f"{done} of {self._seeds} seeds, {rate:.2f} a second, {left // 60}:{left % 60:02} left"
        )
        over = not on_terminal or done == self._seeds
        sys.stderr.write(f"{line}\n" if over else f"{line:60}\r")
        sys.stderr.flush()


def counted(counter: Counter) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counter.items()))


def main(given: list[str] | None = None) -> int:
    """Stop at the first seed that breaks a law."""
    asked = read_arguments(given)
    counts, faults = Counter(), Counter()
    progress = Progress(asked.seeds)
    if asked.database == POSTGRES:
        sys.stdout.write(NOT_REPEATED + "\n")
    with outcomes(asked) as found:
        for done, outcome in enumerate(found, start=1):
            if asked.trace:
                sys.stdout.write("\n".join(outcome.lines) + "\n")
            if outcome.broken:
                sys.stdout.write(told(outcome) + "\n")
                return 1
            counts.update(outcome.counts)
            faults.update(outcome.faults)
            progress.show(done)
    sys.stdout.write(
        f"{asked.seeds} seeds of {asked.days} days from {asked.start}: all laws hold\n"
        f"{counted(counts)}\n{counted(faults)}\n"
    )
    return 0


if __name__ == "__main__":
    prepare()
    # Ended by its number, it takes the processes it started with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main())
