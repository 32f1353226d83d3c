"""What a typed message means where the conversation stands."""

from datetime import timedelta

import pytest
from support.desk import CLEAN, kinds, notice
from support.made import NOON

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.runner import Awaiting
from bot.services.notices import (
    ClosedCheckIn,
    EscalationNotice,
    LocalNumber,
    LockReminder,
    NotRead,
    Plain,
    PlainNotice,
    Prompt,
    RunLogged,
    SignsOffer,
)
from bot.services.texts import Typed


async def test_a_rating_out_of_the_blue_opens_a_check_in_with_it(anna):
    reply = await anna.types("about a 4")
    assert notice(reply, Prompt).question is Question.EMERGENCY
    assert (await anna.open_check_in()).rating == 4


async def test_a_rating_answers_the_open_question(anna):
    await anna.opens()
    await anna.types("seven")
    assert (await anna.open_check_in()).rating == 7
    assert len(await anna.check_ins()) == 1


async def test_a_typed_0_ends_the_check_in(anna):
    reply = await anna.types("no pain")
    assert notice(reply, ClosedCheckIn).check_in.closed is Closed.DONE


async def test_a_number_that_answers_nothing_shows_the_open_question_again(anna):
    await anna.opens()
    await anna.answers((Question.RATING, "6"), *CLEAN)
    reply = await anna.types("4")
    assert notice(reply, Prompt).question is Question.REGION
    assert (await anna.open_check_in()).rating == 6


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("11", NotRead.OUT_OF_RANGE),
        ("4.5", NotRead.OUT_OF_RANGE),
        ("ouch", NotRead.TEXT),
        ("7 and my chest hurts", NotRead.TEXT),
    ],
)
async def test_what_is_no_rating_gets_the_signs_button(anna, text, why):
    await anna.opens()
    reply = await anna.types(text)
    assert notice(reply, SignsOffer).why is why
    assert notice(reply, SignsOffer).country == "DE"
    assert (await anna.open_check_in()).rating is None


async def test_nothing_typed_is_taken_as_a_no(anna):
    """The lists are answered by button only; texts in between bring the question again."""
    await anna.opens()
    await anna.answers((Question.RATING, "6"))
    await anna.types("none of these")
    assert (await anna.open_check_in()).value(Question.EMERGENCY) is None


async def test_free_text_out_of_the_blue_gets_the_signs_button(anna):
    assert notice(await anna.types("hello"), SignsOffer).why is NotRead.TEXT


async def test_while_an_escalation_is_open_any_text_brings_the_lock(anna):
    await anna.reports()
    assert notice(await anna.types("3"), LockReminder)


async def test_after_when_did_your_run_end_a_number_is_a_time(anna, desk):
    await desk.cases.ask_about_run(1)
    logged = notice(await anna.types("7"), RunLogged)
    assert logged.run.ended_at == NOON - timedelta(hours=7)
    assert await anna.open_check_in() is None


async def test_half_an_hour_later_a_number_is_a_rating_again(anna, desk):
    await desk.cases.ask_about_run(1)
    desk.clock.at += timedelta(minutes=31)
    assert notice(await anna.types("7"), Prompt)
    assert (await anna.open_check_in()).rating == 7


async def test_a_waiting_rating_question_comes_before_the_time_of_a_run(anna, desk):
    await anna.opens()
    await desk.cases.ask_about_run(1)
    await anna.types("7")
    assert (await anna.open_check_in()).rating == 7


async def test_a_time_in_words_is_no_rating_though_a_prompt_came_between(anna, desk):
    """ "This morning at 8" was filed as a pain of 8."""
    await desk.cases.ask_about_run(1)
    await anna.opens()
    reply = await anna.types("this morning at 8")
    assert notice(reply, RunLogged)
    assert (await anna.open_check_in()).rating is None


async def test_a_rating_before_the_place_is_known_cannot_be_filed(anna):
    await anna.changes(zone=None)
    assert notice(await anna.types("7"), SignsOffer).why is NotRead.TEXT
    assert await anna.check_ins() == ()


async def test_a_stranger_is_told_how_to_start(stranger, desk):
    assert notice(await stranger.types("7"), SignsOffer).why is NotRead.STRANGER
    await desk.cases.begin(9, 9)
    assert notice(await stranger.types("France"), SignsOffer).why is NotRead.STRANGER


