"""/start from the first question to the preview, and coming back."""

from datetime import timedelta

import pytest
from support.desk import kinds, notice
from support.made import NOON

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.delivery import DeliveryKind
from bot.domain.runner import CONSENT_VERSION, Awaiting, Consent, OnboardingStep
from bot.services.notices import (
    ConfirmPlace,
    Declined,
    ForgetQuestion,
    LockReminder,
    MovedBelow,
    Onboarding,
    PlaceChoice,
    PlaceKept,
    Plain,
    PlainNotice,
    Preview,
    Prompt,
    Underage,
    Welcome,
)
from bot.services.replies import Toast


def step(reply):
    """The step of /start that a reply shows."""
    return notice(reply, Onboarding).step


async def starts(person):
    """/start."""
    return await person.sees(person.desk.cases.begin(person.user_id, person.user_id))


async def agrees(person):
    """Get as far as consent."""
    cases = person.desk.cases
    await starts(person)
    await cases.confirm_adult(person.user_id, adult=True)
    return await cases.answer_consent(person.user_id, agree=True)


async def test_the_first_session(stranger, desk):
    cases = desk.cases
    assert step(await starts(stranger)) is OnboardingStep.ADULT
    assert step(await cases.confirm_adult(9, adult=True)) is OnboardingStep.CONSENT
    reply = await cases.answer_consent(9, agree=True)
    assert kinds(reply) == ["PlainNotice", "Onboarding", "PlaceChoice"]
    assert step(reply) is OnboardingStep.PLACE
    assert (await stranger.record()).consent == Consent(CONSENT_VERSION, NOON)
    (berlin, *_) = notice(await stranger.types("Berlin"), PlaceChoice).places
    assert berlin.country == "DE"
    confirm = notice(await cases.choose_place.picked(9, 0, "DE"), ConfirmPlace)
    assert (confirm.place, confirm.now) == (berlin, NOON)
    reply = await cases.confirm_place.yes(9)
    assert notice(reply, PlaceKept).runner.zone == "Europe/Berlin"
    assert step(reply) is OnboardingStep.FIRST_RUN
    assert notice(await cases.first_run_later(9), Preview).rhythm == desk.ports.rhythm
    assert (await stranger.record()).onboarded_at == NOON


async def test_start_resumes_and_never_resets(stranger, desk):
    await agrees(stranger)
    desk.clock.at += timedelta(days=3)
    assert step(await starts(stranger)) is OnboardingStep.PLACE
    await desk.cases.choose_place.listed(9, 0)
    assert notice(await starts(stranger), ConfirmPlace)
    assert (await stranger.record()).consent.given_at == NOON


async def test_answering_a_step_twice_keeps_the_first_time(stranger, desk):
    await agrees(stranger)
    desk.clock.at += timedelta(hours=1)
    await desk.cases.confirm_adult(9, adult=True)
    await desk.cases.answer_consent(9, agree=True)
    known = await stranger.record()
    assert (known.adult_at, known.consent.given_at) == (NOON, NOON)


async def test_a_minor_leaves_no_trace(stranger, desk):
    await starts(stranger)
    assert notice(await desk.cases.confirm_adult(9, adult=False), Underage)
    assert await stranger.record() is None


async def test_a_no_to_the_age_question_by_somebody_with_a_record_asks_first(anna, desk):
    """It is an old button in the chat; a record is not deleted by one tap."""
    assert notice(await desk.cases.confirm_adult(1, adult=False), ForgetQuestion)
    assert await anna.record() is not None


async def test_without_consent_nothing_about_health_is_stored(stranger, desk):
    await starts(stranger)
    await desk.cases.confirm_adult(9, adult=True)
    assert notice(await desk.cases.answer_consent(9, agree=False), Declined)
    known = await stranger.record()
    assert (known.consent, known.declined_at) == (None, NOON)
    await desk.cases.answer_consent(9, agree=True)
    assert (await stranger.record()).declined_at is None, "minds may change"


async def test_a_no_after_a_yes_asks_whether_to_delete_everything(anna, desk):
    assert notice(await desk.cases.answer_consent(1, agree=False), ForgetQuestion)
    assert (await anna.record()).consented


async def test_consent_comes_after_the_age_question(stranger, desk):
    assert step(await desk.cases.answer_consent(9, agree=True)) is OnboardingStep.ADULT
    assert step(await desk.cases.confirm_adult(9, adult=True)) is OnboardingStep.ADULT
    await starts(stranger)
    assert step(await desk.cases.answer_consent(9, agree=True)) is OnboardingStep.ADULT
    assert (await stranger.record()).consent is None


async def test_a_new_consent_text_is_asked_about_again_and_nothing_else(anna, desk):
    await anna.changes(consent=Consent("2020-01", NOON))
    assert step(await starts(anna)) is OnboardingStep.CONSENT
    reply = await desk.cases.answer_consent(1, agree=True)
    assert (await anna.record()).consented
    assert notice(reply, PlainNotice).which is Plain.CONSENT_KEPT


