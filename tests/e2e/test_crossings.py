"""Two things at the same moment: what was first stands, and nothing is lost or counted twice."""

import asyncio

import pytest
from support.days import arrives, how_often, just_ran, message, passes, stored, wall

STANDING = "SELECT count(*) FROM answers WHERE undone_at IS NULL"
CLOSED = "SELECT closed, late FROM check_ins WHERE opened_at IS NOT NULL"


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 12:00"))


@pytest.fixture
async def anna(town):
    anna = await arrives(await town.chat(), profile=True)
    # It beats when a test says so; what falls due would else be first now and then.
    town.bot.heart._scheduler.pause()
    return anna


async def asked_and_left_until_its_end(town, anna):
    """A prompt that nobody answered, at the very instant at which it expires."""
    await just_ran(anna)
    await passes(town, "2026-03-10 13:01")
    town.clock._clock.advance_to(wall("2026-03-10 21:00"))


async def test_an_answer_before_the_expiry_keeps_the_check_in_open(town, anna):
    await asked_and_left_until_its_end(town, anna)
    await anna.taps("4")
    await town.bot.heart.wake()
    assert stored(town, STANDING) == [1]
    assert stored(town, CLOSED) == [(None, 0)]
    assert "Pain: 4" in (await message(anna, "After your run")).text


async def test_an_answer_after_the_expiry_finds_the_way_to_answer_late(town, anna):
    await asked_and_left_until_its_end(town, anna)
    prompt = await message(anna, "After your run")
    await town.bot.heart.wake()
    await anna.forges(prompt.message_id, prompt.callback("4"))
    assert stored(town, STANDING) == [0]
    assert "Answer late" in await anna.buttons()
    assert (await anna.toasts())[-1], "the tap was not passed over in silence"
    await anna.taps("Answer late")
    await anna.taps("4")
    assert stored(town, STANDING) == [1]
    assert [late for _, late in stored(town, CLOSED)] == [1]


async def test_one_or_more_after_the_expiry_is_an_emergency_all_the_same(town, anna):
    await just_ran(anna)
    await passes(town, "2026-03-10 13:01")
    await anna.taps("4")
    prompt = await message(anna, "After your run")
    town.clock._clock.advance_to(wall("2026-03-10 21:00"))
    await town.bot.heart.wake()
    await anna.forges(prompt.message_id, prompt.callback("One or more"))
    assert await how_often(anna, "Call 112 now.") == 1


async def test_at_the_same_instant_it_is_one_or_the_other(town, anna):
    await asked_and_left_until_its_end(town, anna)
    prompt = await message(anna, "After your run")
    async with asyncio.TaskGroup() as group:
        group.create_task(town.bot.heart.wake())
        group.create_task(anna.taps_on(prompt, "4"))
    await anna.settled()
    [answers] = stored(town, STANDING)
    [(closed, _)] = stored(town, CLOSED)
    assert (closed is None) == (answers == 1)
    assert ("Answer late" in await anna.buttons()) == (answers == 0)


async def test_of_two_phones_that_answer_differently_the_first_counts(town, anna):
    await anna.says("/checkin")
    prompt = await message(anna, "Check-in")
    async with asyncio.TaskGroup() as group:
        for value in ("4", "7"):
            tap = anna.taps_on(prompt, value, wait=False)
            group.create_task(tap)
            await asyncio.sleep(0)
    await anna.settled()
    assert stored(town, STANDING) == [1]
    text = (await message(anna, "Check-in")).text
    assert ("Pain: 4" in text) != ("Pain: 7" in text)
    taps = town.running.sandbox.callbacks._callbacks.values()
    assert all(tap.answer for tap in taps), "both phones stop waiting"


async def test_a_text_edited_while_it_is_read_changes_no_answer(town, anna):
    await anna.says("/checkin")
    written = await anna.says("4", wait=False)
    await anna.edits(written, "7", wait=False)
    await anna.settled()
    assert stored(town, STANDING) == [1]
    assert "Pain: 4" in (await message(anna, "Check-in")).text


async def test_a_sign_edited_into_a_text_while_it_is_read_is_told(town, anna):
    await anna.says("/checkin")
    written = await anna.says("4", wait=False)
    await anna.edits(written, "crushing pain in my chest and I cannot breathe", wait=False)
    await anna.settled()
    assert stored(town, "SELECT count(*) FROM escalations") == [1]
    assert stored(town, STANDING) == [1]
