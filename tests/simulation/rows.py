"""What must hold of everything stored, after every step: read beside the bot, by plain SQL."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import JSON, BigInteger, Integer, String, Text
from support.made import RHYTHM

from bot.domain.delivery import LEASE
from bot.domain.runner import Preferences, Rhythm
from bot.storage.queue import FARTHEST
from bot.storage.tables import metadata

PREFERENCES = TypeAdapter(Preferences)
READABLE = (BigInteger, Integer, String, Text, JSON)
LATE_AFTER = timedelta(minutes=15)
"""Nothing is overdue for longer than leases and repeated tries take, once all is well again."""

STACKED = """
    SELECT runner_id, count(*) FROM check_ins
    WHERE opened_at IS NOT NULL AND closed_at IS NULL AND kind <> 'read'
    GROUP BY runner_id HAVING count(*) > 1"""

NEVER_ASKED = """
    SELECT id, kind FROM check_ins WHERE opened_at IS NULL AND closed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.subject_id = check_ins.id
                    AND d.kind = 'check_in' AND d.state = 'pending')"""

NEVER_CLOSED = """
    SELECT id, kind FROM check_ins
    WHERE opened_at IS NOT NULL AND closed_at IS NULL AND kind <> 'read'
    AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.subject_id = check_ins.id
                    AND d.kind = 'expiry' AND d.state = 'pending')"""

CLOSED_WITHOUT_REASON = """
    SELECT id, kind FROM check_ins WHERE (closed_at IS NULL) <> (closed IS NULL)"""

NEVER_TOLD = """
    SELECT id, urgency FROM escalations WHERE cleared_at IS NULL AND sent_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.subject_id = escalations.id
                    AND d.kind = 'escalation' AND d.state = 'pending')"""

TWO_LOCKS = """
    SELECT runner_id, count(*) FROM escalations WHERE cleared_at IS NULL
    GROUP BY runner_id HAVING count(*) > 1"""

NEVER_FOLLOWED_UP = """
    SELECT id, urgency FROM escalations WHERE cleared_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.subject_id = escalations.id
                    AND d.kind = 'were_you_seen' AND d.state IN ('pending', 'done'))"""

HELP_NEVER_ASKED_FOR = """
    SELECT id, urgency FROM escalations WHERE cleared_at IS NULL AND urgency = 'emergency'
    AND lowered_at IS NULL AND reached IS NULL
    AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.subject_id = escalations.id
                    AND d.kind = 'reached_help' AND d.state IN ('pending', 'done'))"""

GIVEN_UP = "SELECT id, kind, reason FROM deliveries WHERE state = 'dead'"

LAWS = {
    "at most one check-in is open": STACKED,
    "a check-in to come is owed": NEVER_ASKED,
    "an open check-in will close by itself": NEVER_CLOSED,
    "a closed check-in has its reason": CLOSED_WITHOUT_REASON,
    "an open escalation is told or owed": NEVER_TOLD,
    "one escalation is open at a time": TWO_LOCKS,
    "an open escalation is followed up": NEVER_FOLLOWED_UP,
    "an emergency is asked whether help is reached": HELP_NEVER_ASKED_FOR,
    "no delivery dies": GIVEN_UP,
}
"""Each finds what breaks it; every answer must be empty."""

OVERDUE = (
    "SELECT id, kind, due_at, runner_id FROM deliveries WHERE state = 'pending' AND due_at < ?"
)

NEXT_DUE = """
    SELECT min(CASE WHEN r.leased_until > d.due_at AND r.leased_until < ?
               THEN r.leased_until ELSE d.due_at END) AS at
    FROM deliveries AS d JOIN runners AS r ON r.id = d.runner_id WHERE d.state = 'pending'"""

IS_DUE = "SELECT id FROM deliveries WHERE state = 'pending' AND due_at <= ? LIMIT 1"


def read_time(stored: str | datetime | None) -> datetime | None:
    """Read an instant as it is stored: as text without a zone on SQLite."""
    if isinstance(stored, str):
        return datetime.fromisoformat(stored).replace(tzinfo=UTC)
    return stored


def rhythm_of(runner) -> Rhythm:
    """Give a stored runner's times."""
    stored = runner["preferences"]
    own = PREFERENCES.validate_python(json.loads(stored) if isinstance(stored, str) else stored)
    return Rhythm(
        own.first_check_in_after or RHYTHM.first_check_in_after,
        own.morning_at or RHYTHM.morning_at,
        own.quiet_hours or RHYTHM.quiet_hours,
        RHYTHM.reminder_after,
        RHYTHM.start_within,
        RHYTHM.finish_within,
        RHYTHM.emergency_follow_up_after,
    )


