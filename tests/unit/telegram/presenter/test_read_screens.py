"""What follows from typed words: the direct question, the crisis line, help for somebody else."""

import pytest
from support.desk import shipped_library
from support.made import check_in

from bot.domain.check_in import IS_OVER, NO, YES, CheckInKind, Kept, Question
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.sandbox.formatting import parse_html
from bot.services import notices as n
from bot.services.follow_ups import Action
from bot.telegram.callbacks import AnswerTap, FollowUpTap, OtherCountryTap, SignsTap
from bot.telegram.codec import unpack
from bot.telegram.presenter.sign_lists import sign_lines

COUNTRIES = shipped_library().numbers.countries
WITH_LINE = sorted(code for code, numbers in COUNTRIES.items() if numbers.crisis_line)
WITHOUT_LINE = sorted(code for code, numbers in COUNTRIES.items() if not numbers.crisis_line)


def lines(screen):
    """The lines as they read, without markup."""
    return parse_html(screen.text).text.split("\n")


def taps(screen):
    """What the buttons carry, in reading order."""
    return [unpack(key.data) for row in screen.rows for key in row]


# --- the direct question ------------------------------------------------------------------------


@pytest.fixture
def ask(draw):
    """The direct question about some findings."""

    def asked(*findings):
        kept = Kept(asked=findings)
        question = check_in(kind=CheckInKind.READ, id=7, kept=kept)
        return draw(n.Prompt(question, Question.READ))

    return asked


def test_named_signs_are_asked_about_by_name_the_most_urgent_first(ask, scene):
    screen = ask(Finding.CHEST_PAIN, Finding.ONE_LIMB)
    named = [scene().say(f"finding-{one}") for one in (Finding.CHEST_PAIN, Finding.ONE_LIMB)]
    assert [line.removeprefix("• ") for line in lines(screen) if line.startswith("• ")] == named


@pytest.mark.parametrize("which", [SignList.EMERGENCY, SignList.SAME_DAY])
def test_what_could_not_be_named_is_asked_about_with_the_whole_list(ask, scene, which):
    screen = ask(which.unspecified)
    listed = parse_html(sign_lines(scene(), which)).text.split("\n")
    assert len(listed) == len(shipped_library().ruleset.signs(which))
    assert [line for line in lines(screen) if line.startswith("• ")] == listed


@pytest.mark.parametrize(
    ("finding", "answers"),
    [
        (Finding.CHEST_PAIN, [YES, IS_OVER, NO]),
        (SignList.EMERGENCY.unspecified, [YES, IS_OVER, NO]),
        (Finding.ONE_LIMB, [YES, NO]),
        (SignList.SAME_DAY.unspecified, [YES, NO]),
    ],
)
def test_only_an_emergency_can_be_answered_as_over(ask, finding, answers):
    assert taps(ask(finding)) == [AnswerTap(7, Question.READ, answer) for answer in answers]


# --- thoughts of self-harm ----------------------------------------------------------------------


def self_harm(country, id_=7):
    findings = frozenset({Finding.SELF_HARM})
    return n.EscalationNotice(Urgency.EMERGENCY, findings, id_, country)


@pytest.mark.parametrize("country", WITH_LINE)
def test_the_crisis_line_comes_before_the_emergency_number_each_alone_on_its_line(draw, country):
    shown = lines(draw(self_harm(country)))
    numbers = COUNTRIES[country]
    assert numbers.ambulance in shown[shown.index(numbers.crisis_line) + 1 :]


@pytest.mark.parametrize("country", [*WITHOUT_LINE[:5], "AQ", None])
def test_where_no_crisis_line_is_known_there_is_a_place_to_find_one(draw, country):
    assert "findahelpline.com" in lines(draw(self_harm(country)))


def test_it_can_be_taken_back_where_something_was_kept(draw):
    assert taps(draw(self_harm("DE"))) == [OtherCountryTap(), FollowUpTap(7, Action.MISTAKE)]
    assert taps(draw(self_harm("DE", id_=None))) == [OtherCountryTap()]


def test_it_says_that_nothing_is_kept_only_where_nothing_is(draw, scene):
    said = scene().say("without-record")
    assert said not in lines(draw(self_harm("DE")))
    assert said in lines(draw(self_harm("DE", id_=None)))


# --- somebody else ------------------------------------------------------------------------------


@pytest.mark.parametrize("country", ["DE", "GB", "AQ", None])
def test_help_for_somebody_else_calls_and_leads_back_to_the_runner(draw, scene, country):
    findings = frozenset({Finding.SOMEONE_ELSE})
    screen = draw(n.EscalationNotice(Urgency.EMERGENCY, findings, None, country))
    assert taps(screen) == [OtherCountryTap(), SignsTap()]
    for key in ("someone-else-stay", "someone-else-breath", "without-record"):
        assert scene().say(key) in lines(screen)
