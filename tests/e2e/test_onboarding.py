"""The first session: who may use Aftermile, consent, place, and coming back to any step."""

from __future__ import annotations

from support.conversation import (
    HEALTH,
    NONE,
    SOME,
    WRONG,
    has_an_emergency,
    is_tip,
    lines,
    mark,
    news,
    settles,
    stored,
    told,
)

ADULT = "Yes, I'm 18 or older"
AGREE = "Yes, store my answers"
RIGHT = "Yes, that's right"


async def test_a_minor_is_sent_away_kindly_and_nothing_is_stored(town):
    chat = await town.chat()
    await chat.says("/start")
    await chat.taps("No")
    assert "I'm for adults only, and I keep nothing about you." in (await chat.last()).text
    assert "runners" not in stored(town)

    await chat.says("/doctor")
    page = await chat.last()
    assert "When to see whom" in page.text
    await chat.taps(WRONG)
    await chat.taps(SOME)
    alarm = await told(chat, "Call your local emergency number now.")
    assert "<b>112, 911 or 999</b>" in lines(alarm)
    await chat.taps("Another country")
    await chat.says("France")
    assert "<b>15</b>" in lines(await chat.last())
    assert "runners" not in stored(town)


async def test_without_consent_help_and_stretching_work_and_nothing_about_health_is_stored(town):
    chat = await town.chat()
    await chat.says("/start")
    await chat.taps(ADULT)
    await chat.taps("No, thanks")
    assert "I store no answers." in (await chat.last()).text

    await chat.says("/stretch")
    assert "Emergency signs" in (await chat.last()).text
    await chat.taps(NONE)
    await chat.taps("Under 55")
    await chat.taps(NONE)
    movement = await chat.last()
    assert movement.kind == "animation"
    assert movement.text.startswith("Movement 1 of")

    await chat.says("/doctor")
    await chat.taps(WRONG)
    await chat.taps(NONE)
    await chat.taps(SOME)
    assert "I can't follow up." in (await told(chat, "See a doctor today.")).text
    for command in ("/checkin", "/run", "/history", "/settings", "/plan", "/export", "/pause"):
        await chat.says(command)
        assert "For that I need your OK first: /start" in (await chat.last()).text, command
    await chat.says("7")
    assert "If something is wrong, tap here:" in (await chat.last()).text
    assert not stored(town).keys() & {*HEALTH, "deliveries"}

    # What is needed to answer at all goes after two days.
    assert stored(town)["runners"] == 1
    await chat.waits("P2DT2H")
    assert "runners" not in stored(town)


async def test_without_consent_an_emergency_in_the_stretch_screen_is_told_without_exercise(town):
    chat = await town.chat()
    await chat.says("/stretch")
    since = await mark(chat)
    await chat.taps("One of the emergency signs")
    [alarm] = await news(chat, since)
    assert alarm.text.startswith("Call your local emergency number now.")
    assert "I keep nothing about this." in alarm.text
    assert not any(is_tip(message) for message in await chat.messages())
    assert "runners" not in stored(town)


async def test_start_again_resumes_at_every_step_and_resets_nothing(town):
    chat = await town.chat()
    steps = (
        ("Are you 18 or older?", ADULT),
        ("May I store your answers?", AGREE),
        ("Where are you?", "Berlin, Germany"),
        ("Is that right?", RIGHT),
        ("Just ran?", "Not today"),
    )
    for question, answer in steps:
        await chat.says("/start")
        since = await mark(chat)
        await chat.says("/start")
        assert await told(chat, question, since)
        await chat.taps(answer)
    await chat.says("/start")
    assert "Nothing is planned. Ran today? /run" in (await chat.last()).text

    await chat.says("/run")
    await chat.taps("Just finished")
    await chat.says("/start")
    assert "Next check-in: 14:00" in (await chat.last()).text
    await chat.says("/checkin")
    await chat.taps("6")
    await chat.says("/start")
    resumed = await chat.last()
    assert "Pain: 6" in resumed.text
    assert SOME in resumed.buttons
    assert stored(town)["runners"] == 1


async def test_the_place_is_confirmed_with_its_time_and_number(town):
    chat = await town.chat()
    await chat.says("/start")
    await chat.taps(ADULT)
    await chat.taps(AGREE)
    await chat.says("Berlin")
    await chat.taps("Berlin, Germany")
    question = await chat.last()
    assert "It is 13:00 in Berlin, Germany. Is that right?" in question.text
    assert "Emergency number: 112" in question.text

    # Misspelt, then unknown, then shared: each of them leads on.
    await chat.taps("Another city")
    await chat.says("Edinburg uk")
    await chat.taps("Edinburgh, Scotland, United Kingdom")
    assert "It is 12:00 in Edinburgh" in (await chat.last()).text
    await chat.taps("Another city")
    await chat.says("Qwxyzzytown")
    unknown = await chat.last()
    assert "I don't know that city." in unknown.text
    assert WRONG in unknown.buttons
    await chat.sends_location(47.37, 8.54)
    shared = await chat.last()
    assert "Switzerland. Is that right?" in shared.text
    assert "Emergency number: 144" in shared.text

    # The country may be another one than the map says.
    await chat.taps("Another country")
    await chat.says("Narnia")
    assert "I don't know that country." in (await chat.last()).text
    await chat.says("Lichtenstein")
    assert "Liechtenstein" in (await chat.last()).text
    await chat.taps(RIGHT)
    assert (
        "Your time is now Zürich time. Emergency number: 144" in (await told(chat, "Done.")).text
    )
    assert "Just ran?" in (await chat.last()).text


