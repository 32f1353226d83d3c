"""The repository of check-ins: each comes with its standing answers, in the order given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from bot.domain.check_in import Answer, CheckIn
from bot.storage import tables
from bot.storage.transaction import Order, Rows, Transaction


class SqlCheckIns:
    """Check-ins and their answers, within one transaction; see services/ports.py."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._rows = Rows(transaction, transaction.mappers.check_ins)
        self._answers = Rows(transaction, transaction.mappers.answers)
        self._c = tables.check_ins.c

    async def add(self, check_in: CheckIn) -> CheckIn | None:
        """Store one; the unique dedupe key decides."""
        return await self._rows.add_once(check_in, self._c.dedupe_key)

    async def get(self, check_in_id: int) -> CheckIn | None:
        """Load one and hold its row when writing."""
        found = await self._rows.get(check_in_id)
        return None if found is None else (await self._with_answers([found]))[0]

    async def by_key(self, dedupe_key: str) -> CheckIn | None:
        """Find one by its unique key."""
        return await self._one(self._c.dedupe_key == dedupe_key)

    async def save(self, check_in: CheckIn) -> None:
        """Store every field but the answers."""
        await self._rows.save(check_in)

    async def add_answer(self, check_in_id: int, answer: Answer) -> Answer:
        """Store one more; earlier answers to the same question stay."""
        return await self._answers.add(answer, check_in_id=check_in_id)

    async def undo_answer(self, answer_id: int, at: datetime) -> None:
        """Mark it; undoing twice keeps the first time."""
        c = tables.answers.c
        standing = (c.id == answer_id) & c.undone_at.is_(None)
        statement = update(tables.answers).where(standing).values(undone_at=at)
        await self._transaction.write(statement)

    async def open_for(self, runner_id: int) -> tuple[CheckIn, ...]:
        """Order by when they were asked."""
        return await self._all(
            self._c.runner_id == runner_id,
            self._c.opened_at.is_not(None),
            self._c.closed_at.is_(None),
            order=[self._c.opened_at, self._c.id],
        )

    async def waiting_for(self, runner_id: int) -> tuple[CheckIn, ...]:
        """Order by when they are to be asked."""
        return await self._all(
            self._c.runner_id == runner_id,
            self._c.opened_at.is_(None),
            self._c.closed_at.is_(None),
            order=[self._c.due_at, self._c.id],
        )

    async def since(self, runner_id: int, at: datetime) -> tuple[CheckIn, ...]:
        """Order by due time."""
        return await self._all(
            self._c.runner_id == runner_id,
            self._c.due_at >= at,
            order=[self._c.due_at, self._c.id],
        )

    async def for_run(self, run_id: int) -> tuple[CheckIn, ...]:
        """Order by due time."""
        return await self._all(self._c.run_id == run_id, order=[self._c.due_at, self._c.id])

    async def last_answered(self, runner_id: int) -> CheckIn | None:
        """Find the latest standing answer first, then its check-in."""
        a = tables.answers.c
        latest = (
            select(a.check_in_id)
            .join(tables.check_ins)
            .where(self._c.runner_id == runner_id, a.undone_at.is_(None))
            .order_by(a.answered_at.desc(), a.id.desc())
            .limit(1)
        )
        return await self._one(self._c.id == latest.scalar_subquery())

    async def _one(self, where: ColumnElement[bool]) -> CheckIn | None:
        return next(iter(await self._all(where)), None)

    async def _all(self, *where: ColumnElement[bool], order: Order = ()) -> tuple[CheckIn, ...]:
        return await self._with_answers(await self._rows.all(*where, order=order))

    async def _with_answers(self, found: Sequence[CheckIn]) -> tuple[CheckIn, ...]:
        """Load the standing answers of several check-ins in one query."""
        if not found:
            return ()
        a = tables.answers.c
        query = (
            select(tables.answers)
            .where(a.check_in_id.in_([one.id for one in found]), a.undone_at.is_(None))
            .order_by(a.id)
        )
        answers: dict[Any, list[Answer]] = defaultdict(list)
        for row in await self._transaction.read(query):
            answers[row["check_in_id"]].append(self._transaction.mappers.answers.build(row))
        return tuple(replace(one, answers=tuple(answers[one.id])) for one in found)
