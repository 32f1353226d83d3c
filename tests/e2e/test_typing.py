"""Whatever a runner types, sends, edits or a broken client injects gets a fitting answer."""

from __future__ import annotations

import pytest
from support.conversation import (
    BLADES,
    NONE,
    SOME,
    WRONG,
    has_an_emergency,
    lines,
    mark,
    news,
    rates,
    settles,
    stored,
    told,
)
from support.sandbox_client import Chat


async def offers_the_signs(chat: Chat) -> bool:
    """Whether the bot's last answer has the signs button and the number."""
    said = await chat.last()
    return WRONG in said.buttons and "112" in said.text


async def test_ratings_may_be_typed_in_plain_words(anna):
    typed = {
        "7": 7,
        "7/10": 7,
        "seven": 7,
        "about a 4": 4,
        "Seven out of ten.": 7,
        "  3  ": 3,
        "it's a 2 I think": 2,
        "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT ZERO}": 10,
        "5️⃣": 5,
        "four!": 4,
    }
    await anna.says("/checkin")
    question = await anna.last()
    for text, rating in typed.items():
        await anna.says(text)
        answered = await anna.last()
        assert answered.message_id == question.message_id, text
        assert f"Pain: {rating}\n" in answered.text, text
        await anna.taps("Back")
    await anna.says("no pain")
    assert await told(anna, "Thanks. No pain today.")


async def test_what_is_more_than_a_rating_is_none(town, anna):
    await anna.says("/checkin")
    for text in (
        "7 and I slept badly",
        "7 but it was windy",
        "3 or 4",
        "not 7",
        "7 7",
        "my pain went from 7 to 3",
        "no",
        "none of your business",
    ):
        await anna.says(text)
        assert await offers_the_signs(anna), text
    for text in ("11", "4.5", "-1", "100", "7/100"):
        await anna.says(text)
        assert await offers_the_signs(anna), text
    for text in ("11", "4.5", "-1"):
        await anna.says(text)
        assert "Please give a whole number from 0 to 10." in (await anna.last()).text, text
    assert "answers" not in stored(town)
    await anna.taps("4")
    assert "Pain: 4" in (await told(anna, "Pain: 4")).text


async def test_a_bare_rating_out_of_the_blue_opens_a_check_in(anna):
    await anna.says("6/10")
    asked = await anna.last()
    assert "Pain: 6" in asked.text
    assert SOME in asked.buttons


async def test_a_number_typed_at_another_question_shows_that_question_again(anna):
    await rates(anna, 3)
    await anna.taps(NONE)
    await anna.taps(NONE)
    since = await mark(anna)
    await anna.says("5")
    stands, again = await news(anna, since)
    assert "Your pain rating stands." in stands.text
    assert "Where is it?" in again.text
    assert "Pain: 3" in again.text
    await anna.taps(BLADES)


async def test_an_open_question_about_signs_comes_first_whatever_is_typed_or_tapped(anna):
    await anna.says("/settings")
    settings = await anna.last()
    await rates(anna, 4)
    question = "now or since your last run"
    for text in ("no", "none", "5", "hello", "/run", "/tips", "/history", "/plan", "/nonsense"):
        await anna.says(text)
        assert question in (await anna.last()).text, text
        assert (await anna.last()).buttons[:2] == (NONE, SOME)
    for kind in ("photo", "voice", "sticker"):
        await anna.sends(kind)
        assert question in (await anna.last()).text
    await anna.taps_on(settings, "Morning question")
    assert question in (await anna.last()).text
    await anna.sends_location(52.5, 13.4)
    assert question in (await anna.last()).text
    await anna.says("/doctor")
    assert "When to see whom" in (await anna.last()).text


@pytest.mark.parametrize("asked", ["Have you reached help?", "Were you seen?"])
async def test_an_open_follow_up_comes_first_as_well(anna, asked):
    await has_an_emergency(anna)
    await anna.waits("PT15M" if "help" in asked else "P1D")
    for text in ("yes", "I am fine now", "/stretch", "/checkin", "7"):
        await anna.says(text)
        assert (await anna.last()).text.startswith(asked), text


async def test_what_the_bot_cannot_open(anna):
    for kind in ("photo", "voice", "video", "sticker", "contact", "dice"):
        await anna.sends(kind)
        said = await anna.last()
        assert "I can't open this." in said.text, kind
        assert await offers_the_signs(anna)
    await anna.sends("photo", caption="is this bad?")
    assert await offers_the_signs(anna)
    await anna.sends_document("run.fit", b"\x0e\x10", caption="my run")
    assert await offers_the_signs(anna)


async def test_an_edited_message_changes_nothing_but_is_answered(town, anna):
    message_id = await anna.says("3")
    await anna.taps(NONE)
    await anna.taps(NONE)
    before = stored(town)["answers"]
    await anna.edits(message_id, "9, I mean")
    assert "I can't change answers when you edit a message." in (await anna.last()).text
    assert await offers_the_signs(anna)
    assert stored(town)["answers"] == before


async def test_a_moving_live_location_is_not_answered_at_every_step(anna):
    since = await mark(anna)
    place = {"latitude": 52.5, "longitude": 13.4, "live_period": 900}
    for step in range(3):
        moved = {**place, "latitude": 52.5 + step / 1000}
        await anna.injects({"edited_message": message(anna, edit_date=step + 1, location=moved)})
    assert not await news(anna, since)


