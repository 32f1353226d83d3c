"""What the use cases need from the outside, as Protocols; adapters implement them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.domain.check_in import Answer, CheckIn
from bot.domain.decision import Decision, GivenTip
from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState
from bot.domain.escalation import Escalation
from bot.domain.place import Place
from bot.domain.red_flags import Ruleset
from bot.domain.rulesets import KeptRuleset
from bot.domain.runner import PauseSpan, Rhythm, Runner
from bot.domain.schedule import Run
from bot.domain.tips import Tip
from bot.reading.findings import Reading
from bot.services.unrecorded import Unrecorded


class StorageUnavailable(Exception):
    """The database cannot be used right now; nothing was committed, the work can be retried."""


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """Give the present instant, aware, in UTC."""
        ...


class Runners(Protocol):
    """Runners by their own id or by their Telegram user."""

    async def by_user(self, user_id: int) -> Runner | None:
        """Find a runner by Telegram user id."""
        ...

    async def get(self, runner_id: int) -> Runner | None:
        """Load a runner and, in a writing unit of work, hold the row until its end."""
        ...

    async def add(self, runner: Runner) -> Runner:
        """Store a new runner; gives it back with its id."""
        ...

    async def save(self, runner: Runner) -> None:
        """Store the changed columns of a known runner."""
        ...

    async def forget(self, runner_id: int) -> int:
        """Delete the runner and every row about them; gives the number of rows deleted."""
        ...

    async def with_plan(self) -> tuple[Runner, ...]:
        """Give all runners who have a weekly plan."""
        ...

    async def with_place(self) -> tuple[Runner, ...]:
        """Give all runners whose place is confirmed and who can be reached."""
        ...

    async def locales(self) -> frozenset[str]:
        """Give the languages that runners use."""
        ...

    async def unconsented_before(self, at: datetime) -> tuple[Runner, ...]:
        """Give runners without any consent who were last seen before `at`."""
        ...


class Pauses(Protocol):
    """The pauses of runners, also those that are over."""

    async def add(self, pause: PauseSpan) -> PauseSpan:
        """Store a pause; gives it back with its id."""
        ...

    async def end(self, runner_id: int, at: datetime) -> None:
        """End what is on at `at`; pauses that are over stay as they are."""
        ...

    async def since(self, runner_id: int, at: datetime) -> tuple[PauseSpan, ...]:
        """Give the pauses that were not over by `at`, in the order they began."""
        ...


class Runs(Protocol):
    """Logged runs."""

    async def add(self, run: Run) -> Run:
        """Store a run; gives it back with its id."""
        ...

    async def get(self, run_id: int) -> Run | None:
        """Load one run."""
        ...

    async def save(self, run: Run) -> None:
        """Store the changed columns of a known run."""
        ...

    async def by_update(self, runner_id: int, update_id: int) -> Run | None:
        """Find the run that this update logged, undone or not."""
        ...

    async def since(self, runner_id: int, at: datetime) -> tuple[Run, ...]:
        """Give standing (not undone) runs that ended at or after `at`, oldest first."""
        ...

    async def latest(self, runner_id: int) -> Run | None:
        """Give the standing run that was logged last."""
        ...


class CheckIns(Protocol):
    """Check-ins with their standing answers."""

    async def add(self, check_in: CheckIn) -> CheckIn | None:
        """Store a new check-in without answers; None if its dedupe key is taken already."""
        ...

    async def get(self, check_in_id: int) -> CheckIn | None:
        """Load one check-in."""
        ...

    async def by_key(self, dedupe_key: str) -> CheckIn | None:
        """Find a check-in by its dedupe key."""
        ...

    async def save(self, check_in: CheckIn) -> None:
        """Store the changed columns of a known check-in; answers are left alone."""
        ...

    async def add_answer(self, check_in_id: int, answer: Answer) -> Answer:
        """Store an answer; gives it back with its id."""
        ...

    async def undo_answer(self, answer_id: int, at: datetime) -> None:
        """Mark an answer as taken back; it stays on record but no longer stands."""
        ...

    async def open_for(self, runner_id: int) -> tuple[CheckIn, ...]:
        """Give check-ins that were opened and not closed, oldest first."""
        ...

    async def waiting_for(self, runner_id: int) -> tuple[CheckIn, ...]:
        """Give check-ins neither opened nor closed yet, by due time."""
        ...

    async def since(self, runner_id: int, at: datetime) -> tuple[CheckIn, ...]:
        """Give check-ins due at or after `at`, oldest first, whatever their state."""
        ...

    async def for_run(self, run_id: int) -> tuple[CheckIn, ...]:
        """Give the check-ins of one run, by due time."""
        ...

    async def last_answered(self, runner_id: int) -> CheckIn | None:
        """Give the check-in with the latest standing answer."""
        ...


class Decisions(Protocol):
    """Stored decisions."""

    async def add(self, decision: Decision) -> Decision:
        """Store a decision; gives it back with its id."""
        ...

    async def save(self, decision: Decision) -> None:
        """Store the changed columns of a known decision."""
        ...

    async def get(self, decision_id: int) -> Decision | None:
        """Load one decision."""
        ...

    async def for_check_in(self, check_in_id: int) -> Decision | None:
        """Give the latest standing (not superseded) decision on a check-in."""
        ...

    async def since(self, runner_id: int, at: datetime) -> tuple[Decision, ...]:
        """Give standing decisions made at or after `at`, oldest first."""
        ...

    async def latest(self, runner_id: int) -> Decision | None:
        """Give the standing decision made last, None before the first."""
        ...


class Rulesets(Protocol):
    """Every ruleset this database has seen in force, so that old decisions can be explained."""

    async def keep(self, ruleset: KeptRuleset) -> bool:
        """Store a ruleset; False (and nothing changed) if its hash is kept already."""
        ...

    async def get(self, hash_: str) -> KeptRuleset | None:
        """Load the ruleset a decision names."""
        ...


class GivenTips(Protocol):
    """Which tips were shown to whom, and how they did."""

    async def add(self, given: GivenTip) -> GivenTip:
        """Store a shown tip; gives it back with its id."""
        ...

    async def save(self, given: GivenTip) -> None:
        """Store the changed columns of a known shown tip."""
        ...

    async def get(self, given_id: int) -> GivenTip | None:
        """Load one shown tip."""
        ...

    async def history(self, runner_id: int) -> tuple[GivenTip, ...]:
        """Give everything shown to a runner, oldest first."""
        ...


class Escalations(Protocol):
    """Escalations, open and cleared."""

    async def add(self, escalation: Escalation) -> Escalation:
        """Store an escalation; gives it back with its id."""
        ...

    async def get(self, escalation_id: int) -> Escalation | None:
        """Load one escalation."""
        ...

    async def save(self, escalation: Escalation) -> None:
        """Store the changed columns of a known escalation."""
        ...

    async def open_for(self, runner_id: int) -> tuple[Escalation, ...]:
        """Give open escalations, the most urgent first, then the newest."""
        ...

    async def since(self, runner_id: int, at: datetime) -> tuple[Escalation, ...]:
        """Give escalations opened at or after `at`, oldest first."""
        ...

    async def for_check_in(self, check_in_id: int) -> Escalation | None:
        """Give the newest escalation that a check-in led to, open or cleared."""
        ...

    async def latest_tips_off(self, runner_id: int) -> datetime | None:
        """Give the latest `tips_off_until` of this runner's escalations, None without one."""
        ...


