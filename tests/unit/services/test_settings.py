"""A runner's own times, pause, weekly plan, and leaving for good."""

from datetime import time, timedelta

import pytest
from support.desk import kinds, notice
from support.made import NOON, RHYTHM

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.runner import PlannedRun, Preferences, QuietHours
from bot.services.notices import (
    Choice,
    ClosedCheckIn,
    EscalationNotice,
    ForgetQuestion,
    Forgotten,
    Paused,
    PauseQuestion,
    Plain,
    PlainNotice,
    PlanEditor,
    PlanPage,
    Resumed,
    SettingChoice,
    SettingsPage,
    Toggle,
)
from bot.services.replies import Toast
from bot.services.settings import FIRST_CHECK_INS, MORNINGS, QUIET_HOURS

MORNING = NOON + timedelta(hours=18)


@pytest.mark.usefixtures("anna")
async def test_settings_show_what_is_in_force(desk):
    page = notice(await desk.cases.settings.show(1), SettingsPage)
    assert (page.rhythm, page.runner.city) == (RHYTHM, "Berlin")
    choice = notice(await desk.cases.settings.choices(1, Choice.MORNING), SettingChoice)
    assert choice.choice is Choice.MORNING


@pytest.mark.parametrize(
    ("choice", "number", "own"),
    [
        (Choice.FIRST_CHECK_IN, 0, Preferences(first_check_in_after=timedelta(minutes=30))),
        (Choice.MORNING, 1, Preferences(morning_at=time(6, 30))),
        (Choice.QUIET_HOURS, 4, Preferences(quiet_hours=QuietHours(time(0), time(0)))),
    ],
)
async def test_one_thing_is_changed_at_a_time(anna, desk, choice, number, own):
    reply = await desk.cases.settings.choose(1, choice, number)
    assert reply.toast is Toast.NOTED
    assert (await anna.record()).preferences == own
    assert notice(reply, SettingsPage).runner.preferences == own


@pytest.mark.parametrize(
    ("choice", "values"),
    [
        (Choice.FIRST_CHECK_IN, FIRST_CHECK_INS),
        (Choice.MORNING, MORNINGS),
        (Choice.QUIET_HOURS, QUIET_HOURS),
    ],
)
async def test_a_value_that_is_not_offered_is_an_old_button(anna, desk, choice, values):
    for number in (-1, len(values)):
        reply = await desk.cases.settings.choose(1, choice, number)
        assert reply.toast is Toast.OLD_BUTTON
    assert (await anna.record()).preferences == Preferences()


async def test_a_waiting_morning_check_in_moves_to_the_new_time(anna, desk):
    await anna.runs(hours=9)
    await desk.cases.settings.choose(1, Choice.MORNING, 1)
    (check_in,) = await anna.check_ins()
    assert check_in.due_at == MORNING - timedelta(minutes=90)
    assert [due_at for _, due_at in await desk.pending(anna)] == [check_in.due_at]


async def test_a_waiting_soon_after_check_in_stays_where_it_is(anna, desk):
    await anna.runs(minutes=0)
    await desk.cases.settings.choose(1, Choice.MORNING, 1)
    assert (await anna.check_ins())[0].due_at == NOON + timedelta(hours=1)


async def test_a_later_morning_time_does_not_ask_a_second_time_today(anna, desk):
    await anna.runs(hours=9)
    await desk.passes(hours=18)
    await anna.finishes()
    await desk.cases.settings.choose(1, Choice.MORNING, len(MORNINGS) - 1)
    await anna.runs(hours=6)  # would be asked about at half past nine today
    mornings = [one for one in await anna.check_ins() if one.kind is CheckInKind.MORNING]
    assert [one.closed for one in mornings] == [Closed.DONE]


async def test_an_earlier_morning_time_that_is_over_today_asks_in_a_minute(anna, desk):
    await anna.runs(hours=9)
    desk.clock.at = MORNING - timedelta(minutes=30)  # 7:30; the new time is 6:00
    await desk.cases.settings.choose(1, Choice.MORNING, 0)
    (check_in,) = await anna.check_ins()
    assert check_in.due_at == desk.clock.at + timedelta(minutes=1)


