"""Tips: whether one helped, what is switched off, and how often one comes unasked."""

from __future__ import annotations

from support.conversation import (
    BLADES,
    NO_PAIN,
    checks_in,
    denies_both_lists,
    fills_profile,
    mark,
    news,
    settles,
    tips,
    told,
)
from support.sandbox_client import Chat

BERLIN = "Europe/Berlin"


async def runs_with_pain(chat: Chat, rating: int = 3, today: str = "Stiff shoulders") -> str:
    """Log a run, answer the first check-in with pain; the name of the tip."""
    await chat.says("/run")
    await chat.taps("Just finished")
    since = await mark(chat)
    await chat.taps("Ask me now")
    await chat.taps(str(rating))
    await denies_both_lists(chat)
    await chat.taps(BLADES)
    await chat.taps(today)
    [tip] = await tips(chat, since)
    return tip


async def next_morning(chat: Chat, rating: str, effect: str) -> list[str]:
    """Answer the morning check-in and "Did it help?"; the tips that came of it."""
    await chat.waits("next_morning", BERLIN)
    since = await mark(chat)
    await chat.taps(rating)
    if rating != NO_PAIN:
        await denies_both_lists(chat)
        if "Once a week" in (await chat.last()).text:
            await chat.taps("None of these")
    await chat.taps(effect)
    return await tips(chat, since)


async def test_the_morning_keeps_place_and_contributor_and_asks_whether_the_tip_helped(anna):
    tip = await runs_with_pain(anna)
    await anna.waits("next_morning", BERLIN)
    morning = await told(anna, "Good morning")
    assert "How much pain" in morning.text
    await anna.taps("2")
    await denies_both_lists(anna)
    question = await anna.last()
    assert f"Last time I suggested: {tip}. Did it help?" in question.text
    assert f"Where: {BLADES}" in question.text
    assert question.buttons[:4] == ("Helped", "No change", "Worse", "Didn't try")
    assert "Back" in question.buttons

    since = await mark(anna)
    await anna.taps("Helped")
    assert await tips(anna, since) == [tip], "what helped is offered first again"


async def test_without_pain_the_morning_takes_two_taps_when_a_tip_is_open(anna):
    await runs_with_pain(anna)
    await anna.waits("next_morning", BERLIN)
    await anna.taps(NO_PAIN)
    assert "Did it help?" in (await anna.last()).text
    await anna.taps("Helped")
    assert "No pain today." in (await told(anna, "Last tip: Helped")).text


async def test_no_change_twice_brings_another_tip(anna):
    tip = await runs_with_pain(anna)
    assert await next_morning(anna, "3", "Helped") == [tip]
    assert await runs_with_pain(anna) == tip
    assert await next_morning(anna, "3", "No change") == [tip], "once is not enough to drop it"
    assert await runs_with_pain(anna) == tip
    [other] = await next_morning(anna, "3", "No change")
    assert other != tip
    assert await runs_with_pain(anna) != tip


async def test_worse_asks_both_lists_even_at_zero_and_ends_that_tip(anna):
    tip = await runs_with_pain(anna)
    await anna.waits("next_morning", BERLIN)
    since = await mark(anna)
    await anna.taps(NO_PAIN)
    await anna.taps("Worse")
    assert "Chest pain, pressure or tightness" in (await told(anna, "Last tip: Worse")).text
    await denies_both_lists(anna)
    assert not await tips(anna, since)

    # No new exercise today, and never this one again.
    await anna.says("/stretch")
    assert "No exercises today." in (await anna.last()).text
    since = await mark(anna)
    await checks_in(anna, 2, today="Stiff shoulders")
    await anna.taps("Another tip")
    assert all("Show me" not in one.buttons for one in await news(anna, since))
    await anna.waits("P1DT1H")
    for _ in range(3):
        await checks_in(anna, 2, today="Stiff shoulders")
        await anna.taps("Another tip")
    assert tip not in await tips(anna, since)
    await anna.says("/stretch")
    movement = (await anna.last()).text
    assert movement.startswith("Movement 1 of")
    assert tip not in movement


async def test_worse_with_an_emergency_sign_is_an_emergency(anna):
    await runs_with_pain(anna)
    await anna.waits("next_morning", BERLIN)
    await anna.taps(NO_PAIN)
    await anna.taps("Worse")
    await anna.taps("One or more")
    assert await told(anna, "Call 112 now.")


async def test_not_tried_counts_for_nothing(anna):
    first = await runs_with_pain(anna)
    await next_morning(anna, "3", "Didn't try")
    await anna.says("/doctor")
    await anna.taps("Make my summary")
    summary = (await anna.last()).text
    assert "not tried" in summary
    assert "made it worse" not in summary
    assert first in summary


async def test_not_for_me_switches_a_tip_off_for_good(anna):
    since = await mark(anna)
    await checks_in(anna, 3, today="Stiff shoulders")
    [tip] = await tips(anna, since)
    await anna.taps("Not for me")
    assert f"I won't suggest “{tip}” again." in (await told(anna, "Noted.")).text
    since = await mark(anna)
    for _ in range(3):
        await checks_in(anna, 3, today="Stiff shoulders")
    assert tip not in await tips(anna, since)


async def test_a_second_tip_comes_on_request_and_no_third(anna):
    await checks_in(anna, 3, today="Stiff shoulders")
    first = await told(anna, "When to stop")
    since = await mark(anna)
    await anna.taps("Another tip")
    assert len(await tips(anna, since)) == 1
    assert "Another tip" not in (await anna.last()).buttons
    old = first.callback("Another tip")
    await anna.forges(first.message_id, old)
    assert "That was all I have for today." in (await anna.last()).text
    assert len(await tips(anna, since)) == 1
    assert len(set(await tips(anna))) == 2


async def test_show_me_shows_the_movement(anna):
    await checks_in(anna, 2, today="Stiff shoulders")
    await anna.taps("Show me")
    shown = await anna.last()
    assert shown.kind == "animation"
    assert "When to stop" in shown.text


async def test_the_tip_fits_what_the_runner_said(town):
    fitting = {
        "Stiff shoulders": "Shoulder rolls",
        "Longer or faster than usual": "Cat and cow",
        "Back tires easily": "Draw the shoulder blades back",
    }
    for number, (today, tip) in enumerate(fitting.items(), start=1):
        chat = await settles(town, number)
        await fills_profile(chat)
        since = await mark(chat)
        await checks_in(chat, 2, today=today)
        assert await tips(chat, since) == [tip], today


async def test_core_work_waits_while_pain_is_new_or_strong(anna):
    await checks_in(anna, 5, today="Back tires easily")
    await anna.taps("Another tip")
    assert not {"Plank", "Side plank", "A steady middle"} & set(await tips(anna))


async def test_at_most_four_tips_a_week_come_unasked(anna):
    for _ in range(20):
        await anna.says("/checkin")
        await anna.taps(NO_PAIN)
        await anna.waits("PT8H")
    shown = await tips(anna)
    assert 1 <= len(shown) <= 4
    unasked = [
        one for one in await anna.bot_messages() if "A tip for days without pain" in one.text
    ]
    assert all(one.silent for one in unasked)
    assert "Not for me" in unasked[0].buttons


async def test_an_unasked_tip_is_no_reason_to_ask_whether_it_helped(anna):
    await anna.says("0")
    assert await tips(anna)
    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.waits("next_morning", BERLIN)
    await anna.taps(NO_PAIN)
    assert "Thanks. No pain today." in (await told(anna, "Good morning")).text
