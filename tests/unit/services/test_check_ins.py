"""Answering a check-in, going back, leaving it, putting it off, coming back to it."""

from datetime import timedelta

import pytest
from support.desk import CLEAN, kinds, notice, notices
from support.made import NOON

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.delivery import DeliveryKind
from bot.domain.red_flags import Urgency
from bot.services.answering import Tap
from bot.services.follow_ups import Action
from bot.services.notices import (
    Advice,
    BackMap,
    ClosedCheckIn,
    EscalationNotice,
    HistoryShown,
    LockReminder,
    MovedBelow,
    Plain,
    PlainNotice,
    Prevention,
    Prompt,
    SignsDenied,
)
from bot.services.replies import CheckInShown, Toast

FORGED = [
    (Question.RATING, "11"),
    (Question.RATING, "-1"),
    (Question.RATING, "seven"),
    (Question.RATING, ""),
]


async def test_a_pain_free_check_in_is_one_tap(anna):
    assert notice(await anna.opens(), Prompt).question is Question.RATING
    reply = await anna.answers((Question.RATING, "0"))
    closed = notice(reply, ClosedCheckIn).check_in
    assert (closed.closed, closed.rating) == (Closed.DONE, 0)
    assert await anna.open_check_in() is None


async def test_a_painful_check_in_is_edited_from_question_to_question_and_ends_in_advice(anna):
    opened = await anna.opens()
    assert not opened.edits
    shown_in = (await anna.open_check_in()).message_id
    for question, value in (("nrs", "4"), *CLEAN, ("reg", "blades")):
        reply = await anna.answers((Question(question), value))
        assert [edit.message_id for edit in reply.edits] == [shown_in]
        assert not reply.messages
    reply = await anna.answers((Question.CONTRIBUTOR, "stiff"))
    assert kinds(reply)[:2] == ["ClosedCheckIn", "Advice"]
    assert notice(reply, Advice).tip is not None


async def test_a_second_tap_gets_a_polite_line_and_changes_nothing(anna):
    await anna.opens()
    await anna.answers((Question.RATING, "4"))
    reply = await anna.answers((Question.RATING, "2"))
    assert reply.toast is Toast.ALREADY
    assert notice(reply, Prompt).question is Question.EMERGENCY
    assert (await anna.open_check_in()).rating == 4


async def test_the_same_update_twice_is_one_answer(anna, desk):
    await anna.opens()
    tap = Tap(1, (await anna.open_check_in()).id, Question.RATING, "4", desk.next_update())
    first = await anna.sees(desk.cases.record_answer(tap))
    again = await anna.sees(desk.cases.record_answer(tap))
    assert again.toast is None
    assert notice(again, Prompt).question is notice(first, Prompt).question
    assert len((await anna.open_check_in()).answers) == 1


async def test_the_last_answer_twice_shows_the_same_advice_again(anna, desk):
    """The reply may have been lost on its way; it is derived, so it can be shown again."""
    await anna.opens()
    await anna.answers((Question.RATING, "4"), *CLEAN, (Question.REGION, "blades"))
    id_ = (await anna.open_check_in()).id
    tap = Tap(1, id_, Question.CONTRIBUTOR, "none", desk.next_update())
    first = await anna.sees(desk.cases.record_answer(tap))
    again = await anna.sees(desk.cases.record_answer(tap))
    assert notice(again, Advice).tip is notice(first, Advice).tip
    assert len(await anna.tips()) == 1


@pytest.mark.parametrize(
    ("question", "value"),
    [*FORGED, (Question.EMERGENCY, "maybe"), (Question.REGION, "moon"), (Question.HELPED, "x")],
)
async def test_forged_answers_are_old_buttons(anna, question, value):
    await anna.opens()
    reply = await anna.answers((question, value))
    assert reply.toast is Toast.OLD_BUTTON
    assert not (await anna.open_check_in()).answers


async def test_buttons_of_nobody_nothing_and_somebody_else(anna, ben, stranger, desk):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    zero = (Question.RATING, "0")
    assert (await ben.answers(zero, check_in_id=id_)).toast is Toast.NOT_YOURS
    assert (await stranger.answers(zero, check_in_id=id_)).toast is Toast.OLD_BUTTON
    assert (await anna.answers(zero, check_in_id=999)).toast is Toast.OLD_BUTTON
    assert (await anna.open_check_in()).rating is None
    for act in (desk.cases.ask_later, desk.cases.answer_late):
        assert (await act(2, id_)).toast is Toast.NOT_YOURS
    assert (await desk.cases.go_back(2, id_, 1)).toast is Toast.NOT_YOURS
    assert (await desk.cases.leave_check_in(2, id_, Closed.STOPPED)).toast is Toast.NOT_YOURS


