"""A reply on its way into the chat: what goes first, what is edited, what became of it."""

from datetime import timedelta

import pytest
from support.database import fresh_database
from support.desk import Desk, Person
from support.line import Line, courier
from support.made import runner
from telegram.error import RetryAfter

from bot.domain.check_in import Question
from bot.domain.delivery import Failed, RetryLater, Sent, Unknown, Unreachable
from bot.domain.red_flags import Finding, Urgency
from bot.services.notices import (
    ClosedCheckIn,
    EscalationNotice,
    MovedBelow,
    Plain,
    PlainNotice,
    Prompt,
)
from bot.services.replies import Edit, EscalationShown, Message, Reply, say, swap, toast
from bot.services.replies import Toast as Line_
from bot.telegram.courier import NotDelivered

CHAT, TAPPED = 77, 40
KEPT, CANCELLED = PlainNotice(Plain.KEPT), PlainNotice(Plain.CANCELLED)
EMERGENCY = EscalationNotice(
    Urgency.EMERGENCY, frozenset({Finding.EMERGENCY_UNSPECIFIED}), 7, "DE"
)
UNRECORDED = EscalationNotice(
    Urgency.EMERGENCY, frozenset({Finding.EMERGENCY_UNSPECIFIED}), None, "DE"
)
WHO = runner(chat_id=CHAT)


@pytest.fixture
async def desk(tmp_path):
    database = await fresh_database(tmp_path)
    yield Desk(database)
    await database.close()


@pytest.fixture
def line():
    return Line()


@pytest.fixture
def carrier(desk, line):
    return courier(desk, line)


def did(line):
    """The acts without their screens: what, where, which message."""
    return [(act, chat_id, message_id) for act, chat_id, message_id, _, _ in line.acts]


async def test_an_escalation_goes_before_every_edit_and_every_other_message(carrier, line):
    reply = Reply(WHO, (Edit(KEPT, 12),), (Message(CANCELLED), Message(EMERGENCY)))
    await carrier.respond(reply, CHAT)
    assert [act[0] for act in line.acts] == ["send", "edit", "send"]
    assert "Call 112 now." in line.acts[0][3].text
    assert line.acts[0][4], "it overtakes what waits for its turn"


async def test_the_tapped_message_is_changed_in_place(carrier, line):
    await carrier.respond(swap(WHO, KEPT), CHAT, TAPPED)
    assert did(line) == [("edit", CHAT, TAPPED)]


async def test_what_has_served_its_turn_is_taken_away_before_anything_new_is_said(carrier, line):
    reply = Reply(WHO, (Edit(KEPT, 12),), (Message(CANCELLED),), clears_tapped=True)
    await carrier.respond(reply, CHAT, TAPPED)
    assert did(line)[0] == ("edit", CHAT, 12)
    assert line.cleared == [(CHAT, TAPPED, 1)]
    await carrier.respond(reply, CHAT)
    assert len(line.cleared) == 1, "nothing was tapped"


async def test_a_typed_command_has_nothing_to_change_so_it_is_a_new_message(carrier, line):
    await carrier.respond(swap(WHO, KEPT), CHAT)
    assert did(line)[0][0] == "send"
    line.acts.clear()
    in_place = Reply(WHO, (Edit(KEPT, only_in_place=True),))
    await carrier.respond(in_place, CHAT)
    assert line.acts == []


async def test_a_message_that_cannot_be_edited_any_more_is_sent_anew(carrier, line):
    line.outcomes = [Failed("message is too old")]
    await carrier.respond(Reply(WHO, (Edit(KEPT, 12),)), CHAT)
    assert [act[0] for act in line.acts] == ["edit", "send"]


async def test_what_is_only_worth_it_in_place_is_not_sent_anew(carrier, line):
    line.outcomes = [Failed("message is too old")]
    reply = Reply(WHO, (Edit(MovedBelow(), 12, only_in_place=True),), (Message(KEPT),))
    await carrier.respond(reply, CHAT)
    assert [act[0] for act in line.acts] == ["edit", "send"]
    assert "Nothing was deleted." in line.acts[1][3].text


async def test_a_prompts_message_is_kept_so_that_it_goes_on_being_edited(carrier, line, desk):
    anna = await desk.settled(Person(desk, CHAT))
    await carrier.respond(await desk.cases.check_in_now(CHAT, 1), CHAT)
    sent_as = line.acts[0][2]
    assert (await anna.open_check_in()).message_id == sent_as
    reply = await desk.cases.record_answer(anna.tap(1, Question.RATING, "4"))
    await carrier.respond(reply, CHAT, sent_as)
    assert did(line)[-1] == ("edit", CHAT, sent_as)


async def test_a_prompt_that_moved_into_another_message_is_followed(carrier, line, desk):
    anna = await desk.settled(Person(desk, CHAT))
    await carrier.respond(await desk.cases.check_in_now(CHAT, 1), CHAT)
    reply = await desk.cases.record_answer(anna.tap(1, Question.RATING, "4"))
    line.outcomes = [Failed("gone")]
    await carrier.respond(reply, CHAT, 501)
    assert (await anna.open_check_in()).message_id == line.acts[-1][2]


