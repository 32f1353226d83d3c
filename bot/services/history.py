"""Use cases around a runner's last days: the picture on request, and the weekly one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.history import Period
from bot.services.notices import HistoryShown
from bot.services.ports import Ports
from bot.services.replies import Reply, say, swap
from bot.services.runners import agreed
from bot.services.steps.remembering import first_period, remember
from bot.services.steps.summing_up import plan_summary, summary_is_near


@dataclass(frozen=True, slots=True)
class ShowHistory:
    """/history, and its buttons for other periods."""

    ports: Ports

    async def __call__(self, user_id: int, days: int | None = None) -> Reply:
        """Show the last days in a new message; other `days` take the tapped one's place.

        Without `days` it is the shortest period in which anything happened.
        """
        async with self.ports.unhurried(), self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id, tapped=days is not None)
            if isinstance(runner, Reply):
                return runner
            now = self.ports.clock.now()
            if days is None:
                return say(runner, HistoryShown(await first_period(uow, runner, now)))
            return swap(runner, HistoryShown(await remember(uow, runner, Period.of(days), now)))


@dataclass(frozen=True, slots=True)
class PlanSummaries:
    """The recurring job that owes each runner the summary of a week that is about to end."""

    ports: Ports

    async def __call__(self) -> int:
        """Owe them; gives how many are new."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runners = await uow.runners.with_place()
        now, new = self.ports.clock.now(), 0
        for runner in runners:
            if not summary_is_near(runner, now):
                continue
            async with self.ports.unit_of_work() as uow:
                current = await uow.runners.get(runner.id)
                if current is not None:
                    new += await plan_summary(uow, current, now)
        return new
