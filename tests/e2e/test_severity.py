"""What the ratings say by themselves, and together with the past and the profile."""

from __future__ import annotations

from support.conversation import (
    BLADES,
    NO_PAIN,
    NONE,
    checks_in,
    denies_both_lists,
    fills_profile,
    mark,
    never_told,
    news,
    rates,
    settles,
    tips,
    told,
)

EXERCISES = {
    "Shoulder rolls",
    "Cat and cow",
    "Doorway stretch",
    "Lean back over a chair",
    "Draw the shoulder blades back",
    "Plank",
    "Side plank",
}


async def test_seven_or_more_needs_a_look_and_no_exercise_for_a_day(anna):
    await checks_in(anna, 7)
    advice = await told(anna, "Please see a doctor or physio in the next days.")
    assert "Because: Pain of 7 or more" in advice.text
    assert not EXERCISES & set(await tips(anna))
    await anna.taps("Another tip")
    assert not EXERCISES & set(await tips(anna))

    await anna.says("/stretch")
    assert "No exercises today." in (await anna.last()).text
    await anna.waits("PT20H")
    since = await mark(anna)
    await checks_in(anna, 2)
    await anna.taps("Another tip")
    shown = await tips(anna, since)
    assert shown
    assert not EXERCISES & set(shown)

    await anna.waits("PT5H")
    since = await mark(anna)
    await checks_in(anna, 2)
    assert EXERCISES & set(await tips(anna, since))
    await anna.says("/stretch")
    assert (await anna.last()).text.startswith("Movement 1 of")


async def test_nine_and_ten_need_a_doctor_today_after_the_lists(town):
    for number, rating in enumerate((9, 10), start=1):
        chat = await settles(town, number)
        await fills_profile(chat)
        await rates(chat, rating)
        since = await mark(chat)
        await chat.taps(NONE)
        assert not await news(chat, since), "the lists come first: it may be worse"
        await chat.taps(NONE)
        alarm = await told(chat, "See a doctor today.", since)
        assert "I have upper back pain of 9 or 10 out of 10." in alarm.text
        assert not await tips(chat)


async def test_a_nine_left_at_the_lists_is_still_told(anna):
    await rates(anna, 9)
    since = await mark(anna)
    await anna.waits("PT45M")
    assert await told(anna, "See a doctor today.", since)
    await anna.taps("I was seen")

    await rates(anna, 9)
    await anna.taps(NONE)
    since = await mark(anna)
    await anna.taps("Stop here")
    assert await told(anna, "See a doctor today.", since)
    assert not await tips(anna)


async def test_two_sevens_within_two_days_need_a_doctor_today(anna):
    await checks_in(anna, 7)
    await anna.waits("PT47H")
    since = await mark(anna)
    await rates(anna, 8)
    await denies_both_lists(anna)
    alarm = await told(anna, "See a doctor today.", since)
    assert "upper back pain that was 7 or more twice in 48 hours" in alarm.text
    assert not await tips(anna, since)


async def test_two_sevens_further_apart_do_not(anna):
    await checks_in(anna, 7)
    await anna.waits("PT49H")
    since = await mark(anna)
    await checks_in(anna, 7)
    assert await never_told(anna, "See a doctor today.", since)
    assert await told(anna, "Please see a doctor or physio in the next days.", since)


async def test_worse_next_morning_needs_a_look(anna):
    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.taps("Ask me now")
    await anna.taps("2")
    await denies_both_lists(anna)
    for tap in (BLADES, "Stiff shoulders"):
        await anna.taps(tap)
    await anna.waits("next_morning", "Europe/Berlin")
    since = await mark(anna)
    await anna.taps("4")
    await denies_both_lists(anna)
    await anna.taps("No change")
    advice = await told(anna, "Please see a doctor or physio in the next days.", since)
    assert "Because: Worse next morning" in advice.text


async def test_a_history_of_cancer_with_pain_needs_a_doctor_once_an_episode(anna):
    await fills_profile(anna, "Cancer, now or in the past")
    await anna.says("0")
    assert await never_told(anna, "See a doctor today."), "no pain, no reason"

    since = await mark(anna)
    await rates(anna, 2)
    await denies_both_lists(anna)
    alarm = await told(anna, "See a doctor today.", since)
    assert "and my back pain is new" in alarm.text
    assert not await tips(anna, since)
    await anna.taps("I was seen")

    since = await mark(anna)
    await anna.waits("P1D")
    await checks_in(anna, 2)
    assert await never_told(anna, "See a doctor today.", since), "once an episode"
    assert await tips(anna, since)

    await anna.waits("P15D")
    since = await mark(anna)
    await rates(anna, 2)
    await denies_both_lists(anna)
    assert await told(anna, "See a doctor today.", since), "a new episode"


async def test_fragile_bones_learned_from_the_profile_question_count_at_once(town):
    chat = await settles(town)
    since = await mark(chat)
    await checks_in(chat, 2)
    await chat.taps("Fragile bones or long steroid use")
    await chat.taps("Done")
    assert await told(chat, "See a doctor today.", since)
    assert not await tips(chat, since)


async def test_prefer_not_to_say_blocks_the_same_tips_as_a_yes(town):
    chat = await settles(town)
    await checks_in(chat, 2, today="Stiff shoulders")
    await chat.taps("Prefer not to say")
    for _ in range(2):
        assert not EXERCISES & set(await tips(chat))
        if "Another tip" in await chat.buttons():
            await chat.taps("Another tip")
    assert await never_told(chat, "See a doctor today."), "unsaid is no history of cancer"
    await chat.says("/stretch")
    assert "No movement in my set fits your profile." in (await chat.last()).text


async def test_a_zero_after_all_is_no_alarm(anna):
    await rates(anna, 9)
    await anna.taps("Back")
    await anna.taps(NO_PAIN)
    assert await told(anna, "Thanks. No pain today.")
    await anna.waits("PT2H")
    assert await never_told(anna, "See a doctor today.")


async def test_a_severe_rating_given_late_keeps_exercises_off_as_well(anna):
    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.waits("PT1H")
    await anna.waits("PT22H")
    await anna.taps("Answer late")
    await anna.taps("8")
    await denies_both_lists(anna)
    await anna.taps(BLADES)
    await anna.taps(NONE)
    await anna.waits("PT6H")
    await anna.says("/stretch")
    assert "No exercises today." in (await anna.last()).text