async def test_the_everyday_life_toggle_works_from_5_on_while_the_place_is_asked(anna):
    await anna.opens()
    toggle = (Question.DAILY_LIFE, "yes")
    assert (await anna.answers((Question.RATING, "4"), *CLEAN, toggle)).toast is Toast.OLD_BUTTON
    await anna.answers((Question.REGION, "blades"), (Question.CONTRIBUTOR, "none"))

    await anna.opens()
    assert (await anna.answers((Question.RATING, "6"), toggle)).toast is Toast.OLD_BUTTON
    reply = await anna.answers(*CLEAN, toggle)
    assert notice(reply, Prompt).question is Question.REGION
    assert (await anna.open_check_in()).value(Question.DAILY_LIFE) == "yes"
    await anna.answers((Question.DAILY_LIFE, "no"))
    assert (await anna.open_check_in()).value(Question.DAILY_LIFE) == "no"


async def test_back_asks_the_question_before_again(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "6"), *CLEAN)
    id_ = (await anna.open_check_in()).id
    reply = await anna.sees(desk.cases.go_back(1, id_, desk.next_update()))
    assert notice(reply, Prompt).question is Question.SAME_DAY
    assert notice(reply, Prompt).check_in.rating == 6


async def test_a_toggle_goes_back_with_the_answer_before_it(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "6"), *CLEAN, (Question.DAILY_LIFE, "yes"))
    id_ = (await anna.open_check_in()).id
    reply = await anna.sees(desk.cases.go_back(1, id_, desk.next_update()))
    assert notice(reply, Prompt).question is Question.SAME_DAY


async def test_back_on_the_first_question_and_after_the_end_does_nothing(anna, desk):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    reply = await desk.cases.go_back(1, id_, desk.next_update())
    assert (reply.toast, notice(reply, Prompt).question) == (Toast.OLD_BUTTON, Question.RATING)
    await anna.answers((Question.RATING, "0"))
    reply = await desk.cases.go_back(1, id_, desk.next_update())
    assert reply.toast is Toast.CLOSED
    assert (await anna.check_ins())[-1].rating == 0


async def test_one_update_goes_back_once(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "6"), *CLEAN)
    id_, update_id = (await anna.open_check_in()).id, desk.next_update()
    await desk.cases.go_back(1, id_, update_id)
    reply = await desk.cases.go_back(1, id_, update_id)
    assert notice(reply, Prompt).question is Question.SAME_DAY


@pytest.mark.parametrize("reason", [Closed.STOPPED, Closed.SKIPPED, Closed.NO_RUN])
async def test_leaving_by_button(anna, desk, reason):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    reply = await desk.cases.leave_check_in(1, id_, reason)
    assert notice(reply, ClosedCheckIn).check_in.closed is reason
    assert kinds(reply) == ["ClosedCheckIn"], "no tip on the way out"
    assert await desk.pending(anna) == []
    again = await desk.cases.leave_check_in(1, id_, Closed.SKIPPED)
    assert again.toast is Toast.CLOSED
    assert (await anna.check_ins())[-1].closed is reason


@pytest.mark.parametrize(
    "reason", sorted(set(Closed) - {Closed.STOPPED, Closed.SKIPPED, Closed.NO_RUN})
)
async def test_a_runner_cannot_close_a_check_in_in_the_bots_name(anna, desk, reason):
    """A forged reason would be stored as if the bot had decided it."""
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    assert (await desk.cases.leave_check_in(1, id_, reason)).toast is Toast.OLD_BUTTON
    assert (await anna.open_check_in()).id == id_


async def test_stopping_after_a_9_still_says_to_be_seen_today(anna, desk):
    """The rating alone is urgent; that the lists were left unanswered changes nothing."""
    await anna.opens()
    await anna.answers((Question.RATING, "9"))
    id_ = (await anna.open_check_in()).id
    reply = await anna.sees(desk.cases.leave_check_in(1, id_, Closed.STOPPED))
    assert notice(reply, EscalationNotice).urgency is Urgency.URGENT


async def test_later_asks_again_in_an_hour(anna, desk):
    await anna.opens()
    check_in = await anna.open_check_in()
    reply = await desk.cases.ask_later(1, check_in.id)
    assert notice(reply, ClosedCheckIn).snoozed_until == NOON + timedelta(hours=1)
    assert reply.edits[0].message_id == check_in.message_id
    await desk.passes(minutes=59)
    assert desk.came(Prompt) == []
    await desk.passes(minutes=1)
    assert [one.check_in.id for one in desk.came(Prompt)] == [check_in.id]


async def test_later_never_lands_in_quiet_hours(anna, desk):
    desk.clock.at = NOON + timedelta(hours=7, minutes=30)  # 21:30 in Berlin
    await anna.opens()
    reply = await desk.cases.ask_later(1, (await anna.open_check_in()).id)
    assert notice(reply, ClosedCheckIn).snoozed_until == NOON + timedelta(hours=17)


