"""Both lists: each sign leads to the right urgency, the right number, and to no tip."""

from __future__ import annotations

from support.conversation import (
    EMERGENCY_SIGNS,
    NONE,
    SAME_DAY_SIGNS,
    SOME,
    WRONG,
    checks_in,
    denies_both_lists,
    fills_profile,
    has_an_emergency,
    lines,
    mark,
    news,
    rates,
    settles,
    settles_in_country,
    stored,
    tips,
    told,
)
from support.sandbox_client import Chat


async def test_each_sign_of_the_first_list_is_an_emergency(town):
    for number, (sign, words) in enumerate(EMERGENCY_SIGNS.items(), start=1):
        chat = await settles(town, number)
        await fills_profile(chat)
        await rates(chat, 3)
        since = await mark(chat)
        await chat.taps(SOME)
        [alarm] = await news(chat, since)
        assert alarm.text.startswith("Call 112 now.")
        assert "<b>112</b>" in lines(alarm)
        assert not alarm.silent

        await chat.taps(sign)
        named = await told(chat, "Tell them:")
        assert named.message_id == alarm.message_id
        assert words in named.text
        assert named.text.startswith("Call 112 now.")
        assert not EMERGENCY_SIGNS.keys() & set(named.buttons)
        assert not await tips(chat)


async def test_each_sign_of_the_second_list_needs_a_doctor_today(town):
    for number, (sign, words) in enumerate(SAME_DAY_SIGNS.items(), start=1):
        chat = await settles(town, number)
        await fills_profile(chat)
        await rates(chat, 3)
        await chat.taps(NONE)
        await chat.taps(SOME)
        since = await mark(chat)
        await chat.taps(sign)
        [alarm] = await news(chat, since)
        assert alarm.text.startswith("See a doctor today.")
        assert "<b>116117</b>" in lines(alarm)
        assert "If it gets worse, call 112." in alarm.text
        assert words in alarm.text
        assert not alarm.silent
        assert not await tips(chat)


async def test_the_number_is_that_of_the_runner_s_country(town):
    places = {
        "Chicago, Illinois, United States": "911",
        "São Paulo, Brazil": "192",
        "London, England, United Kingdom": "999",
        "Nairobi, Kenya": "999",
        "Mumbai, India": "112",
        "Singapore, Singapore": "995",
        "Tokyo, Japan": "119",
        "Sydney, New South Wales, Australia": "000",
    }
    for runner, (place, number) in enumerate(places.items(), start=1):
        chat = await settles(town, runner, place)
        alarm = await has_an_emergency(chat)
        assert alarm.text.startswith(f"Call {number} now.")
        assert f"<b>{number}</b>" in lines(alarm)
        assert "Call the local number: 112, 911 or 999." in alarm.text


async def test_a_country_that_was_typed_has_its_own_number(town):
    countries = {"France": "15", "new zealand": "111", "Norway": "113"}
    for runner, (country, number) in enumerate(countries.items(), start=1):
        chat = await settles_in_country(town, runner, country)
        alarm = await has_an_emergency(chat)
        assert f"<b>{number}</b>" in lines(alarm)


async def test_a_country_without_a_known_number_gets_the_three_that_work_widely(town):
    chat = await settles_in_country(town, 1, "Angola")
    alarm = await has_an_emergency(chat)
    assert alarm.text.startswith("Call your local emergency number now.")
    assert "<b>112, 911 or 999</b>" in lines(alarm)


async def test_abroad_the_other_country_s_number_is_one_word_away(anna):
    await has_an_emergency(anna)
    await anna.taps("Another country")
    assert "Which country are you in now?" in (await anna.last()).text
    await anna.says("Absurdistan")
    again = await anna.last()
    assert "I don't know that country" in again.text
    assert "112, 911 or 999" in again.text
    await anna.says("japan")
    assert "<b>119</b>" in lines(await anna.last())
    # The home country stays what it was.
    await anna.says("/doctor")
    assert "<b>112</b>" in lines(await anna.last())


async def test_one_or_more_and_then_silence_is_an_emergency_at_once(anna):
    alarm = await has_an_emergency(anna)
    assert set(EMERGENCY_SIGNS) < set(alarm.buttons)
    assert "I tapped that by mistake" in alarm.buttons
    assert "Which one is it?" in alarm.text

    since = await mark(anna)
    await anna.waits("PT14M")
    assert not await news(anna, since)


async def test_a_same_day_sign_left_unnamed_counts_after_ten_minutes(anna):
    await rates(anna, 4)
    await anna.taps(NONE)
    await anna.taps(SOME)
    since = await mark(anna)
    await anna.waits("PT9M")
    assert not await news(anna, since)
    await anna.waits("PT1M")
    alarm = await told(anna, "See a doctor today.", since)
    assert "at least one sign that should be seen today" in alarm.text
    assert not alarm.silent
    assert not await tips(anna)

    # It can still be named, for whoever will look at it.
    assert {"Fever or ill", "Sore spine", "Burning or rash"} < set(alarm.buttons)
    await anna.taps("Burning or rash")
    named = await told(anna, "burning strip or rash on one side")
    assert named.message_id == alarm.message_id
    assert "Sore spine" not in named.buttons


