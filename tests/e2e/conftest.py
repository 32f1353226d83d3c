"""Fixtures of the conversations: a running town and a runner who has moved in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from support.conversation import fills_profile, settles
from support.database import SQLITE, database_at
from support.sandbox_client import Chat
from support.town import NOON, Town, a_town

import bot.app
import bot.gallery
from bot.classifier.readers import build_readers
from bot.content.library import Library
from bot.domain.movements import Movement
from bot.pictures.movements import render_still
from bot.reading.readers import Readers

OpenTown = Callable[..., Awaitable[Town]]


@pytest.fixture(scope="session", autouse=True)
def content_is_read_once() -> Iterator[None]:
    """Reading and linting all content is half of what opening a town costs; it never changes.

    Nor do the pictures of the movements, a quarter of a second each, nor the readers.
    """
    drawn: dict[str, bytes] = {}

    def draw_once(movement: Movement) -> bytes:
        if movement.id not in drawn:
            drawn[movement.id] = render_still(movement)
        return drawn[movement.id]

    made: list[Readers] = []

    def build_once(library: Library) -> Readers:
        if not made:
            made.append(build_readers(library))
        return made[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot.app, "build_readers", build_once)
        patch.setattr(bot.app, "load", cache(bot.app.load))
        patch.setattr(bot.gallery, "render_still", draw_once)
        yield


@pytest.fixture
def backend() -> str:
    """Which database a town has; files that say so run on each: `on_both`."""
    return SQLITE


@pytest.fixture
async def open_town(backend: str, tmp_path: Path) -> AsyncIterator[OpenTown]:
    """Open a town at a time of the test's own choosing: `await open_town(start, **settings)`."""
    async with AsyncExitStack() as stack:
        url = stack.enter_context(database_at(backend, tmp_path))

        async def opened(start: datetime = NOON, **settings: object) -> Town:
            chosen = {"database_url": url, **settings}
            return await stack.enter_async_context(a_town(tmp_path, start, **chosen))

        yield opened


@pytest.fixture
async def town(open_town: OpenTown) -> Town:
    """A town on a Tuesday at noon UTC."""
    return await open_town()


@pytest.fixture
async def anna(town: Town) -> Chat:
    """A runner in Berlin, through the first session, with a profile and nothing planned."""
    chat = await settles(town)
    await fills_profile(chat)
    return chat


@pytest.fixture
async def runner(town: Town) -> Chat:
    """A runner in London, where every number is known, with a profile and nothing planned."""
    chat = await settles(town, 7, place="London, England, United Kingdom")
    await fills_profile(chat)
    return chat