async def test_what_telegram_itself_writes_into_the_chat_is_no_message(anna):
    await has_an_emergency(anna)
    alarm = await anna.last()
    since = await mark(anna)
    pinned = {"message_id": alarm.message_id, "date": 1, "chat": message(anna)["chat"]}
    await anna.injects({"message": message(anna, pinned_message={**pinned, "text": "Call 112"})})
    timer = {"message_auto_delete_time": 86400}
    await anna.injects({"message": message(anna, message_auto_delete_timer_changed=timer)})
    assert not await news(anna, since)


def message(chat: Chat, **content: object) -> dict[str, object]:
    """Make a raw message of this runner."""
    someone = {"id": chat.chat_id, "first_name": "Anna"}
    return {
        "message_id": 900_000,
        "date": 1_770_000_000,
        "from": {**someone, "is_bot": False},
        "chat": {**someone, "type": "private"},
        **content,
    }


async def test_garbage_as_text_is_answered_and_nothing_breaks(town, anna):
    garbage = (
        "x" * 4096,
        "\N{RIGHT-TO-LEFT OVERRIDE}7\N{POP DIRECTIONAL FORMATTING} كيف حالك",
        "\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH JOINER}" * 50 + "7 hurts",
        "<b>bold</b> & <script>alert(1)</script>",
        "'; DROP TABLE runners; --",
        "{ $number } {{ x }} %s %(x)s",
        "👩‍👩‍👧‍👦" * 200,
        "Z̸̡̛a̶l̷g̵o̴" * 100,
        "/",
        "/unknown",
        "//stretch",
        "\\x00\\n\\t",
        "9" * 4000,
    )
    for text in garbage:
        since = await mark(anna)
        await anna.says(text)
        assert await news(anna, since), text[:40]
        assert await offers_the_signs(anna), text[:40]
    assert "dead_updates" not in stored(town)
    await anna.says("0")
    assert await told(anna, "Thanks. No pain today.")


async def test_a_number_with_invisible_marks_around_it_is_still_a_number(anna):
    await anna.says("\N{RIGHT-TO-LEFT MARK}7\N{ZERO WIDTH SPACE}")
    assert await told(anna, "Pain: 7")


@pytest.mark.parametrize("typed", ["/doctor@aftermile_demo_bot", "/DOCTOR", "/doctor please"])
async def test_a_command_may_be_written_in_any_way_telegram_allows(anna, typed):
    await anna.says(typed)
    assert "When to see whom" in (await anna.last()).text


async def test_raw_updates_nobody_foresaw_are_confirmed_and_break_nothing(town, anna):
    since = await mark(anna)
    someone = message(anna)["from"]
    updates = (
        {},
        {"message": message(anna)},
        {"message": message(anna, text="")},
        {"message": {**message(anna, text="hi"), "from": None}},
        {"message": message(anna, story={"id": 1, "chat": message(anna)["chat"]})},
        {"message": message(anna, game={"title": "?", "description": "?", "photo": []})},
        {"message": message(anna, new_field_of_a_later_release={"a": [1]})},
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}}},
        {"message_reaction": {"chat": message(anna)["chat"], "message_id": 1, "date": 1}},
        {"callback_query": {"id": "1", "from": someone, "chat_instance": "1"}},
        {"callback_query": {"id": "2", "from": someone, "chat_instance": "1", "data": ""}},
        {"callback_query": {"id": "3", "from": someone, "chat_instance": "1", "data": "x" * 64}},
        {
            "callback_query": {
                "id": "4",
                "from": someone,
                "chat_instance": "1",
                "inline_message_id": "z",
                "data": "sg1",
            }
        },
        {"inline_query": {"id": "1", "from": someone, "query": "pain", "offset": ""}},
        {"something_new": {"x": 1}},
    )
    for update in updates:
        await anna.injects(update)
    assert "dead_updates" not in stored(town), "none of them is an error"
    assert await never_apologised(anna, since)
    await anna.says("/doctor")
    assert "When to see whom" in (await anna.last()).text


async def never_apologised(chat: Chat, since: int) -> bool:
    return all("something broke" not in one.text for one in await news(chat, since))


async def test_in_a_group_the_bot_says_once_that_it_works_in_private(town):
    chat = await settles(town)
    before = await chat.calls("sendMessage")
    await chat.says("hello everyone", chat="group")
    await chat.says("/checkin", chat="group")
    await chat.says("7", chat="group")
    calls = (await chat.calls("sendMessage"))[len(before) :]
    assert len(calls) == 1
    assert "private chats only" in str(calls[0])
    assert "check_ins" not in stored(town)


async def test_a_stranger_s_first_words_get_help_and_the_way_in(town):
    chat = await town.chat()
    await chat.says("hello, is this the running bot?")
    said = await chat.last()
    assert WRONG in said.buttons
    assert "In an emergency call 112, 911 or 999." in said.text
    assert "/start" in said.text
    await chat.taps(WRONG)
    await chat.taps(SOME)
    assert "<b>112, 911 or 999</b>" in lines(await told(chat, "Call your local emergency number"))
    assert "runners" not in stored(town)


async def test_a_country_that_was_asked_for_does_not_swallow_the_next_rating(anna):
    await anna.says("/doctor")
    await anna.taps("Another country")
    await anna.waits("P1D")
    await anna.says("/checkin")
    await anna.says("4")
    assert await told(anna, "Pain: 4")


async def test_a_run_time_that_was_asked_for_days_ago_does_not_turn_a_rating_into_a_run(
    town, anna
):
    await anna.says("/run")
    await anna.waits("P2D")
    await anna.says("5")
    assert "runs" not in stored(town)
    assert await told(anna, "Pain: 5")
