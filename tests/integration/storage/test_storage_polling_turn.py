"""Whose turn it is to poll: one process at a time has it, and it never stays with a dead one."""

import asyncio
import subprocess
import sys
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import make_url

from bot.storage import polling_turn
from bot.storage.polling_turn import PollingTurn
from tests.support import postgres
from tests.support.bot_process import ROOT
from tests.support.database import POSTGRES, database_at
from tests.support.wire import a_wire

BOT = 7_000_000_001
HOLDING = """
import asyncio, sys
from bot.storage.polling_turn import PollingTurn

async def main():
    turn = PollingTurn(sys.argv[1], int(sys.argv[2]))
    await turn.take()
    print("taken", flush=True)
    await turn.until_lost()

asyncio.run(main())
"""


@pytest.fixture
def url(tmp_path):
    with database_at(POSTGRES, tmp_path) as url:
        yield url


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Nobody waits a second for the next look."""
    monkeypatch.setattr(polling_turn, "ASK_EVERY", timedelta(seconds=0.02))


@pytest.fixture
def events():
    with structlog.testing.capture_logs() as captured:
        yield captured


@pytest.fixture
async def turn(url):
    """Give a process's view of the turn; what it holds is given back at the end."""
    turns = []

    def made(at_url=url, bot=BOT):
        turns.append(PollingTurn(at_url, bot))
        return turns[-1]

    yield made
    for one in turns:
        await one.give_back()


@asynccontextmanager
async def waiting(turn, events):
    """Wait for the turn in the background; it is known to be somebody else's."""
    known = len(events)
    task = asyncio.ensure_future(turn.take())
    async with asyncio.timeout(30):
        while len(events) == known:  # noqa: ASYNC110 - nobody tells when a line was logged
            await asyncio.sleep(0)
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_second_process_waits_says_so_once_and_takes_over(turn, events):
    first = turn()
    await first.take()
    assert events == []
    async with waiting(turn(), events) as second:
        for _ in range(3):
            await first._pause()
            assert not second.done()
        await first.give_back()
        await second
    [waits, took] = events
    assert (waits["event"], waits["reason"]) == ("polling.waiting", "another process polls")
    assert took["event"] == "polling.taken_over"


async def test_two_bots_in_one_database_do_not_wait_for_each_other(turn):
    await turn().take()
    await turn(bot=BOT + 1).take()


async def test_a_process_that_is_killed_leaves_the_turn_to_the_next(turn, url, events):
    command = [sys.executable, "-c", HOLDING, url, str(BOT)]
    other = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, cwd=ROOT)
    assert await other.stdout.readline() == b"taken\n"
    async with waiting(turn(), events) as ours:
        other.kill()
        await other.communicate()
        await ours


async def test_a_turn_whose_connection_is_cut_is_lost_at_once_and_can_be_taken_again(
    turn, url, events, monkeypatch
):
    """Also where nobody else wants it: it was free for a moment."""
    holder, listens = turn(), asyncio.Event()
    await holder.take()

    def pausing():
        listens.set()
        return pause()

    with monkeypatch.context() as patience:
        patience.setattr(polling_turn, "ASK_EVERY", timedelta(hours=1))
        pause = holder._pause
        patience.setattr(holder, "_pause", pausing)
        losing = asyncio.ensure_future(holder.until_lost())
        await listens.wait()
        postgres.cut_off(url)
        async with asyncio.timeout(30):
            await losing
    await holder.take()
    async with waiting(turn(), events) as other:
        assert not other.done()


async def test_a_holder_that_hears_nothing_lets_go_before_the_server_does(
    turn, url, events, monkeypatch
):
    monkeypatch.setattr(polling_turn, "LOST_AFTER", timedelta(seconds=0.2))
    monkeypatch.setattr(polling_turn, "SESSION_ENDS_AFTER", timedelta(seconds=1.5))
    order = []

    async def noted(name, what):
        await what
        order.append(name)

    async with a_wire(url) as (wired, silent), asyncio.TaskGroup() as group:
        holder = turn(wired)
        await holder.take()
        async with waiting(turn(), events) as other:
            group.create_task(noted("lets go", holder.until_lost()))
            silent.set()
            await noted("takes over", other)
    assert order == ["lets go", "takes over"]


async def test_waiting_ends_at_once_also_while_the_server_is_silent(turn, url, monkeypatch):
    monkeypatch.setattr(polling_turn, "LOST_AFTER", timedelta(hours=1))
    async with a_wire(url) as (wired, silent):
        await turn(wired).take()
        waiter = turn(wired)
        assert await waiter._missing() == "another process polls"
        silent.set()
        asking = asyncio.ensure_future(waiter.take())
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking


async def test_a_database_that_is_away_is_waited_for(turn, url, events):
    async with a_wire(url) as (wired, _):
        port = make_url(wired).port
    async with waiting(turn(wired), events) as taking, a_wire(url, port=port):
        await taking
    assert [event.get("reason") for event in events] == ["the database does not answer", None]
