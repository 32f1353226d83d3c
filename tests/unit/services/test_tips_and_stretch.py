"""/tips and /stretch: looked up by somebody, behind a look at the signs and the profile."""

from datetime import timedelta

import pytest
from support.desk import Person, kinds, notice
from support.made import HEALTHY

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.flags import flags_of
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.domain.runner import AgeBand, Condition, Profile
from bot.services.heeding import Words
from bot.services.notices import (
    EscalationNotice,
    LockReminder,
    ProfileQuestion,
    Purpose,
    Screening,
    StretchEnd,
    StretchOver,
    StretchStep,
    TipPage,
    TipsList,
    TipsMenu,
    TipsSection,
)
from bot.services.replies import Toast
from bot.services.steps.gates import section_of

MINE = flags_of(HEALTHY)
EVERYTHING = flags_of(Profile(frozenset(Condition), AgeBand.FROM_66))


async def screens(person, reported=None, purpose=Purpose.STRETCH):
    """Answer both lists on one screen."""
    answer = person.desk.cases.answer_screening
    return await person.sees(answer(person.user_id, person.desk.next_update(), purpose, reported))


@pytest.mark.usefixtures("anna")
async def test_tips_by_section(desk):
    tips = desk.cases.open_tips
    assert notice(await tips.menu(1), TipsMenu)
    assert notice(await tips.menu(9), TipsMenu), "reading needs no consent"
    before = notice(await tips.section(1, TipsSection.BEFORE), TipsList)
    assert "warm-up" in [tip.id for tip in before.tips]
    assert all(section_of(tip) is TipsSection.BEFORE for tip in before.tips)
    why = notice(await tips.section(1, TipsSection.CONTRIBUTORS), TipsList)
    assert "posture" in [tip.id for tip in why.tips]


async def test_when_it_hurts_opens_with_the_signs_unless_a_clean_look_is_recent(anna, desk):
    section = desk.cases.open_tips.section
    hurts = TipsSection.WHEN_IT_HURTS
    assert notice(await section(1, hurts), Screening).purpose is Purpose.TIPS
    await screens(anna, purpose=Purpose.TIPS)
    desk.clock.at += timedelta(hours=11)
    assert "ice" in [tip.id for tip in notice(await section(1, hurts), TipsList).tips]
    desk.clock.at += timedelta(hours=1)
    assert notice(await section(1, hurts), Screening)


async def test_a_clean_check_in_counts_as_a_clean_look(anna, desk):
    await anna.rates(3)
    hurts = TipsSection.WHEN_IT_HURTS
    assert notice(await desk.cases.open_tips.section(1, hurts), TipsList)


async def test_a_tip_page_says_so_where_profile_or_pain_rule_it_out(anna, desk):
    page = desk.cases.open_tips.page
    assert notice(await page(1, "plank"), Screening), "an old page asks for the signs again"
    await screens(anna, purpose=Purpose.TIPS)
    assert not notice(await page(1, "plank"), TipPage).barred
    assert notice(await page(9, "plank"), TipPage).barred, "nothing is known of a stranger"
    assert not notice(await page(9, "ice"), TipPage).barred
    assert (await page(1, "no-such-tip")).toast is Toast.OLD_BUTTON
    await anna.rates(7)
    assert notice(await page(1, "plank"), TipPage).barred


async def test_every_door_to_a_tip_is_locked_by_an_open_escalation(anna, desk):
    await anna.reports()
    cases = desk.cases
    for reply in (
        await cases.open_tips.menu(1),
        await cases.open_tips.section(1, TipsSection.BEFORE),
        await cases.open_tips.page(1, "warm-up"),
        await cases.stretch.begin(1),
        await cases.stretch.step(1, 1, MINE),
    ):
        assert kinds(reply) == ["LockReminder"]
        assert notice(reply, LockReminder).escalation.urgency is Urgency.EMERGENCY


