"""A check-in, as a chat."""

from __future__ import annotations

from support.conversation import (
    BLADES,
    NO_PAIN,
    NONE,
    SOME,
    checks_in,
    fills_profile,
    mark,
    news,
    rates,
    settles,
    tips,
    told,
)
from support.database import on_both

pytestmark = on_both


async def test_a_pain_free_check_in_takes_one_tap(anna):
    await anna.says("/checkin")
    question = await anna.last()
    first_row = question.raw["keyboard"][0]
    assert [key["text"] for key in first_row] == [NO_PAIN]
    assert "10 is the worst you can imagine" in question.text

    await anna.taps(NO_PAIN)
    done = await told(anna, "Thanks. No pain today.")
    assert done.message_id == question.message_id
    assert not done.buttons


async def test_a_pain_free_check_in_says_what_it_means_for_the_week(anna):
    await anna.says("0")
    await anna.waits("P1D")
    await anna.says("0")
    assert "2 pain-free check-ins in the last 7 days" in (await told(anna, "No pain today.")).text


async def test_a_painful_check_in_takes_five_taps_and_ends_with_a_tip(anna):
    await anna.says("/checkin")
    opened = await anna.last()
    for tap in ("6", NONE, NONE, BLADES):
        await anna.taps(tap)
        assert (await anna.last()).message_id == opened.message_id, "one message, edited"
    since = await mark(anna)
    await anna.taps("Hunched or desk day")

    [closed] = [one for one in await anna.messages() if one.message_id == opened.message_id]
    assert not closed.buttons
    for line in ("Pain: 6", "Emergency signs: none", f"Where: {BLADES}", "Today: Hunched"):
        assert line in closed.text
    tip = await told(anna, "How much", since)
    for part in ("How", "Why", "When to stop", "Source:", "Get medical help if it gets worse."):
        assert part in tip.text
    assert "Not for me" in tip.buttons


async def test_the_lists_stand_in_the_question_itself(anna):
    await rates(anna, 2)
    emergency = (await anna.last()).text
    assert sum(line.startswith("• ") for line in emergency.splitlines()) == 8
    await anna.taps(NONE)
    same_day = (await anna.last()).text
    assert sum(line.startswith("• ") for line in same_day.splitlines()) == 6


async def test_back_leads_from_every_question_to_the_one_before(anna):
    await anna.says("/checkin")
    assert "Back" not in (await anna.last()).buttons
    way = (
        ("8", "Chest pain, pressure"),
        (NONE, "And any of these?"),
        (NONE, "Where is it?"),
        ("Somewhere else", "Where is it, then?"),
        ("Arm or leg", "What fits today?"),
    )
    for tap, question in way:
        await anna.taps(tap)
        assert question in (await anna.last()).text
    for _, question in reversed(way[:-1]):
        await anna.taps("Back")
        assert question in (await anna.last()).text
    await anna.taps("Back")
    first = await anna.last()
    assert "How much pain" in first.text
    assert "Pain:" not in first.text
    await anna.taps("2")
    assert "Pain: 2" in (await anna.last()).text


async def test_back_from_which_one_is_it(anna):
    await rates(anna, 2)
    await anna.taps(NONE)
    await anna.taps(SOME)
    assert "Which one is it?" in (await anna.last()).text
    await anna.taps("Back")
    assert "And any of these?" in (await anna.last()).text


async def test_stop_here_ends_without_a_tip_but_with_the_signs(anna):
    await rates(anna, 4)
    for tap in (NONE, NONE, BLADES):
        assert "Stop here" in (await anna.last()).buttons
        await anna.taps(tap)
    await anna.taps("Stop here")
    stopped = await told(anna, "Closed here.")
    assert "Get medical help if it gets worse." in stopped.text
    assert stopped.buttons == ("Something is wrong",)
    assert not await tips(anna)


async def test_everyday_things_can_be_ticked_from_5_on_and_need_a_look(anna):
    await rates(anna, 4)
    await anna.taps(NONE)
    await anna.taps(NONE)
    assert "It stops me doing everyday things" not in (await anna.last()).buttons
    await anna.taps("Stop here")

    await rates(anna, 5)
    await anna.taps(NONE)
    await anna.taps(NONE)
    await anna.taps("It stops me doing everyday things")
    await anna.taps("✓ It stops me doing everyday things")
    await anna.taps("It stops me doing everyday things")
    ticked = await anna.last()
    assert "It stops everyday things" in ticked.text
    since = await mark(anna)
    await anna.taps(BLADES)
    await anna.taps(NONE)
    advice = await told(anna, "Please see a doctor or physio in the next days.", since)
    assert "Because: Stops everyday things" in advice.text


async def test_checkin_again_shows_the_open_one_and_starts_no_second(anna):
    await rates(anna, 3)
    open_one = await anna.last()
    await anna.says("/checkin")
    moved = await anna.last()
    assert "Pain: 3" in moved.text
    [old] = [one for one in await anna.messages() if one.message_id == open_one.message_id]
    assert not old.buttons


async def test_a_second_tap_and_a_tap_on_a_closed_one_get_a_polite_line(anna):
    await anna.says("/checkin")
    question = await anna.last()
    five = question.callback("5")
    await anna.taps("5")
    await anna.forges(question.message_id, five)
    assert (await anna.toasts())[-1] == "That one is answered already."
    assert "Pain: 5" in (await anna.last()).text

    for tap in (NONE, NONE, BLADES, NONE):
        await anna.taps(tap)
    since = await mark(anna)
    await anna.forges(question.message_id, five)
    assert (await anna.toasts())[-1] == "This one is closed."
    assert not await news(anna, since)


async def test_the_first_tip_waits_for_the_profile_and_the_plan_is_offered_after_it(town):
    chat = await settles(town)
    since = await mark(chat)
    await checks_in(chat, 3)
    assert not await tips(chat, since)
    question = await told(chat, "One thing before my first tip")
    assert {"Cancer, now or in the past", "Prefer not to say"} < set(question.buttons)
    await chat.taps("Under 55")
    await chat.taps(NONE)
    assert len(await tips(chat, since)) == 1
    assert "Do you run on fixed days?" in (await chat.last()).text

    since = await mark(chat)
    await checks_in(chat, 3)
    assert not [one for one in await news(chat, since) if "fixed days" in one.text], "asked once"


async def test_looking_at_the_signs_first_does_not_use_up_the_offer_of_a_plan(town):
    chat = await settles(town)
    await fills_profile(chat)
    await chat.says("/stretch")
    await chat.taps(NONE)
    await chat.taps("Stop")
    await chat.says("0")
    assert await told(chat, "Do you run on fixed days?")
