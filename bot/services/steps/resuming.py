"""What was being asked before a safety question came in between, to be shown again after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.domain.check_in import CheckIn
from bot.domain.runner import (
    Awaiting,
    OnboardingStep,
    Runner,
    asked_at,
    awaited,
    onboarding_step,
    pending_place,
)
from bot.services.notices import (
    ConfirmPlace,
    CountryQuestion,
    Notice,
    Onboarding,
    PlaceChoice,
    RunQuestion,
    RunWhen,
)
from bot.services.ports import Places, Ports

RUN_ASKED_FOR: Final = timedelta(minutes=30)
"""A "When did your run end?" from longer before the safety question was left for good."""


def step_notices(
    ports: Ports, places: Places, runner: Runner, step: OnboardingStep
) -> tuple[Notice, ...]:
    """Give a step of /start; the place takes two messages, as each has its own keyboard."""
    place = pending_place(runner)
    if step is OnboardingStep.CONFIRM_PLACE and place is not None:
        return (ConfirmPlace(place, ports.clock.now()),)
    if step is OnboardingStep.PLACE:
        return (Onboarding(step, runner), PlaceChoice(places.short_list(), typed=False))
    return (Onboarding(step, runner),)


def asked_before(
    ports: Ports, places: Places, runner: Runner, between: CheckIn
) -> tuple[Notice, ...]:
    """Give the question that a look at a typed sign came in between of; () for none."""
    waiting = awaited(runner, ports.clock.now())
    if waiting in {Awaiting.COUNTRY, Awaiting.EMERGENCY_COUNTRY}:
        return (CountryQuestion(for_emergency=waiting is Awaiting.EMERGENCY_COUNTRY),)
    step = onboarding_step(runner)
    if step is OnboardingStep.DONE:
        step = _PLACE_STEPS.get(waiting, step)
    if waiting is Awaiting.RUN_TIME and _run_was_asked_for(runner, between):
        return (RunQuestion(RunWhen.WHEN),)
    return step_notices(ports, places, runner, step) if step is not OnboardingStep.DONE else ()


_PLACE_STEPS: Final[Mapping[Awaiting | None, OnboardingStep]] = {
    Awaiting.CITY: OnboardingStep.PLACE,
    Awaiting.PLACE: OnboardingStep.CONFIRM_PLACE,
}
"""Of somebody who travels; /start asks for its own."""


def _run_was_asked_for(runner: Runner, between: CheckIn) -> bool:
    at = asked_at(runner)
    return at is not None and between.due_at - at < RUN_ASKED_FOR
