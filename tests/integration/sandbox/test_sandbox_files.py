"""Pictures, animations and documents in both directions."""

import io
from pathlib import Path

import pytest
from PIL import Image
from telegram import InputMediaAnimation, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

FILMS = Path(__file__).parents[3] / "content" / "movements"
PLANK = (FILMS / "plank.mp4").read_bytes()


def picture(width=40, height=30, colour="red", kind="PNG"):
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(drawn, kind)
    return drawn.getvalue()


async def test_a_photo_is_measured_and_can_be_sent_again_by_its_id(bot, runner, control):
    sent = await bot.send_photo(runner, picture(), caption="<b>Week</b>", parse_mode="HTML")
    size = sent.photo[-1]
    assert (size.width, size.height, sent.caption_html) == (40, 30, "<b>Week</b>")
    again = await bot.send_photo(runner, size.file_id)
    assert again.photo[-1].file_id == size.file_id
    seen = await control.seen()
    assert (seen["kind"], seen["file"]["width"], seen["file"]["height"]) == ("photo", 40, 30)
    shown = await control.http.get(seen["file"]["url"])
    assert shown.content == picture()
    assert shown.headers["content-disposition"] == "inline"


async def test_a_document_keeps_its_name_and_comes_back_as_a_download(bot, runner, control):
    sent = await bot.send_document(runner, b"<p>1</p>", filename="week.html", caption="Export")
    assert (sent.document.file_name, sent.document.mime_type) == ("week.html", "text/html")
    seen = await control.seen()
    assert seen["file"] == {
        "url": f"/sandbox/files/{sent.document.file_id}",
        "name": "week.html",
        "mime": "text/html",
        "size": 8,
    }
    shown = await control.http.get(seen["file"]["url"])
    assert shown.headers["content-disposition"] == "attachment"


async def test_an_animation_is_a_document_too(bot, runner, control):
    sent = await bot.send_animation(runner, picture(kind="GIF"), filename="cat.gif")
    assert sent.animation.width == 40
    assert sent.document.file_id == sent.animation.file_id
    assert (await control.seen())["kind"] == "animation"


async def test_a_film_is_measured_whatever_the_call_says(bot, runner, control):
    sent = await bot.send_animation(runner, PLANK, filename="plank.mp4", width=1, duration=1)
    moving = sent.animation
    assert (moving.width, moving.height, moving.mime_type) == (720, 600, "video/mp4")
    assert round(moving._duration.total_seconds()) == 26
    seen = await control.seen()
    assert (seen["kind"], seen["file"]["width"]) == ("animation", 720)
    shown = await control.http.get(seen["file"]["url"])
    assert (shown.headers["content-type"], shown.content) == ("video/mp4", PLANK)


async def test_what_does_not_move_is_taken_as_a_file(bot, runner):
    sent = await bot.send_animation(runner, picture(), filename="cat.png")
    assert sent.animation is None
    assert sent.document.file_name == "cat.png"
    loud = PLANK.replace(b"vide", b"soun")
    assert (await bot.send_animation(runner, loud, filename="loud.mp4")).animation is None


@pytest.mark.parametrize(
    "content", [b"", b"....ftyp", PLANK[:40], PLANK.replace(b"mvhd", b"free")]
)
async def test_a_broken_film_is_a_file_too(bot, runner, content):
    broken = content or b"?"
    assert (await bot.send_animation(runner, broken, filename="x.mp4")).animation is None


async def test_an_animation_is_sent_and_put_in_place_by_its_id(bot, runner):
    first = await bot.send_animation(runner, PLANK, filename="plank.mp4", caption="1")
    name = first.animation.file_id
    again = await bot.send_animation(runner, name, caption="2")
    assert again.animation == first.animation
    text = await bot.send_message(runner, "Which one?")
    moving = InputMediaAnimation(name, caption="3")
    changed = await bot.edit_message_media(moving, runner, text.message_id)
    assert (changed.animation.file_id, changed.caption, changed.text) == (name, "3", None)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_media(moving, runner, text.message_id)
    with pytest.raises(BadRequest, match="Can't use file of type animation as photo"):
        await bot.edit_message_media(InputMediaPhoto(name), runner, text.message_id)
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.edit_message_media(InputMediaAnimation("gone"), runner, text.message_id)


