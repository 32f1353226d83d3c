"""The repositories of runners and of what they did and were told, within one transaction.

Check-ins and deliveries have modules of their own. What each method promises stands at its
Protocol in services/ports.py; here is only what the SQL adds to it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Text, bindparam, cast, delete, func, null, or_, select, update

from bot.domain.decision import Decision, GivenTip
from bot.domain.escalation import Escalation
from bot.domain.runner import PauseSpan, Runner
from bot.domain.schedule import Run
from bot.storage import tables
from bot.storage.belonging import about
from bot.storage.transaction import Rows, Transaction

_BY_USER: Final = select(tables.runners).where(tables.runners.c.user_id == bindparam("whom"))
"""Made once: every update begins with it."""


class SqlRunners:
    """Runners by their own id or by their Telegram user."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._rows = Rows(transaction, transaction.mappers.runners)
        self._c = tables.runners.c

    async def by_user(self, user_id: int) -> Runner | None:
        """Find one, without holding the row."""
        rows = await self._transaction.read(_BY_USER, {"whom": user_id})
        return self._transaction.mappers.runners.build(rows[0]) if rows else None

    async def get(self, runner_id: int) -> Runner | None:
        """Load one and hold the row: whoever changes anything about a runner starts here."""
        return await self._rows.get(runner_id)

    async def add(self, runner: Runner) -> Runner:
        """Store a new one; a second row for one Telegram user is refused by the database."""
        return await self._rows.add(runner)

    async def save(self, runner: Runner) -> None:
        """Store every field; the lease in the same row is left alone."""
        await self._rows.save(runner)

    async def forget(self, runner_id: int) -> int:
        """Delete table by table, the dependent ones first, so that every row is counted."""
        deleted = 0
        for table in reversed(tables.metadata.sorted_tables):
            theirs = about(table, runner_id)
            if theirs is not None:
                deleted += (await self._transaction.write(delete(table).where(theirs))).rowcount
        return deleted

    async def with_plan(self) -> tuple[Runner, ...]:
        """Compare the plan's JSON text, which both databases can."""
        return await self._rows.all(cast(self._c.plan, Text) != "[]", order=[self._c.id])

    async def with_place(self) -> tuple[Runner, ...]:
        """Leave out who blocked the bot: nothing is owed to them until they are back."""
        is_known = self._c.place_confirmed_at.is_not(None)
        return await self._rows.all(is_known, self._c.blocked_at.is_(None), order=[self._c.id])

    async def locales(self) -> frozenset[str]:
        """Give the languages that runners use."""
        rows = await self._transaction.read(select(self._c.locale).distinct())
        return frozenset(row["locale"] for row in rows)

    async def unconsented_before(self, at: datetime) -> tuple[Runner, ...]:
        """Give those who never agreed to anything, whatever version."""
        never = self._c.consent.is_(null())
        return await self._rows.all(never, self._c.seen_at < at, order=[self._c.id])


