"""Use cases around one check-in: answering, going back, leaving, coming back to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.domain.check_in import (
    ELSEWHERE,
    NO,
    NONE_OF_THESE,
    ONE_OR_MORE,
    SOMETHING_WRONG,
    YES,
    Answer,
    CheckIn,
    CheckInKind,
    Closed,
    Question,
    next_question,
)
from bot.domain.delivery import DeliveryKind
from bot.domain.pain import MODERATE, BodyRegion, Contributor, Effect, nrs
from bot.domain.red_flags import Ruleset, SignList
from bot.domain.runner import Runner, rhythm_for
from bot.domain.schedule import SNOOZE, STILL_ASKED, Run, end_of_quiet, local
from bot.services.notices import ClosedCheckIn, LockReminder, Plain, PlainNotice
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import CheckInShown, Edit, Reply, Toast, say, toast
from bot.services.steps.finishing import go_on, leave
from bot.services.steps.opening import open_now, reopen, show_below
from bot.services.steps.planning import log_run
from bot.services.steps.recording import (
    add_answer,
    arm_expiry,
    enqueue,
    note_effect,
    take_back,
)
from bot.services.steps.views import show

MY_REGIONS: Final = frozenset(
    {
        BodyRegion.BETWEEN_BLADES,
        BodyRegion.ONE_SIDE,
        BodyRegion.NECK_SHOULDERS,
        BodyRegion.LOWER_BACK,
    }
)


LISTS: Final = frozenset({NONE_OF_THESE, ONE_OR_MORE})


BY_THE_RUNNER: Final = frozenset({Closed.STOPPED, Closed.SKIPPED, Closed.NO_RUN})
LATE_ANSWER_WITHIN: Final = STILL_ASKED


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped or typed answer, with where it came from."""

    user_id: int
    check_in_id: int
    question: Question
    value: str
    update_id: int | None = None


def is_answer(question: Question, value: str, ruleset: Ruleset) -> bool:
    """Whether a value belongs to the question's own vocabulary; forged ones do not."""
    words: dict[Question, frozenset[str]] = {
        Question.EMERGENCY: LISTS,
        Question.SAME_DAY: LISTS,
        Question.EMERGENCY_WHICH: frozenset(ruleset.signs(SignList.EMERGENCY)),
        Question.SAME_DAY_WHICH: frozenset(ruleset.signs(SignList.SAME_DAY)),
        Question.REGION: frozenset(MY_REGIONS | {ELSEWHERE}),
        Question.ELSEWHERE: frozenset(BodyRegion) - MY_REGIONS,
        Question.DAILY_LIFE: frozenset({YES, NO}),
        Question.CONTRIBUTOR: frozenset(Contributor),
        Question.HELPED: frozenset(Effect),
    }
    if question is Question.RATING:
        return value == SOMETHING_WRONG or nrs(value) is not None
    return value in words[question]


