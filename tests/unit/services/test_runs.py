"""Logging a run, adding to it, and taking the last thing back."""

from datetime import time, timedelta

import pytest
from support.desk import CLEAN, kinds, notice
from support.made import NOON

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.delivery import DeliveryKind
from bot.domain.runner import Awaiting, Preferences
from bot.domain.schedule import Dropped
from bot.services.notices import (
    Advice,
    LockReminder,
    MistakeQuestion,
    MovedBelow,
    NotRead,
    Plain,
    PlainNotice,
    PlanPage,
    Prompt,
    RunDetail,
    RunDetailQuestion,
    RunLogged,
    RunQuestion,
    RunUndone,
    RunWhen,
    SignsOffer,
)
from bot.services.replies import Toast

MORNING = NOON + timedelta(hours=18)
"""Eight in the morning in Berlin."""


async def coming(person):
    """The kinds and times of the check-ins still to be asked."""
    return [
        (one.kind, one.due_at)
        for one in await person.check_ins()
        if one.opened_at is None and one.closed_at is None
    ]


async def run_of(person):
    """The run that was logged last."""
    async with person.desk.database.unit_of_work(writing=False) as uow:
        return await uow.runs.latest(person.id)


async def undoes(person):
    """/undo."""
    work = person.desk.cases.undo_last(person.user_id, person.desk.next_update())
    return await person.sees(work)


async def test_a_run_just_finished_is_asked_about_in_an_hour_and_next_morning(anna):
    logged = notice(await anna.runs(minutes=0), RunLogged)
    assert logged.run.ended_at == NOON
    expected = [
        (CheckInKind.SOON_AFTER, NOON + timedelta(hours=1)),
        (CheckInKind.MORNING, MORNING),
    ]
    assert [(slot.kind, slot.due_at) for slot in logged.plan.slots] == expected
    assert await coming(anna) == expected


async def test_one_update_logs_one_run(anna, desk):
    update_id = desk.next_update()
    for _ in range(2):
        await desk.cases.log_run(1, update_id, timedelta(0))
    async with desk.database.unit_of_work(writing=False) as uow:
        assert len(await uow.runs.since(anna.id, NOON - timedelta(days=1))) == 1
    assert len(await coming(anna)) == 2


async def test_an_update_that_comes_again_after_undo_stays_undone(anna, desk):
    update_id = desk.next_update()
    await desk.cases.log_run(1, update_id, timedelta(0))
    await undoes(anna)
    assert notice(await desk.cases.log_run(1, update_id, timedelta(0)), RunUndone)
    assert await coming(anna) == []


async def test_two_runs_before_one_morning_share_its_check_in(anna):
    await anna.runs(hours=3)
    await anna.runs(minutes=0)
    mornings = [due_at for kind, due_at in await coming(anna) if kind is CheckInKind.MORNING]
    assert mornings == [MORNING]


async def test_a_new_runs_soon_after_takes_the_place_of_an_unopened_earlier_one(anna):
    await anna.runs(minutes=30)
    await anna.runs(minutes=0)
    first, second = [one for one in await anna.check_ins() if one.kind is CheckInKind.SOON_AFTER]
    assert (first.closed, second.closed) == (Closed.REPLACED, None)


async def test_a_run_that_ends_before_quiet_hours_offers_ask_me_now(anna, desk):
    desk.clock.at = NOON + timedelta(hours=7, minutes=30)  # 21:30 in Berlin
    logged = notice(await anna.runs(minutes=0), RunLogged)
    assert (logged.plan.dropped, logged.plan.ask_now) == (Dropped.QUIET_HOURS, True)
    assert [kind for kind, _ in await coming(anna)] == [CheckInKind.MORNING]


async def test_a_run_of_yesterday_whose_times_are_over_is_asked_about_once_and_late(anna):
    logged = notice(await anna.runs(hours=20), RunLogged)
    (slot,) = logged.plan.slots
    assert (slot.late, slot.due_at) == (True, NOON)
    check_in = (await anna.check_ins())[0]
    assert check_in.late


async def test_a_run_of_36_hours_ago_is_only_recorded(anna):
    logged = notice(await anna.runs(hours=36), RunLogged)
    assert (logged.plan.slots, logged.plan.dropped) == ((), Dropped.PAST)
    assert await run_of(anna) is not None