async def test_stretch_opens_with_the_signs_and_goes_on_to_the_first_movement(anna, desk):
    assert notice(await desk.cases.stretch.begin(1), Screening).purpose is Purpose.STRETCH
    step = notice(await screens(anna), StretchStep)
    assert (step.number, step.flags) == (1, MINE)
    assert step.total > 4
    again = notice(await desk.cases.stretch.begin(1), StretchStep)
    assert again == step, "a clean look is recent"


async def test_the_set_step_by_step_to_its_end(anna, desk):
    total = notice(await screens(anna), StretchStep).total
    shown = [
        notice(await desk.cases.stretch.step(1, number, MINE), StretchStep).tip.id
        for number in range(1, total + 1)
    ]
    assert len(set(shown)) == total
    over = await desk.cases.stretch.step(1, total + 1, MINE)
    assert notice(over, StretchOver).how is StretchEnd.FINISHED
    assert notice(await desk.cases.stretch.step(1, 0, MINE), StretchOver)
    sore = await desk.cases.stretch.over(1, StretchEnd.SORE)
    assert notice(sore, StretchOver).how is StretchEnd.SORE


async def test_the_set_leaves_out_what_the_profile_rules_out(desk):
    everything = notice(await desk.cases.stretch.step(9, 1, MINE), StretchStep)
    pregnant = flags_of(Profile(frozenset({Condition.PREGNANCY}), AgeBand.UP_TO_54))
    fewer = notice(await desk.cases.stretch.step(9, 1, pregnant), StretchStep)
    assert fewer.total < everything.total
    nothing = await desk.cases.stretch.step(9, 1, EVERYTHING)
    assert notice(nothing, StretchOver).how is StretchEnd.NOTHING_FITS


async def test_a_stored_profile_counts_more_than_an_old_button(anna, desk):
    await screens(anna)
    await anna.changes(profile=Profile(frozenset(Condition), AgeBand.FROM_66))
    reply = await desk.cases.stretch.step(1, 1, MINE)
    assert notice(reply, StretchOver).how is StretchEnd.NOTHING_FITS


async def test_no_exercise_for_a_day_after_a_7(anna, desk):
    await anna.rates(7)
    reply = await desk.cases.stretch.begin(1)
    assert notice(reply, StretchOver).how is StretchEnd.NOT_TODAY
    desk.clock.at += timedelta(hours=25)
    assert notice(await screens(anna), StretchStep)


async def test_an_old_movement_button_asks_for_the_signs_again(anna, desk):
    await screens(anna)
    desk.clock.at += timedelta(hours=13)
    assert notice(await desk.cases.stretch.step(1, 3, MINE), Screening)


async def test_mild_pain_leaves_out_core_work(anna, desk):
    total = notice(await screens(anna), StretchStep).total
    await anna.rates(2)
    assert notice(await desk.cases.stretch.step(1, 1, MINE), StretchStep).total < total


@pytest.mark.parametrize(
    ("sign_list", "urgency", "finding"),
    [
        (SignList.EMERGENCY, Urgency.EMERGENCY, Finding.EMERGENCY_UNSPECIFIED),
        (SignList.SAME_DAY, None, None),
    ],
)
async def test_a_sign_on_the_screen_is_handled_like_any_other(anna, sign_list, urgency, finding):
    reply = await screens(anna, sign_list)
    if urgency is None:
        assert (await anna.open_check_in()).value(Question.SAME_DAY) == "some"
        return
    told = notice(reply, EscalationNotice)
    assert (told.urgency, finding in told.findings) == (urgency, True)
    assert (await anna.check_ins())[0].kind is CheckInKind.SCREEN


@pytest.mark.usefixtures("anna")
async def test_one_update_answers_the_screen_once(desk):
    update_id = desk.next_update()
    answer = desk.cases.answer_screening
    await answer(1, update_id, Purpose.STRETCH, None)
    assert (await answer(1, update_id, Purpose.STRETCH, None)).toast is Toast.ALREADY


