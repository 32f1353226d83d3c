"""A check-in that is not answered: one reminder, a silent end, and a way back to it."""

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
    sent,
    stored,
    wall,
)

pytestmark = on_both


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 12:00"))


@pytest.fixture
async def anna(town):
    """Anna in Berlin on a Tuesday, whose soon-after check-in of 13:00 is open."""
    anna = await arrives(await town.chat(), profile=True)
    await just_ran(anna)
    await passes(town, "2026-03-10 13:01")
    return anna


async def test_one_reminder_comes_three_hours_later_and_no_second_one(town, anna):
    await passes(town, "2026-03-10 20:59")
    assert await asked(anna) == [
        "Tue 13:00 After your run",
        "Tue 16:00 After your run (reminder)",
    ]


async def test_the_reminder_is_the_check_in_moved_down_and_can_be_answered(town, anna):
    await passes(town, "2026-03-10 16:01")
    assert await how_often(anna, "Moved down, see below.") == 1
    await anna.taps("0 · no pain")
    assert "Thanks. No pain today." in (await message(anna, "After your run")).text


async def test_any_answer_calls_the_reminder_off(town, anna):
    await anna.taps("4")
    await passes(town, "2026-03-10 20:59")
    assert await asked(anna) == ["Tue 13:00 After your run"]


async def test_no_reminder_for_who_wants_none(town, anna):
    await anna.says("/settings")
    await anna.taps("Turn the reminder off")
    await passes(town, "2026-03-10 20:59")
    assert await asked(anna) == ["Tue 13:00 After your run"]


async def test_no_reminder_at_night(open_town):
    town = await open_town(wall("2026-03-10 19:00"))
    anna = await arrives(await town.chat())
    await just_ran(anna)
    await passes(town, "2026-03-11 07:59")
    assert await asked(anna) == ["Tue 20:00 After your run"]


async def test_an_unanswered_check_in_closes_in_place_without_a_sound(town, anna):
    await passes(town, "2026-03-10 20:59")
    before = len(await sent(anna))
    await passes(town, "2026-03-10 21:01")
    closed = await message(anna, "After your run")
    assert "Closed. That's fine." in closed.text
    assert closed.buttons == ("Answer late",)
    assert len(await sent(anna)) == before


async def test_a_check_in_ends_when_the_next_is_due(open_town):
    town = await open_town(wall("2026-03-10 05:00"), start_within="PT12H")
    anna = await arrives(await town.chat())
    await just_ran(anna)
    await anna.taps("Ask me now")
    await passes(town, "2026-03-10 09:00")
    await just_ran(anna)
    await passes(town, "2026-03-10 10:01")
    assert "a newer one took its place" in (await message(anna, "Check-in")).text
    assert "0 · no pain" in (await message(anna, "After your run")).buttons


async def test_a_late_answer_is_kept_and_marked_late(town, anna):
    await passes(town, "2026-03-11 07:30")
    await anna.taps("Answer late")
    assert "A late answer counts, too." in (await message(anna, "After your run")).text
    await anna.taps("0 · no pain")
    assert "Thanks. No pain today." in (await message(anna, "After your run")).text
    assert stored(town, "SELECT late FROM check_ins WHERE kind = 'soon_after'") == [1]
    await anna.says("/history")
    assert "pain 0" in (await anna.last()).text


async def test_a_late_painful_answer_goes_through_both_lists(town, anna):
    await passes(town, "2026-03-11 07:30")
    await answers(anna, "Answer late", "6", "None of these", "One or more", "Fever, or really ill")
    assert await how_often(anna, "See a doctor today.") == 1


async def test_after_36_hours_it_is_too_late(town, anna):
    await passes(town, "2026-03-12 00:59")
    prompt = await message(anna, "After your run")
    await passes(town, "2026-03-12 01:01")
    await anna.taps_on(prompt, "Answer late")
    assert (await anna.toasts())[-1] == "This one is closed."
    assert "0 · no pain" not in (await message(anna, "After your run")).buttons


async def test_a_morning_prompt_opened_behind_it_gives_way_to_a_late_answer(town, anna):
    await passes(town, "2026-03-11 08:01")
    await anna.taps("Answer late")
    assert "a newer one took its place" in (await message(anna, "Good morning")).text
    await anna.taps("0 · no pain")
    assert "Thanks. No pain today." in (await message(anna, "After your run")).text


