"""Packs of texts can be read by an eleven-year-old: those of each tip, those of each file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import lint
from bot.content.grades import HARDEST, grade_problems, measure, packs
from bot.content.parsing import parse

DRAFT, _ = parse(Path(__file__).parents[2] / "content")
assert DRAFT is not None
PACKS = packs(DRAFT)
GRADE = measure()
assert GRADE is not None, "textstat is a dependency of development"
JARGON = "Individuals experiencing discomfort should communicate with an appropriate specialist"


@pytest.mark.parametrize("path", sorted(PACKS))
def test_each_pack_stays_at_grade_six(path: str) -> None:
    assert GRADE(PACKS[path]) <= HARDEST


def test_every_text_is_in_a_pack() -> None:
    tips = {f"content/tips/{tip.id}/en.ftl" for tip in DRAFT.library.tips}
    assert tips <= PACKS.keys()
    assert {Path(path).name for path in PACKS.keys() - tips} == {
        path.name for path in (Path(__file__).parents[2] / "content/locales/en").glob("*.ftl")
    }


def test_a_pack_that_is_too_hard_is_reported_beside_everything_else(copy) -> None:
    copy.add("locales/en/hard.ftl", f"hard = {JARGON}.\n")
    problems, summary = lint.check(copy.root)
    hard = [str(one) for one in problems if one.rule == "grade"]
    assert len(hard) == 1
    assert hard[0].startswith("content/locales/en/hard.ftl:1: grade: reads at grade 2")
    assert "not measured" not in summary
    assert [one.rule for one in lint.lint(copy.root) if one.path.endswith("hard.ftl")] == []


def test_short_words_pass_however_many_there_are(copy) -> None:
    copy.add("locales/en/easy.ftl", "easy = Take a rest now.\nkey-easy = Stop\n")
    draft, _ = parse(copy.root)
    assert [one for one in grade_problems(draft, GRADE) if "easy" in one.path] == []


def test_without_the_library_the_summary_says_what_was_not_measured(
    copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "textstat", None)
    copy.add("locales/en/hard.ftl", f"hard = {JARGON}.\n")
    problems, summary = lint.check(copy.root)
    assert "Reading grades not measured" in summary
    assert [one for one in problems if one.rule == "grade"] == []
