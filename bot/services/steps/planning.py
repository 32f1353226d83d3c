"""Steps that turn runs and weekly plans into check-ins, inside a unit of work."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.check_in import CheckIn, CheckInKind, Closed
from bot.domain.delivery import DeliveryKind
from bot.domain.runner import Runner, rhythm_for
from bot.domain.schedule import (
    Plan,
    Run,
    Slot,
    instant,
    local,
    morning_after,
    moved_morning,
    next_wall_time,
    plan,
    planned_slots,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.steps.recording import close_check_in, enqueue

WITHDRAWN: Final = frozenset({Closed.UNDONE, Closed.REPLACED})
"""A planned question not yet asked that gave way to a changed plan or a logged run."""

PLANNED_AHEAD: Final = timedelta(hours=36)


def morning_key(runner: Runner, slot: Slot) -> str:
    """One morning check-in per runner and local date, by a unique key."""
    return f"morning:{runner.id}:{slot.local_date}"


async def log_run(
    uow: UnitOfWork, ports: Ports, runner: Runner, run: Run, *, morning_only: bool = False
) -> Plan:
    """Create the check-ins of a stored run; gives the plan as the runner is told of it."""
    now = ports.clock.now()
    rhythm = rhythm_for(runner, ports.rhythm)
    made = plan(run.ended_at, now, rhythm, runner.zone or "UTC")
    if morning_only:
        slots = tuple(slot for slot in made.slots if slot.kind is CheckInKind.MORNING)
        made = replace(made, slots=slots)
    for slot in made.slots:
        if slot.kind is CheckInKind.MORNING:
            await _add_morning(uow, runner, run, slot)
        else:
            await _add_soon_after(uow, runner, run, slot, now)
    if not morning_only:
        await _drop_planned_day(uow, runner, run, now)
    return made


async def _add_soon_after(
    uow: UnitOfWork, runner: Runner, run: Run, slot: Slot, now: datetime
) -> None:
    """A new run's soon-after check-in takes the place of an earlier one not yet asked."""
    for waiting in await uow.check_ins.waiting_for(runner.id):
        if waiting.kind is CheckInKind.SOON_AFTER and waiting.run_id != run.id:
            await close_check_in(uow, waiting, Closed.REPLACED, now)
    await _add(uow, runner, slot, f"soon:{run.id}", run.id)


async def _drop_planned_day(uow: UnitOfWork, runner: Runner, run: Run, now: datetime) -> None:
    """A logged run answers the planned day's question, so that is not asked any more."""
    day = local(run.ended_at, runner.zone or "UTC").date()
    for waiting in await uow.check_ins.waiting_for(runner.id):
        if waiting.kind is CheckInKind.PLANNED and waiting.local_date == day:
            await close_check_in(uow, waiting, Closed.REPLACED, now)


async def _add_morning(uow: UnitOfWork, runner: Runner, run: Run, slot: Slot) -> None:
    key = morning_key(runner, slot)
    known = await uow.check_ins.by_key(key)
    if known is None:
        await _add(uow, runner, slot, key, run.id)
    elif known.opened_at is None:
        # One that was taken back stayed behind where the runner travelled on.
        again = replace(
            known,
            run_id=run.id,
            due_at=slot.due_at,
            late=slot.late,
            closed=None,
            closed_at=None,
        )
        await uow.check_ins.save(again)
        if known.due_at != slot.due_at:
            await uow.deliveries.cancel(known.id, frozenset({DeliveryKind.CHECK_IN}), "moved")
        await enqueue(uow, runner, DeliveryKind.CHECK_IN, known.id, slot.due_at)


async def _add(uow: UnitOfWork, runner: Runner, slot: Slot, key: str, run_id: int | None) -> None:
    check_in = await uow.check_ins.add(
        CheckIn(
            runner.id,
            slot.kind,
            slot.due_at,
            slot.local_date,
            key,
            run_id=run_id,
            late=slot.late,
        )
    )
    if check_in is not None:
        await enqueue(uow, runner, DeliveryKind.CHECK_IN, check_in.id, slot.due_at)


async def undo_run(uow: UnitOfWork, ports: Ports, runner: Runner, run: Run) -> Run:
    """Take a run back with what it still had coming; answers that were given stay."""
    now = ports.clock.now()
    undone = replace(run, undone_at=now)
    await uow.runs.save(undone)
    for check_in in await uow.check_ins.for_run(run.id):
        if check_in.opened_at is not None or check_in.closed_at is not None:
            continue
        heir = None
        if check_in.kind is CheckInKind.MORNING:
            heir = await _heir(uow, ports, runner, check_in)
        if heir is None:
            await close_check_in(uow, check_in, Closed.UNDONE, now)
        else:
            await uow.check_ins.save(replace(check_in, run_id=heir.id))
    await plan_days(uow, ports, runner)
    return undone


async def withdraw_planned_run(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn
) -> CheckIn:
    """Take back the run a planned day's rating stood for, once that rating is taken back."""
    if check_in.kind is not CheckInKind.PLANNED or check_in.rating is not None:
        return check_in
    run = await uow.runs.get(check_in.run_id) if check_in.run_id else None
    if run is None:
        return check_in
    without = replace(check_in, run_id=None)
    await uow.check_ins.save(without)
    if run.undone_at is None:
        await undo_run(uow, ports, runner, run)
    return without


