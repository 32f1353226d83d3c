"""The small model: what it looks at in a text, and what it makes of it."""

from dataclasses import astuple

import numpy as np
import pytest

from bot.classifier.linear import LONGEST_WORD, PLACES, LinearClassifier, features


@pytest.fixture
def classify(tmp_path):
    """Taught one thing: the word "chest" is an emergency."""
    weights, bias = np.zeros((PLACES, 5)), np.array([1.0, 0, 0, 0, 0])
    for place in features(["chest"])[0]:
        weights[place] = [-4, 0, 0, 0, 4]
    file = tmp_path / "linear.npz"
    np.savez(file, weights=weights, bias=bias, rarity=np.ones(PLACES))
    return LinearClassifier(file)


def test_parts_of_words_words_and_pairs_are_looked_at():
    places, counts = features(["ab"])
    assert len(places) == len(counts) == len([" a", "ab", "b ", " ab", "ab ", " ab ", "1", "2"])
    assert set(counts) == {1.0}
    assert set(places) < set(features(["ab", "cd"])[0])
    assert set(features(["ab", "cd"])[0]) != set(features(["cd", "ab"])[0]), "the order counts"


def test_what_comes_again_counts_more_but_not_twice_as_much():
    once, often = features(["ab"]), features(["ab"] * 20)
    assert 1 < max(often[1]) < 20 * max(once[1])


def test_work_for_one_word_is_bounded():
    longest = len(features(["ab" * LONGEST_WORD])[0])
    assert len(features(["ab" * 100 * LONGEST_WORD])[0]) == longest


def test_the_chances_are_probabilities(classify):
    for words in ([], ["chest"], ["\N{PILE OF POO}", "\x00"], ["chest"] * 500):
        chances = astuple(classify(words))
        assert sum(chances) == pytest.approx(1, abs=1e-5)
        assert all(0 <= one <= 1 for one in chances)


def test_what_it_was_taught_is_told_from_the_rest(classify):
    assert classify(["chest"]).emergency > 0.8
    assert classify(["chests"]).emergency > classify(["hands"]).emergency
    assert classify(["happy"]).nothing > classify(["happy"]).emergency
    assert classify.nothing(["happy"]) == classify(["happy"]).nothing


def test_by_itself_it_asks_sooner_than_it_tells(classify):
    assert classify.limits.asks < classify.limits.states
    assert classify.limits.certain > 1, "and it never lets a stated sign pass"
