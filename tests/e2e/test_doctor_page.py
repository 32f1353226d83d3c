"""The page for a doctor, from the chat to the file, against what is stored."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import httpx
import pytest
from support.conversation import (
    BLADES,
    NONE,
    checks_in,
    denies_both_lists,
    fills_profile,
    has_a_same_day_sign,
    has_an_emergency,
    mark,
    meant_otherwise,
    news,
    rates,
    settles,
)
from support.pdf import Pdf
from support.sandbox_client import Chat, Message
from support.town import Town

import bot.drawing
from bot.services.notices import Summary

BERLIN = ZoneInfo("Europe/Berlin")

Rows = dict[str, list[dict[str, Any]]]
"""Everything stored about a runner, by table."""


async def fetched(town: Town, message: Message) -> Pdf:
    """Save the file of a message."""
    async with httpx.AsyncClient(base_url=town.running.url) as http:
        return Pdf((await http.get(message.raw["file"]["url"])).content)


async def makes_a_summary(town: Town, chat: Chat) -> tuple[Message, Pdf]:
    """Go the way a runner goes; the message and its file."""
    await chat.says("/doctor")
    await chat.taps("Make my summary")
    message = await chat.last()
    return message, await fetched(town, message)


async def stored_about(town: Town, chat: Chat) -> Rows:
    """Give every row about a runner, opened, by table: the database's own word."""
    since = await mark(chat)
    await chat.says("/export")
    everything = (await news(chat, since))[0]
    rows: Rows = json.loads((await fetched(town, everything)).content)
    return rows


async def weeks_of_running(chat: Chat) -> None:
    """Runs, ratings of all kinds, every effect of a tip, missed mornings, a sign and a mistake."""
    effects = ["Helped", "No change", "Worse", "Didn't try"]
    for number, (soon, morning) in enumerate([(3, 4), (5, 2), (6, 3), (2, 1)]):
        await chat.says("/run")
        await chat.taps("Just finished")
        await chat.taps("+ Distance")
        await chat.taps("10 km" if number % 2 else "5 km")
        await chat.taps("Ask me now")
        await chat.taps(str(soon))
        await denies_both_lists(chat)
        await chat.taps(BLADES)
        await chat.taps("Stiff shoulders")
        await chat.waits("next_morning", "Europe/Berlin")
        await chat.taps(str(morning))
        await chat.taps(effects[number] if effects[number] in await chat.buttons() else NONE)
        while NONE in await chat.buttons():
            await chat.taps(NONE)
        if effects[number] in await chat.buttons():
            await chat.taps(effects[number])
        await chat.waits("PT30H")
    await rates(chat, 0)
    await chat.says("/run")
    await chat.taps("Just finished")
    await chat.waits("P2D")
    await chat.says("I have chest pain")
    await meant_otherwise(chat)
    await has_a_same_day_sign(chat)


class Rated(NamedTuple):
    """One rating as it is stored."""

    kind: str
    rating: int
    at: datetime


def ratings(rows: Rows) -> list[Rated]:
    """Give every rating that stands, oldest first."""
    kinds = {one["id"]: one["kind"] for one in rows["check_ins"]}
    given = [
        Rated(kinds[one["check_in_id"]], int(one["value"]), read(one["answered_at"]))
        for one in rows["answers"]
        if one["question"] == "nrs" and not one["undone_at"]
    ]
    return sorted(given, key=lambda one: one.at)


def score_row(label: str, told: list[Rated], now: datetime) -> str:
    """Write a row of the scores as it must be printed."""
    week = timedelta(days=7)
    last, highest = told[-1], max(told, key=lambda one: (one.rating, one.at))
    parts = [
        [one.rating for one in told if one.at >= now - week],
        [one.rating for one in told if now - 2 * week <= one.at < now - week],
        [one.rating for one in told],
    ]
    means = [f"{sum(ones) / len(ones):.1f} (n = {len(ones)})" if ones else "—" for ones in parts]
    ends = [f"{one.rating} ({day(one.at)})" for one in (last, highest)]
    return " ".join((label, ends[0], *means, ends[1]))