async def test_the_reminder_is_turned_off_and_on_once_an_update(anna, desk):
    toggle, update_id = desk.cases.settings.toggle, desk.next_update()
    await toggle(1, update_id, Toggle.REMINDER)
    await toggle(1, update_id, Toggle.REMINDER)
    assert not (await anna.record()).preferences.reminder
    assert (await anna.record()).preferences.summary
    await toggle(1, desk.next_update(), Toggle.REMINDER)
    assert (await anna.record()).preferences.reminder


async def test_the_weekly_summary_is_turned_off_and_on(anna, desk):
    await desk.cases.settings.toggle(1, desk.next_update(), Toggle.SUMMARY)
    assert not (await anna.record()).preferences.summary
    assert (await anna.record()).preferences.reminder
    await desk.cases.settings.toggle(1, desk.next_update(), Toggle.SUMMARY)
    assert (await anna.record()).preferences.summary


@pytest.mark.usefixtures("anna")
async def test_a_pause_is_kept_with_its_end(desk):
    await desk.cases.pause.start(1, 7)
    desk.clock.at += timedelta(days=2)
    await desk.cases.pause.start(1, None)
    desk.clock.at += timedelta(days=1)
    await desk.cases.pause.end(1)
    async with desk.database.unit_of_work() as uow:
        first, second = await uow.pauses.since(1, NOON)
        assert (first.began_at, first.over_at) == (NOON, NOON + timedelta(days=2))
        assert second.over_at == NOON + timedelta(days=3)
        assert await uow.pauses.since(1, NOON + timedelta(days=2)) == (second,)


@pytest.mark.usefixtures("anna")
async def test_a_pause_that_ran_out_is_not_ended_again(desk):
    await desk.cases.pause.start(1, 1)
    desk.clock.at += timedelta(days=5)
    await desk.cases.pause.end(1)
    async with desk.database.unit_of_work() as uow:
        (pause,) = await uow.pauses.since(1, NOON)
    assert pause.over_at == NOON + timedelta(days=1)


async def test_a_pause_closes_the_open_check_in_in_place(anna, desk):
    await anna.opens()
    reply = await desk.cases.pause.start(1, 7)
    assert notice(reply, Paused).until == NOON + timedelta(days=7)
    assert notice(reply, ClosedCheckIn).check_in.closed is Closed.PAUSED
    assert (await anna.record()).is_paused(NOON)


async def test_a_pause_does_not_swallow_an_urgent_rating(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "9"))
    reply = await desk.cases.pause.start(1, 7)
    assert notice(reply, EscalationNotice)


async def test_a_pause_until_i_am_back_ends_by_resume_only(anna, desk):
    assert notice(await desk.cases.pause.ask(1), PauseQuestion)
    assert notice(await desk.cases.pause.start(1, None), Paused).until is None
    assert (await anna.record()).is_paused(NOON + timedelta(days=99))
    assert notice(await desk.cases.pause.end(1), Resumed)
    assert not (await anna.record()).is_paused(NOON)


async def test_plan_shows_the_week_and_the_days_behind_it(anna, desk):
    await anna.runs(minutes=0)
    page = notice(await desk.cases.weekly_plan.show(1), PlanPage)
    kinds_coming = [one.kind for one in page.coming]
    assert kinds_coming == [CheckInKind.SOON_AFTER, CheckInKind.MORNING]


async def test_the_editor_starts_from_the_stored_plan_and_stores_nothing(anna, desk):
    empty = notice(await desk.cases.weekly_plan.edit(1), PlanEditor)
    assert (empty.days, empty.finish_at) == (frozenset(), time(18, 30))
    await anna.plans(0, 2, at=time(7))
    stored = notice(await desk.cases.weekly_plan.edit(1), PlanEditor)
    assert (stored.days, stored.finish_at) == ({0, 2}, time(7))
    ticked = await desk.cases.weekly_plan.edit(1, frozenset({5}), time(10))
    assert notice(ticked, PlanEditor).days == {5}
    assert len((await anna.record()).plan) == 2