class SqlPauses:
    """Pauses; one that ran out by itself has no `ended_at`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._rows = Rows(transaction, transaction.mappers.pauses)
        self._c = tables.pauses.c

    async def add(self, pause: PauseSpan) -> PauseSpan:
        """Store one."""
        return await self._rows.add(pause)

    async def end(self, runner_id: int, at: datetime) -> None:
        """Mark what is on; there is one at most."""
        statement = (
            update(tables.pauses)
            .where(self._c.runner_id == runner_id, self._c.ended_at.is_(None))
            .where(or_(self._c.until.is_(None), self._c.until > at))
            .values(ended_at=at)
        )
        await self._transaction.write(statement)

    async def since(self, runner_id: int, at: datetime) -> tuple[PauseSpan, ...]:
        """Look at both ends: whichever came first ended it."""
        return await self._rows.all(
            self._c.runner_id == runner_id,
            or_(self._c.until.is_(None), self._c.until > at),
            or_(self._c.ended_at.is_(None), self._c.ended_at > at),
            order=[self._c.began_at, self._c.id],
        )


class SqlRuns:
    """Logged runs; an undone one stays on record."""

    def __init__(self, transaction: Transaction) -> None:
        self._rows = Rows(transaction, transaction.mappers.runs)
        self._c = tables.runs.c

    async def add(self, run: Run) -> Run:
        """Store one; a second run of one update is refused by the database."""
        return await self._rows.add(run)

    async def get(self, run_id: int) -> Run | None:
        """Load one, undone or not."""
        return await self._rows.get(run_id)

    async def save(self, run: Run) -> None:
        """Store every field."""
        await self._rows.save(run)

    async def by_update(self, runner_id: int, update_id: int) -> Run | None:
        """Find what an update logged the first time it came."""
        return await self._rows.first(
            self._c.runner_id == runner_id, self._c.update_id == update_id
        )

    async def since(self, runner_id: int, at: datetime) -> tuple[Run, ...]:
        """Give the standing ones by their end."""
        return await self._rows.all(
            self._c.runner_id == runner_id,
            self._c.ended_at >= at,
            self._c.undone_at.is_(None),
            order=[self._c.ended_at, self._c.id],
        )

    async def latest(self, runner_id: int) -> Run | None:
        """Give the standing one logged last, whenever it ended."""
        return await self._rows.first(
            self._c.runner_id == runner_id,
            self._c.undone_at.is_(None),
            order=[self._c.logged_at.desc(), self._c.id.desc()],
        )


class SqlDecisions:
    """Stored decisions; a superseded one stays on record."""

    def __init__(self, transaction: Transaction) -> None:
        self._rows = Rows(transaction, transaction.mappers.decisions)
        self._c = tables.decisions.c

    async def add(self, decision: Decision) -> Decision:
        """Store one."""
        return await self._rows.add(decision)

    async def save(self, decision: Decision) -> None:
        """Store every field."""
        await self._rows.save(decision)

    async def get(self, decision_id: int) -> Decision | None:
        """Load one, superseded or not."""
        return await self._rows.get(decision_id)

    async def for_check_in(self, check_in_id: int) -> Decision | None:
        """Give the standing one made last."""
        return await self._rows.first(
            self._c.check_in_id == check_in_id,
            self._c.superseded_at.is_(None),
            order=[self._c.made_at.desc(), self._c.id.desc()],
        )

    async def latest(self, runner_id: int) -> Decision | None:
        """Give the standing one made last, on whatever check-in or text."""
        return await self._rows.first(
            self._c.runner_id == runner_id,
            self._c.superseded_at.is_(None),
            order=[self._c.made_at.desc(), self._c.id.desc()],
        )

    async def since(self, runner_id: int, at: datetime) -> tuple[Decision, ...]:
        """Give the standing ones in the order they were made."""
        return await self._rows.all(
            self._c.runner_id == runner_id,
            self._c.made_at >= at,
            self._c.superseded_at.is_(None),
            order=[self._c.made_at, self._c.id],
        )


class SqlGivenTips:
    """Shown tips."""

    def __init__(self, transaction: Transaction) -> None:
        self._rows = Rows(transaction, transaction.mappers.tips)
        self._c = tables.given_tips.c

    async def add(self, given: GivenTip) -> GivenTip:
        """Store one."""
        return await self._rows.add(given)

    async def save(self, given: GivenTip) -> None:
        """Store every field."""
        await self._rows.save(given)

    async def get(self, given_id: int) -> GivenTip | None:
        """Load one."""
        return await self._rows.get(given_id)

    async def history(self, runner_id: int) -> tuple[GivenTip, ...]:
        """Give all of a runner's in the order they were shown."""
        return await self._rows.all(
            self._c.runner_id == runner_id, order=[self._c.given_at, self._c.id]
        )


class SqlEscalations:
    """Escalations, open and cleared."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._rows = Rows(transaction, transaction.mappers.escalations)
        self._c = tables.escalations.c

    async def add(self, escalation: Escalation) -> Escalation:
        """Store one."""
        return await self._rows.add(escalation)

    async def get(self, escalation_id: int) -> Escalation | None:
        """Load one, open or cleared."""
        return await self._rows.get(escalation_id)

    async def save(self, escalation: Escalation) -> None:
        """Store every field."""
        await self._rows.save(escalation)

    async def open_for(self, runner_id: int) -> tuple[Escalation, ...]:
        """Order by the urgency that stands now, which the domain derives."""
        open_ = await self._rows.all(self._c.runner_id == runner_id, self._c.cleared_at.is_(None))
        return tuple(sorted(open_, key=_most_urgent_then_newest, reverse=True))

    async def since(self, runner_id: int, at: datetime) -> tuple[Escalation, ...]:
        """Give them in the order they were opened."""
        return await self._rows.all(
            self._c.runner_id == runner_id,
            self._c.opened_at >= at,
            order=[self._c.opened_at, self._c.id],
        )

    async def for_check_in(self, check_in_id: int) -> Escalation | None:
        """Go by the order of their making: the clock may have been set back in between."""
        return await self._rows.first(
            self._c.check_in_id == check_in_id, order=[self._c.id.desc()]
        )

    async def latest_tips_off(self, runner_id: int) -> datetime | None:
        """Look at cleared ones too: the week without tips outlasts the escalation."""
        latest = func.max(self._c.tips_off_until).label("latest")
        query = select(latest).where(self._c.runner_id == runner_id)
        found: datetime | None = (await self._transaction.read(query))[0]["latest"]
        return found


def _most_urgent_then_newest(escalation: Escalation) -> tuple[int, datetime, int]:
    return (escalation.standing_urgency, escalation.opened_at, escalation.id)


class SqlUpdates:
    """Handled and buried updates."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def first_time(self, update_id: int, at: datetime) -> bool:
        """Let the primary key decide, so that two at once cannot both be first."""
        values = {"update_id": update_id, "handled_at": at}
        key = tables.updates.c.update_id
        return await self._transaction.insert_once(tables.updates, values, key) is not None

    async def bury(self, update_id: int, kind: str, error: str, at: datetime) -> None:
        """Keep the first burial of an update; a later one tells nothing new."""
        values = {"update_id": update_id, "kind": kind, "error": error, "at": at}
        key = tables.dead_updates.c.update_id
        await self._transaction.insert_once(tables.dead_updates, values, key)

    async def drop_before(self, at: datetime) -> int:
        """Forget handled updates; buried ones stay until somebody has looked."""
        updates = tables.updates.c
        old = delete(tables.updates).where(updates.handled_at < at, updates.update_id > 0)
        return (await self._transaction.write(old)).rowcount
