"""Use cases that keep people safe: the open question first, the signs, /doctor, the number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.check_in import (
    SAFETY_QUESTIONS,
    CheckInKind,
    next_question,
)
from bot.domain.escalation import Escalation, FollowUp
from bot.domain.red_flags import SignList
from bot.domain.runner import Awaiting, Runner
from bot.services.notices import (
    CountryQuestion,
    DoctorPage,
    EscalationNotice,
    FollowUpQuestion,
    LocalNumber,
    LockReminder,
    MistakeQuestion,
    Notice,
    NotRead,
    SignsOffer,
    SignsQuestion,
    SignsWithoutRecord,
)
from bot.services.ports import Places, Ports, UnitOfWork
from bot.services.replies import Reply, say, swap
from bot.services.steps.opening import show_below


@dataclass(frozen=True, slots=True)
class OpenSafetyQuestion:
    """Find the safety question that comes before anything else, and show it again."""

    ports: Ports

    async def __call__(self, user_id: int, *, answering: int | None = None) -> Reply | None:
        """Give the open question as a new message; None when nothing is in the way.

        `answering` is the check-in a tap belongs to: its own safety question is no obstacle.
        """
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            if runner is None:
                return None
            asking = [
                check_in
                for check_in in await uow.check_ins.open_for(runner.id)
                if next_question(check_in) in SAFETY_QUESTIONS
            ]
            typed = [one for one in asking if one.kind is CheckInKind.READ]
            if typed and typed[-1].id != answering:
                return await show_below(uow, self.ports, runner, typed[-1])
            if any(check_in.id == answering for check_in in asking):
                return None
            for escalation in await uow.escalations.open_for(runner.id):
                if escalation.asked is not None:
                    return say(runner, _asked_again(escalation, escalation.asked))
            for check_in in asking:
                return await show_below(uow, self.ports, runner, check_in)
            return None


def _asked_again(escalation: Escalation, question: FollowUp) -> Notice:
    if question is FollowUp.MISTAKE:
        return MistakeQuestion(escalation)
    return FollowUpQuestion(escalation, question)


@dataclass(frozen=True, slots=True)
class SeeDoctor:
    """/doctor: always works, for anybody."""

    ports: Ports

    async def __call__(self, user_id: int) -> Reply:
        """Show when to see whom and the numbers, with an open escalation's buttons."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            country = runner.country if runner else None
            escalations = await uow.escalations.open_for(runner.id) if runner else ()
            worst = escalations[0] if escalations else None
            return say(runner, DoctorPage(country, worst))


@dataclass(frozen=True, slots=True)
class SignsWithoutConsent:
    """Both lists for somebody about whom nothing is stored; the answer travels in the button."""

    ports: Ports

    async def __call__(
        self, user_id: int, which: SignList | None = None, *, one_or_more: bool = False
    ) -> Reply:
        """Show the first list, or what follows from an answer to one of them."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
        country = runner.country if runner else None
        if which is None or one_or_more:
            self.ports.unrecorded.note(user_id, self.ports.clock.now())
        if which is None:
            return say(runner, SignsQuestion(SignList.EMERGENCY))
        if one_or_more:
            findings = frozenset({which.unspecified})
            return say(runner, EscalationNotice(which.urgency, findings, None, country))
        self.ports.unrecorded.denied(user_id, which)
        if which is SignList.EMERGENCY:
            return swap(runner, SignsQuestion(SignList.SAME_DAY))
        return swap(runner, SignsWithoutRecord())


@dataclass(frozen=True, slots=True)
class OfferSigns:
    """The polite answer to what the bot cannot read: signs button and number."""

    ports: Ports

    async def __call__(self, user_id: int, why: NotRead) -> Reply:
        """Offer the signs; an open check-in's question is shown again below."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            if runner is None:
                return say(None, SignsOffer(why, None))
            escalations = await uow.escalations.open_for(runner.id)
            if escalations:
                return say(runner, LockReminder(escalations[0]))
            return say(runner, SignsOffer(why, runner.country))


@dataclass(frozen=True, slots=True)
class OtherCountry:
    """Not in the stored country now: ask for the country, then give its number."""

    ports: Ports
    places: Places

    async def ask(self, user_id: int) -> Reply:
        """Ask for the country by name; works without a stored runner through the buttons."""
        async with self.ports.unit_of_work() as uow:
            runner = await uow.runners.by_user(user_id)
            if runner is not None:
                asked_at = self.ports.clock.now().isoformat()
                country = Awaiting.EMERGENCY_COUNTRY
                waiting = replace(runner, awaiting=country, awaiting_detail=asked_at)
                await uow.runners.save(waiting)
            return say(runner, CountryQuestion(for_emergency=True))

    async def show(self, user_id: int, country: str) -> Reply:
        """Give the number of a country chosen by button."""
        async with self.ports.unit_of_work() as uow:
            runner = await uow.runners.by_user(user_id)
            await _stop_waiting(uow, runner)
            return say(runner, LocalNumber(country))

    async def read(self, user_id: int, text: str) -> Reply | None:
        """Read a typed country; None for a text that names none, which may mean anything."""
        country = self.places.country(text)
        return await self.show(user_id, country) if country is not None else None


async def _stop_waiting(uow: UnitOfWork, runner: Runner | None) -> None:
    if runner is not None and runner.awaiting is Awaiting.EMERGENCY_COUNTRY:
        await uow.runners.save(replace(runner, awaiting=None, awaiting_detail=None))
