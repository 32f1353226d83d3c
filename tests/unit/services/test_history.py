"""What /history shows is what the rows say, number by number, on the runner's own calendar."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter
from support.desk import notice
from support.made import NOON

from bot.domain.check_in import CheckInKind, Closed
from bot.domain.history import Occasion, Period
from bot.domain.red_flags import Finding
from bot.domain.runner import AgeBand, Profile
from bot.services.follow_ups import Action
from bot.services.heeding import Words
from bot.services.notices import HistoryShown, Plain, PlainNotice, RunDetail, Summary
from bot.services.replies import Toast

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)


async def shown(desk, days=None):
    """The history as it is shown to runner 1."""
    return notice(await desk.cases.show_history(1, days), HistoryShown).history


async def runs_far(anna, km, minutes=None):
    """Log a run that is just over, with a distance; gives its check-in's ratings a run."""
    await anna.runs(minutes=0)
    run_id = (await anna.check_ins())[-1].run_id
    details = anna.desk.cases.add_run_detail
    if km is not None:
        await details(1, run_id, RunDetail.DISTANCE, km)
    if minutes is not None:
        await details(1, run_id, RunDetail.DURATION, minutes)


async def three_weeks(anna):
    """Runs, ratings after them and next morning, silence, tips, a pause and a sign."""
    desk = anna.desk
    for day in range(21):
        if day % 4 == 0:
            await runs_far(anna, 5.0 + day, 40.0 if day % 8 else None)
            await desk.passes(hours=1, minutes=1)
            if day % 8 == 0:
                await anna.finishes(nrs=str(1 + day // 4))
            await desk.passes(hours=16, minutes=59)
            if await anna.open_check_in():
                await anna.finishes(nrs=str(day // 8))
            await desk.passes(hours=6)
        elif day == 10:
            await desk.cases.pause.start(1, 2)
            await desk.passes(days=1)
        elif day == 14:
            await anna.reports("5", sign="same-day")
            await anna.is_seen()
            await desk.passes(days=1)
        else:
            await desk.passes(days=1)


async def rows_of(anna):
    """Everything stored about her, table by table, as /export has it."""
    async with anna.desk.database.unit_of_work(writing=False) as uow:
        return await uow.everything_about(anna.id)


def minutes(text):
    """A stored length, as the export writes it."""
    return TypeAdapter(timedelta).validate_python(text) // timedelta(minutes=1) if text else None


def moment(text):
    return datetime.fromisoformat(text).astimezone(BERLIN)


async def test_every_number_shown_is_a_row_and_every_row_is_shown(anna, desk):
    await three_weeks(anna)
    history, rows = await shown(desk, 30), await rows_of(anna)
    kinds = {row["id"]: row["kind"] for row in rows["check_ins"]}

    ratings = [row for row in rows["answers"] if row["question"] == "nrs" and not row["undone_at"]]
    assert Counter((one.at, one.rating) for one in history.ratings) == Counter(
        (moment(row["answered_at"]), int(row["value"])) for row in ratings
    )
    mornings = [one.rating for one in history.ratings if one.occasion is Occasion.MORNING]
    assert mornings == [
        int(row["value"]) for row in ratings if kinds[row["check_in_id"]] == "morning"
    ]
    runs = [row for row in rows["runs"] if not row["undone_at"]]
    assert [(one.at, one.distance_km, one.minutes) for one in history.runs] == [
        (moment(row["ended_at"]), row["distance_km"], minutes(row["duration"])) for row in runs
    ]
    assert list(history.tips) == [moment(row["given_at"]) for row in rows["given_tips"]]
    answered = {row["check_in_id"] for row in ratings}
    assert list(history.missed) == [
        moment(row["opened_at"])
        for row in rows["check_ins"]
        if row["opened_at"] and row["closed"] == "expired" and row["id"] not in answered
    ]
    (pause,), (row,) = history.pauses, rows["pauses"]
    assert (pause.begins, pause.ends) == (moment(row["began_at"]), moment(row["until"]))
    assert [one.signs for one in history.signs] == [{Finding.ONE_LIMB}]


async def test_the_scenario_has_something_of_everything(anna, desk):
    await three_weeks(anna)
    history = await shown(desk, 30)
    assert all((history.ratings, history.runs, history.missed, history.tips, history.signs))
    assert {one.occasion for one in history.ratings} == set(Occasion)


async def test_a_run_beyond_all_of_the_30_days_before_is_marked(anna, desk):
    for km in (5.0, 8.0, 8.0, 9.0):
        await runs_far(anna, km)
        desk.clock.at += DAY
    assert [one.is_longest for one in (await shown(desk)).runs] == [False, True, False, True]


async def test_a_late_evening_in_utc_is_the_next_day_in_berlin(anna, desk):
    desk.clock.at = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)
    await anna.rates(3)
    (rating,) = (await shown(desk)).ratings
    assert rating.at.date() == date(2026, 6, 11)
    assert (await shown(desk)).last == date(2026, 6, 11)


async def test_what_is_older_than_the_period_is_not_shown(anna, desk):
    await anna.rates(3)
    desk.clock.at += 6 * DAY
    assert len((await shown(desk, 7)).ratings) == 1
    desk.clock.at += DAY
    assert (await shown(desk, 7)).is_empty
    assert len((await shown(desk, 30)).ratings) == 1


async def test_without_a_choice_the_shortest_period_with_anything_is_shown(anna, desk):
    assert (await shown(desk)).period is Period.WEEK
    await anna.rates(3)
    for days, period in ((1, Period.WEEK), (9, Period.MONTH), (40, Period.QUARTER)):
        desk.clock.at += days * DAY
        assert (await shown(desk)).period is period
    desk.clock.at += 90 * DAY
    assert (await shown(desk)).period is Period.WEEK


async def test_another_period_changes_the_picture_in_place(anna, desk):
    await anna.rates(3)
    assert (await desk.cases.show_history(1)).messages
    assert (await desk.cases.show_history(1, 30)).edits


@pytest.mark.parametrize("why", [Closed.TOO_LATE, Closed.UNREACHABLE])
async def test_what_could_not_be_asked_in_time_is_missing_too(anna, desk, why):
    await anna.runs(minutes=0)
    soon, _ = await anna.check_ins()
    await anna.changes_check_in(soon, closed=why, closed_at=NOON)
    assert (await shown(desk)).missed == (soon.due_at,)


@pytest.mark.parametrize("why", [Closed.NO_RUN, Closed.PAUSED, Closed.LOCKED])
async def test_what_ended_for_a_reason_is_not_missing(anna, desk, why):
    await anna.opens()
    await anna.changes_check_in((await anna.check_ins())[0], closed=why, closed_at=NOON)
    assert (await shown(desk)).missed == ()


async def test_what_was_asked_about_a_run_that_was_taken_back_is_not_missing(anna, desk):
    await anna.runs(minutes=60)
    await desk.beat()
    await desk.cases.undo_last(1, desk.next_update())
    await desk.passes(days=1)
    assert [one.closed for one in await anna.check_ins()] == [Closed.EXPIRED, Closed.UNDONE]
    assert (await shown(desk)).missed == ()
    assert notice(await desk.cases.make_summary(1), Summary).asked == ()


async def test_what_still_waits_for_an_answer_is_not_missing(anna, desk):
    await anna.opens()
    assert (await shown(desk)).is_empty


async def test_a_look_at_the_signs_without_any_is_nothing_to_show(anna, desk):
    await anna.opens(CheckInKind.SIGNS)
    await anna.finishes()
    await desk.cases.answer_screening(1, desk.next_update(), "s", None)
    assert (await shown(desk)).is_empty


async def test_a_typed_sign_is_marked_and_a_misread_one_is_not(anna, desk):
    await anna.changes(profile=Profile(age_band=AgeBand.FROM_66))
    words = Words(1, desk.next_update(), "I have crushing chest pain right now")
    await anna.sees(desk.cases.heed_signs(words))
    (sign,) = (await shown(desk)).signs
    assert sign.signs == {Finding.CHEST_PAIN}, "an age is no sign"
    await anna.says_of_it(Action.MISTAKE_YES)
    assert (await shown(desk)).signs == ()


async def test_a_sign_misread_beside_an_open_one_is_not_marked_either(anna, desk):
    for text in ("I have crushing chest pain right now", "my left hand is numb"):
        await anna.sees(desk.cases.heed_signs(Words(1, desk.next_update(), text)))
        desk.clock.at += timedelta(hours=1)
    assert len((await shown(desk)).signs) == 2
    await anna.says_of_it(Action.MISTAKE_YES)
    assert (await shown(desk)).signs == ()


@pytest.mark.usefixtures("anna")
async def test_a_pause_that_is_on_reaches_to_now(desk):
    await desk.cases.pause.start(1, None)
    desk.clock.at += 2 * DAY
    (pause,) = (await shown(desk)).pauses
    assert (pause.begins, pause.ends) == (NOON, NOON + 2 * DAY)


async def test_there_is_no_history_without_consent(stranger, desk):
    reply = await desk.cases.show_history(9)
    assert notice(reply, PlainNotice).which is Plain.NEEDS_CONSENT
    assert (await desk.cases.show_history(9, 30)).toast is Toast.NEEDS_CONSENT
    assert await stranger.record() is None


async def test_nobody_sees_anybody_elses(anna, ben, desk):
    await ben.rates(9)
    await ben.runs(minutes=0)
    assert (await shown(desk)).is_empty
    assert await anna.check_ins() == ()


async def test_a_wall_clock_that_is_set_back_moves_no_mark(anna, desk):
    desk.clock.at = datetime(2026, 10, 24, 16, tzinfo=UTC)
    await anna.rates(2)
    desk.clock.at = datetime(2026, 10, 25, 17, tzinfo=UTC)
    await anna.rates(1)
    assert [one.at.hour for one in (await shown(desk)).ratings] == [18, 18]