@pytest.mark.usefixtures("ben")
async def test_ask_me_now_opens_the_runs_own_check_in(anna, desk):
    await anna.runs(minutes=0)
    run = await run_of(anna)
    ask = desk.cases.ask_about_run_now
    prompt = notice(await anna.sees(ask(1, run.id)), Prompt)
    assert (prompt.check_in.kind, prompt.check_in.run_id) == (CheckInKind.SOON_AFTER, run.id)
    assert (await ask(2, run.id)).toast is Toast.NOT_YOURS
    assert (await ask(1, 999)).toast is Toast.OLD_BUTTON
    assert (await ask(9, run.id)).toast is Toast.OLD_BUTTON
    await anna.answers((Question.RATING, "0"))
    assert (await ask(1, run.id)).toast is Toast.ALREADY


async def test_ask_me_now_where_no_check_in_was_planned_makes_one(anna, desk):
    desk.clock.at = NOON + timedelta(hours=8, minutes=30)  # 22:30 in Berlin
    await anna.runs(minutes=0)
    run = await run_of(anna)
    prompt = notice(await anna.sees(desk.cases.ask_about_run_now(1, run.id)), Prompt)
    assert prompt.check_in.kind is CheckInKind.ASKED
    await anna.answers((Question.RATING, "0"))
    assert (await desk.cases.ask_about_run_now(1, run.id)).toast is Toast.ALREADY


async def test_just_ran_in_the_first_session_asks_at_once(anna, desk):
    work = desk.cases.log_run(1, desk.next_update(), timedelta(0), ask_now=True)
    reply = await anna.sees(work)
    assert kinds(reply) == ["RunLogged", "Prompt"]
    assert not notice(reply, RunLogged).plan.ask_now
    assert (await anna.open_check_in()).kind is CheckInKind.SOON_AFTER


async def test_just_ran_twice_in_one_update_shows_where_its_check_in_stands(anna, desk):
    update_id = desk.next_update()
    await anna.sees(desk.cases.log_run(1, update_id, timedelta(0), ask_now=True))
    await anna.answers((Question.RATING, "4"))
    again = await anna.sees(desk.cases.log_run(1, update_id, timedelta(0), ask_now=True))
    assert notice(again, Prompt).question is Question.EMERGENCY


async def test_while_an_escalation_is_open_a_run_is_only_recorded(anna, desk):
    await anna.reports()
    reply = await anna.runs(minutes=0)
    assert notice(reply, RunLogged).locked
    assert notice(reply, LockReminder)
    assert await coming(anna) == []
    run = await run_of(anna)
    assert notice(await desk.cases.ask_about_run_now(1, run.id), LockReminder)


async def test_nothing_is_promised_of_an_older_run_while_an_escalation_is_open(anna, desk):
    await anna.runs(minutes=0)
    run = await run_of(anna)
    await anna.reports()
    told = notice(await desk.cases.add_run_detail(1, run.id, RunDetail.DISTANCE, 10), RunLogged)
    assert (told.locked, told.plan.slots, told.plan.ask_now) == (True, (), False)
    assert notice(await desk.cases.weekly_plan.show(1), PlanPage).locked


async def test_during_a_pause_the_log_reply_says_so(anna, desk):
    await desk.cases.pause.start(1, 7)
    assert notice(await anna.runs(minutes=0), RunLogged).paused
    run = await run_of(anna)
    told = await desk.cases.add_run_detail(1, run.id, RunDetail.DISTANCE, 10)
    assert notice(told, RunLogged).paused


async def test_a_first_run_ends_the_first_session(anna):
    await anna.changes(onboarded_at=None)
    await anna.runs(minutes=0)
    assert (await anna.record()).onboarded_at == NOON


async def test_nobody_logs_runs_without_consent(stranger, desk):
    cases = desk.cases
    for reply in (
        await stranger.runs(minutes=0),
        await cases.ask_about_run(9),
        await cases.log_run_yesterday(9, 1, 18),
        await cases.read_run_time(9, 1, "18:30"),
    ):
        assert notice(reply, PlainNotice).which is Plain.NEEDS_CONSENT


async def test_run_asks_when_and_waits_for_a_typed_time(anna, desk):
    assert notice(await desk.cases.ask_about_run(1), RunQuestion).which is RunWhen.WHEN
    assert (await anna.record()).awaiting is Awaiting.RUN_TIME
    typed = await desk.cases.ask_about_run(1, RunWhen.TYPED)
    assert notice(typed, RunQuestion).which is RunWhen.TYPED
    logged = notice(await anna.types("half past one"), RunLogged)
    assert logged.run.ended_at == NOON - timedelta(minutes=30)
    assert (await anna.record()).awaiting is None


