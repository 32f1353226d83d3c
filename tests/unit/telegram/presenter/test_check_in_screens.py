"""A check-in's one message: its keys, a line per answer, the ways out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.desk import shipped_library
from support.made import NOON, check_in, runner

from bot.domain.check_in import AFTERWARDS, CheckInKind, Closed, Kept, Question
from bot.domain.pain import BodyRegion
from bot.sandbox.formatting import parse_html
from bot.services import notices as n
from bot.telegram.callbacks import AnswerTap, BackTap, LaterTap, LateTap, LeaveTap, SignsTap
from bot.telegram.codec import unpack

RATED = (Question.RATING, "6")
CLEAN = ((Question.EMERGENCY, "none"), (Question.SAME_DAY, "none"))


def read(screen):
    """The text as it reads."""
    return parse_html(screen.text).text


def labels(screen):
    """The keyboard's words, row by row."""
    return [[key.text for key in row] for row in screen.rows]


def taps(screen):
    return [unpack(key.data) for row in screen.rows for key in row]


def test_the_rating_keys_are_0_full_width_then_1_to_5_and_6_to_10(draw):
    screen = draw(n.Prompt(check_in(), Question.RATING))
    assert labels(screen)[:3] == [["0 · no pain"], list("12345"), ["6", "7", "8", "9", "10"]]
    assert labels(screen)[3] == ["No pain, but something is wrong"]
    assert "How much pain is in your upper back right now?" in read(screen)


def test_colour_only_repeats_what_the_number_says(draw):
    screen = draw(n.Prompt(check_in(), Question.RATING))
    styles = {key.text: key.style for row in screen.rows[1:3] for key in row}
    assert [styles[str(rating)] for rating in (3, 4, 6, 7)] == [
        "success",
        "primary",
        "primary",
        "danger",
    ]


def test_the_first_question_offers_later_and_skip(draw):
    screen = draw(n.Prompt(check_in(), Question.RATING))
    assert {LaterTap(1), LeaveTap(1, Closed.SKIPPED)} <= set(taps(screen))


def test_a_planned_day_offers_no_run_today(draw):
    screen = draw(n.Prompt(check_in(kind=CheckInKind.PLANNED), Question.RATING))
    assert labels(screen)[-1] == ["No run today", "Later"]


def test_every_later_question_has_back_and_stop_here(draw):
    answered = check_in(RATED, *CLEAN, kept=Kept(tip_id="ice"))
    for question in set(Question) - AFTERWARDS - {Question.RATING, Question.READ}:
        screen = draw(n.Prompt(answered, question))
        assert taps(screen)[-2:] == [BackTap(1), LeaveTap(1, Closed.STOPPED)]


def test_a_look_at_the_signs_has_no_back_on_its_first_question(draw):
    signs = check_in(kind=CheckInKind.SIGNS)
    assert labels(draw(n.Prompt(signs, Question.EMERGENCY)))[-1] == ["Stop here"]


def test_a_line_per_answer(draw):
    answered = check_in(
        RATED,
        *CLEAN,
        (Question.DAILY_LIFE, "yes"),
        (Question.REGION, "else"),
        (Question.ELSEWHERE, "limb"),
    )
    said = read(draw(n.Prompt(answered, Question.CONTRIBUTOR))).split("\n")
    for line in (
        "Pain: 6",
        "Emergency signs: none",
        "Same-day signs: none",
        "It stops everyday things",
        "Where: Arm or leg",
    ):
        assert line in said
    assert len([line for line in said if line.startswith("Where:")]) == 1


def test_something_wrong_reads_as_what_was_tapped(draw):
    answered = check_in((Question.RATING, "wrong"))
    assert "Pain: 0, but something is wrong" in read(draw(n.Prompt(answered, Question.EMERGENCY)))


