"""Use cases that add to a logged run: its distance, its time, and how it compares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.domain import load
from bot.domain.load import Compared
from bot.domain.runner import Runner
from bot.domain.schedule import Plan, Run, Slot
from bot.services.notices import RunDetail, RunDetailQuestion, RunLogged
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, Toast, swap, toast
from bot.services.runs import ready_runner
from bot.services.steps.deciding import tips_are_off

MAX_KM: Final = 300.0
MAX_MINUTES: Final = 60 * 48


@dataclass(frozen=True, slots=True)
class AddRunDetail:
    """Distance or duration, chosen by a button."""

    ports: Ports

    async def __call__(self, user_id: int, run_id: int, detail: RunDetail, amount: float) -> Reply:
        """Store kilometres or minutes; out-of-range amounts are refused."""
        async with self.ports.unit_of_work() as uow:
            runner = await ready_runner(uow, user_id)
            run = await uow.runs.get(run_id)
            if runner is None or run is None or run.undone_at:
                return toast(runner, Toast.OLD_BUTTON)
            if run.runner_id != runner.id:
                return toast(runner, Toast.NOT_YOURS)
            limit = MAX_KM if detail is RunDetail.DISTANCE else MAX_MINUTES
            if not 0 < amount <= limit:
                return toast(runner, Toast.OLD_BUTTON)
            if detail is RunDetail.DISTANCE:
                run = replace(run, distance_km=amount)
            else:
                run = replace(run, duration=timedelta(minutes=amount))
            await uow.runs.save(run)
            logged = await _logged(uow, self.ports, runner, run)
            beside = await _load_note(uow, self.ports, runner, run)
            return swap(runner, replace(logged, beside=beside), Toast.NOTED)


@dataclass(frozen=True, slots=True)
class AskRunDetail:
    """The buttons "+ Distance" and "+ Time" under a logged run."""

    ports: Ports

    async def __call__(self, user_id: int, run_id: int, detail: RunDetail) -> Reply:
        """Offer amounts to choose from."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            run = await uow.runs.get(run_id)
            if runner is None or run is None or run.undone_at:
                return toast(runner, Toast.OLD_BUTTON)
            if run.runner_id != runner.id:
                return toast(runner, Toast.NOT_YOURS)
            return swap(runner, RunDetailQuestion(run_id, detail))


async def _logged(uow: UnitOfWork, ports: Ports, runner: Runner, run: Run) -> RunLogged:
    """Describe a stored run with what is still coming of it: nothing beside an open sign."""
    if await uow.escalations.open_for(runner.id):
        return RunLogged(run, Plan((), ask_now=False), locked=True)
    slots = tuple(
        Slot(one.kind, one.due_at, one.local_date, one.late)
        for one in await uow.check_ins.for_run(run.id)
        if one.opened_at is None and one.closed_at is None
    )
    asked = any(one.opened_at for one in await uow.check_ins.for_run(run.id))
    paused = runner.is_paused(ports.clock.now())
    return RunLogged(run, Plan(slots, ask_now=not asked), paused=paused)


async def _load_note(uow: UnitOfWork, ports: Ports, runner: Runner, run: Run) -> Compared | None:
    """Compare the run where a study has something to say of it, but not beside a sign."""
    if await tips_are_off(uow, runner, ports.clock.now()):
        return None
    earlier = await uow.runs.since(runner.id, run.ended_at - load.LOOKED_BACK)
    beside = load.compared(run, earlier)
    return beside if beside is not None and beside.odds is not None else None