async def test_it_never_closes_within_45_minutes_of_the_last_tap(town, anna):
    await passes(town, "2026-03-10 20:50")
    await anna.taps("4")
    await passes(town, "2026-03-10 21:30")
    await anna.taps("None of these")
    await passes(town, "2026-03-10 22:14")
    assert "None of these" in await anna.buttons(), "44 minutes after the last tap"
    await answers(anna, "None of these", "One side")
    await passes(town, "2026-03-10 22:58")
    await anna.taps("Stiff shoulders")
    assert await how_often(anna, "When to stop") == 1


async def test_left_after_pain_it_becomes_the_safety_net_with_the_signs_at_hand(town, anna):
    await anna.taps("4")
    before = len(await sent(anna))
    await passes(town, "2026-03-10 13:47")
    left = await message(anna, "After your run")
    assert "Get medical help if it gets worse." in left.text
    assert "Pain: 4" in left.text
    assert set(left.buttons) == {"Something is wrong", "Answer late"}
    assert len(await sent(anna)) == before, "silently"


async def test_what_was_answered_before_it_closed_is_asked_no_second_time(town, anna):
    await answers(anna, "4", "None of these")
    await passes(town, "2026-03-10 15:00")
    await anna.taps("Answer late")
    again = await message(anna, "After your run")
    assert "And any of these?" in again.text
    assert "Pain: 4" in again.text


async def test_a_rating_of_nine_left_without_the_lists_is_told_all_the_same(town, anna):
    await anna.taps("9")
    await passes(town, "2026-03-10 13:47")
    assert await how_often(anna, "See a doctor today.") == 1


async def test_a_deleted_prompt_is_not_brought_back_by_its_end(town, anna):
    await passes(town, "2026-03-10 20:59")
    prompt = await message(anna, "After your run")
    await anna._acts("delete", {"message_id": prompt.message_id}, wait=False)
    before = len(await sent(anna))
    await passes(town, "2026-03-10 21:30")
    assert len(await sent(anna)) == before


async def test_later_puts_it_off_by_an_hour(town, anna):
    await anna.taps("Later")
    put_off = await message(anna, "After your run")
    assert "OK. I'll ask again at 14:01." in put_off.text
    assert put_off.buttons == ()
    await passes(town, "2026-03-10 14:02")
    assert await asked(anna) == ["Tue 13:00 After your run", "Tue 14:01 After your run"]


async def test_later_does_not_reach_into_the_night(open_town):
    town = await open_town(wall("2026-03-10 20:00"))
    anna = await arrives(await town.chat())
    await just_ran(anna)
    await passes(town, "2026-03-10 21:30")
    await anna.taps("Later")
    assert "I'll ask again at Wed 11 Mar, 07:00." in (await message(anna, "After your run")).text
    await passes(town, "2026-03-11 07:01")
    assert await asked(anna) == ["Tue 21:00 After your run", "Wed 07:00 After your run"]


async def test_skip_ends_it_and_the_morning_still_comes(town, anna):
    await anna.taps("Skip")
    assert "Skipped. That's fine." in (await message(anna, "After your run")).text
    await passes(town, "2026-03-11 08:01")
    assert await asked(anna) == ["Tue 13:00 After your run", "Wed 08:00 Good morning"]


async def test_a_new_prompt_waits_for_somebody_who_is_answering(open_town):
    town = await open_town(wall("2026-03-11 07:30"))
    anna = await arrives(await town.chat())
    await anna.says("/run yesterday 10pm")
    await anna.says("/checkin")
    await passes(town, "2026-03-11 07:50")
    await answers(anna, "3", "None of these")
    await passes(town, "2026-03-11 08:30")
    assert await how_often(anna, "Good morning") == 0
    await answers(anna, "None of these", "One side", "Stiff shoulders")
    await passes(town, "2026-03-11 09:16")
    assert await how_often(anna, "Good morning") == 1


async def test_a_new_prompt_waits_for_somebody_who_is_reading_the_signs(town, anna):
    await anna.taps("Skip")
    await passes(town, "2026-03-11 07:59")
    await anna.says("/help")
    await anna.taps("Something is wrong")
    await passes(town, "2026-03-11 08:01")
    assert "One or more" in await anna.buttons()
    await anna.taps("One or more")
    assert await how_often(anna, "Call 112 now.") == 1


async def test_prompts_never_stack(open_town):
    town = await open_town(wall("2026-03-09 12:00"))
    anna = await arrives(await town.chat())
    for day in ("09", "10", "11", "12"):
        await passes(town, f"2026-03-{day} 18:00")
        await just_ran(anna)
        for until in (f"2026-03-{day} 19:01", f"2026-03-{day} 23:00"):
            await passes(town, until)
            live = [one for one in await anna.bot_messages() if "0 · no pain" in one.buttons]
            assert len(live) <= 1
