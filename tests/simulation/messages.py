"""What must hold of every message at the moment at which Telegram takes it."""

from collections import Counter
from datetime import datetime, timedelta

from simulation.post_office import unpack
from simulation.rows import read_time, rhythm_of
from support.made import RHYTHM

from bot.domain.schedule import SNOOZE, local
from bot.telegram import callbacks as buttons

GRACE = timedelta(seconds=20)
"""This much may pass between the decision to send and the arrival."""


class Messages:
    """Hears of every new message; `broken` are the laws that did not hold."""

    def __init__(self, world):
        self._world = world
        self._rows = world.rows
        self._copies: Counter = Counter()
        self.broken: list[str] = []
        self.causes: set[str] = set()
        self.forgotten_at: dict[int, datetime] = {}
        world.post.on_message.append(self._hear)

    def _hear(self, chat, shown) -> None:
        self.causes.add(shown.cause)
        laws = (self._not_twice, self._not_to_the_forgotten, self._no_tip, self._as_scheduled)
        for law in laws:
            fault = law(chat, shown)
            if fault:
                where = f"{shown.cause} to {chat.chat_id} at {shown.at:%d %b %H:%M:%S}"
                self.broken.append(f"{fault}: {where}: {shown.text[:60]!r}")

    def _not_twice(self, chat, shown) -> str | None:
        """One piece of work sends a message once, and once more for each fault on its way."""
        copy = (shown.cause, chat.chat_id, shown.text.partition("\n")[0], shown.data)
        self._copies[copy] += 1
        allowed = 1 + self._world.fates.befallen.get(shown.cause, 0)
        return "a message comes once" if self._copies[copy] > allowed else None

    def _not_to_the_forgotten(self, chat, shown) -> str | None:
        at = self.forgotten_at.get(chat.chat_id)
        if at is None or not shown.cause.startswith("delivery") or shown.at - at < GRACE:
            return None
        return "nothing is sent to the forgotten"

    def _no_tip(self, chat, shown) -> str | None:
        """Neither a tip nor a movement while an escalation is open."""
        has_tip = any(isinstance(tap, buttons.NotForMeTap) for tap in shown.taps)
        return "no tip under the lock" if has_tip and self._is_locked(chat, shown.at) else None

    def _is_locked(self, chat, at: datetime) -> bool:
        lock = self._rows.lock(chat.chat_id)
        return lock is not None and at - read_time(lock["opened_at"]) > GRACE

    def _as_scheduled(self, chat, shown) -> str | None:
        """What comes unasked comes in its window, never in quiet hours, a pause or the lock."""
        delivery = self._delivery(shown.cause)
        if delivery is None or self._world.host.interrupted(shown.cause):
            return None
        if delivery["kind"] == "escalation":
            return self._not_told_before(delivery, shown.at)
        asks = any(isinstance(unpack(data), buttons.AnswerTap) for data in shown.data)
        runner = self._rows.one("SELECT * FROM runners WHERE id = ?", delivery["runner_id"])
        if delivery["kind"] in {"check_in", "reminder"} and asks and runner is not None:
            silent = self._should_be_silent(chat, runner, shown.at)
            return silent or self._out_of_its_window(delivery, shown.at)
        if delivery["kind"] == "summary" and runner is not None:
            return self._should_be_silent(chat, runner, shown.at)
        return None

    def _should_be_silent(self, chat, runner, at: datetime) -> str | None:
        if self._is_locked(chat, at):
            return "no prompt under the lock"
        if self._is_paused(runner, at):
            return "no prompt in a pause"
        if self._is_quiet(runner, at) and self._is_quiet(runner, at - GRACE):
            return "no prompt in quiet hours"
        return None

    def _delivery(self, cause: str):
        kind, _, number = cause.partition(" ")
        if kind != "delivery":
            return None
        return self._rows.one("SELECT * FROM deliveries WHERE id = ?", int(number))

    def _not_told_before(self, delivery, at: datetime) -> str | None:
        told = self._rows.one("SELECT * FROM escalations WHERE id = ?", delivery["subject_id"])
        told_at = read_time(told["sent_at"]) if told else None
        return "an escalation is told once" if told_at and at - told_at > GRACE else None

    def _is_paused(self, runner, at: datetime) -> bool:
        since, until = read_time(runner["paused_at"]), read_time(runner["paused_until"])
        return since is not None and at - since > GRACE and (until is None or at < until)

    def _is_quiet(self, runner, at: datetime) -> bool:
        return rhythm_of(runner).quiet_hours.contains(local(at, runner["zone"]).time())

    def _out_of_its_window(self, delivery, at: datetime) -> str | None:
        check_in = self._rows.one("SELECT * FROM check_ins WHERE id = ?", delivery["subject_id"])
        due_at, opened_at = read_time(check_in["due_at"]), read_time(check_in["opened_at"])
        if delivery["reason"] == "snoozed" and at - (due_at - SNOOZE) < GRACE:
            # "Later" was tapped as it went out once more.
            return None
        if at < due_at or opened_at is None:
            return "no prompt before its time"
        if opened_at - due_at > RHYTHM.start_within + GRACE:
            return "no prompt after its window"
        too_late = at - opened_at > RHYTHM.start_within + GRACE
        return "no prompt after its window" if too_late else None
