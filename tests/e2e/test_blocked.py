"""Runners who block the bot, come back, or are gone for good."""

import pytest
from support.days import (
    answers,
    arrives,
    asked,
    how_often,
    just_ran,
    passes,
    runs_on,
    sent,
    stored,
    wall,
)

BLOCKED = "SELECT blocked_at IS NOT NULL FROM runners WHERE user_id = 1001"


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 12:00"))


@pytest.fixture
async def anna(town):
    return await arrives(await town.chat())


async def test_nothing_is_sent_to_who_blocked_the_bot(town, anna):
    await runs_on(anna, ["Wed"], "17:30")
    await just_ran(anna)
    await anna.blocks()
    before = len(await sent(anna))
    await passes(town, "2026-03-13 12:00")
    assert len(await sent(anna)) == before
    missed = "SELECT kind FROM check_ins WHERE closed = 'unreachable' ORDER BY due_at"
    assert stored(town, missed) == ["soon_after", "morning", "planned"]


async def test_coming_back_takes_the_schedule_up_without_making_up_for_what_was_missed(town, anna):
    await runs_on(anna, ["Wed", "Thu"], "17:30")
    await anna.blocks()
    await passes(town, "2026-03-12 12:00")
    await anna.unblocks()
    await passes(town, "2026-03-12 18:31")
    assert await asked(anna) == ["Thu 18:30 Your running day"]


async def test_a_block_the_bot_hears_of_only_when_it_sends_is_no_error(town, anna):
    await just_ran(anna)
    town.running.sandbox.runners.ensure(1).blocked = True
    await passes(town, "2026-03-10 13:01")
    assert stored(town, BLOCKED) == [1]
    assert stored(town, "SELECT count(*) FROM deliveries WHERE state = 'dead'") == [0]


async def test_whoever_writes_again_has_not_blocked_the_bot(town, anna):
    await anna.blocks()
    assert stored(town, BLOCKED) == [1]
    town.running.sandbox.runners.ensure(1).blocked = False
    await anna.says("/checkin")
    assert stored(town, BLOCKED) == [0]
    await anna.taps("0 · no pain")
    assert await how_often(anna, "Thanks. No pain today.") == 1


async def test_start_after_a_block_resumes_and_resets_nothing(town, anna):
    await runs_on(anna, ["Thu"], "17:30")
    await anna.blocks()
    await passes(town, "2026-03-11 12:00")
    await anna.unblocks()
    await anna.says("/start")
    assert "Good to see you." in (await anna.last()).text
    await passes(town, "2026-03-12 18:31")
    assert await asked(anna) == ["Thu 18:30 Your running day"]


async def test_an_emergency_behind_a_block_is_still_open_on_return(town, anna):
    await anna.says("/checkin")
    await answers(anna, "5", "One or more")
    await anna.blocks()
    await passes(town, "2026-03-11 12:00")
    await anna.unblocks()
    await anna.says("/start")
    assert "An emergency answer is still open." in (await anna.last()).text
    await passes(town, "2026-03-14 12:00")
    assert await how_often(anna, "Were you seen?") == 2, "on return, and after three days"


async def test_a_refusal_while_a_tap_is_being_answered_holds_nobody_up(town, anna):
    bea = await arrives(await town.chat(2))
    await anna.says("/checkin")
    await anna.suffers("editMessageText", "403", chat_id=1001)
    await anna.taps("0 · no pain")
    assert stored(town, BLOCKED) == [1]
    assert stored(town, "SELECT count(*) FROM dead_updates") == [0]
    await bea.says("/checkin")
    await bea.taps("0 · no pain")
    assert await how_often(bea, "Thanks. No pain today.") == 1


async def test_a_deleted_account_ends_quietly(town, anna):
    await just_ran(anna)
    await anna._http.delete("/runners/1")
    await passes(town, "2026-03-11 12:00")
    assert stored(town, BLOCKED) == [1]
    assert stored(town, "SELECT count(*) FROM deliveries WHERE state = 'dead'") == [0]