async def test_later_after_an_answer_is_too_late(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "3"))
    reply = await desk.cases.ask_later(1, (await anna.open_check_in()).id)
    assert reply.toast is Toast.ALREADY
    assert await anna.open_check_in()


async def test_a_second_later_shows_until_when_the_prompt_was_put_off(anna, desk):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    await desk.cases.ask_later(1, id_)
    reply = await desk.cases.ask_later(1, id_)
    assert notice(reply, ClosedCheckIn).snoozed_until is not None


async def test_an_answer_on_the_old_keys_opens_a_prompt_that_was_put_off(anna, desk):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    await desk.cases.ask_later(1, id_)
    await anna.answers((Question.RATING, "9"), check_in_id=id_)
    assert (await anna.open_check_in()).id == id_
    await desk.passes(hours=1)
    assert (await anna.escalations())[0].urgency is Urgency.URGENT


async def test_an_expired_check_in_can_be_answered_late(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "3"))
    id_ = (await anna.open_check_in()).id
    await desk.passes(hours=1)
    assert notice_closed(desk) is Closed.EXPIRED
    reply = await anna.sees(desk.cases.answer_late(1, id_))
    assert notice(reply, Prompt).question is Question.EMERGENCY
    reply = await anna.finishes()
    assert notice(reply, ClosedCheckIn).check_in.late


def notice_closed(desk):
    """How the check-in ended whose message was edited last."""
    return desk.came(ClosedCheckIn)[-1].check_in.closed


async def test_after_36_hours_it_is_too_late_for_a_late_answer(anna, desk):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    await desk.passes(hours=36)
    assert (await desk.cases.answer_late(1, id_)).toast is Toast.CLOSED


async def test_what_ended_otherwise_cannot_be_answered_late(anna, desk):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    await desk.cases.leave_check_in(1, id_, Closed.SKIPPED)
    assert (await desk.cases.answer_late(1, id_)).toast is Toast.CLOSED


async def test_no_late_answers_while_an_escalation_is_open(anna, desk):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    await desk.passes(hours=9)
    await anna.reports()
    assert (await desk.cases.answer_late(1, id_)).toast is Toast.SAFETY_FIRST


async def test_checkin_shows_the_open_check_in_again_below(anna):
    await anna.opens()
    old = (await anna.open_check_in()).message_id
    reply = await anna.opens()
    assert [(edit.message_id, type(edit.notice)) for edit in reply.edits] == [(old, MovedBelow)]
    assert notice(reply, Prompt).question is Question.RATING
    assert len(await anna.check_ins()) == 1
    assert (await anna.open_check_in()).message_id != old


async def test_a_check_in_whose_message_never_arrived_is_simply_shown(anna, desk):
    await desk.cases.check_in_now(1, desk.next_update())
    reply = await anna.opens()
    assert kinds(reply) == ["Prompt"]


async def test_one_update_opens_one_check_in(anna, desk):
    update_id = desk.next_update()
    await anna.sees(desk.cases.check_in_now(1, update_id))
    await anna.answers((Question.RATING, "0"))
    reply = await anna.sees(desk.cases.check_in_now(1, update_id))
    assert notice(reply, ClosedCheckIn).check_in.rating == 0
    assert len(await anna.check_ins()) == 1


async def test_checkin_takes_the_check_in_that_a_run_has_coming(anna):
    await anna.runs(minutes=10)
    reply = await anna.opens()
    assert notice(reply, Prompt).check_in.kind is CheckInKind.SOON_AFTER


async def test_checkin_leaves_the_next_mornings_alone(anna):
    await anna.runs(hours=9)
    waiting = [one.kind for one in await anna.check_ins()]
    assert waiting == [CheckInKind.MORNING]
    assert notice(await anna.opens(), Prompt).check_in.kind is CheckInKind.ASKED


async def test_something_is_wrong_asks_the_lists_in_place_of_an_open_check_in(anna):
    await anna.opens()
    reply = await anna.opens(CheckInKind.SIGNS)
    assert notice(reply, Prompt).question is Question.EMERGENCY
    assert notice(reply, ClosedCheckIn).check_in.closed is Closed.REPLACED
    reply = await anna.answers(*CLEAN)
    assert notice(reply, SignsDenied)
    assert not notices(reply, Advice)


async def test_no_check_in_without_consent_and_none_while_an_escalation_is_open(anna, stranger):
    refused = await stranger.opens()
    assert notice(refused, PlainNotice).which is Plain.NEEDS_CONSENT
    await anna.reports()
    assert notice(await anna.opens(), LockReminder)
    assert notice(await anna.opens(CheckInKind.SIGNS), Prompt), "the signs always work"


async def runs_shown(desk):
    """How many runs /history shows."""
    return len(notice(await desk.cases.show_history(1), HistoryShown).history.runs)