class Rows:
    """The stored rows, looked at from outside; see looking.py for `look`."""

    def __init__(self, look):
        self._look = look
        self.all, self.version, self.close = look.all, look.version, look.close

    def one(self, query: str, *values):
        """Give the first row, None if there is none."""
        return next(iter(self.all(query, *values)), None)

    def next_due(self, now: datetime) -> datetime | None:
        """Say when something is due, or the lease over under which it is delivered."""
        remnant = self._look.stored(now + FARTHEST * LEASE)
        row = self.one(NEXT_DUE, remnant)
        return read_time(row["at"])

    def is_due(self, now: datetime) -> bool:
        return self.one(IS_DUE, self._look.stored(now)) is not None

    def runner(self, user_id: int):
        return self.one("SELECT * FROM runners WHERE user_id = ?", user_id)

    def lock(self, user_id: int):
        """Give the open escalation of somebody, None without one."""
        return self.one(
            "SELECT e.* FROM escalations AS e JOIN runners AS r ON r.id = e.runner_id"
            " WHERE r.user_id = ? AND e.cleared_at IS NULL",
            user_id,
        )

    def closing_at(self, user_id: int):
        """Give the open check-in of somebody, with the time at which it closes by itself."""
        return self.one(
            "SELECT c.id, c.message_id, d.due_at FROM check_ins AS c"
            " JOIN runners AS r ON r.id = c.runner_id JOIN deliveries AS d ON d.subject_id = c.id"
            " WHERE r.user_id = ? AND c.opened_at IS NOT NULL AND c.closed_at IS NULL"
            " AND c.message_id IS NOT NULL AND d.kind = 'expiry' AND d.state = 'pending'",
            user_id,
        )

    def counts(self) -> dict[str, int]:
        """Count what was lived through, so that a simulation in which nothing happens shows."""
        tables = ("runs", "check_ins", "answers", "escalations", "given_tips")
        found = {name: self._count(name, "1 = 1") for name in tables}
        sent = self.all(
            "SELECT kind, count(*) AS number FROM deliveries WHERE reason = 'sent' GROUP BY kind"
        )
        return found | {f"{row['kind']} sent": row["number"] for row in sent}

    def _count(self, table: str, where: str, *values) -> int:
        return self.one(f"SELECT count(*) AS n FROM {table} WHERE {where}", *values)["n"]  # noqa: S608 - our own names

    def broken(self) -> list[str]:
        """Say which laws do not hold."""
        return [
            f"{law}: {[tuple(row) for row in rows]}"
            for law, query in LAWS.items()
            if (rows := self.all(query))
        ]

    def overdue(self, now: datetime, well_since: datetime) -> list[str]:
        """Say what should have been delivered by now."""
        if now - well_since < LATE_AFTER:
            return []
        late = self.all(OVERDUE, self._look.stored(now - LATE_AFTER))
        return [f"nothing is overdue: {[tuple(row) for row in late]}"] if late else []

    def about(self, runner_id: int) -> Counter:
        """Count what is stored about a runner, by table."""
        found = Counter()
        for table in metadata.sorted_tables:
            if "runner_id" in table.c:
                found[table.name] = self._count(table.name, "runner_id = ?", runner_id)
        found["runners"] = self._count("runners", "id = ?", runner_id)
        orphans = "check_in_id NOT IN (SELECT id FROM check_ins)"
        found["answers"] = self._count("answers", orphans)
        return +found

    def naming(self, user_id: int) -> Counter:
        """Count the rows in which a Telegram id stands, in any table and column."""
        found = Counter()
        for table in metadata.sorted_tables:
            columns = [one for one in table.c if isinstance(one.type, READABLE)]
            where = " OR ".join(f"CAST({one.name} AS TEXT) LIKE ?" for one in columns)
            values = [f"%{user_id}%"] * len(columns)
            found[table.name] = self._count(table.name, where, *values)
        return +found