async def test_a_message_can_change_its_picture(bot, runner, control):
    sent = await bot.send_photo(runner, picture(), caption="1")
    media = InputMediaPhoto(picture(colour="blue"), caption="<i>2</i>", parse_mode="HTML")
    edited = await bot.edit_message_media(media, runner, sent.message_id)
    assert edited.caption_html == "<i>2</i>"
    assert edited.photo[-1].file_id != sent.photo[-1].file_id
    gif = InputMediaAnimation(picture(kind="GIF"), filename="a.gif", caption="2")
    moving = await bot.edit_message_media(gif, runner, sent.message_id)
    assert (moving.photo, moving.animation.file_name) == ((), "a.gif")
    paper = InputMediaDocument(b"x", filename="a.txt")
    assert (await bot.edit_message_media(paper, runner, sent.message_id)).caption is None
    assert (await control.seen())["kind"] == "document"


async def test_the_same_picture_again_is_no_change(bot, runner):
    sent = await bot.send_photo(runner, picture(), caption="1")
    same = InputMediaPhoto(sent.photo[-1].file_id, caption="1")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_media(same, runner, sent.message_id)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_caption(runner, sent.message_id, caption="1")
    edited = await bot.edit_message_caption(runner, sent.message_id, caption="2")
    assert (edited.caption, edited.photo) == ("2", sent.photo)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no picture", "Image_process_failed"),
        (picture(2100, 100), "Photo_invalid_dimensions"),
        (picture(9000, 1001), "Photo_invalid_dimensions"),
        (b"x" * (10 * 1024 * 1024 + 1), "File of size 10485761 bytes is too big for a photo"),
    ],
)
async def test_a_photo_telegram_cannot_use(bot, runner, content, said):
    with pytest.raises(BadRequest, match=said):
        await bot.send_photo(runner, content)


async def test_a_file_id_must_be_known_and_of_that_kind(bot, runner):
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_photo(runner, "nonsense")
    with pytest.raises(BadRequest, match="Failed to get http url content"):
        await bot.send_photo(runner, "https://example.org/a.png")
    paper = await bot.send_document(runner, b"x", filename="a.txt")
    with pytest.raises(BadRequest, match="Can't use file of type document as photo"):
        await bot.send_photo(runner, paper.document.file_id)


async def test_an_attached_file_must_be_in_the_request(control, runner):
    media = {"type": "photo", "media": "attach://none"}
    answer = await control.raw("sendPhoto", chat_id=runner, photo="attach://none")
    assert answer["description"] == "Bad Request: there is no photo in the request"
    answer = await control.raw("editMessageMedia", chat_id=runner, message_id=1, media=media)
    assert answer["description"] == "Bad Request: message can't be edited"


async def test_a_runners_document_can_be_fetched(bot, control):
    answer = await control.http.post(
        "/sandbox/runners/1/document",
        files={"file": ("watch.csv", b"a,b\n1,2\n", "text/csv")},
        data={"caption": "my runs"},
    )
    assert answer.json()["update_id"] == 1
    (update,) = await bot.get_updates()
    document = update.message.document
    assert (document.file_name, document.file_size) == ("watch.csv", 8)
    assert update.message.caption == "my runs"
    file = await bot.get_file(document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b\n1,2\n"


async def test_a_file_over_20_mb_cannot_be_fetched(bot, control):
    big = b"x" * (20 * 1024 * 1024 + 1)
    await control.http.post("/sandbox/runners/1/document", files={"file": ("big.bin", big)})
    (update,) = await bot.get_updates()
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(update.message.document.file_id)


async def test_unknown_files_are_refused(bot, control, url):
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("nonsense")
    for path in ("/file/bot1:a/documents/none", "/sandbox/files/none", "/file/botx/y"):
        assert (await control.http.get(f"{url}{path}")).status_code == 404
