"""Several pollers for one bot: only the one whose turn it is asks Telegram for updates."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.services.ports import StorageUnavailable
from bot.telegram.client import bot_id_of, build_bot
from bot.telegram.dispatch import Done, Held
from bot.telegram.outage import BadToken
from bot.telegram.polling import Poller
from bot.telegram.turns import PollerByTurns
from tests.integration.polling.conftest import TOKEN

HELD = Held(StorageUnavailable())


class Turn:
    """A turn that the test gives and takes."""

    def __init__(self):
        self._here, self._lost = asyncio.Event(), asyncio.Event()
        self.asked, self.gone = asyncio.Event(), asyncio.Event()
        self.log = []

    def comes(self):
        self._lost.clear()
        self._here.set()

    def goes(self):
        self._here.clear()
        self.asked.clear()
        self._lost.set()

    async def take(self):
        self.asked.set()
        await self._here.wait()
        self.log.append("taken")

    async def until_lost(self):
        await self._lost.wait()
        self.log.append("lost")
        self.gone.set()

    async def give_back(self):
        self.log.append("given back")


@pytest.fixture
async def turn():
    return Turn()


@pytest.fixture
def by_turns(desk, naps, telegram, turn):
    """A poller by turns in the background, stopped at the end."""

    @asynccontextmanager
    async def start(token=TOKEN):
        bot = build_bot(token, telegram.url)

        def poller():
            calls = ["message"]
            return Poller(bot, desk.handle, desk.bury, allowed_updates=calls, sleep=naps.sleep)

        one = PollerByTurns(poller, turn)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(one.run())
                yield one
                await one.stop()
        finally:
            await bot.shutdown()

    return start


@pytest.fixture
def fetches(sandbox):
    """How often Telegram was asked for updates."""
    return lambda: len(sandbox.calls.after(0, "getUpdates"))


async def test_nothing_is_fetched_and_no_webhook_removed_before_it_is_ones_turn(
    by_turns, turn, say, acknowledged, sandbox
):
    say()
    async with by_turns() as poller:
        await poller.connect()
        await turn.asked.wait()
        assert not poller.ready
        assert {call["method"] for call in sandbox.calls.after(0, None)} == {"getMe"}
        turn.comes()
        await acknowledged()
        assert poller.ready


async def test_after_a_turn_is_lost_nothing_is_fetched_until_it_is_taken_again(
    by_turns, turn, desk, say, acknowledged, fetches
):
    first = say()
    async with by_turns() as poller:
        turn.comes()
        await acknowledged()
        turn.goes()
        await turn.asked.wait()
        fetched = fetches()
        second = say()
        assert not poller.ready
        turn.comes()
        await acknowledged()
    assert desk.log == [first, second]
    assert fetches() > fetched
    assert turn.log == ["taken", "lost", "taken", "given back"]


async def test_what_is_under_way_as_the_turn_is_lost_is_finished_but_not_acknowledged(
    by_turns, turn, desk, say, acknowledged
):
    """An acknowledgement is a fetch, and would end the fetch of whoever polls by then."""
    gate = asyncio.Event()
    under_way = say()
    desk.plan[under_way] = [gate, Done()]
    async with by_turns():
        turn.comes()
        await desk.until_seen(under_way)
        turn.goes()
        await turn.gone.wait()
        gate.set()
        await turn.asked.wait()
        assert desk.log == [under_way, -under_way]
        await acknowledged(under_way)


async def test_what_was_held_as_the_turn_was_lost_comes_again_to_whoever_polls_next(
    by_turns, turn, desk, say, acknowledged
):
    held, done = say(runner=1), say(runner=2)
    desk.plan[held] = [HELD]
    async with by_turns():
        turn.comes()
        await desk.until_seen(held, done)
        turn.goes()
        await turn.asked.wait()
        await acknowledged(held, done)
        desk.plan[held] = [Done()]
        turn.comes()
        await acknowledged()


async def test_stopping_while_waiting_for_the_turn_is_quick(by_turns, turn, fetches):
    async with by_turns() as poller:
        await turn.asked.wait()
        await poller.stop()
        assert poller.stopping
    assert turn.log == ["given back"]
    assert fetches() == 0


async def test_the_turn_is_given_back_after_what_is_under_way_is_acknowledged(
    by_turns, turn, desk, say, acknowledged
):
    gate = asyncio.Event()
    under_way = say()
    desk.plan[under_way] = [gate]
    async with by_turns() as poller, asyncio.TaskGroup() as group:
        turn.comes()
        await desk.until_seen(under_way)
        group.create_task(poller.stop())
        await asyncio.sleep(0)
        assert turn.log == ["taken"]
        gate.set()
    await acknowledged()
    assert turn.log == ["taken", "given back"]


async def test_a_stop_while_a_lost_turn_is_wound_up_waits_for_it(by_turns, turn, desk, say):
    gate = asyncio.Event()
    under_way = say()
    desk.plan[under_way] = [gate]
    async with by_turns() as poller, asyncio.TaskGroup() as group:
        turn.comes()
        await desk.until_seen(under_way)
        turn.goes()
        await turn.gone.wait()
        group.create_task(poller.stop())
        await asyncio.sleep(0)
        gate.set()
    assert desk.log == [under_way, -under_way]
    assert turn.log == ["taken", "lost", "given back"]


async def test_a_wrong_token_ends_it_whoevers_turn_it_is(desk, telegram, turn):
    bot = build_bot("123456:some-other-token", telegram.url)
    poller = PollerByTurns(lambda: Poller(bot, desk.handle, desk.bury, allowed_updates=[]), turn)
    with pytest.raises(BadToken):
        await poller.connect()
    turn.comes()
    with pytest.raises(ExceptionGroup) as raised:
        await poller.run()
    assert raised.group_contains(BadToken)
    assert turn.log == ["taken", "given back"]
    await bot.shutdown()


def test_a_bot_is_known_by_its_number_also_with_a_new_token():
    assert bot_id_of("7000000001:AbC") == bot_id_of("7000000001:dEf") == 7_000_000_001