class Deliveries(Protocol):
    """The schedule's rows, inside a unit of work."""

    async def enqueue(self, delivery: Delivery) -> bool:
        """Store a delivery, or bring a cancelled one with this dedupe key back to pending.

        False (and nothing changed) if the key is taken by one that is pending, done or dead.
        """
        ...

    async def get(self, delivery_id: int) -> Delivery | None:
        """Load one delivery."""
        ...

    async def by_key(self, dedupe_key: str) -> Delivery | None:
        """Find a delivery by its dedupe key."""
        ...

    async def reschedule(self, dedupe_key: str, due_at: datetime) -> bool:
        """Move a pending delivery; False if there is none pending under this key."""
        ...

    async def cancel(self, subject_id: int, kinds: frozenset[DeliveryKind], reason: str) -> int:
        """Cancel pending deliveries of these kinds about one subject; gives their number."""
        ...

    async def pending_for(self, runner_id: int) -> tuple[Delivery, ...]:
        """Give a runner's pending deliveries by due time."""
        ...

    async def settle(
        self, delivery_id: int, state: DeliveryState, reason: str | None = None
    ) -> None:
        """Finish a delivery in this state and give back the lease on its runner."""
        ...

    async def retry(self, delivery_id: int, due_at: datetime, *, attempts: int) -> None:
        """Move a delivery to `due_at` with this attempt count; gives back the runner's lease."""
        ...


