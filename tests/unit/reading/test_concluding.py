"""From what was found to what follows: phrases speak first, the classifier checks."""

import pytest
from support.small_lexicon import ALARMED, CALM, LIMITS, RULESET, SAME_DAY, TORN

from bot.domain.red_flags import Finding, SignList, Urgency
from bot.reading.chances import Chances
from bot.reading.concluding import Doubt, conclude
from bot.reading.findings import Mention, Outcome, Status

EMERGENCY, SAME_DAY_SIGN = (which.unspecified for which in (SignList.EMERGENCY, SignList.SAME_DAY))


def concluded(*found, chances=None, alone=1.0):
    """What follows from `(finding, status)` pairs and a classifier's word."""
    mentions = tuple(Mention(finding, status, 0, 1) for finding, status in found)
    return conclude(mentions, RULESET, chances and Doubt(chances, lambda: alone, LIMITS))


def test_nothing_found_passes():
    reading = concluded()
    assert (reading.outcome, reading.urgency) == (Outcome.PASS, Urgency.SELF_CARE)


def test_a_stated_sign_escalates_and_is_named():
    reading = concluded((Finding.CHEST_PAIN, Status.STATED))
    assert (reading.outcome, reading.urgency) == (Outcome.ESCALATE, Urgency.EMERGENCY)
    assert reading.findings == {Finding.CHEST_PAIN}


@pytest.mark.parametrize("status", [Status.POSSIBLE, Status.OVER])
def test_a_possible_or_passed_sign_is_asked_about(status):
    reading = concluded((Finding.CHEST_PAIN, status))
    assert (reading.outcome, reading.urgency) == (Outcome.ASK, Urgency.EMERGENCY)
    assert reading.asked == (Finding.CHEST_PAIN,)


@pytest.mark.parametrize(
    "status", [Status.DENIED, Status.OLD, Status.SOMEONE_ELSE, Status.GENERAL]
)
def test_an_excused_sign_passes(status):
    assert concluded((Finding.CHEST_PAIN, status)).outcome is Outcome.PASS


def test_the_most_urgent_question_comes_first():
    found = ((Finding.ONE_LIMB, Status.POSSIBLE), (Finding.CHEST_PAIN, Status.POSSIBLE))
    quiet = (Finding.NAUSEA, Status.POSSIBLE)
    assert concluded(*found, quiet).asked == (Finding.CHEST_PAIN, Finding.ONE_LIMB)


def test_what_is_serious_only_together_is_asked_about_together():
    reading = concluded((Finding.ARM_ACHE, Status.POSSIBLE), (Finding.NAUSEA, Status.POSSIBLE))
    assert (reading.outcome, reading.urgency) == (Outcome.ASK, Urgency.EMERGENCY)
    assert set(reading.asked) == {Finding.ARM_ACHE, Finding.NAUSEA}


def test_a_possible_sign_beside_a_stated_same_day_one_does_not_wait_for_an_answer():
    reading = concluded((Finding.ONE_LIMB, Status.STATED), (Finding.CHEST_PAIN, Status.POSSIBLE))
    assert (reading.outcome, reading.urgency) == (Outcome.ESCALATE, Urgency.URGENT)


# --- the classifier -----------------------------------------------------------------------------


def test_a_figure_of_speech_turns_a_stated_sign_into_a_question_never_into_nothing():
    reading = concluded((Finding.CHEST_PAIN, Status.STATED), chances=CALM)
    assert (reading.outcome, reading.urgency) == (Outcome.ASK, Urgency.EMERGENCY)
    assert (reading.asked, reading.findings) == ((Finding.CHEST_PAIN,), frozenset())


def test_the_sentence_alone_has_to_be_nothing_as_well():
    reading = concluded((Finding.CHEST_PAIN, Status.STATED), chances=CALM, alone=0.5)
    assert reading.outcome is Outcome.ESCALATE


