"""Use cases of the safety profile: asked before the first tip, and going on from there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.check_in import Closed
from bot.domain.flags import flags_of
from bot.domain.runner import Profile, Runner
from bot.domain.schedule import STILL_ASKED
from bot.services.advice import next_tip
from bot.services.answering import mine
from bot.services.library import go_to
from bot.services.notices import ProfileKept, ProfileQuestion, Purpose
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, as_new, swap
from bot.services.runners import held
from bot.services.steps.finishing import decide_again, offer_plan
from bot.services.steps.gates import look_again


@dataclass(frozen=True, slots=True)
class KeepProfile:
    """The safety profile, as ticked, and going on with what it was asked for."""

    ports: Ports

    async def tick(
        self, user_id: int, draft: Profile, purpose: Purpose, check_in_id: int
    ) -> Reply:
        """Show the question again with another tick; nothing is stored yet."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            again = look_again(self.ports, user_id, runner, purpose)
            return again or swap(runner, ProfileQuestion(draft, purpose, check_in_id))

    async def save(
        self, user_id: int, profile: Profile, purpose: Purpose, check_in_id: int
    ) -> Reply:
        """Store it with consent, and give the advice that waited for it."""
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            if runner is None or not runner.consented:
                again = look_again(self.ports, user_id, runner, purpose)
                return again or await go_to(uow, self.ports, runner, purpose, flags_of(profile))
            runner = replace(runner, profile=profile)
            await uow.runners.save(runner)
            kept = swap(runner, ProfileKept(profile))
            urgent = await self._judge_again(uow, runner)
            if urgent is not None:
                return replace(kept, messages=urgent.messages)
            if purpose is Purpose.SETTINGS:
                return kept
            if purpose is Purpose.ADVICE:
                next_one = await self._advise(uow, user_id, check_in_id)
            else:
                flags = flags_of(profile)
                next_one = as_new(await go_to(uow, self.ports, runner, purpose, flags))
            return replace(kept, messages=next_one.messages)

    async def _judge_again(self, uow: UnitOfWork, runner: Runner) -> Reply | None:
        """New pain can be urgent because of the profile, wherever that was filled in."""
        since = self.ports.clock.now() - STILL_ASKED
        painful = [
            one
            for one in await uow.check_ins.since(runner.id, since)
            if one.closed is Closed.DONE and one.rating
        ]
        if not painful:
            return None
        return await decide_again(uow, self.ports, runner, painful[-1])

    async def _advise(self, uow: UnitOfWork, user_id: int, check_in_id: int) -> Reply:
        """Give the tip that waited for the profile."""
        found = await mine(uow, user_id, check_in_id)
        if isinstance(found, Reply) or found[1].closed is not Closed.DONE:
            return Reply(None)
        runner, check_in = found
        advised = await next_tip(uow, self.ports, runner, check_in)
        return await offer_plan(uow, self.ports, advised)
