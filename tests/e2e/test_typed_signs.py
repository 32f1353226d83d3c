"""Signs in a runner's own words: read whatever the bot was asking, told at once, never cleared."""

from __future__ import annotations

import pytest
from support.conversation import (
    HEALTH,
    SAME_DAY,
    checks_in,
    denies_both_lists,
    mark,
    never_told,
    news,
    rates,
    settles,
    stored,
    tips,
    told,
)

HAND = "can't really feel my left hand since the run"
SEEN = "I was seen"


async def in_the_middle_of_onboarding(town):
    chat = await town.chat(7)
    await chat.says("/start")
    await chat.taps("Yes, I'm 18 or older")
    await chat.taps("Yes, store my answers")
    return chat


async def in_the_middle_of_a_run(town):
    chat = await settles(town, 7)
    await chat.says("/run")
    await chat.taps("I'll type it")
    return chat


async def in_the_middle_of_a_check_in(town):
    chat = await settles(town, 7)
    await rates(chat, 4)
    return chat


MIDDLES = [in_the_middle_of_onboarding, in_the_middle_of_a_run, in_the_middle_of_a_check_in]


@pytest.mark.parametrize("somewhere", MIDDLES)
async def test_a_hand_without_feeling_is_heard_in_the_middle_of_anything(town, somewhere):
    """The same-day path: told at once, tips off, asked next morning, cleared by its button."""
    chat = await somewhere(town)
    since = await mark(chat)
    await chat.says(HAND)
    answer = await told(chat, SAME_DAY, since)
    assert "arm, hand or leg" in answer.text

    await chat.says("/stretch")
    assert "same-day answer is still open" in (await chat.last()).text
    await chat.says("/tips")
    assert "same-day answer is still open" in (await chat.last()).text
    assert not await tips(chat, since)

    since = await mark(chat)
    await chat.waits("P1D")
    assert "Were you seen?" in (await told(chat, "Were you seen?", since)).text

    since = await mark(chat)
    await chat.says("they said it's fine")
    again = await told(chat, "Were you seen?", since)
    assert await never_told(chat, "Your check-ins go on", since)
    await chat.taps_on(again, SEEN)
    assert await told(chat, "Your check-ins go on", since)

    await chat.says("/stretch")
    assert "still open" not in (await chat.last()).text


async def test_an_emergency_in_words_is_told_with_the_number_and_its_sign(town):
    chat = await settles(town, 7)
    since = await mark(chat)
    await chat.says("chest pain, going down my arm, I feel sick")
    answer = await told(chat, "Call 112 now.", since)
    assert "I have chest pain or pressure" in answer.text
    assert {"That is not what I meant", "Another country"} <= set(answer.buttons)
    assert len(await news(chat, since)) == 1


async def test_a_sign_in_words_ends_the_check_in_and_no_tip_follows(town):
    chat = await settles(town, 7)
    await rates(chat, 5)
    await denies_both_lists(chat)
    since = await mark(chat)
    await chat.says("my chest feels crushed")
    assert await told(chat, "Call 112 now.", since)
    assert not await tips(chat, since)
    await chat.waits("PT2H")
    assert not await tips(chat, since)
    assert await never_told(chat, "How much pain", since)


async def test_a_worse_sign_is_told_over_an_open_one_and_a_milder_one_is_kept_with_it(town):
    chat = await settles(town, 7)
    await chat.says("numb left hand")
    since = await mark(chat)
    await chat.says("now I can't breathe, sitting down")
    assert await told(chat, "Call 112 now.", since)
    since = await mark(chat)
    await chat.says("and I have a fever")
    again = await told(chat, "Call 112 now.", since)
    assert "fever" in again.text
    assert await never_told(chat, SAME_DAY, since)


async def test_a_possible_sign_is_asked_about_and_stays_in_front_until_it_is_answered(town):
    chat = await settles(town, 7)
    since = await mark(chat)
    await chat.says("maybe my left hand is a bit numb, not sure")
    question = await told(chat, "Do you have any of these", since)
    assert list(question.buttons) == ["Yes, I have this", "No"]

    await chat.says("/stretch")
    assert "Do you have any of these" in (await chat.last()).text
    await chat.says("what?")
    assert "Do you have any of these" in (await chat.last()).text

    since = await mark(chat)
    await chat.taps("Yes, I have this")
    assert await told(chat, SAME_DAY, since)


