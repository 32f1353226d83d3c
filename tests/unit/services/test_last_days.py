"""What happened in the last days keeps tips back, in check-ins, in /tips and in /stretch."""

from datetime import timedelta

import pytest
from support.desk import notice, notices
from support.made import HEALTHY

from bot.domain.decision import GivenTip
from bot.domain.flags import flags_of, profile_of
from bot.domain.pain import Effect
from bot.domain.red_flags import SignList
from bot.domain.tips import UNASKED_A_WEEK
from bot.services.follow_ups import Action
from bot.services.notices import (
    Advice,
    AskFirst,
    Prevention,
    Purpose,
    Reasons,
    ReasonsAgainst,
    RunDetail,
    Screening,
    StretchEnd,
    StretchOver,
    StretchStep,
    TipPage,
    TipsList,
    TipsSection,
)

MINE = flags_of(HEALTHY)
PILL = "otc-pain-relief"


async def looks(person, purpose=Purpose.TIPS):
    """Deny both lists on one screen, so that tips for pain can be read."""
    answer = person.desk.cases.answer_screening
    return await person.sees(answer(person.user_id, person.desk.next_update(), purpose, None))


async def reads(person, tip_id, *reasons):
    return await person.desk.cases.open_tips.page(person.user_id, tip_id, *reasons)


async def was_given(person, tip_id, *, asked_for=True, ago=timedelta(), effect=None):
    """Put a tip of earlier into the record."""
    at = person.desk.clock.at - ago
    async with person.desk.database.unit_of_work() as uow:
        await uow.tips.add(GivenTip(person.id, tip_id, at, asked_for, effect=effect))


async def ends_a_run(person, *, minutes, hours_ago):
    """Log a run of so many minutes."""
    await person.runs(hours=hours_ago)
    async with person.desk.database.unit_of_work(writing=False) as uow:
        run = await uow.runs.latest(person.id)
    adds = person.desk.cases.add_run_detail
    await person.sees(adds(person.user_id, run.id, RunDetail.DURATION, minutes))


async def test_a_week_after_numbness_somebody_looked_at_there_are_no_exercises(anna, desk):
    await anna.reports("3", sign="same-day")
    await anna.is_seen()
    advice = notice(await anna.rates(3, con="hunched"), Advice)
    assert advice.tip is not None
    assert not advice.tip.is_exercise
    assert advice.tip.id != "ice", "skin that may be numb"
    for tip_id in ("ice", "massage", "plank", "cat-cow"):
        assert notice(await reads(anna, tip_id), TipPage).barred, tip_id
    assert not notice(await reads(anna, "relative-rest"), TipPage).barred
    over = notice(await desk.cases.stretch.begin(1), StretchOver)
    assert over.how is StretchEnd.AFTER_A_SIGN


async def test_after_that_week_they_come_back(anna, desk):
    await anna.reports("3", sign="same-day")
    await anna.is_seen()
    desk.clock.at += timedelta(days=7, minutes=-1)
    assert notice(await looks(anna, Purpose.STRETCH), StretchOver)
    desk.clock.at += timedelta(hours=1)
    assert notice(await desk.cases.stretch.begin(1), StretchStep)
    assert notice(await anna.rates(3, con="hunched"), Advice).tip.is_exercise


async def test_the_week_begins_when_the_sign_was_gone(anna, desk):
    await anna.reports("3", sign="same-day")
    desk.clock.at += timedelta(days=5)
    await anna.says_of_it(Action.GONE)
    desk.clock.at += timedelta(days=3)
    await anna.says_of_it(Action.STILL_GONE)
    assert notice(await looks(anna, Purpose.STRETCH), StretchOver)
    desk.clock.at += timedelta(days=4, hours=1)
    assert notice(await looks(anna, Purpose.STRETCH), StretchStep)


