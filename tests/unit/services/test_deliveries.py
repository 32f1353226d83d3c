"""What is due: is it still wanted, is it quiet, and what became of sending it."""

from datetime import timedelta

import pytest
from support.desk import CLEAN, kinds, notice
from support.made import NOON

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.delivery import (
    LEASE,
    MAX_ATTEMPTS,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Failed,
    RetryLater,
    Unknown,
    Unreachable,
)
from bot.domain.runner import Preferences
from bot.services.follow_ups import Action
from bot.services.heeding import Words
from bot.services.notices import (
    ClosedCheckIn,
    EscalationNotice,
    FollowUpQuestion,
    MovedBelow,
    Prompt,
)
from bot.services.ports import StorageUnavailable

SOON = NOON + timedelta(hours=1)
MORNING = NOON + timedelta(hours=18)


async def delivery(desk, kind):
    """The one delivery of a kind, whatever its state; None where there is none."""
    async with desk.database.unit_of_work(writing=False) as uow:
        found = [await uow.deliveries.get(number) for number in range(1, 30)]
    return next((one for one in found if one and one.kind is kind), None)


async def owe(desk, person, kind, subject_id, *, after=timedelta(0)):
    """Owe somebody something directly, as a row left behind would."""
    due_at = desk.clock.at + after
    row = Delivery(person.id, kind, subject_id, due_at, f"{kind}:{subject_id}:test")
    async with desk.database.unit_of_work() as uow:
        assert await uow.deliveries.enqueue(row)


def said(desk):
    """What came since the last look, by name."""
    names = [name for reply, _ in desk.post.replies for name in kinds(reply)]
    desk.post.replies.clear()
    return names


async def test_a_check_in_comes_when_it_is_due_and_once(anna, desk):
    await anna.runs(minutes=0)
    await desk.passes(minutes=59)
    assert said(desk) == []
    await desk.passes(minutes=1)
    assert said(desk) == ["Prompt"]
    await desk.passes(minutes=30)
    assert said(desk) == []
    assert (await anna.open_check_in()).opened_at == SOON


async def test_one_reminder_hours_later_moves_the_prompt_down(anna, desk):
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    desk.came(Prompt)
    await desk.passes(hours=4)
    (reply, urgent) = desk.post.replies[0]
    assert kinds(reply) == ["MovedBelow", "Prompt"]
    assert notice(reply, Prompt).reminding
    assert not urgent
    assert len(desk.post.replies) == 1


async def test_an_answer_cancels_the_reminder(anna, desk):
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    await anna.answers((Question.RATING, "0"))
    desk.came(Prompt)
    await desk.passes(hours=5)
    assert said(desk) == []


async def reminder_due(anna, desk):
    """A prompt was asked and its reminder is about to come."""
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    desk.post.replies.clear()


async def test_no_reminder_once_it_was_turned_off_or_during_a_pause(anna, ben, desk):
    await reminder_due(anna, desk)
    await anna.changes(preferences=Preferences(reminder=False))
    await reminder_due(ben, desk)
    await ben.changes(paused_at=NOON)
    await desk.passes(hours=4)
    assert said(desk) == []


async def test_no_reminder_in_quiet_hours(anna, desk):
    desk.clock.at = NOON + timedelta(hours=6)  # 20:00 in Berlin
    await reminder_due(anna, desk)
    await desk.passes(hours=4)
    assert said(desk) == []


async def test_no_reminder_while_an_escalation_is_open(anna, desk):
    await reminder_due(anna, desk)
    prompt = await anna.open_check_in()
    await anna.opens(CheckInKind.SIGNS)
    await anna.answers((Question.EMERGENCY, "some"))
    await anna.changes_check_in(prompt)
    await owe(desk, anna, DeliveryKind.REMINDER, prompt.id)
    desk.post.replies.clear()
    await desk.passes(minutes=1)
    assert said(desk) == []


async def test_no_reminder_after_a_host_has_slept_over_the_window(anna, desk):
    """Simulation, seed 2041: an answer at the same moment put the closing off."""
    await reminder_due(anna, desk)
    prompt = await anna.open_check_in()
    async with desk.database.unit_of_work() as uow:
        await uow.deliveries.cancel(prompt.id, frozenset({DeliveryKind.EXPIRY}), "put off")
    desk.clock.at += timedelta(hours=48)
    while await desk.beat():
        pass
    assert said(desk) == []