async def test_a_same_day_sign_named_in_time_is_told_once(anna):
    await rates(anna, 4)
    await anna.taps(NONE)
    await anna.taps(SOME)
    await anna.taps("Sore spine after a knock")
    since = await mark(anna)
    await anna.waits("PT30M")
    assert not await news(anna, since)


async def test_no_pain_but_something_wrong_asks_both_lists(anna):
    await anna.says("/checkin")
    await anna.taps("No pain, but something is wrong")
    assert "Chest pain, pressure or tightness" in (await anna.last()).text
    await anna.taps(NONE)
    await anna.taps("Back")
    await anna.taps(SOME)
    assert (await told(anna, "Call 112 now.")).buttons


async def test_something_is_wrong_works_at_any_time(anna):
    await anna.says("/doctor")
    await anna.taps(WRONG)
    assert "now or since your last run" in (await anna.last()).text
    await anna.taps(NONE)
    since = await mark(anna)
    await anna.taps(NONE)
    checked = await told(anna, "Good to know you checked.", since)
    assert "call someone who can look" in checked.text
    assert not await tips(anna, since)


async def test_nothing_wrong_after_all_records_no_tip_that_was_never_shown(town, anna):
    await anna.says("/checkin")
    await anna.taps("No pain, but something is wrong")
    await anna.taps(NONE)
    await anna.taps(NONE)
    assert not await tips(anna)
    assert "given_tips" not in stored(town)


async def test_a_same_day_answer_does_not_lower_an_open_emergency(anna):
    await has_an_emergency(anna)
    await anna.says("/doctor")
    await anna.taps(WRONG)
    await anna.taps(NONE)
    await anna.taps(SOME)
    await anna.taps("Fever, or really ill")

    await anna.says("/tips")
    lock = await anna.last()
    assert "Call 112 now." in lock.text
    assert "A doctor or ambulance crew checked me" in lock.buttons


async def test_denying_both_lists_again_does_not_end_an_emergency(anna):
    await has_an_emergency(anna)
    await anna.says("/doctor")
    await anna.taps(WRONG)
    await anna.taps(NONE)
    since = await mark(anna)
    await anna.taps(NONE)
    assert any("112" in one.text for one in await news(anna, since))
    await anna.says("/stretch")
    assert "Call 112 now." in (await anna.last()).text


async def says_it_is_in(chat: Chat, place: str) -> None:
    """Check in with pain somewhere else; both lists are denied once."""
    await rates(chat, 3)
    await denies_both_lists(chat)
    await chat.taps("Somewhere else")
    await chat.taps(place)


async def test_pain_in_the_chest_goes_through_both_lists_again_and_needs_a_doctor_today(anna):
    await says_it_is_in(anna, "Chest")
    assert "Chest pain, pressure or tightness" in (await told(anna, "Where: Chest")).text
    await anna.taps(NONE)
    since = await mark(anna)
    await anna.taps(NONE)
    assert "pain in my chest" in (await told(anna, "See a doctor today.", since)).text
    assert not await tips(anna)
    await anna.taps("I was seen")

    await says_it_is_in(anna, "Chest")
    since = await mark(anna)
    await anna.taps(SOME)
    assert await told(anna, "Call 112 now.", since)


async def test_pain_in_the_belly_goes_through_both_lists_again_and_needs_a_look(anna):
    await says_it_is_in(anna, "Belly")
    assert "Chest pain, pressure or tightness" in (await told(anna, "Where: Belly")).text
    await denies_both_lists(anna)
    since = await mark(anna)
    await anna.taps("Stiff shoulders")
    advice = await told(anna, "Please see a doctor or physio in the next days.", since)
    assert "Because: Pain in the belly" in advice.text
    assert "Show me" not in advice.buttons

    await says_it_is_in(anna, "Belly")
    await anna.taps(NONE)
    await anna.taps(SOME)
    await anna.taps("Fever, or really ill")
    assert await told(anna, "See a doctor today.", since)


async def test_pain_outside_the_upper_back_gets_general_care_only(anna):
    await checks_in(anna, 3, where="Lower back", today="Stiff shoulders")
    advice = await told(anna, "Get medical help if it gets worse.")
    assert "away from the upper back" in advice.text
    assert "Show me" not in advice.buttons
    await anna.taps("Another tip")
    assert "Show me" not in (await anna.last()).buttons


async def test_a_same_day_sign_taken_back_and_denied_raises_no_alarm(anna):
    await rates(anna, 4)
    await anna.taps(NONE)
    await anna.taps(SOME)
    await anna.taps("Back")
    await anna.taps(NONE)
    since = await mark(anna)
    await anna.waits("PT11M")
    assert not await news(anna, since)


async def test_a_same_day_sign_taken_back_and_then_silence_counts_all_the_same(anna):
    """Going back is no "none of these"."""
    await rates(anna, 4)
    await anna.taps(NONE)
    await anna.taps(SOME)
    await anna.taps("Back")
    since = await mark(anna)
    await anna.waits("PT10M")
    assert await told(anna, "See a doctor today.", since)


async def test_a_same_day_sign_taken_back_for_a_zero_raises_no_alarm(anna):
    await rates(anna, 4)
    await anna.taps(NONE)
    await anna.taps(SOME)
    for _ in range(3):
        await anna.taps("Back")
    await anna.taps("0 · no pain")
    since = await mark(anna)
    await anna.waits("PT11M")
    assert not await news(anna, since)
