"""A lexicon that lacks something, or says it in a way that cannot be read, is reported."""

from __future__ import annotations

import pytest

from bot.content.lint import lint

EN = "lexicon/en.yaml"
DE = "lexicon/de.yaml"


def without_block(text, name, indent):
    """A lexicon's text without one entry and what is indented below it."""
    kept, skipping = [], False
    for line in text.splitlines(keepends=True):
        depth = len(line) - len(line.lstrip())
        if line.startswith(f"{' ' * indent}{name}:"):
            skipping = True
        elif not skipping or (line.strip() and depth <= indent):
            skipping = False
            kept.append(line)
    assert len(kept) < len(text.splitlines()), f"there is no {name}"
    return "".join(kept)


def remove(copy, file, name, indent=2):
    path = copy.root / file
    path.write_text(without_block(path.read_text("utf-8"), name, indent), "utf-8")


def test_the_shipped_lexicons_are_whole(copy):
    assert [str(problem) for problem in lint(copy.root) if "lexicon" in problem.path] == []


@pytest.mark.parametrize("cue", ["hedged", "none-of", "effort"])
def test_a_cue_without_words_is_reported(copy, cue):
    remove(copy, DE, cue)
    assert copy.found(DE, "lexicon") == [f"no words for the cue {cue}"]


def test_a_sign_that_counts_alone_needs_words_in_english(copy):
    remove(copy, EN, "seizure")
    assert copy.found(EN, "lexicon") == ["no words for seizure"]


def test_a_sign_with_neither_sure_nor_possible_words_has_none(copy):
    remove(copy, EN, "seizure")
    copy.edit(EN, "signs:\n", "signs:\n  seizure:\n    counts_when_over: true\n")
    assert copy.found(EN, "lexicon") == ["no words for seizure"]


def test_other_languages_need_the_worst_signs_and_may_lack_others(copy):
    remove(copy, DE, "chest-pain")
    assert copy.found(DE, "lexicon") == ["no words for chest-pain"]


def test_what_is_serious_only_beside_something_else_may_be_missing(copy):
    remove(copy, EN, "nausea")
    assert copy.found(EN, "lexicon") == []


def test_without_an_english_lexicon_there_is_no_reading(copy):
    copy.remove(EN)
    messages = [problem.message for problem in lint(copy.root) if problem.rule == "lexicon"]
    assert messages == ["no lexicon for en"]


@pytest.mark.parametrize(
    ("phrase", "part"),
    [("nonsense ..", "nonsense .."), ("<nowhere> hurts", "no group <nowhere>")],
)
def test_a_broken_phrase_is_named(copy, phrase, part):
    copy.edit(EN, "harmless:\n", f'harmless:\n  - "{phrase}"\n')
    (message,) = copy.found(EN, "shape")
    assert part in message


def test_an_unknown_sign_is_reported(copy):
    copy.edit(EN, "signs:\n", "signs:\n  hiccups:\n    say: [hiccups]\n")
    assert copy.found(EN, "shape")
