"""Use case at the heart of a check-in: one answer, stored once, whatever the button's age."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.domain.check_in import (
    ELSEWHERE,
    IS_OVER,
    NO,
    NONE_OF_THESE,
    ONE_OR_MORE,
    SAFETY_QUESTIONS,
    SOMETHING_WRONG,
    WHICH,
    YES,
    Answer,
    CheckIn,
    CheckInKind,
    Question,
    next_question,
)
from bot.domain.pain import BACK_REGIONS, MODERATE, BodyRegion, Contributor, Effect, nrs
from bot.domain.red_flags import Ruleset, SignList
from bot.domain.runner import Runner, rhythm_for
from bot.domain.schedule import Run, local
from bot.services.notices import LockReminder
from bot.services.ports import Places, Ports, UnitOfWork
from bot.services.replies import Message, Reply, Toast, say, toast
from bot.services.steps.acknowledging import acknowledge
from bot.services.steps.deciding import signs_of
from bot.services.steps.finishing import deny, go_on
from bot.services.steps.opening import leave_others, lock_open_ones, show_below
from bot.services.steps.planning import log_run
from bot.services.steps.recording import (
    add_answer,
    note_effect,
    open_check_in,
)
from bot.services.steps.resuming import asked_before
from bot.services.steps.views import escalation_of, show

LISTS: Final = frozenset({NONE_OF_THESE, ONE_OR_MORE})


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
        Question.WEEKLY: LISTS,
        Question.EMERGENCY_WHICH: frozenset(ruleset.signs(SignList.EMERGENCY)),
        Question.SAME_DAY_WHICH: frozenset(ruleset.signs(SignList.SAME_DAY)),
        Question.WEEKLY_WHICH: frozenset(ruleset.signs(SignList.WEEKLY)),
        Question.REGION: frozenset(BACK_REGIONS | {ELSEWHERE}),
        Question.ELSEWHERE: frozenset(BodyRegion) - BACK_REGIONS,
        Question.DAILY_LIFE: frozenset({YES, NO}),
        Question.CONTRIBUTOR: frozenset(Contributor),
        Question.HELPED: frozenset(Effect),
        Question.READ: frozenset({YES, IS_OVER, NO}),
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
    polite line and changes nothing. "One or more" is never refused, however old its button.
    """

    ports: Ports
    places: Places

    async def __call__(self, tap: Tap) -> Reply:
        """Record the tap; the reply edits the check-in's message and may add new ones."""
        async with self.ports.unit_of_work() as uow:
            found = await mine(uow, tap.user_id, tap.check_in_id)
            if isinstance(found, Reply):
                return found
            if tap.question is Question.ACKNOWLEDGED:
                return await acknowledge(uow, self.ports, found, tap.value)
            return await self._take(uow, found, tap)

    async def _take(self, uow: UnitOfWork, found: tuple[Runner, CheckIn], tap: Tap) -> Reply:
        runner, check_in = found
        now = self.ports.clock.now()
        if tap.update_id and not await uow.updates.first_time(tap.update_id, now):
            return await show(uow, self.ports, runner, check_in)
        if _reports_signs(tap):
            return await self._report(uow, runner, check_in, tap)
        escalations = await uow.escalations.open_for(runner.id)
        if escalations and not check_in.is_about_signs:
            return say(runner, LockReminder(escalations[0]))
        refusal = self._refuse(tap, check_in)
        if refusal is not None:
            return replace(await as_it_stands(uow, self.ports, found), toast=refusal)
        return await self._record(uow, runner, check_in, tap)

    async def _report(self, uow: UnitOfWork, runner: Runner, check_in: CheckIn, tap: Tap) -> Reply:
        """Take a "one or more", even over an earlier "none" or on a check-in that is over."""
        if check_in.is_open:
            return await self._record(uow, runner, check_in, tap)
        known = await escalation_of(uow, check_in)
        if known is not None and known.is_open:
            return await show(uow, self.ports, runner, check_in)
        if tap.question is Question.READ:
            reopened = replace(check_in, closed_at=None, closed=None)
            await uow.check_ins.save(reopened)
            return await self._record(uow, runner, reopened, tap)
        now = self.ports.clock.now()
        day = local(now, runner.zone or "UTC").date()
        key = f"report:{check_in.id}:{tap.question}:{now.isoformat()}"
        made = await uow.check_ins.add(CheckIn(runner.id, CheckInKind.SIGNS, now, day, key))
        if made is None:
            return await as_it_stands(uow, self.ports, (runner, check_in))
        left = await leave_others(uow, self.ports, runner, made.id)
        rhythm = rhythm_for(runner, self.ports.rhythm)
        opened = await open_check_in(uow, runner, made, rhythm, now)
        if tap.question is Question.SAME_DAY:
            denied = Answer(Question.EMERGENCY, NONE_OF_THESE, now)
            opened = await add_answer(uow, opened, denied)
        reply = await self._record(uow, runner, opened, tap)
        return replace(reply, messages=(*left.messages, *reply.messages))

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
        if check_in.opened_at is None:
            # Put off by "Later", then answered on the old keys after all.
            rhythm = rhythm_for(runner, self.ports.rhythm)
            check_in = await open_check_in(uow, runner, check_in, rhythm, now)
        answer = Answer(tap.question, tap.value, now, update_id=tap.update_id)
        answered = await add_answer(uow, check_in, answer)
        if tap.question is Question.HELPED:
            await note_effect(uow, answered, now)
        if tap.question in SAFETY_QUESTIONS and tap.value == NONE_OF_THESE:
            await deny(uow, answered, tap.question)
        if tap.question is Question.RATING and check_in.kind is CheckInKind.PLANNED:
            answered = await self._count_run(uow, runner, answered)
        reply = await go_on(uow, self.ports, runner, answered)
        if tap.question is Question.READ:
            return await self._back_to_the_rest(uow, runner, answered, reply)
        return reply

    async def _back_to_the_rest(
        self, uow: UnitOfWork, runner: Runner, check_in: CheckIn, reply: Reply
    ) -> Reply:
        """After a question about something typed, go on with what was being asked before it."""
        if signs_of(check_in):
            edits = await lock_open_ones(uow, self.ports, runner)
            return replace(reply, edits=(*reply.edits, *edits))
        for other in await uow.check_ins.open_for(runner.id):
            shown = await show_below(uow, self.ports, runner, other)
            edits, messages = (*reply.edits, *shown.edits), (*reply.messages, *shown.messages)
            return replace(reply, edits=edits, messages=messages)
        if await uow.escalations.open_for(runner.id):
            return reply
        before = asked_before(self.ports, self.places, runner, check_in)
        return replace(reply, messages=(*reply.messages, *map(Message, before)))

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


def _reports_signs(tap: Tap) -> bool:
    if tap.question is Question.READ:
        return tap.value == YES
    return tap.value == ONE_OR_MORE and tap.question in WHICH


async def as_it_stands(uow: UnitOfWork, ports: Ports, found: tuple[Runner, CheckIn]) -> Reply:
    """Show a check-in in place, without repeating what came after it."""
    runner, check_in = found
    if check_in.opened_at is None and check_in.closed_at is None:
        return Reply(runner)
    return replace(await show(uow, ports, runner, check_in), messages=())