async def test_a_prompt_shown_in_the_tapped_message_is_kept_there(carrier, desk):
    """As after "Ask me now" on a message that had no check-in before."""
    anna = await desk.settled(Person(desk, CHAT))
    reply = await desk.cases.check_in_now(CHAT, 1)
    (message,) = reply.messages
    await carrier.respond(Reply(WHO, (Edit(message.notice, None, message.receipt),)), CHAT, TAPPED)
    assert (await anna.open_check_in()).message_id == TAPPED


async def test_a_told_escalation_settles_its_delivery(carrier, desk):
    anna = await desk.settled(Person(desk, CHAT))
    await anna.opens()
    await anna.answers((Question.RATING, "4"))
    tap = anna.tap((await anna.open_check_in()).id, Question.EMERGENCY, "some")
    await carrier.respond(await desk.cases.record_answer(tap), CHAT, TAPPED)
    assert (await anna.escalations())[0].sent_at is not None
    assert "escalation" not in dict(await desk.pending(anna))


async def test_a_doubtful_message_is_not_acknowledged(carrier, line, desk):
    anna = await desk.settled(Person(desk, CHAT))
    line.outcomes = [Unknown(), Unknown()]
    await carrier.respond(await desk.cases.check_in_now(CHAT, 1), CHAT)
    assert (await anna.open_check_in()).message_id is None


async def test_told_to_slow_down_the_update_comes_again_later(carrier, line):
    line.outcomes = [RetryLater(timedelta(seconds=30))]
    with pytest.raises(RetryAfter) as slow:
        await carrier.respond(say(WHO, KEPT), CHAT)
    assert slow.value.retry_after == timedelta(seconds=30)
    line.outcomes = [RetryLater(timedelta(0))]
    with pytest.raises(RetryAfter) as slow:
        await carrier.respond(Reply(WHO, (Edit(KEPT, 12),), (Message(KEPT),)), CHAT)
    assert slow.value.retry_after == timedelta(seconds=1)


async def test_whoever_blocked_the_bot_is_noted_and_not_written_to(carrier, line, desk):
    anna = await desk.settled(Person(desk, CHAT))
    line.outcomes = [Unreachable("blocked")]
    await carrier.respond(say(WHO, KEPT, CANCELLED), CHAT)
    assert len(line.acts) == 1
    assert (await anna.record()).blocked_at is not None


async def test_a_refused_message_is_loud(carrier, line):
    line.outcomes = [Failed("can't parse entities")]
    with pytest.raises(NotDelivered):
        await carrier.respond(say(WHO, KEPT), CHAT)


async def test_an_answer_in_doubt_is_given_once_more(carrier, line):
    line.outcomes = [Unknown(), Sent(501), Unknown(), Sent(12)]
    await carrier.respond(Reply(WHO, messages=(Message(KEPT),)), CHAT)
    await carrier.respond(Reply(WHO, (Edit(KEPT, 12),)), CHAT)
    assert [act[0] for act in did(line)] == ["send", "send", "edit", "edit"]


async def test_the_worker_counts_what_is_in_doubt_by_itself(carrier, line):
    line.outcomes = [Unknown()]
    assert await carrier.deliver(say(WHO, KEPT), urgent=False) == Unknown()
    assert len(line.acts) == 1


async def test_an_answer_in_doubt_twice_counts_as_sent(carrier, line):
    line.outcomes = [Unknown(), Unknown()]
    await carrier.respond(say(WHO, KEPT), CHAT)
    line.outcomes = [Unknown(), Unknown()]
    await carrier.respond(say(WHO, EMERGENCY), CHAT)
    assert len(line.acts) == 4, "the worker owes the escalation all the same"


async def test_a_doubtful_escalation_that_nobody_owes_is_tried_again(carrier, line):
    """Nothing is stored about this person, so the update itself has to come again."""
    line.outcomes = [Unknown(), Unknown()]
    with pytest.raises(RetryAfter):
        await carrier.respond(say(None, UNRECORDED), CHAT)


async def test_an_escalation_that_did_not_go_out_stops_the_rest(carrier, line):
    line.outcomes = [Unreachable("blocked")]
    reply = Reply(WHO, (Edit(KEPT, 12),), (Message(EMERGENCY, EscalationShown(7)),))
    assert await carrier.deliver(reply, urgent=True) == Unreachable("blocked")
    assert len(line.acts) == 1


async def test_what_the_worker_delivers_goes_to_the_runners_chat(carrier, line):
    assert isinstance(await carrier.deliver(say(WHO, KEPT), urgent=False), Sent)
    assert did(line)[0][:2] == ("send", CHAT)
    assert await carrier.deliver(say(None, KEPT)) == Failed("nobody to send to")


async def test_a_toast_alone_sends_nothing(carrier, line):
    await carrier.respond(toast(WHO, Line_.ALREADY), CHAT, TAPPED)
    assert line.acts == []


async def test_the_end_of_a_check_in_takes_the_prompts_place(carrier, line, desk):
    anna = await desk.settled(Person(desk, CHAT))
    await carrier.respond(await desk.cases.check_in_now(CHAT, 1), CHAT)
    reply = await desk.cases.record_answer(anna.tap(1, Question.RATING, "0"))
    assert isinstance(reply.edits[0].notice, ClosedCheckIn)
    assert not isinstance(reply.edits[0].notice, Prompt)
    await carrier.respond(reply, CHAT, 501)
    assert did(line)[1] == ("edit", CHAT, 501)
