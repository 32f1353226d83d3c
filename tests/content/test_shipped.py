"""What ships is clean and covers everything Aftermile promises to cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content.library import BrokenContent, Library, load
from bot.content.lint import check, lint
from bot.content.parsing import ruleset_hash
from bot.domain.not_when import NotWhen
from bot.domain.tips import TipKind

EXPLAINED = {
    "posture",
    "muscle-imbalance",
    "overtraining",
    "running-form",
    "underlying-condition",
}
PREVENTION = {
    "core-strength",
    "flexibility",
    "daily-posture",
    "warm-up",
    "cool-down",
    "gradual-progression",
    "shoes-and-gear",
    "listen-to-body",
}
TREATMENT = {
    "relative-rest",
    "ice",
    "otc-pain-relief",
    "physiotherapy",
    "massage",
    "medical-attention",
}
EXERCISES = {
    "thoracic-extension",
    "scapular-retraction",
    "cat-cow",
    "shoulder-rolls",
    "chest-stretch",
    "plank",
    "side-plank",
    "russian-twist",
}


def test_shipped_content_has_no_problem(content: Path) -> None:
    assert [str(problem) for problem in lint(content)] == []


def test_summary_says_how_much_there_is_and_that_nobody_signed_it(content: Path) -> None:
    problems, summary = check(content)
    assert problems == []
    assert summary.startswith("27 tips, 79 rules")
    assert "0 signed by a clinician" in summary
    assert summary.endswith("No problems.")


def test_every_row_of_the_source_is_there_in_its_place(library: Library) -> None:
    kinds = {kind: {t.id for t in library.tips if t.kind is kind} for kind in TipKind}
    assert kinds == {
        TipKind.PREVENTION: EXPLAINED | PREVENTION,
        TipKind.TREATMENT: TREATMENT,
        TipKind.EXERCISE: EXERCISES,
    }


def test_explainers_and_what_needs_a_person_are_never_the_answer_to_a_check_in(
    library: Library,
) -> None:
    only_in_tips = {tip.id for tip in library.tips if not tip.chosen_in_check_in}
    assert only_in_tips == EXPLAINED | {"otc-pain-relief", "medical-attention", "russian-twist"}


def test_every_exercise_shows_its_own_movement(library: Library) -> None:
    for id_ in EXERCISES:
        tip = library.tip(id_)
        assert tip is not None
        assert tip.movement == id_
        assert id_ in library.movements


def test_pain_relief_names_a_pharmacist_and_no_dose(library: Library) -> None:
    tip = library.tip("otc-pain-relief")
    assert tip is not None
    assert {NotWhen.BLOOD_THINNERS, NotWhen.PREGNANCY, NotWhen.OVER_65} <= set(tip.not_when)
    said = {
        part: library.texts.say("en", f"tip-otc-pain-relief.{part}") for part in ("how", "not")
    }
    assert "pharmacist" in said["how"]
    assert "before or during a run" in said["not"]
    whole = "".join(
        library.texts.say("en", id_)
        for id_ in library.texts.entries("en")
        if id_.startswith("tip-otc-pain-relief")
    )
    assert " mg" not in whole


@pytest.mark.parametrize("id_", sorted(EXERCISES))
def test_exercises_do_not_promise(library: Library, id_: str) -> None:
    why = library.texts.say("en", f"tip-{id_}.why")
    assert "No trial" in why or "None looked at upper backs" in why


def test_an_unknown_tip_is_none(library: Library) -> None:
    assert library.tip("from-another-release") is None


def test_broken_content_does_not_load_and_says_where(copy) -> None:
    copy.edit("tips/ice/tip.yaml", "pain: [1, 10]", "pain: [1, 12]")
    with pytest.raises(BrokenContent) as caught:
        load(copy.root)
    assert str(caught.value).startswith("content/tips/ice/tip.yaml:9: clinical: ice: pain must")
    problems, summary = check(copy.root)
    assert list(caught.value.problems) == problems
    assert summary.endswith(". 1 problem.")


def test_content_without_its_shape_does_not_load_and_is_counted(copy) -> None:
    copy.edit("tips/ice/tip.yaml", "kind: treatment", "kind: magic\ntpoic: easing")
    with pytest.raises(BrokenContent, match="tpoic"):
        load(copy.root)
    problems, summary = check(copy.root)
    assert len(problems) == 2
    assert summary == "2 problems."


def test_the_hash_names_what_decides_and_nothing_else(library: Library, copy) -> None:
    assert len(library.ruleset.hash) == 16
    copy.edit(
        "red_flags.yaml",
        "reviewed_by: null",
        f"reviewed_by: A. Doctor\n    reviewed_on: {datetime(2026, 12, 1, tzinfo=UTC).date()}",
    )
    signed = load(copy.root).ruleset
    assert signed.rules[0].reviewed_by == "A. Doctor"
    assert signed.hash == library.ruleset.hash
    lists = (signed.emergency_signs, signed.same_day_signs, signed.weekly_signs)
    assert ruleset_hash(signed.rules[1:], *lists) != signed.hash
    assert ruleset_hash(signed.rules, *lists[:2], signed.weekly_signs[1:]) != signed.hash
    assert ruleset_hash(signed.rules[::-1], *lists) == signed.hash
    louder = replace(signed.rules[0], once_per_episode=True)
    assert ruleset_hash((louder, *signed.rules[1:]), *lists) != signed.hash