async def test_no_reminder_while_a_typed_sign_is_asked_about(anna, desk):
    await reminder_due(anna, desk)
    words = Words(anna.user_id, desk.next_update(), "I think I may have a fever")
    assert notice(await anna.sees(desk.cases.heed_signs(words)), Prompt)
    await desk.passes(hours=4)
    assert said(desk) == []


async def test_a_reminder_for_a_message_that_never_arrived_is_just_the_prompt(anna, desk):
    await reminder_due(anna, desk)
    await anna.changes_check_in(await anna.open_check_in(), message_id=None)
    await desk.passes(hours=3)
    assert said(desk) == ["Prompt"]


async def test_a_check_in_nobody_starts_closes_in_place_and_silently(anna, desk):
    await reminder_due(anna, desk)
    await desk.passes(hours=8)
    closed = desk.post.replies[-1][0]
    assert notice(closed, ClosedCheckIn).check_in.closed is Closed.EXPIRED
    assert not closed.messages
    assert closed.edits[0].only_in_place


async def test_it_never_closes_while_the_runner_is_answering(anna, desk):
    await anna.opens()
    for minutes, answer in (
        (40, (Question.RATING, "4")),
        (40, CLEAN[0]),
        (40, CLEAN[1]),
        (40, (Question.REGION, "side")),
    ):
        await desk.passes(minutes=minutes)
        await anna.answers(answer)
    await desk.passes(minutes=44)
    assert await anna.open_check_in() is not None
    await desk.passes(minutes=1)
    assert (await anna.check_ins())[0].closed is Closed.EXPIRED


async def test_an_old_expiry_finds_the_runner_answering(anna, desk):
    """A row that was under way while the answer came moves on instead of closing."""
    await anna.opens()
    await anna.answers((Question.RATING, "4"))
    await owe(desk, anna, DeliveryKind.EXPIRY, (await anna.open_check_in()).id)
    await desk.passes(minutes=44)
    assert await anna.open_check_in() is not None
    await desk.passes(minutes=1)
    assert await anna.open_check_in() is None


async def test_an_expiry_that_was_lost_on_its_way_is_shown_again(anna, desk):
    await reminder_due(anna, desk)
    await desk.passes(hours=7)
    desk.post.replies.clear()
    desk.post.outcomes = [Failed("lost")]
    await desk.passes(hours=2)
    assert said(desk) == ["ClosedCheckIn"] * 2
    assert (await anna.check_ins())[0].closed is Closed.EXPIRED


@pytest.mark.parametrize(
    "kind",
    [DeliveryKind.CHECK_IN, DeliveryKind.REMINDER, DeliveryKind.EXPIRY, DeliveryKind.SIGN_UNNAMED],
)
async def test_rows_about_what_is_no_longer_there_are_settled(anna, desk, kind):
    await owe(desk, anna, kind, 999)
    await desk.beat()
    assert said(desk) == []
    assert (await delivery(desk, kind)).state is DeliveryState.DONE


@pytest.mark.parametrize("kind", [DeliveryKind.ESCALATION, DeliveryKind.WERE_YOU_SEEN])
async def test_rows_about_an_escalation_that_is_over_are_settled(anna, desk, kind):
    await owe(desk, anna, kind, 999)
    await desk.beat()
    assert said(desk) == []
    await anna.reports()
    id_ = (await anna.escalations())[0].id
    await anna.is_seen()
    await owe(desk, anna, kind, id_)
    await desk.beat()
    assert said(desk) == []


async def test_a_check_in_answered_in_the_meantime_is_not_asked_again(anna, desk):
    await anna.runs(minutes=0)
    await anna.opens()
    await anna.answers((Question.RATING, "3"))
    await owe(desk, anna, DeliveryKind.CHECK_IN, (await anna.open_check_in()).id)
    await desk.beat()
    assert said(desk) == []


async def test_a_prompt_that_was_opened_but_never_sent_is_sent(anna, desk):
    """A kill between commit and send leaves the row; the next beat shows the same question."""
    await anna.runs(minutes=60)
    desk.post.outcomes = [OSError("killed")]
    await desk.beat()
    assert said(desk) == []
    assert (await anna.open_check_in()) is not None
    await desk.passes(minutes=2)
    assert said(desk) == ["Prompt"]


async def test_during_a_pause_nothing_is_asked(anna, desk):
    await anna.runs(minutes=0)
    await desk.cases.pause.start(1, 1)
    await desk.passes(hours=2)
    assert said(desk) == []
    assert (await anna.check_ins())[0].closed is Closed.PAUSED


