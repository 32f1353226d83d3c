"""What comes after a typed sign: questions, follow-ups and records that must stay true."""

from __future__ import annotations

from support.conversation import (
    SAME_DAY,
    checks_in,
    mark,
    meant_otherwise,
    never_told,
    told,
)

CRISIS_LINE = "116123"
MAYBE_HAND = "maybe my left hand is a bit numb, not sure"


async def has_had_chest_pain(chat):
    """A chest pain that is told and goes away."""
    await chat.says("chest pain")
    await chat.says("/tips")
    await chat.taps("It's gone")
    return await mark(chat)


async def test_yes_counts_with_the_back_pain_stated_beside_the_sign_asked_about(runner):
    await runner.says("my back hurts, I am in a cold sweat and maybe a bit sick to my stomach")
    question = await told(runner, "Do you have any of these")
    assert "• Pain" not in question.text
    since = await mark(runner)
    await runner.taps("Yes, I have this")
    assert await told(runner, "Call 999 now.", since)


async def both_are_named(chat, since):
    """The ambulance and the crisis line, whichever was typed first."""
    answer = await told(chat, "Call 999 now.", since)
    assert CRISIS_LINE in answer.text.splitlines()


async def test_chest_pain_beside_open_self_harm_brings_ambulance_and_crisis_line(runner):
    await runner.says("I want to kill myself")
    since = await mark(runner)
    await runner.says("chest pain")
    await both_are_named(runner, since)
    await runner.taps("That is not what I meant")
    assert CRISIS_LINE in (await runner.last()).text
    await runner.taps("Yes, you read me wrong")
    assert CRISIS_LINE in (await runner.last()).text, "the thoughts still stand"


async def test_self_harm_beside_open_chest_pain_brings_ambulance_and_crisis_line(runner):
    await runner.says("chest pain")
    since = await mark(runner)
    await runner.says("I want to kill myself")
    await both_are_named(runner, since)
    await runner.says("/tips")
    assert {CRISIS_LINE, "999"} <= set((await runner.last()).text.splitlines())


async def test_a_numb_hand_beside_open_self_harm_is_for_today_and_the_crisis_line_stays(runner):
    await runner.says("I want to kill myself")
    since = await mark(runner)
    await runner.says("my left hand is numb")
    answer = await told(runner, SAME_DAY, since)
    assert CRISIS_LINE in answer.text.splitlines()


async def test_the_crisis_line_stays_in_every_message_after_thoughts_of_self_harm(runner):
    await runner.says("I want to kill myself")
    await runner.says("/tips")
    assert CRISIS_LINE in (await runner.last()).text, "the lock"
    await runner.waits("PT15M")
    await runner.taps("Not yet")
    assert CRISIS_LINE in (await told(runner, "Please call now.")).text
    await runner.says("/why")
    assert CRISIS_LINE in (await runner.last()).text
    await runner.waits("next_morning", "Europe/London")
    assert CRISIS_LINE in (await told(runner, "Were you seen?")).text
    await runner.taps("I tapped that by mistake")
    await runner.taps("No, I do have one")
    assert CRISIS_LINE in (await told(runner, "do as I said")).text
    await runner.taps("It's gone")
    assert CRISIS_LINE in (await told(runner, "Good that it eased.")).text
    await runner.waits("P1D")
    assert CRISIS_LINE in (await told(runner, "Is it still gone?")).text


async def test_a_fever_does_not_bring_back_a_chest_pain_that_is_gone(runner):
    since = await has_had_chest_pain(runner)
    await runner.says("fever")
    answer = await told(runner, SAME_DAY, since)
    assert "fever" in answer.text
    assert await never_told(runner, "Call 999 now.", since)


async def test_a_chest_pain_that_is_back_in_words_is_asked_for_help_again(runner):
    since = await has_had_chest_pain(runner)
    await runner.says("I have chest pain again")
    assert await told(runner, "Call 999 now.", since)
    await runner.waits("PT15M")
    assert await told(runner, "Have you reached help?", since)


