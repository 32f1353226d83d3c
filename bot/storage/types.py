"""Column types that refuse what must never be stored: naive times, unknown codes, open health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, Text, TypeDecorator
from sqlalchemy.exc import DontWrapMixin

from bot.storage.seal import Sealed

E = TypeVar("E", bound=Enum)

LONGEST_CODE: Final = 32


class NaiveTime(DontWrapMixin, ValueError):
    """A time without a zone was about to be stored or compared."""


class UnknownValue(DontWrapMixin, ValueError):
    """A value outside its vocabulary: a slip in the code, a newer release's row, or tampering."""


class Unsealed(DontWrapMixin, ValueError):
    """A health value was about to be stored without encryption."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored and given back in UTC.

    SQLite keeps it as text of fixed width with microseconds, which sorts and compares as time.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC; raises NaiveTime for one without a zone."""
        del dialect
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveTime(f"{value.isoformat()} has no zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Mark what SQLite gives back without a zone as the UTC it is."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WholeSeconds(TypeDecorator[timedelta]):
    """A length of time, stored as an integer of seconds; a fraction of one is dropped."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        """Count the seconds."""
        del dialect
        return None if value is None else int(value.total_seconds())

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        """Give the length back."""
        del dialect
        return None if value is None else timedelta(seconds=value)


def code(member: Enum) -> str:
    """Give the short text a member is stored as: its own text, or its name where it is a number.

    A number is only an order (urgencies are compared), and inserting a level would shift it.
    """
    return member.value if isinstance(member.value, str) else member.name.lower()


class Checked(TypeDecorator[E]):
    """A member of one enum, stored as its short text and checked on the way in and out."""

    impl = String(LONGEST_CODE)
    cache_ok = True

    def __init__(self, vocabulary: type[E]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Give the text of a member; anything else raises UnknownValue."""
        del dialect
        if value is None:
            return None
        if not isinstance(value, self.vocabulary):
            raise UnknownValue(f"{value!r} is no {self.vocabulary.__name__}")
        return code(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Give the member of a text; raises UnknownValue where there is none."""
        del dialect
        if value is None:
            return None
        for member in self.vocabulary:
            if code(member) == value:
                return member
        raise UnknownValue(f"{value!r} is no {self.vocabulary.__name__}")


class SealedHealth(TypeDecorator[Sealed]):
    """A health value as ciphertext. The mapping seals and opens it, the database never can."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> str | None:
        """Let ciphertext pass; raises Unsealed for anything else, without quoting it."""
        del dialect
        if value is not None and not isinstance(value, Sealed):
            raise Unsealed("a health value must be sealed before it is stored")
        return value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sealed | None:
        """Mark stored ciphertext as such."""
        del dialect
        return None if value is None else Sealed(value)


def big_id() -> BigInteger:
    """Give the type of our own ids: 64 bits, which on SQLite only INTEGER may count up."""
    return BigInteger().with_variant(Integer, "sqlite")