def test_a_kept_place_is_shown_with_the_pain(draw):
    kept = Kept(BodyRegion.NECK_SHOULDERS)
    assert "Where: Neck and shoulders" in read(
        draw(n.Prompt(check_in(RATED, kept=kept), Question.EMERGENCY))
    )
    assert "Where:" not in read(draw(n.Prompt(check_in(kept=kept), Question.RATING)))


@pytest.mark.parametrize(
    ("answers", "label", "value"),
    [
        ((), "It stops me doing everyday things", "yes"),
        (((Question.DAILY_LIFE, "yes"),), "✓ It stops me doing everyday things", "no"),
    ],
)
def test_from_5_on_the_place_comes_with_the_everyday_life_toggle(draw, answers, label, value):
    screen = draw(n.Prompt(check_in(RATED, *CLEAN, *answers), Question.REGION))
    assert [label] in labels(screen)
    assert AnswerTap(1, Question.DAILY_LIFE, value) in taps(screen)


def test_below_5_there_is_no_toggle(draw):
    mild = check_in((Question.RATING, "4"), *CLEAN)
    assert not any("everyday" in row[0] for row in labels(draw(n.Prompt(mild, Question.REGION))))


def test_did_it_help_names_the_tip(draw):
    morning = check_in(RATED, *CLEAN, kept=Kept(tip_id="ice"))
    name = shipped_library().texts.say("en", "tip-ice")
    assert name in read(draw(n.Prompt(morning, Question.HELPED)))


def test_prompts_carry_their_local_time(draw):
    said = read(draw(n.Prompt(check_in(), Question.RATING)))
    assert "Wed 10 Jun, 14:00, Berlin time" in said
    nowhere = draw(n.Prompt(check_in(), Question.RATING), runner(zone=None, city=None))
    assert "Wed 10 Jun, 12:00, UTC time" in read(nowhere)


def test_a_reminder_and_a_late_check_in_say_so(draw):
    reminder = draw(n.Prompt(check_in(), Question.RATING, reminding=True))
    assert "Still time for this one." in read(reminder)
    late = check_in(late=True)
    assert "A late answer counts, too." in read(draw(n.Prompt(late, Question.RATING)))
    answered = replace(check_in(RATED), late=True)
    assert "A late answer" not in read(draw(n.Prompt(answered, Question.EMERGENCY)))


def ended(reason, *answers):
    return n.ClosedCheckIn(check_in(*answers, closed=reason, closed_at=NOON))


@pytest.mark.parametrize("reason", Closed)
def test_a_finished_check_in_has_no_live_answers(draw, reason):
    for answers in ((), (RATED,)):
        screen = draw(ended(reason, *answers))
        assert not [tap for tap in taps(screen) if isinstance(tap, AnswerTap | BackTap)]


def test_an_expired_one_can_be_answered_late(draw):
    assert taps(draw(ended(Closed.EXPIRED))) == [LateTap(1)]
    assert "Closed. That's fine." in read(draw(ended(Closed.EXPIRED)))


def test_one_left_after_pain_keeps_the_way_to_the_signs(draw):
    for reason in (Closed.EXPIRED, Closed.STOPPED):
        screen = draw(ended(reason, RATED))
        assert SignsTap() in taps(screen)
        assert "Get medical help if it gets worse." in read(screen)
    assert SignsTap() not in taps(draw(ended(Closed.STOPPED)))


def test_one_that_led_to_an_escalation_points_below(draw):
    for answers in (
        (RATED, (Question.EMERGENCY, "some")),
        (RATED, CLEAN[0], (Question.SAME_DAY, "some")),
    ):
        assert "Please read the message below." in read(draw(ended(Closed.DONE, *answers)))


def test_a_pain_free_one_counts_the_pain_free_ones_of_the_week(draw):
    zero = ended(Closed.DONE, (Question.RATING, "0"))
    assert "3 pain-free check-ins" in read(draw(replace(zero, pain_free=3)))


def test_one_put_off_says_until_when(draw):
    later = n.ClosedCheckIn(check_in(), snoozed_until=NOON + timedelta(hours=1))
    assert "I'll ask again at 15:00." in read(draw(later))
