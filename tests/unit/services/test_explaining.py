"""What led to a decision: the answers, the rules of that time, the tip and what spoke for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.desk import notice
from support.made import NOON

from bot.domain.check_in import CheckInKind, Question
from bot.domain.decision import Decision
from bot.domain.pain import BodyRegion, Contributor, Phase
from bot.domain.red_flags import Finding, Rule, Ruleset, SignList, Urgency, When
from bot.services.explaining import ExplainDecision
from bot.services.follow_ups import Action
from bot.services.notices import Explanation, NothingDecided, Plain, PlainNotice
from bot.services.replies import Toast

MILD_NOW = Rule(
    id="mild-now-urgent",
    urgency=Urgency.URGENT,
    when=When((Finding.PAIN,)),
    sources=(),
    verified=False,
    examples=(),
)


async def why(person, cases=None):
    """/why, as the notice it shows."""
    cases = cases or person.desk.cases
    return notice(await cases.explain_decision(person.user_id), Explanation)


def with_rules(desk, *rules, hash_="another"):
    """A later release: other rules under another hash, on the same rows."""
    old = desk.ports.ruleset
    ruleset = Ruleset(rules, old.emergency_signs, old.same_day_signs, hash_)
    return desk.another_release(ruleset=ruleset)


def fired(told):
    """The rules that counted, by id."""
    return [one.id for one in told.rules]


async def decides_on_words(person, *findings):
    """A decision on a typed text: no check-in, no answers."""
    ruleset = person.desk.ports.ruleset
    rules = ruleset.fired(frozenset(findings))
    decision = Decision(
        runner_id=person.id,
        made_at=person.desk.clock.at,
        urgency=rules[0].urgency,
        rules=tuple(rule.id for rule in rules),
        ruleset_hash=ruleset.hash,
        answers=(),
        findings=frozenset(findings),
    )
    async with person.desk.database.unit_of_work() as uow:
        return await uow.decisions.add(decision)


async def test_before_the_first_decision_there_is_nothing_to_explain(anna, desk):
    assert notice(await desk.cases.explain_decision(1), NothingDecided)
    await anna.opens()
    await anna.answers((Question.RATING, "3"))
    assert notice(await desk.cases.explain_decision(1), NothingDecided)


async def test_without_consent_nothing_was_decided_that_could_be_explained(stranger, desk):
    assert notice(await desk.cases.explain_decision(9), PlainNotice).which is Plain.NEEDS_CONSENT
    assert await stranger.record() is None


async def test_answers_come_with_the_time_they_were_given(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "7"))
    desk.clock.at += timedelta(minutes=2)
    await anna.finishes()
    told = await why(anna)
    times = {one.question: (one.value, one.at) for one in told.said}
    assert times[Question.RATING] == ("7", NOON)
    assert times[Question.REGION] == ("blades", NOON + timedelta(minutes=2))
    assert told.decision.urgency is Urgency.ROUTINE
    assert fired(told) == ["severe-pain"]
    assert told.rules[0].rule.sources == ("nhs-back-pain", "aftermile-rules")
    assert not told.changed
    assert {Finding.PAIN, Finding.SEVERE_PAIN} <= told.decision.findings


async def test_only_the_last_answer_to_a_question_is_told(anna):
    await anna.opens()
    await anna.answers((Question.RATING, "5"), (Question.EMERGENCY, "none"))
    await anna.answers((Question.SAME_DAY, "none"))
    for value in ("yes", "no", "yes"):
        await anna.answers((Question.DAILY_LIFE, value))
    await anna.finishes()
    told = await why(anna)
    assert [one.value for one in told.said if one.question is Question.DAILY_LIFE] == ["yes"]


async def test_the_newest_decision_is_explained_and_of_one_runner_only(anna, ben, desk):
    await anna.rates(3)
    await ben.rates(9)
    desk.clock.at += timedelta(hours=1)
    await anna.rates(0)
    told = await why(anna)
    assert told.decision.runner_id == anna.id
    assert [one.value for one in told.said] == ["0"]
    assert fired(told) == []


async def test_the_rules_of_that_time_explain_it_when_others_are_in_force(anna, desk):
    await desk.cases.keep_ruleset()
    await anna.rates(7)
    now_in_force = with_rules(desk, replace(MILD_NOW, id="severe-pain"))
    assert await now_in_force.keep_ruleset()
    told = await why(anna, now_in_force)
    assert told.changed
    assert told.ruleset.hash == desk.ports.ruleset.hash
    rule = told.rules[0].rule
    assert (rule.id, rule.urgency) == ("severe-pain", Urgency.ROUTINE), "not the one of today"
    assert rule.any_of == ("severe-pain",)


async def test_a_rule_that_is_gone_is_told_from_what_was_kept(anna, desk):
    past = with_rules(desk, MILD_NOW)
    assert await past.keep_ruleset()
    assert not await past.keep_ruleset(), "known by now"
    async with desk.database.unit_of_work() as uow:
        await uow.decisions.add(
            Decision(anna.id, NOON, Urgency.URGENT, ("mild-now-urgent",), "another", ())
        )
    told = await why(anna)
    assert told.changed
    assert told.rules[0].rule.all_of == ("pain",)
    assert told.ruleset.first_seen_at == NOON


async def test_without_a_kept_ruleset_only_its_ids_are_left(anna, desk):
    await anna.rates(7)
    told = await why(anna, with_rules(desk, MILD_NOW))
    assert told.changed
    assert told.ruleset is None
    assert [(one.id, one.rule) for one in told.rules] == [("severe-pain", None)]


async def test_a_review_given_since_is_known_of_the_same_rules(anna, desk):
    await desk.cases.keep_ruleset()
    await anna.rates(7)
    old = desk.ports.ruleset
    signed = tuple(replace(rule, reviewed_by="Dr Ito") for rule in old.rules)
    reviewed = desk.another_release(ruleset=replace(old, rules=signed))
    told = await why(anna, reviewed)
    assert not told.changed
    assert told.rules[0].rule.reviewed_by == "Dr Ito"
    assert told.ruleset.first_seen_at == NOON


async def test_the_tip_comes_with_what_spoke_for_it(anna):
    await anna.rates(3, con="stiff")
    (tip,) = (await why(anna)).tips
    assert tip.id == "shoulder-rolls"
    assert (tip.rating, tip.region) == (3, BodyRegion.BETWEEN_BLADES)
    assert (tip.contributor, tip.phase) == (Contributor.STIFF_SHOULDERS, Phase.ACUTE)
    assert not tip.helped_before


async def test_a_day_that_did_not_choose_the_tip_is_no_reason_for_it(anna):
    await anna.rates(3, con="none")
    (tip,) = (await why(anna)).tips
    assert tip.contributor is None


async def test_what_helped_before_and_what_was_kept_are_part_of_it(anna, desk):
    await anna.runs(minutes=0)
    await desk.passes(minutes=61)
    await anna.finishes(nrs="3", con="stiff")
    before = await why(anna)
    await desk.passes(hours=20)
    await anna.finishes(nrs="3", hlp="helped")
    told = await why(anna)
    assert told.kept.region is BodyRegion.BETWEEN_BLADES
    (tip,) = told.tips
    assert tip.id == before.tips[0].id
    assert tip.helped_before
    assert (tip.region, tip.contributor) == (told.kept.region, Contributor.STIFF_SHOULDERS)
    earlier = await ExplainDecision(desk.ports).of(before.decision.id)
    assert not earlier.tips[0].helped_before, "it had not helped yet"


async def test_pain_of_some_days_is_past_its_first_days_and_later_ratings_change_nothing(
    anna, desk
):
    await anna.rates(2, con="stiff")
    first = await why(anna)
    desk.clock.at += timedelta(days=4)
    await anna.rates(2, con="stiff")
    assert (await why(anna)).tips[0].phase is Phase.SETTLING
    again = await desk.cases.explain_decision.of(first.decision.id)
    assert again.tips[0].phase is Phase.ACUTE


async def test_a_second_tip_is_explained_too_and_one_that_is_gone_is_named_only(anna, desk):
    await anna.rates(3, con="stiff")
    check_in = (await anna.check_ins())[-1]
    await anna.sees(desk.cases.another_tip(1, check_in.id, desk.next_update()))
    assert len((await why(anna)).tips) == 2
    told = await why(anna, desk.another_release(tips=()))
    assert [one.tip for one in told.tips] == [None, None]


async def test_an_unasked_tip_is_for_a_day_without_pain(anna):
    await anna.rates(0)
    (tip,) = (await why(anna)).tips
    assert tip.rating == 0
    assert fired(await why(anna)) == []


async def test_an_open_escalation_is_explained_and_carries_no_tip(anna):
    await anna.reports(sign="emergency")
    told = await why(anna)
    assert told.decision.urgency is Urgency.EMERGENCY
    assert fired(told) == [SignList.EMERGENCY.unspecified]
    assert told.lock.id == (await anna.escalations())[-1].id
    assert told.tips == ()
    assert not told.tips_off, "there was none to leave out"


async def test_while_tips_are_off_the_tip_of_an_earlier_decision_is_left_out(anna, desk):
    await anna.rates(3, con="stiff")
    await anna.reports(sign="emergency")
    await anna.says_of_it(Action.GONE)
    desk.clock.at += timedelta(hours=25)
    await anna.says_of_it(Action.STILL_GONE)
    tip_decision, alarm = await anna.decisions()
    async with desk.database.unit_of_work() as uow:
        await uow.decisions.save(replace(alarm, superseded_at=desk.clock.at))
    told = await why(anna)
    assert told.decision.id == tip_decision.id
    assert (told.tips, told.tips_off, told.lock) == ((), True, None)


async def test_a_sign_named_after_the_alarm_is_among_the_answers(anna, desk):
    await anna.reports(sign="emergency")
    id_ = (await anna.escalations())[-1].id
    desk.clock.at += timedelta(minutes=1)
    await anna.sees(desk.cases.name_sign(1, id_, Finding.CHEST_PAIN))
    named = (await why(anna)).said[-1]
    assert (named.question, named.value) == (Question.EMERGENCY_WHICH, "chest-pain")
    assert named.at == NOON + timedelta(minutes=1)


async def test_a_mistake_is_told_with_the_answers_that_were_taken_back(anna, desk):
    await anna.reports(sign="emergency")
    alarm = (await why(anna)).decision
    await anna.says_of_it(Action.MISTAKE)
    await anna.says_of_it(Action.MISTAKE_YES)
    told = await desk.cases.explain_decision.of(alarm.id)
    assert told.mistaken
    at = {one.question: one.at for one in told.said}
    assert at == {Question.RATING: NOON, Question.EMERGENCY: None}


async def test_a_typed_text_is_explained_by_what_was_taken_from_it(anna):
    await decides_on_words(anna, Finding.ONE_LIMB)
    told = await why(anna)
    assert told.decision.is_from_words
    assert told.said == ()
    assert fired(told) == ["one-limb"]
    assert told.decision.findings == {Finding.ONE_LIMB}


async def test_a_decision_without_findings_is_of_the_release_before_and_still_told(anna, desk):
    await anna.rates(7)
    (decision,) = await anna.decisions()
    async with desk.database.unit_of_work() as uow:
        await uow.decisions.save(replace(decision, findings=frozenset()))
    told = await why(anna)
    assert not told.decision.is_from_words
    assert fired(told) == ["severe-pain"]


async def test_an_unknown_decision_has_no_explanation(desk):
    assert await desk.cases.explain_decision.of(404) is None


@pytest.mark.parametrize("kind", [CheckInKind.SIGNS, CheckInKind.ASKED])
async def test_explaining_writes_nothing(anna, kind):
    await anna.opens(kind)
    await anna.finishes()
    before = await anna.decisions()
    await why(anna)
    assert await anna.decisions() == before


async def test_the_decision_before_the_last_is_in_reach_and_only_of_the_same_runner(
    anna, ben, desk
):
    await anna.reports()
    first = (await why(anna)).decision
    await decides_on_words(anna, Finding.FEVER)
    assert (await why(anna)).earlier == first
    told = notice(await desk.cases.explain_decision(anna.user_id, first.id), Explanation)
    assert (told.decision, told.earlier) == (first, None)
    assert (await desk.cases.explain_decision(ben.user_id, first.id)).toast is Toast.OLD_BUTTON
    assert (await desk.cases.explain_decision(anna.user_id, 999)).toast is Toast.OLD_BUTTON
