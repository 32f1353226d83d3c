"""The kinds of columns the tables are made of, each said once."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import JSON, Column, ForeignKey
from sqlalchemy.types import TypeEngine

from bot.storage.types import big_id

NAMES: Final = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""What constraints and indexes are called, so that a migration can name them."""


def id_() -> Column[int]:
    """An id of our own."""
    return Column("id", big_id(), primary_key=True)


def runner_id() -> Column[int]:
    """Whose row it is; it goes with the runner."""
    key = ForeignKey("runners.id", ondelete="CASCADE")
    return Column("runner_id", big_id(), key, nullable=False)


def may_refer_to(table: str, name: str) -> Column[int]:
    """Point to another row without owning it: when that one goes, this one stays."""
    return Column(name, big_id(), ForeignKey(f"{table}.id", ondelete="SET NULL"))


def some(name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]]) -> Column[Any]:
    """A column that always has a value."""
    return Column(name, type_, nullable=False)


def json_(name: str, *, nullable: bool = False) -> Column[Any]:
    """Hold a small value that SQL never looks into; a missing one is NULL, not JSON's null."""
    return Column(name, JSON(none_as_null=True), nullable=nullable)
