"""The frames of a loop: the ring at a hold, how often, and nothing else that moves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import ImageChops
from support.movements import movement

from bot.pictures.animation import FRAMES_A_SECOND, HEIGHT, WIDTH, Loop

RING = (WIDTH - 100, 0, WIDTH, 100)
TIMES = (0, 0, 110, 70)


@pytest.fixture(scope="module")
def plank():
    """Rests for two seconds, lifts in two, holds for twenty, sinks in two."""
    return Loop(movement("plank"))


@pytest.fixture(scope="module")
def holding(plank):
    """Five, ten and fifteen seconds into the hold."""
    return [plank.frame((4 + seconds) * FRAMES_A_SECOND) for seconds in (5, 10, 15)]


def differs(one, other, box=None):
    return ImageChops.difference(one.crop(box), other.crop(box)).getbbox() is not None


def coral(image, box):
    """How many pixels of the box have the ring's colour."""
    pixels = image.crop(box).getcolors(1 << 16)
    return sum(count for count, (red, *others) in pixels if red > 200 and max(others) < 120)


def test_it_has_a_frame_for_each_twentieth_of_a_second(plank):
    assert plank.count == 26 * FRAMES_A_SECOND
    assert plank.frame(0).size == (WIDTH, HEIGHT)


def test_the_ring_fills_at_the_pace_of_the_hold(holding):
    quarter, half, most = (coral(image, RING) for image in holding)
    assert quarter > 50
    assert half / quarter == pytest.approx(2, abs=0.35)
    assert most / quarter == pytest.approx(3, abs=0.5)


def test_before_the_hold_the_ring_is_there_and_empty(plank):
    resting = plank.frame(10)
    bare = Loop(replace(plank.movement, cycle=flowing(plank.movement))).frame(10)
    assert coral(resting, RING) == 0
    assert differs(resting, bare, RING)


def test_in_a_hold_nothing_moves_but_the_ring(holding):
    first, second, _ = holding
    assert differs(first, second, RING)
    below = (0, 100, WIDTH, HEIGHT)
    assert not differs(first, second, below)


def test_a_movement_that_flows_has_no_ring():
    circling = Loop(movement("shoulder-rolls")).frame(0)
    assert coral(circling, RING) == 0
    white = circling.crop(RING).getcolors(100 * 100)
    assert (255, 255, 255) not in {colour for _, colour in white}


def test_how_often_stands_in_the_corner():
    once = replace(movement("cat-cow"), repetitions=1)
    assert differs(Loop(movement("cat-cow")).frame(0), Loop(once).frame(0), TIMES)


def test_the_same_pose_is_drawn_once_and_comes_out_the_same(plank):
    short = replace(plank.movement, cycle=hurried(plank.movement))
    frames = list(Loop(short))
    assert len(frames) == 8
    assert not differs(frames[1], Loop(short).frame(1))


def flowing(held):
    return tuple(replace(step, hold_for=timedelta()) for step in held.cycle)


def hurried(held):
    tenth = timedelta(seconds=0.1)
    return tuple(replace(step, move_for=tenth, hold_for=tenth) for step in held.cycle)