def read(written: str) -> datetime:
    """Read a stored instant."""
    return datetime.fromisoformat(written)


def day(at: datetime) -> str:
    """Write an instant's day as the page does."""
    here = at.astimezone(BERLIN)
    return f"{here.day} {here:%b}"


def scores(rows: Rows, now: datetime) -> Iterator[str]:
    """Write the whole table of scores, and how many were answered."""
    told = ratings(rows)
    for label, kinds in (
        ("After a run", {"soon_after"}),
        ("Next morning", {"morning"}),
        ("Other times", {"asked", "planned"}),
        ("All", {"soon_after", "morning", "asked", "planned"}),
    ):
        yield score_row(label, [one for one in told if one.kind in kinds], now)
    answered = {one["check_in_id"] for one in rows["answers"] if one["question"] == "nrs"}
    asked = [
        one
        for one in rows["check_ins"]
        if one["kind"] != "read" and (one["id"] in answered or one["closed"] == "expired")
    ]
    yield f"{len(told)} of {len(asked)} check-ins were answered."


def signs(rows: Rows) -> Iterator[str]:
    """Write the one sign that was none by mistake."""
    [sign] = [one for one in rows["escalations"] if one["cleared"] != "mistake"]
    at = read(sign["opened_at"]).astimezone(BERLIN)
    yield f"{day(at)}, {at:%H:%M} Fever, or really ill Be seen today Open, not seen"
    yield "Left out: 1 sign that the runner called a mistake."


def decisions(rows: Rows) -> Iterator[str]:
    """Write how often the bot answered what."""
    pains = {
        one["check_in_id"]
        for one in rows["answers"]
        if one["question"] == "nrs" and not one["undone_at"] and one["value"] != "0"
    }
    count = Counter(
        one["urgency"]
        for one in rows["decisions"]
        if not one["superseded_at"]
        and "chest-pain" not in (one["findings"] or ())
        and (one["urgency"] != "self_care" or one["check_in_id"] in pains)
    )
    yield (
        f"Call for help now {count['emergency']}, Be seen today {count['urgent']}, "
        f"Be seen within days {count['routine']}, Care at home {count['self_care']}"
    )


def runs(rows: Rows) -> Iterator[str]:
    """Write the runs and how far they were."""
    standing = [one for one in rows["runs"] if not one["undone_at"]]
    far = [one["distance_km"] for one in standing if one["distance_km"]]
    longest = f"longest {max(far):.1f} km"
    yield f"{len(standing)} runs, {sum(far):.1f} km in {len(far)} of them, {longest}"


def tips(rows: Rows, town: Town) -> Iterator[str]:
    """Write a line for each tip with all its effects."""
    for tip_id in {one["tip_id"] for one in rows["given_tips"]}:
        effects = Counter(one["effect"] for one in rows["given_tips"] if one["tip_id"] == tip_id)
        told = [effects[kind] for kind in ("helped", "same", "worse", "not_tried", None)]
        name = town.bot.library.texts.say("en", f"tip-{tip_id}")
        yield " ".join((name, *map(str, (effects.total(), *told))))


async def test_every_number_on_the_page_is_that_of_the_database(town, anna):
    await weeks_of_running(anna)
    message, pdf = await makes_a_summary(town, anna)
    rows = await stored_about(town, anna)
    for line in (
        *scores(rows, town.now()),
        *signs(rows),
        *decisions(rows),
        *runs(rows),
        *tips(rows, town),
    ):
        assert line in pdf.text, line
    assert "Chest" not in pdf.text, "what was misread is no sign"
    numbers = [one.rating for one in ratings(rows)]
    said = f"{min(numbers)} to {max(numbers)}, from {len(numbers)} answers"
    assert f"Upper back pain (0-10): {said}" in message.text


async def test_the_page_is_a_file_to_keep_and_to_send_on(town, anna):
    await checks_in(anna, 4)
    message, pdf = await makes_a_summary(town, anna)
    assert (message.kind, pdf.pages) == ("document", 1)
    assert message.raw["file"]["name"] == "upper-back-2026-03-10.pdf"
    assert message.raw["file"]["mime"] == "application/pdf"
    for call in await anna.calls("sendDocument"):
        assert not call["params"].get("protect_content")
    assert "Read it before you send it on." in message.text
    left = [one.suffix for one in town.folder.rglob("*") if one.is_file()]
    assert ".pdf" not in left, "it is made, sent and forgotten"


