"""Silence on request, and a machine that slept: nothing piles up behind either."""

import pytest
from support.days import (
    answers,
    arrives,
    asked,
    how_often,
    just_ran,
    message,
    passes,
    runs_on,
    sent,
    sleeps_through,
    stored,
    wall,
)


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 12:00"))


@pytest.fixture
async def anna(town):
    return await arrives(await town.chat())


async def pauses(chat, how_long):
    await chat.says("/pause")
    await chat.taps(how_long)


async def test_a_day_of_pause_keeps_everything_back_and_then_goes_on(town, anna):
    await runs_on(anna, ["Tue", "Thu"], "17:30")
    await just_ran(anna)
    await pauses(anna, "1 day")
    assert "Silent until Wed 11 Mar, 12:00." in (await message(anna, "Silent")).text
    await passes(town, "2026-03-11 12:01")
    assert await asked(anna) == []
    await passes(town, "2026-03-12 18:31")
    assert await asked(anna) == ["Thu 18:30 Your running day"]


async def test_a_week_of_pause_is_a_week(town, anna):
    await runs_on(anna, ["Mon", "Wed"], "17:30")
    await pauses(anna, "1 week")
    await passes(town, "2026-03-18 18:31")
    assert await asked(anna) == ["Wed 18:30 Your running day"]


async def test_until_im_back_waits_for_resume(town, anna):
    await runs_on(anna, ["Wed"], "17:30")
    await pauses(anna, "Until I'm back")
    await passes(town, "2026-03-25 12:00")
    assert await asked(anna) == []
    await anna.says("/resume")
    await passes(town, "2026-03-25 18:31")
    assert await asked(anna) == ["Wed 18:30 Your running day"]


async def test_an_open_check_in_closes_for_the_pause_without_a_sound(town, anna):
    await just_ran(anna)
    await passes(town, "2026-03-10 13:01")
    before = len(await sent(anna))
    await pauses(anna, "1 day")
    prompt = await message(anna, "After your run")
    assert "Closed for your pause." in prompt.text
    assert prompt.buttons == ()
    assert len(await sent(anna)) == before + 1, "only the question for how long"
    await passes(town, "2026-03-10 21:00")
    assert await how_often(anna, "Still time for this one") == 0


async def test_a_run_logged_in_the_pause_is_kept_and_asks_nothing(town, anna):
    await pauses(anna, "1 week")
    await just_ran(anna)
    assert "You paused me, so I won't ask" in (await message(anna, "Run noted")).text
    await passes(town, "2026-03-12 12:00")
    assert await asked(anna) == []


async def test_an_emergency_is_followed_up_in_the_pause(town, anna):
    await anna.says("/checkin")
    await answers(anna, "5", "One or more")
    await pauses(anna, "1 week")
    await passes(town, "2026-03-11 12:00")
    assert await how_often(anna, "Have you reached help?") == 1
    assert await how_often(anna, "Were you seen?") == 1


async def test_a_machine_that_slept_for_two_days_marks_what_it_missed_and_sends_no_flood(
    town, anna
):
    await runs_on(anna, ["Tue", "Wed", "Thu"], "17:30")
    await just_ran(anna)
    before = len(await sent(anna))
    await sleeps_through(town, "2026-03-12 12:00")
    assert await asked(anna) == []
    assert len(await sent(anna)) == before
    missed = "SELECT kind FROM check_ins WHERE closed = 'too_late' ORDER BY due_at"
    assert stored(town, missed) == ["soon_after", "morning", "planned"]

    await passes(town, "2026-03-12 18:31")
    assert await asked(anna) == ["Thu 18:30 Your running day"], "life goes on"


async def test_a_machine_that_slept_an_hour_asks_when_it_wakes(town, anna):
    await just_ran(anna)
    await sleeps_through(town, "2026-03-10 14:10")
    assert await asked(anna) == ["Tue 14:10 After your run"]


async def test_an_open_check_in_over_which_the_machine_slept_is_closed_and_not_asked_again(
    town, anna
):
    await just_ran(anna)
    await passes(town, "2026-03-10 13:01")
    await sleeps_through(town, "2026-03-12 12:00")
    closed = await message(anna, "After your run")
    assert "Closed. That's fine." in closed.text
    assert await asked(anna) == ["Tue 13:00 After your run"]


async def test_follow_ups_missed_in_the_sleep_are_asked_as_one_question(town, anna):
    await anna.says("/checkin")
    await answers(anna, "5", "One or more")
    before = len(await sent(anna))
    await sleeps_through(town, "2026-03-12 12:00")
    new = (await sent(anna))[before:]
    assert len(new) == 1, [call["params"]["text"] for call in new]
    assert "Were you seen?" in new[0]["params"]["text"]