class Updates(Protocol):
    """Updates that were handled, so that one delivered twice changes nothing."""

    async def first_time(self, update_id: int, at: datetime) -> bool:
        """Record an update; False if it was recorded before."""
        ...

    async def bury(self, update_id: int, kind: str, error: str, at: datetime) -> None:
        """Keep what is needed to find a poisonous update: its id, its kind, the error's class."""
        ...

    async def drop_before(self, at: datetime) -> int:
        """Forget handled updates recorded before `at`; gives their number.

        Negative ids (groups that were greeted) are kept.
        """
        ...


class UnitOfWork(Protocol):
    """One transaction over everything stored; commits on success, rolls back on an exception."""

    runners: Runners
    pauses: Pauses
    runs: Runs
    check_ins: CheckIns
    decisions: Decisions
    rulesets: Rulesets
    tips: GivenTips
    escalations: Escalations
    deliveries: Deliveries
    updates: Updates

    async def everything_about(self, runner_id: int) -> dict[str, list[dict[str, Any]]]:
        """Give every stored row about a runner, opened and JSON-ready, by table name."""
        ...


class OpenUnitOfWork(Protocol):
    """Opens a unit of work. A reading one must not write and does not lock."""

    def __call__(self, *, writing: bool = True) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open one; raises StorageUnavailable when the database cannot be used."""
        ...


class Queue(Protocol):
    """The worker's view of the schedule."""

    async def claim(
        self, now: datetime, worker: str, limit: int, lease: timedelta
    ) -> tuple[Delivery, ...]:
        """Lease up to `limit` runners with something due and give one delivery for each.

        Per runner it is the due one with the best priority, then the earliest. The result is
        ordered by priority, then due time. A runner under another worker's lease is passed over.
        """
        ...

    async def next_due(self) -> datetime | None:
        """Give the earliest instant at which anything is pending, None when nothing is."""
        ...

    async def counts(self) -> dict[DeliveryState, int]:
        """Count deliveries by state, for health checks."""
        ...


class SendRate(Protocol):
    """The pace of sending that all replicas of a bot share."""

    async def reserve(self, chat_id: int, within: timedelta) -> timedelta:
        """Book the next turn, and give the wait until it.

        A wait longer than `within` books nothing: ask again by then.
        """
        ...

    async def hold(self, chat_id: int, wait: timedelta) -> None:
        """Note that Telegram wants nothing in this chat before `wait` is over."""
        ...


class SentFiles(Protocol):
    """What Telegram calls the files it has from this bot, by the digest of their content.

    Raises StorageUnavailable when the database cannot be used.
    """

    async def find(self, digest: str) -> str | None:
        """Give the file id of this content, None if it was never sent."""
        ...

    async def keep(self, digest: str, file_id: str) -> None:
        """Note what Telegram calls this content."""
        ...

    async def drop(self, digest: str, file_id: str) -> None:
        """Forget a file id that Telegram refuses."""
        ...


class Places(Protocol):
    """Cities, zones and countries, offline."""

    async def find(self, query: str) -> tuple[Place, ...]:
        """Find cities by a typed name, the best match first; () for nothing."""
        ...

    async def at(self, latitude: float, longitude: float) -> Place | None:
        """Find the zone and the nearest city of a position; None for an impossible one."""
        ...

    def short_list(self) -> tuple[Place, ...]:
        """Give a dozen well-known places over the world, in a fixed order."""
        ...

    def country(self, text: str) -> str | None:
        """Read a typed country as its ISO 3166 alpha-2 code, None if it is none."""
        ...


class ReadsText(Protocol):
    """Understands what runners type."""

    async def __call__(self, text: str, locale: str) -> Reading:
        """Read a text for signs, without holding up others; never raises, whatever it is."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """What every use case is built on: storage, time, the rules, the tips, the defaults.

    Work of some size that may wait asks for its turn with `unhurried`. `unrecorded` stands in for
    the lock where nothing may be stored.
    """

    unit_of_work: OpenUnitOfWork
    clock: Clock
    ruleset: Ruleset
    tips: tuple[Tip, ...]
    rhythm: Rhythm
    reader: ReadsText
    unhurried: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
    unrecorded: Unrecorded = field(default_factory=Unrecorded)

    def tip(self, tip_id: str) -> Tip | None:
        """Find a tip by id; None for one that this release no longer has."""
        return next((tip for tip in self.tips if tip.id == tip_id), None)
