"""Whatever a runner is shown: it renders, Telegram takes it, and its buttons read back."""

import re
from itertools import product
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

KINDS = get_args(Notice)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


def samples(kind):
    """All samples of one kind of notice."""
    return [notice for notice in every_notice() if isinstance(notice, kind)]


@every_kind
def test_there_is_a_sample_of_every_notice(kind):
    assert samples(kind)


@every_kind
def test_a_notice_is_a_message_telegram_takes(draw, kind):
    for notice, someone in product(samples(kind), WHO):
        screen = draw(notice, someone)
        message = trimmed(parse_html(screen.text))
        limit = CAPTION_LIMIT if screen.attachment or screen.sketch else TEXT_LIMIT
        assert 0 < units(message.text) <= limit, notice
        assert "{" not in message.text, notice
        assert not NOTHING.search(message.text), notice


@every_kind
def test_every_button_fits_and_reads_back(draw, kind):
    for notice in samples(kind):
        screen = draw(notice)
        keys = [key for row in screen.rows for key in row]
        assert all(0 < len(row) <= ROW_LIMIT for row in screen.rows), notice
        assert len(keys) <= KEYS_LIMIT, notice
        assert not (keys and screen.location_key), "one kind of keyboard per message"
        assert len({key.text for key in keys}) == len(keys), "no two buttons read alike"
        for key in keys:
            assert 0 < len(key.text) <= LABEL_LIMIT, notice
            assert len(key.data.encode()) <= MAX_BYTES, notice
            assert unpack(key.data) != StaleButton(), notice
            assert unpack(key.data).pack() == key.data, notice


def test_what_is_no_notice_is_refused(draw):
    with pytest.raises(TypeError):
        draw(object())
