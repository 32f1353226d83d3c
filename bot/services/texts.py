"""What a typed message means where the conversation stands; nothing typed is taken as a "no"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.check_in import CheckIn, Closed, Question, next_question
from bot.domain.escalation import Escalation
from bot.domain.runner import (
    Awaiting,
    OnboardingStep,
    Runner,
    asked_at,
    awaited,
    onboarding_step,
)
from bot.reading.ratings import NotARating, read_rating
from bot.reading.when import read_when
from bot.services.answering import RecordAnswer, Tap
from bot.services.check_ins import CheckInNow
from bot.services.notices import (
    CountryQuestion,
    EscalationNotice,
    LockReminder,
    NotRead,
    Plain,
    PlainNotice,
    SignsOffer,
)
from bot.services.places import ChoosePlace, ConfirmPlaceChoice
from bot.services.ports import Places, Ports
from bot.services.replies import Message, Reply, say
from bot.services.runners import held
from bot.services.runs import ReadRunTime
from bot.services.safety import OtherCountry
from bot.services.steps.opening import leave_others

NUMBER_IS_TIME_FOR: Final = timedelta(minutes=30)
"""After "When did your run end?" a bare 7 means seven o'clock for so long, then a rating again."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed message."""

    user_id: int
    update_id: int
    text: str


@dataclass(frozen=True, slots=True)
class ReadText:
    """Route a typed message: a rating, the value that was asked for, or the signs offer.

    It was read for signs before (heeding.py) and has none; still nothing in it is taken as a "no".
    """

    ports: Ports
    places: Places

    async def __call__(self, typed: Typed) -> Reply:
        """Answer it."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(typed.user_id)
            locked = await uow.escalations.open_for(runner.id) if runner else ()
            if runner is not None and locked:
                return self._locked(runner, locked[0])
            open_ones = await uow.check_ins.open_for(runner.id) if runner else ()
            answered = await uow.check_ins.last_answered(runner.id) if runner else None
        if runner is None or not runner.consented:
            return await self._stranger(runner, typed)
        if answered and any(one.update_id == typed.update_id for one in answered.answers):
            return await self._file(typed, answered, str(answered.rating))
        rating = read_rating(typed.text)
        open_one = open_ones[-1] if open_ones else None
        asks_rating = open_one is not None and next_question(open_one) is Question.RATING
        expects_time = _asked_for_time(runner, self.ports.clock.now())
        if asks_rating:
            # Its prompt came between the question when the run ended and the answer to that.
            expects_time = expects_time and self._names_a_time(runner, typed.text)
        if isinstance(rating, int) and not expects_time:
            return await self._rate(runner, typed, rating, open_one)
        if asks_rating and awaited(runner, self.ports.clock.now()) is None:
            why = NotRead.OUT_OF_RANGE if rating is NotARating.OFF_THE_SCALE else NotRead.TEXT
            return say(runner, SignsOffer(why, runner.country))
        return await self._asked_for(runner, typed)

    def _names_a_time(self, runner: Runner, text: str) -> bool:
        """Whether words say when; a bare number says nothing of the kind."""
        now = self.ports.clock.now()
        is_bare = text.strip().isdigit()
        return not is_bare and read_when(text, now, runner.zone or "UTC") is not None

    def _locked(self, runner: Runner, escalation: Escalation) -> Reply:
        """Show what is open; a country that was asked for and not understood is asked again."""
        reminder = LockReminder(escalation)
        if awaited(runner, self.ports.clock.now()) is Awaiting.EMERGENCY_COUNTRY:
            return say(runner, reminder, CountryQuestion(for_emergency=True, unknown=True))
        return say(runner, reminder)

    async def country_first(self, typed: Typed) -> Reply | None:
        """Read the country somebody in an emergency was asked for, before anything else."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(typed.user_id)
        now = self.ports.clock.now()
        if runner is None or awaited(runner, now) is not Awaiting.EMERGENCY_COUNTRY:
            return None
        if isinstance(read_rating(typed.text), int):
            return None
        return await OtherCountry(self.ports, self.places).read(typed.user_id, typed.text)

    async def _stranger(self, runner: Runner | None, typed: Typed) -> Reply:
        """Answer somebody who never agreed; of an unknown one nothing tells what was asked.

        A country's name can then only be the answer to "Which country are you in now?".
        """
        country = self.places.country(typed.text) if runner is None else None
        if country is not None:
            return await OtherCountry(self.ports, self.places).show(typed.user_id, country)
        return say(runner, SignsOffer(NotRead.STRANGER, runner.country if runner else None))

    async def _rate(
        self, runner: Runner, typed: Typed, rating: int, open_one: CheckIn | None
    ) -> Reply:
        """File a rating under the open check-in, or open one for it.

        A check-in that asks for something else by now is shown again instead.
        """
        if onboarding_step(runner) not in {OnboardingStep.DONE, OnboardingStep.FIRST_RUN}:
            return say(runner, SignsOffer(NotRead.TEXT, runner.country))
        if open_one is None:
            opened = await CheckInNow(self.ports)(typed.user_id, typed.update_id)
            open_one = await self._open_one(runner)
            if open_one is None:
                return opened
        elif next_question(open_one) is not Question.RATING:
            shown = await CheckInNow(self.ports)(typed.user_id, typed.update_id)
            kept = Message(PlainNotice(Plain.RATING_KEPT))
            return replace(shown, messages=(kept, *shown.messages))
        return await self._file(typed, open_one, str(rating))

    async def _file(self, typed: Typed, check_in: CheckIn, rating: str) -> Reply:
        tap = Tap(typed.user_id, check_in.id, Question.RATING, rating, typed.update_id)
        return await RecordAnswer(self.ports, self.places)(tap)

    async def _open_one(self, runner: Runner) -> CheckIn | None:
        async with self.ports.unit_of_work(writing=False) as uow:
            open_ones = await uow.check_ins.open_for(runner.id)
        return open_ones[-1] if open_ones else None

    async def _asked_for(self, runner: Runner, typed: Typed) -> Reply:
        choose = ChoosePlace(self.ports, self.places)
        match awaited(runner, self.ports.clock.now()):
            case Awaiting.CITY | Awaiting.PLACE:
                return await choose.typed(typed.user_id, typed.text)
            case Awaiting.COUNTRY:
                confirm = ConfirmPlaceChoice(self.ports, self.places)
                return await confirm.country(typed.user_id, typed.text)
            case Awaiting.RUN_TIME:
                read = ReadRunTime(self.ports)
                return await read(typed.user_id, typed.update_id, typed.text)
            case Awaiting.EMERGENCY_COUNTRY:
                return say(runner, CountryQuestion(for_emergency=True, unknown=True))
            case _:
                return say(runner, SignsOffer(NotRead.TEXT, runner.country))


