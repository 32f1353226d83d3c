"""What travels in a button: typed, versioned, at most 64 bytes of ASCII.

A tap may come from an old release, another person or a forger, so `unpack` gives `StaleButton`
for anything it does not know to the letter; whether the runner may do it is the use case's word.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Final, get_type_hints

MAX_BYTES: Final = 64


MAX_INT_DIGITS: Final = 18


_SEPARATOR: Final = ":"


@dataclass(frozen=True, slots=True)
class StaleButton:
    """A button nobody can read any more: an older release's, or forged."""


@dataclass(frozen=True, slots=True)
class Callback:
    """One kind of button. `CODE` ends in the version of its fields."""

    CODE: ClassVar[str]

    def pack(self) -> str:
        """Write it as callback data."""
        values = (getattr(self, field.name) for field in dataclasses.fields(self))
        return _SEPARATOR.join([self.CODE, *(_write(value) for value in values)])


def _write(value: Any) -> str:  # noqa: ANN401 - any field type _read knows
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def _read(kind: Any, text: str) -> Any:  # noqa: ANN401 - the field's type, as annotated
    """Read one field; raises ValueError for what does not belong to its type."""
    if kind is bool:
        return {"0": False, "1": True}[text]
    if kind is int:
        if not text.isascii() or not text.isdigit() or len(text) > MAX_INT_DIGITS:
            raise ValueError(text)
        return int(text)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(text)
    return text


def unpack(data: str | None) -> Callback | StaleButton:
    """Read callback data as one of the known buttons."""
    code, *values = (data or "").split(_SEPARATOR)
    kind = _by_code().get(code)
    if kind is None:
        return StaleButton()
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    if len(names) != len(values):
        return StaleButton()
    try:
        read = {name: _read(hints[name], text) for name, text in zip(names, values, strict=True)}
    except (ValueError, KeyError):
        return StaleButton()
    return kind(**read)


def _by_code() -> dict[str, type[Callback]]:
    return {kind.CODE: kind for kind in Callback.__subclasses__()}
