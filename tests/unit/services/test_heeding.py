"""What is typed is read for signs before anything else; only findings are kept, never words."""

from datetime import timedelta

import pytest
from support.desk import kinds, notice, reads_with

from bot.domain.check_in import IS_OVER, NO, YES, CheckInKind, Question
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.domain.runner import AgeBand, Condition, Profile
from bot.reading.findings import Outcome, Reading
from bot.services.follow_ups import Action
from bot.services.heeding import Words, assess_reading
from bot.services.notices import (
    EscalationNotice,
    Explanation,
    Prompt,
    SignsQuestion,
    Summary,
)

CHEST = "I have chest pain"
HAND = "my left hand is numb"
PERHAPS = "maybe my left hand is a bit numb, not sure"


@pytest.fixture
def hears(desk):
    """Let the bot read what somebody typed; gives its answer to a sign, after it was shown."""

    async def heard(person, text, update_id=None):
        words = Words(person.user_id, update_id or desk.next_update(), text)
        reply = await desk.cases.heed_signs(words)
        if reply is not None:
            await desk.show(reply)
        return reply

    return heard


@pytest.mark.parametrize("text", ["7", "7/10", "thanks, that helped", "no chest pain", ""])
async def test_ratings_and_chat_are_left_to_whom_they_are_for(hears, anna, text):
    assert await hears(anna, text) is None
    assert await anna.escalations() == ()
    assert await anna.check_ins() == ()


async def test_a_stated_sign_opens_an_escalation_with_its_findings(hears, anna):
    told = notice(await hears(anna, CHEST), EscalationNotice)
    assert told.urgency is Urgency.EMERGENCY
    (escalation,) = await anna.escalations()
    assert Finding.CHEST_PAIN in escalation.findings
    assert told.escalation_id == escalation.id


async def test_a_stated_sign_closes_the_check_in_that_was_open(hears, anna):
    await anna.opens()
    await anna.answers((Question.RATING, "5"))
    reply = await hears(anna, HAND)
    assert notice(reply, EscalationNotice).urgency is Urgency.URGENT
    assert await anna.open_check_in() is None


async def test_a_worse_sign_is_told_over_an_open_escalation(hears, anna):
    await hears(anna, HAND)
    assert notice(await hears(anna, CHEST), EscalationNotice).urgency is Urgency.EMERGENCY
    assert len(await anna.escalations()) == 2


async def test_a_milder_or_equal_sign_is_kept_with_the_open_escalation(hears, anna):
    await hears(anna, CHEST)
    told = notice(await hears(anna, HAND), EscalationNotice)
    (escalation,) = await anna.escalations()
    assert {Finding.CHEST_PAIN, Finding.ONE_LIMB} <= escalation.findings
    assert told.findings == escalation.findings
    assert told.urgency is Urgency.EMERGENCY


async def test_a_sign_kept_with_an_open_escalation_is_a_decision_with_its_own_date(
    hears, anna, desk
):
    await hears(anna, CHEST)
    desk.clock.at += timedelta(hours=2)
    await hears(anna, HAND)
    first, later = await anna.decisions()
    assert (later.made_at - first.made_at) == timedelta(hours=2)
    assert later.findings == {Finding.ONE_LIMB}
    assert (later.urgency, later.is_from_words) == (Urgency.URGENT, True)
    told = notice(await desk.cases.explain_decision(anna.user_id), Explanation)
    assert told.decision == later


async def test_the_same_sign_again_changes_nothing(hears, anna):
    await hears(anna, CHEST)
    before = await anna.escalations()
    assert kinds(await hears(anna, CHEST)) == ["LockReminder"]
    assert await anna.escalations() == before
    assert len(await anna.decisions()) == 1


