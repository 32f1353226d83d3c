"""Whether the laws find out about a bot that is broken."""

from simulation.fortnight import simulate

SEEDS = range(3, 8)
"""The first has a runner who does a lot; by chance one may never come to what shows a fault."""


def broken(days, seed=SEEDS[0]):
    """The laws that some days of a seed break, a line each."""
    return "\n".join(simulate(seed, days).broken)


def finds(law, days):
    """Whether one of the seeds breaks this law."""
    return any(law in broken(days, seed) for seed in SEEDS)