async def test_a_country_without_a_number_says_so(town):
    chat = await town.chat()
    await chat.says("/start")
    await chat.taps(ADULT)
    await chat.taps(AGREE)
    await chat.taps("Nairobi, Kenya")
    await chat.taps("Another country")
    await chat.says("Angola")
    assert "I have no number for Angola yet." in (await chat.last()).text
    await chat.taps(RIGHT)
    assert "112, 911 or 999" in (await told(chat, "Done.")).text


async def test_in_the_uk_the_nhs_line_is_shown_once(town):
    british = await town.chat(1)
    await british.says("/start")
    await british.taps(ADULT)
    await british.taps(AGREE)
    await british.taps("London, England, United Kingdom")
    await british.taps(RIGHT)
    assert "ask for an urgent GP appointment or call 111" in (await told(british, "NHS")).text
    german = await settles(town, 2)
    assert not [one for one in await german.bot_messages() if "NHS" in one.text]


async def test_just_ran_asks_at_once(town):
    chat = await town.chat()
    await chat.says("/start")
    for tap in (ADULT, AGREE, "Berlin, Germany", RIGHT, "Yes, just now"):
        await chat.taps(tap)
    assert "How much pain is in your upper back right now?" in (await chat.last()).text
    assert "once more Wed 11 Mar, 08:00" in (await told(chat, "Run noted")).text


async def test_not_today_shows_what_will_be_asked_and_when(town):
    chat = await settles(town)
    preview = (await chat.last()).text
    for part in ("60 minutes later", "at 08:00", "From 22:00 to 07:00", "/run"):
        assert part in preview


async def test_earlier_asks_how_long_ago(town):
    chat = await town.chat()
    await chat.says("/start")
    for tap in (ADULT, AGREE, "Berlin, Germany", RIGHT, "Yes, earlier", "3 hours ago"):
        await chat.taps(tap)
    assert "Run noted, ended 10:00." in (await chat.last()).text


async def test_a_detour_in_the_first_session_is_no_dead_end(town):
    """After /cancel, or another country in an emergency, a typed city is still a city."""
    chat = await town.chat()
    await chat.says("/start")
    await chat.taps(ADULT)
    await chat.taps(AGREE)
    await chat.says("/cancel")
    await chat.says("/start")
    await chat.says("Nairobi")
    await chat.taps("Nairobi, Kenya")
    await chat.says("/start")
    assert "in Nairobi, Kenya. Is that right?" in (await chat.last()).text
    await chat.says("/doctor")
    await chat.taps("Another country")
    await chat.says("Kenya")
    await chat.says("Nairobi")
    await chat.taps("Nairobi, Kenya")
    await chat.taps(RIGHT)
    assert "Just ran?" in (await chat.last()).text


async def test_an_emergency_before_the_place_is_known_names_the_numbers_that_work_widely(town):
    chat = await town.chat()
    await chat.says("/start")
    await chat.taps(ADULT)
    await chat.taps(AGREE)
    await chat.taps(WRONG)
    await chat.taps(SOME)
    alarm = await told(chat, "Call your local emergency number now.")
    assert "<b>112, 911 or 999</b>" in lines(alarm)
    since = await mark(chat)
    await chat.waits("PT15M")
    assert await told(chat, "Have you reached help?", since)


async def test_a_first_question_left_unanswered_cannot_delete_a_grown_record(town):
    """An old "No" to "Are you 18?" further up must not wipe what was stored since."""
    chat = await town.chat()
    await chat.says("/start")
    first = await chat.last()
    await chat.says("/start")
    for tap in (ADULT, AGREE, "Berlin, Germany", RIGHT, "Not today"):
        await chat.taps(tap)
    await has_an_emergency(chat)
    await chat.taps_on(first, "No")
    assert "Delete everything I know about you?" in (await told(chat, "Delete")).text
    assert stored(town)["escalations"] == 1


async def test_a_no_after_a_yes_does_not_pretend_that_nothing_is_stored(town):
    chat = await town.chat()
    await chat.says("/start")
    await chat.taps(ADULT)
    await chat.says("/start")
    question = await chat.last()
    await chat.taps(AGREE)
    asked = [one for one in await chat.bot_messages() if "No, thanks" in one.buttons]
    await chat.taps_on((asked or [question])[0], "No, thanks")
    assert "Delete everything" in (await told(chat, "Delete everything I know")).buttons
    assert not [one for one in await chat.bot_messages() if "I store no answers." in one.text]
