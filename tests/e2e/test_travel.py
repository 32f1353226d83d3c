"""Travelling: what is coming moves with the runner's clock, and nothing is asked twice."""

import pytest
from support.days import BERLIN, arrives, asked, just_ran, message, passes, runs_on, wall

NEW_YORK = "America/New_York"
SYDNEY = "Australia/Sydney"
AT_SEA = (0.0, -30.0)
PLACES = {NEW_YORK: (40.7, -74.0), SYDNEY: (-33.9, 151.2), BERLIN: (52.5, 13.4)}


async def travels(chat, zone):
    """Share a location there and confirm it."""
    await chat.sends_location(*PLACES[zone])
    await chat.taps("Yes, that's right")


@pytest.fixture
def anna_at(open_town):
    """Anna in Berlin, who has just run; gives the town and her chat."""

    async def arrived(start):
        town = await open_town(wall(start))
        anna = await arrives(await town.chat())
        await just_ran(anna)
        return town, anna

    return arrived


async def test_going_west_keeps_the_soon_after_and_moves_the_morning(anna_at):
    town, anna = await anna_at("2026-03-10 18:00")
    await travels(anna, NEW_YORK)
    kept = await message(anna, "Your time is now")
    assert "One check-in moved with you." in kept.text

    await passes(town, "2026-03-10 14:01", NEW_YORK)
    await anna.taps("0 · no pain")
    await passes(town, "2026-03-11 12:00", NEW_YORK)
    prompts = [line for line in await asked(anna, NEW_YORK) if "reminder" not in line]
    assert prompts == ["Tue 14:00 After your run", "Wed 08:00 Good morning"]
    assert wall("2026-03-10 14:00", NEW_YORK) == wall("2026-03-10 19:00"), "the planned instant"


async def test_going_east_asks_on_the_new_morning_and_not_on_the_old_one(anna_at):
    town, anna = await anna_at("2026-03-10 13:00")
    await passes(town, "2026-03-10 14:01")
    await anna.taps("0 · no pain")
    await travels(anna, SYDNEY)
    await passes(town, "2026-03-12 21:00", SYDNEY)
    mornings = [line for line in await asked(anna, SYDNEY) if line.endswith("Good morning")]
    assert mornings == ["Wed 08:00 Good morning"]


async def test_a_morning_never_moves_closer_than_five_hours_to_the_run(anna_at):
    """18:00 in Berlin is 04:00 in Sydney, where eight o'clock is too close."""
    town, anna = await anna_at("2026-03-10 18:00")
    await travels(anna, SYDNEY)
    await passes(town, "2026-03-12 08:01", SYDNEY)
    mornings = [line for line in await asked(anna, SYDNEY) if line.endswith("Good morning")]
    assert mornings == ["Thu 08:00 Good morning"]


async def test_a_morning_that_is_over_in_the_new_zone_waits_for_the_next(anna_at):
    town, anna = await anna_at("2026-03-10 18:00")
    await passes(town, "2026-03-11 07:30")
    await travels(anna, SYDNEY)
    await passes(town, "2026-03-12 08:01", SYDNEY)
    mornings = [line for line in await asked(anna, SYDNEY) if line.endswith("Good morning")]
    assert mornings == ["Thu 08:00 Good morning"]


async def test_an_answered_morning_does_not_come_again_behind_the_sun(anna_at):
    town, anna = await anna_at("2026-03-10 18:00")
    await passes(town, "2026-03-11 08:01")
    await anna.taps("0 · no pain")
    await travels(anna, NEW_YORK)
    await passes(town, "2026-03-12 12:00", NEW_YORK)
    mornings = [line for line in await asked(anna) if line.endswith("Good morning")]
    assert mornings == ["Wed 08:00 Good morning"]


async def test_a_morning_that_was_taken_back_before_the_flight_comes_back_where_it_landed(anna_at):
    """Simulation, seed 1293."""
    town, anna = await anna_at("2026-03-10 12:00")
    await anna.taps("Undo")
    await travels(anna, NEW_YORK)
    await just_ran(anna)
    await passes(town, "2026-03-11 12:00", NEW_YORK)
    mornings = [line for line in await asked(anna, NEW_YORK) if line.endswith("Good morning")]
    assert mornings == ["Wed 08:00 Good morning"]


async def test_there_and_back_again_leaves_one_morning(anna_at):
    town, anna = await anna_at("2026-03-10 18:00")
    for zone in (NEW_YORK, BERLIN, NEW_YORK, BERLIN):
        await travels(anna, zone)
    await passes(town, "2026-03-12 12:00")
    mornings = [line for line in await asked(anna) if line.endswith("Good morning")]
    assert mornings == ["Wed 08:00 Good morning"]


async def test_a_soon_after_that_is_night_in_the_new_zone_is_left_out(anna_at):
    town, anna = await anna_at("2026-03-10 13:30")
    await travels(anna, SYDNEY)
    await passes(town, "2026-03-11 07:00", SYDNEY)
    assert await asked(anna, SYDNEY) == []


async def test_running_days_go_by_the_new_clock(open_town):
    town = await open_town(wall("2026-03-10 12:00"))
    anna = await arrives(await town.chat())
    await runs_on(anna, ["Wed"], "18:30")
    await travels(anna, NEW_YORK)
    await passes(town, "2026-03-12 12:00", NEW_YORK)
    prompts = [line for line in await asked(anna, NEW_YORK) if "reminder" not in line]
    assert prompts == ["Wed 19:30 Your running day"]


async def test_a_move_asks_the_country_and_changes_nothing_until_it_is_confirmed(anna_at):
    town, anna = await anna_at("2026-03-10 18:00")
    await anna.says("/plan")
    await anna.taps("Travelling?")
    await anna.says("New York")
    await anna.taps("New York City, New York, United States")
    question = await message(anna, "Is that right?")
    assert "It is 13:00 in New York City, United States." in question.text
    assert "Emergency number: 911" in question.text
    assert "Another country" in question.buttons

    await passes(town, "2026-03-11 08:01")
    assert (await asked(anna))[-1] == "Wed 08:00 Good morning", "still by Berlin's clock"
    await anna.taps("Yes, that's right")
    assert "Emergency number: 911" in (await message(anna, "Your time is now")).text


async def test_another_country_changes_the_number_and_not_the_clock(anna_at):
    _, anna = await anna_at("2026-03-10 18:00")
    await anna.sends_location(*PLACES[BERLIN])
    await anna.taps("Another country")
    await anna.says("Austria")
    await anna.taps("Yes, that's right")
    assert "Your time is now Berlin time. Emergency number: 144" in (await anna.last()).text


async def test_a_city_can_be_typed_while_a_check_in_is_open(anna_at):
    town, anna = await anna_at("2026-03-10 18:00")
    await passes(town, "2026-03-10 19:01")
    await anna.says("/plan")
    await anna.taps("Travelling?")
    await anna.says("New York")
    assert "Which one do you mean?" in (await anna.last()).text


async def test_a_place_without_a_city_is_not_guessed(anna_at):
    _, anna = await anna_at("2026-03-10 18:00")
    await anna.sends_location(*AT_SEA)
    assert "I don't know that city." in (await anna.last()).text