async def test_yesterday_by_button_is_on_the_runners_clock(anna, desk):
    reply = await anna.sees(desk.cases.log_run_yesterday(1, desk.next_update(), 19))
    assert notice(reply, RunLogged).run.ended_at == NOON - timedelta(hours=19)
    assert (await desk.cases.log_run_yesterday(1, 99, 25)).toast is Toast.OLD_BUTTON


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("whenever", NotRead.TIME),
        ("tomorrow 7am", NotRead.TIME),
        ("200 hours ago", NotRead.TIME),
        ("today at 23:00", NotRead.LATER_THAN_NOW),
    ],
)
async def test_a_time_that_is_none_logs_nothing(anna, desk, text, why):
    reply = await desk.cases.read_run_time(1, desk.next_update(), text)
    assert notice(reply, SignsOffer).why is why
    assert await run_of(anna) is None


async def test_distance_and_duration_can_be_added(anna, desk):
    await anna.runs(minutes=0)
    run = await run_of(anna)
    question = notice(
        await desk.cases.ask_run_detail(1, run.id, RunDetail.DISTANCE), RunDetailQuestion
    )
    assert question.detail is RunDetail.DISTANCE
    add = desk.cases.add_run_detail
    reply = await add(1, run.id, RunDetail.DISTANCE, 12.5)
    assert reply.toast is Toast.NOTED
    assert len(notice(reply, RunLogged).plan.slots) == 2, "what is coming stays in sight"
    await add(1, run.id, RunDetail.DURATION, 75.0)
    stored = await run_of(anna)
    assert (stored.distance_km, stored.duration) == (12.5, timedelta(minutes=75))


async def test_details_after_the_first_question_do_not_offer_to_ask_again(anna, desk):
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    run = await run_of(anna)
    reply = await desk.cases.add_run_detail(1, run.id, RunDetail.DISTANCE, 5.0)
    assert not notice(reply, RunLogged).plan.ask_now


@pytest.mark.parametrize(
    ("detail", "amount"),
    [
        (RunDetail.DISTANCE, 0.0),
        (RunDetail.DISTANCE, 300.1),
        (RunDetail.DURATION, 0.0),
        (RunDetail.DURATION, 2881.0),
    ],
)
async def test_impossible_amounts_are_refused(anna, desk, detail, amount):
    await anna.runs(minutes=0)
    run = await run_of(anna)
    assert (await desk.cases.add_run_detail(1, run.id, detail, amount)).toast is Toast.OLD_BUTTON
    assert await run_of(anna) == run


@pytest.mark.usefixtures("ben")
async def test_buttons_under_a_run_belong_to_its_runner_and_to_a_standing_run(anna, desk):
    await anna.runs(minutes=0)
    run, cases = await run_of(anna), desk.cases
    for user_id, run_id, line in (
        (2, run.id, Toast.NOT_YOURS),
        (9, run.id, Toast.OLD_BUTTON),
        (1, 999, Toast.OLD_BUTTON),
    ):
        km = RunDetail.DISTANCE
        assert (await cases.add_run_detail(user_id, run_id, km, 5.0)).toast is line
        assert (await cases.ask_run_detail(user_id, run_id, km)).toast is line
        assert (await cases.undo_run(user_id, run_id)).toast is line
    await cases.undo_run(1, run.id)
    for reply in (
        await cases.add_run_detail(1, run.id, RunDetail.DISTANCE, 5.0),
        await cases.ask_run_detail(1, run.id, RunDetail.DISTANCE),
        await cases.ask_about_run_now(1, run.id),
    ):
        assert reply.toast is Toast.OLD_BUTTON
    assert notice(await cases.undo_run(1, run.id), RunUndone), "twice is once"


async def test_undoing_a_run_withdraws_what_it_had_coming(anna, desk):
    await anna.runs(minutes=0)
    run = await run_of(anna)
    await desk.cases.undo_run(1, run.id)
    assert await coming(anna) == []
    assert await desk.pending(anna) == []


async def test_undoing_a_run_brings_the_planned_days_question_back(anna, desk):
    await anna.plans(2)
    await anna.runs(minutes=0)
    assert CheckInKind.PLANNED not in [kind for kind, _ in await coming(anna)]
    await desk.cases.undo_run(1, (await run_of(anna)).id)
    assert [kind for kind, _ in await coming(anna)] == [CheckInKind.PLANNED]
    await desk.passes(hours=6)
    assert desk.came(Prompt)[0].check_in.kind is CheckInKind.PLANNED


async def test_a_morning_inside_quiet_hours_is_promised_for_their_end(anna, desk):
    early = Preferences(morning_at=time(6, 30))
    await anna.changes(preferences=early)
    plan = notice(await anna.runs(minutes=0), RunLogged).plan
    promised = plan.slot(CheckInKind.MORNING).due_at
    assert promised == NOON + timedelta(hours=17)  # 07:00 in Berlin
    await desk.passes(hours=17)
    assert desk.came(Prompt)[-1].check_in.due_at == promised


