"""/stretch and /tips: advice somebody looks up, behind one look at the signs."""

from __future__ import annotations

from support.conversation import (
    NONE,
    SOME,
    WRONG,
    checks_in,
    fills_profile,
    is_tip,
    mark,
    news,
    rates,
    settles,
    tips,
    told,
)


async def test_the_guided_set_from_the_first_look_to_how_was_that(anna):
    await anna.says("/stretch")
    screen = await anna.last()
    assert screen.text.count("• ") == 14
    assert not is_tip(screen)
    await anna.taps(NONE)
    movement = await anna.last()
    total = int(movement.text.split(" of ")[1].split()[0])
    assert total >= 5
    for number in range(1, total + 1):
        movement = await anna.last()
        assert movement.text.startswith(f"Movement {number} of {total}")
        assert movement.kind == "animation"
        assert "When to stop" in movement.text
        assert ("Back" in movement.buttons) == (number > 1)
        await anna.taps("Finish" if number == total else "Next")
    over = await anna.last()
    assert "Well done. How was that?" in over.text
    await anna.taps("A bit sore")
    sore = await anna.last()
    assert "Go easier next time" in sore.text
    assert "Something is wrong" in sore.buttons

    # A clean look counts for twelve hours.
    await anna.says("/stretch")
    assert (await anna.last()).text.startswith("Movement 1 of")
    await anna.taps("Next")
    await anna.taps("Back")
    assert (await anna.last()).text.startswith("Movement 1 of")
    await anna.taps("Stop")
    assert "Any movement counts." in (await anna.last()).text
    await anna.waits("PT12H")
    await anna.says("/stretch")
    assert "Emergency signs" in (await anna.last()).text


async def test_a_sign_in_the_first_look_shows_no_movement(anna):
    await anna.says("/stretch")
    since = await mark(anna)
    await anna.taps("One of the emergency signs")
    assert await told(anna, "Call 112 now.", since)
    assert not [one for one in await news(anna, since) if one.kind == "animation"]
    await anna.says("/stretch")
    await anna.taps("A doctor or ambulance crew checked me")

    await anna.says("/stretch")
    await anna.taps("One of the same-day signs")
    assert "Which one is it?" in (await anna.last()).text
    await anna.taps("Fever, or really ill")
    assert await told(anna, "See a doctor today.")
    assert not [one for one in await anna.bot_messages() if one.kind == "animation"]


async def test_the_profile_is_asked_before_the_first_movement(town):
    chat = await settles(town)
    await chat.says("/stretch")
    await chat.taps(NONE)
    question = await chat.last()
    assert "Does any of this fit you?" in question.text
    await chat.taps("Pregnant, or may be")
    await chat.taps("Done")
    movement = await chat.last()
    assert movement.text.startswith("Movement 1 of")
    total = int(movement.text.split(" of ")[1].split()[0])
    for _ in range(total - 1):
        await chat.taps("Next")
    moving = [one for one in await chat.bot_messages() if one.kind == "animation"]
    shown = {one.text.splitlines()[1] for one in moving}
    assert not {"Plank", "Side plank"} & shown


async def test_after_a_seven_there_are_no_exercises_for_a_day(anna):
    await checks_in(anna, 3)
    await anna.says("/tips")
    await anna.taps("When it hurts")
    before = await anna.last()
    assert "Shoulder rolls" in before.buttons
    old_button = before.callback("Shoulder rolls")
    await checks_in(anna, 7)

    await anna.says("/stretch")
    assert "No exercises today." in (await anna.last()).text
    await anna.says("/tips")
    await anna.taps("When it hurts")
    listed = await anna.last()
    assert "Cold pack" in listed.buttons
    assert not {"Shoulder rolls", "Plank", "Cat and cow"} & set(listed.buttons)
    assert "hands and knees" not in listed.text
    assert "Some are left out, going by your answers." in listed.text
    await anna.forges(before.message_id, old_button)
    page = await told(anna, "Not for you right now")
    assert not is_tip(page)


async def test_mild_pain_in_the_upper_back_bars_no_gentle_movement(anna):
    await checks_in(anna, 3)
    await anna.says("/tips")
    await anna.taps("When it hurts")
    await anna.taps("Shoulder rolls")
    page = await anna.last()
    assert is_tip(page)
    assert "Show me" in page.buttons


async def test_pain_elsewhere_leaves_upper_back_exercise_out(anna):
    await checks_in(anna, 3, where="Lower back")
    await anna.says("/tips")
    await anna.taps("When it hurts")
    listed = await anna.last()
    assert "Cold pack" in listed.buttons
    assert "Shoulder rolls" not in listed.buttons


async def test_without_consent_the_tips_can_be_read_after_a_look_at_the_signs(town):
    chat = await town.chat()
    await chat.says("/tips")
    await chat.taps("When it hurts")
    await chat.taps(NONE)
    await chat.taps("Prefer not to say")
    await chat.taps("Cold pack")
    page = await chat.last()
    assert is_tip(page)
    assert "Not for me" not in page.buttons


