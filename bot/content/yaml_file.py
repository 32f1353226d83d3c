"""Read YAML and keep its line numbers, so that a wrong value can be pointed at.

Stricter than YAML itself: a key given twice is a problem, and only `true` and `false` are truth
values, because the country code NO would otherwise read as false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar, cast

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.content.problems import Problem

Loc = tuple[str | int, ...]
"""The way to a value: keys and list places from the top of the file."""

_T = TypeVar("_T")

_SCALARS: Final = (
    ("tag:yaml.org,2002:null", r"(?:~|null|)$", "~n"),
    ("tag:yaml.org,2002:bool", r"(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("tag:yaml.org,2002:float", r"-?[0-9]+\.[0-9]+(?:[eE][-+][0-9]+)?$", "-0123456789"),
    ("tag:yaml.org,2002:merge", r"<<$", "<"),
)


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Lay the scalars out the way PyYAML looks them up: by first character, "" for nothing."""
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for tag, pattern, first in _SCALARS:
        for character in (*first, *([""] if tag.endswith("null") else [])):
            table.setdefault(character, []).append((tag, re.compile(pattern)))
    return table


# libyaml reads the content some ten times faster; it comes with nearly every build of PyYAML.
class _Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]  # both are SafeConstructors
    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = _resolvers()


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file: its name as problems show it, its plain value, and where each part stands."""

    path: str
    value: Any
    lines: Mapping[Loc, int]

    def line(self, loc: Loc = ()) -> int:
        """Give the line of a value, or of the nearest part around it that is there."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def problem(self, loc: Loc, rule: str, message: str) -> Problem:
        """Make a problem that points at a value of this file."""
        return Problem(self.path, self.line(loc), rule, message)


def shown(root: Path, path: Path) -> str:
    """Name a file the way problems do: from the content folder on."""
    return f"{root.name}/{path.relative_to(root).as_posix()}"


def read_yaml(root: Path, path: Path, found: list[Problem]) -> YamlFile | None:
    """Read one file; what is wrong goes to `found`, and None comes back if it cannot be read."""
    name = shown(root, path)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        found.append(Problem(name, 1, "parse", "the file is missing"))
        return None
    except UnicodeDecodeError:
        found.append(Problem(name, 1, "parse", "the file is not UTF-8"))
        return None
    return _parse(name, text, found)


def _parse(name: str, text: str, found: list[Problem]) -> YamlFile | None:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        value = None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        found.append(Problem(name, line, "parse", error.problem or "not YAML"))
        return None
    except yaml.YAMLError as error:
        found.append(Problem(name, 1, "parse", str(error).splitlines()[0]))
        return None
    finally:
        loader.dispose()
    return YamlFile(name, value, _lines(name, node, found))


def _lines(name: str, node: yaml.Node | None, found: list[Problem]) -> dict[Loc, int]:
    """Note the line of every value, and report keys that are given twice."""
    lines: dict[Loc, int] = {}
    seen: set[int] = set()
    waiting: list[tuple[Loc, yaml.Node]] = [] if node is None else [((), node)]
    while waiting:
        loc, current = waiting.pop()
        lines.setdefault(loc, current.start_mark.line + 1)
        if id(current) in seen:
            continue
        seen.add(id(current))
        keys: set[str | int] = set()
        for key, line, child in _children(current):
            if key in keys:
                found.append(Problem(name, line, "parse", f"{key} is given twice"))
            keys.add(key)
            lines[*loc, key] = line
            waiting.append(((*loc, key), child))
    return lines


def _children(node: yaml.Node) -> Iterator[tuple[str | int, int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            yield str(key.value), key.start_mark.line + 1, child
    if isinstance(node, yaml.SequenceNode):
        for place, child in enumerate(node.value):
            yield place, child.start_mark.line + 1, child


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - type[T] is no Hashable to mypy
    return TypeAdapter(kind)


def validate(
    kind: type[_T], value: object, file: YamlFile, found: list[Problem], *, at: Loc = ()
) -> _T | None:
    """Turn a plain value into a frozen dataclass; every misfit goes to `found`.

    `at` is where the value stands in the file.
    """
    try:
        valid: _T = _adapter(cast("Any", kind)).validate_python(value)
    except ValidationError as error:
        for misfit in error.errors(include_url=False):
            where: Loc = (*at, *misfit["loc"])
            named = ".".join(str(part) for part in where)
            found.append(file.problem(where, "shape", f"{named}: {misfit['msg']}"))
        return None
    return valid
