"""What an attack on typed signs found: each of these once went wrong."""

from __future__ import annotations

import pytest
from support.conversation import (
    BLADES,
    NO_PAIN,
    NONE,
    SAME_DAY,
    SOME,
    checks_in,
    denies_both_lists,
    mark,
    meant_otherwise,
    never_told,
    news,
    rates,
    tips,
    told,
)

MAYBE_CHEST = "maybe I have chest pain, not sure"


async def is_left_with_a_question(chat):
    """A check-in, then doubtful words: the direct question stands, and nobody answers it."""
    await checks_in(chat, 2)
    since = await mark(chat)
    await chat.says(MAYBE_CHEST)
    return since


async def names_a_numb_hand(chat):
    """One or more of the same-day signs, and which one it is in words."""
    await rates(chat, 4)
    await chat.taps(NONE)
    await chat.taps(SOME)
    await chat.says("numb left hand")


async def test_yes_to_the_possible_half_of_a_pair_is_the_emergency_it_was_asked_for(runner):
    await runner.says("my arm aches, could be a cold sweat")
    await told(runner, "Do you have any of these")
    since = await mark(runner)
    await runner.taps("Yes, I have this")
    assert await told(runner, "Call 999 now.", since)


async def test_self_harm_is_answered_with_the_crisis_line_over_an_open_emergency(runner):
    await runner.says("chest pain")
    since = await mark(runner)
    await runner.says("I want to kill myself")
    assert await told(runner, "116123", since)


async def test_a_possible_thought_of_self_harm_gets_the_crisis_line_too(runner):
    since = await mark(runner)
    await runner.says("maybe I want to kill myself, not sure")
    assert await told(runner, "116123", since)


async def test_a_stranger_is_not_shown_a_list_of_bodily_signs_instead(town):
    stranger = await town.chat(9)
    await stranger.says("maybe I want to kill myself, not sure")
    assert "Chest pain" not in (await stranger.last()).text


async def test_what_follows_self_harm_keeps_the_crisis_line(runner):
    await runner.says("I want to kill myself")
    since = await mark(runner)
    await runner.waits("PT15M")
    assert await told(runner, "116123", since), "have you reached help"


async def test_taking_self_harm_for_a_mistake_shows_no_list_of_bodily_signs(runner):
    await runner.says("I want to kill myself")
    await runner.taps("That is not what I meant")
    assert "Chest pain" not in (await runner.last()).text


async def test_an_open_question_stays_in_front_of_tips_in_a_morning_check_in(runner):
    await runner.says("/run")
    for tap in ("Just finished", "Ask me now", "3", NONE, NONE, BLADES, "Stiff shoulders"):
        await runner.taps(tap)
    await runner.taps("Not for me")
    await runner.waits("next_morning", "Europe/London")
    await runner.taps("3")
    since = await mark(runner)
    await runner.says(MAYBE_CHEST)
    await denies_both_lists(runner)
    assert not await tips(runner, since)


async def test_a_question_nobody_answered_is_not_a_no_after_cancel(runner):
    since = await is_left_with_a_question(runner)
    await runner.says("/cancel")
    await runner.says("/stretch")
    assert not await tips(runner, since)


async def test_a_question_nobody_answered_is_not_a_no_after_undo(runner):
    since = await is_left_with_a_question(runner)
    await runner.says("/undo")
    await runner.taps("Hunched or desk day")
    assert not await tips(runner, since)


async def test_a_question_nobody_answered_is_not_a_no_when_the_next_prompt_takes_its_place(runner):
    await runner.says("/run")
    await runner.taps("Just finished")
    await runner.waits("PT12H")
    since = await mark(runner)
    await runner.says(MAYBE_CHEST)
    await runner.waits("next_morning", "Europe/London")
    await runner.waits("PT2H")
    await runner.taps(NO_PAIN)
    said = " ".join(one.text for one in await news(runner, since))
    assert "A tip for days without pain" not in said


