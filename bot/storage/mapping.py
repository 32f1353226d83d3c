"""Rows to domain objects and back, paired by field name, so that no repository repeats it.

Plain columns pass through their column type. Structured values (JSON columns) and health values
(sealed columns) become JSON and back by the field's own type hint.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Annotated, Any, ClassVar, Final, Generic, Protocol, TypeVar, get_type_hints

from pydantic import BeforeValidator, TypeAdapter, ValidationError
from sqlalchemy import JSON, Column, RowMapping, Table

from bot.domain.check_in import Answer, CheckIn
from bot.domain.decision import Decision, GivenTip
from bot.domain.delivery import Delivery
from bot.domain.escalation import Escalation
from bot.domain.red_flags import Finding
from bot.domain.runner import PauseSpan, Runner
from bot.domain.schedule import Run
from bot.storage import tables
from bot.storage.seal import Seal
from bot.storage.types import SealedHealth, UnknownValue


class Identified(Protocol):
    """A domain dataclass whose rows have an id."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> int:
        """0 before it is stored."""
        ...


T = TypeVar("T", bound=Identified)
Turn = Callable[[Any], Any]


class Mapper(Generic[T]):
    """One domain class and its table. Fields named in `elsewhere` have no column of their own."""

    def __init__(
        self, model: type[T], table: Table, seal: Seal, *, elsewhere: frozenset[str] = frozenset()
    ) -> None:
        self.table = table
        self._model = model
        hints = get_type_hints(model)
        stored = [field for field in fields(model) if field.name not in elsewhere]
        self._turns = {
            one.name: _turns(table.c[one.name], hints[one.name], seal) for one in stored
        }
        self._when_null = {one.name: _when_null(one) for one in stored}

    def values(self, one: T) -> dict[str, Any]:
        """Give the column values of an object; its id is the database's to choose."""
        return {
            name: write(getattr(one, name))
            for name, (write, _) in self._turns.items()
            if name != "id"
        }

    def build(self, row: RowMapping) -> T:
        """Make the object of a row; a field that lives elsewhere or is NULL has its default."""
        return self._model(
            **{
                name: self._when_null[name] if row[name] is None else read(row[name])
                for name, (_, read) in self._turns.items()
            }
        )


def _when_null(field: Field[Any]) -> object:
    return None if field.default is MISSING else field.default


def _turns(column: Column[Any], hint: type, seal: Seal) -> tuple[Turn, Turn]:
    """Choose how a field is written to its column and how it is read from it."""
    sealed = isinstance(column.type, SealedHealth)
    if not sealed and not isinstance(column.type, JSON):
        return _same, _same
    close: Turn = seal.seal if sealed else _same
    open_: Turn = seal.open if sealed else _same
    adapter = _adapter(hint)

    def write(value: object) -> object:
        return None if value is None else close(adapter.dump_python(value, mode="json"))

    def read(value: object) -> object:
        try:
            return adapter.validate_python(open_(value))
        except ValidationError:
            # Pydantic quotes what it refuses, and this may be about somebody's health.
            raise UnknownValue(f"{column} holds what this code cannot read") from None

    return write, read


@cache
def _adapter(hint: type) -> TypeAdapter[Any]:
    if hint == frozenset[Finding]:
        return TypeAdapter(Annotated[frozenset[Finding], BeforeValidator(_known)])
    return TypeAdapter(hint)


_FINDINGS: Final = {finding.value for finding in Finding}


def _known(words: object) -> object:
    """Pass over findings of another release: what is left still says enough to go on.

    Refusing them would lock the runner out of the bot; how urgent it was stands elsewhere.
    """
    if not isinstance(words, list):
        return words
    return [word for word in words if not isinstance(word, str) or word in _FINDINGS]


def _same(value: object) -> object:
    return value


@dataclass(frozen=True, slots=True)
class Mappers:
    """The mappers of every domain class, under one seal."""

    seal: Seal
    runners: Mapper[Runner]
    pauses: Mapper[PauseSpan]
    runs: Mapper[Run]
    check_ins: Mapper[CheckIn]
    answers: Mapper[Answer]
    decisions: Mapper[Decision]
    tips: Mapper[GivenTip]
    escalations: Mapper[Escalation]
    deliveries: Mapper[Delivery]

    @classmethod
    def under(cls, seal: Seal) -> Mappers:
        """Pair each class with its table."""
        return cls(
            seal=seal,
            runners=Mapper(Runner, tables.runners, seal),
            pauses=Mapper(PauseSpan, tables.pauses, seal),
            runs=Mapper(Run, tables.runs, seal),
            check_ins=Mapper(CheckIn, tables.check_ins, seal, elsewhere=frozenset({"answers"})),
            answers=Mapper(Answer, tables.answers, seal),
            decisions=Mapper(Decision, tables.decisions, seal),
            tips=Mapper(GivenTip, tables.given_tips, seal),
            escalations=Mapper(Escalation, tables.escalations, seal),
            deliveries=Mapper(Delivery, tables.deliveries, seal),
        )
