"""/undo and /cancel: the last thing back, never anything about safety."""

from __future__ import annotations

from support.conversation import (
    BLADES,
    NO_PAIN,
    NONE,
    checks_in,
    mark,
    news,
    rates,
    stored,
    tips,
    told,
)
from support.database import on_both

pytestmark = on_both


async def test_undo_takes_the_last_answer_back_and_asks_it_again(anna):
    await rates(anna, 3)
    await anna.taps(NONE)
    await anna.says("/undo")
    again = await anna.last()
    assert "Chest pain, pressure or tightness" in again.text
    assert "Pain: 3" in again.text
    await anna.says("/undo")
    again = await anna.last()
    assert "How much pain" in again.text
    assert "Pain:" not in again.text


async def test_undo_reopens_a_finished_check_in_and_decides_anew(anna):
    await checks_in(anna, 7, today="Stiff shoulders")
    assert await told(anna, "Please see a doctor or physio in the next days.")
    for _ in range(5):
        await anna.says("/undo")
    assert "How much pain" in (await anna.last()).text
    since = await mark(anna)
    for tap in ("2", NONE, NONE, BLADES, "Stiff shoulders"):
        await anna.taps(tap)
    advice = await told(anna, "How much", since)
    assert "in the next days" not in advice.text
    assert "Show me" in advice.buttons, "the 7 that was taken back forbids no exercise"


async def test_undo_after_no_pain(anna):
    await anna.says("/checkin")
    await anna.taps(NO_PAIN)
    await anna.says("/undo")
    assert "How much pain" in (await anna.last()).text
    await anna.taps("4")
    assert "Chest pain, pressure or tightness" in (await anna.last()).text


async def test_undo_takes_a_run_back_with_its_check_ins(anna):
    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.says("/undo")
    undone = await anna.last()
    assert "Taken back: the run that ended 13:00." in undone.text
    assert "Its check-ins won't come." in undone.text
    since = await mark(anna)
    await anna.waits("P1D")
    assert not await news(anna, since)
    await anna.says("/undo")
    assert "There is nothing I can take back." in (await anna.last()).text


async def test_undo_goes_by_what_came_last(anna):
    await rates(anna, 3)
    await anna.taps(NONE)
    await anna.taps(NONE)
    await anna.taps("Stop here")
    await anna.waits("PT1M")
    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.says("/undo")
    assert "Taken back: the run" in (await anna.last()).text
    await anna.says("/undo")
    assert "And any of these?" in (await anna.last()).text


async def test_undo_gives_up_after_a_day_and_a_half(anna):
    await checks_in(anna, 2)
    await anna.waits("PT37H")
    since = await mark(anna)
    await anna.says("/undo")
    assert "There is nothing I can take back." in (await told(anna, "take back", since)).text


async def test_cancel_leaves_what_was_asked(town, anna):
    await anna.says("/cancel")
    assert "There is nothing to cancel." in (await anna.last()).text
    await rates(anna, 3)
    await anna.says("/cancel")
    assert "Cancelled." in (await anna.last()).text
    stopped = await told(anna, "Closed here.")
    assert "Something is wrong" in stopped.buttons
    assert not await tips(anna)

    await anna.says("/run")
    await anna.says("/cancel")
    await anna.says("18:30")
    assert "I can't read that yet." in (await anna.last()).text
    assert "runs" not in stored(town)
