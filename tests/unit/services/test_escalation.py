"""EMERGENCY and URGENT: what opens one, what it locks, how it is followed up, what ends it."""

from datetime import timedelta

import pytest
from support.desk import CLEAN, Person, kinds, notice, notices
from support.made import NOON

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.delivery import Delivery, DeliveryKind
from bot.domain.escalation import Cleared, Escalation, FollowUp, Reached
from bot.domain.pain import BodyRegion
from bot.domain.red_flags import Finding, Urgency
from bot.services.follow_ups import Action
from bot.services.heeding import Words
from bot.services.notices import (
    Advice,
    ClosedCheckIn,
    EscalationNotice,
    FollowUpAnswered,
    FollowUpQuestion,
    FollowUpReply,
    LockReminder,
    MistakeQuestion,
    Prevention,
    Prompt,
    TipsMenu,
    TipsOff,
)
from bot.services.replies import EscalationShown, Toast
from bot.services.steps.deciding import signs_of

MORNING = NOON + timedelta(hours=18)
"""Eight in the morning in Berlin."""


async def names(person, sign):
    """Tap "Which one?" under the newest escalation."""
    id_ = (await person.escalations())[-1].id
    return await person.sees(person.desk.cases.name_sign(person.user_id, id_, sign))


async def test_one_emergency_sign_is_told_at_once_without_any_tip(anna):
    reply = await anna.reports()
    told = notice(reply, EscalationNotice)
    assert told.urgency is Urgency.EMERGENCY
    assert told.country == "DE"
    assert kinds(reply) == ["ClosedCheckIn", "EscalationNotice"]
    assert await anna.tips() == ()
    (decision,) = await anna.decisions()
    assert (decision.urgency, decision.rules) == (Urgency.EMERGENCY, ("emergency-unspecified",))


async def test_an_emergency_owes_its_message_and_three_follow_ups(anna, desk):
    """The message is owed from the first moment: a killed process must not lose it."""
    await anna.opens()
    await anna.answers((Question.RATING, "4"))
    check_in = await anna.open_check_in()
    await desk.cases.record_answer(anna.tap(check_in.id, Question.EMERGENCY, "some"))
    assert await desk.pending(anna) == [
        (DeliveryKind.ESCALATION, NOON + timedelta(seconds=20)),
        (DeliveryKind.REACHED_HELP, NOON + timedelta(minutes=15)),
        (DeliveryKind.WERE_YOU_SEEN, MORNING),
        (DeliveryKind.WERE_YOU_SEEN, MORNING + timedelta(days=3)),
    ]
    await desk.passes(seconds=20)
    assert len(desk.came(EscalationNotice)) == 1
    await desk.passes(minutes=5)
    assert desk.came(EscalationNotice) == [], "told once"


async def test_a_told_escalation_is_not_told_again_by_the_worker(anna, desk):
    await anna.reports()
    assert DeliveryKind.ESCALATION not in dict(await desk.pending(anna))
    assert (await anna.escalations())[0].sent_at == NOON


async def test_an_escalation_in_the_small_hours_is_followed_up_the_same_morning(anna, desk):
    desk.clock.at = NOON + timedelta(hours=14)  # four in the morning
    await anna.reports()
    assert dict(await desk.pending(anna))[DeliveryKind.WERE_YOU_SEEN] > desk.clock.at
    seen_at = min(at for kind, at in await desk.pending(anna) if kind == "were_you_seen")
    assert seen_at == MORNING


async def test_an_escalation_at_dawn_is_followed_up_the_next_morning(anna, desk):
    desk.clock.at = NOON + timedelta(hours=16)  # six in the morning
    await anna.reports()
    seen_at = min(at for kind, at in await desk.pending(anna) if kind == "were_you_seen")
    assert seen_at == MORNING + timedelta(days=1)


async def test_a_same_day_sign_is_named_and_then_told(anna, desk):
    told = notice(await anna.reports(sign="same-day"), EscalationNotice)
    assert (told.urgency, Finding.ONE_LIMB in told.findings) == (Urgency.URGENT, True)
    assert await desk.pending(anna) == [(DeliveryKind.WERE_YOU_SEEN, MORNING)]


