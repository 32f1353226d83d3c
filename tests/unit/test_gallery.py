"""Which picture goes out: a loop that belongs to its file, else the still; each drawn once."""

import json
import shutil

import pytest
from support.movements import FOLDER, NAMES, movement

import bot.gallery
from bot.gallery import MADE, Gallery, digest_of, read_animations
from bot.pictures import back_map


@pytest.fixture
def folder(tmp_path):
    """One movement with its loop, as they ship."""
    for name in ("cat-cow.yaml", "cat-cow.mp4", MADE):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def draws(monkeypatch):
    """Quick drawings that are counted."""
    drawn = []
    monkeypatch.setattr(bot.gallery, "render_still", lambda one: drawn.append(one.id) or b"still")
    monkeypatch.setattr(back_map, "render_map", lambda: drawn.append("map") or b"map")
    return drawn


def test_every_movement_has_its_loop():
    assert sorted(read_animations(FOLDER)) == list(NAMES)


def test_a_loop_says_its_size_and_length(folder):
    loop = read_animations(folder)["cat-cow"]
    assert (loop.width, loop.height, loop.seconds) == (720, 600, 6.0)
    assert loop.content == (folder / "cat-cow.mp4").read_bytes()


def test_a_loop_of_another_state_of_the_movement_is_not_shown(folder):
    with (folder / "cat-cow.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# higher, please\n")
    assert read_animations(folder) == {}


@pytest.mark.parametrize("gone", ["cat-cow.yaml", "cat-cow.mp4", MADE])
def test_what_is_not_there_is_not_shown(folder, gone):
    (folder / gone).unlink()
    assert read_animations(folder) == {}


def test_how_lines_end_makes_no_other_state(folder):
    source = folder / "cat-cow.yaml"
    before = digest_of(source)
    source.write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of(source) == before


def test_no_loop_is_noted_that_is_not_a_movement():
    assert set(json.loads((FOLDER / MADE).read_text())) == set(NAMES)


async def test_a_still_is_drawn_once_and_ahead_of_time(draws):
    gallery = Gallery({"plank": movement("plank")}, {})
    await gallery.ready("plank")
    await gallery.ready("plank")
    assert gallery.still("plank") == b"still"
    assert gallery.still(back_map.NAME) == b"map"
    assert draws == ["plank", "map"]
    assert gallery.animation("plank") is None
