"""An emergency reads action first, the number alone on its line, and never carries a tip."""

import re
from dataclasses import replace

import pytest
from support.desk import shipped_library
from support.every_notice import EMERGENCY, ESCALATIONS, every_notice
from support.made import runner

from bot.domain.escalation import FollowUp
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.sandbox.formatting import parse_html
from bot.services import notices as n
from bot.services.follow_ups import Action
from bot.telegram.callbacks import (
    AnotherTipTap,
    FollowUpTap,
    NameTap,
    NotForMeTap,
    OtherCountryTap,
    ShowMeTap,
    SignsTap,
    StretchTap,
    TipsMenuTap,
    TipsSectionTap,
    TipTap,
)
from bot.telegram.codec import unpack

NUMBERS = shipped_library().numbers
COUNTRIES = sorted(NUMBERS.countries)
TIP_TAPS = (
    AnotherTipTap,
    NotForMeTap,
    ShowMeTap,
    StretchTap,
    TipsMenuTap,
    TipsSectionTap,
    TipTap,
)
LOCKED = tuple(
    notice
    for notice in every_notice()
    if isinstance(
        notice,
        n.EscalationNotice
        | n.MistakeQuestion
        | n.FollowUpQuestion
        | n.FollowUpAnswered
        | n.LockReminder
        | n.LocalNumber,
    )
    or (isinstance(notice, n.DoctorPage) and notice.escalation)
)
REASSURING = ("don't worry", "nothing to worry", "normal", "harmless", "safe to", "fine", "tip")
ILLNESSES = ("heart attack", "stroke", "fracture", "cancer", "infection", "clot", "diagnos")


def lines(screen):
    """The lines as they read, without markup."""
    return parse_html(screen.text).text.split("\n")


def taps(screen):
    """What the buttons carry, in reading order."""
    return [unpack(key.data) for row in screen.rows for key in row]


def emergency(*signs, country="DE", id_=7):
    findings = frozenset(signs or {Finding.EMERGENCY_UNSPECIFIED})
    return n.EscalationNotice(Urgency.EMERGENCY, findings, id_, country)


def urgent(*signs, country="DE", id_=7):
    findings = frozenset(signs or {Finding.SAME_DAY_UNSPECIFIED})
    return n.EscalationNotice(Urgency.URGENT, findings, id_, country)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_first_line_says_whom_to_call_and_the_number_stands_alone(draw, country):
    number = NUMBERS.countries[country].ambulance
    screen = draw(emergency(country=country))
    assert lines(screen)[0] == f"Call {number} now."
    assert f"<b>{number}</b>" in screen.text.split("\n"), "bold, and nothing else on its line"


@pytest.mark.parametrize("country", [None, "AQ"])
def test_without_a_known_number_the_ones_that_work_widely_stand_alone(draw, country):
    screen = draw(emergency(country=country))
    assert lines(screen)[0].startswith("Call your local emergency number")
    assert "<b>112, 911 or 999</b>" in screen.text.split("\n")


def test_whoever_is_in_another_country_finds_the_way_out_in_the_message(draw):
    screen = draw(emergency(country="DE"))
    assert "Not in Germany now? Call the local number: 112, 911 or 999." in lines(screen)
    assert OtherCountryTap() in taps(screen)


def test_an_emergency_is_short_one_action_a_line_and_nothing_else(draw):
    for notice in every_notice():
        if isinstance(notice, n.EscalationNotice) and notice.urgency is Urgency.EMERGENCY:
            said = [line for line in lines(draw(notice)) if line]
            assert len(said) <= 9
            words = " ".join(said).casefold()
            assert not [one for one in (*REASSURING, *ILLNESSES) if one in words]


def test_an_unnamed_sign_can_be_named_and_any_can_be_a_mistake(draw):
    named = [tap.sign for tap in taps(draw(emergency())) if isinstance(tap, NameTap)]
    assert named == list(shipped_library().ruleset.emergency_signs)
    assert FollowUpTap(7, Action.MISTAKE) in taps(draw(emergency()))
    with_name = draw(emergency(Finding.CHEST_PAIN))
    assert not [tap for tap in taps(with_name) if isinstance(tap, NameTap)]


@pytest.mark.parametrize("sign", shipped_library().ruleset.emergency_signs)
def test_a_named_sign_comes_with_what_to_say(draw, sign):
    words = shipped_library().texts.say("en", f"sign-{sign}.tell")
    assert f"Tell them: “{words}”" in lines(draw(emergency(sign)))


