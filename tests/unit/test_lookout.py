"""Readiness: what the database would do with an update, known within two seconds."""

import asyncio

import pytest

from bot import running
from bot.running import Lookout


async def test_it_says_what_was_seen():
    async def ready():
        return True

    async def not_ready():
        return False

    assert await Lookout(ready)()
    assert not await Lookout(not_ready)()


async def test_a_silent_database_is_not_ready_and_asked_one_question_at_a_time(monkeypatch):
    monkeypatch.setattr(running, "DATABASE_WITHIN", 0.01)
    silent, asked = asyncio.Event(), []

    async def is_ready():
        asked.append(1)
        await silent.wait()
        return True

    lookout = Lookout(is_ready)
    assert not await lookout()
    assert not await lookout()
    assert len(asked) == 1
    silent.set()
    assert await lookout()


async def test_a_fault_of_ours_is_raised():
    async def is_ready():
        raise KeyError("x")

    with pytest.raises(KeyError):
        await Lookout(is_ready)()
