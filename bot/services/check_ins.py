"""Use cases around one check-in: going back, leaving, coming back to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.domain.check_in import (
    CheckIn,
    CheckInKind,
    Closed,
    Question,
    next_question,
)
from bot.domain.delivery import DeliveryKind
from bot.domain.runner import Runner, rhythm_for
from bot.domain.schedule import SNOOZE, STILL_ASKED, end_of_quiet, local
from bot.services.answering import as_it_stands, mine
from bot.services.notices import BackMap, ClosedCheckIn, LockReminder
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import CheckInShown, Edit, Reply, Toast, say, swap, toast
from bot.services.runners import agreed
from bot.services.steps.finishing import leave
from bot.services.steps.opening import open_now, reopen, show_below
from bot.services.steps.planning import withdraw_planned_run
from bot.services.steps.recording import (
    arm_expiry,
    enqueue,
    take_back,
)
from bot.services.steps.views import show

BY_THE_RUNNER: Final = frozenset({Closed.STOPPED, Closed.SKIPPED, Closed.NO_RUN})


LATE_ANSWER_WITHIN: Final = STILL_ASKED


@dataclass(frozen=True, slots=True)
class GoBack:
    """Take the last answer of an open check-in back and ask it again."""

    ports: Ports

    async def __call__(self, user_id: int, check_in_id: int, update_id: int) -> Reply:
        """Go one question back; on the first question nothing happens."""
        async with self.ports.unit_of_work() as uow:
            found = await mine(uow, user_id, check_in_id)
            if isinstance(found, Reply):
                return found
            runner, check_in = found
            if not await uow.updates.first_time(update_id, self.ports.clock.now()):
                return await as_it_stands(uow, self.ports, found)
            if not check_in.is_open or not check_in.answers:
                line = Toast.CLOSED if not check_in.is_open else Toast.OLD_BUTTON
                return replace(await as_it_stands(uow, self.ports, found), toast=line)
            now = self.ports.clock.now()
            before = await take_back(uow, check_in, now)
            before = await withdraw_planned_run(uow, self.ports, runner, before)
            await arm_expiry(uow, runner, before, now + self.ports.rhythm.finish_within)
            return await show(uow, self.ports, runner, before)


@dataclass(frozen=True, slots=True)
class ShowBackMap:
    """The map of the back beside the question where it hurts.

    A message of its own, for those who ask, and gone with its answer: a message that has got a
    picture stays one, and the lists that "Back" leads to may be too long for a caption.
    """

    ports: Ports

    async def __call__(self, user_id: int, check_in_id: int) -> Reply:
        """Show it as long as that question is open; it changes nothing."""
        async with self.ports.unit_of_work(writing=False) as uow:
            found = await mine(uow, user_id, check_in_id)
            if isinstance(found, Reply):
                return found
            runner, check_in = found
            escalations = await uow.escalations.open_for(runner.id)
            if escalations:
                return say(runner, LockReminder(escalations[0]))
            if not check_in.is_open or next_question(check_in) is not Question.REGION:
                return toast(runner, Toast.OLD_BUTTON)
            return say(runner, BackMap(check_in.id))


@dataclass(frozen=True, slots=True)
class LeaveCheckIn:
    """Stop here, skip, or no run today: end an open check-in by the runner's wish."""

    ports: Ports

    async def __call__(self, user_id: int, check_in_id: int, reason: Closed) -> Reply:
        """Close it with this reason; a closed one stays as it is."""
        async with self.ports.unit_of_work() as uow:
            found = await mine(uow, user_id, check_in_id)
            if isinstance(found, Reply):
                return found
            runner, check_in = found
            if reason not in BY_THE_RUNNER:
                return toast(runner, Toast.OLD_BUTTON)
            if not check_in.is_open:
                return replace(await as_it_stands(uow, self.ports, found), toast=Toast.CLOSED)
            if check_in.answers:
                reason = Closed.STOPPED
            return await leave(uow, self.ports, runner, check_in, reason)