async def test_coming_back_says_what_is_next(anna, desk):
    assert notice(await starts(anna), Welcome).next_due_at is None
    await anna.runs(minutes=0)
    assert notice(await starts(anna), Welcome).next_due_at == NOON + timedelta(hours=1)
    await desk.passes(hours=1)
    assert notice(await starts(anna), Prompt).question is Question.RATING
    reply = await starts(anna)
    assert notice(reply, MovedBelow)
    await anna.reports()
    assert notice(await starts(anna), LockReminder)


async def test_not_yet_to_just_ran_needs_a_place(stranger, desk):
    assert (await desk.cases.first_run_later(9)).toast is Toast.OLD_BUTTON
    await agrees(stranger)
    assert (await desk.cases.first_run_later(9)).toast is Toast.OLD_BUTTON


async def test_start_after_blocking_wakes_the_schedule_up(anna):
    await anna.changes(blocked_at=NOON)
    await starts(anna)
    assert (await anna.record()).blocked_at is None


async def test_telegram_says_that_somebody_blocked_the_bot_or_came_back(anna, desk):
    await desk.cases.note_reachable(1, blocked=True)
    assert (await anna.record()).blocked_at == NOON
    desk.clock.at += timedelta(hours=1)
    await desk.cases.note_reachable(1, blocked=True)
    assert (await anna.record()).blocked_at == NOON
    await desk.cases.note_reachable(1, blocked=False)
    assert (await anna.record()).blocked_at is None
    await desk.cases.note_reachable(9, blocked=True)


async def test_whoever_writes_has_not_blocked_the_bot(anna, desk):
    await anna.changes(blocked_at=NOON)
    assert (await desk.cases.note_seen(1)).blocked_at is None
    assert (await anna.record()).blocked_at is None


async def test_being_seen_is_noted_about_once_an_hour(anna, desk):
    desk.clock.at += timedelta(minutes=59)
    await desk.cases.note_seen(1)
    assert (await anna.record()).seen_at == NOON
    desk.clock.at += timedelta(minutes=1)
    await desk.cases.note_seen(1)
    assert (await anna.record()).seen_at == NOON + timedelta(hours=1)
    assert await desk.cases.note_seen(9) is None


async def test_whoever_never_agreed_is_forgotten_after_48_hours(anna, stranger, desk):
    await starts(stranger)
    desk.clock.at += timedelta(hours=47)
    assert await desk.cases.drop_unconsented() == 0
    desk.clock.at += timedelta(hours=2)
    assert await desk.cases.drop_unconsented() == 1
    assert await stranger.record() is None
    assert await anna.record() is not None


async def test_somebody_who_deletes_everything_while_they_write(anna, desk):
    await anna.changes(blocked_at=NOON)
    cases = desk.interrupted_by(lambda: desk.cases.forget.confirm(1))
    assert await cases.note_seen(1) is None


# Where the runner is.


async def test_a_typed_city_offers_matches_and_nothing_counts_before_yes(anna, desk):
    await desk.cases.choose_place.ask(1)
    assert (await anna.record()).awaiting is Awaiting.CITY
    places = notice(await anna.types("Portland"), PlaceChoice).places
    assert len(places) > 1
    await desk.cases.choose_place.picked(1, 1, places[1].country)
    assert (await anna.record()).city == "Berlin"
    await desk.cases.confirm_place.yes(1)
    assert (await anna.record()).zone == places[1].zone


async def test_a_city_nobody_knows_changes_nothing(anna, desk):
    await desk.cases.choose_place.ask(1)
    assert kinds(await anna.types("Qwxyzzz")) == ["SignsOffer"]
    assert (await anna.record()).awaiting is Awaiting.CITY


@pytest.mark.parametrize(("number", "country"), [(99, "DE"), (0, "FR")])
async def test_a_button_of_an_earlier_search_is_an_old_one(anna, desk, number, country):
    await desk.cases.choose_place.ask(1)
    await anna.types("Berlin")
    picked = await desk.cases.choose_place.picked(1, number, country)
    assert picked.toast is Toast.OLD_BUTTON


@pytest.mark.usefixtures("anna")
async def test_picking_without_a_search_is_an_old_button(desk):
    assert (await desk.cases.choose_place.picked(1, 0, "DE")).toast is Toast.OLD_BUTTON
    assert (await desk.cases.choose_place.picked(9, 0, "DE")).toast is Toast.OLD_BUTTON
    assert (await desk.cases.choose_place.listed(1, 99)).toast is Toast.OLD_BUTTON


async def test_a_shared_location_becomes_a_place_and_is_not_kept(anna, desk):
    shared = desk.cases.choose_place.shared
    confirm = notice(await shared(1, 59.91, 10.75), ConfirmPlace)
    assert (confirm.place.name, confirm.place.zone) == ("Oslo", "Europe/Oslo")
    assert "59" not in str(await anna.record())
    assert kinds(await shared(1, 999.0, 0.0)) == ["SignsOffer"]
    assert kinds(await shared(9, 999.0, 0.0)) == ["SignsOffer"]


