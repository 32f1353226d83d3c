"""An open emergency or same-day answer: the lock, the follow-ups, and what ends it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from support.conversation import (
    BLADES,
    NO_PAIN,
    NONE,
    SOME,
    checks_in,
    has_a_same_day_sign,
    has_an_emergency,
    mark,
    never_told,
    news,
    rates,
    settles,
    stored,
    tips,
    told,
)
from support.database import on_both

pytestmark = on_both

CHECKED = "A doctor or ambulance crew checked me"
MISTAKE = "I tapped that by mistake"


@pytest.mark.parametrize("button", ["Show me", "Another tip"])
async def test_the_lock_covers_every_way_to_a_tip(anna, button):
    await checks_in(anna, 3)
    tip = await told(anna, "When to stop")
    assert {"Show me", "Another tip"} < set(tip.buttons)
    await has_an_emergency(anna)

    for command in ("/stretch", "/tips", "/checkin", "/start"):
        await anna.says(command)
        lock = await anna.last()
        assert "Call 112 now." in lock.text
        assert CHECKED in lock.buttons
    await anna.taps_on(tip, button)
    assert "Call 112 now." in (await anna.last()).text
    assert not await tips(anna), "what was tapped goes away"

    await anna.says("/doctor")
    page = await anna.last()
    assert "When to see whom" in page.text
    assert CHECKED in page.buttons


async def test_the_lock_covers_prompts_reminders_and_prevention_tips(anna):
    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.says("/settings")
    await anna.taps("Running days")
    await anna.taps("Wed")
    await anna.taps("Save")
    await has_a_same_day_sign(anna)

    since = await mark(anna)
    await anna.waits("P2D")
    assert await never_told(anna, "How much pain", since)
    assert await never_told(anna, "Still time for this one", since)
    assert not await tips(anna, since)

    await anna.taps("Not yet")
    await anna.says("/run")
    await anna.taps("Just finished")
    assert "No check-ins while a warning sign is open." in (await told(anna, "Run noted")).text
    assert "See a doctor today." in (await anna.last()).text


async def test_an_open_prompt_s_buttons_lead_to_the_lock(town):
    chat = await settles(town)
    await chat.says("/run")
    await chat.taps("Just finished")
    await chat.says("/doctor")
    await chat.taps("Something is wrong")
    await chat.taps(SOME)
    since = await mark(chat)
    await chat.waits("PT60M")
    assert await never_told(chat, "How much pain", since)


async def test_help_is_asked_after_after_15_minutes_then_next_morning_then_after_3_days(anna):
    await has_an_emergency(anna)
    since = await mark(anna)
    await anna.waits("PT15M")
    [asked] = await news(anna, since)
    assert asked.text.startswith("Have you reached help?")
    assert "112" in asked.text
    assert not asked.silent

    since = await mark(anna)
    await anna.waits("PT17H")
    assert not await news(anna, since), "no answer: nothing more that day"
    await anna.waits("next_morning", "Europe/Berlin")
    [asked] = await news(anna, since)
    assert asked.text.startswith("Were you seen?")

    since = await mark(anna)
    await anna.waits("P2D")
    assert not await news(anna, since)
    await anna.waits("P1D")
    [asked] = await news(anna, since)
    assert asked.text.startswith("Were you seen?")

    since = await mark(anna)
    await anna.waits("P30D")
    assert not await news(anna, since), "then silence"
    await anna.says("/stretch")
    assert CHECKED in (await anna.last()).buttons, "with the lock kept"
    assert not await tips(anna)


async def test_follow_ups_come_in_quiet_hours_and_in_a_pause(open_town):
    town = await open_town(datetime(2026, 3, 10, 21, 50, tzinfo=UTC))
    chat = await settles(town)
    await chat.says("/pause")
    await chat.taps("1 week")
    await has_an_emergency(chat)
    since = await mark(chat)
    await chat.waits("PT15M")
    assert (await told(chat, "Have you reached help?", since)).silent is False
    await chat.waits("next_morning", "Europe/Berlin")
    assert await told(chat, "Were you seen?", since)


async def test_on_the_way_or_not_yet(anna):
    await has_an_emergency(anna)
    await anna.waits("PT15M")
    await anna.taps("Not yet")
    urged = await told(anna, "Please call now.")
    assert "112" in urged.text
    assert "Another country" in urged.buttons

    await anna.taps("On the way, or with them")
    assert "Stay with them." in (await told(anna, "Tell them what you felt.")).text
    since = await mark(anna)
    await anna.waits("PT10H")
    assert not await news(anna, since)
    await anna.says("/tips")
    assert "Call 112 now." in (await anna.last()).text


async def test_only_being_checked_ends_an_emergency(anna):
    await has_an_emergency(anna)
    for words in ("I was checked by a doctor", "it is gone, I am fine", "0", "no pain"):
        await anna.says(words)
        assert "Call 112 now." in (await anna.last()).text
    for command in ("/undo", "/cancel", "/checkin"):
        await anna.says(command)
    await anna.taps("No, I do have one")
    await anna.says("/tips")
    assert "Call 112 now." in (await anna.last()).text

    since = await mark(anna)
    await anna.taps(CHECKED)
    assert "Follow what they told you." in (await told(anna, "Glad you were checked.")).text
    await anna.waits("P4D")
    assert await never_told(anna, "Were you seen?", since)
    await anna.says("/tips")
    assert "Before it hurts" in (await anna.last()).buttons


async def test_a_same_day_answer_ends_with_being_seen(anna):
    await has_a_same_day_sign(anna)
    since = await mark(anna)
    await anna.waits("PT17H")
    assert not await news(anna, since)
    await anna.waits("next_morning", "Europe/Berlin")
    [asked] = await news(anna, since)
    assert asked.text.startswith("Were you seen?")
    await anna.taps("Not yet")
    assert await told(anna, "I'll keep tips back until then.")
    await anna.taps("I was seen")
    assert "Glad you were checked." in (await told(anna, "go on as before")).text
    await anna.says("/tips")
    assert "Before it hurts" in (await anna.last()).buttons


async def test_gone_lowers_an_emergency_and_keeps_tips_off_for_a_week(anna):
    await has_an_emergency(anna)
    await anna.says("/tips")
    await anna.taps("It's gone")
    lowered = await told(anna, "It still needs a doctor today.")
    assert "tips off for 7 days" in lowered.text
    assert CHECKED not in lowered.buttons
    await anna.says("/tips")
    assert (await anna.last()).text.startswith("See a doctor today.")

    since = await mark(anna)
    await anna.waits("P1D")
    assert await told(anna, "Is it still gone?", since)
    await anna.taps("Yes, still gone")
    assert await told(anna, "Your check-ins go on.", since)

    # Check-ins go on, but no tip comes for the rest of the week.
    await checks_in(anna, 3)
    assert not await tips(anna)
    await anna.says("/stretch")
    answer = await anna.last()
    assert "tomorrow" not in answer.text, "tips come back in six days, not tomorrow"
    assert not await tips(anna)
    await anna.waits("P6DT1H")
    await checks_in(anna, 3)
    assert await tips(anna)


async def test_gone_ends_a_same_day_answer_after_24_hours(anna):
    await has_a_same_day_sign(anna)
    await anna.taps("It's gone")
    assert "once it has been gone for 24 hours" in (await told(anna, "Good that it eased.")).text
    await anna.says("/stretch")
    assert (await anna.last()).text.startswith("See a doctor today.")

    since = await mark(anna)
    await anna.waits("P1D")
    await told(anna, "Is it still gone?", since)
    await anna.taps("Yes, still gone")
    await anna.says("/tips")
    assert "Before it hurts" in (await anna.last()).buttons


async def test_what_came_back_is_as_urgent_as_before(anna):
    await has_an_emergency(anna)
    await anna.says("/tips")
    await anna.taps("It's gone")
    await anna.waits("P1D")
    await anna.taps("It's back")
    assert "Call 112 now." in (await told(anna, "please get help")).text
    await anna.says("/tips")
    lock = await anna.last()
    assert "Call 112 now." in lock.text
    assert CHECKED in lock.buttons


async def test_a_mistake_is_asked_about_with_the_list(anna):
    await rates(anna, 6)
    await anna.taps(SOME)
    await anna.taps(MISTAKE)
    question = await told(anna, "Was it a mistake?")
    assert "Chest pain, pressure or tightness" in question.text
    # An open safety question: whatever else is typed or tapped shows it again.
    await anna.says("/tips")
    assert "Was it a mistake?" in (await anna.last()).text
    await anna.says("yes it was")
    assert "Was it a mistake?" in (await anna.last()).text

    since = await mark(anna)
    await anna.taps("Yes, I have none of these")
    assert "Both answers stay in your record." in (await told(anna, "mistake")).text
    [goes_on] = await news(anna, since)
    assert "Pain: 6" in goes_on.text
    assert "One arm, hand or leg" in goes_on.text
    for tap in (NONE, BLADES, "Stiff shoulders"):
        await anna.taps(tap)
    assert await tips(anna, since)
    await anna.waits("P1D")
    assert await never_told(anna, "Have you reached help?", since)
    assert await never_told(anna, "Were you seen?", since)


async def test_a_mistake_keeps_both_records(town, anna):
    await has_an_emergency(anna)
    before = stored(town)
    await anna.taps(MISTAKE)
    await anna.taps("Yes, I have none of these")
    after = stored(town)
    assert after["escalations"] == before["escalations"] == 1
    assert after["decisions"] == before["decisions"]
    assert after["answers"] == before["answers"] + 1, "the correction is added, nothing removed"


async def test_no_mistake_leaves_the_emergency_standing(anna):
    await has_an_emergency(anna)
    await anna.taps(MISTAKE)
    await anna.taps("No, I do have one")
    stands = await told(anna, "Then please do as I said.")
    assert "Call 112 now." in stands.text
    assert CHECKED in stands.buttons
    await anna.says("/stretch")
    assert "Call 112 now." in (await anna.last()).text


async def test_a_mistake_in_the_second_list_shows_the_second_list(anna):
    await has_a_same_day_sign(anna)
    await anna.taps(MISTAKE)
    question = await told(anna, "Was it a mistake?")
    assert "Fever or shivers" in question.text
    assert "Chest pain" not in question.text
    await anna.taps("Yes, I have none of these")
    assert "Where is it?" in (await anna.last()).text


async def test_undo_and_cancel_never_lower_anything(anna):
    await has_an_emergency(anna)
    await anna.says("/undo")
    assert "Was it a mistake?" in (await anna.last()).text
    await anna.says("/cancel")
    since = await mark(anna)
    await anna.waits("PT15M")
    assert await told(anna, "Have you reached help?", since)
    await anna.says("/tips")
    assert "Have you reached help?" in (await anna.last()).text


async def test_no_escalation_is_lost_by_leaving_the_check_in(anna):
    """A same-day "one or more" that nobody named is told on the way out."""
    for way_out in ("Stop here", "/cancel"):
        await rates(anna, 4)
        await anna.taps(NONE)
        await anna.taps(SOME)
        since = await mark(anna)
        await (anna.taps(way_out) if way_out == "Stop here" else anna.says(way_out))
        assert await told(anna, "See a doctor today.", since)
        await anna.taps("I was seen")


async def test_without_consent_an_escalation_is_told_once_and_nothing_follows(town):
    chat = await town.chat(1)
    await chat.says("/start")
    await chat.taps("Yes, I'm 18 or older")
    await chat.taps("No, thanks")
    await chat.taps("Something is wrong")
    await chat.taps(NONE)
    await chat.taps(SOME)
    alarm = await told(chat, "See a doctor today.")
    assert "I can't follow up." in alarm.text
    since = await mark(chat)
    await chat.waits("P2D")
    assert not await news(chat, since)


async def test_somebody_pain_free_again_gets_no_tip_while_a_sign_is_open(anna):
    await has_a_same_day_sign(anna)
    since = await mark(anna)
    await anna.says("0")
    assert (await anna.last()).text.startswith("See a doctor today.")
    assert not await tips(anna, since)
    await anna.taps("I was seen")
    await anna.says("/checkin")
    await anna.taps(NO_PAIN)
    assert await told(anna, "Thanks. No pain today.", since)