async def mine(uow: UnitOfWork, user_id: int, check_in_id: int) -> tuple[Runner, CheckIn] | Reply:
    """Load the tapping runner's own check-in, or the polite line that there is none."""
    runner = await uow.runners.by_user(user_id)
    if runner is None:
        return toast(None, Toast.OLD_BUTTON)
    locked = await uow.runners.get(runner.id)
    check_in = await uow.check_ins.get(check_in_id)
    if locked is None or check_in is None:
        return toast(runner, Toast.OLD_BUTTON)
    if check_in.runner_id != runner.id:
        return toast(runner, Toast.NOT_YOURS)
    return locked, check_in


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """Store one answer and take the check-in to its next question or its end.

    The same update again shows the same view again; another tap on an answered question gets a
    polite line and changes nothing.
    """

    ports: Ports

    async def __call__(self, tap: Tap) -> Reply:
        """Record the tap; the reply edits the check-in's message and may add new ones."""
        async with self.ports.unit_of_work() as uow:
            found = await mine(uow, tap.user_id, tap.check_in_id)
            if isinstance(found, Reply):
                return found
            runner, check_in = found
            if any(one.update_id == tap.update_id for one in check_in.answers if one.update_id):
                return await show(uow, self.ports, runner, check_in)
            refusal = self._refuse(tap, check_in)
            if refusal is not None:
                return replace(await _as_it_stands(uow, self.ports, found), toast=refusal)
            return await self._record(uow, runner, check_in, tap)

    def _refuse(self, tap: Tap, check_in: CheckIn) -> Toast | None:
        if check_in.closed_at is not None:
            return Toast.CLOSED
        if not is_answer(tap.question, tap.value, self.ports.ruleset):
            return Toast.OLD_BUTTON
        expected = next_question(check_in)
        if tap.question is Question.DAILY_LIFE:
            asked = expected is Question.REGION and (check_in.rating or 0) >= MODERATE
            return None if asked else Toast.OLD_BUTTON
        if tap.question is not expected:
            return Toast.ALREADY
        return None

    async def _record(self, uow: UnitOfWork, runner: Runner, check_in: CheckIn, tap: Tap) -> Reply:
        now = self.ports.clock.now()
        answer = Answer(tap.question, tap.value, now, update_id=tap.update_id)
        answered = await add_answer(uow, check_in, answer)
        if tap.question is Question.HELPED:
            await note_effect(uow, answered, now)
        if tap.question is Question.RATING and check_in.kind is CheckInKind.PLANNED:
            answered = await self._count_run(uow, runner, answered)
        return await go_on(uow, self.ports, runner, answered)

    async def _count_run(self, uow: UnitOfWork, runner: Runner, check_in: CheckIn) -> CheckIn:
        """An answered planned-day question means that the planned run took place."""
        if check_in.run_id is not None:
            return check_in
        rhythm = rhythm_for(runner, self.ports.rhythm)
        now = self.ports.clock.now()
        ended_at = min(check_in.due_at - rhythm.first_check_in_after, now)
        run = await uow.runs.add(Run(runner.id, ended_at, now))
        await log_run(uow, self.ports, runner, run, morning_only=True)
        counted = replace(check_in, run_id=run.id)
        await uow.check_ins.save(counted)
        return counted


async def _as_it_stands(uow: UnitOfWork, ports: Ports, found: tuple[Runner, CheckIn]) -> Reply:
    """Show a check-in in place, without repeating what came after it."""
    runner, check_in = found
    if check_in.opened_at is None and check_in.closed_at is None:
        return Reply(runner)
    return replace(await show(uow, ports, runner, check_in), messages=())


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
                return await _as_it_stands(uow, self.ports, found)
            if not check_in.is_open or not check_in.answers:
                line = Toast.CLOSED if not check_in.is_open else Toast.OLD_BUTTON
                return replace(await _as_it_stands(uow, self.ports, found), toast=line)
            now = self.ports.clock.now()
            before = await take_back(uow, check_in, now)
            await arm_expiry(uow, runner, before, now + self.ports.rhythm.finish_within)
            return await show(uow, self.ports, runner, before)


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
                return replace(await _as_it_stands(uow, self.ports, found), toast=Toast.CLOSED)
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
            if not check_in.is_open or check_in.answers:
                return replace(await _as_it_stands(uow, self.ports, found), toast=Toast.ALREADY)
            return await self._snooze(uow, runner, check_in)

    async def _snooze(self, uow: UnitOfWork, runner: Runner, check_in: CheckIn) -> Reply:
        rhythm = rhythm_for(runner, self.ports.rhythm)
        zone = runner.zone or "UTC"
        due_at = end_of_quiet(self.ports.clock.now() + SNOOZE, rhythm, zone)
        timers = frozenset({DeliveryKind.EXPIRY, DeliveryKind.REMINDER})
        await uow.deliveries.cancel(check_in.id, timers, "snoozed")
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
            runner = await uow.runners.by_user(user_id)
            if runner is None or not runner.consented:
                return say(runner, PlainNotice(Plain.NEEDS_CONSENT))
            runner = await uow.runners.get(runner.id) or runner
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
        if made is None:
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


UNDO_WITHIN: Final = timedelta(hours=36)
