"""The weekly summary: once a week, silent about silence, and never beside a sign."""

from datetime import UTC, datetime, timedelta

import pytest
from support.made import NOON

from bot.domain.check_in import Question
from bot.domain.delivery import DeliveryKind, DeliveryState
from bot.domain.history import Occasion
from bot.domain.runner import QuietHours
from bot.services.notices import Toggle, WeeklySummary

SATURDAY = datetime(2026, 6, 13, 12, tzinfo=UTC)
SUNDAY_EVENING = datetime(2026, 6, 14, 16, tzinfo=UTC)
"""18:00 in Berlin."""


@pytest.fixture
async def ran(anna, desk):
    """Anna rated some pain on Wednesday; now it is Saturday."""
    await anna.rates(3)
    desk.clock.at = SATURDAY
    return anna


async def owed(desk, person):
    return [at for kind, at in await desk.pending(person) if kind is DeliveryKind.SUMMARY]


async def comes(desk, until=SUNDAY_EVENING + timedelta(hours=20)):
    """Plan, let time go by, and give the summaries that came with their times."""
    await desk.cases.plan_summaries()
    await desk.passes(seconds=(until - desk.clock.at).total_seconds())
    return desk.came(WeeklySummary)


async def test_it_comes_on_sunday_evening_once_however_often_it_is_planned(ran, desk):
    assert [await desk.cases.plan_summaries() for _ in range(3)] == [1, 0, 0]
    assert await owed(desk, ran) == [SUNDAY_EVENING]
    (summary,) = await comes(desk)
    assert summary.history.rated(Occasion.BETWEEN) == (3,)
    assert await desk.cases.plan_summaries() == 0, "the week's key is taken"


async def test_each_week_has_its_own(ran, desk):
    assert len(await comes(desk)) == 1
    await ran.rates(2)
    desk.clock.at = SATURDAY + timedelta(days=7)
    assert await desk.cases.plan_summaries() == 1
    assert await owed(desk, ran) == [SUNDAY_EVENING + timedelta(days=7)]


async def test_it_is_planned_a_day_ahead_and_not_before(anna, desk):
    assert desk.clock.at == NOON, "a Wednesday"
    assert await desk.cases.plan_summaries() == 0
    assert await owed(desk, anna) == []


@pytest.mark.usefixtures("ran")
async def test_whoever_does_not_want_it_gets_none(desk):
    await desk.cases.settings.toggle(1, desk.next_update(), Toggle.SUMMARY)
    assert await desk.cases.plan_summaries() == 0
    await desk.cases.settings.toggle(1, desk.next_update(), Toggle.SUMMARY)
    await desk.cases.plan_summaries()
    await desk.cases.settings.toggle(1, desk.next_update(), Toggle.SUMMARY)
    assert await comes(desk) == [], "turned off when it was owed already"


@pytest.mark.usefixtures("ran")
async def test_none_while_paused(desk):
    await desk.cases.pause.start(1, None)
    assert await comes(desk) == []


async def test_none_while_a_sign_is_open(ran, desk):
    await ran.reports("5", sign="same-day")
    assert await comes(desk) == []


async def test_none_of_a_week_in_which_the_runner_did_nothing(anna, desk):
    await anna.opens()
    desk.clock.at = SATURDAY
    assert await comes(desk) == []


async def test_none_a_day_late(ran, desk):
    await desk.cases.plan_summaries()
    desk.clock.at = SUNDAY_EVENING + timedelta(hours=25)
    await desk.beat()
    assert desk.came(WeeklySummary) == []
    assert await owed(desk, ran) == []


async def test_late_it_tells_of_its_own_week_and_not_of_the_new_one(anna, desk):
    desk.clock.at = datetime(2026, 6, 8, 7, tzinfo=UTC)
    await anna.rates(1)
    desk.clock.at = SATURDAY
    await desk.cases.plan_summaries()
    desk.clock.at = datetime(2026, 6, 15, 8, tzinfo=UTC)
    await anna.rates(6)
    await desk.beat()
    (summary,) = desk.came(WeeklySummary)
    assert summary.history.rated(Occasion.BETWEEN) == (1,), "of Monday, not of the Monday after"


async def test_quiet_hours_put_it_off(ran, desk):
    own = (await ran.record()).preferences
    quiet = QuietHours(SUNDAY_EVENING.time(), datetime(2026, 6, 15, 9, tzinfo=UTC).time())
    await ran.changes(preferences=own.__class__(quiet_hours=quiet))
    await desk.cases.plan_summaries()
    await desk.passes(hours=29)
    assert desk.came(WeeklySummary) == []
    assert await owed(desk, ran) == [datetime(2026, 6, 15, 7, tzinfo=UTC)]


async def test_it_does_not_come_between_two_answers(ran, desk):
    await desk.cases.plan_summaries()
    desk.clock.at = SUNDAY_EVENING - timedelta(minutes=1)
    await ran.opens()
    await ran.answers((Question.RATING, "5"))
    desk.clock.at = SUNDAY_EVENING
    await desk.beat()
    assert desk.came(WeeklySummary) == []
    (due_at,) = await owed(desk, ran)
    assert due_at > SUNDAY_EVENING


async def test_it_follows_a_runner_who_travels(ran, desk):
    await desk.cases.plan_summaries()
    await ran.changes(zone="America/New_York")
    assert await desk.cases.plan_summaries() == 0
    assert await owed(desk, ran) == [datetime(2026, 6, 14, 22, tzinfo=UTC)]


async def test_nothing_is_owed_to_whoever_blocked_the_bot_or_withdrew(ran, desk):
    await ran.changes(blocked_at=SATURDAY)
    assert await desk.cases.plan_summaries() == 0
    await ran.changes(blocked_at=None, consent=None)
    assert await desk.cases.plan_summaries() == 0


async def test_blocked_in_between_it_is_settled_unsent(ran, desk):
    await desk.cases.plan_summaries()
    await ran.changes(blocked_at=SATURDAY)
    assert await comes(desk) == []
    assert (await desk.queue.counts())[DeliveryState.DEAD] == 0
