"""What must hold of the bot's answers, its ledger and its forgetting."""

from collections import Counter
from dataclasses import dataclass

from simulation.habits import SIGNS
from simulation.messages import Messages
from simulation.post_office import unpack
from simulation.rows import read_time, rhythm_of

from bot.domain.check_in import CheckInKind, Question
from bot.domain.schedule import plan
from bot.telegram import callbacks as buttons

SENT = """
    SELECT id, kind, reason FROM deliveries WHERE state = 'done' AND reason = 'sent'
    AND kind <> 'expiry'"""


@dataclass
class Seen:
    """How things stood before an update was delivered."""

    what: str
    states_emergency: bool = False
    leaves: bool = False
    answer: tuple[int, str] | None = None
    at: object = None


class Judge:
    """Knows the laws that plain SQL cannot say."""

    def __init__(self, world):
        self._world = world
        self._rows = world.rows
        self._messages = Messages(world)
        self._version = -1
        self._last_run = 0
        self._ledger_checked: set[int] = set()
        self._places_checked: set[tuple] = set()
        self._runners_seen: dict[int, int] = {}

    def after_a_step(self) -> list[str]:
        """Look at everything once the rows have changed."""
        broken = self._messages.broken
        if (version := self._rows.version()) != self._version:
            self._version = version
            broken = [
                *broken,
                *self._rows.broken(),
                *self._runs(),
                *self._ledger(),
                *self._places(),
                *self._forgotten(),
            ]
        return [*broken, *self._rows.overdue(self._world.clock.now(), self._world.well_since)]

    def at_the_end(self) -> list[str]:
        """With everything settled, nothing waits that could have been done."""
        waiting = [chat.chat_id for chat in self._world.post.chats.values() if chat.updates]
        untold = self._rows.all(
            "SELECT e.id FROM escalations AS e JOIN runners AS r ON r.id = e.runner_id"
            " WHERE e.cleared_at IS NULL AND e.sent_at IS NULL AND r.blocked_at IS NULL"
        )
        broken = [f"no update waits for ever: {waiting}"] if waiting else []
        if untold:
            broken.append(f"every escalation is told in the end: {[tuple(one) for one in untold]}")
        return broken

    # --- around one update --------------------------------------------------------------------

    def before(self, chat, update: dict) -> Seen:
        """Note what an update will have to lead to."""
        query = update.get("callback_query")
        if query is not None:
            return self._before_a_tap(chat, query)
        message = update.get("message") or update.get("edited_message")
        if message is None:
            return Seen("membership")
        return Seen(repr(message["text"]), message["text"] in SIGNS)

    def _before_a_tap(self, chat, query: dict) -> Seen:
        data, tap = query["data"], unpack(query["data"])
        seen = Seen(f"tap {data}", at=self._world.clock.now())
        seen.leaves = tap == buttons.ForgetTap(confirmed=True)
        if not isinstance(tap, buttons.AnswerTap) or tap.question is Question.ACKNOWLEDGED:
            return seen
        check_in = self._rows.one(
            "SELECT c.* FROM check_ins AS c JOIN runners AS r ON r.id = c.runner_id"
            " WHERE c.id = ? AND r.user_id = ?",
            tap.check_in_id,
            chat.chat_id,
        )
        if check_in is None:
            return seen
        seen.states_emergency = (tap.question, tap.value) == (Question.EMERGENCY, "some")
        shown = chat.message(query["message"]["message_id"])
        offered = shown is not None and data in shown.data
        is_open = check_in["opened_at"] and not check_in["closed_at"]
        answered = self._rows.one(
            "SELECT id FROM answers WHERE check_in_id = ? AND question = ? AND undone_at IS NULL",
            tap.check_in_id,
            str(tap.question),
        )
        if offered and is_open and not answered and not self._something_comes_first(chat, tap):
            seen.answer = (tap.check_in_id, str(tap.question))
        return seen

    def _something_comes_first(self, chat, tap) -> bool:
        asked_about_words = self._rows.one(
            "SELECT c.id FROM check_ins AS c JOIN runners AS r ON r.id = c.runner_id"
            " WHERE r.user_id = ? AND c.opened_at IS NOT NULL AND c.closed_at IS NULL"
            " AND c.id <> ?",
            chat.chat_id,
            tap.check_in_id,
        )
        return asked_about_words is not None or self._rows.lock(chat.chat_id) is not None

    def after(self, chat, update: dict, seen: Seen) -> list[str]:
        """Say what an acknowledged update should have led to and did not."""
        number = update["update_id"]
        broken = []
        runner = self._rows.runner(chat.chat_id)
        if seen.leaves and runner is not None:
            broken.append(f"whoever wants to be forgotten is: update {number}")
        agreed = runner is not None and runner["consent"] is not None
        if seen.states_emergency and agreed and self._rows.lock(chat.chat_id) is None:
            broken.append(f"a stated emergency opens an escalation: update {number}")
        if seen.answer and runner is not None and not self._was_kept(number, seen):
            broken.append(f"an answer to what was asked is kept: update {number}, {seen.what}")
        return broken

    def _was_kept(self, number: int, seen: Seen) -> bool:
        if self._rows.one("SELECT id FROM answers WHERE update_id = ?", number):
            return True
        check_in = self._rows.one("SELECT * FROM check_ins WHERE id = ?", seen.answer[0])
        closed_at = read_time(check_in["closed_at"]) if check_in else None
        return check_in is None or (closed_at is not None and closed_at >= seen.at)

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
        locked = self._rows.one(
            "SELECT id FROM escalations WHERE runner_id = ? AND opened_at <= ?"
            " AND (cleared_at IS NULL OR cleared_at >= ?)",
            run["runner_id"],
            run["logged_at"],
            run["logged_at"],
        )
        if locked or run["undone_at"]:
            return []
        ended_at, logged_at = read_time(run["ended_at"]), read_time(run["logged_at"])
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
        now_there = {row["id"]: row["user_id"] for row in self._rows.all("SELECT * FROM runners")}
        broken = []
        for runner_id in self._runners_seen.keys() - now_there.keys():
            user_id = self._runners_seen.pop(runner_id)
            self._messages.forgotten_at[user_id] = self._world.clock.now()
            left: Counter = self._rows.about(runner_id)
            if left:
                broken.append(f"nothing of the forgotten remains: {runner_id}: {dict(left)}")
        self._runners_seen |= now_there
        for user_id in now_there.values():
            self._messages.forgotten_at.pop(user_id, None)
        return broken
