"""`make simulate`: live through seed after seed, and say how to replay the one that fails."""

import argparse
import os
import sys
from collections import Counter

from simulation.fortnight import Outcome, simulate

from bot import logs


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="how many")
    parser.add_argument("--start", type=int, default=1, help="the first one")
    parser.add_argument("--days", type=int, default=14, help="simulated days of each")
    parser.add_argument("--trace", action="store_true", help="show every line of every seed")
    return parser.parse_args()


def told(outcome: Outcome) -> str:
    """Tell a failure: the last that happened, what does not hold, and the way back to it."""
    return "\n".join([outcome.tail, "", *outcome.broken, "", f"Replay: {outcome.replay}"])


def main() -> int:
    """Stop at the first seed that breaks a law."""
    asked = read_arguments()
    os.environ["PTB_TIMEDELTA"] = "1"
    logs.configure("CRITICAL", "console")
    counts, faults = Counter(), Counter()
    for seed in range(asked.start, asked.start + asked.seeds):
        outcome = simulate(seed, asked.days)
        if asked.trace:
            sys.stdout.write("\n".join(outcome.lines) + "\n")
        if outcome.broken:
            sys.stdout.write(told(outcome) + "\n")
            return 1
        counts.update(outcome.counts)
        faults.update(outcome.faults)
        if sys.stderr.isatty():
            sys.stderr.write(f"\rseed {seed} ")
    sys.stdout.write(
        f"{asked.seeds} seeds of {asked.days} days from {asked.start}: all laws hold\n"
    )
    sys.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()) + "\n")
    sys.stdout.write(
        ", ".join(f"{number} {name}" for name, number in sorted(faults.items())) + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
