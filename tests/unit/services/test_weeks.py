"""What weeks of check-ins say: why somebody should look, how often it is said, what ends it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.desk import CLEAN, Person, kinds, notice, notices
from support.made import HEALTHY

from bot.domain.check_in import Answer, CheckIn, CheckInKind, Closed, Question
from bot.domain.pain import Effect
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import AgeBand, Condition, Profile
from bot.services.follow_ups import Action
from bot.services.notices import Advice, EscalationNotice, LockReminder, Prompt, SignsDenied
from bot.services.replies import Toast


async def day(person, rating, **answers):
    """A check-in, then a day goes by; gives the advice, None where there was none."""
    reply = await person.rates(rating, **answers)
    await person.desk.passes(days=1)
    found = notices(reply, Advice)
    return found[0] if found else None


async def had(person, *given):
    """Ratings of the days before today, one a day, the last of them yesterday."""
    now = person.desk.clock.at
    async with person.desk.database.unit_of_work() as uow:
        for ago, rating in zip(range(len(given), 0, -1), given, strict=True):
            at = now - timedelta(days=ago)
            made = CheckIn(person.id, CheckInKind.ASKED, at, at.date(), f"had:{at}", opened_at=at)
            stored = await uow.check_ins.add(replace(made, closed_at=at, closed=Closed.DONE))
            await uow.check_ins.add_answer(stored.id, Answer(Question.RATING, str(rating), at))


async def says(person, word, check_in=None):
    """Tap "I have seen someone" or "I have an appointment" under an advice."""
    check_in = check_in or (await person.check_ins())[-1]
    return await person.answers((Question.ACKNOWLEDGED, word), check_in_id=check_in.id)


async def another(person, check_in):
    """Ask for another tip on a check-in."""
    update_id = person.desk.next_update()
    work = person.desk.cases.another_tip(person.user_id, check_in.id, update_id)
    return await person.sees(work)


async def tried(person, effect):
    """An evening with pain and a tip, and the morning after, which asks about it."""
    await person.runs(minutes=60)
    await person.desk.passes(minutes=0)
    await person.finishes(nrs="3")
    await person.desk.passes(hours=18)
    reply = await person.finishes(nrs="3", hlp=effect)
    await person.desk.passes(hours=6)
    return notice(reply, Advice)


async def test_severe_pain_is_a_reason_to_see_somebody(anna):
    advice = await day(anna, 7)
    assert (advice.urgency, advice.findings) == (Urgency.ROUTINE, {Finding.SEVERE_PAIN})


async def test_pain_that_lasts_is_a_reason_first_softly_then_firmly(anna):
    await had(anna, *[2] * 13)
    assert (await day(anna, 2)).urgency is Urgency.SELF_CARE
    soft = await day(anna, 2)
    assert (soft.urgency, soft.findings, soft.firm) == (
        Urgency.ROUTINE,
        {Finding.LASTING_14},
        False,
    )
    assert (await day(anna, 2)).urgency is Urgency.SELF_CARE, "told once"
    await anna.desk.passes(days=12)
    firm = await day(anna, 2)
    assert (firm.findings, firm.firm) == ({Finding.LASTING_28}, True)


async def test_home_care_that_does_not_help_is_a_reason(anna):
    for _ in range(2):
        assert (await tried(anna, Effect.NO_CHANGE)).urgency is Urgency.SELF_CARE
    advice = await tried(anna, Effect.NO_CHANGE)
    assert (advice.urgency, advice.findings) == (Urgency.ROUTINE, {Finding.NO_BETTER})


async def test_numbness_is_a_reason_to_be_seen_today(anna):
    reply = await anna.reports(sign="same-day")
    told = notice(reply, EscalationNotice)
    assert (told.urgency, Finding.ONE_LIMB in told.findings) == (Urgency.URGENT, True)


async def test_what_stops_daily_life_is_a_reason_and_the_second_time_firmly(anna):
    async def limited():
        await anna.opens()
        await anna.answers((Question.RATING, "5"), *CLEAN, (Question.DAILY_LIFE, "yes"))
        reply = await anna.answers((Question.REGION, "blades"), (Question.CONTRIBUTOR, "none"))
        await anna.desk.passes(days=1)
        return notice(reply, Advice)

    first = await limited()
    assert (first.urgency, first.firm) == (Urgency.ROUTINE, False)
    assert first.findings == {Finding.STOPS_DAILY_LIFE}
    again = await limited()
    assert (again.urgency, again.firm) == (Urgency.ROUTINE, True)


async def test_after_six_weeks_it_is_said_every_week_until_the_runner_has_an_answer(anna):
    await had(anna, *[2] * 42)
    said = [await day(anna, 2) for _ in range(8)]
    told = [place for place, one in enumerate(said) if Finding.LASTING_42 in one.findings]
    assert told == [0, 7]
    await says(anna, "booked")
    await anna.desk.passes(days=7)
    assert (await day(anna, 2)).urgency is Urgency.SELF_CARE
    advice = await day(anna, 7)
    assert advice.findings == {Finding.SEVERE_PAIN}, "a new sign is still told"


async def test_three_flares_within_eight_weeks_are_a_reason(anna):
    await had(anna, *[0, 0, 0, 4] * 2, 0, 0, 0)
    advice = await day(anna, 4)
    assert (advice.urgency, advice.findings) == (Urgency.ROUTINE, {Finding.THREE_FLARES})


@pytest.mark.parametrize(
    ("profile", "urgency"),
    [
        (HEALTHY, Urgency.SELF_CARE),
        (Profile(age_band=AgeBand.FROM_55), Urgency.ROUTINE),
        (Profile(age_band=AgeBand.FROM_66), Urgency.ROUTINE),
        (Profile(frozenset({Condition.PREGNANCY})), Urgency.ROUTINE),
    ],
)
async def test_a_first_episode_is_looked_at_after_a_week_at_55_or_in_pregnancy(
    desk, profile, urgency
):
    cleo = await desk.settled(Person(desk, 3), profile=profile)
    await had(cleo, *[2] * 6)
    assert (await day(cleo, 2)).urgency is Urgency.SELF_CARE
    assert (await day(cleo, 2)).urgency is urgency


async def test_an_episode_before_the_look_back_is_still_known(desk):
    """A second episode is no first one, even when the first is more than three months old."""
    cleo = await desk.settled(Person(desk, 3), profile=Profile(age_band=AgeBand.FROM_55))
    await day(cleo, 3)
    await desk.passes(days=120)
    await had(cleo, *[2] * 8)
    assert (await day(cleo, 2)).urgency is Urgency.SELF_CARE


async def test_what_was_told_once_stays_told_in_an_episode_of_many_months(desk):
    profile = Profile(frozenset({Condition.FRAGILE_BONES}))
    cleo = await desk.settled(Person(desk, 3), profile=profile)
    assert notices(await cleo.rates(2), EscalationNotice)
    await cleo.is_seen()
    for _ in range(9):
        await desk.passes(days=13)
        assert not notices(await cleo.rates(2), EscalationNotice)


async def test_seen_is_kept_with_the_check_in_and_shown_in_place_of_the_buttons(anna):
    await day(anna, 7)
    reply = await says(anna, "seen")
    assert kinds(reply) == ["Advice"]
    assert reply.toast is Toast.NOTED
    assert notice(reply, Advice).check_in.value(Question.ACKNOWLEDGED) == "seen"
    again = await says(anna, "booked")
    assert again.toast is Toast.ALREADY
    assert (await anna.check_ins())[-1].value(Question.ACKNOWLEDGED) == "seen"


async def test_the_word_of_having_been_seen_is_taken_under_a_routine_answer_only(anna, desk):
    await day(anna, 2)
    assert (await says(anna, "seen")).toast is Toast.OLD_BUTTON
    await day(anna, 7)
    assert (await says(anna, "perhaps")).toast is Toast.OLD_BUTTON
    await anna.reports()
    routine = (await anna.check_ins())[1]
    assert notice(await says(anna, "seen", routine), LockReminder)
    await anna.opens(CheckInKind.SIGNS)
    assert (await desk.cases.record_answer(anna.tap(99, Question.ACKNOWLEDGED, "seen"))).toast


async def test_undo_takes_the_word_back_and_nothing_else(anna, desk):
    await anna.rates(7)
    await says(anna, "seen")
    reply = await anna.sees(desk.cases.undo_last(anna.user_id, desk.next_update()))
    assert kinds(reply) == ["Advice"]
    check_in = (await anna.check_ins())[-1]
    assert check_in.value(Question.ACKNOWLEDGED) is None
    assert check_in.rating == 7


async def test_the_word_of_having_been_seen_is_no_look_at_the_signs(anna, desk):
    """It comes hours after the lists were denied; another tip needs a fresh look."""
    await anna.rates(7)
    await desk.passes(hours=13)
    await says(anna, "seen")
    reply = await another(anna, (await anna.check_ins())[-1])
    assert reply.toast is Toast.OLD_BUTTON


async def test_stopping_daily_life_is_not_repeated_to_whoever_has_an_appointment(anna):
    async def limited():
        await anna.opens()
        await anna.answers((Question.RATING, "5"), *CLEAN, (Question.DAILY_LIFE, "yes"))
        return await anna.answers((Question.REGION, "blades"), (Question.CONTRIBUTOR, "none"))

    await limited()
    await says(anna, "booked")
    await anna.desk.passes(days=1)
    assert notice(await limited(), Advice).urgency is Urgency.SELF_CARE


async def test_what_a_doctor_saw_is_not_told_again_on_the_same_ratings(anna, desk):
    await anna.rates(7)
    await desk.passes(hours=10)
    assert notices(await anna.rates(7), EscalationNotice)
    await anna.is_seen()
    await desk.passes(hours=1)
    earlier = (await anna.check_ins())[0]
    assert not notices(await another(anna, earlier), EscalationNotice)
    await desk.passes(hours=9)
    reply = await anna.rates(8)
    assert notice(reply, Advice).findings == {Finding.SEVERE_PAIN}, "one new 8 is no pair"
    await desk.passes(hours=9)
    assert notices(await anna.rates(7), EscalationNotice), "two new ones are"


async def test_a_new_sign_after_being_seen_is_told(anna, desk):
    await anna.rates(9)
    await anna.is_seen()
    await desk.passes(hours=2)
    assert notices(await anna.rates(9), EscalationNotice)
    await anna.is_seen()
    await desk.passes(hours=2)
    assert notices(await anna.reports(sign="same-day"), EscalationNotice)


async def test_a_profile_that_is_kept_after_being_seen_raises_nothing_new(desk):
    cleo = await desk.settled(Person(desk, 3), profile=None)
    await cleo.rates(4)
    check_in = (await cleo.check_ins())[-1]
    await desk.passes(hours=1)
    await cleo.reports()
    await cleo.is_seen()
    profile = Profile(frozenset({Condition.CANCER}))
    save = desk.cases.keep_profile.save
    reply = await cleo.sees(save(cleo.user_id, profile, "a", check_in.id))
    assert not notices(reply, EscalationNotice)


async def with_cancer(desk):
    return await desk.settled(Person(desk, 3), profile=Profile(frozenset({Condition.CANCER})))


async def test_a_profile_that_was_the_mistake_is_not_told_again_on_the_same_pain(desk):
    cleo = await with_cancer(desk)
    assert notices(await cleo.rates(4), EscalationNotice)
    again = await cleo.says_of_it(Action.MISTAKE_YES)
    assert notice(again, Prompt).question is Question.RATING
    reply = await cleo.finishes(nrs="4")
    assert notice(reply, Advice).urgency is Urgency.SELF_CARE
    await desk.passes(hours=18)
    assert not notices(await cleo.rates(4), EscalationNotice), "the next day neither"


@pytest.mark.parametrize("sign", ["emergency", "same-day"])
async def test_a_sign_that_was_the_mistake_leaves_the_profile_to_be_told(desk, sign):
    cleo = await with_cancer(desk)
    await cleo.reports(sign=sign)
    again = await cleo.says_of_it(Action.MISTAKE_YES)
    # With both lists denied nothing is left to ask before it.
    told = notice(again if sign == "same-day" else await cleo.finishes(), EscalationNotice)
    assert (told.urgency, Finding.CANCER_HISTORY in told.findings) == (Urgency.URGENT, True)


async def weekly_morning(person, **answers):
    """Pain for three days, then a run; the morning after has the weekly list."""
    await had(person, 3, 3, 3)
    return await morning(person, **answers)


async def morning(person, **answers):
    await person.runs(minutes=60)
    await person.desk.passes(minutes=0)
    await person.finishes(nrs="3")
    await person.desk.passes(hours=18)
    assert (await person.open_check_in()).kind is CheckInKind.MORNING
    return await person.finishes(nrs="3", **answers)


async def asked_weekly(person):
    newest = [one for one in await person.check_ins() if one.kind is CheckInKind.MORNING][-1]
    return newest.value(Question.WEEKLY) is not None


async def test_the_weekly_list_is_asked_once_a_week_from_the_third_day_on(anna, desk):
    await morning(anna)
    assert not await asked_weekly(anna), "the first morning is for the run"
    await desk.passes(hours=6)
    asked = []
    for _ in range(10):
        await morning(anna)
        asked.append(await asked_weekly(anna))
        await desk.passes(hours=6)
    assert asked == [False, True, *[False] * 6, True, False]


async def test_a_named_slower_sign_is_told_by_its_own_urgency(anna):
    reply = await weekly_morning(anna, wk="some", wkw="meal-pain")
    advice = notice(reply, Advice)
    assert (advice.urgency, advice.findings) == (Urgency.ROUTINE, {Finding.MEAL_PAIN})


async def test_an_urgent_slower_sign_is_told_at_once(anna):
    reply = await weekly_morning(anna, wk="some", wkw="weight-loss")
    told = notice(reply, EscalationNotice)
    assert (told.urgency, Finding.WEIGHT_LOSS in told.findings) == (Urgency.URGENT, True)


async def to_weekly(person):
    """Answer a weekly morning up to its "one or more"."""
    await had(person, 3, 3, 3)
    await person.runs(minutes=60)
    await person.desk.passes(minutes=0)
    await person.finishes(nrs="3")
    await person.desk.passes(hours=18)
    return await person.answers((Question.RATING, "3"), *CLEAN, (Question.WEEKLY, "some"))


async def test_a_slower_sign_nobody_names_counts_as_urgent_after_ten_minutes(anna, desk):
    reply = await to_weekly(anna)
    assert notice(reply, Prompt).question is Question.WEEKLY_WHICH
    desk.came(Prompt)
    await desk.passes(minutes=9)
    assert desk.came(EscalationNotice) == []
    await desk.passes(minutes=1)
    (told,) = desk.came(EscalationNotice)
    assert (told.urgency, Finding.WEEKLY_UNSPECIFIED in told.findings) == (Urgency.URGENT, True)
    named = await anna.sees(
        desk.cases.name_sign(anna.user_id, (await anna.escalations())[-1].id, Finding.LUMP)
    )
    assert Finding.LUMP in notice(named, EscalationNotice).findings
    assert (await anna.check_ins())[-1].value(Question.WEEKLY_WHICH) == "lump"


async def test_back_and_none_takes_a_slower_sign_back(anna, desk):
    await to_weekly(anna)
    check_in = await anna.open_check_in()
    await anna.sees(desk.cases.go_back(anna.user_id, check_in.id, desk.next_update()))
    reply = await anna.finishes()
    assert notices(reply, Advice)
    await desk.passes(minutes=20)
    assert await anna.escalations() == ()


async def test_walking_back_from_a_slower_sign_without_a_no_still_tells_it(anna, desk):
    await to_weekly(anna)
    check_in = await anna.open_check_in()
    await anna.sees(desk.cases.go_back(anna.user_id, check_in.id, desk.next_update()))
    await anna.sees(desk.cases.leave_check_in(anna.user_id, check_in.id, "stopped"))
    await desk.passes(minutes=10)
    (told,) = desk.came(EscalationNotice)
    assert Finding.WEEKLY_UNSPECIFIED in told.findings


async def test_stopping_at_the_unnamed_slower_sign_tells_it_at_once(anna, desk):
    await to_weekly(anna)
    check_in = await anna.open_check_in()
    reply = await anna.sees(desk.cases.leave_check_in(anna.user_id, check_in.id, "stopped"))
    assert notices(reply, EscalationNotice)


async def test_a_mistaken_slower_sign_goes_on_with_the_check_in(anna):
    await weekly_morning(anna, wk="some", wkw="lump")
    reply = await anna.says_of_it(Action.MISTAKE_YES)
    check_in = (await anna.check_ins())[-1]
    assert check_in.value(Question.WEEKLY) == "none"
    assert notice(reply, Prompt).question is Question.HELPED


async def test_one_or_more_of_an_old_weekly_list_is_asked_about_with_both_lists(anna):
    await weekly_morning(anna)
    morning_one = (await anna.check_ins())[-1]
    late = await anna.answers((Question.WEEKLY, "some"), check_in_id=morning_one.id)
    assert notice(late, Prompt).question is Question.EMERGENCY
    reply = await anna.answers(*CLEAN, (Question.WEEKLY_WHICH, "worse-coughing"))
    assert Finding.WORSE_COUGHING in notice(reply, EscalationNotice).findings


async def test_a_slower_sign_that_can_wait_is_told_as_such_without_a_rating_too(anna):
    await weekly_morning(anna)
    morning_one = (await anna.check_ins())[-1]
    await anna.answers((Question.WEEKLY, "some"), check_in_id=morning_one.id)
    reply = await anna.answers(*CLEAN, (Question.WEEKLY_WHICH, "meal-pain"))
    assert notice(reply, Advice).findings == {Finding.MEAL_PAIN}
    assert not notices(reply, SignsDenied)


async def test_what_is_urgent_already_is_not_kept_waiting_by_the_weekly_list(anna, desk):
    await had(anna, 3, 3, 3)
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    await anna.finishes(nrs="3")
    await desk.passes(hours=18)
    reply = await anna.answers((Question.RATING, "9"), *CLEAN)
    assert notices(reply, EscalationNotice)


async def test_an_unanswered_weekly_list_is_asked_again_the_next_morning(anna, desk):
    await had(anna, 3, 3, 3)
    await anna.runs(minutes=60)
    await desk.passes(minutes=0)
    await anna.finishes(nrs="3")
    await desk.passes(hours=18)
    await anna.answers((Question.RATING, "3"), *CLEAN)
    await desk.passes(hours=6)
    await morning(anna)
    assert await asked_weekly(anna)


async def test_only_signs_of_the_weekly_list_answer_it(anna):
    await to_weekly(anna)
    reply = await anna.answers((Question.WEEKLY_WHICH, "chest-pain"))
    assert reply.toast is Toast.OLD_BUTTON