async def test_a_sign_that_comes_back_is_a_decision_of_that_day(hears, anna, desk):
    await hears(anna, HAND)
    await anna.says_of_it(Action.GONE)
    desk.clock.at += timedelta(hours=5)
    await hears(anna, HAND)
    assert len(await anna.escalations()) == 1
    assert [one.made_at for one in await anna.decisions()][1:] == [desk.clock.at]


async def test_what_was_kept_with_a_misread_escalation_is_no_decision_to_act_on(hears, anna, desk):
    await hears(anna, CHEST)
    desk.clock.at += timedelta(hours=2)
    await hears(anna, HAND)
    await anna.says_of_it(Action.MISTAKE_YES)
    assert notice(await desk.cases.explain_decision(anna.user_id), Explanation).mistaken
    summary = notice(await desk.cases.make_summary(anna.user_id), Summary)
    assert summary.signs == ()


async def test_a_possible_sign_is_asked_about_by_name(hears, anna):
    asked = notice(await hears(anna, PERHAPS), Prompt)
    assert (asked.question, asked.check_in.kind) == (Question.READ, CheckInKind.READ)
    assert asked.check_in.kept.asked == (Finding.ONE_LIMB,)


async def test_a_worse_sign_that_is_only_possible_is_asked_about_below_the_milder_one(hears, anna):
    reply = await hears(anna, "my left hand is numb and maybe I have chest pain, not sure")
    assert kinds(reply) == ["EscalationNotice", "Prompt"]
    told = notice(reply, EscalationNotice)
    assert (told.urgency, told.findings >= {Finding.ONE_LIMB}) == (Urgency.URGENT, True)
    asked = notice(reply, Prompt).check_in.kept.asked
    assert asked[0] is Finding.CHEST_PAIN
    await anna.answers((Question.READ, YES))
    urgencies = [one.urgency for one in await anna.escalations()]
    assert Urgency.EMERGENCY in urgencies


async def test_one_message_is_asked_about_once(hears, anna, desk):
    update = desk.next_update()
    first = notice(await hears(anna, PERHAPS, update), Prompt)
    again = notice(await hears(anna, PERHAPS, update), Prompt)
    assert first.check_in.id == again.check_in.id
    assert len(await anna.check_ins()) == 1


@pytest.mark.parametrize(
    ("finding", "answer", "urgency"),
    [
        (Finding.ONE_LIMB, YES, Urgency.URGENT),
        (Finding.CHEST_PAIN, YES, Urgency.EMERGENCY),
        (Finding.CHEST_PAIN, IS_OVER, Urgency.URGENT),
    ],
)
async def test_the_answer_decides(desk, anna, finding, answer, urgency):
    reading = Reading(Outcome.ASK, Urgency.EMERGENCY, (), frozenset(), (finding,))
    cases = desk.another_release(reader=reads_with(lambda _text, _locale: reading))
    await anna.sees(cases.heed_signs(Words(anna.user_id, desk.next_update(), "hm")))
    reply = await anna.answers((Question.READ, answer))
    assert notice(reply, EscalationNotice).urgency is urgency


async def test_no_more_signs_are_asked_about_than_fit_one_question(desk, anna):
    signs = (Finding.CHEST_PAIN, Finding.FAINTED, Finding.SEIZURE, Finding.FEVER)
    reading = Reading(Outcome.ASK, Urgency.EMERGENCY, (), frozenset(), signs)
    cases = desk.another_release(reader=reads_with(lambda _text, _locale: reading))
    reply = await anna.sees(cases.heed_signs(Words(anna.user_id, desk.next_update(), "hm")))
    assert notice(reply, Prompt).check_in.kept.asked == signs[:3]


async def test_a_denied_question_leaves_nothing_open(hears, anna):
    await hears(anna, PERHAPS)
    await anna.answers((Question.READ, NO))
    assert await anna.escalations() == ()
    assert await anna.open_check_in() is None


async def test_under_an_open_escalation_nothing_milder_is_asked(hears, anna):
    await hears(anna, CHEST)
    assert await hears(anna, PERHAPS) is None
    await hears(anna, HAND)
    assert len(await anna.check_ins()) == 0


