"""One open transaction, and one table's rows as domain objects within it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Generic

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Executable,
    Insert,
    RowMapping,
    Select,
    Table,
    Update,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.mapping import Mapper, Mappers, T
from bot.storage.uninterrupted import Line, uninterrupted

Order = Sequence[ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Transaction:
    """Where all SQL passes. `writing` tells which kind of unit of work opened it.

    `line` is the way to a server; None where nothing is in between.
    """

    connection: AsyncConnection
    mappers: Mappers
    writing: bool
    line: Line | None = None

    async def read(
        self, statement: Executable, values: dict[str, Any] | None = None
    ) -> Sequence[RowMapping]:
        """Give the rows of a query."""
        return (await self._execute(statement, values)).mappings().all()

    async def write(
        self, statement: Executable, values: dict[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Change something; in a reading unit of work this is a programming error."""
        if not self.writing:
            raise RuntimeError("a reading unit of work cannot write")
        return await self._execute(statement, values)

    async def insert_once(
        self, table: Table, values: dict[str, Any], *key: ColumnElement[Any]
    ) -> RowMapping | None:
        """Insert a row and give it back; None if its unique `key` is taken already."""
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        statement = (
            dialect.insert(table)
            .values(values)
            .on_conflict_do_nothing(index_elements=key)
            .returning(table)
        )
        return (await self.write(statement)).mappings().one_or_none()

    async def _execute(
        self, statement: Executable, values: dict[str, Any] | None = None
    ) -> CursorResult[Any]:
        return await uninterrupted(self.connection.execute(statement, values), self.line)


class Rows(Generic[T]):
    """One table's rows as domain objects, within one transaction."""

    def __init__(self, transaction: Transaction, mapper: Mapper[T]) -> None:
        self._transaction = transaction
        self._mapper = mapper
        self._table = mapper.table

    async def all(self, *where: ColumnElement[bool], order: Order = ()) -> tuple[T, ...]:
        """Give every object that meets the conditions."""
        query = select(self._table).where(*where).order_by(*order)
        return tuple(self._mapper.build(row) for row in await self._transaction.read(query))

    async def first(self, *where: ColumnElement[bool], order: Order = ()) -> T | None:
        """Give the first object that meets the conditions."""
        query = select(self._table).where(*where).order_by(*order).limit(1)
        rows = await self._transaction.read(query)
        return self._mapper.build(rows[0]) if rows else None

    async def get(self, id_: int) -> T | None:
        """Load one object and, when writing, hold its row (SQLite's one writer holds all)."""
        query = _by_id(self._table, held=self._transaction.writing)
        rows = await self._transaction.read(query, {_ID: id_})
        return self._mapper.build(rows[0]) if rows else None

    async def add(self, one: T, **more: object) -> T:
        """Insert an object (and columns that are no field of it); gives it back with its id."""
        values = self._mapper.values(one) | more
        stored = await self._transaction.write(_adding(self._table), values)
        return replace(one, id=stored.scalar_one())

    async def add_once(self, one: T, key: ColumnElement[Any], **more: object) -> T | None:
        """Insert an object unless its unique `key` is taken, which gives None."""
        values = self._mapper.values(one) | more
        row = await self._transaction.insert_once(self._table, values, key)
        return None if row is None else replace(one, id=row["id"])

    async def save(self, one: T) -> None:
        """Store every field of a known object; one that is gone by now stays gone."""
        values = self._mapper.values(one) | {_ID: one.id}
        await self._transaction.write(_saving(self._table), values)


_ID: Final = "the_id"
"""A name no column has: it says which row is meant."""


# Made once a table: putting a statement together takes as long as a database takes to answer.


@cache
def _by_id(table: Table, *, held: bool) -> Select[Any]:
    query = select(table).where(table.c.id == bindparam(_ID))
    return query.with_for_update() if held else query


@cache
def _adding(table: Table) -> Insert:
    return insert(table).returning(table.c.id)


@cache
def _saving(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam(_ID))
