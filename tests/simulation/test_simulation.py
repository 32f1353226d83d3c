"""Fortnights of several runners under faults at every seam; see world.py for what is simulated."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from simulation.fortnight import simulate
from simulation.judge import Judge
from simulation.simulate import Progress, main, outcomes, read_arguments, told
from simulation.store import POSTGRES
from simulation.virtual_time import HostClock, Stuck, run_virtually

SEEDS, DAYS = 50, 14
ON_POSTGRES = (2, 5, 11)


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


def test_two_processes_give_the_same_fortnights_in_the_order_of_their_seeds():
    def digests(jobs):
        asked = read_arguments(["--seeds=4", "--start=5", "--days=1", f"--jobs={jobs}"])
        with outcomes(asked) as found:
            return [(outcome.seed, outcome.digest) for outcome in found]

    alone = digests(1)
    assert [seed for seed, _ in alone] == [5, 6, 7, 8]
    assert digests(2) == alone


def test_the_first_seed_that_breaks_a_law_ends_it(monkeypatch, capsys):
    monkeypatch.setattr(Judge, "at_the_end", lambda _self: ["nothing is ever right"])
    assert main(["--seeds=3", "--start=7", "--days=1"]) == 1
    output = capsys.readouterr().out
    assert "nothing is ever right" in output
    assert output.endswith("Replay: make simulate SEEDS=1 START=7 DAYS=1\n")


@pytest.mark.parametrize("seed", ON_POSTGRES)
def test_a_week_on_a_real_server_breaks_no_law(seed):
    outcome = simulate(seed, 7, POSTGRES)
    assert not outcome.broken, told(outcome)
    assert outcome.replay.endswith("DATABASE=postgresql")


def test_on_a_terminal_it_says_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    Progress(seeds=2).show(done=1)
    assert "1 of 2 seeds" in capsys.readouterr().err


def test_a_clock_that_is_set_back_shows_some_times_twice():
    async def work(time):
        clock = HostClock(time)
        await asyncio.sleep(3600)
        clock.jump(-timedelta(minutes=30))
        return clock

    start = datetime(2026, 6, 10, tzinfo=UTC)
    clock = run_virtually(work, start)
    assert clock.now() == start + timedelta(minutes=30)
    assert clock.shows_twice(start + timedelta(minutes=45))
    assert not clock.shows_twice(start + timedelta(minutes=15))


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