async def test_after_consent_was_withdrawn_nothing_is_asked(anna, desk):
    await anna.runs(minutes=0)
    await anna.changes(consent=None)
    await desk.passes(hours=2)
    assert said(desk) == []


async def test_while_an_escalation_is_open_prompts_are_dropped_as_locked(anna, desk):
    await anna.runs(minutes=0)
    await anna.opens(CheckInKind.SIGNS)
    await anna.answers((Question.EMERGENCY, "some"))
    await desk.passes(hours=2)
    assert Closed.LOCKED in [one.closed for one in await anna.check_ins()]


async def test_after_a_long_outage_a_prompt_has_lost_its_meaning(anna, desk):
    await anna.runs(minutes=0)
    desk.clock.at += timedelta(hours=9)
    await desk.beat()
    assert said(desk) == []
    assert (await anna.check_ins())[0].closed is Closed.TOO_LATE


async def test_a_soon_after_that_meets_quiet_hours_is_dropped_with_that_reason(anna, desk):
    await anna.runs(minutes=0)
    desk.clock.at = NOON + timedelta(hours=8, minutes=30)  # 22:30 in Berlin
    await desk.beat()
    assert said(desk) == []
    assert (await anna.check_ins())[0].closed is Closed.QUIET_HOURS


async def test_a_morning_that_meets_quiet_hours_waits_for_their_end(anna, desk):
    await anna.changes(preferences=Preferences(morning_at=(NOON + timedelta(hours=-7)).time()))
    await anna.runs(minutes=0)  # asked at five, two hours before the quiet ends
    await desk.passes(hours=15, minutes=1)
    desk.post.replies.clear()
    assert (await anna.check_ins())[1].opened_at is None
    await desk.passes(hours=2)
    assert (await anna.check_ins())[1].opened_at == NOON + timedelta(hours=17)


async def test_a_doubtful_prompt_is_not_repeated_in_quiet_hours(anna, desk):
    """Opened ten seconds before them and perhaps never seen: answers count, nothing is sent."""
    desk.clock.at = NOON + timedelta(hours=7, minutes=59, seconds=50)
    await anna.runs(minutes=60)
    desk.post.outcomes = [Unknown()]
    await desk.beat()
    assert said(desk) == ["Prompt"]
    await desk.passes(minutes=5)
    assert said(desk) == []
    assert (await anna.open_check_in()) is not None


async def test_a_new_prompt_closes_one_that_nobody_started(anna, desk):
    await anna.opens()
    await anna.runs(minutes=60)
    desk.clock.at += timedelta(hours=1)
    await desk.beat()
    assert said(desk)[-2:] == ["ClosedCheckIn", "Prompt"]
    assert Closed.REPLACED in [one.closed for one in await anna.check_ins()]


async def test_a_new_prompt_waits_while_another_one_is_being_answered(anna, desk):
    await anna.runs(minutes=0)
    await desk.passes(minutes=55)
    await anna.opens(CheckInKind.SIGNS)
    await anna.answers(CLEAN[0])
    desk.post.replies.clear()
    await desk.passes(minutes=20)
    assert said(desk) == []
    await desk.passes(minutes=30)
    assert said(desk) == ["ClosedCheckIn", "Prompt"]


async def test_after_an_outage_one_follow_up_is_enough(anna, desk):
    await anna.reports()
    desk.clock.at = MORNING
    for _ in range(3):
        await desk.beat()
    assert len(desk.came(FollowUpQuestion)) == 1


async def test_escalations_and_follow_ups_are_sent_as_urgent(anna, desk):
    await anna.reports()
    await desk.passes(minutes=15)
    assert [urgent for _, urgent in desk.post.replies] == [True]


async def test_a_forgotten_runner_is_owed_nothing(anna, desk):
    await anna.runs(minutes=0)
    await desk.cases.forget.confirm(1)
    await desk.passes(hours=2)
    assert said(desk) == []


# What became of sending it.


async def test_told_to_wait_it_comes_when_the_wait_is_over(anna, desk):
    await anna.runs(minutes=60)
    desk.post.outcomes = [RetryLater(timedelta(seconds=42))]
    await desk.beat()
    row = await delivery(desk, DeliveryKind.CHECK_IN)
    assert (row.due_at, row.attempts) == (NOON + timedelta(seconds=42), 0)