async def test_a_same_day_sign_nobody_names_is_told_after_ten_minutes(anna, desk):
    await anna.opens()
    reply = await anna.answers(
        (Question.RATING, "4"), (Question.EMERGENCY, "none"), (Question.SAME_DAY, "some")
    )
    assert notice(reply, Prompt).question is Question.SAME_DAY_WHICH
    await desk.passes(minutes=9)
    assert desk.came(EscalationNotice) == []
    await desk.passes(minutes=1)
    (told,) = desk.came(EscalationNotice)
    assert told.urgency is Urgency.URGENT
    assert Finding.SAME_DAY_UNSPECIFIED in told.findings


async def test_a_sign_named_in_time_is_told_once(anna, desk):
    await anna.reports(sign="same-day")
    await desk.passes(minutes=30)
    assert desk.came(EscalationNotice) == []


async def test_taking_the_unnamed_sign_back_in_time_tells_nothing(anna, desk):
    await anna.opens()
    same_day = ((Question.EMERGENCY, "none"), (Question.SAME_DAY, "some"))
    await anna.answers((Question.RATING, "4"), *same_day)
    id_ = (await anna.open_check_in()).id
    await desk.cases.go_back(1, id_, desk.next_update())
    await anna.answers((Question.SAME_DAY, "none"))
    await desk.passes(minutes=11)
    assert desk.came(EscalationNotice) == []


async def test_leaving_an_unnamed_sign_tells_it_at_once(anna, desk):
    await anna.opens()
    same_day = ((Question.EMERGENCY, "none"), (Question.SAME_DAY, "some"))
    await anna.answers((Question.RATING, "4"), *same_day)
    id_ = (await anna.open_check_in()).id
    reply = await desk.cases.leave_check_in(1, id_, Closed.STOPPED)
    assert notice(reply, EscalationNotice).urgency is Urgency.URGENT


@pytest.mark.parametrize("rating", ["9", "10"])
async def test_very_severe_pain_is_urgent_once_both_lists_are_denied(anna, rating):
    await anna.opens()
    reply = await anna.answers((Question.RATING, rating), (Question.EMERGENCY, "none"))
    assert notice(reply, Prompt).question is Question.SAME_DAY, "the worse list comes first"
    reply = await anna.answers((Question.SAME_DAY, "none"))
    assert notice(reply, EscalationNotice).urgency is Urgency.URGENT


async def test_severe_pain_twice_in_two_days_is_urgent(anna, desk):
    assert notice(await anna.rates(7), Advice)
    await desk.passes(hours=30)
    assert notice(await anna.rates(7), EscalationNotice).urgency is Urgency.URGENT


async def test_pain_in_the_chest_goes_through_the_lists_again(anna):
    await anna.opens()
    elsewhere = ((Question.REGION, "else"), (Question.ELSEWHERE, BodyRegion.CHEST))
    reply = await anna.answers((Question.RATING, "3"), *CLEAN, *elsewhere)
    assert notice(reply, Prompt).question is Question.EMERGENCY
    reply = await anna.answers((Question.EMERGENCY, "some"))
    assert notice(reply, EscalationNotice).urgency is Urgency.EMERGENCY


async def test_naming_the_sign_keeps_it_for_the_people_who_help(anna):
    await anna.reports()
    reply = await names(anna, Finding.CHEST_PAIN)
    told = notice(reply, EscalationNotice)
    assert reply.toast is Toast.NOTED
    assert Finding.CHEST_PAIN in told.findings
    assert Finding.EMERGENCY_UNSPECIFIED not in told.findings
    assert (await anna.check_ins())[0].value(Question.EMERGENCY_WHICH) == Finding.CHEST_PAIN