async def test_the_screen_closes_an_open_check_in(anna):
    await anna.opens()
    reply = await screens(anna, SignList.EMERGENCY)
    assert Closed.REPLACED in [one.closed for one in await anna.check_ins()]
    assert notice(reply, EscalationNotice)


@pytest.mark.parametrize("purpose", [Purpose.STRETCH, Purpose.TIPS])
async def test_the_screen_never_hides_an_escalation_of_the_check_in_it_closes(anna, purpose):
    """A 9 that was left at the lists is urgent in itself, whatever is tapped next."""
    await anna.opens()
    await anna.answers((Question.RATING, "9"))
    reply = await screens(anna, purpose=purpose)
    assert kinds(reply) == ["ClosedCheckIn", "EscalationNotice", "LockReminder"]


@pytest.mark.parametrize("purpose", [Purpose.STRETCH, Purpose.TIPS])
async def test_an_old_screen_opens_no_tips_while_an_escalation_is_open(anna, desk, purpose):
    await anna.reports()
    assert kinds(await screens(anna, purpose=purpose)) == ["LockReminder"]
    saved = await desk.cases.keep_profile.save(1, HEALTHY, purpose, 0)
    assert kinds(saved) == ["ProfileKept", "LockReminder"]


async def test_a_clean_look_takes_the_keys_off_the_check_in_it_closes(anna):
    await anna.opens()
    message_id = (await anna.open_check_in()).message_id
    reply = await screens(anna)
    assert reply.edits[0].message_id == message_id
    assert notice(reply, StretchStep)


async def test_a_check_in_that_never_arrived_leaves_the_tapped_message_alone(anna, desk):
    await desk.cases.check_in_now(1, desk.next_update())
    reply = await anna.opens(CheckInKind.SIGNS)
    assert kinds(reply) == ["Prompt"]


async def test_the_profile_comes_between_screen_and_set(desk):
    cleo = await desk.settled(Person(desk, 3), profile=None)
    assert notice(await screens(cleo), ProfileQuestion).purpose is Purpose.STRETCH
    assert notice(await desk.cases.stretch.begin(3), ProfileQuestion)
    assert (await cleo.check_ins())[0].kind is CheckInKind.SCREEN
    hurts = TipsSection.WHEN_IT_HURTS
    listed = await desk.cases.open_tips.section(3, hurts)
    assert notice(listed, ProfileQuestion).purpose is Purpose.TIPS
    reply = await desk.cases.keep_profile.save(3, HEALTHY, Purpose.STRETCH, 0)
    assert kinds(reply) == ["ProfileKept", "StretchStep"]


async def test_a_strangers_answers_travel_in_the_buttons(stranger, desk):
    assert notice(await desk.cases.stretch.begin(9), Screening).country is None
    assert notice(await screens(stranger), ProfileQuestion).purpose is Purpose.STRETCH
    reply = await desk.cases.keep_profile.save(9, HEALTHY, Purpose.STRETCH, 0)
    assert notice(reply, StretchStep).flags == MINE
    reply = await desk.cases.keep_profile.save(9, HEALTHY, Purpose.TIPS, 0)
    assert notice(reply, TipsList).section is TipsSection.WHEN_IT_HURTS
    told = notice(await screens(stranger, SignList.SAME_DAY), EscalationNotice)
    assert (told.urgency, told.escalation_id) == (Urgency.URGENT, None)
    assert await stranger.record() is None


async def test_somebody_who_declined_gets_the_number_of_their_country(anna):
    await anna.changes(consent=None)
    assert notice(await screens(anna, SignList.EMERGENCY), EscalationNotice).country == "DE"
    assert await anna.check_ins() == ()


async def reads(stranger, text):
    """Type something, as somebody of whom nothing is stored."""
    words = Words(stranger.user_id, stranger.desk.next_update(), text)
    return await stranger.sees(stranger.desk.cases.heed_signs(words))