async def test_something_possibly_worse_is_asked_even_under_an_open_escalation(hears, anna):
    await hears(anna, HAND)
    assert notice(await hears(anna, "maybe I have chest pain too"), Prompt)


async def test_a_runner_without_a_zone_is_asked_as_well(hears, anna):
    await anna.changes(zone=None, city=None)
    assert notice(await hears(anna, PERHAPS), Prompt)


async def test_somebody_elses_emergency_is_told_and_not_stored(hears, anna):
    text = "my husband has collapsed and is not breathing, help"
    told = notice(await hears(anna, text), EscalationNotice)
    assert told.findings == {Finding.SOMEONE_ELSE}
    assert (told.escalation_id, told.country) == (None, "DE")
    assert await anna.escalations() == ()


async def test_a_stranger_is_told_and_nothing_is_kept(hears, stranger):
    told = notice(await hears(stranger, CHEST), EscalationNotice)
    assert (told.escalation_id, told.country) == (None, None)
    assert notice(await hears(stranger, PERHAPS), SignsQuestion).which is SignList.EMERGENCY
    other = "my husband has collapsed and is not breathing, help"
    assert notice(await hears(stranger, other), EscalationNotice).country is None
    assert await stranger.record() is None


async def test_without_consent_the_country_is_known_and_nothing_is_stored(hears, anna):
    await anna.changes(consent=None)
    told = notice(await hears(anna, CHEST), EscalationNotice)
    assert (told.escalation_id, told.country) == (None, "DE")
    assert await anna.escalations() == ()


# --- together with the safety profile -----------------------------------------------------------


def stated(*findings):
    return Reading(Outcome.PASS, Urgency.SELF_CARE, (), frozenset(findings))


async def test_the_profile_counts_where_it_adds_to_what_was_stated(desk, anna):
    await anna.changes(profile=Profile(frozenset({Condition.CANCER}), AgeBand.UP_TO_54))
    runner = await anna.record()
    assess = assess_reading(stated(Finding.ONE_LIMB), desk.ports, runner)
    assert assess.urgency is Urgency.EMERGENCY
    assert Finding.CANCER_HISTORY in assess.findings


async def test_the_profile_alone_raises_no_alarm(desk, anna):
    await anna.changes(profile=Profile(frozenset({Condition.CANCER}), AgeBand.UP_TO_54))
    runner = await anna.record()
    for findings in ((), (Finding.PAIN,), (Finding.PAIN, Finding.NAUSEA)):
        assert not assess_reading(stated(*findings), desk.ports, runner).urgency.escalates


async def test_somebody_unknown_has_no_profile(desk):
    assert assess_reading(stated(Finding.CHEST_PAIN), desk.ports, None).urgency.escalates


@pytest.fixture
def reads(desk, anna):
    """Let a typed text of Anna's be read as told."""

    async def read(outcome, urgency, stated=(), asked=()):
        reading = Reading(outcome, urgency, (), frozenset(stated), tuple(asked))
        cases = desk.another_release(reader=reads_with(lambda _text, _locale: reading))
        return await anna.sees(cases.heed_signs(Words(anna.user_id, desk.next_update(), "hm")))

    async def may_be(sign):
        return await read(Outcome.ASK, Urgency.EMERGENCY, asked=(sign,))

    async def is_so(sign):
        return await read(Outcome.ESCALATE, Urgency.URGENT, stated=(sign,))

    return may_be, is_so


async def questions(person):
    async with person.desk.database.unit_of_work(writing=False) as uow:
        open_ones = await uow.check_ins.open_for(person.id)
    return [one.kept.asked for one in open_ones if one.kind is CheckInKind.READ]


async def test_the_same_doubt_twice_is_one_question(reads, anna):
    may_be, _ = reads
    await may_be(Finding.CHEST_PAIN)
    assert notice(await may_be(Finding.CHEST_PAIN), Prompt).question is Question.READ
    assert await questions(anna) == [(Finding.CHEST_PAIN,)]