async def test_a_doubtful_prompt_is_sent_once_more_a_lease_later(anna, desk):
    await anna.runs(minutes=60)
    desk.post.outcomes = [Unknown(), Unknown()]
    await desk.beat()
    row = await delivery(desk, DeliveryKind.CHECK_IN)
    assert (row.due_at, row.attempts) == (NOON + LEASE, 1)
    await desk.passes(minutes=2)
    row = await delivery(desk, DeliveryKind.CHECK_IN)
    assert (row.state, row.reason) == (DeliveryState.DONE, "sent, not confirmed")
    assert len(desk.post.replies) == 2


async def test_a_doubtful_escalation_is_sent_again_until_it_is_certain(anna, desk):
    await anna.opens()
    check_in = await anna.open_check_in()
    await anna.answers((Question.RATING, "4"))
    await desk.cases.record_answer(anna.tap(check_in.id, Question.EMERGENCY, "some"))
    desk.post.outcomes = [Unknown()] * 3
    await desk.passes(seconds=20)
    assert len(desk.came(EscalationNotice)) == 4
    assert (await anna.escalations())[0].sent_at is not None


async def test_a_doubtful_escalation_does_not_go_round_for_ever(anna, desk):
    await anna.opens()
    check_in = await anna.open_check_in()
    await anna.answers((Question.RATING, "4"))
    await desk.cases.record_answer(anna.tap(check_in.id, Question.EMERGENCY, "some"))
    desk.post.outcomes = [Unknown()] * 99
    await desk.passes(seconds=20)
    assert len(desk.post.replies) == MAX_ATTEMPTS + 1


async def test_whoever_blocked_the_bot_is_left_alone_and_counted_as_missing(anna, desk):
    await anna.runs(minutes=0)
    desk.post.outcomes = [Unreachable("blocked")]
    await desk.passes(hours=1)
    assert (await anna.record()).blocked_at == SOON
    soon_after, morning = await anna.check_ins()
    assert soon_after.closed is Closed.UNREACHABLE
    desk.post.replies.clear()
    await desk.passes(hours=30)
    assert said(desk) == []
    assert (await anna.check_ins())[1].closed is Closed.UNREACHABLE
    assert morning.closed is None


async def test_blocked_since_before_changes_nothing_more(anna, desk):
    await anna.runs(minutes=0)
    await anna.changes(blocked_at=NOON - timedelta(days=1))
    await desk.passes(hours=1)
    assert (await anna.record()).blocked_at == NOON - timedelta(days=1)
    assert said(desk) == []


async def test_somebody_who_blocks_and_deletes_at_the_same_moment(anna, desk):
    """The runner is forgotten while the message is under way."""
    await anna.runs(minutes=60)

    class Forgets:
        async def deliver(self, _reply, *, urgent):  # noqa: ARG002 - the port's signature
            await desk.cases.forget.confirm(1)
            return Unreachable("deleted")

    await desk.beat(Forgets())
    assert await anna.record() is None


async def test_a_refused_message_backs_off_and_after_eight_times_is_dead(anna, desk):
    await anna.runs(minutes=60)
    desk.post.outcomes = [Failed("refused")] * 99
    await desk.beat()
    row = await delivery(desk, DeliveryKind.CHECK_IN)
    assert (row.due_at, row.attempts) == (NOON + timedelta(seconds=30), 1)
    await desk.passes(hours=1)
    row = await delivery(desk, DeliveryKind.CHECK_IN)
    assert (row.state, row.reason) == (DeliveryState.DEAD, "refused")
    assert len(desk.post.replies) == MAX_ATTEMPTS
    assert desk.dead == [(DeliveryKind.CHECK_IN, "refused")], "said once, when it was given up"


async def test_one_bad_row_is_reported_and_does_not_stop_the_others(anna, ben, desk):
    await anna.runs(minutes=60)
    await ben.runs(minutes=60)
    desk.post.outcomes = [ValueError("bad")]
    assert await desk.beat() == 2
    assert said(desk) == ["Prompt"]
    ((row, error),) = desk.reported
    assert (row.kind, str(error)) == (DeliveryKind.CHECK_IN, "bad")


async def test_without_a_database_nothing_is_settled_or_given_up(anna, desk):
    """Whatever is due stays due until the database is back."""
    await anna.runs(minutes=60)
    desk.post.outcomes = [StorageUnavailable()]
    with pytest.raises(StorageUnavailable):
        await desk.beat()
    assert desk.reported == []
    assert (await delivery(desk, DeliveryKind.CHECK_IN)).state is DeliveryState.PENDING


