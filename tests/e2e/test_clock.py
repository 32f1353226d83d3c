"""A machine clock that is set back, and a day that comes every four years."""

import pytest
from support.days import (
    answers,
    arrives,
    asked,
    goes_back,
    how_often,
    just_ran,
    message,
    passes,
    runs_on,
    says_in_pain,
    stored,
    wall,
)


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 13:00"))


@pytest.fixture
async def anna(town):
    return await arrives(await town.chat(), profile=True)


async def test_a_prompt_to_come_keeps_its_time_when_the_clock_is_set_back(town, anna):
    await just_ran(anna)
    await passes(town, "2026-03-10 13:50")
    goes_back(town, "2026-03-10 12:50")
    await passes(town, "2026-03-10 14:05")
    assert await asked(anna) == ["Tue 14:00 After your run"]


async def test_what_was_asked_is_not_asked_again_when_its_time_comes_again(town, anna):
    await just_ran(anna)
    await passes(town, "2026-03-11 08:01")
    await anna.taps("0 · no pain")
    before = await asked(anna)
    goes_back(town, "2026-03-10 13:30")
    await passes(town, "2026-03-11 12:00")
    assert await asked(anna) == before


async def test_a_running_day_that_comes_again_is_asked_about_once(town, anna):
    await runs_on(anna, ["Tue", "Wed"], "17:30")
    await passes(town, "2026-03-10 18:31")
    await anna.taps("0 · no pain")
    goes_back(town, "2026-03-09 18:00")
    await passes(town, "2026-03-10 21:00")
    assert await asked(anna) == ["Tue 18:30 Your running day"]


async def test_a_check_in_goes_on_when_the_clock_is_set_back_in_the_middle(town, anna):
    await anna.says("/checkin")
    await anna.taps("4")
    goes_back(town, "2026-03-10 11:00")
    await answers(anna, "None of these", "None of these", "One side", "Stiff shoulders")
    assert await how_often(anna, "When to stop") == 1
    assert stored(town, "SELECT count(*) FROM answers WHERE undone_at IS NULL") == [5]


@pytest.mark.parametrize("again", [False, True])
async def test_a_sign_told_after_the_clock_was_set_back_is_heeded(town, anna, again):
    """Also when Telegram brings the tap a second time."""
    await anna.says("/checkin")
    await anna.taps("4")
    goes_back(town, "2026-03-10 11:00")
    await anna.taps("One or more")
    assert await how_often(anna, "Call 112 now.") == 1
    if again:
        sandbox = town.running.sandbox
        sandbox.queue.redeliver(sandbox.queue.next_id - 1)
        await anna.settled()
        assert 1 <= await how_often(anna, "Call 112 now.") <= 2
    assert await how_often(anna, "When to stop") == 0
    await anna.says("/why")
    assert await how_often(anna, "When to stop") == 0
    await passes(town, "2026-03-10 11:20")
    assert await how_often(anna, "Have you reached help?") == 1


async def test_an_emergency_stands_when_the_clock_is_set_back(town, anna):
    await anna.says("/checkin")
    await answers(anna, "5", "One or more")
    goes_back(town, "2026-03-09 13:00")
    await anna.says("/stretch")
    assert "Call 112 now." in (await anna.last()).text
    await passes(town, "2026-03-10 13:20")
    assert await how_often(anna, "Have you reached help?") == 1
    assert stored(town, "SELECT count(*) FROM escalations WHERE cleared_at IS NULL") == [1]


async def test_the_29th_of_february_is_a_day_like_any_other(open_town):
    town = await open_town(wall("2028-02-28 17:30"))
    anna = await arrives(await town.chat(), profile=True)
    await runs_on(anna, ["Tue"], "17:30")
    await just_ran(anna)
    assert "And once more Tue 29 Feb, 08:00." in (await message(anna, "Run noted")).text
    for prompted in ("2028-02-28 18:31", "2028-02-29 08:01"):
        await passes(town, prompted)
        await anna.taps("0 · no pain")
    await passes(town, "2028-02-29 18:31")
    await says_in_pain(anna)
    await passes(town, "2028-03-01 08:01")
    assert await asked(anna) == [
        "Mon 18:30 After your run",
        "Tue 08:00 Good morning",
        "Tue 18:30 Your running day",
        "Wed 08:00 Good morning",
    ]
    await anna.taps("0 · no pain")
    await anna.says("/run yesterday 7pm")
    assert "Tue 29 Feb, 19:00" in (await message(anna, "Run noted, ended")).text
