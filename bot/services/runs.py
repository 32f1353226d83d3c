"""Use cases around runs: logging one, adding to it, and taking the last thing back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.domain.check_in import AFTERWARDS, CheckIn, CheckInKind
from bot.domain.runner import Awaiting, Runner
from bot.domain.schedule import Plan, Run, local
from bot.reading.when import read_when
from bot.services.notices import (
    LockReminder,
    MistakeQuestion,
    MovedBelow,
    NotRead,
    Plain,
    PlainNotice,
    RunLogged,
    RunQuestion,
    RunUndone,
    RunWhen,
    SignsOffer,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Edit, Reply, Toast, say, swap, toast
from bot.services.runners import agreed
from bot.services.steps.acknowledging import take_word_back
from bot.services.steps.opening import open_now, reopen
from bot.services.steps.planning import log_run, undo_run, withdraw_planned_run
from bot.services.steps.recording import take_back
from bot.services.steps.views import show

UNDO_WITHIN: Final = timedelta(hours=36)
OLDEST_RUN: Final = timedelta(days=7)
"""A run further back than this is not logged: nobody remembers it well enough."""


async def ready_runner(uow: UnitOfWork, user_id: int) -> Runner | None:
    """Load and hold a runner for whom check-ins can be planned."""
    runner = await uow.runners.by_user(user_id)
    if runner is None or not runner.is_ready:
        return None
    return await uow.runners.get(runner.id)


@dataclass(frozen=True, slots=True)
class AskAboutRun:
    """/run: when did it end?"""

    ports: Ports

    async def __call__(self, user_id: int, which: RunWhen = RunWhen.WHEN) -> Reply:
        """Ask for the time, by buttons or typed."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id, ready=True)
            if isinstance(runner, Reply):
                return runner
            asked_at = self.ports.clock.now().isoformat()
            waiting = replace(runner, awaiting=Awaiting.RUN_TIME, awaiting_detail=asked_at)
            await uow.runners.save(waiting)
            return swap(runner, RunQuestion(which))


@dataclass(frozen=True, slots=True)
class LogRun:
    """Store a run that ended some time ago and plan its check-ins.

    `ended_ago` counts back from now. The same update logs one run however often it comes.
    """

    ports: Ports

    async def __call__(
        self, user_id: int, update_id: int, ended_ago: timedelta, *, ask_now: bool = False
    ) -> Reply:
        """Log it; with `ask_now` its first check-in opens at once instead of a summary."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id, ready=True)
            if isinstance(runner, Reply):
                return runner
            now = self.ports.clock.now()
            run = Run(runner.id, now - ended_ago, now, update_id=update_id)
            return await store_run(uow, self.ports, runner, run, ask_now=ask_now)


@dataclass(frozen=True, slots=True)
class LogRunYesterday:
    """Store a run that ended yesterday at a wall-clock hour."""

    ports: Ports

    async def __call__(self, user_id: int, update_id: int, hour: int) -> Reply:
        """Log it; `hour` is local, 0 to 23."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id, ready=True)
            if isinstance(runner, Reply):
                return runner
            now = self.ports.clock.now()
            ended_at = read_when(f"yesterday {hour}:00", now, runner.zone or "UTC")
            if ended_at is None:
                return toast(runner, Toast.OLD_BUTTON)
            run = Run(runner.id, ended_at, now, update_id=update_id)
            return await store_run(uow, self.ports, runner, run)


async def store_run(
    uow: UnitOfWork, ports: Ports, runner: Runner, run: Run, *, ask_now: bool = False
) -> Reply:
    """Store a run once, plan its check-ins and say when they come."""
    settled = replace(runner, awaiting=None, onboarded_at=runner.onboarded_at or run.logged_at)
    await uow.runners.save(settled)
    known = await uow.runs.by_update(runner.id, run.update_id) if run.update_id else None
    if known is not None and known.undone_at is not None:
        return say(settled, RunUndone(known))
    stored = known or await uow.runs.add(run)
    escalations = await uow.escalations.open_for(runner.id)
    if escalations:
        locked = RunLogged(stored, Plan((), ask_now=False), locked=True)
        return say(settled, locked, LockReminder(escalations[0]))
    plan = await log_run(uow, ports, settled, stored)
    if ask_now:
        first = await _first_check_in(uow, ports, settled, stored)
        noted = swap(settled, RunLogged(stored, replace(plan, ask_now=False)))
        is_over = first.answers or first.closed_at
        opened = await (show if is_over else open_now)(uow, ports, settled, first)
        return replace(opened, edits=(*noted.edits, *opened.edits))
    paused = settled.is_paused(ports.clock.now())
    return swap(settled, RunLogged(stored, plan, paused=paused))


async def _first_check_in(uow: UnitOfWork, ports: Ports, runner: Runner, run: Run) -> CheckIn:
    """Give the run's soon-after check-in, answered or not; where none can be asked, make one."""
    for check_in in await uow.check_ins.for_run(run.id):
        usable = check_in.closed_at is None or check_in.answers
        if check_in.kind is CheckInKind.SOON_AFTER and usable:
            return check_in
    now = ports.clock.now()
    key = f"asked:run:{run.id}"
    day = local(now, runner.zone or "UTC").date()
    made = CheckIn(runner.id, CheckInKind.ASKED, now, day, key, run_id=run.id)
    return await uow.check_ins.add(made) or await _known(uow, key)


