"""The open safety question first, /doctor for anybody, signs without a record, the number."""

from support.desk import CLEAN, kinds, notice

from bot.domain.check_in import CheckInKind, Question
from bot.domain.escalation import FollowUp
from bot.domain.red_flags import SignList, Urgency
from bot.domain.runner import Awaiting
from bot.services.follow_ups import Action
from bot.services.notices import (
    CountryQuestion,
    DoctorPage,
    EscalationNotice,
    FollowUpQuestion,
    LocalNumber,
    LockReminder,
    MistakeQuestion,
    NotRead,
    Prompt,
    SignsOffer,
    SignsQuestion,
    SignsWithoutRecord,
)


async def test_an_open_list_comes_before_anything_else(anna, desk):
    first = desk.cases.open_safety_question
    await anna.opens()
    assert await first(1) is None, "the rating is no safety question"
    await anna.answers((Question.RATING, "5"))
    assert notice(await first(1), Prompt).question is Question.EMERGENCY
    own = (await anna.open_check_in()).id
    assert await first(1, answering=own) is None, "its own answer is no obstacle"
    assert notice(await first(1, answering=own + 1), Prompt)
    await anna.answers(*CLEAN)
    assert await first(1) is None
    assert await first(9) is None


async def test_a_follow_up_that_waits_for_its_answer_comes_first(anna, desk):
    await anna.reports()
    first = desk.cases.open_safety_question
    assert await first(1) is None, "nothing was asked yet"
    await desk.passes(minutes=15)
    assert notice(await first(1), FollowUpQuestion).question is FollowUp.REACHED_HELP
    await anna.says_of_it(Action.MISTAKE)
    assert notice(await first(1), MistakeQuestion)
    await anna.says_of_it(Action.MISTAKE_NO)
    assert await first(1) is None


async def test_a_list_being_answered_passes_by_an_older_follow_up(anna, desk):
    await anna.reports()
    await desk.passes(minutes=15)
    await anna.opens(CheckInKind.SIGNS)
    own = (await anna.open_check_in()).id
    assert await desk.cases.open_safety_question(1, answering=own) is None


async def test_doctor_always_works(anna, desk):
    page = notice(await desk.cases.see_doctor(9), DoctorPage)
    assert (page.country, page.escalation) == (None, None)
    assert notice(await desk.cases.see_doctor(1), DoctorPage).country == "DE"
    await anna.reports()
    page = notice(await desk.cases.see_doctor(1), DoctorPage)
    assert page.escalation.urgency is Urgency.EMERGENCY


async def test_signs_of_somebody_about_whom_nothing_is_stored(stranger, desk):
    signs = desk.cases.signs_without_consent
    assert notice(await signs(9), SignsQuestion).which is SignList.EMERGENCY
    assert notice(await signs(9, SignList.EMERGENCY), SignsQuestion).which is SignList.SAME_DAY
    assert notice(await signs(9, SignList.SAME_DAY), SignsWithoutRecord)
    told = notice(await signs(9, SignList.EMERGENCY, one_or_more=True), EscalationNotice)
    assert (told.urgency, told.escalation_id) == (Urgency.EMERGENCY, None)
    told = notice(await signs(9, SignList.SAME_DAY, one_or_more=True), EscalationNotice)
    assert told.urgency is Urgency.URGENT
    assert await stranger.record() is None


async def test_whoever_declined_still_gets_their_countrys_number(anna, desk):
    await anna.changes(consent=None)
    told = await desk.cases.signs_without_consent(1, SignList.EMERGENCY, one_or_more=True)
    assert notice(told, EscalationNotice).country == "DE"


async def test_what_the_bot_cannot_open_gets_the_signs_button_and_the_number(anna, desk):
    offer = desk.cases.offer_signs
    assert notice(await offer(1, NotRead.MEDIA), SignsOffer).country == "DE"
    assert notice(await offer(9, NotRead.MEDIA), SignsOffer).country is None
    await anna.reports()
    assert notice(await offer(1, NotRead.MEDIA), LockReminder)


async def test_another_countrys_number(anna, desk):
    other = desk.cases.other_country
    assert notice(await other.ask(1), CountryQuestion).for_emergency
    assert notice(await other.ask(9), CountryQuestion).for_emergency
    assert notice(await other.show(1, "FR"), LocalNumber).country == "FR"
    assert (await anna.record()).awaiting is None
    await anna.changes(awaiting=Awaiting.RUN_TIME)
    await other.show(1, "FR")
    assert (await anna.record()).awaiting is Awaiting.RUN_TIME, "asked by button, not typed"
    assert notice(await other.show(9, "FR"), LocalNumber)


async def test_a_group_is_told_once(desk):
    assert await desk.cases.greet_group(-100)
    assert not await desk.cases.greet_group(-100)
    assert await desk.cases.greet_group(-200)
    assert kinds(await desk.cases.see_doctor(9)) == ["DoctorPage"]