def test_a_sign_in_no_phrase_escalates_without_a_name():
    reading = concluded(chances=ALARMED)
    assert (reading.outcome, reading.urgency) == (Outcome.ESCALATE, Urgency.EMERGENCY)
    assert reading.findings == {EMERGENCY}
    assert concluded(chances=SAME_DAY).findings == {SAME_DAY_SIGN}


def test_the_higher_of_both_counts_and_a_named_sign_keeps_its_name():
    higher = concluded((Finding.ONE_LIMB, Status.STATED), chances=ALARMED)
    assert higher.urgency is Urgency.EMERGENCY
    assert higher.findings == {Finding.ONE_LIMB, EMERGENCY}
    lower = concluded((Finding.CHEST_PAIN, Status.STATED), chances=SAME_DAY)
    assert (lower.urgency, lower.findings) == (Urgency.EMERGENCY, {Finding.CHEST_PAIN})


def test_an_unsure_classifier_adds_nothing_to_a_stated_sign():
    reading = concluded((Finding.ONE_LIMB, Status.STATED), chances=TORN)
    assert (reading.urgency, reading.findings) == (Urgency.URGENT, {Finding.ONE_LIMB})


@pytest.mark.parametrize(
    ("chances", "urgency", "asked"),
    [
        (TORN, Urgency.URGENT, SAME_DAY_SIGN),
        (Chances(0.3, 0.1, 0.4, 0.1, 0.1), Urgency.EMERGENCY, EMERGENCY),
    ],
)
def test_a_mere_suspicion_is_asked_about_with_the_list(chances, urgency, asked):
    reading = concluded(chances=chances)
    assert (reading.outcome, reading.urgency, reading.asked) == (Outcome.ASK, urgency, (asked,))


def test_a_calm_classifier_lets_pass_what_holds_no_sign():
    assert concluded(chances=CALM).outcome is Outcome.PASS


DENIED = (Finding.CHEST_PAIN, Status.DENIED)


@pytest.mark.parametrize(
    ("chances", "free", "excused"),
    [
        (Chances(0.1, 0.03, 0.02, 0.25, 0.6), Outcome.ESCALATE, Outcome.ASK),
        (Chances(0.5, 0.2, 0.1, 0.1, 0.1), Outcome.ASK, Outcome.PASS),
    ],
)
def test_where_every_sign_is_excused_the_classifier_has_to_be_surer(chances, free, excused):
    assert concluded(chances=chances).outcome is free
    assert concluded(DENIED, chances=chances).outcome is excused


def test_a_sure_classifier_is_believed_against_a_denial():
    assert concluded(DENIED, chances=ALARMED).outcome is Outcome.ESCALATE


def test_a_denied_ache_excuses_nothing():
    chances = Chances(0.1, 0.03, 0.02, 0.25, 0.6)
    assert concluded((Finding.NAUSEA, Status.DENIED), chances=chances).outcome is Outcome.ESCALATE


def test_only_what_is_certain_of_text_and_sentence_passes_as_a_figure_of_speech():
    calm = Chances(LIMITS.certain, *[(1 - LIMITS.certain) / 4] * 4)
    found = (Finding.CHEST_PAIN, Status.STATED)
    assert concluded(found, chances=calm, alone=LIMITS.certain).outcome is Outcome.PASS
    assert concluded(found, chances=calm, alone=LIMITS.alone).outcome is Outcome.ASK
    torn = concluded(found, chances=TORN, alone=1.0)
    assert torn.outcome is Outcome.ESCALATE


def test_what_runners_say_outright_of_themselves_is_never_a_figure_of_speech():
    calm = Chances(LIMITS.certain, *[(1 - LIMITS.certain) / 4] * 4)
    plain = Mention(Finding.CHEST_PAIN, Status.STATED, 0, 1, plain=True)
    reading = conclude((plain,), RULESET, Doubt(calm, lambda: 1.0, LIMITS))
    assert reading.outcome is Outcome.ASK
    assert reading.asked == (Finding.CHEST_PAIN,)
