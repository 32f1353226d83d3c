"""Sending, editing and deleting through the real client, and each refusal in Telegram's words."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, TelegramError

NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def keyboard(text="Yes", **button):
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, **(button or {"callback_data": "y"}))]]
    )


def picture(width=40, height=30, kind="PNG"):
    drawn = io.BytesIO()
    Image.new("RGB", (width, height)).save(drawn, kind)
    return drawn.getvalue()


async def refusal(call) -> str:
    with pytest.raises(TelegramError) as refused:
        await call
    return refused.value.message


async def test_a_sent_message_comes_back_whole(bot: Bot, runner, clock, control):
    sent = await bot.send_message(
        runner,
        "<b>Hi</b> 🏃 there",
        parse_mode="HTML",
        reply_markup=keyboard(),
        disable_notification=True,
        protect_content=True,
        message_effect_id="5104841245755180586",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(1),
    )
    assert sent.text == "Hi 🏃 there"
    assert sent.text_html == "<b>Hi</b> 🏃 there"
    assert sent.date == clock.now()
    assert sent.from_user.is_bot
    assert sent.chat.id == runner
    assert sent.has_protected_content
    assert sent.effect_id == "5104841245755180586"
    assert sent.link_preview_options.is_disabled
    assert sent.reply_to_message.text == "/start"
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "y"
    assert (await control.seen())["silent"]


async def test_an_edit_changes_text_and_keyboard_and_says_when(bot, runner, clock, control):
    sent = await bot.send_message(runner, "How much?", reply_markup=keyboard())
    clock.advance(timedelta(minutes=3))
    edited = await bot.edit_message_text("Thanks", runner, sent.message_id)
    assert (edited.text, edited.reply_markup, edited.edit_date) == ("Thanks", None, clock.now())
    seen = await control.seen()
    assert (seen["text"], seen["keyboard"]) == ("Thanks", None)
    assert seen["edited_at"] == clock.now().isoformat()


async def test_a_changed_keyboard_alone_does_not_count_as_edited(bot, runner, control):
    sent = await bot.send_message(runner, "How much?", reply_markup=keyboard())
    await bot.edit_message_reply_markup(runner, sent.message_id, reply_markup=keyboard("No"))
    seen = await control.seen()
    assert seen["keyboard"] == [[{"text": "No", "data": "y"}]]
    assert seen["edited_at"] is None


@pytest.mark.parametrize("again", [keyboard(), None])
async def test_an_edit_must_change_something(bot, runner, again):
    sent = await bot.send_message(runner, "<i>Same</i>", parse_mode="HTML", reply_markup=again)
    edit = bot.edit_message_text(
        "<i>Same</i>", runner, sent.message_id, parse_mode="HTML", reply_markup=again
    )
    assert await refusal(edit) == NOT_MODIFIED
    markup = bot.edit_message_reply_markup(runner, sent.message_id, reply_markup=again)
    assert await refusal(markup) == NOT_MODIFIED


async def test_a_different_entity_is_a_change(bot, runner):
    sent = await bot.send_message(runner, "<i>Same</i>", parse_mode="HTML")
    edited = await bot.edit_message_text("<b>Same</b>", runner, sent.message_id, parse_mode="HTML")
    assert edited.text_html == "<b>Same</b>"


async def test_only_the_bots_own_live_messages_can_be_edited(bot, runner):
    sent = await bot.send_message(runner, "Bye")
    assert await bot.delete_message(runner, sent.message_id)
    gone = bot.edit_message_text("Hi", runner, sent.message_id)
    assert await refusal(gone) == "Message to edit not found"
    assert await refusal(bot.edit_message_text("Hi", runner, 999)) == "Message to edit not found"
    assert await refusal(bot.edit_message_text("Hi", runner, 1)) == "Message can't be edited"


async def test_a_message_can_be_deleted_once_and_for_48_hours(bot, runner, clock, control):
    first = await bot.send_message(runner, "one")
    second = await bot.send_message(runner, "two")
    clock.advance(timedelta(hours=48))
    await bot.delete_message(runner, first.message_id)
    again = await refusal(bot.delete_message(runner, first.message_id))
    assert again == "Message to delete not found"
    clock.advance(timedelta(seconds=1))
    late = await refusal(bot.delete_message(runner, second.message_id))
    assert late == "Message can't be deleted for everyone"
    messages = (await control.transcript())["messages"]
    assert [message["deleted"] for message in messages] == [False, True, False]


async def test_texts_are_counted_in_code_points_after_parsing(bot, runner):
    fits = f"<b>{'🏃' * 4096}</b>"
    sent = await bot.send_message(runner, fits, parse_mode="HTML")
    assert sent.entities[0].length == 2 * 4096
    assert await refusal(bot.send_message(runner, "x" * 4097)) == "Message is too long"
    assert (await bot.send_message(runner, "&amp;" * 4096, parse_mode="HTML")).text == "&" * 4096
    assert await refusal(bot.send_message(runner, "x" * 40_000)) == "Text is too long"


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Message text is empty"), (" \n ", "Text must be non-empty")],
)
async def test_empty_texts_are_refused(bot, runner, text, said):
    assert await refusal(bot.send_message(runner, text)) == said


async def test_space_around_a_text_is_cut_and_entities_follow(bot, runner):
    sent = await bot.send_message(runner, "  \n<b> bold</b> end\n", parse_mode="HTML")
    assert sent.text == "bold end"
    assert sent.text_html == "<b>bold</b> end"


async def test_only_html_and_plain_text_are_known(bot, runner):
    call = bot.send_message(runner, "*x*", parse_mode="Markdown3")
    assert await refusal(call) == "Unsupported parse_mode"


async def test_a_caption_has_its_own_limit(bot, runner):
    sent = await bot.send_photo(runner, picture(), caption="x" * 1024)
    assert len(sent.caption) == 1024
    long = bot.send_photo(runner, picture(), caption="x" * 1025)
    assert await refusal(long) == "Message caption is too long"
    edit = bot.edit_message_caption(runner, sent.message_id, caption="y" * 1025)
    assert await refusal(edit) == "Message caption is too long"


async def test_captions_and_texts_are_not_each_other(bot, runner):
    text = await bot.send_message(runner, "text")
    photo = await bot.send_photo(runner, picture())
    as_caption = bot.edit_message_caption(runner, text.message_id, caption="x")
    assert await refusal(as_caption) == "There is no caption in the message to edit"
    as_text = bot.edit_message_text("x", runner, photo.message_id)
    assert await refusal(as_text) == "There is no text in the message to edit"


async def test_a_text_can_get_a_picture_and_stays_one(bot, runner):
    text = await bot.send_message(runner, "<b>1</b>", parse_mode="HTML")
    shown = InputMediaPhoto(picture(), caption="2")
    changed = await bot.edit_message_media(shown, runner, text.message_id)
    assert (changed.text, changed.entities, changed.caption) == (None, (), "2")
    assert changed.photo
    as_text = bot.edit_message_text("3", runner, text.message_id)
    assert await refusal(as_text) == "There is no text in the message to edit"


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ({"callback_data": "x" * 65}, "Button_data_invalid"),
        ({"callback_data": "ä" * 33}, "Button_data_invalid"),
        ({"url": "tel:112"}, "Inline keyboard button url 'tel:112' is invalid: wrong http url"),
        ({"url": "ftp://a.b"}, "Inline keyboard button url 'ftp://a.b' is invalid: unsupported"),
        ({"copy_text": CopyTextButton("")}, "Button_copy_text_invalid"),
        ({}, "Can't parse inline keyboard button: text buttons are unallowed"),
        ({"callback_data": "y", "style": "pink"}, "Can't parse inline keyboard button: invalid"),
    ],
)
async def test_a_button_that_telegram_would_refuse(bot, runner, button, said):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", **button)]])
    message = await refusal(bot.send_message(runner, "x", reply_markup=markup))
    assert message.lower().startswith(said.lower())


async def test_a_button_needs_a_text(bot, runner):
    message = await refusal(bot.send_message(runner, "x", reply_markup=keyboard("")))
    assert message == "Inline keyboard button text must be non-empty"


@pytest.mark.parametrize(
    "button",
    [
        {"callback_data": "x" * 64},
        {"url": "https://example.org/a?b=c"},
        {"url": "tg://user?id=1"},
        {"copy_text": CopyTextButton("x" * 256)},
        {"callback_data": "y", "style": "danger"},
        {"callback_data": "y", "style": "success"},
        {"callback_data": "y", "style": "primary"},
    ],
)
async def test_a_button_that_telegram_would_show(bot, runner, button):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", **button)]])
    sent = await bot.send_message(runner, "x", reply_markup=markup)
    assert sent.reply_markup == markup


async def test_a_keyboard_has_a_hundred_buttons_at_most(bot, runner):
    button = InlineKeyboardButton("x", callback_data="y")
    await bot.send_message(runner, "x", reply_markup=InlineKeyboardMarkup([[button]] * 100))
    many = bot.send_message(runner, "x", reply_markup=InlineKeyboardMarkup([[button]] * 101))
    assert await refusal(many) == "Reply markup is too long"


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("nonsense", "can't parse reply keyboard markup JSON object"),
        ("[1]", "object expected as reply markup"),
        ('{"inline_keyboard": [1]}', 'field "inline_keyboard" of the InlineKeyboardMarkup must'),
        ('{"keyboard": [[1]]}', "can't parse keyboard button: KeyboardButton must be a String"),
        ('{"inline_keyboard": [[{}]]}', "can't parse inline keyboard button: Can't find field"),
    ],
)
async def test_a_markup_of_the_wrong_shape(control, runner, markup, said):
    answer = await control.raw("sendMessage", chat_id=runner, text="x", reply_markup=markup)
    assert answer["description"].startswith(f"Bad Request: {said}")


async def test_a_reply_keyboard_stays_until_removed(bot, runner, control):
    keys = [[KeyboardButton("Here", request_location=True), "Berlin"]]
    await bot.send_message(runner, "Where?", reply_markup=ReplyKeyboardMarkup(keys))
    shown = [
        [{"text": "Here", "request_location": True}, {"text": "Berlin", "request_location": False}]
    ]
    await bot.send_message(runner, "Take your time")
    assert (await control.transcript())["reply_keyboard"] == shown
    await bot.send_message(runner, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert (await control.transcript())["reply_keyboard"] is None


async def test_a_one_time_keyboard_goes_with_the_answer(bot, runner, control):
    markup = ReplyKeyboardMarkup([["Yes"]], one_time_keyboard=True)
    await bot.send_message(runner, "Well?", reply_markup=markup)
    assert (await control.transcript())["reply_keyboard"]
    await control.says("Yes")
    assert (await control.transcript())["reply_keyboard"] is None


async def test_an_edit_takes_inline_keyboards_only(bot, runner, control):
    sent = await bot.send_message(runner, "x")
    answer = await control.raw(
        "editMessageReplyMarkup",
        chat_id=runner,
        message_id=sent.message_id,
        reply_markup={"remove_keyboard": True},
    )
    assert answer["description"] == "Bad Request: inline keyboard expected"


async def test_a_reply_needs_its_message(bot, runner):
    call = bot.send_message(runner, "x", reply_parameters=ReplyParameters(77))
    assert await refusal(call) == "Message to be replied not found"
    lenient = ReplyParameters(77, allow_sending_without_reply=True)
    assert (await bot.send_message(runner, "x", reply_parameters=lenient)).reply_to_message is None


async def test_a_chat_must_exist_and_must_have_begun_on_the_runners_side(bot, control):
    assert await refusal(bot.send_message(4711, "x")) == "Chat not found"
    assert await refusal(bot.send_message("@nobody", "x")) == "Chat not found"
    await control.post("runners/2", first_name="Quiet")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(1002, "x")


async def test_a_blocked_bot_can_neither_write_nor_edit_until_unblocked(bot, runner, control):
    sent = await bot.send_message(runner, "x")
    await control.post("runners/1/block")
    for call in (bot.send_message(runner, "y"), bot.edit_message_text("y", runner, sent.id)):
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await call
    await control.post("runners/1/unblock")
    assert await bot.send_message(runner, "z")


async def test_a_deleted_account_cannot_be_written_to(bot, runner, control):
    await control.http.delete("/sandbox/runners/1")
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(runner, "x")


async def test_a_group_is_a_chat_once_somebody_has_spoken_in_it(bot, control):
    assert await refusal(bot.send_message(-5000, "x")) == "Chat not found"
    await control.says("hello all", chat="group")
    sent = await bot.send_message(-5000, "Private chats only")
    assert sent.chat.type == "group"
    messages = (await control.transcript(chat="group"))["messages"]
    assert [message["from"] for message in messages] == ["runner", "bot"]


@pytest.mark.parametrize(
    ("method", "values", "said"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("sendPhoto", {"chat_id": 1001}, "there is no photo in the request"),
        ("sendAnimation", {"chat_id": 1001}, "there is no animation in the request"),
        ("sendDocument", {"chat_id": 1001}, "there is no document in the request"),
        ("sendChatAction", {"chat_id": 1001}, "wrong parameter action in request"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("deleteMessage", {}, "chat identifier is not specified"),
        ("deleteMessage", {"chat_id": 1001}, "message identifier is not specified"),
        ("getFile", {}, "file_id not specified"),
        ("editMessageMedia", {"media": "{}"}, "can't parse InputMedia: type of the media"),
    ],
)
@pytest.mark.usefixtures("runner")
async def test_a_missing_parameter_is_named(control, method, values, said):
    answer = await control.raw(method, **values)
    assert answer["description"].startswith(f"Bad Request: {said}")


async def test_typing_shows_for_five_seconds_or_until_the_message(bot, runner, clock, control):
    await bot.send_chat_action(runner, "typing")
    until = (await control.transcript())["typing_until"]
    assert until == (clock.now() + timedelta(seconds=5)).isoformat()
    await bot.send_message(runner, "x")
    assert (await control.transcript())["typing_until"] is None


async def test_html_that_does_not_parse_is_refused_by_the_method(bot, runner):
    with pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"):
        await bot.send_message(runner, "one<br>two", parse_mode="HTML")


async def test_methods_are_named_in_any_case_and_take_any_body(control, url, runner):
    root = f"{url}/bot1:a"
    values = {"chat_id": runner, "text": "hi", "disable_notification": True}
    for answer in (
        await control.http.post(f"{root}/SENDMESSAGE", json=values),
        await control.http.post(f"{root}/sendmessage", data={"chat_id": runner, "text": "hi"}),
        await control.http.get(f"{root}/sendMessage", params={"chat_id": runner, "text": "hi"}),
        await control.http.post(
            f"{root}/sendMessage", files={"chat_id": (None, "1001"), "text": (None, "hi")}
        ),
    ):
        assert answer.json()["result"]["text"] == "hi"


async def test_what_is_no_method_is_not_found(control, url):
    answer = await control.http.post(f"{url}/bot1:a/sendPoll")
    body = {"ok": False, "error_code": 404, "description": "Not Found"}
    assert (answer.status_code, answer.json()) == (404, body)


async def test_a_broken_body_is_a_bad_request(control, url):
    headers = {"Content-Type": "application/json"}
    for content in (b"{", b"[]", b'{"text": "\\ud800"}'):
        answer = await control.http.post(f"{url}/bot1:a/getMe", content=content, headers=headers)
        assert answer.json()["error_code"] == 400
