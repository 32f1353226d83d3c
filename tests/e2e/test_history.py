"""/history in the chat: one picture, its words, and the week that comes by itself."""

from __future__ import annotations

from io import BytesIO

import httpx
from PIL import Image
from support.conversation import (
    checks_in,
    denies_both_lists,
    has_a_same_day_sign,
    mark,
    never_told,
    news,
    told,
)
from support.sandbox_client import Chat, Message
from support.town import Town

WEEK = "Your week"


async def picture(town: Town, message: Message) -> bytes:
    """The photo of a message, as the phone loads it."""
    async with httpx.AsyncClient(base_url=town.running.url, verify=False) as phone:  # noqa: S501 - plain HTTP
        return (await phone.get(message.raw["file"]["url"])).content


async def runs(chat: Chat, kilometres: str) -> None:
    await chat.says("/run")
    await chat.taps("Just finished")
    await chat.taps("+ Distance")
    await chat.taps(kilometres)


async def test_an_empty_history_is_a_picture_too(town: Town, anna: Chat) -> None:
    await anna.says("/history")
    page = await anna.last()
    assert page.kind == "photo"
    assert "Nothing in these days." in page.text
    assert page.buttons == ("Week", "Month", "3 months")
    with Image.open(BytesIO(await picture(town, page))) as drawn:
        assert drawn.width == 1080


async def test_the_words_have_the_numbers_of_the_chat(anna: Chat) -> None:
    await runs(anna, "8 km")
    await anna.taps("Ask me now")
    await anna.taps("4")
    await denies_both_lists(anna)
    await anna.taps("Between the shoulder blades")
    await anna.taps("Stiff shoulders")
    await anna.waits("next_morning", "Europe/Berlin")
    await anna.taps("2")
    await denies_both_lists(anna)
    await anna.taps("No change")
    await anna.says("/history")
    said = (await anna.last()).text
    assert "In short: 1 run (8 km), pain 4 after a run, pain 2 next morning" in said
    assert "Tue 10 Mar: 1 run (8 km), pain 4 after a run, 1 tip" in said
    assert "Wed 11 Mar: pain 2 next morning" in said


async def test_silence_and_signs_are_shown_as_what_they_are(anna: Chat) -> None:
    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.waits("P2D")
    await checks_in(anna, 5)
    await has_a_same_day_sign(anna)
    await anna.says("/history")
    said = (await anna.last()).text
    assert "Tue 10 Mar: 1 run, 1 question without an answer" in said
    assert "sign: Fever, or really ill" in said


async def test_other_periods_change_the_picture_in_place(town: Town, anna: Chat) -> None:
    await checks_in(anna, 3)
    await anna.waits("P9D")
    await checks_in(anna, 2)
    await anna.says("/history")
    week = await anna.last()
    drawn = {week.text.splitlines()[0]: await picture(town, week)}
    for period in ("Month", "3 months"):
        await anna.taps(period)
        page = await anna.last()
        assert page.message_id == week.message_id
        assert page.edited
        drawn[page.text.splitlines()[0]] = await picture(town, page)
    assert list(drawn) == [f"Your last {days} days" for days in (7, 30, 90)]
    assert len(set(drawn.values())) == 3
    await anna.taps("3 months")
    assert (await anna.last()).message_id == week.message_id, "the same once more changes nothing"


async def test_a_week_comes_by_itself_without_a_sound_and_once(town: Town, anna: Chat) -> None:
    await checks_in(anna, 3)
    since = await mark(anna)
    await anna.waits("P6D")
    weeks = [one for one in await news(anna, since) if one.text.startswith(WEEK)]
    assert [(one.kind, one.silent) for one in weeks] == [("photo", True)]
    assert "Monday to Sunday: no runs, pain 3 at another time." in weeks[0].text
    assert town.now().isoweekday() == 1, "it was Sunday in between"


async def test_whoever_stops_it_gets_none(anna: Chat) -> None:
    await anna.says("/settings")
    await anna.taps("Stop the weekly summary")
    assert "Weekly summary: off" in (await anna.last()).text
    await checks_in(anna, 3)
    await anna.waits("P6D")
    assert await never_told(anna, WEEK)


async def test_no_week_is_summed_up_beside_an_open_sign(anna: Chat) -> None:
    await has_a_same_day_sign(anna)
    await anna.waits("P6D")
    assert await never_told(anna, WEEK)


async def test_a_run_far_beyond_the_last_ones_is_noted_with_odds(anna: Chat) -> None:
    await runs(anna, "8 km")
    assert await never_told(anna, "further than your longest")
    await anna.waits("P2D")
    await runs(anna, "10 km")
    note = await told(anna, "25 % further than your longest run of the 30 days before")
    assert "injuries came 1.6 times as often" in note.text


async def test_no_such_note_beside_an_open_sign(anna: Chat) -> None:
    await runs(anna, "8 km")
    logged = await anna.last()
    await anna.waits("P2D")
    await anna.says("/run")
    await anna.taps("Just finished")
    await has_a_same_day_sign(anna)
    await anna.taps("+ Distance")
    await anna.taps("30 km")
    assert logged.message_id != (await anna.last()).message_id
    assert await never_told(anna, "further than your longest")
