"""The facts for a doctor: what is counted, with which date, and what is left out."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from support.desk import notice
from support.made import NOON

from bot.domain.check_in import Closed, Question
from bot.domain.decision import GivenTip
from bot.domain.pain import Effect
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import CONSENT_VERSION, AgeBand, Consent, Profile
from bot.services.follow_ups import Action
from bot.services.heeding import Words
from bot.services.notices import Plain, PlainNotice, Purpose, Span, Summary


@pytest.fixture
def made(desk):
    """Make somebody's summary."""

    async def summary(person, span=Span.SIX_WEEKS):
        return notice(await desk.cases.make_summary(person.user_id, span), Summary)

    return summary


async def writes(person, text):
    """Type something that is read for signs."""
    words = Words(person.user_id, person.desk.next_update(), text)
    return await person.sees(person.desk.cases.heed_signs(words))


async def test_an_empty_record_is_a_summary_of_nothing(made, anna, desk):
    for span in Span:
        summary = await made(anna, span)
        assert (summary.span, summary.until) == (span, desk.clock.at)
        assert (summary.asked, summary.ratings, summary.signs, summary.tips) == ((), (), (), ())
        assert (summary.escalated, summary.runs, summary.episode_since) == (0, (), None)


async def test_without_consent_there_is_none(stranger, desk):
    reply = await desk.cases.make_summary(stranger.user_id)
    assert notice(reply, PlainNotice).which is Plain.NEEDS_CONSENT


async def test_six_weeks_of_scores_decisions_tips_and_runs(made, anna, desk):
    await anna.rates(3, con="carried")
    desk.clock.at += timedelta(days=1)
    await anna.opens()
    await desk.passes(hours=9)
    await anna.runs(minutes=0)
    await anna.rates(0)
    summary = await made(anna)
    assert [one.rating for one in summary.ratings] == [3, 0]
    assert [one.rating for one in summary.asked] == [3, None, 0], "missing is missing"
    assert len(await anna.decisions()) == 2
    assert {one.tip_id for one in summary.tips} == {one.tip_id for one in await anna.tips()}
    assert len(summary.runs) == 1
    assert len(summary.both_denied) == 1, "a 0 asks for no list"
    assert summary.decided == {Urgency.SELF_CARE: 1}, "nothing is advised at a 0"
    assert summary.episode_since is not None
    desk.clock.at += timedelta(days=43)
    later = await made(anna)
    assert (later.asked, later.tips, later.runs, later.decided) == ((), (), (), {})
    assert later.episode_since is None, "two weeks without pain end a spell"
    everything = await made(anna, Span.ALL)
    assert [one.rating for one in everything.ratings] == [3, 0]
    assert everything.since == NOON


async def test_a_period_begins_at_midnight_where_the_runner_is(made, anna):
    summary = await made(anna, Span.TWO_WEEKS)
    # Midnight in Berlin, where it is summer; today is the last of the 14 days.
    assert summary.since.isoformat() == "2026-05-27T22:00:00+00:00"


async def test_a_day_without_a_run_is_no_missing_answer(made, anna):
    await anna.opens()
    (check_in,) = await anna.check_ins()
    await anna.changes_check_in(check_in, closed=Closed.NO_RUN, closed_at=NOON)
    assert (await made(anna)).asked == ()


async def test_what_could_not_be_asked_is_missing(made, anna):
    await anna.runs(minutes=0)
    soon, _ = await anna.check_ins()
    await anna.changes_check_in(soon, closed=Closed.TOO_LATE, closed_at=NOON)
    assert [one.rating for one in (await made(anna)).asked] == [None]