@dataclass(frozen=True, slots=True)
class AskLater:
    """Put an unanswered prompt off by an hour."""

    ports: Ports

    async def __call__(self, user_id: int, check_in_id: int) -> Reply:
        """Snooze it; one with answers is not put off."""
        async with self.ports.unit_of_work() as uow:
            found = await mine(uow, user_id, check_in_id)
            if isinstance(found, Reply):
                return found
            runner, check_in = found
            if check_in.opened_at is None and check_in.closed_at is None:
                return swap(runner, ClosedCheckIn(check_in, snoozed_until=check_in.due_at))
            if not check_in.is_open or check_in.answers:
                return replace(await as_it_stands(uow, self.ports, found), toast=Toast.ALREADY)
            return await self._snooze(uow, runner, check_in)

    async def _snooze(self, uow: UnitOfWork, runner: Runner, check_in: CheckIn) -> Reply:
        rhythm = rhythm_for(runner, self.ports.rhythm)
        zone = runner.zone or "UTC"
        due_at = end_of_quiet(self.ports.clock.now() + SNOOZE, rhythm, zone)
        # The prompt itself may still be owed, when nobody could note that it was sent.
        owed = frozenset({DeliveryKind.CHECK_IN, DeliveryKind.EXPIRY, DeliveryKind.REMINDER})
        await uow.deliveries.cancel(check_in.id, owed, "snoozed")
        snoozed = replace(check_in, opened_at=None, due_at=due_at, message_id=None)
        await uow.check_ins.save(snoozed)
        await enqueue(uow, runner, DeliveryKind.CHECK_IN, check_in.id, due_at)
        notice = ClosedCheckIn(check_in, snoozed_until=due_at)
        return Reply(runner, (Edit(notice, check_in.message_id, only_in_place=True),))


@dataclass(frozen=True, slots=True)
class AnswerLate:
    """Take up a check-in that closed by itself; its answers are kept and marked late."""

    ports: Ports

    async def __call__(self, user_id: int, check_in_id: int) -> Reply:
        """Open it again, within 36 hours of its time and with nothing more urgent open."""
        async with self.ports.unit_of_work() as uow:
            found = await mine(uow, user_id, check_in_id)
            if isinstance(found, Reply):
                return found
            runner, check_in = found
            now = self.ports.clock.now()
            too_old = now - check_in.due_at >= LATE_ANSWER_WITHIN
            if check_in.closed is not Closed.EXPIRED or too_old:
                return toast(runner, Toast.CLOSED)
            if await uow.escalations.open_for(runner.id):
                return toast(runner, Toast.SAFETY_FIRST)
            return await reopen(uow, self.ports, runner, replace(check_in, late=True))


@dataclass(frozen=True, slots=True)
class CheckInNow:
    """/checkin, "Ask me now", a bare rating out of the blue, or "something is wrong"."""

    ports: Ports

    async def __call__(
        self, user_id: int, update_id: int, kind: CheckInKind = CheckInKind.ASKED
    ) -> Reply:
        """Open a check-in now, or show the open one again."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            return await self._open(uow, runner, update_id, kind)

    async def _open(
        self, uow: UnitOfWork, runner: Runner, update_id: int, kind: CheckInKind
    ) -> Reply:
        escalations = await uow.escalations.open_for(runner.id)
        if escalations and kind is not CheckInKind.SIGNS:
            return say(runner, LockReminder(escalations[0]))
        for open_one in await uow.check_ins.open_for(runner.id):
            if open_one.kind is kind or kind is CheckInKind.ASKED:
                return await show_below(uow, self.ports, runner, open_one)
        key = f"{kind}:{runner.id}:{update_id}"
        known = await uow.check_ins.by_key(key)
        if known is not None:
            return await show(uow, self.ports, runner, known, in_place=False)
        check_in = await self._add(uow, runner, kind, key)
        return await open_now(uow, self.ports, runner, check_in)

    async def _add(self, uow: UnitOfWork, runner: Runner, kind: CheckInKind, key: str) -> CheckIn:
        """Take the prompt that is due soonest after a run, else make a new check-in."""
        now = self.ports.clock.now()
        if kind is CheckInKind.ASKED:
            for waiting in await uow.check_ins.waiting_for(runner.id):
                if waiting.kind is CheckInKind.SOON_AFTER:
                    return waiting
        day = local(now, runner.zone or "UTC").date()
        made = await uow.check_ins.add(CheckIn(runner.id, kind, now, day, key))
        if made is None:  # pragma: no cover - the key was free in this very transaction
            raise LookupError(key)
        return made


@dataclass(frozen=True, slots=True)
class NoteShown:
    """Keep the message in which a check-in stands, once Telegram took it."""

    ports: Ports

    async def __call__(self, receipt: CheckInShown, message_id: int) -> None:
        """Store the message id, so that the check-in goes on being edited in place."""
        async with self.ports.unit_of_work() as uow:
            check_in = await uow.check_ins.get(receipt.check_in_id)
            if check_in is not None and check_in.message_id != message_id:
                await uow.check_ins.save(replace(check_in, message_id=message_id))