async def test_a_milder_sign_leaves_a_possible_emergency_to_be_answered(reads, anna):
    may_be, is_so = reads
    await may_be(Finding.CHEST_PAIN)
    assert kinds(await is_so(Finding.ONE_LIMB))[-2:] == ["EscalationNotice", "Prompt"]
    assert await questions(anna) == [(Finding.CHEST_PAIN,)]
    told = notice(await anna.answers((Question.READ, YES)), EscalationNotice)
    assert told.urgency is Urgency.EMERGENCY
    assert await questions(anna) == []


async def test_yes_to_a_milder_doubt_leaves_a_possible_emergency_to_be_answered(reads, anna):
    may_be, _ = reads
    await may_be(Finding.CHEST_PAIN)
    asked = notice(await may_be(Finding.ONE_LIMB), Prompt)
    reply = await anna.answers((Question.READ, YES), check_in_id=asked.check_in.id)
    assert kinds(reply)[-2:] == ["EscalationNotice", "Prompt"]
    assert await questions(anna) == [(Finding.CHEST_PAIN,)]
    assert kinds(await anna.answers((Question.READ, NO)))[-1] == "LockReminder"


async def test_self_harm_leaves_a_possible_emergency_of_the_body_to_be_answered(reads, anna):
    may_be, is_so = reads
    await may_be(Finding.CHEST_PAIN)
    await is_so(Finding.SELF_HARM)
    assert await questions(anna) == [(Finding.CHEST_PAIN,)]


async def test_an_equal_or_worse_sign_ends_the_question(reads, anna):
    may_be, is_so = reads
    await may_be(Finding.CHEST_PAIN)
    await is_so(Finding.FAINTED)
    assert await questions(anna) == []


async def test_a_mistaken_yes_gives_the_check_in_back_that_it_ended(reads, anna):
    may_be, _ = reads
    await anna.opens()
    await anna.answers((Question.RATING, "10"))
    rated = await anna.open_check_in()
    asked = notice(await may_be(Finding.ONE_LIMB), Prompt)
    await anna.answers((Question.READ, YES), check_in_id=asked.check_in.id)
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    shown = [one.notice for one in reply.messages]
    assert [one.question for one in shown] == [Question.EMERGENCY, Question.READ]
    reply = await anna.answers((Question.READ, NO), check_in_id=asked.check_in.id)
    assert notice(reply, Prompt).check_in.id == rated.id


async def test_misread_words_give_back_all_they_ended(reads, anna):
    may_be, is_so = reads
    await anna.opens()
    await anna.answers((Question.RATING, "10"))
    rated = await anna.open_check_in()
    await may_be(Finding.CHEST_PAIN)
    await is_so(Finding.FAINTED)
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    shown = [one.notice for one in reply.messages]
    assert [one.question for one in shown] == [Question.EMERGENCY, Question.READ]
    assert shown[0].check_in.id == rated.id


async def test_a_sign_kept_with_a_misread_emergency_is_asked_about_when_that_is_taken_back(
    reads, anna
):
    _, is_so = reads
    await is_so(Finding.CHEST_PAIN)
    await is_so(Finding.FEVER)
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    assert notice(reply, Prompt).check_in.kept.asked == (Finding.FEVER,)
    told = notice(await anna.answers((Question.READ, YES)), EscalationNotice)
    assert told.urgency is Urgency.URGENT


async def test_what_was_misread_itself_is_not_asked_about_again(reads, anna):
    _, is_so = reads
    await is_so(Finding.FEVER)
    await is_so(Finding.CHEST_PAIN)
    assert "Prompt" not in kinds(await anna.says_of_it(Action.MISTAKE_YES))
    assert "Prompt" not in kinds(await anna.says_of_it(Action.MISTAKE_YES))