@pytest.mark.parametrize("wait", [timedelta(), timedelta(days=1)])
async def test_a_sign_tapped_by_mistake_keeps_nothing_back(anna, desk, wait):
    await anna.reports("3", sign="same-day")
    desk.clock.at += wait
    await anna.says_of_it(Action.MISTAKE_YES)
    if wait:
        await looks(anna, Purpose.STRETCH)
    else:
        await anna.finishes(nrs="3")
    assert notice(await desk.cases.stretch.begin(1), StretchStep)


async def test_a_sign_nobody_named_keeps_everything_back_that_a_sign_can(anna):
    await anna.reports("3")
    await anna.is_seen()
    await looks(anna)
    for tip_id in ("ice", "massage", "plank", "chest-stretch"):
        assert notice(await reads(anna, tip_id), TipPage).barred, tip_id
    assert notice(await anna.rates(3), Advice).tip is not None


async def test_pain_that_rose_by_two_after_an_exercise_ends_exercises(anna, desk):
    given = notice(await anna.rates(1, con="hunched"), Advice).tip
    assert given.is_exercise
    desk.clock.at += timedelta(days=1)
    assert not notice(await anna.rates(3, con="hunched"), Advice).tip.is_exercise
    assert notice(await desk.cases.stretch.begin(1), StretchOver).how is StretchEnd.NOT_TODAY
    assert notice(await reads(anna, "cat-cow"), TipPage).barred
    desk.clock.at += timedelta(days=1, minutes=5)
    assert notice(await anna.rates(2, con="hunched"), Advice).tip.is_exercise


async def test_one_point_more_is_noise(anna, desk):
    await anna.rates(2, con="hunched")
    desk.clock.at += timedelta(days=1)
    assert notice(await anna.rates(3, con="hunched"), Advice).tip.is_exercise


@pytest.mark.parametrize(
    ("ages", "comes"),
    [
        ((6.9, 5, 4, 2), False),
        ((7, 5, 4, 2), True),
        ((5, 4, 2), True),
        ((9, 8, 7.5, 7, 2), True),
    ],
)
async def test_at_most_four_unasked_tips_in_seven_days(anna, ages, comes):
    for days in ages:
        await was_given(anna, "warm-up", asked_for=False, ago=timedelta(days=days))
    reply = await anna.rates(0)
    assert bool(notices(reply, Prevention)) is comes


async def test_in_six_weeks_without_pain_no_seven_days_hold_five(anna, desk):
    for _ in range(42):
        await anna.rates(0)
        desk.clock.at += timedelta(days=1)
    unasked = [one.given_at for one in await anna.tips()]
    assert all(not one.asked_for for one in await anna.tips())
    for start in unasked:
        in_a_week = [at for at in unasked if start <= at < start + timedelta(days=7)]
        assert len(in_a_week) <= UNASKED_A_WEEK
    assert len(unasked) > 4 * UNASKED_A_WEEK


async def test_the_answer_to_pain_is_never_held_back_by_the_cap(anna):
    for hours in (1, 2, 3, 4, 5):
        await was_given(anna, "warm-up", asked_for=False, ago=timedelta(hours=hours))
    assert notice(await anna.rates(3), Advice).tip is not None


async def test_tips_that_answer_pain_do_not_use_the_cap_up(anna, desk):
    for _ in range(6):
        await anna.rates(3)
        desk.clock.at += timedelta(hours=12)
    assert all(one.asked_for for one in await anna.tips())
    assert notice(await anna.rates(0), Prevention)


async def test_history_decides_what_is_offered_again(anna):
    first = notice(await anna.rates(3, con="hunched"), Advice).tip.id
    await was_given(anna, first, effect=Effect.WORSE, ago=timedelta(days=2))
    await was_given(anna, "massage", effect=Effect.HELPED, ago=timedelta(days=3))
    for effect in (Effect.NO_CHANGE, Effect.NO_CHANGE):
        await was_given(anna, "ice", effect=effect, ago=timedelta(days=4))
    seen = [notice(await anna.rates(3, con="hunched"), Advice).tip.id for _ in range(9)]
    assert first not in seen
    assert "ice" not in seen