async def _heir(uow: UnitOfWork, ports: Ports, runner: Runner, morning: CheckIn) -> Run | None:
    """Find another run that leads to the same morning check-in."""
    rhythm = rhythm_for(runner, ports.rhythm)
    zone = runner.zone or "UTC"
    runs = await uow.runs.since(runner.id, morning.due_at - timedelta(hours=36))
    same = [
        run
        for run in runs
        if local(morning_after(run.ended_at, rhythm, zone), zone).date() == morning.local_date
    ]
    return same[-1] if same else None


async def plan_days(uow: UnitOfWork, ports: Ports, runner: Runner) -> int:
    """Create the planned-day questions of the next 36 hours; gives how many are new.

    A day on which the runner has logged a run already has its check-ins.
    """
    if not runner.is_ready or not runner.plan:
        return 0
    now = ports.clock.now()
    rhythm = rhythm_for(runner, ports.rhythm)
    zone = runner.zone or "UTC"
    runs = await uow.runs.since(runner.id, now - PLANNED_AHEAD)
    run_on = {local(run.ended_at, zone).date() for run in runs}
    slots = planned_slots(runner.plan, now, now + PLANNED_AHEAD, rhythm, zone)
    return sum(
        [await _plan_day(uow, runner, slot) for slot in slots if slot.local_date not in run_on]
    )


async def _plan_day(uow: UnitOfWork, runner: Runner, slot: Slot) -> bool:
    """Create one planned-day question, or bring back a withdrawn one; says whether it is new."""
    wall = local(slot.due_at, runner.zone or "UTC")
    key = f"planned:{runner.id}:{slot.local_date}:{wall:%H:%M}"
    known = await uow.check_ins.by_key(key)
    if known is None:
        await _add(uow, runner, slot, key, None)
        return True
    if known.closed not in WITHDRAWN or known.opened_at is not None:
        return False
    again = replace(known, due_at=slot.due_at, closed=None, closed_at=None)
    await uow.check_ins.save(again)
    await enqueue(uow, runner, DeliveryKind.CHECK_IN, known.id, slot.due_at)
    return True


async def drop_planned(uow: UnitOfWork, ports: Ports, runner: Runner) -> None:
    """Withdraw planned-day questions not yet asked, before a changed plan makes its own."""
    for waiting in await uow.check_ins.waiting_for(runner.id):
        if waiting.kind is CheckInKind.PLANNED:
            await close_check_in(uow, waiting, Closed.UNDONE, ports.clock.now())


async def move_zone(uow: UnitOfWork, ports: Ports, before: Runner, after: Runner) -> int:
    """Carry what is coming into a new zone; gives how many check-ins moved.

    A soon-after keeps its instant. A morning one goes to the same date's morning there, or to
    the next morning if that is over or too close to the run; never two for one date.
    """
    old_zone, new_zone = before.zone, after.zone
    if old_zone is None or new_zone is None or old_zone == new_zone:
        return 0
    moved = 0
    for waiting in await uow.check_ins.waiting_for(after.id):
        if waiting.kind is CheckInKind.MORNING:
            due_at = await _new_morning(uow, ports, waiting, before, after)
            moved += await _move(uow, ports, after, waiting, due_at)
        elif waiting.kind is CheckInKind.PLANNED:
            wall = local(waiting.due_at, old_zone)
            due_at = instant(wall.date(), wall.time(), new_zone)
            moved += await _move(uow, ports, after, waiting, due_at)
    return moved


async def _new_morning(
    uow: UnitOfWork, ports: Ports, waiting: CheckIn, before: Runner, after: Runner
) -> datetime:
    rhythm = rhythm_for(after, ports.rhythm)
    zone = after.zone or "UTC"
    now = ports.clock.now()
    due_at = moved_morning(waiting.due_at, before.zone or "UTC", rhythm, zone)
    run = await uow.runs.get(waiting.run_id) if waiting.run_id else None
    if run is not None:
        due_at = max(due_at, morning_after(run.ended_at, rhythm, zone))
    return due_at if due_at > now else next_wall_time(now, rhythm.morning_at, zone)


async def _move(
    uow: UnitOfWork, ports: Ports, runner: Runner, waiting: CheckIn, due_at: datetime
) -> int:
    now = ports.clock.now()
    day = local(due_at, runner.zone or "UTC").date()
    moved = replace(waiting, due_at=due_at, local_date=day)
    if waiting.kind is CheckInKind.MORNING and day != waiting.local_date:
        key = f"morning:{runner.id}:{day}"
        if await uow.check_ins.by_key(key) is not None:
            await close_check_in(uow, waiting, Closed.REPLACED, now)
            return 0
        moved = replace(moved, dedupe_key=key)
    if due_at <= now:
        await close_check_in(uow, waiting, Closed.TOO_LATE, now)
        return 0
    await uow.check_ins.save(moved)
    await uow.deliveries.cancel(waiting.id, frozenset({DeliveryKind.CHECK_IN}), "moved")
    await enqueue(uow, runner, DeliveryKind.CHECK_IN, waiting.id, due_at)
    return 1


async def move_mornings(uow: UnitOfWork, ports: Ports, runner: Runner) -> None:
    """Bring waiting morning check-ins to a changed morning time, on their own dates."""
    rhythm = rhythm_for(runner, ports.rhythm)
    zone = runner.zone or "UTC"
    for waiting in await uow.check_ins.waiting_for(runner.id):
        if waiting.kind is CheckInKind.MORNING:
            due_at = instant(waiting.local_date, rhythm.morning_at, zone)
            later = max(due_at, ports.clock.now() + timedelta(minutes=1))
            await _move(uow, ports, runner, waiting, later)