async def test_naming_the_sign_under_a_same_day_escalation(anna, desk):
    await anna.opens()
    same_day = ((Question.EMERGENCY, "none"), (Question.SAME_DAY, "some"))
    await anna.answers((Question.RATING, "4"), *same_day)
    await desk.passes(minutes=10)
    assert (
        Finding.NIGHT_PAIN
        in notice(await names(anna, Finding.NIGHT_PAIN), EscalationNotice).findings
    )
    assert (await anna.check_ins())[0].value(Question.SAME_DAY_WHICH) == Finding.NIGHT_PAIN


@pytest.mark.usefixtures("ben")
async def test_only_a_sign_of_the_same_list_can_be_named(anna, desk):
    await anna.reports()
    id_ = (await anna.escalations())[0].id
    name = desk.cases.name_sign
    assert (await names(anna, Finding.ONE_LIMB)).toast is Toast.OLD_BUTTON
    assert (await names(anna, Finding.PAIN)).toast is Toast.OLD_BUTTON
    assert (await name(2, id_, Finding.CHEST_PAIN)).toast is Toast.NOT_YOURS
    assert (await name(9, id_, Finding.CHEST_PAIN)).toast is Toast.OLD_BUTTON
    assert (await name(1, 999, Finding.CHEST_PAIN)).toast is Toast.OLD_BUTTON
    await anna.is_seen()
    assert (await names(anna, Finding.CHEST_PAIN)).toast is Toast.CLOSED


async def test_the_lock_covers_prompts_tips_and_reminders(anna, desk):
    await anna.runs(minutes=30)
    await anna.opens(CheckInKind.SIGNS)
    await anna.answers((Question.EMERGENCY, "some"))
    await desk.passes(hours=30)
    assert desk.came(Prompt) == []
    assert {one.closed for one in await anna.check_ins()} == {Closed.DONE, Closed.LOCKED}
    assert notice(await desk.cases.open_tips.menu(1), LockReminder)


async def test_have_you_reached_help_comes_after_15_minutes_even_in_quiet_hours(anna, desk):
    desk.clock.at = NOON + timedelta(hours=12)  # two at night
    await anna.reports()
    await desk.passes(minutes=14)
    assert desk.came(FollowUpQuestion) == []
    await desk.passes(minutes=1)
    assert [one.question for one in desk.came(FollowUpQuestion)] == [FollowUp.REACHED_HELP]
    assert (await anna.escalations())[0].asked is FollowUp.REACHED_HELP


async def test_whoever_is_on_the_way_is_not_asked_again(anna, desk):
    await anna.reports()
    reply = await anna.says_of_it(Action.ON_THE_WAY)
    assert notice(reply, FollowUpAnswered).reply is FollowUpReply.ON_THE_WAY
    assert (await anna.escalations())[0].reached is Reached.ON_THE_WAY
    await desk.passes(minutes=20)
    assert desk.came(FollowUpQuestion) == []


async def test_not_yet_says_the_number_again_and_keeps_what_was_said(anna):
    await anna.reports()
    reply = await anna.says_of_it(Action.NOT_YET)
    assert notice(reply, FollowUpAnswered).reply is FollowUpReply.NOT_YET
    await anna.says_of_it(Action.UNSEEN)
    assert (await anna.escalations())[0].reached is Reached.NOT_YET


async def test_no_answer_means_next_morning_once_more_after_3_days_then_silence(anna, desk):
    await anna.reports()
    await desk.passes(days=30)
    asked = [one.question for one in desk.came(FollowUpQuestion)]
    assert asked == [FollowUp.REACHED_HELP, FollowUp.WERE_YOU_SEEN, FollowUp.WERE_YOU_SEEN]
    assert notice(await anna.opens(), LockReminder), "the lock stays"


@pytest.mark.parametrize(
    ("sign", "how"), [("emergency", Cleared.CHECKED), ("same-day", Cleared.SEEN)]
)
async def test_seen_ends_it_and_its_follow_ups(anna, desk, sign, how):
    await anna.reports(sign=sign)
    reply = await anna.is_seen()
    assert notice(reply, FollowUpAnswered).reply is FollowUpReply.CLEARED
    assert (await anna.escalations())[0].cleared is how
    assert await desk.pending(anna) == []
    assert (await anna.is_seen()).toast is Toast.CLOSED
    assert notice(await anna.rates(2), Advice).tip is not None