async def test_signs_have_their_date_and_what_became_of_them(made, anna, desk):
    await anna.reports("5", sign="same-day")
    await anna.is_seen()
    desk.clock.at += timedelta(days=1)
    await writes(anna, "I have chest pain")
    first, second = (await made(anna)).signs
    assert (first.at, first.urgency, first.is_open) == (desk.clock.at, Urgency.EMERGENCY, True)
    assert first.words == (Finding.CHEST_PAIN,)
    assert (second.words, second.urgency) == ((Finding.ONE_LIMB,), Urgency.URGENT)
    assert (second.at, second.escalation.cleared) == (NOON, "seen")
    assert (await made(anna)).escalated == 2


async def test_a_sign_kept_beside_an_open_escalation_has_a_line_of_its_own(made, anna, desk):
    await writes(anna, "I have chest pain")
    desk.clock.at += timedelta(hours=3)
    await writes(anna, "my left hand is numb")
    later, first = (await made(anna)).signs
    assert (later.words, later.at) == ((Finding.ONE_LIMB,), desk.clock.at)
    assert (first.words, first.at) == ((Finding.CHEST_PAIN,), NOON)
    assert later.escalation == first.escalation


async def test_a_sign_that_was_named_afterwards_is_told_by_its_name(made, anna, desk):
    await anna.reports("5")
    assert (await made(anna)).signs[0].words == (Finding.EMERGENCY_UNSPECIFIED,)
    id_ = (await anna.escalations())[-1].id
    await anna.sees(desk.cases.name_sign(anna.user_id, id_, Finding.DARK_URINE))
    assert (await made(anna)).signs[0].words == (Finding.DARK_URINE,)


@pytest.mark.parametrize("typed", [True, False], ids=["misread", "mistapped"])
async def test_what_was_taken_back_as_a_mistake_is_no_sign_and_only_counted(made, anna, typed):
    await (writes(anna, "I have chest pain") if typed else anna.reports("5"))
    await anna.says_of_it(Action.MISTAKE_YES)
    summary = await made(anna)
    assert (summary.signs, summary.escalated, summary.taken_back) == ((), 0, 1)


async def test_what_is_still_open_is_told_however_old_it_is(made, anna, desk):
    await anna.reports("5", sign="same-day")
    desk.clock.at += timedelta(days=30)
    summary = await made(anna, Span.TWO_WEEKS)
    assert [one.at for one in summary.signs] == [NOON]
    assert summary.escalated == 0, "told before the period"
    await anna.is_seen()
    assert (await made(anna, Span.TWO_WEEKS)).signs == ()


async def test_a_slower_sign_that_need_not_be_seen_today_is_a_sign_all_the_same(made, anna, desk):
    await anna.rates(3)
    desk.clock.at += timedelta(days=3)
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    await anna.finishes(nrs="3")
    await desk.passes(hours=18)
    await anna.finishes(nrs="3", wk="some", wkw="meal-pain")
    summary = await made(anna)
    (report,) = summary.signs
    assert (report.words, report.urgency) == ((Finding.MEAL_PAIN,), Urgency.ROUTINE)
    assert (report.is_open, report.word, summary.advised) == (False, None, ())


async def test_the_same_advice_for_the_same_reason_is_one_line(made, anna, desk):
    await anna.rates(8, day="no")
    desk.clock.at += timedelta(days=5)
    await anna.rates(8, day="no")
    (check_in,) = [one for one in await anna.check_ins() if one.opened_at == desk.clock.at]
    await anna.answers((Question.ACKNOWLEDGED, "booked"), check_in_id=check_in.id)
    summary = await made(anna)
    (advised,) = summary.advised
    assert (advised.words, advised.times) == ((Finding.SEVERE_PAIN,), 2)
    assert (advised.last_at, advised.word) == (desk.clock.at, "booked")
    assert (summary.decided[Urgency.ROUTINE], summary.signs) == (2, ())