async def test_a_prompt_in_doubt_is_not_repeated_after_a_host_has_slept(anna, desk):
    """Simulation, seed 402: it was asked once more two days later."""
    await anna.runs(minutes=60)
    desk.post.outcomes = [Unknown()]
    await desk.beat()
    desk.post.replies.clear()
    desk.clock.at += timedelta(hours=50)
    while await desk.beat():
        pass
    assert desk.came(Prompt) == []
    assert (await anna.check_ins())[0].closed_at is not None


async def test_what_was_claimed_by_an_old_look_at_the_clock_is_left_to_the_next_claim(anna, desk):
    """Simulation, seed 5137: the host slept in between, and two processes sent the prompt."""

    class SleepsMeanwhile:
        async def claim(self, *args):
            desk.clock.at += timedelta(hours=1)
            return await desk.queue.claim(*args)

    await anna.runs(minutes=60)
    assert await desk.beat(queue=SleepsMeanwhile()) == 0
    assert said(desk) == []
    await desk.beat()
    assert said(desk) == ["Prompt"]


async def test_a_prompt_in_doubt_is_not_repeated_before_its_time(anna, desk):
    """Simulation, seed 1965: the machine's clock was set back as it went out."""
    await anna.runs(minutes=60)
    deliver = desk.post.deliver

    async def as_the_clock_is_set_back(reply, *, urgent):
        desk.clock.at -= timedelta(hours=3)
        await deliver(reply, urgent=urgent)
        return Unknown()

    desk.post.deliver = as_the_clock_is_set_back
    await desk.beat()
    desk.post.deliver = deliver
    desk.post.replies.clear()
    await desk.passes(hours=2, minutes=59)
    assert desk.came(Prompt) == []
    await desk.passes(minutes=2)
    assert len(desk.came(Prompt)) == 1


async def test_a_prompt_in_doubt_is_not_repeated_under_a_lock(anna, desk):
    await anna.runs(minutes=60)
    desk.post.outcomes = [Unknown()]
    await desk.beat()
    await anna.reports()
    desk.post.replies.clear()
    await desk.passes(minutes=2)
    assert desk.came(Prompt) == []


def going(desk, refusals):
    """Let the database go away for so many tries as soon as something was sent."""
    deliver = desk.post.deliver

    async def and_then_away(reply, *, urgent):
        outcome = await deliver(reply, urgent=urgent)
        desk.refusals = refusals
        return outcome

    desk.post.deliver = and_then_away


async def test_what_was_sent_while_the_database_went_away_is_noted_and_not_sent_again(anna, desk):
    await anna.runs(minutes=60)
    going(desk, refusals=3)
    await desk.beat()
    assert desk.paused == [0.5, 1, 2]
    assert (await delivery(desk, DeliveryKind.CHECK_IN)).state is DeliveryState.DONE
    assert await desk.beat() == 0


async def test_a_database_that_stays_away_is_not_waited_for_without_end(anna, desk):
    await anna.runs(minutes=60)
    going(desk, refusals=99)
    with pytest.raises(StorageUnavailable):
        await desk.beat()
    assert desk.paused == [0.5, 1, 2, 4]
    desk.refusals = 0
    assert (await delivery(desk, DeliveryKind.CHECK_IN)).state is DeliveryState.PENDING


async def test_a_prompt_moved_down_leaves_a_trace(anna, desk):
    await reminder_due(anna, desk)
    await desk.passes(hours=3)
    assert len(desk.came(MovedBelow)) == 1


async def test_an_escalation_for_somebody_who_blocked_the_bot_waits_for_them(anna, desk):
    await anna.opens()
    check_in = await anna.open_check_in()
    await anna.answers((Question.RATING, "4"))
    await desk.cases.record_answer(anna.tap(check_in.id, Question.EMERGENCY, "some"))
    desk.post.outcomes = [Unreachable("blocked")]
    await desk.passes(minutes=5)
    assert (await delivery(desk, DeliveryKind.ESCALATION)).state is DeliveryState.PENDING
    desk.post.replies.clear()
    await desk.passes(minutes=20)
    assert said(desk) == [], "still blocked"
    await desk.cases.note_reachable(1, blocked=False)
    await desk.passes(minutes=10)
    assert "EscalationNotice" in said(desk)


