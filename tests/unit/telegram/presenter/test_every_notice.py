"""Whatever a runner is shown: it renders, Telegram takes it, and its buttons read back."""

import re
from collections import Counter
from typing import get_args

import pytest
from support.every_notice import every_notice
from support.made import runner

from bot.sandbox.formatting import parse_html, trimmed, units
from bot.services.notices import Notice
from bot.telegram.codec import MAX_BYTES, StaleButton, unpack

TEXT_LIMIT, CAPTION_LIMIT, LABEL_LIMIT = 4096, 1024, 40
KEYS_LIMIT, ROW_LIMIT = 100, 8
WHO = (runner(), runner(zone=None, city=None, country=None), None)
"""In Berlin, without a place, and nobody known."""

NOTHING = re.compile(r"\bNone\b(?! of these| looked at)")
"""What a value that is missing would read like."""

NAMES = Counter()


def name_of(notice):
    """Number the samples of each kind, so that a failure names the one."""
    kind = type(notice).__name__
    NAMES[kind] += 1
    return f"{kind}-{NAMES[kind]}"


def test_there_is_a_sample_of_every_notice():
    assert {type(notice) for notice in every_notice()} == set(get_args(Notice))


@pytest.mark.parametrize("notice", every_notice(), ids=name_of)
def test_a_notice_is_a_message_telegram_takes(draw, notice):
    for someone in WHO:
        screen = draw(notice, someone)
        message = trimmed(parse_html(screen.text))
        limit = CAPTION_LIMIT if screen.attachment else TEXT_LIMIT
        assert 0 < units(message.text) <= limit
        assert "{" not in message.text
        assert not NOTHING.search(message.text)


@pytest.mark.parametrize("notice", every_notice(), ids=name_of)
def test_every_button_fits_and_reads_back(draw, notice):
    screen = draw(notice)
    keys = [key for row in screen.rows for key in row]
    assert all(0 < len(row) <= ROW_LIMIT for row in screen.rows)
    assert len(keys) <= KEYS_LIMIT
    assert not (keys and screen.location_key), "one kind of keyboard per message"
    for key in keys:
        assert 0 < len(key.text) <= LABEL_LIMIT
        assert len(key.data.encode()) <= MAX_BYTES
        tap = unpack(key.data)
        assert not isinstance(tap, StaleButton)
        assert tap.pack() == key.data
    assert len({key.text for key in keys}) == len(keys), "no two buttons read alike"


def test_what_is_no_notice_is_refused(draw):
    with pytest.raises(TypeError):
        draw(object())