# --- a tip about medicines ----------------------------------------------------------------------


async def test_reasons_against_a_medicine_are_asked_each_time_before_it_is_shown(anna):
    assert notice(await reads(anna, PILL), Screening)
    await looks(anna)
    assert notice(await reads(anna, PILL), ReasonsAgainst).tip.id == PILL
    assert not notice(await reads(anna, PILL, Reasons.NONE), TipPage).barred
    assert notice(await reads(anna, PILL), ReasonsAgainst), "the answer was not kept"


@pytest.mark.parametrize("reasons", [Reasons.SOME, Reasons.UNSAID])
async def test_anything_but_none_of_these_leads_to_somebody_to_ask(anna, reasons):
    await looks(anna)
    before = await anna.record(), await anna.check_ins()
    assert notice(await reads(anna, PILL, reasons), AskFirst).tip.id == PILL
    assert (await anna.record(), await anna.check_ins()) == before


@pytest.mark.parametrize("reasons", [(), (Reasons.NONE,)])
@pytest.mark.parametrize("flags", ["o", "ty", "py", "by", "cy", "u", "-"])
async def test_who_must_not_have_it_is_not_asked(anna, flags, reasons):
    await anna.changes(profile=profile_of(flags))
    await looks(anna)
    assert notice(await reads(anna, PILL, *reasons), TipPage).barred


@pytest.mark.parametrize(
    ("minutes", "hours_ago", "barred"),
    [(120, 1, False), (150, 1, True), (150, 23, True), (150, 24.1, False)],
)
async def test_not_within_a_day_of_a_run_of_over_two_hours(anna, minutes, hours_ago, barred):
    await ends_a_run(anna, minutes=minutes, hours_ago=hours_ago)
    await looks(anna)
    reply = await reads(anna, PILL, Reasons.NONE)
    assert notice(reply, TipPage).barred is barred


async def test_not_in_the_week_of_dark_pee(anna, desk):
    await anna.reports("3")
    await anna.is_seen()
    desk.clock.at += timedelta(days=6)
    await looks(anna)
    assert notice(await reads(anna, PILL, Reasons.NONE), TipPage).barred


async def test_not_in_the_week_of_pain_in_the_belly(anna, desk):
    """That is no escalation; the decision remembers it."""
    await anna.rates(2, reg="else", els="belly")
    desk.clock.at += timedelta(days=2)
    await anna.rates(2)
    assert notice(await reads(anna, PILL, Reasons.NONE), TipPage).barred
    desk.clock.at += timedelta(days=6)
    await looks(anna)
    assert not notice(await reads(anna, PILL, Reasons.NONE), TipPage).barred


async def test_an_old_answer_does_not_get_past_the_signs(anna, desk):
    await looks(anna)
    desk.clock.at += timedelta(hours=13)
    assert notice(await reads(anna, PILL, Reasons.NONE), Screening)


async def test_no_check_in_and_no_list_of_a_stranger_brings_it(anna, desk):
    for _ in range(12):
        advice = notice(await anna.rates(3), Advice)
        assert advice.tip is None or advice.tip.id != PILL
        desk.clock.at += timedelta(hours=1)
    saved = await desk.cases.keep_profile.save(9, HEALTHY, Purpose.TIPS, 0)
    listed = notice(saved, TipsList)
    assert listed.section is TipsSection.WHEN_IT_HURTS
    assert PILL not in [tip.id for tip in listed.tips]
    assert notice(await reads_as_stranger(desk), TipPage).barred


async def reads_as_stranger(desk):
    return await desk.cases.open_tips.page(9, PILL, Reasons.NONE)


async def test_a_sign_on_the_screen_before_it_escalates(anna, desk):
    answer = desk.cases.answer_screening
    update_id = desk.next_update()
    await anna.sees(answer(1, update_id, Purpose.TIPS, SignList.EMERGENCY))
    assert not notices(await reads(anna, PILL, Reasons.NONE), TipPage)
