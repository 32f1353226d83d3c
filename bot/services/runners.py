"""Use cases of /start: who may use Aftermile, consent, and coming back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.domain.check_in import CheckIn
from bot.domain.runner import (
    CONSENT_VERSION,
    UNCONSENTED_KEPT_FOR,
    Awaiting,
    Consent,
    OnboardingStep,
    Runner,
    onboarding_step,
    rhythm_for,
)
from bot.services.notices import (
    Declined,
    ForgetQuestion,
    LockReminder,
    Onboarding,
    Plain,
    PlainNotice,
    Preview,
    Underage,
    Welcome,
)
from bot.services.ports import Places, Ports, UnitOfWork
from bot.services.replies import Reply, Toast, say, swap, toast
from bot.services.steps.opening import show_below
from bot.services.steps.resuming import step_notices

SEEN_EVERY: Final = timedelta(hours=1)


async def held(uow: UnitOfWork, user_id: int) -> Runner | None:
    """Load a runner by Telegram user and hold the row until the unit of work ends."""
    runner = await uow.runners.by_user(user_id)
    return await uow.runners.get(runner.id) if runner else None


async def agreed(
    uow: UnitOfWork, user_id: int, *, ready: bool = False, tapped: bool = False
) -> Runner | Reply:
    """Load and hold a runner who agreed to a record, or give the reply that says it is needed.

    `ready` asks for a confirmed place as well; a refused tap is answered by a line over the chat.
    """
    runner = await held(uow, user_id)
    if runner is not None and (runner.is_ready if ready else runner.consented):
        return runner
    if tapped:
        return toast(runner, Toast.NEEDS_CONSENT)
    return say(runner, PlainNotice(Plain.NEEDS_CONSENT))


@dataclass(frozen=True, slots=True)
class Begin:
    """/start: resume where the runner left off; it never resets anything."""

    ports: Ports
    places: Places

    async def __call__(self, user_id: int, chat_id: int) -> Reply:
        """Show the next step, what is open, or what comes next."""
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            now = self.ports.clock.now()
            if runner is None:
                new = Runner(user_id, chat_id, created_at=now, seen_at=now)
                runner = await uow.runners.add(new)
            runner = replace(runner, blocked_at=None, seen_at=now, chat_id=chat_id)
            await uow.runners.save(runner)
            step = onboarding_step(runner)
            if step is not OnboardingStep.DONE:
                return step_reply(self.ports, self.places, runner, step)
            return await self._welcome_back(uow, runner)

    async def _welcome_back(self, uow: UnitOfWork, runner: Runner) -> Reply:
        escalations = await uow.escalations.open_for(runner.id)
        if escalations:
            return say(runner, LockReminder(escalations[0]))
        for check_in in await uow.check_ins.open_for(runner.id):
            return await show_below(uow, self.ports, runner, check_in)
        waiting: tuple[CheckIn, ...] = await uow.check_ins.waiting_for(runner.id)
        return say(runner, Welcome(waiting[0].due_at if waiting else None))


def step_reply(ports: Ports, places: Places, runner: Runner, step: OnboardingStep) -> Reply:
    """Show a step of /start."""
    return say(runner, *step_notices(ports, places, runner, step))


@dataclass(frozen=True, slots=True)
class ConfirmAdult:
    """The first question: is this an adult?"""

    ports: Ports

    async def __call__(self, user_id: int, *, adult: bool) -> Reply:
        """Go on to consent; for a minor everything is deleted and nothing is stored.

        A "no" to an old question, tapped by somebody with a record, asks before deleting that.
        """
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            if runner is None:
                return say(None, Onboarding(OnboardingStep.ADULT))
            if not adult and runner.consented:
                return say(runner, ForgetQuestion())
            if not adult:
                await uow.runners.forget(runner.id)
                return swap(None, Underage())
            adult_at = runner.adult_at or self.ports.clock.now()
            runner = replace(runner, adult_at=adult_at)
            await uow.runners.save(runner)
            return swap(runner, Onboarding(OnboardingStep.CONSENT, runner))


@dataclass(frozen=True, slots=True)
class AnswerConsent:
    """Consent to storing health answers: versioned, with its time; a no is kept as a no."""

    ports: Ports
    places: Places

    async def __call__(self, user_id: int, *, agree: bool) -> Reply:
        """Store the consent and go on, or say what works without it.

        A "no" after a yes withdraws it, so it asks whether to delete everything.
        """
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            if runner is None or runner.adult_at is None:
                return say(runner, Onboarding(OnboardingStep.ADULT, runner))
            now = self.ports.clock.now()
            if not agree and runner.consented:
                return say(runner, ForgetQuestion())
            if not agree:
                await uow.runners.save(replace(runner, declined_at=now))
                return swap(runner, Declined())
            if not runner.consented:
                consent = Consent(CONSENT_VERSION, now)
                runner = replace(runner, consent=consent, declined_at=None)
            step = onboarding_step(runner)
            if step is OnboardingStep.PLACE:
                runner = replace(runner, awaiting=Awaiting.CITY)
            await uow.runners.save(runner)
            thanks = swap(runner, PlainNotice(Plain.CONSENT_KEPT))
            step_shown = step_reply(self.ports, self.places, runner, step)
            return replace(thanks, messages=step_shown.messages)


@dataclass(frozen=True, slots=True)
class FirstRunLater:
    """Answer "Not yet" to "Just ran?": end the first session with a preview."""

    ports: Ports

    async def __call__(self, user_id: int) -> Reply:
        """Say what will be asked, and when."""
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            if runner is None or not runner.is_ready:
                return toast(runner, Toast.OLD_BUTTON)
            now = self.ports.clock.now()
            runner = replace(runner, onboarded_at=runner.onboarded_at or now)
            await uow.runners.save(runner)
            return swap(runner, Preview(rhythm_for(runner, self.ports.rhythm)))


@dataclass(frozen=True, slots=True)
class NoteReachable:
    """Telegram says that the runner blocked the bot, or came back."""

    ports: Ports

    async def __call__(self, user_id: int, *, blocked: bool) -> None:
        """Stop or resume the schedule."""
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            if runner is None or (runner.blocked_at is not None) == blocked:
                return
            blocked_at = self.ports.clock.now() if blocked else None
            await uow.runners.save(replace(runner, blocked_at=blocked_at))


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """A runner wrote or tapped: they are here, so they have not blocked the bot."""

    ports: Ports

    async def __call__(self, user_id: int) -> Runner | None:
        """Note it, about once an hour; gives the runner, None for somebody unknown."""
        now = self.ports.clock.now()
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
        fresh = runner is not None and now - runner.seen_at < SEEN_EVERY
        if runner is None or (fresh and runner.blocked_at is None):
            return runner
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            if runner is None:
                return None
            seen = replace(runner, seen_at=now, blocked_at=None)
            await uow.runners.save(seen)
            return seen


@dataclass(frozen=True, slots=True)
class DropUnconsented:
    """Routing ids of people who never agreed are kept for 48 hours at most."""

    ports: Ports

    async def __call__(self) -> int:
        """Delete them; gives how many people were forgotten."""
        async with self.ports.unit_of_work() as uow:
            oldest = self.ports.clock.now() - UNCONSENTED_KEPT_FOR
            strangers = await uow.runners.unconsented_before(oldest)
            for runner in strangers:
                await uow.runners.forget(runner.id)
            await uow.updates.drop_before(oldest)
            return len(strangers)