async def test_another_period_takes_the_place_of_the_first(town, anna):
    await checks_in(anna, 7)
    await anna.waits("P20D")
    await checks_in(anna, 2)
    message, six = await makes_a_summary(town, anna)
    assert message.buttons == ("2 weeks", "✓ 6 weeks", "All")
    assert "All 2 (30 Mar)" in six.text
    assert "2 (n = 2)" not in six.text
    for label, answers, says in (
        ("2 weeks", 1, "Last 2 weeks"),
        ("All", 2, "Since 10 Mar 2026"),
    ):
        await anna.taps(label)
        changed = await anna.last()
        assert changed.message_id == message.message_id
        assert changed.edited
        assert says in changed.text.replace("\N{NO-BREAK SPACE}", " ")
        assert (
            f"(n = {answers}) {7 if answers == 2 else 2} (" in (await fetched(town, changed)).text
        )
        assert f"✓ {label}" in changed.buttons


async def test_a_sign_typed_beside_an_open_emergency_is_told_to_the_doctor(town, anna):
    await anna.says("I have chest pain")
    await anna.waits("PT5M")
    await anna.says("my left hand is numb")
    message, pdf = await makes_a_summary(town, anna)
    assert "10 Mar, 13:05 One arm, hand or leg numb or weak Be seen today Open" in pdf.text
    assert "10 Mar, 13:00 Chest, jaw or arm pain Call for help now Open" in pdf.text
    assert "One arm, hand or leg numb or weak" in message.text
    await anna.says("/why")
    assert "One arm, hand or leg numb or weak" in (await anna.last()).text


@pytest.mark.parametrize("has_record", [True, False])
async def test_it_is_made_while_an_emergency_is_open_and_with_nothing_to_tell(
    town, anna, has_record
):
    if has_record:
        await has_an_emergency(anna)
    message, pdf = await makes_a_summary(town, anna)
    assert ("Open, not seen" in pdf.text) is has_record
    assert ("Warning signs: none" in message.text) is not has_record


async def test_a_runner_in_america_gets_letter_paper(town):
    chat = await settles(town, 3, place="New York City, New York, United States")
    await fills_profile(chat)
    await rates(chat, 0)
    _, pdf = await makes_a_summary(town, chat)
    assert pdf.size == (612, 792)
    assert "Made 10 Mar 2026, 08:00, New York City time" in pdf.text


async def test_pages_are_printed_one_at_a_time_and_off_the_event_loop(town, anna, monkeypatch):
    chats = [anna, *[await settles(town, number) for number in (2, 3)]]
    printing, at_once, draw = [], [], bot.drawing.render

    def watched(scene, notice):
        if not isinstance(notice, Summary):
            return draw(scene, notice)
        printing.append(threading.current_thread())
        at_once.append(len(printing))
        screen = draw(scene, notice)
        assert printing.pop() is not threading.main_thread()
        return screen

    monkeypatch.setattr(bot.drawing, "render", watched)
    for chat in chats:
        await chat.says("/doctor")
    await asyncio.gather(*(chat.taps("Make my summary") for chat in chats))
    assert at_once == [1, 1, 1]


@pytest.mark.parametrize("kind", ["502", "reset", "429", "accepted_no_answer"])
async def test_a_file_that_did_not_get_through_is_sent_again(town, anna, kind):
    await anna.suffers("sendDocument", kind, times=1)
    await checks_in(anna, 3)
    message, pdf = await makes_a_summary(town, anna)
    assert (message.kind, pdf.pages) == ("document", 1)


async def test_the_button_of_an_earlier_release_still_works(anna):
    await anna.says("/doctor")
    page = await anna.last()
    assert page.callback("Make my summary") == "sm1"
    await anna.taps("Make my summary")
    assert "6 weeks" in (await anna.last()).text