async def test_an_emergency_that_is_gone_becomes_urgent_and_is_asked_about_in_24_hours(anna, desk):
    await anna.reports()
    reply = await anna.says_of_it(Action.GONE)
    assert notice(reply, FollowUpAnswered).reply is FollowUpReply.LOWERED
    assert (await anna.escalations())[0].standing_urgency is Urgency.URGENT
    owed = dict(await desk.pending(anna))
    assert DeliveryKind.REACHED_HELP not in owed
    assert owed[DeliveryKind.STILL_GONE] == NOON + timedelta(hours=24)
    await desk.passes(hours=24)
    assert FollowUp.STILL_GONE in [one.question for one in desk.came(FollowUpQuestion)]
    reply = await anna.says_of_it(Action.STILL_GONE)
    assert notice(reply, FollowUpAnswered).reply is FollowUpReply.GONE
    assert (await anna.escalations())[0].cleared is Cleared.GONE


async def test_after_an_emergency_that_went_away_tips_stay_off_for_a_week(anna, desk):
    await anna.reports()
    await anna.says_of_it(Action.GONE)
    await desk.passes(hours=24)
    await anna.says_of_it(Action.STILL_GONE)
    advice = notice(await anna.rates(3), Advice)
    assert (advice.tip, advice.off_until) == (None, NOON + timedelta(days=7))
    assert notice(await desk.cases.open_tips.menu(1), TipsOff).until == NOON + timedelta(days=7)
    assert notice(await desk.cases.show_movement(1, "plank"), TipsOff)
    assert not notices(await anna.rates(0), Prevention)
    await desk.passes(days=6)
    assert notice(await desk.cases.open_tips.menu(1), TipsMenu)
    assert notice(await anna.rates(3), Advice).tip is not None


async def test_a_week_without_tips_outlives_a_newer_escalation(anna, desk):
    await anna.reports()
    await anna.says_of_it(Action.GONE)
    await anna.opens(CheckInKind.SIGNS)
    same_day = ((Question.SAME_DAY, "some"), (Question.SAME_DAY_WHICH, "night-pain"))
    await anna.answers((Question.EMERGENCY, "none"), *same_day)
    await anna.is_seen()
    assert notice(await desk.cases.open_tips.menu(1), TipsOff)


async def test_still_gone_too_soon_changes_nothing(anna, desk):
    await anna.reports(sign="same-day")
    assert notice(await anna.says_of_it(Action.GONE), FollowUpAnswered).reply is (
        FollowUpReply.GONE_TOO_SOON
    )
    await desk.passes(hours=23)
    reply = await anna.says_of_it(Action.STILL_GONE)
    assert notice(reply, FollowUpAnswered).reply is FollowUpReply.GONE_TOO_SOON
    assert (await anna.escalations())[0].is_open


async def test_a_sign_that_is_back_is_an_emergency_again(anna, desk):
    await anna.reports()
    await anna.says_of_it(Action.GONE)
    reply = await anna.says_of_it(Action.BACK)
    assert notice(reply, FollowUpAnswered).reply is FollowUpReply.BACK
    assert (await anna.escalations())[0].standing_urgency is Urgency.EMERGENCY
    assert DeliveryKind.STILL_GONE not in dict(await desk.pending(anna))


async def test_was_it_a_mistake_is_asked_first(anna):
    await anna.reports()
    reply = await anna.says_of_it(Action.MISTAKE)
    assert notice(reply, MistakeQuestion)
    assert (await anna.escalations())[0].asked is FollowUp.MISTAKE
    reply = await anna.says_of_it(Action.MISTAKE_NO)
    assert notice(reply, FollowUpAnswered).reply is FollowUpReply.STANDS
    escalation = (await anna.escalations())[0]
    assert (escalation.is_open, escalation.asked) == (True, None)


