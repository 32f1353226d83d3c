"""Use cases around a runner's own settings: times, pause, plan, and leaving for good."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from bot.domain.check_in import Closed
from bot.domain.red_flags import Finding
from bot.domain.runner import PauseSpan, PlannedRun, Profile, QuietHours, Runner, rhythm_for
from bot.domain.schedule import planned_slots
from bot.services.notices import (
    Choice,
    Coming,
    ForgetQuestion,
    Forgotten,
    Paused,
    PauseQuestion,
    PlanEditor,
    PlanPage,
    ProfileQuestion,
    Purpose,
    Resumed,
    SettingChoice,
    SettingsPage,
    Toggle,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, Toast, say, swap, toast
from bot.services.runners import agreed, held
from bot.services.steps.opening import leave_others
from bot.services.steps.planning import (
    PLANNED_AHEAD,
    drop_planned,
    move_mornings,
    plan_days,
)

A_WEEK: Final = timedelta(days=7)
DEFAULT_FINISH: Final = time(18, 30)
FIRST_CHECK_INS: Final = tuple(timedelta(minutes=minutes) for minutes in (30, 60, 90, 120))
MORNINGS: Final = tuple(time(hour, minute) for hour in (6, 7, 8, 9) for minute in (0, 30))
QUIET_HOURS: Final = (
    QuietHours(time(21), time(7)),
    QuietHours(time(22), time(7)),
    QuietHours(time(23), time(6)),
    QuietHours(time(23), time(8)),
    QuietHours(time(0), time(0)),
)
FINISHES: Final = tuple(
    time(hour, minute)
    for hour, minute in ((7, 0), (8, 0), (10, 0), (13, 0), (17, 30), (18, 30), (19, 30), (20, 30))
)


@dataclass(frozen=True, slots=True)
class Settings:
    """/settings: show what is in force, and change one thing at a time."""

    ports: Ports

    async def show(self, user_id: int) -> Reply:
        """Show the page."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            return swap(runner, self._page(runner))

    async def choices(self, user_id: int, choice: Choice) -> Reply:
        """Show the values of one setting."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id, tapped=True)
            if isinstance(runner, Reply):
                return runner
            return swap(runner, SettingChoice(choice, rhythm_for(runner, self.ports.rhythm)))

    async def choose(self, user_id: int, choice: Choice, number: int) -> Reply:
        """Put the numbered value in force; coming mornings move with the morning time."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            own = runner.preferences
            values: dict[Choice, int] = {
                Choice.FIRST_CHECK_IN: len(FIRST_CHECK_INS),
                Choice.MORNING: len(MORNINGS),
                Choice.QUIET_HOURS: len(QUIET_HOURS),
            }
            if not 0 <= number < values[choice]:
                return toast(runner, Toast.OLD_BUTTON)
            if choice is Choice.FIRST_CHECK_IN:
                own = replace(own, first_check_in_after=FIRST_CHECK_INS[number])
            elif choice is Choice.MORNING:
                own = replace(own, morning_at=MORNINGS[number])
            else:
                own = replace(own, quiet_hours=QUIET_HOURS[number])
            after = replace(runner, preferences=own)
            await uow.runners.save(after)
            await move_mornings(uow, self.ports, after)
            return swap(after, self._page(after), Toast.NOTED)

    async def toggle(self, user_id: int, update_id: int, which: Toggle) -> Reply:
        """Turn the reminder or the weekly summary on or off; what is due looks here once more."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            if not await uow.updates.first_time(update_id, self.ports.clock.now()):
                return swap(runner, self._page(runner))
            own = runner.preferences
            if which is Toggle.REMINDER:
                own = replace(own, reminder=not own.reminder)
            else:
                own = replace(own, summary=not own.summary)
            after = replace(runner, preferences=own)
            await uow.runners.save(after)
            return swap(after, self._page(after), Toast.NOTED)

    async def profile(self, user_id: int) -> Reply:
        """Show the safety profile to change it."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id, tapped=True)
            if isinstance(runner, Reply):
                return runner
            draft = runner.profile or Profile()
            return say(runner, ProfileQuestion(draft, Purpose.SETTINGS))

    def _page(self, runner: Runner) -> SettingsPage:
        return SettingsPage(runner, rhythm_for(runner, self.ports.rhythm))


