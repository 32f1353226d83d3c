"""A button that leads to a tip is never called like an emergency sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.lint_buttons import ALLOWED, alarm_words, stem, words_of
from bot.content.parsing import parse
from bot.domain.red_flags import Finding
from bot.domain.triage import assess

DRAFT, _ = parse(Path(__file__).parents[2] / "content")
assert DRAFT is not None
RULESET = DRAFT.library.ruleset
TEXTS = DRAFT.library.texts
SIGNS = "locales/en/signs.ftl"


@pytest.mark.parametrize("sign", RULESET.emergency_signs)
def test_each_line_of_the_emergency_list_gives_its_words(sign: Finding) -> None:
    line = TEXTS.say("en", f"sign-{sign}")
    alarms = alarm_words(DRAFT)
    told = [word for word in words_of(line.split(" not ")[0]) if stem(word) in alarms]
    assert told, line


@pytest.mark.parametrize(
    "finding",
    [one for one in Finding if assess(frozenset({one}), RULESET).urgency.name == "EMERGENCY"],
)
def test_each_finding_that_is_an_emergency_gives_the_words_it_goes_by(finding: Finding) -> None:
    name = TEXTS.say("en", f"finding-{finding}")
    assert "unspecified" in finding or {stem(word) for word in words_of(name)} & alarm_words(DRAFT)


@pytest.mark.parametrize(
    "word", ["chest", "tightness", "jaw", "breathe", "coughing", "fainted", "numbness", "tingled"]
)
def test_words_of_signs_in_any_form(copy, word: str) -> None:
    """Signs that are emergencies only with something else count too."""
    rule = (
        "\n  - id: arm-and-more\n    urgency: emergency\n"
        "    when: {all_of: [pain, one-limb]}\n"
        "    sources: [aftermile-rules]\n    verified: false\n    reviewed_by: null\n"
        "    examples: [[pain, one-limb]]\n    near_misses: [[pain]]\n"
    )
    copy.add("red_flags.yaml", rule)
    copy.edit(SIGNS, "contributor-carried = Carried something", f"contributor-carried = {word}")
    copy.edit(
        SIGNS, "finding-one-limb = { sign-one-limb.button }", "finding-one-limb = Arm tingles"
    )
    found = copy.found(SIGNS, "button-word")
    assert any(f"“{word}”" in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("contributor-carried = Carried something", "contributor-carried = Carried both of them"),
        ("region-other = Another place", "region-other = It is not just one"),
    ],
)
def test_small_words_are_free(copy, old: str, new: str) -> None:
    copy.edit(SIGNS, old, new)
    assert copy.found(SIGNS, "button-word") == []


def test_a_topic_is_such_a_button_too(copy) -> None:
    copy.edit("locales/en/topics.ftl", "= Every day", "= Numb every day")
    assert copy.found("locales/en/topics.ftl", "button-word")


def test_an_allowance_holds_for_its_own_button_only(copy) -> None:
    copy.edit(SIGNS, "contributor-stiff = Stiff shoulders", "contributor-stiff = Stiff arm")
    assert any("“arm”" in one for one in copy.found(SIGNS, "button-word"))


@pytest.mark.parametrize(("id_", "word"), sorted(ALLOWED))
def test_each_allowance_is_needed_and_says_why(id_: str, word: str) -> None:
    assert word in words_of(TEXTS.say("en", id_))
    assert stem(word) in alarm_words(DRAFT)
    assert len(ALLOWED[id_, word].split()) > 3