def test_without_a_record_the_message_says_that_no_follow_up_will_come(draw):
    for notice in (emergency(id_=None), urgent(id_=None)):
        screen = draw(notice)
        assert "I keep nothing about this. So I can't follow up." in lines(screen)
        assert taps(screen) == [OtherCountryTap()]


def test_it_says_that_nobody_else_was_told(draw):
    for notice in (emergency(), urgent()):
        assert "Nobody else was told." in lines(draw(notice))


def test_same_day_says_when_where_and_what_to_say(draw):
    screen = draw(urgent(Finding.NIGHT_PAIN, country="GB"))
    assert lines(screen)[0] == "See a doctor today."
    assert "<b>111</b>" in screen.text.split("\n")
    assert "If it gets worse, call 999." in lines(screen)
    assert any(line.startswith("Say: “I have pain that wakes me") for line in lines(screen))
    assert "I'll ask tomorrow morning whether you were seen." in lines(screen)


def test_where_no_advice_line_is_known_the_doctors_office_is_named(draw):
    assert "Call your doctor's office now. Ask to be seen today." in lines(
        draw(urgent(country="AQ"))
    )


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ({Finding.VERY_SEVERE_PAIN, Finding.PAIN}, "I have upper back pain of 9 or 10"),
        ({Finding.SEVERE_TWICE}, "I have upper back pain that was 7 or more twice"),
        ({Finding.CANCER_HISTORY, Finding.PAIN}, "I have or had cancer"),
        ({Finding.FRAGILE_BONES, Finding.PAIN}, "I have fragile bones"),
        ({Finding.SAME_DAY_UNSPECIFIED}, "at least one sign"),
        ({Finding.FEVER, Finding.CLUMSY_HANDS}, "I have clumsy hands and drop things. I have a"),
        ({Finding.FEVER, Finding.OVER_55}, "“I have a fever or shivers.”"),
    ],
)
def test_what_to_say_fits_what_was_answered(draw, findings, words):
    said = [line for line in lines(draw(urgent(*findings))) if line.startswith("Say:")]
    assert words in said[0]


def test_an_emergency_in_the_runners_own_words_is_worded_for_those_who_help(draw):
    findings = frozenset({Finding.ARM_ACHE, Finding.COLD_SWEAT, Finding.PAIN, Finding.OVER_55})
    screen = draw(n.EscalationNotice(Urgency.EMERGENCY, findings, 1, "GB"))
    assert "Tell them: “I have an ache in my arm. I am in a cold sweat.”" in lines(screen)
    assert not [tap for tap in taps(screen) if isinstance(tap, NameTap)]


@pytest.mark.parametrize("finding", [Finding.SELF_HARM, Finding.SOMEONE_ELSE])
def test_no_words_are_handed_out_for_self_harm_or_for_somebody_else(draw, finding):
    findings = frozenset({finding, Finding.CHEST_PAIN})
    screen = draw(n.EscalationNotice(Urgency.EMERGENCY, findings, 1, "GB"))
    assert not [line for line in lines(screen) if line.startswith("Tell them: “")]
    assert not [tap for tap in taps(screen) if isinstance(tap, NameTap)]


def test_an_unnamed_slower_sign_can_be_named_from_its_own_list(draw):
    named = [
        tap.sign
        for tap in taps(draw(urgent(Finding.WEEKLY_UNSPECIFIED)))
        if isinstance(tap, NameTap)
    ]
    assert named == list(shipped_library().ruleset.weekly_signs)


def test_an_unnamed_same_day_sign_can_be_named_later(draw):
    named = [tap.sign for tap in taps(draw(urgent())) if isinstance(tap, NameTap)]
    assert named == list(shipped_library().ruleset.same_day_signs)
    assert not [tap for tap in taps(draw(urgent(Finding.NIGHT_PAIN))) if isinstance(tap, NameTap)]


@pytest.mark.parametrize("notice", LOCKED, ids=lambda notice: type(notice).__name__)
def test_no_screen_of_an_escalation_carries_a_tip_or_a_way_to_one(draw, notice):
    screen = draw(notice)
    assert not [tap for tap in taps(screen) if isinstance(tap, TIP_TAPS)]
    for tip in shipped_library().tips:
        how = shipped_library().texts.say("en", f"tip-{tip.id}.how")
        assert how not in screen.text


