"""From files to domain objects: shape only. Whether the content makes sense is the lint's part."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from bot.content.model import Draft, Library, Source
from bot.content.problems import Problem
from bot.content.texts import read_texts
from bot.content.yaml_file import YamlFile, read_yaml, validate
from bot.domain.emergency_numbers import EmergencyNumbers
from bot.domain.movements import Movement
from bot.domain.red_flags import Finding, Rule, Ruleset, Urgency
from bot.domain.tips import Tip
from bot.reading.lexicon import Grammar, Lexicon, prepare
from bot.reading.phrases import BadPhrase

RED_FLAGS: Final = "red_flags.yaml"
SOURCES: Final = "sources.yaml"
NUMBERS: Final = "emergency_numbers.yaml"
LEXICONS: Final = "lexicon"
HASH_LENGTH: Final = 16

_URGENCIES: Final = {urgency.name.lower(): urgency for urgency in Urgency}
_T = TypeVar("_T")
_Named = TypeVar("_Named", Tip, Movement)


def tip_file(tip_id: str) -> str:
    """Name the file a tip is described in."""
    return f"tips/{tip_id}/tip.yaml"


def parse(root: Path) -> tuple[Draft | None, list[Problem]]:
    """Read everything under `root`; the draft is None when anything does not have its shape."""
    reader = _Reader(root)
    ruleset = reader.ruleset()
    sources = reader.one(SOURCES, dict[str, Source])
    numbers = reader.one(NUMBERS, EmergencyNumbers)
    tips = reader.each("tips/*/tip.yaml", Tip)
    movements = reader.each("movements/*.yaml", Movement)
    texts = read_texts(root, reader.found)
    grammars = reader.grammars()
    if reader.found or ruleset is None or sources is None or numbers is None:
        return None, reader.found
    library = Library(
        ruleset,
        tuple(sorted(tips, key=lambda tip: tip.id)),
        sources,
        {movement.id: movement for movement in movements},
        numbers,
        texts,
        grammars,
    )
    return Draft(root.name, library, reader.files), []


@dataclass(frozen=True, slots=True)
class _RulesFile:
    """red_flags.yaml as it is written."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    emergency_signs: tuple[Finding, ...]
    same_day_signs: tuple[Finding, ...]
    weekly_signs: tuple[Finding, ...]
    rules: tuple[Rule, ...]


@dataclass(slots=True)
class _Reader:
    root: Path
    files: dict[str, YamlFile] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)

    def file(self, name: str) -> YamlFile | None:
        file = read_yaml(self.root, self.root / name, self.found)
        if file:
            self.files[name] = file
        return file

    def one(self, name: str, kind: type[_T]) -> _T | None:
        """Read a file that is one object."""
        file = self.file(name)
        return validate(kind, file.value, file, self.found) if file else None

    def each(self, pattern: str, kind: type[_Named]) -> list[_Named]:
        """Read files that are one object each; it goes by the name of its folder or file."""
        values = []
        for path in sorted(self.root.glob(pattern)):
            name = path.relative_to(self.root).as_posix()
            value = self.one(name, kind)
            expected = name.split("/")[1].removesuffix(".yaml")
            if value and value.id != expected:
                message = f"the id must be {expected}, as the file is called"
                self.found.append(self.files[name].problem(("id",), "shape", message))
            if value:
                values.append(value)
        return values

    def grammars(self) -> dict[str, Grammar]:
        """Compile every lexicon, by the language its file is called after."""
        grammars = {}
        for path in sorted(self.root.glob(f"{LEXICONS}/*.yaml")):
            name = path.relative_to(self.root).as_posix()
            lexicon = self.one(name, Lexicon)
            if lexicon is None:
                continue
            try:
                grammars[path.stem] = prepare(lexicon)
            except BadPhrase as error:
                message = f"cannot be read as a phrase: {error}"
                self.found.append(self.files[name].problem((), "shape", message))
        return grammars

    def ruleset(self) -> Ruleset | None:
        file = self.file(RED_FLAGS)
        if file is None:
            return None
        raw = _with_urgencies(file, self.found)
        parsed = validate(_RulesFile, raw, file, self.found)
        if parsed is None:
            return None
        signs = (parsed.emergency_signs, parsed.same_day_signs)
        weekly = parsed.weekly_signs
        name = ruleset_hash(parsed.rules, *signs, weekly)
        return Ruleset(parsed.rules, *signs, name, weekly)


def _with_urgencies(file: YamlFile, found: list[Problem]) -> object:
    """Put the ordered urgencies where the file has their names; a number is not one."""
    if not isinstance(file.value, Mapping) or not isinstance(file.value.get("rules"), list):
        return file.value
    rules = []
    for place, raw in enumerate(file.value["rules"]):
        word = raw.get("urgency") if isinstance(raw, Mapping) else None
        if isinstance(word, str) and word in _URGENCIES:
            rules.append({**raw, "urgency": _URGENCIES[word]})
            continue
        if word is not None:
            message = f"{word} is no urgency; use {', '.join(_URGENCIES)}"
            found.append(file.problem(("rules", place, "urgency"), "shape", message))
            rules.append({**raw, "urgency": Urgency.EMERGENCY})
            continue
        rules.append(raw)
    return {**file.value, "rules": rules}


def ruleset_hash(
    rules: tuple[Rule, ...],
    emergency_signs: tuple[Finding, ...],
    same_day_signs: tuple[Finding, ...],
    weekly_signs: tuple[Finding, ...],
) -> str:
    """Name a version of the rules: 16 hex digits over what decides, in a canonical order.

    Reviews, sources and examples are left out: signing a rule does not change what it does.
    """
    deciding: dict[str, Any] = {
        "rules": [
            {
                "id": rule.id,
                "urgency": int(rule.urgency),
                "all_of": sorted(rule.when.all_of),
                "any_of": sorted(rule.when.any_of),
                "once_per_episode": rule.once_per_episode,
                "again_after": rule.again_after and rule.again_after.total_seconds(),
                "until_acknowledged": rule.until_acknowledged,
            }
            for rule in sorted(rules, key=lambda rule: rule.id)
        ],
        "emergency": emergency_signs,
        "same_day": same_day_signs,
        "weekly": weekly_signs,
    }
    canonical = json.dumps(deciding, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:HASH_LENGTH]
