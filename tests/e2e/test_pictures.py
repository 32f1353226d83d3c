"""Movements and the map of the back, through the real bot: shown in place, uploaded once."""

from __future__ import annotations

import pytest
from support.conversation import (
    NONE,
    checks_in,
    denies_both_lists,
    fills_profile,
    mark,
    news,
    rates,
    settles,
)
from support.database import rows

UNKNOWN = "Bad Request: wrong file identifier/HTTP URL specified"


async def plays(chat):
    """Start the guided set behind a clean look at the signs; the first movement."""
    await chat.says("/stretch")
    await chat.taps(NONE)
    return await chat.last()


async def sent(chat):
    """How each animation went out, oldest first: "file", or its name at Telegram."""
    ways = []
    for call in await chat.calls():
        params = call["params"]
        if call["method"].lower() == "sendanimation":
            ways.append(params["animation"])
        elif call["method"].lower() == "editmessagemedia":
            ways.append(params["media"]["media"])
    return ["file" if isinstance(way, dict) or "attach:" in way else way for way in ways]


async def test_the_player_stays_in_one_message_and_makes_no_sound(anna):
    await anna.says("/stretch")
    asked = await anna.last()
    since = await mark(anna)
    await anna.taps(NONE)
    first = await anna.last()
    assert (first.message_id, first.kind) == (asked.message_id, "animation")
    for button in ("Next", "Next", "Back"):
        await anna.taps(button)
    assert (await anna.last()).text.startswith("Movement 2 of")
    while "Finish" not in (await anna.last()).buttons:
        await anna.taps("Next")
    await anna.taps("Finish")
    await anna.taps("Felt good")
    over = await anna.last()
    assert (over.message_id, over.buttons) == (asked.message_id, ())
    assert not await news(anna, since)

    # The look is clean by now, so the next set opens with its first movement.
    await anna.says("/stretch")
    again = await anna.last()
    assert again.silent
    await anna.taps("Stop")
    stopped = await anna.last()
    assert (stopped.message_id, stopped.buttons) == (again.message_id, ())


async def test_every_step_says_how_how_much_and_when_to_stop(anna):
    movement = await plays(anna)
    while True:
        assert movement.kind == "animation"
        assert movement.raw["file"]["mime"] == "video/mp4"
        assert movement.raw["file"]["size"] < 300_000
        assert "When to stop" in movement.text
        assert len(movement.text.strip().splitlines()) >= 5
        if "Finish" in movement.buttons:
            break
        await anna.taps("Next")
        movement = await anna.last()


async def test_an_animation_goes_up_once_for_everybody(anna, town):
    await plays(anna)
    ben = await settles(town, 2)
    await fills_profile(ben)
    assert (await plays(ben)).kind == "animation"
    first, second = await sent(anna)
    assert first == "file"
    assert second.startswith("animation-")


async def test_what_telegram_forgot_goes_up_again_and_nobody_notices(anna, town):
    await plays(anna)
    await anna.taps("Next")
    await anna.suffers("editMessageMedia", "400", description=UNKNOWN)
    await anna.taps("Back")
    assert (await anna.last()).text.startswith("Movement 1 of")
    assert (await anna.last()).kind == "animation"
    names = rows(town.database_url, "SELECT file_id FROM sent_files")
    assert len(names) == 2
    assert (await sent(anna))[-1] == "file"
    await anna.taps("Next")
    await anna.taps("Back")
    assert (await sent(anna))[-1] in names


async def test_show_me_in_motion_or_as_both_positions(anna):
    await checks_in(anna, 2, today="Stiff shoulders")
    await anna.taps("Show me")
    moving = await anna.last()
    assert (moving.kind, moving.silent, moving.buttons) == ("animation", True, ("Both positions",))
    await anna.taps("Both positions")
    still = await anna.last()
    assert (still.message_id, still.kind) == (moving.message_id, "photo")
    assert still.text == moving.text
    await anna.taps("In motion")
    assert (await anna.last()).kind == "animation"


async def test_while_an_emergency_is_open_no_movement_turns_up(anna):
    await checks_in(anna, 2, today="Stiff shoulders")
    await anna.taps("Show me")
    shown = await anna.last()
    await rates(anna, 3)
    await anna.taps("One or more")
    since = await mark(anna)
    await anna.taps_on(shown, "Both positions")
    assert not [one for one in await news(anna, since) if one.kind != "text"]


@pytest.fixture
async def asked_where(anna):
    """A check-in that asks where it hurts."""
    await rates(anna, 4)
    await denies_both_lists(anna)
    return await anna.last()


async def test_the_map_has_the_numbers_of_the_buttons(anna, asked_where):
    assert asked_where.buttons[:6] == (
        "1 · Between the shoulder blades",
        "2 · One side",
        "3 · Neck and shoulders",
        "4 · Lower back",
        "Somewhere else",
        "Show me a map",
    )
    await anna.taps("Show me a map")
    shown = await anna.last()
    assert (shown.kind, shown.silent) == ("photo", True)
    assert shown.buttons == ("1", "2", "3", "4", "Somewhere else")
    assert shown.message_id > asked_where.message_id


async def test_a_tap_on_the_map_answers_and_takes_the_map_away(anna, asked_where):
    await anna.taps("Show me a map")
    await anna.taps_on(await anna.last(), "3")
    check_in = await anna.last()
    assert check_in.message_id == asked_where.message_id
    assert "Where: Neck and shoulders" in check_in.text
    assert "What fits today?" in check_in.text


async def test_a_map_left_over_is_taken_away_by_a_tap_that_changes_nothing(anna, asked_where):
    await anna.taps("Show me a map")
    left_over = await anna.last()
    await anna.taps_on(asked_where, "2 · One side")
    await anna.taps_on(left_over, "4")
    check_in = await anna.last()
    assert check_in.message_id == asked_where.message_id
    assert "Where: One side" in check_in.text
    assert (await anna.toasts())[-1]


async def test_a_map_too_old_to_be_deleted_loses_its_buttons(anna, asked_where):
    await anna.taps("Show me a map")
    shown = await anna.last()
    refusal = "Bad Request: message can't be deleted for everyone"
    await anna.suffers("deleteMessage", "400", description=refusal)
    await anna.taps_on(shown, "Somewhere else")
    assert (await anna.last()).buttons == ()
    messages = {one.message_id: one for one in await anna.bot_messages()}
    assert "Where is it, then?" in messages[asked_where.message_id].text


@pytest.mark.usefixtures("asked_where")
async def test_the_map_goes_up_once(anna):
    await anna.taps("Show me a map")
    await anna.taps("Show me a map")
    first, second = await anna.calls("sendPhoto")
    assert isinstance(first["params"]["photo"], dict)
    assert second["params"]["photo"].startswith("photo-")


async def test_a_map_of_a_question_that_was_answered_is_an_old_button(anna, asked_where):
    button = asked_where.callback("Show me a map")
    await anna.taps("One side")
    since = await mark(anna)
    await anna.forges(asked_where.message_id, button)
    assert not await news(anna, since)
    assert (await anna.toasts())[-1]