@pytest.mark.parametrize("text", ["I have chest pain", "I think I may have a fever"])
async def test_old_buttons_of_a_stranger_with_a_sign_ask_for_another_look(stranger, desk, text):
    """A movement or a tip does not stand beside a sign, also where nothing locks it."""
    await reads(stranger, text)
    movement = desk.cases.show_movement
    for work, purpose in (
        (desk.cases.stretch.step(9, 2, MINE), Purpose.STRETCH),
        (desk.cases.stretch.over(9, StretchEnd.STOPPED), Purpose.STRETCH),
        (desk.cases.open_tips.section(9, TipsSection.BEFORE), Purpose.TIPS),
        (desk.cases.open_tips.page(9, "ice"), Purpose.TIPS),
        (movement(9, "cat-cow"), Purpose.TIPS),
        (desk.cases.keep_profile.tick(9, HEALTHY, Purpose.STRETCH, 0), Purpose.STRETCH),
        (desk.cases.keep_profile.save(9, HEALTHY, Purpose.STRETCH, 0), Purpose.STRETCH),
    ):
        reply = await work
        assert kinds(reply) == ["Screening"]
        assert (notice(reply, Screening).purpose, reply.clears_tapped) == (purpose, True)


async def test_a_clean_look_opens_a_strangers_tips_again_and_so_does_time(stranger, desk):
    await reads(stranger, "I have chest pain")
    await screens(stranger)
    assert notice(await desk.cases.stretch.step(9, 1, MINE), StretchStep)
    await screens(stranger, SignList.SAME_DAY)
    assert notice(await desk.cases.stretch.step(9, 1, MINE), Screening)
    desk.clock.at += timedelta(hours=12)
    assert notice(await desk.cases.stretch.step(9, 1, MINE), StretchStep)


async def test_both_lists_denied_after_a_doubt_open_a_strangers_tips_again(stranger, desk):
    await reads(stranger, "I think I may have a fever")
    lists = desk.cases.signs_without_consent
    await lists(9, SignList.SAME_DAY)
    assert notice(await desk.cases.stretch.step(9, 1, MINE), Screening), "an old second list"
    await lists(9, SignList.EMERGENCY)
    assert notice(await desk.cases.stretch.step(9, 1, MINE), StretchStep)


async def test_no_list_denies_a_strangers_thoughts_of_self_harm(stranger, desk):
    await reads(stranger, "I don't want to live any more")
    for work in (screens(stranger), desk.cases.stretch.step(9, 1, MINE)):
        assert Finding.SELF_HARM in notice(await work, EscalationNotice).findings
    desk.clock.at += timedelta(hours=12)
    assert notice(await desk.cases.stretch.step(9, 1, MINE), StretchStep)


async def test_a_strangers_sign_outlasts_a_clock_that_was_set_back(stranger, desk):
    await reads(stranger, "I have chest pain")
    desk.clock.at -= timedelta(hours=2)
    await reads(Person(desk, 8), "I have chest pain")
    assert notice(await desk.cases.stretch.step(9, 1, MINE), Screening)


async def test_old_buttons_of_who_was_forgotten_with_a_sign_ask_for_another_look(anna, desk):
    await anna.reports()
    await desk.cases.forget.confirm(1)
    assert notice(await desk.cases.stretch.step(1, 1, MINE), Screening)


async def test_no_list_denies_the_self_harm_of_who_was_forgotten(anna, desk):
    await reads(anna, "I don't want to live any more")
    await desk.cases.forget.confirm(1)
    assert Finding.SELF_HARM in notice(await screens(anna), EscalationNotice).findings


async def test_what_was_tapped_goes_away_under_the_lock(anna, desk):
    await anna.reports()
    for work in (
        desk.cases.stretch.step(1, 1, MINE),
        desk.cases.open_tips.section(1, TipsSection.BEFORE),
        desk.cases.open_tips.page(1, "ice"),
        desk.cases.show_movement(1, "cat-cow"),
        desk.cases.show_movement.instead(1, "cat-cow", still=True),
    ):
        reply = await work
        assert notice(reply, LockReminder)
        assert reply.clears_tapped