async def test_a_mistake_goes_on_with_the_check_in_and_keeps_both_records(anna, desk):
    await anna.reports("4")
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    assert notice(reply, FollowUpAnswered).reply is FollowUpReply.MISTAKE
    assert notice(reply, Prompt).question is Question.SAME_DAY
    assert (await anna.escalations())[0].cleared is Cleared.MISTAKE
    assert not {kind for kind, _ in await desk.pending(anna)} - {DeliveryKind.EXPIRY}
    assert notice(await anna.finishes(), Advice).tip is not None
    assert len(await anna.decisions()) == 2, "the escalation's decision stays on record"


async def test_a_mistake_on_the_same_day_list(anna):
    await anna.reports("4", sign="same-day")
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    assert notice(reply, Prompt).question is Question.REGION


async def test_a_named_sign_that_was_a_mistake_is_taken_back_with_it(anna):
    await anna.reports("4")
    await names(anna, Finding.CHEST_PAIN)
    await anna.says_of_it(Action.MISTAKE_YES)
    check_in = await anna.open_check_in()
    assert check_in.value(Question.EMERGENCY_WHICH) is None
    assert check_in.value(Question.EMERGENCY) == "none"


async def test_a_mistaken_rating_is_asked_again_from_the_start(anna):
    """No list answer led to it, so it was the 10 itself."""
    await anna.rates(10)
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    assert notice(reply, Prompt).question is Question.RATING
    assert not (await anna.open_check_in()).answers


async def test_a_mistake_told_the_next_day_takes_its_answers_back_and_asks_nothing(anna, desk):
    await anna.reports("4")
    await names(anna, Finding.CHEST_PAIN)
    desk.clock.at += timedelta(hours=20)
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    assert kinds(reply) == ["FollowUpAnswered"]
    (check_in,) = await anna.check_ins()
    assert [one.question for one in check_in.answers] == [Question.RATING]


async def test_typed_words_called_a_mistake_the_next_day_are_no_sign(anna, desk):
    words = Words(anna.user_id, desk.next_update(), "I think I may have chest pain")
    await anna.sees(desk.cases.heed_signs(words))
    await anna.answers((Question.READ, "yes"))
    desk.clock.at += timedelta(hours=20)
    await anna.says_of_it(Action.MISTAKE_YES)
    assert signs_of((await anna.check_ins())[-1]) == frozenset()


async def test_a_mistake_about_a_check_in_that_was_left(anna):
    """One that did not end in the usual way is not opened again."""
    await anna.reports("4")
    check_in = (await anna.check_ins())[0]
    await anna.changes_check_in(check_in, closed=Closed.UNDONE)
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    assert kinds(reply) == ["FollowUpAnswered"]
    assert signs_of((await anna.check_ins())[0]) == frozenset()


@pytest.mark.usefixtures("ben")
async def test_buttons_of_somebody_else_and_of_nobody(anna, desk):
    await anna.reports()
    id_ = (await anna.escalations())[0].id
    answer = desk.cases.answer_follow_up
    assert (await answer(2, id_, Action.CHECKED)).toast is Toast.NOT_YOURS
    assert (await answer(9, id_, Action.CHECKED)).toast is Toast.OLD_BUTTON
    assert (await answer(1, 999, Action.CHECKED)).toast is Toast.OLD_BUTTON
    assert (await anna.escalations())[0].is_open


async def test_a_new_sign_takes_the_older_escalations_place(anna, desk):
    await anna.reports(sign="same-day")
    await anna.opens(CheckInKind.SIGNS)
    reply = await anna.answers((Question.EMERGENCY, "some"))
    assert notice(reply, EscalationNotice).urgency is Urgency.EMERGENCY
    older, newer = await anna.escalations()
    assert (older.cleared, newer.is_open) == (Cleared.REPLACED, True)
    assert all(due_at >= NOON for _, due_at in await desk.pending(anna))


