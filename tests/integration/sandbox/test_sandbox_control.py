"""The control API: what tests and the chat page rely on."""

import json
import time
from datetime import datetime, timedelta

import pytest

from bot.sandbox.server import NO_LIMITS, Sandbox


async def test_a_runner_is_made_by_acting_and_can_be_renamed(bot, control):
    await control.says("hi", runner=3)
    made = await control.post("runners/3", first_name="Ada", last_name="L", language_code="de")
    assert (made["n"], made["chat_id"], made["blocked"]) == (3, 1003, False)
    await control.says("again", runner=3)
    before, after = (update.effective_user for update in await bot.get_updates())
    assert before.first_name != "Ada"
    assert (after.full_name, after.language_code) == ("Ada L", "de")
    assert [runner["n"] for runner in (await control.get("state"))["runners"]] == [3]


@pytest.mark.parametrize("wish", [{"blocked": True}, {"first_name": 7}])
async def test_a_runner_has_names_and_a_language_only(control, wish):
    assert (await control.refused("runners/1", **wish))[0] == 400


async def test_runners_are_numbered_from_one(control):
    assert (await control.refused("runners/0/text", text="x"))[0] == 404


async def test_a_command_is_marked_as_one(bot, control):
    await control.says("/start contact_abc")
    (update,) = await bot.get_updates()
    (entity,) = update.message.entities
    assert (entity.type, entity.offset, entity.length) == ("bot_command", 0, 6)


async def test_a_message_can_answer_another(bot, runner, control):
    sent = await bot.send_message(runner, "Which?")
    await control.says("this", reply_to=sent.message_id)
    update = (await bot.get_updates())[-1]
    assert update.message.reply_to_message.text == "Which?"
    assert (await control.refused("runners/1/text", text="x", reply_to=99))[0] == 404


@pytest.mark.parametrize(
    ("act", "attribute"),
    [
        ("photo", "photo"),
        ("voice", "voice"),
        ("video", "video"),
        ("sticker", "sticker"),
        ("contact", "contact"),
        ("dice", "dice"),
    ],
)
async def test_a_runner_can_send_what_the_bot_cannot_read(bot, control, act, attribute):
    did = await control.post(f"runners/1/{act}", caption="look")
    (update,) = await bot.get_updates()
    assert getattr(update.message, attribute)
    assert update.message.message_id == did["message_id"]
    assert (await control.seen())["kind"] == act


async def test_a_caption_goes_with_a_picture(bot, control):
    await control.post("runners/1/photo", caption="my back")
    assert (await bot.get_updates())[0].message.caption == "my back"


async def test_a_location_is_shared_in_degrees(bot, control):
    await control.post("runners/1/location", latitude=52.5, longitude=13.4)
    (update,) = await bot.get_updates()
    assert (update.message.location.latitude, update.message.location.longitude) == (52.5, 13.4)
    assert (await control.seen())["location"] == {"latitude": 52.5, "longitude": 13.4}
    assert (await control.refused("runners/1/location", latitude=91, longitude=0))[0] == 400


async def test_an_edited_message_is_an_update_of_its_own(bot, control, clock):
    did = await control.says("/run was all fine")
    photo = await control.post("runners/1/photo", caption="fine")
    clock.advance(timedelta(seconds=9))
    await control.post("runners/1/edit", message_id=did["message_id"], text="not fine")
    await control.post("runners/1/edit", message_id=photo["message_id"], text="not this either")
    *_, text, caption = await bot.get_updates()
    assert (text.edited_message.text, text.edited_message.edit_date) == ("not fine", clock.now())
    assert text.edited_message.entities == ()
    assert caption.edited_message.caption == "not this either"


async def test_only_own_live_messages_can_be_edited_or_deleted(bot, runner, control):
    sent = await bot.send_message(runner, "bot's")
    for number in (sent.message_id, 99):
        refused = await control.refused("runners/1/edit", message_id=number, text="x")
        assert refused[0] == 404
    await control.post("runners/1/delete", message_id=1)
    assert (await control.refused("runners/1/edit", message_id=1, text="x"))[0] == 404
    assert (await control.refused("runners/1/delete", message_id=1))[0] == 404


async def test_blocking_and_coming_back_are_updates(bot, control):
    await control.says()
    await control.post("runners/1/block")
    assert await control.post("runners/1/block") == {"update_id": None}
    assert (await control.refused("runners/1/text", text="x"))[0] == 409
    assert (await control.get("state"))["runners"][0]["blocked"]
    await control.post("runners/1/unblock")
    _, left, back = await bot.get_updates()
    assert left.my_chat_member.new_chat_member.status == "kicked"
    assert back.my_chat_member.new_chat_member.status == "member"


async def test_a_deleted_account_acts_no_more(control):
    await control.says()
    await control.http.delete("/sandbox/runners/1")
    assert (await control.refused("runners/1/text", text="x"))[0] == 409


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("runners/1/text", {}),
        ("runners/1/text", {"text": "  "}),
        ("runners/1/text", {"text": "x" * 4097}),
        ("runners/1/tap", {"message_id": "1"}),
        ("runners/1/document", {}),
        ("clock", {}),
        ("clock", {"move": "soon"}),
        ("clock", {"move": "P"}),
        ("clock", {"move": "next_morning", "zone": "Moon/Base"}),
        ("clock", {"to": "2020-01-01T00:00:00+00:00"}),
    ],
)
async def test_what_cannot_be_read_is_a_400(control, path, body):
    assert (await control.refused(path, **body))[0] == 400