async def test_a_saved_plan_asks_on_its_days_and_only_on_them(anna):
    reply = await anna.plans(2, 3)
    assert (await anna.record()).plan == (PlannedRun(2, time(18, 30)), PlannedRun(3, time(18, 30)))
    first = notice(reply, PlanPage).coming[0]
    assert (first.kind, first.due_at) == (
        CheckInKind.PLANNED,
        NOON + timedelta(hours=5, minutes=30),
    )
    await anna.plans()
    assert [one for one in await anna.check_ins() if not one.closed] == []
    assert (await anna.record()).plan == ()


async def test_a_plan_taken_back_and_saved_again_asks_again(anna):
    await anna.plans(2)
    await anna.plans()
    await anna.plans(2)
    (planned,) = await anna.check_ins()
    assert (planned.closed, planned.kind) == (None, CheckInKind.PLANNED)


async def test_a_planned_day_that_was_skipped_stays_skipped(anna, desk):
    await anna.plans(2)
    await desk.passes(hours=6)
    id_ = (await anna.open_check_in()).id
    await desk.cases.leave_check_in(1, id_, Closed.NO_RUN)
    desk.clock.at -= timedelta(hours=1)
    await anna.plans(2)
    assert (await anna.check_ins())[0].closed is Closed.NO_RUN


async def test_a_run_logged_on_a_planned_day_answers_its_question(anna):
    await anna.plans(2)
    await anna.runs(minutes=0)
    planned = [one for one in await anna.check_ins() if one.kind is CheckInKind.PLANNED]
    assert [one.closed for one in planned] == [Closed.REPLACED]


async def test_the_next_day_and_a_half_is_planned_ahead_every_quarter_of_an_hour(anna, ben, desk):
    await anna.plans(*range(7))
    assert await desk.cases.open_planned_days() == 0
    desk.clock.at += timedelta(days=1)
    assert await desk.cases.open_planned_days() == 1
    desk.clock.at += timedelta(minutes=15)
    assert await desk.cases.open_planned_days() == 0
    assert await ben.check_ins() == ()


async def test_planned_days_need_consent_and_a_place(anna, desk):
    await anna.plans(*range(7))
    await anna.changes(zone=None)
    desk.clock.at += timedelta(days=3)
    assert await desk.cases.open_planned_days() == 0


async def test_somebody_who_deletes_everything_while_days_are_planned(anna, desk):
    await anna.plans(*range(7))
    cases = desk.interrupted_by(lambda: desk.cases.forget.confirm(1))
    assert await cases.open_planned_days() == 0


async def test_resuming_plans_the_coming_days(anna, desk):
    await anna.plans(*range(7))
    await desk.cases.pause.start(1, None)
    desk.clock.at += timedelta(days=10)
    await desk.cases.pause.end(1)
    assert [one for one in await anna.check_ins() if one.due_at > desk.clock.at]


async def test_forget_asks_first_and_gives_a_receipt(anna, ben, stranger, desk):
    await anna.rates(3)
    await ben.rates(2)
    assert notice(await desk.cases.forget.ask(1), ForgetQuestion)
    assert await anna.record() is not None
    receipt = notice(await desk.cases.forget.confirm(1), Forgotten)
    assert (receipt.at, receipt.records > 5) == (NOON, True)
    assert await anna.record() is None
    assert (await ben.check_ins())[0].rating == 2
    assert notice(await desk.cases.forget.confirm(1), Forgotten).records == 0
    assert notice(await desk.cases.forget.ask(stranger.user_id), ForgetQuestion)


async def test_without_consent_there_is_nothing_to_set(desk):
    cases = desk.cases
    for reply in (
        await cases.settings.show(9),
        await cases.settings.choose(9, Choice.MORNING, 0),
        await cases.settings.toggle(9, 1, Toggle.REMINDER),
        await cases.pause.ask(9),
        await cases.pause.start(9, 1),
        await cases.pause.end(9),
        await cases.weekly_plan.show(9),
        await cases.weekly_plan.save(9, frozenset(), time(18)),
    ):
        assert notice(reply, PlainNotice).which is Plain.NEEDS_CONSENT
    for reply in (
        await cases.settings.choices(9, Choice.MORNING),
        await cases.weekly_plan.edit(9),
    ):
        assert (reply.toast, kinds(reply)) == (Toast.NEEDS_CONSENT, [])
