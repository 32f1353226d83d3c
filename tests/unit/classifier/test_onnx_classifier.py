"""The shipped classifier: what it reads of a text, and that it always says the same."""

from dataclasses import astuple
from itertools import pairwise
from pathlib import Path

import pytest

import bot.classifier
from bot.classifier.onnx_classifier import OVERLAP, WINDOW, OnnxClassifier, _windows

FOLDER = Path(bot.classifier.__file__).parent / "en"
CHATTER = [
    "we",
    "ran",
    "along",
    "the",
    "river",
    "and",
    "the",
    "sun",
    "was",
    "out",
    "and",
    "everybody",
    "was",
    "happy",
]
ALARM = ["i", "have", "crushing", "chest", "pain"]


@pytest.fixture(scope="module")
def classify():
    return OnnxClassifier(FOLDER)


@pytest.mark.parametrize("length", [0, 1, OVERLAP, WINDOW - 1, WINDOW, WINDOW + 1, 500, 4096])
def test_windows_cover_every_piece_and_overlap(length):
    pieces = [*range(length)]
    windows = [*_windows(pieces)]
    assert sorted({one for window in windows for one in window}) == pieces
    assert all(len(window) <= WINDOW for window in windows)
    for before, after in pairwise(windows):
        assert before[-OVERLAP:] == after[:OVERLAP]
    assert len(windows) <= length // (WINDOW - OVERLAP) + 1


def test_the_chances_are_probabilities(classify):
    chances = astuple(classify(ALARM))
    assert sum(chances) == pytest.approx(1, abs=1e-4)
    assert all(0 <= one <= 1 for one in chances)


def test_a_clear_sign_is_told_from_chatter(classify):
    assert classify(ALARM).emergency > 0.8
    assert classify(CHATTER).nothing > 0.8
    assert classify.nothing(CHATTER) == classify(CHATTER).nothing


def test_nothing_typed_is_no_alarm(classify):
    assert classify([]).stated < 0.5
    assert classify([""]) == classify([])


@pytest.mark.parametrize("before", [0, 20, 40])
def test_a_sign_counts_wherever_it_stands_in_a_long_text(classify, before):
    words = [*CHATTER * before, *ALARM, *CHATTER * (40 - before)]
    assert classify(words).emergency > 0.5
    assert classify(CHATTER * 40).nothing > 0.5


def test_it_says_the_same_every_time_and_in_every_copy(classify):
    again = OnnxClassifier(FOLDER)
    texts = [ALARM, CHATTER * 40, [], ["\N{PILE OF POO}", "\u202e", "\x00", "א"]]
    assert [classify(one) for one in texts] == [again(one) for one in reversed(texts)][::-1]