async def test_unknown_acts_and_broken_bodies_are_refused(control):
    assert (await control.refused("runners/1/fly"))[0] == 404
    for content in (b"{", b"[]", b'{"text": "\\ud800"}'):
        answer = await control.http.post("/sandbox/runners/1/text", content=content)
        assert answer.status_code == 400
    assert (await control.http.get("/sandbox/runners/1/transcript?after=x")).status_code == 400
    assert (await control.http.get("/sandbox/runners/0/events")).status_code == 404


async def test_a_transcript_after_a_number_has_only_what_changed(bot, runner, control):
    first = await bot.send_message(runner, "1")
    await bot.send_message(runner, "2")
    seen = await control.transcript()
    assert [message["message_id"] for message in seen["messages"]] == [1, 2, 3]
    await bot.edit_message_text("1!", runner, first.message_id)
    changed = await control.transcript(after=seen["seq"])
    assert [message["text"] for message in changed["messages"]] == ["1!"]
    assert changed["messages"][0]["seq"] == changed["seq"] > seen["seq"]


async def test_every_call_is_on_record(bot, runner, control, clock):
    start = (await control.get("calls"))["seq"]
    await bot.send_message(runner, "x", reply_markup={"inline_keyboard": []})
    await bot.send_document(runner, b"123", filename="a.txt")
    message, document = (await control.get("calls", after=start))["calls"]
    assert message["params"] == {
        "chat_id": "1001",
        "text": "x",
        "reply_markup": {"inline_keyboard": []},
    }
    assert (message["method"], message["status"], message["ok"]) == ("sendMessage", 200, True)
    assert (message["chat_id"], message["at"]) == (1001, clock.now().isoformat())
    assert document["params"]["document"] == {"file": "a.txt", "size": 3}
    await control.raw("sendMessage", chat_id=5)
    refused = (await control.get("calls", after=start, method="SENDMESSAGE"))["calls"][-1]
    assert refused["description"] == "Bad Request: message text is empty"


class TestEvents:
    async def test_a_stream_tells_of_changes_in_that_chat(self, bot, runner, control):
        seq = (await control.transcript())["seq"]
        path = f"/sandbox/runners/1/events?after={seq}"
        async with control.http.stream("GET", path) as stream:
            lines = stream.aiter_lines()
            await anext(lines)
            await control.says("elsewhere", runner=2)
            await bot.send_message(runner, "x")
            change = [line async for line in until_blank(lines)]
        assert change[0] == "event: change"
        told = json.loads(change[1].removeprefix("data: "))
        assert told == {"seq": (await control.transcript())["seq"]}

    async def test_a_stream_tells_of_the_profile_and_the_clock(self, bot, control):
        for cause in (bot.set_my_name("Mile"), control.post("clock", move="PT1H")):
            seq = (await control.transcript())["seq"]
            path = f"/sandbox/runners/1/events?after={seq}"
            async with control.http.stream("GET", path) as stream:
                lines = stream.aiter_lines()
                await anext(lines)
                await cause
                assert "event: change" in [line async for line in until_blank(lines)]


async def until_blank(lines):
    await anext(lines)
    async for line in lines:
        if not line:
            return
        yield line


class TestClock:
    @pytest.mark.parametrize(
        ("move", "to"),
        [
            ({"move": "PT15M"}, "2026-05-04T18:45:00+00:00"),
            ({"move": "P1DT2H3M4S"}, "2026-05-05T20:33:04+00:00"),
            ({"move": "P2W"}, "2026-05-18T18:30:00+00:00"),
            ({"move": "next_morning"}, "2026-05-05T08:05:00+00:00"),
            ({"move": "next_morning", "zone": "Europe/Berlin"}, "2026-05-05T06:05:00+00:00"),
            ({"move": "next_morning", "zone": "Pacific/Auckland"}, "2026-05-04T20:05:00+00:00"),
            ({"to": "2026-05-05T00:00:00+02:00"}, "2026-05-04T22:00:00+00:00"),
        ],
    )
    async def test_it_moves(self, control, move, to):
        assert await control.post("clock", **move) == {"now": to}
        assert (await control.get("state"))["now"] == to

    async def test_it_moves_to_what_is_due(self, control, clock):
        assert await control.refused("clock", move="next_due") == (409, "nothing is due")
        clock.due = clock.now() + timedelta(hours=7)
        state = await control.get("state")
        assert state["clock"] == {"can_move": True, "next_due": clock.due.isoformat()}
        await control.post("clock", move="next_due")
        assert clock.now() == clock.due

    async def test_a_morning_is_a_wall_clock_morning_across_dst(self, control, clock):
        clock.at = datetime.fromisoformat("2026-03-28T12:00:00+01:00")
        answer = await control.post("clock", move="next_morning", zone="Europe/Berlin")
        assert answer == {"now": "2026-03-29T06:05:00+00:00"}


class TestWithoutAMovableClock:
    @pytest.fixture
    def sandbox(self):
        return Sandbox(limits=NO_LIMITS)

    async def test_the_machines_clock_stays(self, control):
        before = time.time()
        assert (await control.refused("clock", move="PT1H"))[0] == 409
        state = await control.get("state")
        assert state["clock"] == {"can_move": False, "next_due": None}
        assert before <= datetime.fromisoformat(state["now"]).timestamp() <= time.time()
