"""Pictures and pages are drawn beside the event loop, one at a time."""

import asyncio
import threading
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from support.charts import a_week, chart, single

from bot.pictures.history import draw_history
from bot.studio import Studio, an_open_studio
from bot.telegram.screen import Screen

SKETCHED = Screen("words", sketch=chart(single()))


async def test_a_sketch_becomes_a_photo_and_the_words_stay():
    async with an_open_studio() as studio:
        screen = await studio.finished(SKETCHED)
    assert (screen.text, screen.sketch, screen.attachment.kind) == ("words", None, "photo")
    with Image.open(BytesIO(screen.attachment.content)) as drawn:
        assert drawn.width == 1080


async def test_a_screen_without_a_sketch_passes_through():
    studio = Studio()
    studio.close()
    plain = Screen("words")
    assert await studio.finished(plain) is plain


async def test_each_gets_their_own_picture_however_many_ask_at_once():
    charts = [chart(single()), chart(a_week())]
    async with an_open_studio() as studio:
        screens = await asyncio.gather(
            *(studio.finished(replace(SKETCHED, sketch=one)) for one in charts * 2)
        )
    drawn = [screen.attachment.content for screen in screens]
    assert drawn == [draw_history(one) for one in charts] * 2


async def test_other_work_waits_for_its_turn_in_the_same_thread():
    at_work = []

    def draw(name):
        at_work.append(threading.current_thread().name)
        return name

    async with an_open_studio() as studio:
        drawn = await asyncio.gather(*(studio.draws(draw, name) for name in "abc"))
    assert drawn == ["a", "b", "c"]
    assert set(at_work) == {"studio_0"}


async def test_a_closed_studio_draws_nothing_more():
    studio = Studio()
    studio.close()
    with pytest.raises(RuntimeError):
        await studio.finished(SKETCHED)