@dataclass(frozen=True, slots=True)
class Pause:
    """/pause and /resume. Escalations and their follow-ups come all the same."""

    ports: Ports

    async def ask(self, user_id: int) -> Reply:
        """Ask for how long."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            return say(runner, PauseQuestion())

    async def start(self, user_id: int, days: int | None) -> Reply:
        """Pause for so many days, None until the runner is back; an open check-in closes."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            now = self.ports.clock.now()
            until = now + timedelta(days=days) if days else None
            after = replace(runner, paused_at=now, paused_until=until)
            await uow.runners.save(after)
            await uow.pauses.end(runner.id, now)
            await uow.pauses.add(PauseSpan(runner.id, now, until))
            left = await leave_others(uow, self.ports, after, 0, reason=Closed.PAUSED)
            paused = swap(after, Paused(until))
            return replace(paused, edits=(*paused.edits, *left.edits), messages=left.messages)

    async def end(self, user_id: int) -> Reply:
        """End the pause at once."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            after = replace(runner, paused_at=None, paused_until=None)
            await uow.runners.save(after)
            await uow.pauses.end(runner.id, self.ports.clock.now())
            await plan_days(uow, self.ports, after)
            return swap(after, Resumed())


@dataclass(frozen=True, slots=True)
class WeeklyPlan:
    """/plan: what is coming, and the days the runner runs on."""

    ports: Ports

    async def show(self, user_id: int) -> Reply:
        """Show what will be asked in the next week."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id, ready=True)
            if isinstance(runner, Reply):
                return runner
            return say(runner, await self._page(uow, runner))

    async def _page(self, uow: UnitOfWork, runner: Runner) -> PlanPage:
        now = self.ports.clock.now()
        coming = [
            Coming(one.kind, one.due_at)
            for one in await uow.check_ins.waiting_for(runner.id)
            if one.due_at <= now + A_WEEK
        ]
        rhythm = rhythm_for(runner, self.ports.rhythm)
        later = now + PLANNED_AHEAD
        slots = planned_slots(runner.plan, later, now + A_WEEK, rhythm, runner.zone or "UTC")
        coming += [Coming(one.kind, one.due_at) for one in slots]
        locked = bool(await uow.escalations.open_for(runner.id))
        return PlanPage(tuple(sorted(coming, key=lambda one: one.due_at)), runner, locked)

    async def edit(
        self, user_id: int, days: frozenset[int] | None = None, at: time | None = None
    ) -> Reply:
        """Show the editor: the stored plan first, then as ticked; nothing is stored yet."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id, ready=True, tapped=True)
            if isinstance(runner, Reply):
                return runner
            if days is None:
                days = frozenset(line.weekday for line in runner.plan)
            if at is None:
                at = runner.plan[0].finish_at if runner.plan else DEFAULT_FINISH
            return swap(runner, PlanEditor(days, at))

    async def save(self, user_id: int, days: frozenset[int], at: time) -> Reply:
        """Put the plan in force; no days means no planned questions."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            asked_at = runner.plan_asked_at or self.ports.clock.now()
            lines = tuple(PlannedRun(day, at) for day in sorted(days))
            after = replace(runner, plan=lines, plan_asked_at=asked_at)
            await uow.runners.save(after)
            await drop_planned(uow, self.ports, after)
            await plan_days(uow, self.ports, after)
            return swap(after, await self._page(uow, after), Toast.NOTED)


@dataclass(frozen=True, slots=True)
class OpenPlannedDays:
    """The recurring job that creates the planned-day questions of the next day and a half."""

    ports: Ports

    async def __call__(self) -> int:
        """Create them for every runner with a plan; gives how many are new."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runners = await uow.runners.with_plan()
        new = 0
        for runner in runners:
            async with self.ports.unit_of_work() as uow:
                current = await uow.runners.get(runner.id)
                new += await plan_days(uow, self.ports, current) if current else 0
        return new


@dataclass(frozen=True, slots=True)
class Forget:
    """/forget: everything gone, confirmed, with a receipt."""

    ports: Ports

    async def ask(self, user_id: int) -> Reply:
        """Ask first."""
        async with self.ports.unit_of_work(writing=False) as uow:
            return say(await uow.runners.by_user(user_id), ForgetQuestion())

    async def confirm(self, user_id: int) -> Reply:
        """Delete every row about the runner."""
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            now: datetime = self.ports.clock.now()
            open_ones = await uow.escalations.open_for(runner.id) if runner else ()
            if open_ones:
                # The lock goes with all the rest, and old buttons stay.
                is_crisis = any(Finding.SELF_HARM in one.findings for one in open_ones)
                self.ports.unrecorded.note(user_id, now, is_crisis=is_crisis)
            records = await uow.runners.forget(runner.id) if runner else 0
            return swap(None, Forgotten(now, records))
