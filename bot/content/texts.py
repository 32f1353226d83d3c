"""The words: Fluent files of all screens, signs and tips, one bundle per locale.

The only module that knows Fluent. Words live in `locales/<locale>/*.ftl` and, next to the tip
they belong to, in `tips/<id>/<locale>.ftl`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.content.problems import Problem
from bot.content.yaml_file import shown
from bot.domain.runner import FALLBACK

_SAMPLE_TEXT: Final = "sample"
_SAMPLE_TIME: Final = datetime(2026, 1, 31, 18, 30, tzinfo=UTC)
_PLURAL_SAMPLES: Final = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 7}
_FUNCTION_SAMPLES: Final[Mapping[str, tuple[object, ...]]] = {
    "NUMBER": (7,),
    "DATETIME": (_SAMPLE_TIME,),
}


class MissingText(KeyError):
    """No locale has this message, or a variable it needs was not given."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message or attribute and where it stands.

    `samples` has a line per variable: values that between them reach every variant. `refers_to`
    are the texts it takes in.
    """

    id: str
    path: str
    line: int
    samples: Mapping[str, tuple[object, ...]]
    refers_to: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Locale:
    bundle: FluentBundle
    entries: dict[str, Entry] = field(default_factory=dict)


class Texts:
    """All words of all locales; looks things up, never changes after it was read."""

    def __init__(self, locales: Mapping[str, _Locale]) -> None:
        self._locales = dict(locales)

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales there are, sorted."""
        return tuple(sorted(self._locales))

    def entries(self, locale: str) -> Mapping[str, Entry]:
        """Everything this very locale says, without the fallback."""
        return self._locales[locale].entries

    def has(self, locale: str, message_id: str, /) -> bool:
        """Whether `say` would find the message, in this locale or in English."""
        return any(message_id in self._locales[tag].entries for tag in self._chain(locale))

    def say(self, locale: str, message_id: str, /, **args: object) -> str:
        """Give a text, in English where this locale cannot; `tip-ice.how` names an attribute.

        Whole numbers are grouped the way the locale does it; pass years and ids as text.
        Raises MissingText.
        """
        wrong: tuple[str, ...] = ("there is no such message",)
        for tag in self._chain(locale):
            if message_id in self._locales[tag].entries:
                text, wrong = self.render(tag, message_id, args)
                if not wrong:
                    return text
        raise MissingText(f"{locale}: {message_id}: {'; '.join(wrong)}")

    def render(
        self, locale: str, message_id: str, args: Mapping[str, object]
    ) -> tuple[str, tuple[str, ...]]:
        """Give the text of this very locale and what went wrong while filling it in."""
        name, _, attribute = message_id.partition(".")
        bundle = self._locales[locale].bundle
        message = bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise MissingText(f"{locale}: {message_id}: it has attributes only")
        text, errors = bundle.format_pattern(pattern, dict(args))
        return str(text), tuple(str(error) for error in errors)

    def _chain(self, locale: str) -> Iterable[str]:
        tags = dict.fromkeys((locale, locale.partition("-")[0], FALLBACK))
        return (tag for tag in tags if tag in self._locales)


def read_texts(root: Path, found: list[Problem]) -> Texts:
    """Merge every Fluent file into one bundle per locale; problems go to `found`."""
    by_locale: dict[str, _Locale] = {}
    parser = FluentParser()
    for locale, path in _files(root):
        if locale not in by_locale:
            by_locale[locale] = _Locale(FluentBundle([locale], use_isolating=False))
        name = shown(root, path)
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            found.append(Problem(name, 1, "parse", "the file is not UTF-8"))
            continue
        resource = parser.parse(text)
        found += _junk(name, text, resource)
        found += _take(by_locale[locale], name, text, resource)
    if FALLBACK not in by_locale:
        found.append(Problem(f"{root.name}/locales", 1, "parse", f"no texts in {FALLBACK}"))
    return Texts(by_locale)


def _files(root: Path) -> list[tuple[str, Path]]:
    screens = [
        (path.relative_to(root / "locales").parts[0], path)
        for path in (root / "locales").rglob("*.ftl")
    ]
    return sorted(screens + [(path.stem, path) for path in (root / "tips").glob("*/*.ftl")])


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _junk(name: str, text: str, resource: ast.Resource) -> Iterable[Problem]:
    """Report what Fluent could not read, naming the commonest reason: how a line starts."""
    lines = text.split("\n")
    for item in resource.body:
        if not isinstance(item, ast.Junk):
            continue
        for annotation in item.annotations:
            line = _line(text, _start(annotation))
            if lines[line - 1].lstrip().startswith(("*", "[", ".")):
                yield Problem(name, line, "line-start", "a text line starts with * [ or .")
            else:
                yield Problem(name, line, "parse", annotation.message or "not Fluent")


def _start(node: ast.SyntaxNode) -> int:
    return node.span.start if node.span else 0


def _take(into: _Locale, name: str, text: str, resource: ast.Resource) -> Iterable[Problem]:
    """Add a file's messages, attribute by attribute; an id that is there already is a problem."""
    for item in resource.body:
        if not isinstance(item, ast.Message):
            continue
        parts: list[tuple[str, ast.SyntaxNode]] = [(item.id.name, item)] if item.value else []
        parts += [(f"{item.id.name}.{one.id.name}", one) for one in item.attributes]
        for id_, node in parts:
            line = _line(text, _start(node))
            if id_ in into.entries:
                other = into.entries[id_]
                note = f"{id_} is said already at {other.path}:{other.line}"
                yield Problem(name, line, "duplicate", note)
                continue
            reader = _Variables()
            reader.visit(item.value if node is item else node)
            refers_to = frozenset(reader.refers_to)
            into.entries[id_] = Entry(id_, name, line, reader.filled(), refers_to)
    into.bundle.add_resource(resource)


class _Variables(Visitor):
    """Collects variables with values for them: the keys of a selection, else what fits."""

    def __init__(self) -> None:
        super().__init__()
        self.samples: dict[str, list[object]] = {}
        self.refers_to: set[str] = set()

    def filled(self) -> dict[str, tuple[object, ...]]:
        """Give the values, with a plain text for variables that may be anything."""
        return {name: tuple(values) or (_SAMPLE_TEXT,) for name, values in self.samples.items()}

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - Fluent's name
        attribute = f".{node.attribute.name}" if node.attribute else ""
        self.refers_to.add(f"{node.id.name}{attribute}")

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's name
        self.samples.setdefault(node.id.name, [])

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 - Fluent's name
        if isinstance(node.selector, ast.VariableReference):
            keys = [_key(variant.key) for variant in node.variants]
            numeric = all(key in _PLURAL_SAMPLES or isinstance(key, float) for key in keys)
            values = [_PLURAL_SAMPLES.get(str(key), key) for key in keys] if numeric else keys
            self.samples.setdefault(node.selector.id.name, []).extend(values)
        self.generic_visit(node)

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802 - Fluent's name
        for argument in node.arguments.positional:
            if isinstance(argument, ast.VariableReference):
                values = _FUNCTION_SAMPLES.get(node.id.name, ())
                self.samples.setdefault(argument.id.name, []).extend(values)
        self.generic_visit(node)


def _key(key: ast.Identifier | ast.NumberLiteral) -> str | float:
    return key.name if isinstance(key, ast.Identifier) else float(key.value)
