"""Texts as reviewers get them read: one line of JSON for each, whatever it is."""

import json
from itertools import count

import pytest

from bot.reviewing import NoLexicon, reviewed

ODD = ["", " ", "\r", "\x00", "\ufffd\ufffd", "\u2028", "\N{PILE OF POO}", "7", "{}", '"']


def test_every_text_is_one_line_with_the_text_as_it_was():
    lines = [*reviewed(ODD, None)]
    assert [json.loads(line)["text"] for line in lines] == ODD
    assert all(line.splitlines() == [line] for line in lines)
    assert {json.loads(line)["outcome"] for line in lines} == {"pass"}


def test_a_sign_is_found_in_ten_thousand_characters():
    (line,) = reviewed(["my chest hurts " * 667], "en")
    found = json.loads(line)
    assert (found["outcome"], found["urgency"]) == ("escalate", "emergency")


def test_texts_are_read_as_they_come():
    lines = reviewed((f"run {number}" for number in count()), None)
    assert [json.loads(next(lines))["text"] for _ in range(3)] == ["run 0", "run 1", "run 2"]


@pytest.mark.parametrize("locale", ["xx", "", "EN", "../en"])
def test_an_unknown_language_names_the_ones_there_are(locale):
    with pytest.raises(NoLexicon, match="de, en, es, fr, it, pt"):
        next(reviewed(["chest pain"], locale))