async def test_undoing_one_of_two_runs_leaves_the_morning_to_the_other(anna, desk):
    await anna.runs(hours=3)
    first = await run_of(anna)
    await anna.runs(minutes=0)
    await desk.cases.undo_run(1, (await run_of(anna)).id)
    (morning,) = [one for one in await anna.check_ins() if one.kind is CheckInKind.MORNING]
    assert (morning.closed, morning.run_id) == (None, first.id)


async def test_undoing_a_run_keeps_answers_that_were_given(anna, desk):
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    await anna.finishes(nrs="3")
    await desk.cases.undo_run(1, (await run_of(anna)).id)
    assert (await anna.check_ins())[0].rating == 3


async def test_a_run_logged_again_brings_its_morning_back(anna, desk):
    await anna.runs(minutes=0)
    await desk.cases.undo_run(1, (await run_of(anna)).id)
    await anna.runs(minutes=0)
    assert (CheckInKind.MORNING, MORNING) in await coming(anna)
    await desk.passes(hours=19)
    assert CheckInKind.MORNING in [one.check_in.kind for one in desk.came(Prompt)]


async def test_a_morning_that_was_asked_already_is_not_asked_again(anna, desk):
    await anna.runs(hours=1)
    await desk.passes(hours=18)
    assert (await anna.open_check_in()).kind is CheckInKind.MORNING
    await anna.runs(hours=13)
    assert len([one for one in await anna.check_ins() if one.kind is CheckInKind.MORNING]) == 1


async def test_undo_takes_back_a_run_or_an_answer_whichever_came_later(anna, desk):
    await anna.rates(3)
    desk.clock.at += timedelta(hours=1)
    await anna.runs(minutes=0)
    assert notice(await undoes(anna), RunUndone)
    reply = await undoes(anna)
    assert notice(reply, Prompt).question is Question.CONTRIBUTOR


async def test_undo_opens_a_finished_check_in_below_its_old_message(anna):
    await anna.rates(3)
    old = (await anna.check_ins())[0].message_id
    reply = await undoes(anna)
    assert [(edit.message_id, type(edit.notice)) for edit in reply.edits] == [(old, MovedBelow)]
    first_tip = (await anna.tips())[0].tip_id
    reply = await anna.answers((Question.CONTRIBUTOR, "carried"))
    assert notice(reply, Advice).tip.id != first_tip
    decisions = await anna.decisions()
    assert len(decisions) == 1, "the decision on the taken-back answer no longer stands"


async def test_one_update_undoes_once(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "3"), *CLEAN)
    update_id = desk.next_update()
    await anna.sees(desk.cases.undo_last(1, update_id))
    reply = await anna.sees(desk.cases.undo_last(1, update_id))
    assert notice(reply, Prompt).question is Question.SAME_DAY


async def test_the_same_undo_of_a_run_twice_is_just_noted(anna, desk):
    await anna.runs(minutes=0)
    update_id = desk.next_update()
    await desk.cases.undo_last(1, update_id)
    reply = await desk.cases.undo_last(1, update_id)
    assert notice(reply, PlainNotice).which is Plain.CANCELLED


async def test_undo_never_lowers_an_escalation(anna):
    await anna.reports()
    assert notice(await undoes(anna), MistakeQuestion)
    assert (await anna.escalations())[0].is_open
    await anna.is_seen()
    reply = await undoes(anna)
    assert notice(reply, PlainNotice).which is Plain.NOTHING_TO_UNDO
    assert (await anna.check_ins())[0].value(Question.EMERGENCY) == "some"


async def test_undo_of_an_answer_whose_message_never_arrived(anna, desk):
    await desk.cases.check_in_now(1, desk.next_update())
    id_ = (await anna.open_check_in()).id
    await desk.cases.record_answer(anna.tap(id_, Question.RATING, "0"))
    reply = await undoes(anna)
    assert kinds(reply) == ["Prompt"]


async def test_undo_reaches_back_36_hours(anna, stranger, desk):
    await anna.rates(3)
    await anna.runs(minutes=0)
    desk.clock.at += timedelta(hours=37)
    assert notice(await undoes(anna), PlainNotice).which is Plain.NOTHING_TO_UNDO
    assert notice(await undoes(stranger), PlainNotice).which is Plain.NOTHING_TO_UNDO


async def test_no_reminder_for_whoever_turned_it_off(anna, desk):
    await anna.changes(preferences=Preferences(reminder=False))
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    assert DeliveryKind.REMINDER not in dict(await desk.pending(anna))
