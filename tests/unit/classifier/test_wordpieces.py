"""Words to the numbers of the vocabulary, longest piece first."""

from pathlib import Path

import pytest

import bot.classifier
from bot.classifier.wordpieces import LONGEST_WORD, UNKNOWN, WordPieces

SHIPPED = Path(bot.classifier.__file__).parent / "en" / "vocab.txt"
PIECES = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "chest",
    "che",
    "##st",
    "##s",
    "##ful",
    "pain",
    "'",
    "_",
    "9",
)


@pytest.fixture
def pieces(tmp_path):
    file = tmp_path / "vocab.txt"
    file.write_text("\n".join(PIECES), encoding="utf-8")
    return WordPieces(file)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("chest", ["chest"]),
        ("chests", ["chest", "##s"]),
        ("painful", ["pain", "##ful"]),
        ("chestpain", [UNKNOWN]),
        ("zebra", [UNKNOWN]),
        ("chest'9", ["chest", "'", "9"]),
        ("pain_pain", ["pain", "_", "pain"]),
        ("", []),
        (" ", []),
    ],
)
def test_a_word_is_the_longest_pieces_it_is_made_of(pieces, word, expected):
    assert pieces.ids([word]) == [PIECES.index(one) for one in expected]


def test_a_word_beyond_all_length_is_unknown_as_a_whole(pieces):
    assert pieces.ids([f"pain{'s' * (LONGEST_WORD - 4)}"]) != [PIECES.index(UNKNOWN)]
    assert pieces.ids([f"pain{'s' * (LONGEST_WORD - 3)}"]) == [PIECES.index(UNKNOWN)]


def test_words_come_one_after_the_other(pieces):
    assert pieces.ids(["chest", "pain"]) == [PIECES.index("chest"), PIECES.index("pain")]


def test_texts_begin_and_end_as_the_model_was_trained():
    shipped = WordPieces(SHIPPED)
    assert (shipped.first, shipped.last) == (101, 102)
    assert shipped.ids(["pain"]) == [3255]
