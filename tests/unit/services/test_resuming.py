"""What is asked again once a look at a typed sign is over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.desk import shipped_atlas
from support.made import NOON

from bot.domain.check_in import CheckIn, CheckInKind
from bot.domain.place import Place
from bot.domain.runner import Awaiting, with_pending_place
from bot.services.notices import (
    ConfirmPlace,
    CountryQuestion,
    Onboarding,
    PlaceChoice,
    RunQuestion,
)
from bot.services.steps.resuming import asked_before

BERGEN = Place("Bergen", "", "NO", "Europe/Oslo")


@pytest.fixture
async def shown(anna, desk):
    """Give the kinds of notices shown to Anna, who waits for something, after a denied look."""

    async def after(wait=timedelta(0), **changed):
        runner = replace(await anna.record(), **changed)
        look = CheckIn(runner.id, CheckInKind.READ, NOON + wait, NOON.date(), "read:1")
        return [type(one) for one in asked_before(desk.ports, shipped_atlas(), runner, look)]

    return after


async def test_nothing_where_nothing_was_asked(shown):
    assert await shown() == []


async def test_a_runs_time_unless_it_was_asked_for_long_before(shown):
    asked = {"awaiting": Awaiting.RUN_TIME, "awaiting_detail": NOON.isoformat()}
    assert await shown(timedelta(minutes=29), **asked) == [RunQuestion]
    assert await shown(timedelta(minutes=30), **asked) == []


async def test_the_step_of_start_that_was_open(shown):
    assert await shown(onboarded_at=None) == [Onboarding]
    assert await shown(zone=None, awaiting=Awaiting.CITY) == [Onboarding, PlaceChoice]


async def test_the_place_of_somebody_who_travels(anna, shown):
    assert await shown(awaiting=Awaiting.CITY) == [Onboarding, PlaceChoice]
    pending = with_pending_place(await anna.record(), BERGEN)
    detail = pending.awaiting_detail
    assert await shown(awaiting=Awaiting.PLACE, awaiting_detail=detail) == [ConfirmPlace]


async def test_a_country_whatever_else_is_open(shown):
    assert await shown(awaiting=Awaiting.COUNTRY) == [CountryQuestion]
    asked = {"awaiting": Awaiting.EMERGENCY_COUNTRY, "awaiting_detail": NOON.isoformat()}
    assert await shown(**asked) == [CountryQuestion]