async def test_what_was_said_counts_at_once_even_if_nobody_can_be_told(anna, desk):
    """The sign was left unnamed and the bot blocked: the escalation is opened all the same."""
    await anna.opens()
    same_day = ((Question.EMERGENCY, "none"), (Question.SAME_DAY, "some"))
    await anna.answers((Question.RATING, "4"), *same_day)
    await desk.cases.note_reachable(1, blocked=True)
    await desk.passes(minutes=10)
    assert (await anna.escalations())[0].is_open


async def test_a_check_in_of_somebody_who_blocked_the_bot_still_expires(anna, desk):
    await anna.opens()
    await desk.cases.note_reachable(1, blocked=True)
    await desk.passes(hours=9)
    assert (await anna.check_ins())[0].closed is Closed.EXPIRED


async def test_a_reminder_of_somebody_who_blocked_the_bot_is_dropped(anna, desk):
    await reminder_due(anna, desk)
    await desk.cases.note_reachable(1, blocked=True)
    await desk.passes(hours=4)
    assert (await delivery(desk, DeliveryKind.REMINDER)).state is DeliveryState.DONE


@pytest.mark.parametrize("answered", [True, False])
async def test_blocking_never_closes_what_was_answered(anna, desk, answered):
    await anna.runs(minutes=60)
    await anna.opens()
    if answered:
        await anna.answers((Question.RATING, "3"))
    await desk.cases.note_reachable(1, blocked=True)
    await owe(desk, anna, DeliveryKind.CHECK_IN, (await anna.open_check_in()).id)
    await owe(desk, anna, DeliveryKind.CHECK_IN, 999)
    for _ in range(2):
        await desk.beat()
    assert (await anna.check_ins())[0].closed is (None if answered else Closed.UNREACHABLE)


async def test_somebody_forgotten_between_claim_and_send(anna, desk):
    await anna.runs(minutes=60)

    class ForgetsMeanwhile:
        async def claim(self, *args):
            claimed = await desk.queue.claim(*args)
            await desk.cases.forget.confirm(1)
            return claimed

    assert await desk.beat(queue=ForgetsMeanwhile()) == 1
    assert said(desk) == []


async def test_an_expiry_row_of_a_finished_check_in_is_settled(anna, desk):
    await anna.rates(0)
    await owe(desk, anna, DeliveryKind.EXPIRY, (await anna.check_ins())[0].id)
    await desk.beat()
    assert said(desk) == []
    assert (await anna.check_ins())[0].closed is Closed.DONE


async def test_an_urgent_rating_whose_own_clock_was_lost_is_told_instead_of_asking_on(anna, desk):
    await anna.runs(minutes=0)
    await anna.opens(CheckInKind.PLANNED)
    await anna.answers((Question.RATING, "9"))
    async with desk.database.unit_of_work() as uow:
        lost = frozenset({DeliveryKind.EXPIRY})
        await uow.deliveries.cancel((await anna.open_check_in()).id, lost, "lost")
    await desk.passes(hours=1)
    assert said(desk) == ["ClosedCheckIn", "EscalationNotice"]
    assert (await anna.check_ins())[1].closed is Closed.LOCKED


async def test_a_reached_help_question_answered_in_the_meantime_is_not_asked(anna, desk):
    await anna.reports()
    await anna.says_of_it(Action.ON_THE_WAY)
    await owe(desk, anna, DeliveryKind.REACHED_HELP, (await anna.escalations())[0].id)
    await desk.beat()
    assert said(desk) == []


async def test_a_prompt_whose_sending_was_not_noted_is_put_off_as_well(anna, desk):
    await anna.opens()
    check_in = await anna.open_check_in()
    await owe(desk, anna, DeliveryKind.CHECK_IN, check_in.id, after=LEASE)
    await desk.cases.ask_later(1, check_in.id)
    await desk.passes(minutes=59)
    assert said(desk) == []
    await desk.passes(minutes=1)
    assert said(desk) == ["Prompt"]


async def test_a_prompt_put_off_while_a_worker_has_it_waits_for_its_hour(anna, desk):
    await anna.opens()
    check_in = await anna.open_check_in()
    await owe(desk, anna, DeliveryKind.CHECK_IN, check_in.id)

    class PutOffMeanwhile:
        async def claim(self, *args):
            claimed = await desk.queue.claim(*args)
            await desk.cases.ask_later(1, check_in.id)
            return claimed

    assert await desk.beat(queue=PutOffMeanwhile()) == 1
    assert said(desk) == []
    await desk.passes(hours=1)
    assert said(desk) == ["Prompt"]