async def test_a_denied_possibility_changes_nothing_and_the_check_in_goes_on(town):
    chat = await settles(town, 7)
    await rates(chat, 3)
    await chat.says("maybe my left hand is a bit numb, not sure")
    since = await mark(chat)
    await chat.taps("No")
    assert await never_told(chat, SAME_DAY, since)
    assert "None of these" in (await chat.last()).buttons
    await denies_both_lists(chat)
    await chat.taps("Between the shoulder blades")
    assert "What fits today?" in (await chat.last()).text


async def test_a_serious_sign_of_the_last_days_that_is_over_is_for_today(town):
    chat = await settles(town, 7)
    since = await mark(chat)
    await chat.says("had chest pain yesterday, gone now")
    question = await told(chat, "Do you have any of these", since)
    assert "I had it, but it is over" in question.buttons
    await chat.taps("I had it, but it is over")
    assert await told(chat, SAME_DAY, since)


async def test_thoughts_of_self_harm_get_the_crisis_line_first_and_warmly(town):
    chat = await settles(town, 7, place="London, England, United Kingdom")
    since = await mark(chat)
    await chat.says("I want to kill myself")
    answer = await told(chat, "really glad you told me", since)
    shown = answer.text.splitlines()
    assert shown.index("116123") < shown.index("999")
    assert "None of these" not in answer.buttons
    assert not await tips(chat, since)


async def test_somebody_else_in_danger_gets_the_call_and_the_runner_is_not_locked(town):
    chat = await settles(town, 7)
    before = stored(town).get("escalations", 0)
    since = await mark(chat)
    await chat.says("my husband has collapsed next to me and is not breathing, help")
    answer = await told(chat, "Call 112 now.", since)
    assert "Stay with the person." in answer.text
    assert stored(town).get("escalations", 0) == before
    await chat.says("/tips")
    assert "still open" not in (await chat.last()).text


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain, no numbness, just stiff",
        "absolutely died on that last hill",
        "my dad had a heart attack in 2015",
        "what would you do if I got chest pain?",
        "thanks, that helped",
    ],
)
async def test_what_is_no_sign_raises_no_alarm(town, text):
    chat = await settles(town, 7)
    since = await mark(chat)
    await chat.says(text)
    assert await never_told(chat, "Call 112 now.", since)
    assert await never_told(chat, SAME_DAY, since)
    assert await never_told(chat, "Do you have any of these", since)


async def test_edits_and_captions_are_read_like_any_text(town):
    chat = await settles(town, 7)
    message_id = await chat.says("nice run today")
    since = await mark(chat)
    await chat.edits(message_id, "nice run today but both my legs are numb")
    assert await told(chat, "Call 112 now.", since)

    other = await settles(town, 8)
    since = await mark(other)
    await other.sends("photo", caption="look, one swollen calf, hot and sore")
    assert await told(other, SAME_DAY, since)


async def test_words_behind_a_command_are_read_too(town):
    chat = await settles(town, 7)
    since = await mark(chat)
    await chat.says("/run just now, and I fainted at the end")
    assert await told(chat, "Call 112 now.", since)


async def test_without_consent_it_is_told_once_and_nothing_is_kept(town):
    chat = await town.chat(9)
    await chat.says("chest pain")
    answer = await told(chat, "emergency number now")
    assert "I keep nothing about this." in answer.text
    assert not set(stored(town)) & set(HEALTH)


async def test_a_misread_text_is_taken_back_by_its_button(town):
    chat = await settles(town, 7)
    await checks_in(chat, 2)
    await chat.says("numb left hand")
    answer = await told(chat, SAME_DAY)
    await chat.taps_on(answer, "That is not what I meant")
    await chat.taps("Yes, I have none of these")
    assert "Noted as a mistake." in (await told(chat, "Noted")).text
    await chat.says("/tips")
    assert "still open" not in (await chat.last()).text