async def test_a_question_nobody_answered_is_not_a_no_when_its_time_is_over(runner):
    since = await is_left_with_a_question(runner)
    await runner.waits("PT8H1M")
    await runner.says("/stretch")
    assert not await tips(runner, since)


async def test_the_own_sign_beside_somebody_else_s_is_told(runner):
    since = await mark(runner)
    await runner.says("my husband collapsed and is not breathing and I have chest pain")
    said = " ".join(one.text for one in await news(runner, since))
    assert "I have chest pain or pressure" in said


async def test_a_rating_of_10_is_told_although_the_words_after_it_were_misread(runner):
    await rates(runner, 10)
    await runner.says("numb left hand")
    since = await mark(runner)
    await meant_otherwise(runner)
    await runner.waits("PT2H")
    said = " ".join(one.text for one in await news(runner, since))
    assert SAME_DAY in said or "And any of these?" in said or "Do any of these fit" in said


async def test_a_sign_named_by_typing_is_not_told_again_ten_minutes_later(runner):
    await names_a_numb_hand(runner)
    since = await mark(runner)
    await runner.waits("PT11M")
    assert await never_told(runner, SAME_DAY, since)


async def test_a_sign_named_by_typing_is_not_told_again_after_i_was_seen(runner):
    await names_a_numb_hand(runner)
    await runner.taps("I was seen")
    since = await mark(runner)
    await runner.waits("PT11M")
    assert await never_told(runner, SAME_DAY, since)


async def test_a_sign_on_the_line_below_a_command_is_read(runner):
    since = await mark(runner)
    await runner.says("/help\nchest pain")
    assert await told(runner, "Call 999 now.", since)


async def test_a_slash_before_a_sign_hides_nothing(runner):
    since = await mark(runner)
    await runner.says("/chest pain")
    assert await told(runner, "Call 999 now.", since)


async def test_a_sign_that_is_back_in_words_starts_the_24_hours_again(runner):
    await runner.says("numb left hand")
    await runner.taps("It's gone")
    await runner.waits("PT23H")
    await runner.says("my left hand is numb again")
    since = await mark(runner)
    await runner.waits("PT61M")
    assert await never_told(runner, "Is it still gone?", since)


async def test_a_mistake_gives_the_tips_back_that_its_going_away_took(runner):
    await runner.says("chest pain")
    alarm = await runner.last()
    await runner.says("/tips")
    await runner.taps("It's gone")
    await runner.taps_on(alarm, "That is not what I meant")
    await runner.taps("Yes, I have none of these")
    since = await mark(runner)
    await checks_in(runner, 3)
    assert await never_told(runner, "An emergency sign eased by itself", since)


async def test_the_doctor_s_summary_names_signs_that_were_typed(runner):
    await runner.says("numb left hand")
    await runner.taps("I was seen")
    await runner.says("/doctor")
    await runner.taps("Make my summary")
    assert "Warning signs: none" not in (await runner.last()).text


async def test_the_sign_typed_for_which_one_is_noted_where_the_runner_sees_it(runner):
    await rates(runner, 4)
    await runner.taps(SOME)
    since = await mark(runner)
    await runner.says("chest pain")
    said = " ".join(one.text for one in await news(runner, since))
    assert "chest pain" in said.lower()


async def test_a_misread_text_gives_the_check_in_back_it_ended(runner):
    await rates(runner, 3)
    await runner.says("numb left hand")
    await meant_otherwise(runner)
    assert NONE in (await runner.last()).buttons


async def test_a_typed_sign_is_not_said_to_come_with_back_pain_nobody_spoke_of(runner):
    await runner.says("fever")
    assert "upper back pain" not in (await told(runner, SAME_DAY)).text


@pytest.mark.parametrize(
    "text",
    ["fine", "nice run", "still sore", "I feel better now", "my foot hurts", "my back hurts"],
)
async def test_short_plain_harmless_words_raise_no_alarm(runner, text):
    since = await mark(runner)
    await runner.says(text)
    said = " ".join(one.text for one in await news(runner, since))
    assert "Do you have any of these" not in said
    assert SAME_DAY not in said
    assert "Call 999 now." not in said
