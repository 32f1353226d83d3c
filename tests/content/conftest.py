"""The shipped content, and copies of it that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from bot.content import parsing, yaml_file
from bot.content.library import Library, load
from bot.content.lint import lint
from bot.content.problems import Problem
from bot.content.yaml_file import YamlFile
from bot.reading.lexicon import Grammar, Lexicon, prepare

CONTENT = Path(__file__).parents[2] / "content"


@dataclass(frozen=True)
class Copy:
    """A copy of the content; `edit` fails where it would change nothing."""

    root: Path

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, f"{name} does not say {old!r}"
        path.write_text(text.replace(old, new), "utf-8")

    def add(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(before + text, "utf-8")

    def found(self, name: str, rule: str) -> list[str]:
        """The messages of one lint rule about one file."""
        where = f"content/{name}"
        return [p.message for p in lint(self.root) if (p.path, p.rule) == (where, rule)]

    def remove(self, name: str) -> None:
        path = self.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture(scope="session", autouse=True)
def what_no_test_changes_is_read_once() -> Iterator[None]:
    """A test changes one file of eighty, and reading them all is most of what a lint takes."""
    read_yaml, read_fluent = yaml_file._parse, FluentParser.parse
    read: dict[tuple[str, str], YamlFile] = {}
    ready: dict[str, Grammar] = {}

    def read_yaml_once(name: str, text: str, found: list[Problem]) -> YamlFile | None:
        if (name, text) in read:
            return read[name, text]
        problems: list[Problem] = []
        file = read_yaml(name, text, problems)
        found += problems
        if file is not None and not problems:
            read[name, text] = file
        return file

    def prepare_once(lexicon: Lexicon) -> Grammar:
        key = repr(lexicon)
        if key not in ready:
            ready[key] = prepare(lexicon)
        return ready[key]

    @cache
    def read_fluent_once(text: str) -> ast.Resource:
        return read_fluent(FluentParser(), text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_file, "_parse", read_yaml_once)
        patch.setattr(FluentParser, "parse", lambda _self, text: read_fluent_once(text))
        patch.setattr(parsing, "prepare", prepare_once)
        yield


@pytest.fixture(scope="session")
def content() -> Path:
    return CONTENT


@pytest.fixture(scope="session")
def library() -> Library:
    return load(CONTENT)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    return Copy(root)
