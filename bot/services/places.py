"""Use cases about where the runner is: their clock, their country, and moving."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.place import Place
from bot.domain.runner import (
    Awaiting,
    OnboardingStep,
    onboarding_step,
    pending_place,
    with_pending_place,
)
from bot.services.notices import (
    ConfirmPlace,
    CountryQuestion,
    NotRead,
    Onboarding,
    PlaceChoice,
    PlaceKept,
    SignsOffer,
)
from bot.services.ports import Places, Ports
from bot.services.replies import Message, Reply, Toast, say, swap, toast
from bot.services.runners import agreed, held
from bot.services.steps.planning import drop_planned, move_zone, plan_days


@dataclass(frozen=True, slots=True)
class ChoosePlace:
    """Where the runner is: typed, shared, or picked; confirmed before it counts."""

    ports: Ports
    places: Places

    async def ask(self, user_id: int) -> Reply:
        """Ask for the place, from settings, /plan ("Travelling?") or the confirm screen."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            await uow.runners.save(replace(runner, awaiting=Awaiting.CITY, awaiting_detail=None))
            listed = PlaceChoice(self.places.short_list(), typed=False)
            return say(runner, Onboarding(OnboardingStep.PLACE, runner), listed)

    async def typed(self, user_id: int, text: str) -> Reply:
        """Search a typed city; nothing found changes nothing."""
        found = await self.places.find(text)
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            if not found:
                return say(runner, SignsOffer(NotRead.CITY, runner.country))
            asked = replace(runner, awaiting=Awaiting.CITY, awaiting_detail=text[:80])
            await uow.runners.save(asked)
            return say(runner, PlaceChoice(found, typed=True))

    async def picked(self, user_id: int, number: int, country: str) -> Reply:
        """Take the numbered match of the last search, if it is still the one that was shown."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
        query = runner.awaiting_detail if runner else None
        searching = runner is not None and runner.awaiting is Awaiting.CITY
        found = await self.places.find(query) if query and searching else ()
        if number >= len(found) or found[number].country != country:
            return toast(runner, Toast.OLD_BUTTON)
        return await self.at(user_id, found[number])

    async def listed(self, user_id: int, number: int) -> Reply:
        """Take an entry of the short list."""
        listed = self.places.short_list()
        if number >= len(listed):
            return toast(None, Toast.OLD_BUTTON)
        return await self.at(user_id, listed[number])

    async def shared(self, user_id: int, latitude: float, longitude: float) -> Reply:
        """Take a shared location; it is turned into a zone and not kept."""
        place = await self.places.at(latitude, longitude)
        if place is not None:
            return await self.at(user_id, place)
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            return say(runner, SignsOffer(NotRead.CITY, runner.country if runner else None))

    async def at(self, user_id: int, place: Place) -> Reply:
        """Put a place up for confirmation."""
        async with self.ports.unit_of_work() as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            runner = with_pending_place(runner, place)
            await uow.runners.save(runner)
            return swap(runner, ConfirmPlace(place, self.ports.clock.now()))


@dataclass(frozen=True, slots=True)
class ConfirmPlaceChoice:
    """The confirm screen's buttons: yes, and another country."""

    ports: Ports
    places: Places

    async def yes(self, user_id: int) -> Reply:
        """Put the place in force, carry coming check-ins over, and go on."""
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            place = pending_place(runner) if runner else None
            if runner is None or place is None:
                return toast(runner, Toast.OLD_BUTTON)
            after = replace(
                runner,
                zone=place.zone,
                city=place.name,
                country=place.country,
                place_confirmed_at=self.ports.clock.now(),
                awaiting=None,
                awaiting_detail=None,
            )
            await uow.runners.save(after)
            moved = await move_zone(uow, self.ports, runner, after)
            if runner.zone != after.zone:
                await drop_planned(uow, self.ports, after)
                await plan_days(uow, self.ports, after)
            step = onboarding_step(after)
            kept = swap(after, PlaceKept(after, moved))
            if step is not OnboardingStep.DONE:
                return replace(kept, messages=(Message(Onboarding(step, after)),))
            return kept

    async def other_country(self, user_id: int) -> Reply:
        """Ask for the country by name; the place stays up for confirmation."""
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            place = pending_place(runner) if runner else None
            if runner is None or place is None:
                return toast(runner, Toast.OLD_BUTTON)
            await uow.runners.save(replace(runner, awaiting=Awaiting.COUNTRY))
            return say(runner, CountryQuestion(for_emergency=False))

    async def country(self, user_id: int, text: str) -> Reply:
        """Read the typed country and show the confirm screen again with it."""
        country = self.places.country(text)
        async with self.ports.unit_of_work() as uow:
            runner = await held(uow, user_id)
            if runner is None or runner.awaiting is not Awaiting.COUNTRY:
                return toast(runner, Toast.OLD_BUTTON)
            if country is None:
                return say(runner, CountryQuestion(for_emergency=False, unknown=True))
            place = pending_place(replace(runner, awaiting=Awaiting.PLACE))
            if place is None:
                return say(runner, Onboarding(OnboardingStep.PLACE, runner))
            changed = replace(place, country=country)
            await uow.runners.save(with_pending_place(runner, changed))
            return say(runner, ConfirmPlace(changed, self.ports.clock.now()))
