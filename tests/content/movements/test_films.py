"""The shipped animations: that they play everywhere, and belong to the movements and the renderer.

`make movements` makes them anew.
"""

from functools import cache
from itertools import pairwise

import av
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from support.movements import FOLDER, NAMES, movement

from bot.pictures.animation import FRAMES_A_SECOND, HEIGHT, WIDTH, Loop
from bot.pictures.motion import seconds_of

NEAR = 40
"""Of 255, where two pictures differ most; see `apart`."""


@cache
def frames(name):
    """Every frame as it is played, an eighth of the size."""
    with av.open(str(FOLDER / f"{name}.mp4")) as film:
        return [small(frame.to_image()) for frame in film.decode(video=0)]


def small(image):
    return image.convert("RGB").resize((WIDTH // 8, HEIGHT // 8), Image.Resampling.BOX)


def apart(one, other):
    """How different two pictures are where they differ most: over patches of 24 pixels."""
    difference = ImageChops.difference(one, other).filter(ImageFilter.BoxBlur(1))
    return max(high for _, high in difference.getextrema())


def mean(one, other):
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


@pytest.mark.parametrize("name", NAMES)
class TestEveryFilm:
    def test_it_is_small_and_silent_and_plays_on_every_device(self, name):
        assert (FOLDER / f"{name}.mp4").stat().st_size < 300_000
        with av.open(str(FOLDER / f"{name}.mp4")) as film:
            [stream] = film.streams
            assert stream.codec_context.name == "h264"
            assert stream.codec_context.pix_fmt == "yuv420p"
            assert (stream.width, stream.height) == (WIDTH, HEIGHT)
            assert stream.average_rate == FRAMES_A_SECOND

    def test_it_runs_as_long_as_the_movement_takes(self, name):
        assert len(frames(name)) == seconds_of(movement(name)) * FRAMES_A_SECOND

    def test_its_end_meets_its_beginning(self, name):
        played = frames(name)
        step = max(mean(before, after) for before, after in pairwise(played))
        assert mean(played[-1], played[0]) < max(1.5 * step, 0.5)

    def test_it_shows_what_the_renderer_draws_today(self, name):
        played, loop = frames(name), Loop(movement(name))
        for number in (0, len(played) // 8, len(played) // 2):
            assert apart(small(loop.frame(number)), played[number]) < NEAR, number

    def test_it_moves(self, name):
        played = frames(name)
        assert max(mean(played[0], frame) for frame in played) > 1.0


def test_another_movement_would_be_noticed():
    drawn = small(Loop(movement("cat-cow")).frame(60))
    assert apart(drawn, frames("cat-cow")[60]) < NEAR
    assert apart(drawn, frames("cat-cow")[30]) > 2 * NEAR