async def test_the_tips_by_topic(anna):
    await anna.says("/tips")
    menu = await anna.last()
    assert menu.buttons == ("Before it hurts", "When it hurts", "What may add to it")
    await anna.taps("Before it hurts")
    listed = await anna.last()
    assert listed.message_id == menu.message_id
    for topic in ("Every day", "Around your run", "Build some strength"):
        assert topic in listed.text
    await anna.taps("Start slow")
    page = await anna.last()
    for part in ("How", "How much", "Why", "When to stop", "Source:"):
        assert part in page.text
    assert "Before it hurts" in page.buttons
    await anna.taps("Before it hurts")
    await anna.taps("All tips")

    await anna.taps("When it hurts")
    assert "Emergency signs" in (await anna.last()).text
    await anna.taps(NONE)
    await anna.taps("Ask a pharmacist")
    assert "pharmacist" in (await anna.last()).text
    await anna.says("/tips")
    await anna.taps("What may add to it")
    await anna.taps("Rare causes")
    assert "Tell a doctor" in (await anna.last()).text


async def test_a_word_about_medicines_comes_after_the_reasons_against_them(anna):
    await anna.says("/tips")
    await anna.taps("When it hurts")
    await anna.taps(NONE)
    await anna.taps("Ask a pharmacist")
    asked = await anna.last()
    assert "Does one of these fit you?" in asked.text
    assert "Under 18 or over 65" in asked.text
    assert "anti-inflammatory" not in asked.text
    assert {NONE, SOME, "Prefer not to say", WRONG} <= set(asked.buttons)

    await anna.taps(SOME)
    told_whom = await anna.last()
    assert told_whom.message_id == asked.message_id
    assert told_whom.text.endswith("Ask a pharmacist or a doctor first.")
    assert not is_tip(told_whom)

    await anna.taps("When it hurts")
    await anna.taps("Ask a pharmacist")
    assert "Does one of these fit you?" in (await anna.last()).text, "asked each time"
    await anna.taps(NONE)
    page = await anna.last()
    assert is_tip(page)
    assert "Ask a pharmacist if an anti-inflammatory suits you." in page.text
    assert "I name no pill and no amount." in page.text


async def test_a_tip_the_profile_rules_out_is_not_shown(anna):
    await anna.says("/tips")
    await anna.taps("When it hurts")
    await anna.taps(NONE)
    listed = await anna.last()
    assert {"Ask a pharmacist", "A light massage"} < set(listed.buttons)
    old_button = listed.callback("Ask a pharmacist")

    await fills_profile(anna, "Blood thinners")
    await anna.says("/tips")
    await anna.taps("When it hurts")
    assert not {"Ask a pharmacist", "A light massage"} & set((await anna.last()).buttons)
    await anna.forges(listed.message_id, old_button)
    page = await told(anna, "Not for you right now")
    assert "ibuprofen" not in page.text.lower()


async def test_the_first_look_counts_in_a_check_in_as_well(anna):
    await checks_in(anna, 2)
    await anna.says("/stretch")
    assert (await anna.last()).text.startswith("Movement 1 of")


async def test_an_open_question_about_signs_comes_before_any_stretch(anna):
    await rates(anna, 3)
    await anna.says("/stretch")
    assert "Chest pain, pressure or tightness" in (await anna.last()).text
    assert not await tips(anna)


async def stands(chat, message):
    """Whether this message of the bot is still in the chat."""
    return any(one.message_id == message.message_id for one in await chat.bot_messages())


async def test_without_a_record_the_lists_go_when_a_sign_is_tapped(town):
    """Nothing is locked for who has not agreed: the next tap must not lead to a movement."""
    stranger = await town.chat(3)
    await stranger.says("/stretch")
    lists = await stranger.last()
    await stranger.taps("One of the emergency signs")
    assert "112" in (await stranger.last()).text
    assert not await stands(stranger, lists)


async def test_a_movement_goes_away_when_it_is_tapped_beside_an_open_sign(anna):
    await anna.says("/stretch")
    await anna.taps(NONE)
    movement = await anna.last()
    await anna.says("I have chest pain")
    await anna.taps_on(movement, "Next")
    assert not await stands(anna, movement)
    assert "999" in (await anna.last()).text


async def test_nothing_cheerful_is_said_about_the_set_beside_an_open_sign(anna):
    await anna.says("/stretch")
    await anna.taps(NONE)
    total = int((await anna.last()).text.split(" of ")[1].split()[0])
    for number in range(1, total + 1):
        await anna.taps("Finish" if number == total else "Next")
    over = await anna.last()
    await anna.says("I have chest pain")
    await anna.taps_on(over, "Felt good")
    assert not await stands(anna, over)
    assert "Lovely" not in (await anna.last()).text