@pytest.mark.usefixtures("anna")
async def test_places_need_consent(stranger, desk):
    choose = desk.cases.choose_place
    await starts(stranger)
    for reply in (
        await choose.ask(9),
        await choose.typed(9, "Berlin"),
        await choose.shared(9, 59.91, 10.75),
    ):
        assert notice(reply, PlainNotice).which is Plain.NEEDS_CONSENT
    assert (await desk.cases.confirm_place.yes(9)).toast is Toast.OLD_BUTTON


async def test_another_country_for_the_emergency_number(anna, desk):
    confirm = desk.cases.confirm_place
    assert (await confirm.other_country(1)).toast is Toast.OLD_BUTTON
    await desk.cases.choose_place.shared(1, 47.56, 7.59)  # Basel, a stone's throw from two more
    assert kinds(await confirm.other_country(1)) == ["CountryQuestion"]
    assert kinds(await anna.types("Atlantis")) == ["CountryQuestion"]
    assert notice(await anna.types("France"), ConfirmPlace).place.country == "FR"
    await confirm.yes(1)
    assert (await anna.record()).country == "FR"


async def test_a_country_nobody_asked_for(anna, desk):
    assert (await desk.cases.confirm_place.country(1, "France")).toast is Toast.OLD_BUTTON
    await anna.changes(awaiting=Awaiting.COUNTRY)
    assert step(await anna.types("France")) is OnboardingStep.PLACE


async def moves(person, latitude, longitude):
    """Share a location and confirm it."""
    await person.desk.cases.choose_place.shared(person.user_id, latitude, longitude)
    return await person.sees(person.desk.cases.confirm_place.yes(person.user_id))


async def due_times(person):
    """When the check-ins still to be asked are due."""
    return [
        one.due_at for one in await person.check_ins() if one.opened_at is None and not one.closed
    ]


async def test_travelling_keeps_a_soon_afters_instant_and_moves_the_morning(anna):
    await anna.runs(minutes=0)
    reply = await moves(anna, 40.71, -74.0)  # New York, six hours behind
    assert notice(reply, PlaceKept).moved == 1
    assert await due_times(anna) == [NOON + timedelta(hours=1), NOON + timedelta(hours=24)]


async def test_travelling_inside_a_zone_moves_nothing(anna):
    await anna.runs(minutes=0)
    before = await due_times(anna)
    assert notice(await moves(anna, 48.14, 11.58), PlaceKept).moved == 0
    assert await due_times(anna) == before


async def test_travelling_moves_the_delivery_with_the_check_in(anna, desk):
    await anna.runs(hours=9)
    await moves(anna, 40.71, -74.0)
    assert await desk.pending(anna) == [(DeliveryKind.CHECK_IN, NOON + timedelta(hours=24))]


async def test_flying_east_past_the_morning_gives_the_next_one(anna, desk):
    await anna.runs(hours=2)
    desk.clock.at = NOON + timedelta(hours=15)  # three at night in Berlin, noon in Auckland
    await moves(anna, -36.85, 174.76)
    (morning,) = [at for at in await due_times(anna) if at > desk.clock.at]
    assert morning == NOON + timedelta(days=1, hours=8), "eight in the morning in Auckland"


async def test_the_date_line_never_makes_two_mornings_for_one_date(anna, desk):
    await anna.runs(hours=9)
    desk.clock.at = NOON + timedelta(hours=15)
    await anna.runs(hours=9)
    await moves(anna, -36.85, 174.76)
    await moves(anna, 21.31, -157.86)
    days = [one.local_date for one in await anna.check_ins() if not one.closed]
    assert len(days) == len(set(days))


async def test_planned_days_follow_the_runner(anna):
    await anna.plans(2, 3)
    await moves(anna, 40.71, -74.0)
    first = (await due_times(anna))[0]
    assert first == NOON + timedelta(hours=11, minutes=30), "19:30 in New York"


async def test_flying_east_onto_a_morning_that_is_taken_asks_once(anna, desk):
    desk.clock.at = NOON + timedelta(hours=17)  # seven in the morning in Berlin
    await anna.runs(hours=13)
    await anna.runs(hours=1)
    assert len(await due_times(anna)) == 3
    reply = await moves(anna, -36.85, 174.76)  # Auckland: this morning's eight o'clock is over
    mornings = [one for one in await anna.check_ins() if one.kind is CheckInKind.MORNING]
    assert [one.closed for one in mornings] == [Closed.REPLACED, None]
    assert notice(reply, PlaceKept).moved == 1


async def test_flying_east_past_a_planned_days_question_drops_it(anna):
    await anna.plans(2)
    assert notice(await moves(anna, -36.85, 174.76), PlaceKept).moved == 0
    assert (await anna.check_ins())[0].closed is Closed.TOO_LATE


async def test_a_morning_whose_run_is_unknown_moves_all_the_same(anna):
    await anna.runs(hours=9)
    (morning,) = await anna.check_ins()
    await anna.changes_check_in(morning, run_id=None)
    assert notice(await moves(anna, 40.71, -74.0), PlaceKept).moved == 1