async def test_the_reason_is_what_the_rules_of_that_time_rest_on_and_nothing_beside(
    made, anna, desk
):
    await desk.cases.keep_ruleset()
    await anna.changes(profile=Profile(age_band=AgeBand.FROM_55))
    await anna.rates(8, day="no")
    (decision,) = await anna.decisions()
    assert {Finding.OVER_55, Finding.SEVERE_PAIN} <= decision.findings
    async with desk.database.unit_of_work() as uow:
        await uow.decisions.save(replace(decision, rules=(*decision.rules, "of-no-release")))
    (advised,) = (await made(anna)).advised
    assert advised.words == (Finding.SEVERE_PAIN,)


async def test_a_decision_of_rules_nobody_kept_is_told_by_what_it_found(made, anna, desk):
    await anna.rates(8, day="no")
    async with desk.database.unit_of_work() as uow:
        for one in await anna.decisions():
            await uow.decisions.save(replace(one, ruleset_hash="unknown"))
    (advised,) = (await made(anna)).advised
    assert Finding.SEVERE_PAIN in advised.words
    assert Finding.PAIN not in advised.words


async def test_effects_are_counted_tip_by_tip_and_what_made_it_worse_goes_first(made, anna, desk):
    def given(tip_id, effect, **fields):
        return GivenTip(anna.id, tip_id, NOON, asked_for=False, effect=effect, **fields)

    async with desk.database.unit_of_work() as uow:
        for tip_id, effect in (
            ("ice", Effect.HELPED),
            ("ice", None),
            ("plank", Effect.WORSE),
            ("heat", None),
        ):
            await uow.tips.add(given(tip_id, effect))
        await uow.tips.add(given("plank", None, not_for_me_at=NOON))
    plank, ice, heat = (await made(anna)).tips
    assert (plank.tip_id, plank.shown, plank.unanswered, plank.unwanted) == ("plank", 2, 1, True)
    assert (ice.tip_id, ice.effects[Effect.HELPED], ice.unanswered) == ("ice", 1, 1)
    assert (heat.shown, heat.unanswered, heat.unwanted) == (1, 1, False)


async def test_another_period_takes_the_place_of_the_first(anna, desk):
    assert (await desk.cases.make_summary(anna.user_id)).messages
    again = await desk.cases.make_summary(anna.user_id, Span.ALL, again=True)
    assert (again.edits[0].notice.span, again.messages) == (Span.ALL, ())


async def test_it_says_whether_a_clinician_signed_every_rule(made, anna, desk):
    summary = await made(anna)
    assert (summary.ruleset_hash, summary.is_reviewed) == (desk.ports.ruleset.hash, False)


async def test_consent_of_another_version_is_none(anna, desk):
    await anna.changes(consent=Consent(f"{CONSENT_VERSION}-old", NOON))
    reply = await desk.cases.make_summary(1)
    assert notice(reply, PlainNotice).which is Plain.NEEDS_CONSENT


async def test_a_look_at_the_signs_is_no_care_that_was_advised(made, anna, desk):
    answered = desk.cases.answer_screening(1, desk.next_update(), Purpose.STRETCH, None)
    await anna.sees(answered)
    assert not +Counter((await made(anna)).decided)


@pytest.mark.parametrize("closed", [None, Closed.LOCKED, Closed.PAUSED])
async def test_what_was_cut_short_or_may_be_answered_yet_is_not_missing(made, anna, closed):
    await anna.opens()
    (check_in,) = await anna.check_ins()
    await anna.changes_check_in(check_in, closed=closed, closed_at=NOON if closed else None)
    assert (await made(anna)).asked == ()


async def test_an_answer_counts_on_the_day_it_was_given(made, anna, desk):
    await anna.opens()
    (check_in,) = await anna.check_ins()
    desk.clock.at += timedelta(hours=30)
    await anna.answers((Question.RATING, "6"), check_in_id=check_in.id)
    desk.clock.at += timedelta(days=13)
    assert [one.rating for one in (await made(anna, Span.TWO_WEEKS)).ratings] == [6]
    desk.clock.at += timedelta(days=1)
    assert (await made(anna, Span.TWO_WEEKS)).ratings == ()
