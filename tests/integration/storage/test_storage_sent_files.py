"""What Telegram calls a file it has: one row for all replicas of a bot, on both databases."""

import asyncio

import pytest

from bot.storage.sent_files import SqlSentFiles

DIGEST = "a" * 64


@pytest.fixture
def files(database):
    return SqlSentFiles(database, 4242)


async def test_a_name_is_kept_and_found_by_every_replica(files, database):
    assert await files.find(DIGEST) is None
    await files.keep(DIGEST, "animation-1")
    await files.keep(DIGEST, "animation-1")
    assert await SqlSentFiles(database, 4242).find(DIGEST) == "animation-1"


async def test_the_newest_name_counts(files):
    await files.keep(DIGEST, "animation-1")
    await files.keep(DIGEST, "animation-2")
    assert await files.find(DIGEST) == "animation-2"


async def test_another_content_and_another_bot_have_names_of_their_own(files, database):
    await files.keep(DIGEST, "animation-1")
    assert await files.find("b" * 64) is None
    assert await SqlSentFiles(database, 7).find(DIGEST) is None


async def test_only_the_refused_name_is_dropped(files):
    await files.keep(DIGEST, "animation-2")
    await files.drop(DIGEST, "animation-1")
    assert await files.find(DIGEST) == "animation-2"
    await files.drop(DIGEST, "animation-2")
    assert await files.find(DIGEST) is None


async def test_two_replicas_that_sent_it_at_once_agree_on_one_name(files, database):
    other = SqlSentFiles(database, 4242)
    await asyncio.gather(files.keep(DIGEST, "animation-1"), other.keep(DIGEST, "animation-2"))
    assert await files.find(DIGEST) in {"animation-1", "animation-2"}
    assert await files.find(DIGEST) == await other.find(DIGEST)
