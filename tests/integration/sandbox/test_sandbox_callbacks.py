"""Taps and their answers."""

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.sandbox.callbacks import ANSWER_WITHIN

TOO_OLD = "Query is too old and response timeout expired or query id is invalid"
MARKUP = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("0 · no pain", callback_data="p0")],
        [
            InlineKeyboardButton("1", callback_data="p1"),
            InlineKeyboardButton("Map", url="https://a.org"),
        ],
    ]
)


@pytest.fixture
async def question(bot, runner):
    return (await bot.send_message(runner, "How much?", reply_markup=MARKUP)).message_id


async def tapped(bot, control, question, **how):
    did = await control.post("runners/1/tap", message_id=question, **how)
    updates = await bot.get_updates(offset=did["update_id"])
    query = updates[-1].callback_query
    assert query.id == did["callback_query_id"]
    return query


@pytest.mark.parametrize(
    "how", [{"data": "p1"}, {"text": "1"}, {"row": 1, "col": 0}], ids=["data", "text", "place"]
)
async def test_a_button_can_be_tapped(bot, control, question, how):
    query = await tapped(bot, control, question, **how)
    assert (query.data, query.message.message_id, query.from_user.id) == ("p1", question, 1001)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"data": "p9"}, "that button is not there"),
        ({"text": "9"}, "that button is not there"),
        ({"row": 7, "col": 0}, "that button is not there"),
        ({"text": "Map"}, "that button sends nothing to the bot"),
    ],
)
async def test_only_a_button_that_is_there_can_be_tapped(control, question, how, reason):
    refused = await control.refused("runners/1/tap", message_id=question, **how)
    assert refused == (409, reason)


async def test_another_runners_message_has_no_buttons_for_me(control, question):
    assert (await control.refused("runners/2/tap", message_id=question, data="p1"))[0] == 409


async def test_forged_taps_reach_the_bot_all_the_same(bot, control, question):
    query = await tapped(bot, control, question, data="x:1", force=True)
    assert query.data == "x:1"
    did = await control.post("runners/2/tap", message_id=question, data="p1", force=True)
    (update,) = await bot.get_updates(offset=did["update_id"])
    query = update.callback_query
    assert (query.from_user.id, query.message.chat.id) == (1002, 1001)


async def test_a_tap_on_a_message_that_is_gone_is_inaccessible(bot, control, runner, question):
    await bot.delete_message(runner, question)
    query = await tapped(bot, control, question, data="p1", force=True)
    assert not query.message.is_accessible
    assert query.message.message_id == question


async def test_an_answer_shows_as_toast_or_alert(bot, control, question, clock):
    query = await tapped(bot, control, question, data="p0")
    await query.answer("Thanks", show_alert=True)
    (shown,) = (await control.transcript())["callbacks"]
    assert shown.pop("seq") > 0
    assert shown == {
        "callback_query_id": query.id,
        "message_id": question,
        "text": "Thanks",
        "show_alert": True,
        "answered_at": clock.now().isoformat(),
    }


async def test_a_query_can_be_answered_once(bot, control, question):
    query = await tapped(bot, control, question, data="p0")
    await query.answer()
    with pytest.raises(BadRequest, match=TOO_OLD):
        await query.answer()


async def test_a_query_grows_old_in_real_time(bot, control, question, ticks):
    on_time = await tapped(bot, control, question, data="p0")
    ticks.seconds += ANSWER_WITHIN
    await on_time.answer()
    late = await tapped(bot, control, question, data="p0")
    ticks.seconds += ANSWER_WITHIN + 0.1
    with pytest.raises(BadRequest, match=TOO_OLD):
        await late.answer()


async def test_a_moved_clock_does_not_age_a_query(bot, control, question):
    query = await tapped(bot, control, question, data="p0")
    await control.post("clock", move="PT1H")
    await query.answer()


async def test_an_unknown_query_is_refused(bot):
    for query_id in ("", "nonsense", "77"):
        with pytest.raises(BadRequest, match=TOO_OLD):
            await bot.answer_callback_query(query_id)


async def test_an_answer_has_200_characters_at_most(bot, control, question):
    query = await tapped(bot, control, question, data="p0")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await query.answer("x" * 201)
    await query.answer("x" * 200)
