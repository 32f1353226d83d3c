"""What a painful check-in is answered with: whom to see, the tip that fits, the profile first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.desk import CLEAN, Person, kinds, notice, notices

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.pain import Effect
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import AgeBand, Condition, Profile
from bot.services.notices import (
    Advice,
    EscalationNotice,
    LockReminder,
    MovementShown,
    PlanOffer,
    ProfileKept,
    ProfileQuestion,
    Prompt,
    Purpose,
    Screening,
    SettingsPage,
    TipAside,
    TipPage,
)
from bot.services.replies import Toast

HEALTHY = Profile(age_band=AgeBand.UP_TO_54)


async def keeps(person, profile, *, purpose=Purpose.ADVICE, check_in_id=None):
    """Save the safety profile as ticked, for the newest check-in."""
    if check_in_id is None:
        check_in_id = (await person.check_ins())[-1].id
    save = person.desk.cases.keep_profile.save
    return await person.sees(save(person.user_id, profile, purpose, check_in_id))


async def another(person):
    """Ask for another tip on the newest check-in."""
    id_ = (await person.check_ins())[-1].id
    update_id = person.desk.next_update()
    return await person.sees(person.desk.cases.another_tip(person.user_id, id_, update_id))


async def next_morning(person):
    """Log a run and answer its first check-in with 4; then it is next morning."""
    await person.runs(minutes=60)
    await person.desk.passes(minutes=0)
    await person.finishes(nrs="4")
    given = (await person.tips())[-1]
    await person.desk.passes(hours=18)
    assert (await person.open_check_in()).kind is CheckInKind.MORNING
    return given


async def test_pain_gets_one_tip_that_fits_place_and_contributor(anna):
    advice = notice(await anna.rates(4, con="hunched"), Advice)
    assert advice.urgency is Urgency.SELF_CARE
    assert "hunched" in advice.tip.contributors
    assert [one.tip_id for one in await anna.tips()] == [advice.tip.id]


async def test_every_decision_keeps_answers_rules_ruleset_and_tips(anna, desk):
    advice = notice(await anna.rates(7), Advice)
    (decision,) = await anna.decisions()
    assert dict(decision.answers)[Question.RATING] == "7"
    assert decision.rules == ("severe-pain",)
    assert decision.ruleset_hash == desk.ports.ruleset.hash
    assert decision.tips == (advice.tip.id,)


async def test_a_7_means_see_somebody_and_no_exercise(anna):
    advice = notice(await anna.rates(7), Advice)
    assert advice.urgency is Urgency.ROUTINE
    assert Finding.SEVERE_PAIN in advice.findings
    assert not advice.tip.is_exercise


async def test_no_exercise_for_a_day_after_a_7(anna, desk):
    await anna.rates(7)
    desk.clock.at += timedelta(hours=23)
    assert not notice(await anna.rates(2, con="hunched"), Advice).tip.is_exercise
    desk.clock.at += timedelta(hours=25)
    assert notice(await anna.rates(2, con="hunched"), Advice).tip.is_exercise


async def test_outside_the_upper_back_no_exercise(anna):
    assert not notice(await anna.rates(2, reg="lower"), Advice).tip.is_exercise
    elsewhere = await anna.rates(2, reg="else", els="limb")
    assert not notice(elsewhere, Advice).tip.is_exercise


async def test_a_second_tip_on_request_and_then_it_is_enough(anna):
    first = notice(await anna.rates(4), Advice)
    second = notice(await another(anna), Advice)
    assert second.tip not in {None, first.tip}
    assert first.more
    assert not second.more
    assert notice(await another(anna), Advice).tip is None
    assert len(await anna.tips()) == 2


async def test_one_update_gives_one_other_tip(anna, desk):
    await anna.rates(4)
    id_, update_id = (await anna.check_ins())[-1].id, desk.next_update()
    first = await anna.sees(desk.cases.another_tip(1, id_, update_id))
    again = await anna.sees(desk.cases.another_tip(1, id_, update_id))
    assert notice(again, Advice).tip == notice(first, Advice).tip
    assert len(await anna.tips()) == 2


@pytest.mark.usefixtures("ben")
async def test_another_tip_needs_a_finished_check_in_of_ones_own(anna, desk):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    assert (await desk.cases.another_tip(1, id_, 50)).toast is Toast.OLD_BUTTON
    assert (await desk.cases.another_tip(2, id_, 51)).toast is Toast.NOT_YOURS


async def test_no_other_tip_while_an_escalation_is_open_nor_on_its_own_check_in(anna, desk):
    await anna.rates(4)
    calm = (await anna.check_ins())[-1].id
    await anna.reports()
    reply = await desk.cases.another_tip(1, calm, desk.next_update())
    assert kinds(reply) == ["LockReminder"]
    await anna.is_seen()
    assert (await another(anna)).toast is Toast.OLD_BUTTON


async def test_not_for_me_switches_a_tip_off_for_this_runner(anna, ben, desk):
    tip = notice(await anna.rates(4), Advice).tip
    given = (await anna.tips())[-1]
    assert (await desk.cases.not_for_me(2, given.id)).toast is Toast.NOT_YOURS
    assert notice(await desk.cases.not_for_me(1, given.id), TipAside).tip == tip
    assert notice(await desk.cases.not_for_me(1, given.id), TipAside), "twice is once"
    desk.clock.at += timedelta(hours=1)
    assert notice(await anna.rates(4), Advice).tip != tip
    assert notice(await ben.rates(4), Advice).tip == tip


async def test_not_for_me_on_what_nobody_gave(anna, desk):
    assert (await desk.cases.not_for_me(1, 999)).toast is Toast.OLD_BUTTON
    await anna.rates(4)
    assert (await desk.cases.not_for_me(9, 1)).toast is Toast.OLD_BUTTON


async def test_not_for_me_on_a_tip_this_release_no_longer_has(anna, desk):
    await anna.rates(4)
    given = (await anna.tips())[-1]
    without = [one for one in desk.ports.tips if one.id != given.tip_id]
    later = desk.another_release(tips=tuple(without))
    assert (await later.not_for_me(1, given.id)).toast is Toast.OLD_BUTTON
    assert (await later.show_movement(1, given.tip_id)).toast is Toast.OLD_BUTTON


async def test_show_me_shows_the_movement(anna, desk):
    assert notice(await desk.cases.show_movement(1, "plank"), Screening), "first the signs"
    await anna.opens(CheckInKind.SIGNS)
    await anna.answers((Question.EMERGENCY, "none"), (Question.SAME_DAY, "none"))
    assert notice(await desk.cases.show_movement(1, "plank"), MovementShown).tip.id == "plank"
    assert (await desk.cases.show_movement(1, "ice")).toast is Toast.OLD_BUTTON
    assert (await desk.cases.show_movement(1, "no-such-tip")).toast is Toast.OLD_BUTTON
    await anna.reports()
    assert notice(await desk.cases.show_movement(1, "plank"), LockReminder)


async def test_a_movement_can_be_seen_the_other_way_in_the_same_message(anna, desk):
    await anna.opens(CheckInKind.SIGNS)
    await anna.answers((Question.EMERGENCY, "none"), (Question.SAME_DAY, "none"))
    turned = await desk.cases.show_movement.instead(1, "plank", still=True)
    assert notice(turned, MovementShown).still
    assert turned.messages == ()
    await anna.reports()
    locked = await desk.cases.show_movement.instead(1, "plank", still=False)
    assert notice(locked, LockReminder)
    assert locked.edits == ()


async def test_show_me_says_so_where_pain_rules_the_movement_out(anna, desk):
    await anna.rates(7)
    assert notice(await desk.cases.show_movement(1, "plank"), TipPage).barred


async def test_another_tip_looks_again_with_todays_rules(anna, desk):
    """An update may have made the rules stricter since the check-in."""
    await anna.rates(7)
    known = desk.ports.ruleset
    stricter = tuple(
        replace(rule, urgency=Urgency.URGENT) if rule.id == "severe-pain" else rule
        for rule in known.rules
    )
    later = desk.another_release(ruleset=replace(known, rules=stricter))
    reply = await later.another_tip(1, (await anna.check_ins())[0].id, desk.next_update())
    assert notice(reply, EscalationNotice).urgency is Urgency.URGENT
    assert len(await anna.tips()) == 1


async def test_a_profile_changed_in_settings_looks_again_at_todays_pain(anna):
    await anna.rates(4)
    ill = Profile(frozenset({Condition.CANCER}))
    reply = await keeps(anna, ill, purpose=Purpose.SETTINGS, check_in_id=0)
    assert notice(reply, EscalationNotice).urgency is Urgency.URGENT


async def test_advice_shown_again_during_an_escalation_comes_without_its_tip(anna, desk):
    """The lost answer is repeated after something worse was said: the lock covers it too."""
    await anna.opens()
    await anna.answers((Question.RATING, "4"), *CLEAN, (Question.REGION, "blades"))
    last = anna.tap((await anna.open_check_in()).id, Question.CONTRIBUTOR, "none")
    assert notice(await anna.sees(desk.cases.record_answer(last)), Advice).tip
    await anna.reports()
    assert notice(await anna.sees(desk.cases.record_answer(last)), Advice).tip is None


async def test_the_next_morning_asks_whether_the_tip_helped(anna):
    given = await next_morning(anna)
    reply = await anna.answers((Question.RATING, "2"), *CLEAN)
    prompt = notice(reply, Prompt)
    assert prompt.question is Question.HELPED
    assert prompt.check_in.kept.tip_id == given.tip_id
    await anna.answers((Question.HELPED, Effect.HELPED))
    assert (await anna.tips())[0].effect is Effect.HELPED
    assert (await anna.tips())[1].tip_id == given.tip_id, "what helped is offered first"


@pytest.mark.parametrize("effect", [Effect.NO_CHANGE, Effect.NOT_TRIED])
async def test_how_a_tip_did_is_kept_with_the_tip(anna, effect):
    await next_morning(anna)
    await anna.finishes(nrs="4", hlp=effect)
    assert (await anna.tips())[0].effect is effect


async def test_a_tip_that_made_it_worse_is_off_and_no_exercise_follows_today(anna):
    given = await next_morning(anna)
    reply = await anna.finishes(nrs="2", hlp="worse", con="hunched")
    advice = notice(reply, Advice)
    assert advice.tip.id != given.tip_id
    assert not advice.tip.is_exercise
    assert (await anna.tips())[0].effect is Effect.WORSE


async def test_worse_at_0_asks_both_lists(anna):
    await next_morning(anna)
    reply = await anna.answers((Question.RATING, "0"), (Question.HELPED, Effect.WORSE))
    assert notice(reply, Prompt).question is Question.EMERGENCY


async def test_taking_did_it_help_back_forgets_the_effect(anna, desk):
    await next_morning(anna)
    await anna.answers((Question.RATING, "0"), (Question.HELPED, Effect.WORSE))
    id_ = (await anna.open_check_in()).id
    reply = await anna.sees(desk.cases.go_back(1, id_, desk.next_update()))
    assert notice(reply, Prompt).question is Question.HELPED
    assert (await anna.tips())[0].effect is None


async def test_a_worse_morning_means_see_somebody(anna):
    await next_morning(anna)
    advice = notice(await anna.finishes(nrs="6"), Advice)
    assert Finding.RISING_PAIN in advice.findings


@pytest.fixture
async def cleo(desk):
    """A runner whose safety profile is not known yet."""
    return await desk.settled(Person(desk, 3), profile=None)


async def test_the_profile_is_asked_before_the_first_tip(cleo):
    reply = await cleo.rates(4)
    assert notice(reply, ProfileQuestion).purpose is Purpose.ADVICE
    assert not notices(reply, Advice)
    assert await cleo.tips() == ()
    reply = await keeps(cleo, HEALTHY)
    assert notice(reply, ProfileKept).profile == HEALTHY
    assert notice(reply, Advice).tip is not None
    assert notice(reply, PlanOffer)


async def test_whom_to_see_is_said_at_once_and_only_the_tip_waits_for_the_profile(cleo):
    reply = await cleo.rates(7)
    assert notice(reply, Advice).held_back
    assert notice(reply, Advice).urgency is Urgency.ROUTINE
    assert notice(reply, Advice).tip is None
    assert notice(reply, ProfileQuestion)


async def test_a_profile_that_makes_the_pain_serious_escalates_instead_of_a_tip(cleo):
    await cleo.rates(4)
    reply = await keeps(cleo, Profile(frozenset({Condition.CANCER})))
    assert notice(reply, EscalationNotice).urgency is Urgency.URGENT
    assert not notices(reply, Advice)


async def test_ticking_stores_nothing(cleo, desk):
    draft = Profile(frozenset({Condition.CANCER}))
    reply = await desk.cases.keep_profile.tick(3, draft, Purpose.ADVICE, 0)
    assert notice(reply, ProfileQuestion).draft == draft
    assert (await cleo.record()).profile is None


async def test_a_profile_saved_from_settings_leads_nowhere(cleo):
    reply = await keeps(cleo, HEALTHY, purpose=Purpose.SETTINGS, check_in_id=0)
    assert kinds(reply) == ["ProfileKept"]
    assert (await cleo.record()).profile == HEALTHY


async def test_a_profile_for_a_check_in_that_is_not_finished_is_just_kept(cleo, anna):
    await cleo.opens()
    assert kinds(await keeps(cleo, HEALTHY)) == ["ProfileKept"]
    await anna.opens()
    of_anna = (await anna.open_check_in()).id
    assert kinds(await keeps(cleo, HEALTHY, check_in_id=of_anna)) == ["ProfileKept"]


async def test_a_profile_while_an_escalation_is_open_brings_the_lock_not_a_tip(cleo):
    await cleo.rates(4)
    finished = (await cleo.check_ins())[-1].id
    await cleo.reports()
    ill = Profile(frozenset({Condition.CANCER}))
    reply = await keeps(cleo, ill, check_in_id=finished)
    assert kinds(reply)[:2] == ["ProfileKept", "LockReminder"]


async def test_an_undisclosed_profile_gets_only_tips_nobody_must_avoid(cleo):
    await cleo.rates(4)
    advice = notice(await keeps(cleo, Profile(undisclosed=True)), Advice)
    assert not {"cancer", "bones", "thinners", "pregnancy"} & set(advice.tip.not_when)


async def test_a_known_condition_fires_once_per_episode(desk):
    ill = Profile(frozenset({Condition.CANCER}), AgeBand.UP_TO_54)
    dana = await desk.settled(Person(desk, 4), profile=ill)
    assert notice(await dana.rates(2), EscalationNotice)
    await dana.is_seen()
    desk.clock.at += timedelta(days=1)
    assert notice(await dana.rates(2), Advice), "in this episode it was told and seen"
    desk.clock.at += timedelta(days=15)
    assert notice(await dana.rates(2), EscalationNotice), "new pain is a new episode"


async def test_the_plan_is_offered_once_after_the_first_rating(anna):
    assert notice(await anna.rates(0), PlanOffer)
    assert not notices(await anna.rates(0), PlanOffer)


async def test_no_plan_is_offered_to_whoever_has_one_or_only_looked_at_the_signs(anna, ben):
    await anna.opens(CheckInKind.SIGNS)
    assert not notices(await anna.finishes(), PlanOffer)
    await ben.plans(2)
    assert not notices(await ben.rates(0), PlanOffer)


@pytest.mark.usefixtures("anna")
async def test_settings_show_the_profile_question(desk):
    question = notice(await desk.cases.settings.profile(1), ProfileQuestion)
    assert question.draft == HEALTHY
    assert (await desk.cases.settings.profile(9)).toast is Toast.NEEDS_CONSENT
    assert notice(await desk.cases.settings.show(1), SettingsPage)


async def test_a_stopped_check_in_gives_no_tip_even_later(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "4"), *CLEAN)
    id_ = (await anna.open_check_in()).id
    await desk.cases.leave_check_in(1, id_, Closed.STOPPED)
    assert (await another(anna)).toast is Toast.OLD_BUTTON