def _asked_for_time(runner: Runner, now: datetime) -> bool:
    """Whether a bare number is the time of a run: only while that was asked not long ago."""
    at = asked_at(runner)
    return (
        runner.awaiting is Awaiting.RUN_TIME and at is not None and now - at < NUMBER_IS_TIME_FOR
    )


@dataclass(frozen=True, slots=True)
class Cancel:
    """/cancel: stop what was asked; never an escalation or its follow-ups."""

    ports: Ports

    async def __call__(self, user_id: int) -> Reply:
        """Leave the open check-in, forget the asked-for value."""
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            if runner is None:
                return say(None, PlainNotice(Plain.NOTHING_TO_CANCEL))
            waited = runner.awaiting is not None or bool(await uow.check_ins.open_for(runner.id))
            left = await leave_others(uow, self.ports, runner, 0, reason=Closed.STOPPED)
            await uow.runners.save(replace(runner, awaiting=None, awaiting_detail=None))
            if not waited:
                return say(runner, PlainNotice(Plain.NOTHING_TO_CANCEL))
            if any(isinstance(one.notice, EscalationNotice) for one in left.messages):
                return left
            cancelled = say(runner, PlainNotice(Plain.CANCELLED))
            return replace(
                cancelled,
                edits=left.edits,
                messages=(*left.messages, *cancelled.messages),
            )
