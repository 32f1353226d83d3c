"""A poller on the real client, over HTTP, against the sandbox; time between tries is virtual."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from support.update_desk import UpdateDesk

from bot.sandbox.acts import says
from bot.sandbox.server import NO_LIMITS, Sandbox, serve
from bot.telegram.client import build_bot
from bot.telegram.polling import Poller

TOKEN = "123456:polling-test"  # noqa: S105 - the sandbox's own


class Naps:
    """Sleeps that take no time; other tasks get their turn. Can call the test at each."""

    def __init__(self):
        self.taken = []
        self.at_each = None

    async def sleep(self, seconds):
        self.taken.append(seconds)
        if self.at_each:
            self.at_each()
        await asyncio.sleep(0)


@pytest.fixture
def sandbox():
    return Sandbox(token=TOKEN, limits=NO_LIMITS)


@pytest.fixture
async def telegram(sandbox):
    async with serve(sandbox) as running:
        yield running


@pytest.fixture
async def desk():
    return UpdateDesk()


@pytest.fixture
def naps():
    return Naps()


@pytest.fixture
def say(sandbox):
    """Let a runner write to the bot; gives the update's id."""

    def act(text="hello", runner=1):
        return says(sandbox, sandbox.runners.ensure(runner), {"text": text})["update_id"]

    return act


@pytest.fixture
def polling(desk, naps, telegram):
    """A poller in the background, ready to be stopped or killed."""

    @asynccontextmanager
    async def start(url=telegram.url, token=TOKEN):
        bot = build_bot(token, url)
        poller = Poller(bot, desk.handle, desk.bury, allowed_updates=["message"], sleep=naps.sleep)
        try:
            async with asyncio.TaskGroup() as group:
                poller.task = group.create_task(poller.run())
                yield poller
                await poller.stop()
        finally:
            await bot.shutdown()

    return start


@pytest.fixture
def acknowledged(sandbox):
    """Wait until Telegram keeps only these updates."""

    async def wait(*still_pending):
        def there():
            return sorted(sandbox.queue._pending) == sorted(still_pending)

        await sandbox.changes.until(there, 10)
        assert there(), sandbox.queue._pending.keys()

    return wait
