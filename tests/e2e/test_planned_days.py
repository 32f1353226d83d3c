"""Running days: one question on the day, no logging, and silence on all others."""

import pytest
from support.database import on_both
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
    wall,
)

pytestmark = on_both


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 12:00"))


@pytest.fixture
async def anna(town):
    """Anna in Berlin on a Tuesday noon; she runs on Tuesdays and is done by 17:30."""
    anna = await arrives(await town.chat())
    await runs_on(anna, ["Tue"], "17:30")
    return anna


async def test_a_running_day_asks_an_hour_after_the_usual_finish(town, anna):
    assert "Running days: Tue, done by 17:30" in (await message(anna, "What I'll ask")).text
    await passes(town, "2026-03-10 18:31")
    prompt = await anna.last()
    assert await asked(anna) == ["Tue 18:30 Your running day"]
    assert {"No run today", "Later", "0 · no pain"} <= set(prompt.buttons)


async def test_an_answer_means_the_run_took_place_and_brings_the_morning(town, anna):
    await passes(town, "2026-03-10 18:31")
    await anna.taps("0 · no pain")
    await passes(town, "2026-03-11 12:00")
    assert (await asked(anna))[:2] == ["Tue 18:30 Your running day", "Wed 08:00 Good morning"]
    await anna.says("/history")
    assert "1 run" in (await anna.last()).text


async def test_no_run_today_ends_it_without_a_morning_question(town, anna):
    await passes(town, "2026-03-10 18:31")
    await anna.taps("No run today")
    assert "No run today. Noted." in (await message(anna, "Your running day")).text
    await passes(town, "2026-03-11 12:00")
    assert await asked(anna) == ["Tue 18:30 Your running day"]


async def test_no_answer_brings_a_reminder_and_no_morning_question(town, anna):
    await passes(town, "2026-03-11 12:00")
    assert await asked(anna) == [
        "Tue 18:30 Your running day",
        "Tue 21:30 Your running day (reminder)",
    ]


async def test_later_asks_again_an_hour_later(town, anna):
    await passes(town, "2026-03-10 18:31")
    await anna.taps("Later")
    assert "I'll ask again at 19:31." in (await message(anna, "Your running day")).text
    await passes(town, "2026-03-10 19:32")
    assert await asked(anna) == ["Tue 18:30 Your running day", "Tue 19:31 Your running day"]
    await anna.taps("0 · no pain")
    await passes(town, "2026-03-11 08:01")
    assert (await asked(anna))[-1] == "Wed 08:00 Good morning"


async def test_a_logged_run_takes_the_question_away(town, anna):
    await passes(town, "2026-03-10 16:00")
    await just_ran(anna)
    await passes(town, "2026-03-10 17:01")
    await anna.taps("0 · no pain")
    await passes(town, "2026-03-11 08:01")
    assert await asked(anna) == ["Tue 17:00 After your run", "Wed 08:00 Good morning"]


async def test_a_run_logged_before_the_plan_was_made_counts_for_that_day(town):
    """The plan is offered right after the first check-in, mostly on a day with a run."""
    bea = await arrives(await town.chat(2))
    await bea.says("/run 20 minutes ago")
    await passes(town, "2026-03-10 12:41")
    await bea.taps("0 · no pain")
    await answers(bea, "Set my days", "Tue", "17:30", "Save")
    await passes(town, "2026-03-10 21:59")
    assert await asked(bea) == ["Tue 12:40 After your run"]


async def test_other_days_stay_silent_all_week(town, anna):
    await passes(town, "2026-03-10 18:31")
    await anna.taps("No run today")
    before = len(await sent(anna))
    await passes(town, "2026-03-17 18:29")
    assert len(await sent(anna)) == before


async def test_every_running_day_of_a_week_is_asked(town, anna):
    await runs_on(anna, ["Thu", "Sun"], "17:30")
    await passes(town, "2026-03-17 12:00")
    prompts = [line for line in await asked(anna) if "reminder" not in line]
    assert prompts == [
        "Tue 18:30 Your running day",
        "Thu 18:30 Your running day",
        "Sun 18:30 Your running day",
    ]


async def test_a_changed_plan_replaces_the_question_that_was_coming(town, anna):
    await runs_on(anna, [], "19:30")
    await passes(town, "2026-03-10 20:31")
    assert await asked(anna) == ["Tue 20:30 Your running day"]


async def test_no_days_any_more_means_no_question(town, anna):
    await anna.says("/plan")
    await answers(anna, "Running days", "✓ Tue", "Save")
    await passes(town, "2026-03-18 12:00")
    assert await asked(anna) == []


async def test_a_finish_so_late_that_the_question_were_at_night_asks_nothing(open_town):
    town = await open_town(wall("2026-03-10 12:00"), first_check_in_after="PT2H")
    anna = await arrives(await town.chat())
    await runs_on(anna, ["Tue"], "20:30")
    await passes(town, "2026-03-11 12:00")
    assert await asked(anna) == []


async def test_the_plan_is_offered_once_after_the_first_check_in(town):
    bea = await arrives(await town.chat(2))
    for _ in range(2):
        await bea.says("/checkin")
        await bea.taps("0 · no pain")
    assert await how_often(bea, "Do you run on fixed days?") == 1
