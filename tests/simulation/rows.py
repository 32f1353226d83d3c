"""What must hold of everything stored, after every step: read beside the bot, by plain SQL."""

import json
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter
from support.made import RHYTHM

from bot.domain.runner import Preferences, Rhythm
from bot.storage.tables import metadata

PREFERENCES = TypeAdapter(Preferences)
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
    SELECT id, urgency FROM escalations WHERE cleared_at IS NULL AND urgency = 'EMERGENCY'
    AND lowered_at IS NULL AND reached IS NULL
    AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.subject_id = escalations.id
                    AND d.kind = 'reached_help' AND d.state IN ('pending', 'done'))"""

TIP_UNDER_THE_LOCK = """
    SELECT g.id, g.tip_id FROM given_tips AS g JOIN escalations AS e ON e.runner_id = g.runner_id
    WHERE g.given_at >= e.opened_at AND (e.cleared_at IS NULL OR g.given_at < e.cleared_at)"""

GIVEN_UP = "SELECT id, kind, reason FROM deliveries WHERE state = 'dead'"

BURIED = "SELECT update_id, kind, error FROM dead_updates"

LAWS = {
    "at most one check-in is open": STACKED,
    "a check-in to come is owed": NEVER_ASKED,
    "an open check-in will close by itself": NEVER_CLOSED,
    "a closed check-in has its reason": CLOSED_WITHOUT_REASON,
    "an open escalation is told or owed": NEVER_TOLD,
    "one escalation is open at a time": TWO_LOCKS,
    "an open escalation is followed up": NEVER_FOLLOWED_UP,
    "an emergency is asked whether help is reached": HELP_NEVER_ASKED_FOR,
    "no tip is given while an escalation is open": TIP_UNDER_THE_LOCK,
    "no delivery dies": GIVEN_UP,
    "no update is buried": BURIED,
}
"""Each finds what breaks it; every answer must be empty."""

OVERDUE = (
    "SELECT id, kind, due_at, runner_id FROM deliveries WHERE state = 'pending' AND due_at < ?"
)


def read_time(text: str | None) -> datetime | None:
    """Read an instant as it is stored on SQLite."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def stored_time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def rhythm_of(runner) -> Rhythm:
    """Give a stored runner's times."""
    own = PREFERENCES.validate_python(json.loads(runner["preferences"]))
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
    """The stored rows, looked at from outside."""

    def __init__(self, path):
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row

    def close(self) -> None:
        self._connection.close()

    def all(self, query: str, *values) -> list[sqlite3.Row]:
        return self._connection.execute(query, values).fetchall()

    def one(self, query: str, *values) -> sqlite3.Row | None:
        return self._connection.execute(query, values).fetchone()

    def next_due(self) -> datetime | None:
        row = self.one("SELECT min(due_at) AS at FROM deliveries WHERE state = 'pending'")
        return read_time(row["at"])

    def runner(self, user_id: int) -> sqlite3.Row | None:
        return self.one("SELECT * FROM runners WHERE user_id = ?", user_id)

    def lock(self, user_id: int) -> sqlite3.Row | None:
        """Give the open escalation of somebody, None without one."""
        return self.one(
            "SELECT e.* FROM escalations AS e JOIN runners AS r ON r.id = e.runner_id"
            " WHERE r.user_id = ? AND e.cleared_at IS NULL",
            user_id,
        )

    def version(self) -> int:
        """Give a number that changes with every commit of somebody else."""
        return self.one("PRAGMA data_version")[0]

    def counts(self) -> dict[str, int]:
        """Count what was lived through, so that a simulation in which nothing happens shows."""
        tables = ("runs", "check_ins", "answers", "escalations", "given_tips")
        found = {name: self.one(f"SELECT count(*) FROM {name}")[0] for name in tables}  # noqa: S608 - our own names
        sent = self.all(
            "SELECT kind, count(*) FROM deliveries WHERE reason = 'sent' GROUP BY kind"
        )
        return found | {f"{kind} sent": number for kind, number in sent}

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
        late = self.all(OVERDUE, stored_time(now - LATE_AFTER))
        return [f"nothing is overdue: {[tuple(row) for row in late]}"] if late else []

    def about(self, runner_id: int) -> Counter:
        """Count what is stored about a runner, by table."""
        found = Counter()
        for table in metadata.sorted_tables:
            if "runner_id" in table.c:
                query = f"SELECT count(*) FROM {table.name} WHERE runner_id = ?"  # noqa: S608 - our own names
                found[table.name] = self.one(query, runner_id)[0]
        found["runners"] = self.one("SELECT count(*) FROM runners WHERE id = ?", runner_id)[0]
        orphans = (
            "SELECT count(*) FROM answers WHERE check_in_id NOT IN (SELECT id FROM check_ins)"
        )
        found["answers"] = self.one(orphans)[0]
        return +found
