"""Buttons: tapped twice, too late, by somebody else, or never drawn by the bot at all."""

import dataclasses
from enum import StrEnum
from typing import get_type_hints

import pytest
from support.days import (
    answers,
    arrives,
    asked,
    how_often,
    just_ran,
    message,
    passes,
    says_in_pain,
    stored,
    wall,
)

from bot.telegram.callbacks import AdultTap, AnswerTap, ForgetTap, ScreeningTap, SignsTap
from bot.telegram.codec import Callback, unpack

ANSWERS = "SELECT count(*) FROM answers WHERE undone_at IS NULL"
BURIED = "SELECT kind, error FROM dead_updates"
HOSTILE_TEXTS = ("", "0", "\N{SUPERSCRIPT TWO}" * 4, "%s{}/..")
HOSTILE_NUMBERS = (0, 1, 2**31, 10**18 - 1)


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 12:00"))


@pytest.fixture
async def anna(town):
    return await arrives(await town.chat(1), profile=True)


@pytest.fixture
async def bea(town):
    return await arrives(await town.chat(2))


async def prompt_of(chat):
    """Open a check-in; gives its message."""
    await chat.says("/checkin")
    return await message(chat, "Check-in")


def unanswered_taps(town):
    """Taps at which somebody's app still shows a waiting button."""
    taps = town.running.sandbox.callbacks._callbacks.values()
    return [tap.id for tap in taps if tap.answer is None]


async def test_a_double_tap_counts_once_and_is_answered_twice(town, anna):
    prompt = await prompt_of(anna)
    for _ in range(2):
        await anna.taps_on(prompt, "0 · no pain", wait=False)
    await anna.settled()
    assert stored(town, ANSWERS) == [1]
    assert (await anna.toasts())[-2:] == [None, "This one is closed."]
    assert await how_often(anna, "Thanks. No pain today.") == 1


async def test_of_two_quick_different_taps_the_first_counts(town, anna):
    prompt = await prompt_of(anna)
    await anna.taps_on(prompt, "3", wait=False)
    await anna.taps_on(prompt, "0 · no pain", wait=False)
    await anna.settled()
    assert stored(town, ANSWERS) == [1]
    assert "Pain: 3" in (await message(anna, "Check-in")).text
    assert "None of these" in await anna.buttons()


async def test_an_old_button_shows_where_things_stand_and_changes_nothing(town, anna):
    prompt = await prompt_of(anna)
    await answers(anna, "4", "None of these", "None of these")
    await anna.forges(prompt.message_id, prompt.callback("7"))
    assert (await anna.toasts())[-1] == "That one is answered already."
    assert "Pain: 4" in (await message(anna, "Check-in")).text
    assert "2 · One side" in await anna.buttons()
    assert stored(town, ANSWERS) == [3]


async def test_a_button_of_a_closed_check_in_is_politely_declined(town, anna):
    prompt = await prompt_of(anna)
    await passes(town, "2026-03-10 21:00")
    for button in ("4", "0 · no pain", "Later", "Skip"):
        await anna.forges(prompt.message_id, prompt.callback(button))
        assert (await anna.toasts())[-1] in {
            "This one is closed.",
            "That one is answered already.",
        }
    assert stored(town, ANSWERS) == [0]
    assert "Answer late" in (await message(anna, "Check-in")).buttons


async def test_back_pressed_twice_goes_back_twice_and_stops_at_the_first_question(town, anna):
    prompt = await prompt_of(anna)
    await answers(anna, "4", "None of these")
    back = (await message(anna, "Check-in")).callback("Back")
    for _ in range(3):
        await anna.forges(prompt.message_id, back)
    assert "0 · no pain" in await anna.buttons()
    assert stored(town, ANSWERS) == [0]
    assert unanswered_taps(town) == []


async def test_nobody_can_tap_for_somebody_else(town, anna, bea):
    prompt = await prompt_of(anna)
    await says_in_pain(anna, "4")
    tip = await message(anna, "When to stop")
    own = await prompt_of(anna)
    await just_ran(anna)
    run = await message(anna, "Run noted")
    before = stored(town, ANSWERS)
    foreign = [
        (prompt, prompt.callback("7")),
        (own, own.callback("7")),
        (own, own.callback("Later")),
        (own, own.callback("Skip")),
        (run, run.callback("Undo")),
        (run, run.callback("+ Distance")),
        (tip, tip.callback("Not for me")),
        (tip, tip.callback("Another tip")),
    ]
    for there, callback in foreign:
        assert callback is not None
        await bea.forges(there.message_id, callback)
        assert (await bea.toasts())[-1] == "That button belongs to someone else."
    assert stored(town, ANSWERS) == before
    assert stored(town, "SELECT undone_at FROM runs") == [None]
    assert "0 · no pain" in (await message(anna, "Check-in")).buttons


async def test_nobody_can_clear_somebody_elses_emergency(town, anna, bea):
    await prompt_of(anna)
    await answers(anna, "5", "One or more")
    await passes(town, "2026-03-10 12:16")
    for words in ("Call 112 now.", "Have you reached help?"):
        there = await message(anna, words)
        for button in there.buttons:
            await bea.forges(there.message_id, there.callback(button))
    assert stored(town, "SELECT cleared_at FROM escalations") == [None]
    assert stored(town, "SELECT gone_at FROM escalations") == [None]