async def _known(uow: UnitOfWork, key: str) -> CheckIn:
    check_in = await uow.check_ins.by_key(key)
    if check_in is None:  # pragma: no cover - the key was taken in this very transaction
        raise LookupError(key)
    return check_in


@dataclass(frozen=True, slots=True)
class AskAboutRunNow:
    """Answer the button "Ask me now" under a logged run."""

    ports: Ports

    async def __call__(self, user_id: int, run_id: int) -> Reply:
        """Open the run's first check-in at once, in a new message."""
        async with self.ports.unit_of_work() as uow:
            runner = await ready_runner(uow, user_id)
            run = await uow.runs.get(run_id)
            if runner is None or run is None or run.undone_at:
                return toast(runner, Toast.OLD_BUTTON)
            if run.runner_id != runner.id:
                return toast(runner, Toast.NOT_YOURS)
            escalations = await uow.escalations.open_for(runner.id)
            if escalations:
                return say(runner, LockReminder(escalations[0]))
            first = await _first_check_in(uow, self.ports, runner, run)
            if first.answers or first.closed_at:
                return toast(runner, Toast.ALREADY)
            return await open_now(uow, self.ports, runner, first)


@dataclass(frozen=True, slots=True)
class ReadRunTime:
    """A typed answer to "when did it end?"."""

    ports: Ports

    async def __call__(self, user_id: int, update_id: int, text: str) -> Reply:
        """Log the run, or say politely what can be read."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id, ready=True)
            if isinstance(runner, Reply):
                return runner
            now = self.ports.clock.now()
            ended_at = read_when(text, now, runner.zone or "UTC")
            if ended_at is None or now - ended_at > OLDEST_RUN:
                return say(runner, SignsOffer(NotRead.TIME, runner.country))
            if ended_at > now:
                return say(runner, SignsOffer(NotRead.LATER_THAN_NOW, runner.country))
            run = Run(runner.id, ended_at, now, update_id=update_id)
            return await store_run(uow, self.ports, runner, run)


@dataclass(frozen=True, slots=True)
class UndoRun:
    """The undo button under a logged run."""

    ports: Ports

    async def __call__(self, user_id: int, run_id: int) -> Reply:
        """Take the run back with its coming check-ins."""
        async with self.ports.unit_of_work() as uow:
            runner = await ready_runner(uow, user_id)
            run = await uow.runs.get(run_id)
            if runner is None or run is None:
                return toast(runner, Toast.OLD_BUTTON)
            if run.runner_id != runner.id:
                return toast(runner, Toast.NOT_YOURS)
            if run.undone_at is None:
                run = await undo_run(uow, self.ports, runner, run)
            return swap(runner, RunUndone(run))


@dataclass(frozen=True, slots=True)
class UndoLast:
    """/undo: take back the last answer or run, whichever came later, within 36 hours.

    It never lowers an EMERGENCY or URGENT: that asks "Was it a mistake?" instead.
    """

    ports: Ports

    async def __call__(self, user_id: int, update_id: int) -> Reply:
        """Undo, and show again what is open now; the same update undoes once."""
        async with self.ports.unit_of_work() as uow:
            runner = await uow.runners.by_user(user_id)
            if runner is None:
                return say(None, PlainNotice(Plain.NOTHING_TO_UNDO))
            runner = await uow.runners.get(runner.id) or runner
            escalations = await uow.escalations.open_for(runner.id)
            if escalations:
                return say(runner, MistakeQuestion(escalations[0]))
            if not await uow.updates.first_time(update_id, self.ports.clock.now()):
                return await self._undone(uow, runner)
            return await self._undo(uow, runner)

    async def _undone(self, uow: UnitOfWork, runner: Runner) -> Reply:
        """Show what an undo that was already done left open."""
        for check_in in await uow.check_ins.open_for(runner.id):
            return await show(uow, self.ports, runner, check_in)
        return say(runner, PlainNotice(Plain.CANCELLED))

    async def _undo(self, uow: UnitOfWork, runner: Runner) -> Reply:
        oldest = self.ports.clock.now() - UNDO_WITHIN
        check_in = await uow.check_ins.last_answered(runner.id)
        run = await uow.runs.latest(runner.id)
        answered_at = check_in.answers[-1].answered_at if check_in else oldest
        logged_at = run.logged_at if run else oldest
        if run is not None and logged_at > max(answered_at, oldest):
            return say(runner, RunUndone(await undo_run(uow, self.ports, runner, run)))
        if check_in is not None and answered_at > oldest:
            return await self._undo_answer(uow, runner, check_in)
        return say(runner, PlainNotice(Plain.NOTHING_TO_UNDO))

    async def _undo_answer(self, uow: UnitOfWork, runner: Runner, check_in: CheckIn) -> Reply:
        if check_in.answers[-1].question in AFTERWARDS:
            return await take_word_back(uow, self.ports, runner, check_in)
        if await uow.escalations.for_check_in(check_in.id) is not None:
            return say(runner, PlainNotice(Plain.NOTHING_TO_UNDO))
        old_message_id = check_in.message_id
        before = await take_back(uow, check_in, self.ports.clock.now())
        before = await withdraw_planned_run(uow, self.ports, runner, before)
        shown = await reopen(uow, self.ports, runner, replace(before, message_id=None))
        if old_message_id is None:
            return shown
        old = Edit(MovedBelow(), old_message_id, only_in_place=True)
        return replace(shown, edits=(*shown.edits, old))