async def test_a_same_day_sign_does_not_lower_an_open_emergency(anna):
    await anna.reports()
    await anna.opens(CheckInKind.SIGNS)
    same_day = ((Question.SAME_DAY, "some"), (Question.SAME_DAY_WHICH, "fever-or-ill"))
    reply = await anna.answers((Question.EMERGENCY, "none"), *same_day)
    told = notice(reply, EscalationNotice)
    assert told.urgency is Urgency.EMERGENCY
    assert {Finding.EMERGENCY_UNSPECIFIED, Finding.FEVER_OR_ILL} <= told.findings


async def test_denying_the_lists_does_not_end_an_open_emergency(anna):
    await anna.reports()
    await anna.opens(CheckInKind.SIGNS)
    assert notice(await anna.answers(*CLEAN), LockReminder)
    assert (await anna.escalations())[-1].is_open


async def test_a_check_in_left_open_before_the_signs_shows_the_escalation_again(anna, desk):
    """Its message can be asked for again as long as the escalation stands."""
    await anna.opens()
    check_in = await anna.open_check_in()
    tap = anna.tap(check_in.id, Question.RATING, "4")
    await anna.sees(desk.cases.record_answer(tap))
    last = anna.tap(check_in.id, Question.EMERGENCY, "some")
    await anna.sees(desk.cases.record_answer(last))
    again = await anna.sees(desk.cases.record_answer(last))
    assert notice(again, EscalationNotice)
    await anna.is_seen()
    over = await anna.sees(desk.cases.record_answer(last))
    assert kinds(over) == ["ClosedCheckIn"]
    assert notice(over, ClosedCheckIn).check_in.closed is Closed.DONE


async def test_a_receipt_for_a_forgotten_escalation_is_ignored(desk):
    await desk.cases.note_escalation_shown(EscalationShown(999), 5)


async def test_without_a_zone_the_morning_is_utc(desk):
    """The signs work before the place is known."""
    dana = await desk.settled(Person(desk, 4), zone=None, city=None)
    await dana.opens(CheckInKind.SIGNS)
    await dana.answers((Question.EMERGENCY, "some"))
    seen_at = min(at for kind, at in await desk.pending(dana) if kind == "were_you_seen")
    assert (seen_at.hour, seen_at.minute) == (8, 0)


@pytest.mark.parametrize("question", [Question.EMERGENCY, Question.SAME_DAY])
async def test_one_or_more_is_never_refused_however_old_its_button(anna, question):
    """The check-in is over; what is tapped now counts now, in a look at the signs of its own."""
    await anna.rates(2)
    old = (await anna.check_ins())[0].id
    reply = await anna.answers((question, "some"), check_in_id=old)
    if question is Question.EMERGENCY:
        assert notice(reply, EscalationNotice).urgency is Urgency.EMERGENCY
    else:
        assert notice(reply, Prompt).question is Question.SAME_DAY_WHICH
    signs = (await anna.check_ins())[-1]
    assert signs.kind is CheckInKind.SIGNS
    assert (await anna.check_ins())[0].closed is Closed.DONE, "the old one stays as it was"


async def test_one_or_more_on_an_open_check_in_overrides_an_earlier_none(anna):
    await anna.opens()
    await anna.answers((Question.RATING, "4"), *CLEAN)
    reply = await anna.answers((Question.EMERGENCY, "some"))
    assert notice(reply, EscalationNotice).urgency is Urgency.EMERGENCY


async def test_one_or_more_tapped_twice_tells_the_same_escalation(anna):
    await anna.reports()
    told = (await anna.escalations())[0].check_in_id
    reply = await anna.answers((Question.EMERGENCY, "some"), check_in_id=told)
    assert notice(reply, EscalationNotice).escalation_id == (await anna.escalations())[0].id
    assert len(await anna.escalations()) == 1


async def test_two_taps_on_an_old_one_or_more_at_the_same_instant_are_one(anna):
    await anna.rates(2)
    old = (await anna.check_ins())[0].id
    await anna.answers((Question.EMERGENCY, "some"), check_in_id=old)
    await anna.answers((Question.EMERGENCY, "some"), check_in_id=old)
    assert len(await anna.escalations()) == 1


