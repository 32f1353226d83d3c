"""After a run: when the check-ins come, whatever the hour and however the run is told."""

import pytest
from support.days import (
    answers,
    arrives,
    asked,
    how_often,
    just_ran,
    message,
    passes,
    wall,
)

TUESDAY = "2026-03-10"
WEDNESDAY = "2026-03-11"


@pytest.fixture
def anna_at(open_town):
    """Anna in Berlin, at a time of the test's own choosing; gives the town and her chat."""

    async def arrived(start, **settings):
        town = await open_town(wall(start), **settings)
        return town, await arrives(await town.chat())

    return arrived


async def test_check_ins_come_an_hour_after_the_run_and_the_next_morning(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 13:00")
    await just_ran(anna)
    noted = await message(anna, "Run noted")
    assert "I'll ask 14:00." in noted.text
    assert "And once more Wed 11 Mar, 08:00." in noted.text

    await passes(town, f"{TUESDAY} 14:30")
    await anna.taps("0 · no pain")
    await passes(town, f"{WEDNESDAY} 08:30")
    await anna.taps("0 · no pain")
    await passes(town, "2026-03-13 20:00")
    assert await asked(anna) == ["Tue 14:00 After your run", "Wed 08:00 Good morning"]


async def test_a_prompt_carries_its_local_time_and_city(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 13:00")
    await just_ran(anna)
    await passes(town, f"{TUESDAY} 14:05")
    assert "Tue 10 Mar, 14:00, Berlin time" in (await anna.last()).text


async def test_ten_to_midnight_asks_nothing_at_night_but_offers_to(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 23:50")
    await just_ran(anna)
    noted = await message(anna, "Run noted")
    assert "quiet hours, so I leave it out" in noted.text
    assert "Ask me now" in noted.buttons

    await passes(town, f"{WEDNESDAY} 08:30")
    assert await asked(anna) == ["Wed 08:00 Good morning"]


async def test_ask_me_now_works_at_night_because_the_runner_asked(anna_at):
    _, anna = await anna_at(f"{TUESDAY} 23:50")
    await just_ran(anna)
    await anna.taps("Ask me now")
    assert await asked(anna) == ["Tue 23:50 Check-in"]
    await anna.taps("0 · no pain")
    assert "Thanks. No pain today." in (await message(anna, "Check-in")).text


async def test_after_a_run_at_four_the_morning_question_waits_a_day(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 04:00")
    await just_ran(anna)
    await passes(town, f"{WEDNESDAY} 08:30")
    assert await asked(anna) == ["Wed 08:00 Good morning"]


async def test_two_runs_a_day_ask_once_after_the_second_and_once_next_morning(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 13:00")
    await just_ran(anna)
    await passes(town, f"{TUESDAY} 13:30")
    await just_ran(anna)
    await passes(town, f"{TUESDAY} 15:00")
    await anna.taps("0 · no pain")
    await passes(town, f"{WEDNESDAY} 12:00")
    prompts = [line for line in await asked(anna) if "reminder" not in line]
    assert prompts == ["Tue 14:30 After your run", "Wed 08:00 Good morning"]


async def test_an_early_and_a_late_run_have_a_question_each_and_share_the_morning(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 09:00")
    await just_ran(anna)
    await passes(town, f"{TUESDAY} 10:30")
    await anna.taps("0 · no pain")
    await passes(town, f"{TUESDAY} 18:00")
    await just_ran(anna)
    await passes(town, f"{TUESDAY} 19:30")
    await anna.taps("0 · no pain")
    await passes(town, f"{WEDNESDAY} 08:01")
    assert await asked(anna) == [
        "Tue 10:00 After your run",
        "Tue 19:00 After your run",
        "Wed 08:00 Good morning",
    ]


async def test_taking_a_run_back_takes_its_check_ins_along(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 13:00")
    await just_ran(anna)
    await anna.taps("Undo")
    assert "Its check-ins won't come." in (await message(anna, "Taken back")).text
    await passes(town, f"{WEDNESDAY} 12:00")
    assert await asked(anna) == []


async def test_taking_one_of_two_runs_back_keeps_the_morning_for_the_other(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 13:00")
    await just_ran(anna)
    await passes(town, f"{TUESDAY} 13:30")
    await just_ran(anna)
    await anna.taps("Undo")
    await passes(town, f"{WEDNESDAY} 08:01")
    assert (await asked(anna))[-1] == "Wed 08:00 Good morning"


async def test_yesterdays_run_gets_one_check_in_now_marked_late(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 12:00")
    await anna.says("/run")
    await anna.taps("Yesterday")
    await anna.taps("Evening")
    assert "Run noted, ended Mon 9 Mar, 19:00." in (await message(anna, "Run noted")).text
    await passes(town, f"{WEDNESDAY} 12:00")
    first, *reminders = await asked(anna)
    assert first == "Tue 12:00 After your run"
    assert all("reminder" in one for one in reminders)
    texts = [call["params"]["text"] for call in await anna.calls("sendMessage")]
    assert any("A late answer counts, too." in text for text in texts)


async def test_a_run_of_more_than_36_hours_ago_is_only_kept(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 12:00")
    await anna.says("/run the day before yesterday 7pm")
    noted = await message(anna, "Run noted, ended Sun 8 Mar, 19:00.")
    assert "too long ago for a check-in" in noted.text
    await passes(town, f"{WEDNESDAY} 12:00")
    assert await asked(anna) == []
    await anna.says("/history")
    assert "1 run" in (await anna.last()).text


async def test_a_run_of_less_than_36_hours_ago_is_still_asked_about(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 12:00")
    await anna.says("/run yesterday 00:30")
    await passes(town, f"{TUESDAY} 12:01")
    assert await asked(anna) == ["Tue 12:00 After your run"]


async def test_typed_times_are_read_on_the_runners_clock(anna_at):
    _, anna = await anna_at(f"{TUESDAY} 12:00")
    for typed, ended in (
        ("half an hour ago", "11:30"),
        ("2 hours ago", "10:00"),
        ("an hour and a half ago", "10:30"),
        ("at 9", "09:00"),
        ("07:45", "07:45"),
        ("half past nine", "09:30"),
        ("this morning at 8", "08:00"),
        ("just now", "12:00"),
        ("yesterday 6pm", "Mon 9 Mar, 18:00"),
        ("yesterday evening", "Mon 9 Mar, 19:00"),
        ("last night at 9", "Mon 9 Mar, 21:00"),
        ("18:30", "Mon 9 Mar, 18:30"),
    ):
        await anna.says("/run")
        await anna.says(typed)
        assert await how_often(anna, f"Run noted, ended {ended}.") == 1, typed


async def test_a_time_to_come_is_refused_and_the_next_one_is_read(anna_at):
    _, anna = await anna_at(f"{TUESDAY} 12:00")
    await anna.says("/run")
    await anna.says("today 23:00")
    assert "That time is still to come. When did the run end?" in (await anna.last()).text
    await anna.says("9:30")
    assert await how_often(anna, "Run noted") == 1
    assert "Run noted, ended 09:30." in (await anna.last()).text


async def test_what_is_no_time_is_asked_again_with_the_signs_at_hand(anna_at):
    _, anna = await anna_at(f"{TUESDAY} 12:00")
    await anna.says("/run")
    for typed in ("it was lovely", "25:99", "next tuesday", "in 2 hours"):
        await anna.says(typed)
        answer = await anna.last()
        assert "I couldn't read a time in that." in answer.text, typed
        assert "Something is wrong" in answer.buttons
    assert await how_often(anna, "Run noted") == 0


async def test_a_run_can_be_typed_while_a_check_in_is_open(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 13:00")
    await just_ran(anna)
    await passes(town, f"{TUESDAY} 18:00")
    assert "0 · no pain" in await anna.buttons()
    await anna.says("/run")
    await anna.says("half past five")
    assert "Run noted, ended 17:30." in (await anna.last()).text


async def test_distance_and_time_can_be_added_and_change_no_check_in(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 13:00")
    await just_ran(anna)
    await answers(anna, "+ Distance", "10 km", "+ Time", "60 min")
    noted = await message(anna, "Run noted")
    assert "Distance: 10 km" in noted.text
    assert "Time: 60 min" in noted.text
    assert "I'll ask 14:00." in noted.text
    await passes(town, f"{TUESDAY} 14:01")
    assert await asked(anna) == ["Tue 14:00 After your run"]


async def test_the_runners_own_times_go_before_the_operators(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 13:00", morning_check_in_at="09:30")
    await anna.says("/settings")
    await answers(anna, "First question", "30 min", "Morning question", "06:30")
    await anna.says("/settings")
    await answers(anna, "Quiet hours", "23:00 - 06:00")
    await just_ran(anna)
    await passes(town, f"{WEDNESDAY} 06:45")
    prompts = [line for line in await asked(anna) if "reminder" not in line]
    assert prompts == ["Tue 13:30 After your run", "Wed 06:30 Good morning"]


async def test_a_changed_morning_time_moves_the_morning_that_is_coming(anna_at):
    town, anna = await anna_at(f"{TUESDAY} 13:00")
    await just_ran(anna)
    await anna.says("/settings")
    await answers(anna, "Morning question", "09:30")
    await passes(town, f"{WEDNESDAY} 10:00")
    assert [line for line in await asked(anna) if "morning" in line] == ["Wed 09:30 Good morning"]