async def test_answering_the_planned_days_question_counts_as_a_run(anna, desk):
    await anna.plans(2)
    await desk.passes(hours=6)
    assert desk.came(Prompt)[0].check_in.kind is CheckInKind.PLANNED
    await anna.answers((Question.RATING, "2"))
    planned, morning = await anna.check_ins()
    assert planned.run_id is not None
    assert (morning.kind, morning.run_id) == (CheckInKind.MORNING, planned.run_id)
    back = await anna.sees(desk.cases.go_back(1, planned.id, desk.next_update()))
    assert notice(back, Prompt).question is Question.RATING
    await anna.answers((Question.RATING, "3"))
    assert await runs_shown(desk) == 1, "the run taken back with its rating is gone"


async def test_a_mistaken_rating_of_a_planned_day_is_still_one_run(anna, desk):
    await anna.plans(2)
    await desk.passes(hours=6)
    await anna.finishes(nrs="10")
    await anna.says_of_it(Action.MISTAKE_YES)
    await anna.answers((Question.RATING, "1"))
    assert await runs_shown(desk) == 1


async def test_back_on_a_planned_day_whose_run_was_undone_already(anna, desk):
    await anna.plans(2)
    await desk.passes(hours=6)
    await anna.answers((Question.RATING, "2"))
    planned = await anna.open_check_in()
    await desk.cases.undo_run(1, planned.run_id)
    back = await anna.sees(desk.cases.go_back(1, planned.id, desk.next_update()))
    assert notice(back, Prompt).question is Question.RATING
    assert await runs_shown(desk) == 0


async def test_back_on_a_planned_day_that_was_never_rated(anna, desk):
    """ "One or more" was tapped on a list before the rating, by mistake; then it goes on."""
    await anna.plans(2)
    await desk.passes(hours=6)
    planned = (await anna.open_check_in()).id
    await anna.answers((Question.EMERGENCY, "some"))
    await anna.says_of_it(Action.MISTAKE_YES)
    back = await anna.sees(desk.cases.go_back(1, planned, desk.next_update()))
    assert notice(back, Prompt).question is Question.RATING
    assert not (await anna.open_check_in()).answers


async def test_nothing_can_be_left_that_was_not_asked(anna, desk):
    await anna.runs(minutes=0)
    waiting = (await anna.check_ins())[0].id
    reply = await desk.cases.leave_check_in(1, waiting, Closed.SKIPPED)
    assert (kinds(reply), reply.toast) == ([], Toast.CLOSED)


async def test_a_receipt_for_a_forgotten_check_in_is_ignored(anna, desk):
    await desk.cases.note_shown(CheckInShown(999), 5)
    await anna.opens()
    check_in = await anna.open_check_in()
    await desk.cases.note_shown(CheckInShown(check_in.id), check_in.message_id)
    assert (await anna.open_check_in()).message_id == check_in.message_id


async def test_a_pain_free_check_in_sometimes_brings_a_prevention_tip(anna, desk):
    assert notice(await anna.rates(0), Prevention)
    desk.clock.at += timedelta(hours=12)
    assert not notices(await anna.rates(0), Prevention), "not twice in a day and a half"
    desk.clock.at += timedelta(hours=36)
    assert notice(await anna.rates(0), Prevention)


async def test_an_answer_starts_the_finish_clock_and_cancels_the_reminder(anna, desk):
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    owed = dict(await desk.pending(anna))
    assert owed[DeliveryKind.REMINDER] == NOON + timedelta(hours=3)
    assert owed[DeliveryKind.EXPIRY] == NOON + timedelta(hours=8)
    await anna.answers((Question.RATING, "3"))
    owed = dict(await desk.pending(anna))
    assert DeliveryKind.REMINDER not in owed
    assert owed[DeliveryKind.EXPIRY] == NOON + timedelta(minutes=45)


async def test_the_map_is_shown_while_the_place_is_asked_for(anna, ben, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "4"))
    id_ = (await anna.open_check_in()).id
    assert (await desk.cases.show_back_map(1, id_)).toast is Toast.OLD_BUTTON, "not yet"
    await anna.answers(*CLEAN)
    assert notice(await desk.cases.show_back_map(1, id_), BackMap).check_in_id == id_
    assert (await desk.cases.show_back_map(ben.user_id, id_)).toast is Toast.NOT_YOURS
    await anna.answers((Question.REGION, "side"))
    assert (await desk.cases.show_back_map(1, id_)).toast is Toast.OLD_BUTTON


async def test_no_map_stands_beside_an_open_emergency(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "4"), *CLEAN)
    id_ = (await anna.open_check_in()).id
    await anna.reports(sign="emergency")
    assert notice(await desk.cases.show_back_map(1, id_), LockReminder)
