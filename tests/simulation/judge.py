"""What must hold of the bot's runs, its ledger and its forgetting, after every step."""

from collections import Counter

from simulation.messages import Messages
from simulation.post_office import unpack
from simulation.promises import Promises
from simulation.rows import read_time, rhythm_of

from bot.domain.check_in import CheckInKind
from bot.domain.schedule import plan

SENT = """
    SELECT id, kind, reason FROM deliveries WHERE state = 'done' AND reason = 'sent'
    AND kind <> 'expiry'"""

NOT_BOOKED = "SELECT id, kind, state, reason FROM deliveries WHERE state <> 'done'"

UNTOLD = """
    SELECT e.id FROM escalations AS e JOIN runners AS r ON r.id = e.runner_id
    WHERE e.cleared_at IS NULL AND e.sent_at IS NULL AND r.blocked_at IS NULL"""

GIVEN_TIPS = """
    SELECT g.id, g.tip_id, g.given_at FROM given_tips AS g
    JOIN escalations AS e ON e.runner_id = g.runner_id
    WHERE g.given_at >= e.opened_at AND (e.cleared_at IS NULL OR g.given_at < e.cleared_at)"""


class Judge:
    """Knows the laws that plain SQL cannot say."""

    def __init__(self, world):
        self._world = world
        self._rows = world.rows
        self._messages = Messages(world)
        self.promises = Promises(world)
        self._version = None
        self._last_run = 0
        self._released: list[str] = []
        self._ledger_checked: set[int] = set()
        self._places_checked: set[tuple] = set()
        self._runners_seen: dict[int, int] = {}

    def after_a_step(self) -> list[str]:
        """Look at everything once the rows have changed."""
        broken = [*self._messages.broken, *self._released]
        if (version := self._rows.version()) != self._version:
            self._version = version
            broken += self._rows.broken()
            for laws in (self._runs, self._tips, self._ledger, self._places, self._forgotten):
                broken += laws()
        return [*broken, *self._rows.overdue(self._world.clock.now(), self._world.well_since)]

    def at_the_end(self) -> list[str]:
        """With everything settled, nothing waits that could have been done."""
        chats = self._world.post.chats.values()
        waiting = [chat.chat_id for chat in chats if chat.updates or chat.tapped]
        untold = [tuple(row) for row in self._rows.all(UNTOLD)]
        unbooked = [tuple(row) for row in self._rows.all(NOT_BOOKED) if self._was_sent(row["id"])]
        laws = {
            "no update waits for ever": waiting,
            "every escalation is told in the end": untold,
            "what was sent is booked": unbooked,
        }
        return [f"{law}: {found}" for law, found in laws.items() if found]

    def _was_sent(self, delivery_id: int) -> bool:
        """Whether a delivery's message reached Telegram with nothing going wrong on its way."""
        cause = f"delivery {delivery_id}"
        return cause in self._messages.causes and cause not in self._world.fates.befallen

    def note_release(self, replica) -> None:
        """A replica that was stopped with nothing under way has left no lease behind."""
        left = self._rows.all("SELECT id FROM runners WHERE leased_by = ?", replica.name)
        if left and not replica.causes:
            self._released.append(f"a stop gives its leases back: {replica.name}")

    # --- after every step ---------------------------------------------------------------------

    def _runs(self) -> list[str]:
        """Every run has its check-ins, or the plan says why not."""
        broken = []
        for run in self._rows.all("SELECT * FROM runs WHERE id > ? ORDER BY id", self._last_run):
            self._last_run = run["id"]
            broken += [
                f"every run has its check-ins: {key} is missing"
                for key in self._planned_keys(run)
                if not self._rows.one("SELECT id FROM check_ins WHERE dedupe_key = ?", key)
            ]
        return broken

    def _planned_keys(self, run) -> list[str]:
        runner = self._rows.one("SELECT * FROM runners WHERE id = ?", run["runner_id"])
        ended_at, logged_at = read_time(run["ended_at"]), read_time(run["logged_at"])
        if run["undone_at"] or self._was_locked(run) or self._world.clock.shows_twice(logged_at):
            return []
        made = plan(ended_at, logged_at, rhythm_of(runner), runner["zone"])
        keys = {
            CheckInKind.SOON_AFTER: f"soon:{run['id']}",
            CheckInKind.MORNING: f"morning:{runner['id']}:",
        }
        is_planned = run["update_id"] is None
        return [
            keys[slot.kind] + (str(slot.local_date) if slot.kind is CheckInKind.MORNING else "")
            for slot in made.slots
            if not (is_planned and slot.kind is CheckInKind.SOON_AFTER)
        ]

    def _was_locked(self, run) -> bool:
        locked = self._rows.one(
            "SELECT id FROM escalations WHERE runner_id = ? AND opened_at <= ?"
            " AND (cleared_at IS NULL OR cleared_at >= ?)",
            run["runner_id"],
            run["logged_at"],
            run["logged_at"],
        )
        return locked is not None

    def _tips(self) -> list[str]:
        """No tip is given while an escalation is open."""
        broken = [
            tuple(row)
            for row in self._rows.all(GIVEN_TIPS)
            if not self._world.clock.shows_twice(read_time(row["given_at"]))
        ]
        return [f"no tip is given while an escalation is open: {broken}"] if broken else []

    def _ledger(self) -> list[str]:
        """What the bot books as sent, Telegram has taken."""
        broken = []
        for row in self._rows.all(SENT):
            if row["id"] in self._ledger_checked:
                continue
            self._ledger_checked.add(row["id"])
            if f"delivery {row['id']}" not in self._messages.causes:
                broken.append(f"what is booked as sent was sent: {tuple(row)}")
        return broken

    def _places(self) -> list[str]:
        """A check-in or escalation stands in the message that the bot believes it does."""
        broken = []
        for table, name in (("check_ins", "check_in_id"), ("escalations", "escalation_id")):
            for row in self._rows.all(
                f"SELECT t.id, t.message_id, r.chat_id FROM {table} AS t"  # noqa: S608 - our own names
                " JOIN runners AS r ON r.id = t.runner_id WHERE t.message_id IS NOT NULL"
            ):
                place = (table, *row)
                if place not in self._places_checked and not self._stands(name, row):
                    broken.append(f"it stands in its message: {place}")
                self._places_checked.add(place)
        return broken

    def _stands(self, name: str, row) -> bool:
        shown = self._world.post.chat(row["chat_id"]).message(row["message_id"])
        about = [unpack(data) for data in shown.about] if shown else []
        return any(getattr(tap, name, None) == row["id"] for tap in about)

    def _forgotten(self) -> list[str]:
        """Of somebody who is forgotten nothing is left."""
        now_there = {
            row["id"]: row["user_id"] for row in self._rows.all("SELECT id, user_id FROM runners")
        }
        broken = []
        for runner_id in self._runners_seen.keys() - now_there.keys():
            user_id = self._runners_seen.pop(runner_id)
            self._messages.forgotten_at[user_id] = self._world.clock.now()
            left: Counter = self._rows.about(runner_id)
            if user_id not in now_there.values():
                left += self._rows.naming(user_id)
            if left:
                broken.append(f"nothing of the forgotten remains: {runner_id}: {dict(left)}")
        self._runners_seen |= now_there
        for user_id in now_there.values():
            self._messages.forgotten_at.pop(user_id, None)
        return broken