async def test_another_sign_beside_one_that_is_gone_is_told_and_starts_its_own_day(runner):
    await runner.says("numb left hand")
    await runner.taps("It's gone")
    await runner.waits("PT23H")
    since = await mark(runner)
    await runner.says("fever")
    assert await told(runner, SAME_DAY, since)
    await runner.waits("PT2H")
    assert await never_told(runner, "Is it still gone?", since)


async def test_what_a_mistake_brings_back_is_asked_whether_it_is_still_gone(runner):
    await runner.says("numb left hand")
    await runner.taps("It's gone")
    await runner.says("chest pain")
    since = await mark(runner)
    await meant_otherwise(runner)
    await runner.waits("P1D")
    await told(runner, "Is it still gone?", since)
    await runner.taps("Yes, still gone")
    assert await told(runner, "Your check-ins go on", since)


async def test_words_that_were_misread_are_no_sign_for_the_doctor_nor_in_the_history(runner):
    await runner.says("numb left hand")
    await meant_otherwise(runner)
    await runner.says("/history")
    assert "arm, hand or leg" not in (await runner.last()).text
    await runner.says("/doctor")
    await runner.taps("Make my summary")
    summary = (await runner.last()).text
    assert "Warning signs: none" in summary
    assert "Same-day or emergency advice: never" in summary


async def test_a_country_asked_for_days_ago_is_not_waited_for_any_more(runner):
    await runner.says("my husband collapsed and is not breathing")
    await runner.taps("Another country")
    await runner.waits("P2D")
    await runner.says("thanks")
    assert "I don't know that country" not in (await runner.last()).text


async def test_what_is_no_country_is_still_heard_while_one_is_waited_for(runner):
    await runner.says("chest pain")
    await runner.taps("Another country")
    since = await mark(runner)
    await runner.says("a doctor looked at me")
    reminder = await told(runner, "An emergency answer is still open.", since)
    assert "A doctor or ambulance crew checked me" in reminder.buttons
    assert await told(runner, "I don't know that country", since)
    await runner.says("France")
    assert "15" in (await runner.last()).text


async def test_why_names_the_sign_asked_about_and_keeps_the_answer_before_it_in_reach(runner):
    await checks_in(runner, 3)
    await runner.says(MAYBE_HAND)
    await runner.taps("No")
    await runner.says("/why")
    why = await runner.last()
    assert "One arm, hand or leg numb or weak? Your answer: no" in why.text
    (before,) = [key for key in why.buttons if key.startswith("The answer before")]
    await runner.taps(before)
    assert "Hunched or desk day" in (await runner.last()).text


async def test_after_a_denied_question_the_city_is_asked_for_again(town):
    chat = await town.chat(8)
    await chat.says("/start")
    await chat.taps("Yes, I'm 18 or older")
    await chat.taps("Yes, store my answers")
    await chat.says(MAYBE_HAND)
    since = await mark(chat)
    await chat.taps("No")
    assert await told(chat, "Where are you", since)
    await chat.taps("Berlin, Germany")
    await chat.says(MAYBE_HAND)
    assert "13:00, Berlin time" in (await told(chat, "Do you have any of these")).text
    since = await mark(chat)
    await chat.taps("No")
    assert await told(chat, "in Berlin, Germany. Is that right?", since)
    await chat.taps("Yes, that's right")
    assert "Just ran?" in (await chat.last()).text


async def test_after_a_denied_question_the_run_is_asked_for_again(runner):
    await runner.says("/run")
    await runner.taps("I'll type it")
    await runner.says(MAYBE_HAND)
    await runner.taps("No")
    assert "When did your run end?" in (await runner.last()).text
    await runner.says("11:30")
    assert "Run noted, ended 11:30." in (await runner.last()).text
