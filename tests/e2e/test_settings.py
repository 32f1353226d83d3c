"""Settings, the plan, pause, history and the fixed pages."""

from __future__ import annotations

from support.conversation import (
    checks_in,
    has_a_same_day_sign,
    lines,
    mark,
    never_told,
    settles,
)


async def test_every_setting_takes_two_taps_and_shows_what_is_in_force(anna):
    await anna.says("/settings")
    page = await anna.last()
    for line in (
        "First question: 60 minutes after a run",
        "Morning question: 08:00",
        "Quiet hours: 22:00 to 07:00",
        "Reminder: one, if you don't answer",
        "Place: Berlin, Germany",
    ):
        assert line in page.text
    changes = (
        ("First question", "90 min", "First question: 90 minutes after a run"),
        ("Morning question", "07:30", "Morning question: 07:30"),
        ("Quiet hours", "21:00 - 07:00", "Quiet hours: 21:00 to 07:00"),
    )
    for setting, value, line in changes:
        await anna.taps(setting)
        assert "All settings" in (await anna.last()).buttons
        await anna.taps(value)
        page = await anna.last()
        assert line in page.text
    await anna.taps("Turn the reminder off")
    assert "Reminder: off" in (await anna.last()).text
    await anna.taps("Turn the reminder on")
    await anna.taps("Quiet hours")
    await anna.taps("Never silent")
    assert "Quiet hours: none" in (await anna.last()).text
    assert (await anna.last()).message_id == page.message_id, "one page, edited"

    await anna.says("/run")
    await anna.taps("Just finished")
    logged = (await anna.last()).text
    assert "I'll ask 14:30." in logged
    assert "Wed 11 Mar, 07:30" in logged


async def test_another_city_moves_clock_and_number(anna):
    await anna.says("/settings")
    await anna.taps("City and country")
    await anna.taps("Tokyo, Japan")
    await anna.taps("Yes, that's right")
    assert "Your time is now Tokyo time. Emergency number: 119" in (await anna.last()).text
    await anna.says("/settings")
    assert "Place: Tokyo, Japan" in (await anna.last()).text
    await anna.says("/doctor")
    assert "<b>119</b>" in lines(await anna.last())


async def test_the_plan_is_edited_by_ticks_and_lists_the_whole_week(anna):
    await anna.says("/plan")
    assert "No fixed running days." in (await anna.last()).text
    await anna.taps("Running days")
    for tap in ("Wed", "Sat", "Sun", "✓ Sun", "19:30"):
        await anna.taps(tap)
    editor = await anna.last()
    assert {"✓ Wed", "✓ Sat", "Sun", "✓ 19:30"} < set(editor.buttons)
    await anna.taps("Save")
    page = (await anna.last()).text
    assert "Running days: Wed, Sat, done by 19:30" in page
    assert "Wed 11 Mar, 20:30 · running day" in page
    assert "Sat 14 Mar, 20:30 · running day" in page

    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.says("/plan")
    page = (await anna.last()).text
    assert "Tue 10 Mar, 14:00 · after your run" in page
    assert "Wed 11 Mar, 08:00 · morning question" in page
    assert "Travelling?" in (await anna.last()).buttons


async def test_pause_is_silent_and_resume_wakes(anna):
    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.says("/pause")
    await anna.taps("1 day")
    paused = await anna.last()
    assert "Silent until Wed 11 Mar, 13:00." in paused.text
    await anna.says("/settings")
    assert "Paused until Wed 11 Mar, 13:00" in (await anna.last()).text
    since = await mark(anna)
    await anna.waits("PT23H")
    assert await never_told(anna, "How much pain", since)
    await anna.says("/checkin")
    assert "How much pain" in (await anna.last()).text, "asking is always possible"
    await anna.taps("Skip")
    await anna.says("/resume")
    assert "I'm back." in (await anna.last()).text

    await anna.says("/pause")
    await anna.taps("Until I'm back")
    assert "Silent until you're back." in (await anna.last()).text
    await anna.taps("I'm back")
    assert "I'm back." in (await anna.last()).text


async def test_the_summary_for_a_doctor_has_pain_signs_and_runs(anna):
    await checks_in(anna, 5)
    await has_a_same_day_sign(anna)
    await anna.says("/doctor")
    await anna.taps("Make my summary")
    summary = (await anna.last()).text
    assert "Upper back pain (0-10): 4 to 5, from 2 answers" in summary
    assert "Warning signs: Fever, or really ill" in summary
    assert "Same-day or emergency advice: once" in summary


async def test_the_fixed_pages(town):
    chat = await settles(town)
    await chat.says("/help")
    page = await chat.last()
    for command in ("/run", "/checkin", "/stretch", "/doctor", "/tips", "/undo", "/forget"):
        assert command in page.text
    assert "does not replace a doctor" in page.text
    assert "Something is wrong" in page.buttons
    await chat.says("/privacy")
    page = (await chat.last()).text
    for part in ("/export", "/forget", "sealed", "Telegram can see bot chats."):
        assert part in page
    await chat.says("/doctor")
    page = await chat.last()
    for part in ("Emergency signs", "within days", "Numb, tingling or weak", "Not every one was"):
        assert part in page.text
    assert "<b>112</b>" in lines(page)
    assert "<b>116117</b>" in lines(page)
    assert {"Something is wrong", "Make my summary", "Another country"} <= set(page.buttons)