@pytest.mark.parametrize("escalation", ESCALATIONS, ids=["emergency", "urgent", "gone", "over"])
def test_what_ends_an_escalation_is_worded_by_how_urgent_it_stands(draw, escalation):
    labels = [key.text for row in draw(n.LockReminder(escalation)).rows for key in row]
    emergency_stands = escalation.standing_urgency is Urgency.EMERGENCY
    assert ("A doctor or ambulance crew checked me" in labels) is emergency_stands
    assert ("I was seen" in labels) is not emergency_stands


def test_the_lock_says_first_whom_to_call_and_then_why(draw):
    said = lines(draw(n.LockReminder(EMERGENCY)))
    assert said[0] == "Call 112 now."
    assert "An emergency answer is still open." in said


def test_have_you_reached_help_shows_the_number_again(draw):
    screen = draw(n.FollowUpQuestion(EMERGENCY, FollowUp.REACHED_HELP))
    assert "<b>112</b>" in screen.text.split("\n")
    actions = [tap.action for tap in taps(screen)]
    assert actions == [Action.ON_THE_WAY, Action.NOT_YET, Action.MISTAKE]


def test_not_yet_says_the_number_once_more(draw):
    screen = draw(n.FollowUpAnswered(EMERGENCY, n.FollowUpReply.NOT_YET))
    assert "<b>112</b>" in screen.text.split("\n")
    assert FollowUpTap(EMERGENCY.id, Action.ON_THE_WAY) in taps(screen)


@pytest.mark.parametrize("reply", [n.FollowUpReply.STANDS, n.FollowUpReply.BACK])
def test_a_sign_that_stands_or_is_back_calls_for_help_again(draw, reply):
    assert "Call 112 now." in lines(draw(n.FollowUpAnswered(EMERGENCY, reply)))
    lowered = replace(EMERGENCY, urgency=Urgency.URGENT)
    assert "See a doctor today." in lines(draw(n.FollowUpAnswered(lowered, reply)))


def test_what_is_over_has_no_buttons_left(draw):
    cleared = n.FollowUpAnswered(ESCALATIONS[3], n.FollowUpReply.CLEARED)
    assert draw(cleared).rows == ()
    assert draw(n.FollowUpAnswered(ESCALATIONS[3], n.FollowUpReply.GONE)).rows == ()


@pytest.mark.parametrize(
    ("escalation", "sign"), [(ESCALATIONS[0], "Chest pain"), (ESCALATIONS[1], "wakes you every")]
)
def test_was_it_a_mistake_shows_the_list_once_more(draw, escalation, sign):
    assert sign in draw(n.MistakeQuestion(escalation)).text


def test_doctor_shows_the_numbers_of_the_country(draw):
    british = draw(n.DoctorPage("GB", None)).text.split("\n")
    assert {"<b>999</b>", "<b>111</b>"} <= set(british)
    assert any("116123" in line.replace(" ", "") for line in british)
    assert "It says: ask for an urgent GP appointment or call 111." in british
    nowhere = lines(draw(n.DoctorPage(None, None)))
    assert not any("NHS" in line for line in nowhere)
    assert "112, 911 or 999" in nowhere
    assert any("findahelpline.com" in line for line in nowhere)


def test_every_polite_no_offers_the_signs_and_the_number(draw):
    for why in n.NotRead:
        screen = draw(n.SignsOffer(why, "US"))
        assert SignsTap() in taps(screen)
        assert "In an emergency call 911." in lines(screen)


@pytest.mark.parametrize(
    ("which", "most", "words"), [(SignList.EMERGENCY, 8, 12), (SignList.SAME_DAY, 6, 12)]
)
def test_a_list_is_short_enough_to_be_read_in_pain(draw, which, most, words):
    signs = [line for line in lines(draw(n.SignsQuestion(which))) if line.startswith("•")]
    assert len(signs) <= most
    assert all(len(re.findall(r"[\w'-]+", sign)) <= words for sign in signs)


def test_another_country_by_name(draw):
    assert "<b>15</b>" in draw(n.LocalNumber("FR")).text.split("\n")
    asked = draw(n.CountryQuestion(for_emergency=True))
    assert "112, 911 or 999" in asked.text
    assert "112" not in draw(n.CountryQuestion(for_emergency=False)).text


def test_the_runners_own_country_is_used_in_follow_ups(draw):
    screen = draw(n.FollowUpAnswered(EMERGENCY, n.FollowUpReply.NOT_YET), runner(country="US"))
    assert "<b>911</b>" in screen.text.split("\n")