async def test_of_a_stranger_a_countrys_name_can_only_be_the_answer_to_which_country(stranger):
    assert notice(await stranger.types("France"), LocalNumber).country == "FR"


async def test_the_country_asked_for_in_an_emergency_is_read_before_anything_else(anna, desk):
    await anna.reports()
    await desk.cases.other_country.ask(1)
    assert (await anna.record()).awaiting is Awaiting.EMERGENCY_COUNTRY
    first = desk.cases.read_text.country_first
    assert await first(Typed(1, 1, "Atlantis")) is None
    unknown = await desk.cases.read_text(Typed(1, 1, "Atlantis"))
    assert kinds(unknown) == ["LockReminder", "CountryQuestion"]
    assert notice(await first(Typed(1, 2, "France")), LocalNumber).country == "FR"
    assert (await anna.record()).awaiting is None
    assert (await anna.record()).country == "DE", "asked for now, not moved"
    assert await first(Typed(1, 3, "France")) is None


@pytest.mark.usefixtures("anna")
async def test_a_rating_is_not_a_country(desk):
    await desk.cases.other_country.ask(1)
    assert await desk.cases.read_text.country_first(Typed(1, 1, "7")) is None
    assert await desk.cases.read_text.country_first(Typed(9, 2, "France")) is None


async def test_cancel_leaves_the_open_check_in_and_forgets_what_was_asked(anna, desk):
    await anna.opens()
    await desk.cases.ask_about_run(1)
    reply = await desk.cases.cancel(1)
    assert notice(reply, PlainNotice).which is Plain.CANCELLED
    assert notice(reply, ClosedCheckIn).check_in.closed is Closed.STOPPED
    assert (await anna.record()).awaiting is None
    again = await desk.cases.cancel(1)
    assert notice(again, PlainNotice).which is Plain.NOTHING_TO_CANCEL
    nobody = await desk.cases.cancel(9)
    assert notice(nobody, PlainNotice).which is Plain.NOTHING_TO_CANCEL


async def test_cancel_after_a_9_still_says_to_be_seen_today(anna, desk):
    await anna.opens()
    await anna.answers((Question.RATING, "9"))
    assert notice(await desk.cases.cancel(1), EscalationNotice)


async def test_cancel_never_ends_an_escalation(anna, desk):
    await anna.reports()
    reply = await desk.cases.cancel(1)
    assert notice(reply, PlainNotice).which is Plain.NOTHING_TO_CANCEL
    assert (await anna.escalations())[0].is_open


async def test_the_same_rating_twice_in_one_update_is_filed_once(anna, desk):
    typed = Typed(1, desk.next_update(), "4")
    await anna.sees(desk.cases.read_text(typed))
    again = await anna.sees(desk.cases.read_text(typed))
    assert notice(again, Prompt).question is Question.EMERGENCY
    assert len(await anna.check_ins()) == 1
    assert (await anna.check_ins())[0].kind is CheckInKind.ASKED


async def test_a_typed_0_twice_in_one_update_shows_its_end_again(anna, desk):
    typed = Typed(1, desk.next_update(), "0")
    await anna.sees(desk.cases.read_text(typed))
    again = await anna.sees(desk.cases.read_text(typed))
    assert notice(again, ClosedCheckIn).check_in.rating == 0
    assert len(await anna.check_ins()) == 1


async def test_an_escalation_that_opens_while_a_rating_is_typed_comes_first(anna, desk):
    """The worker may tell an unnamed sign at that very moment."""
    cases = desk.interrupted_by(anna.reports)
    reply = await cases.read_text(Typed(1, desk.next_update(), "4"))
    assert kinds(reply) == ["LockReminder"]


async def test_an_emergencys_country_is_waited_for_half_an_hour(anna, desk):
    await desk.cases.other_country.ask(1)
    assert kinds(await anna.types("Atlantis")) == ["CountryQuestion"]
    await desk.passes(minutes=30)
    assert await desk.cases.read_text.country_first(Typed(1, 1, "France")) is None
    assert notice(await anna.types("thanks"), SignsOffer).why is NotRead.TEXT


async def test_a_country_asked_for_by_an_earlier_release_is_waited_for_no_more(anna, desk):
    await anna.changes(awaiting=Awaiting.EMERGENCY_COUNTRY, awaiting_detail="Europe/Oslo|NO|Oslo")
    assert await desk.cases.read_text.country_first(Typed(1, 1, "France")) is None
