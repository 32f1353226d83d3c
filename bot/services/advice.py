"""Use cases around tips after a check-in: another one, not for me, show me."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bot.domain import tips as choosing
from bot.domain.check_in import CheckIn, Closed
from bot.domain.decision import GivenTip
from bot.domain.red_flags import Urgency
from bot.domain.runner import Runner
from bot.services.answering import mine
from bot.services.notices import (
    Advice,
    LockReminder,
    MovementShown,
    Notice,
    Purpose,
    TipAside,
    TipPage,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, Toast, as_new, say, swap, toast
from bot.services.steps.choosing import choose_tip
from bot.services.steps.deciding import past
from bot.services.steps.finishing import decide_again, give
from bot.services.steps.gates import (
    CLEAN_FOR,
    gate_of,
    look_again,
    moment_of,
    put_away,
    section_of,
)
from bot.services.steps.views import show

TIPS_A_CHECK_IN: Final = 2


@dataclass(frozen=True, slots=True)
class AnotherTip:
    """A second tip on the same check-in, on request."""

    ports: Ports

    async def __call__(self, user_id: int, check_in_id: int, update_id: int) -> Reply:
        """Give the next tip that fits, or say that there is none left for today."""
        async with self.ports.unit_of_work() as uow:
            found = await mine(uow, user_id, check_in_id)
            if isinstance(found, Reply):
                return found
            runner, check_in = found
            if check_in.closed is not Closed.DONE or not self._is_fresh(check_in):
                return toast(runner, Toast.OLD_BUTTON)
            if not await uow.updates.first_time(update_id, self.ports.clock.now()):
                return replace(await show(uow, self.ports, runner, check_in), edits=())
            return await next_tip(uow, self.ports, runner, check_in)

    def _is_fresh(self, check_in: CheckIn) -> bool:
        """Whether its look at the signs is recent enough for another tip."""
        touched_at = check_in.last_touched_at
        return touched_at is not None and self.ports.clock.now() - touched_at < CLEAN_FOR


async def next_tip(uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn) -> Reply:
    """Choose and record the next tip for a finished check-in; the lock covers it too.

    There are two at most: more would be a feed, not an answer.
    """
    escalations = await uow.escalations.open_for(runner.id)
    if escalations:
        return put_away(say(runner, LockReminder(escalations[0])))
    urgent = await decide_again(uow, ports, runner, check_in)
    if urgent is not None:
        return as_new(urgent)
    decision = await uow.decisions.for_check_in(check_in.id)
    if decision is None or decision.urgency.escalates:
        return toast(runner, Toast.OLD_BUTTON)
    known = await past(uow, ports, check_in)
    more = len(decision.tips) < TIPS_A_CHECK_IN
    tip = await choose_tip(uow, ports, runner, check_in, known) if more else None
    given: GivenTip | None = None
    if tip is not None:
        given = await give(uow, ports, check_in, tip.id)
        await uow.decisions.save(replace(decision, tips=(*decision.tips, tip.id)))
    return say(
        runner,
        Advice(
            check_in,
            Urgency.SELF_CARE,
            frozenset(),
            tip,
            given.id if given else None,
            more=not decision.tips,
        ),
    )


@dataclass(frozen=True, slots=True)
class NotForMe:
    """A tip the runner does not want again."""

    ports: Ports

    async def __call__(self, user_id: int, given_id: int) -> Reply:
        """Switch the tip off for this runner; it stays in the record."""
        async with self.ports.unit_of_work() as uow:
            runner = await uow.runners.by_user(user_id)
            given = await uow.tips.get(given_id)
            if runner is None or given is None:
                return toast(runner, Toast.OLD_BUTTON)
            if given.runner_id != runner.id:
                return toast(runner, Toast.NOT_YOURS)
            tip = self.ports.tip(given.tip_id)
            if tip is None:
                return toast(runner, Toast.OLD_BUTTON)
            if given.not_for_me_at is None:
                now = self.ports.clock.now()
                await uow.tips.save(replace(given, not_for_me_at=now))
            return swap(runner, TipAside(tip))


@dataclass(frozen=True, slots=True)
class ShowMovement:
    """A tip's movement, in motion or as a still."""

    ports: Ports

    async def __call__(self, user_id: int, tip_id: str) -> Reply:
        """Show it in motion; while an escalation is open that comes first."""
        return await self._shown(user_id, tip_id, say)

    async def instead(self, user_id: int, tip_id: str, *, still: bool) -> Reply:
        """Show it the other way, in the same message; the same things come first."""
        return await self._shown(user_id, tip_id, swap, still=still)

    async def _shown(
        self,
        user_id: int,
        tip_id: str,
        answer: Callable[[Runner | None, Notice], Reply],
        *,
        still: bool = False,
    ) -> Reply:
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            escalations = await uow.escalations.open_for(runner.id) if runner else ()
            if escalations:
                return put_away(say(runner, LockReminder(escalations[0])))
            tip = self.ports.tip(tip_id)
            if tip is None or tip.movement is None:
                return toast(runner, Toast.OLD_BUTTON)
            gate = look_again(self.ports, user_id, runner, Purpose.TIPS)
            gate = gate or await gate_of(uow, self.ports, runner, tip)
            if gate is not None:
                return gate
            moment = await moment_of(uow, self.ports, runner, runner.profile if runner else None)
            if not choosing.allowed(tip, moment):
                return say(runner, TipPage(section_of(tip), tip, barred=True))
            return answer(runner, MovementShown(tip, still))
