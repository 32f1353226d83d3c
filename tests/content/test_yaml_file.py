"""Reading YAML with line numbers, and without YAML's surprises."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.problems import Problem
from bot.content.yaml_file import YamlFile, read_yaml


def read(tmp_path: Path, text: str) -> tuple[YamlFile | None, list[str]]:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    found: list[Problem] = []
    file = read_yaml(tmp_path, tmp_path / "a.yaml", found)
    return file, [f"{problem.line}: {problem.message}" for problem in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO: no", {"NO": "no"}),
        ("yes: [on, off, y, n]", {"yes": ["on", "off", "y", "n"]}),
        ("a: [true, false, null, ~]", {"a": [True, False, None, None]}),
        ("a:", {"a": None}),
        ("a: [112, 000, 0119, -3]", {"a": [112, "000", "0119", -3]}),
        ("a: [0.5, -1.25, 12:30]", {"a": [0.5, -1.25, "12:30"]}),
        ("a: 2026-12-01", {"a": "2026-12-01"}),
        ("a: &x {b: 1}\nc: {<<: *x, d: 2}", {"a": {"b": 1}, "c": {"b": 1, "d": 2}}),
        ("", None),
    ],
)
def test_words_stay_words(tmp_path: Path, text: str, value: object) -> None:
    file, found = read(tmp_path, text)
    assert file is not None
    assert (file.value, found) == (value, [])


def test_a_value_is_found_on_its_line(tmp_path: Path) -> None:
    file, _ = read(tmp_path, "a:\n  b:\n    - 1\n    - {c: 2,\n       d: 3}\n")
    assert file is not None
    places = [("a",), ("a", "b", 1), ("a", "b", 1, "d"), ("a", "b", 7, "x"), ("gone",), ()]
    assert [file.line(place) for place in places] == [1, 4, 5, 2, 1, 1]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", "3: a is given twice"),
        ("a:\n  b: {c: 1, c: 2}\n", "2: c is given twice"),
        ("a: [1\nb: 2\n", "2: did not find expected"),
        ("a: *gone", "1: found undefined alias"),
        ("a: 1\n--- \nb: 2\n", "2: but found another document"),
        ("? [a]\n: 1\n", "1: found unhashable key"),
        ("a: !!python/name:os.system x", "1: could not determine a constructor"),
        ("a: \x07", "1: unacceptable character #x0007"),
    ],
)
def test_what_is_not_plain_yaml_is_reported(tmp_path: Path, text: str, problem: str) -> None:
    _, found = read(tmp_path, text)
    assert [one[: len(problem)] for one in found] == [problem]


def test_an_alias_that_holds_itself_ends(tmp_path: Path) -> None:
    file, found = read(tmp_path, "a: &x [1, *x]")
    assert file is not None
    assert found == []
