"""Stills and map look as they did when somebody looked at them; a missing mark is noticed."""

from dataclasses import replace
from functools import cache

import pytest
from support.golden import TOLERANCE, differs_from_golden, keep_if_asked
from support.movements import NAMES, movement

from bot.domain.pain import NUMBERED
from bot.pictures import back_map, marks
from bot.pictures.back_map import render_map
from bot.pictures.movements import render_still


@cache
def the_map():
    return render_map()


@pytest.mark.parametrize("name", NAMES)
def test_a_still_looks_as_it_did(name):
    still = render_still(movement(name))
    keep_if_asked(f"still-{name}", still)
    assert differs_from_golden(f"still-{name}", still) < TOLERANCE


def test_the_map_looks_as_it_did():
    keep_if_asked("back-map", the_map())
    assert differs_from_golden("back-map", the_map()) < TOLERANCE


def test_the_map_is_drawn_the_same_every_time():
    assert render_map() == the_map()


@pytest.mark.parametrize("change", ["arrows", "muscles", "repetitions"])
def test_a_mark_that_is_missing_on_a_still_is_noticed(change):
    bare = {"arrows": (), "muscles": (), "repetitions": 1}[change]
    without = render_still(replace(movement("cat-cow"), **{change: bare}))
    assert differs_from_golden("still-cat-cow", without) > TOLERANCE


def test_a_ring_that_is_missing_is_noticed(monkeypatch):
    monkeypatch.setattr(marks, "hold_ring", lambda *_: None)
    assert differs_from_golden("still-plank", render_still(movement("plank"))) > TOLERANCE


@pytest.mark.parametrize("region", NUMBERED)
def test_a_zone_or_a_number_that_is_missing_on_the_map_is_noticed(monkeypatch, region):
    numbers = {**back_map._NUMBERS, region: ()}
    monkeypatch.setattr(back_map, "_NUMBERS", numbers)
    assert differs_from_golden("back-map", render_map()) > TOLERANCE


def test_numbers_that_are_exchanged_are_noticed(monkeypatch):
    monkeypatch.setattr(back_map, "NUMBERED", NUMBERED[::-1])
    assert differs_from_golden("back-map", render_map()) > TOLERANCE


def test_every_numbered_place_has_a_zone_of_its_own_colour():
    colours = {back_map._LOOK[region].middle for region in NUMBERED}
    assert len(colours) == len(NUMBERED)
    assert set(NUMBERED) == set(back_map._NUMBERS)
