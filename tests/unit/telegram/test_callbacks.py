"""Buttons: what they carry reads back, fits into 64 bytes, and garbage is a stale button."""

import dataclasses
from enum import StrEnum
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.desk import shipped_library

from bot.domain.check_in import Question
from bot.domain.runner import Condition
from bot.services.notices import Purpose
from bot.telegram import callbacks, run_callbacks
from bot.telegram.callbacks import AnswerTap, ForgetTap, ProfileTap
from bot.telegram.codec import MAX_BYTES, Callback, StaleButton, unpack
from bot.telegram.front import all_taps
from bot.telegram.run_callbacks import RunAgoTap

BUTTONS = [
    kind
    for kind in (vars(callbacks) | vars(run_callbacks)).values()
    if isinstance(kind, type) and issubclass(kind, Callback) and kind is not Callback
]
LARGEST_ID = 2**53
LONGEST = {
    "tip_id": max((tip.id for tip in shipped_library().tips), key=len),
    "flags": "cbtpuo",
    "days": "0123456",
    "at": "2359",
    "country": "DE",
    "value": max((*(Question), "not_tried", "breath-heart-calf", "bladder-or-saddle"), key=len),
}
"""The longest text that any screen of ours puts into a field of this name."""


def largest(kind):
    """A button of this kind with the longest values it can carry."""
    hints = get_type_hints(kind)
    values = {}
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        if hint is bool:
            values[field.name] = True
        elif hint is int:
            values[field.name] = LARGEST_ID
        elif issubclass(hint, StrEnum):
            values[field.name] = max(hint, key=len)
        else:
            values[field.name] = LONGEST[field.name]
    return kind(**values)


@pytest.mark.parametrize("kind", BUTTONS, ids=lambda kind: kind.__name__)
def test_a_button_with_the_largest_ids_fits_and_reads_back(kind):
    button = largest(kind)
    assert len(button.pack().encode()) <= MAX_BYTES
    assert unpack(button.pack()) == button


def test_no_two_buttons_share_a_code():
    assert len({kind.CODE for kind in BUTTONS}) == len(BUTTONS)


def test_every_button_has_a_handler_and_every_handler_a_button():
    assert set(all_taps()) == set(BUTTONS)


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        ":",
        "ci1",
        "ci0:4711:nrs:7",
        "ci1:4711:nrs",
        "ci1:4711:nrs:7:8",
        "ci1:x:nrs:7",
        "ci1:-1:nrs:7",
        "ci1:²:nrs:7",
        "ci1:4711:rating:7",
        "ci1:9999999999999999999:nrs:7",
        "fg1:2",
        "fg1:true",
        "CI1:4711:nrs:7",
    ],
)
def test_what_this_release_does_not_know_to_the_letter_is_stale(data):
    assert unpack(data) == StaleButton()


@given(st.text(max_size=80) | st.none())
def test_garbage_never_raises(data):
    assert isinstance(unpack(data), Callback | StaleButton)


FIELDS = st.text("0123456789abcxyz-_²٧ ", max_size=12)


@given(st.sampled_from([kind.CODE for kind in BUTTONS]), st.lists(FIELDS, max_size=5))
def test_what_is_read_writes_back_the_same_button(code, fields):
    """A forged number may have zeros in front; the button it stands for is still the same."""
    button = unpack(":".join([code, *fields]))
    if isinstance(button, Callback):
        assert unpack(button.pack()) == button


def test_a_button_is_short_plain_ascii():
    assert AnswerTap(4711, Question.RATING, "7").pack() == "ci1:4711:nrs:7"
    assert RunAgoTap(90).pack() == "ra1:90"
    assert ForgetTap(confirmed=True).pack() == "fg1:1"
    profile = ProfileTap("cb", Purpose.SETTINGS, 0, save=False)
    assert profile.pack() == "pf1:cb:-:0:0"
    assert len(Condition) == 4, "the flags above name every condition"