async def test_a_stranger_with_a_found_button_gets_a_polite_line(town, anna):
    prompt = await prompt_of(anna)
    carl = await town.chat(3)
    await carl.says("hello")
    await carl.forges(prompt.message_id, prompt.callback("7"))
    assert (await carl.toasts())[-1] == "That button is from an earlier time. Nothing changed."
    assert stored(town, ANSWERS) == [0]


async def test_a_prompt_whose_message_is_gone_is_shown_anew(anna):
    prompt = await prompt_of(anna)
    await anna._acts("delete", {"message_id": prompt.message_id}, wait=False)
    await anna.forges(prompt.message_id, prompt.callback("4"))
    anew = await message(anna, "Check-in")
    assert anew.message_id > prompt.message_id
    assert "Pain: 4" in anew.text
    await answers(anna, "None of these", "None of these", "One side", "Stiff shoulders")
    assert (await message(anna, "Check-in")).message_id == anew.message_id
    assert await how_often(anna, "When to stop") == 1


async def test_a_message_too_old_to_edit_is_sent_anew(town, anna):
    await prompt_of(anna)
    await anna.suffers(
        "editMessageText", "400", description="Bad Request: message can't be edited"
    )
    await anna.taps("4")
    assert "Pain: 4" in (await anna.last()).text
    assert stored(town, BURIED) == []


def hostile(kind):
    """Callback data of one kind, four of them, with every field pushed to where it hurts."""
    hints = get_type_hints(kind)
    pools = []
    for field in dataclasses.fields(kind):
        of = hints[field.name]
        if of is bool:
            pools.append((False, True))
        elif of is int:
            pools.append(HOSTILE_NUMBERS)
        else:
            pools.append(tuple(of) if issubclass(of, StrEnum) else HOSTILE_TEXTS)
    turns = range(len(HOSTILE_NUMBERS) if pools else 1)
    return [kind(*(pool[turn % len(pool)] for pool in pools)).pack() for turn in turns]


FORGERIES = [
    *(data for kind in Callback.__subclasses__() for data in hostile(kind)),
    *("", ":", "ci1", "ci1:", "ci1:1", "ci1:1:nrs", "ci1:1:nrs:7:8", "ci0:1:nrs:7", "ci2:1:nrs:7"),
    *(
        "CI1:1:nrs:7",
        "ci1:-1:nrs:7",
        "ci1:1e3:nrs:7",
        "ci1:1:xyz:7",
        "ci1:1:nrs:11",
        "ci1:1:nrs:-1",
    ),
    *("ci1:\N{ARABIC-INDIC DIGIT ONE}:nrs:7", "ci1:1:nrs:\N{ARABIC-INDIC DIGIT SEVEN}", "x" * 64),
    *("lv1:1:done", "lv1:1:locked", "pd1:8:1830:1", "pd1:0123456:2460:1", "pd1:00000:1830:1"),
]
# The first two end everything, the others open a safety question that hides what comes after.
ENDS_IT_ALL = {ForgetTap(confirmed=True).pack(), AdultTap(adult=False).pack()}
ASKS_FIRST = (SignsTap.CODE, ScreeningTap.CODE, AnswerTap.CODE)


@pytest.mark.parametrize("situation", ["a check-in is open", "locked", "a stranger"])
async def test_forged_buttons_of_every_kind_are_answered_and_break_nothing(town, situation):
    dora = await town.chat(4)
    if situation == "a stranger":
        await dora.says("hello")
    else:
        await arrives(dora)
        await prompt_of(dora)
    if situation == "locked":
        await answers(dora, "5", "One or more")
    there = (await dora.last()).message_id
    # One of each kind will do where the lock or the lack of consent stands before the button.
    tried = FORGERIES if situation == "a check-in is open" else FORGERIES[1::4]
    for data in sorted(tried, key=lambda data: data.startswith(ASKS_FIRST)):
        if data not in ENDS_IT_ALL:
            await dora.forges(there, data)
    assert stored(town, BURIED) == []
    assert unanswered_taps(town) == []
    if situation != "a check-in is open":
        assert stored(town, "SELECT count(*) FROM given_tips") == [0]


async def test_forgeries_leave_the_chat_working(anna):
    await prompt_of(anna)
    for data in FORGERIES[-12:]:
        await anna.forges((await anna.last()).message_id, data, wait=False)
    await anna.settled()
    await anna.says("/checkin")
    await anna.taps("0 · no pain")
    assert await how_often(anna, "Thanks. No pain today.") == 1
    assert all(line.startswith("Tue 12:00") for line in await asked(anna))


def test_every_kind_of_button_is_tried():
    assert {data.partition(":")[0] for data in FORGERIES} >= {
        kind.CODE for kind in Callback.__subclasses__()
    }
    assert unpack("ci2:1:nrs:7") == unpack("nonsense")
