"""Fortnights of several runners under faults at every seam; see world.py for what is simulated."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from simulation.fortnight import simulate
from simulation.simulate import told
from simulation.virtual_time import Stuck, run_virtually

SEEDS, DAYS = 50, 14


@pytest.fixture(autouse=True)
def _periods_as_timedelta(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_a_fortnight_breaks_no_law(seed):
    outcome = simulate(seed, DAYS)
    assert not outcome.broken, told(outcome)


def test_the_same_seed_gives_the_same_fortnight_line_by_line():
    first, again = simulate(7, 3), simulate(7, 3)
    assert first.lines == again.lines
    assert first.digest != simulate(8, 1).digest


def test_a_failure_names_one_command_that_replays_it():
    outcome = simulate(7, 1)
    assert outcome.replay in told(outcome)
    assert outcome.replay == "make simulate SEEDS=1 START=7 DAYS=1"


def test_a_week_of_waiting_takes_no_time():
    def work(clock):
        async def wait():
            await asyncio.sleep(7 * 86_400)
            return clock.now()

        return wait()

    start = datetime(2026, 6, 10, tzinfo=UTC)
    arrived = run_virtually(work, start)
    assert arrived == start + timedelta(days=7)


def test_waiting_for_what_never_comes_is_an_error_and_no_hang():
    def work(_clock):
        return asyncio.Event().wait()

    with pytest.raises(Stuck):
        run_virtually(work, datetime(2026, 6, 10, tzinfo=UTC))