async def test_other_answers_wait_while_an_escalation_is_open(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "2"))
    open_one = (await anna.open_check_in()).id
    await desk.cases.ask_later(1, open_one)
    await anna.opens(CheckInKind.SIGNS)
    await anna.answers((Question.EMERGENCY, "some"))
    reply = await anna.answers((Question.REGION, "blades"), check_in_id=open_one)
    assert kinds(reply) == ["LockReminder"]


async def test_walking_back_from_an_unnamed_sign_to_a_0_still_tells_it(anna, desk):
    """A sign was reported; only a "none of these" takes that back, no prevention tip follows."""
    await anna.opens()
    same_day = ((Question.EMERGENCY, "none"), (Question.SAME_DAY, "some"))
    await anna.answers((Question.RATING, "4"), *same_day)
    id_ = (await anna.open_check_in()).id
    for _ in range(3):
        await desk.cases.go_back(1, id_, desk.next_update())
    reply = await anna.answers((Question.RATING, "0"))
    assert notice(reply, EscalationNotice).urgency is Urgency.URGENT
    assert not notices(reply, Prevention)


async def test_an_unnamed_sign_is_not_told_twice(anna, desk):
    """A row left behind finds that this check-in has led to an escalation already."""
    await anna.reports()
    check_in = (await anna.check_ins())[0]
    due_at = desk.clock.at
    row = Delivery(anna.id, DeliveryKind.SIGN_UNNAMED, check_in.id, due_at, "left behind")
    async with desk.database.unit_of_work() as uow:
        await uow.deliveries.enqueue(row)
    await desk.beat()
    assert len(await anna.escalations()) == 1


async def test_a_mistake_brings_back_the_escalation_it_had_taken_the_place_of(anna, desk):
    await anna.reports(sign="same-day")
    await anna.opens(CheckInKind.SIGNS)
    await anna.answers((Question.EMERGENCY, "some"))
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    assert kinds(reply) == ["FollowUpAnswered", "LockReminder"]
    older, newer = await anna.escalations()
    assert (older.is_open, newer.cleared) == (True, Cleared.MISTAKE)
    assert signs_of((await anna.check_ins())[-1]) == frozenset(), "what was mistaken is no sign"
    assert DeliveryKind.WERE_YOU_SEEN in dict(await desk.pending(anna))


async def test_a_same_day_sign_that_is_back_asks_for_no_ambulance(anna, desk):
    await anna.reports(sign="same-day")
    await anna.says_of_it(Action.GONE)
    reply = await anna.says_of_it(Action.BACK)
    assert notice(reply, EscalationNotice).urgency is Urgency.URGENT
    assert DeliveryKind.REACHED_HELP not in dict(await desk.pending(anna))


async def test_naming_the_sign_of_an_escalation_without_a_check_in(anna, desk):
    row = Escalation(anna.id, Urgency.URGENT, frozenset({Finding.SAME_DAY_UNSPECIFIED}), NOON)
    async with desk.database.unit_of_work() as uow:
        await uow.escalations.add(row)
    assert (
        Finding.NIGHT_PAIN
        in notice(await names(anna, Finding.NIGHT_PAIN), EscalationNotice).findings
    )
    assert notice(await anna.says_of_it(Action.MISTAKE_YES), FollowUpAnswered)
    assert await anna.check_ins() == ()


async def test_an_older_check_in_is_not_judged_by_what_came_after_it(anna, desk):
    await anna.rates(7)
    older = (await anna.check_ins())[-1]
    await desk.passes(hours=2)
    await anna.rates(7)
    assert (await anna.escalations())[0].urgency is Urgency.URGENT
    await anna.is_seen()
    another = await anna.sees(desk.cases.another_tip(1, older.id, desk.next_update()))
    assert not notices(another, EscalationNotice), "that was told, and somebody has looked"
    assert len(await anna.escalations()) == 1
