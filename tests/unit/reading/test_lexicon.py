"""What makes a lexicon ready for reading, and what it is refused for."""

import pytest
from support.small_lexicon import CUES, SIGNS, WORDS, lexicon

from bot.domain.red_flags import Finding
from bot.reading.lexicon import Cue, Sign, label, prepare
from bot.reading.phrases import BadPhrase


def test_a_group_that_is_not_there_is_refused_by_name():
    with pytest.raises(BadPhrase, match="no group <knees>"):
        prepare(lexicon(harmless=("jelly <knees>",)))


def test_groups_made_of_each_other_are_refused_by_name():
    words = {**WORDS, "first": ("<second>",), "second": ("<first>",)}
    with pytest.raises(BadPhrase, match="groups made of each other: first, second"):
        prepare(lexicon(words=words))


def test_a_sign_with_a_broken_phrase_is_refused():
    with pytest.raises(BadPhrase):
        prepare(lexicon(signs={**SIGNS, Finding.FEVER: Sign(("fever ..",))}))


def test_a_group_cannot_be_called_like_a_cue():
    with pytest.raises(BadPhrase, match="other is a cue"):
        prepare(lexicon(words={**WORDS, "other": ("else",)}))


def test_groups_come_in_layers_each_made_of_the_ones_before():
    words = {**WORDS, "bad-pain": ("bad <pain>",), "worse-pain": ("very <bad-pain>",)}
    layers = prepare(lexicon(words=words)).layers
    assert len(layers) == 3


def test_choices_of_several_words_are_groups_of_their_own():
    signs = {Finding.STROKE_SIGN: Sign(("face on_one_side|wonky|can't",))}
    grammar = prepare(lexicon(signs=signs))
    assert {"on", "one", "side", "wonky", "can", "not"} <= grammar.vocabulary


def test_the_vocabulary_holds_words_and_stems_but_no_groups():
    vocabulary = prepare(lexicon()).vocabulary
    assert {"pain*", "chest", "fainted", "nope"} <= vocabulary
    assert not [one for one in vocabulary if one.startswith("<")]


def test_a_language_is_known_by_its_small_words():
    small = prepare(lexicon(cues={**CUES, Cue.LIST: ("or", "<pain> or")})).small_words
    assert {"i", "my", "in", "of", "or", "not", "but"} <= small
    assert "<pain>" not in small


def test_a_language_may_lack_a_cue():
    cues = {cue: words for cue, words in CUES.items() if cue is not Cue.HEDGED}
    assert prepare(lexicon(cues=cues)).walls == {"but", "just"}


def test_a_label_tells_sign_and_certainty():
    assert label(Finding.CHEST_PAIN, "maybe") == "chest-pain:maybe"
