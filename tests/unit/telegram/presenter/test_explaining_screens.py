"""/why as it reads."""

from dataclasses import replace

import pytest
from support.desk import shipped_library
from support.every_notice import EMERGENCY, URGENT
from support.made import NOON, runner

from bot.domain.check_in import Kept, Question
from bot.domain.decision import Decision
from bot.domain.pain import BodyRegion, Contributor, Phase
from bot.domain.red_flags import Finding, Urgency
from bot.domain.rulesets import kept
from bot.sandbox.formatting import parse_html
from bot.services.notices import Explanation
from bot.services.notices.explaining import ChosenTip, FiredRule, Said
from bot.telegram.callbacks import FollowUpTap, SignsTap
from bot.telegram.codec import unpack

RULESET = kept(shipped_library().ruleset, NOON)
SHOULDER_ROLLS = shipped_library().tip("shoulder-rolls")
CHOSEN = ChosenTip(
    SHOULDER_ROLLS.id,
    SHOULDER_ROLLS,
    3,
    BodyRegion.BETWEEN_BLADES,
    Contributor.STIFF_SHOULDERS,
    Phase.ACUTE,
    helped_before=True,
)


def explanation(*rule_ids, urgency=Urgency.ROUTINE, findings=(), **fields):
    """A decision on a rating of 7 at which these rules fired."""
    decision = Decision(
        runner_id=1,
        made_at=NOON,
        urgency=urgency,
        rules=rule_ids,
        ruleset_hash=RULESET.hash,
        answers=((Question.RATING, "7"),),
        check_in_id=1,
        findings=frozenset(findings),
    )
    fields = {
        "said": (Said(Question.RATING, "7", NOON),),
        "kept": Kept(),
        "rules": tuple(FiredRule(id_, RULESET.rule(id_)) for id_ in rule_ids),
        "tips": (),
        "ruleset": RULESET,
        "changed": False,
        **fields,
    }
    return Explanation(decision, **fields)


SEVERE = explanation("severe-pain", findings=(Finding.PAIN, Finding.SEVERE_PAIN))


@pytest.fixture
def read(draw):
    """Draw and give the words."""
    return lambda notice, *someone: parse_html(draw(notice, *someone).text).text


def taps(screen):
    return [unpack(key.data) for row in screen.rows for key in row]


def test_it_reads_from_the_answers_to_what_they_meant(read):
    said = read(SEVERE)
    parts = (
        "What led to my last answer",
        "Wed 10 Jun, 14:00",
        "14:00 · Pain: 7",
        "Pain of 7 or more: see a doctor or physio in the next days",
        "So my answer was: see a doctor or physio in the next days.",
        "No clinician has reviewed this rule yet.",
        "Back pain, NHS England",
        f"Version of my rules: {RULESET.hash}",
    )
    places = [said.index(part) for part in parts]
    assert places == sorted(places)


def test_sources_and_version_are_folded_away(draw):
    text = draw(SEVERE).text
    folded = text.partition("<blockquote expandable>")[2]
    assert "NHS England" in folded
    assert RULESET.hash in folded
    assert text.endswith("</blockquote>")


@pytest.mark.parametrize(
    ("urgency", "words"),
    [
        (Urgency.EMERGENCY, "call for help now"),
        (Urgency.URGENT, "see a doctor today"),
        (Urgency.ROUTINE, "in the next days"),
        (Urgency.SELF_CARE, "care at home"),
    ],
)
def test_every_urgency_is_said_in_plain_words(read, urgency, words):
    assert f"So my answer was: {words}" in read(explanation(urgency=urgency)).replace(
        "see a doctor or physio in", "in"
    )


def test_without_a_rule_it_says_so_and_that_rules_can_miss(read):
    said = read(explanation(urgency=Urgency.SELF_CARE))
    assert "No rule of mine sent you to a doctor." in said
    assert "My rules can miss something." in said
    assert "clinician" not in said


def test_a_rule_over_several_findings_names_those_that_held(read):
    cancer = ("cancer-history",)
    held = read(explanation(*cancer, findings=(Finding.PAIN, Finding.CANCER_HISTORY)))
    assert "• Cancer, now or in the past: see a doctor today" in held
    assert "• Cancer, now or in the past: see a doctor today" in read(explanation(*cancer))
    alone = replace(RULESET.rules[0], all_of=("pain",), any_of=())
    assert "• Pain: call for help now" in read(explanation(rules=(FiredRule("x", alone),)))


def test_a_clinicians_review_is_said_of_all_or_of_some(read):
    rule = RULESET.rule("severe-pain")
    signed = FiredRule("severe-pain", replace(rule, reviewed_by="Dr Ito"))
    unsigned = FiredRule("severe-pain", rule)
    assert "A clinician has reviewed this rule." in read(explanation(rules=(signed,)))
    assert "A clinician has reviewed these rules." in read(explanation(rules=(signed, signed)))
    some = read(explanation(rules=(signed, unsigned)))
    assert "A clinician has reviewed 1 of these 2 rules." in some
    none = read(explanation(rules=(unsigned, unsigned)))
    assert "No clinician has reviewed these rules yet." in none


def test_changed_rules_are_said_and_lost_ones_too(read):
    changed = read(replace(SEVERE, changed=True))
    assert "My rules have changed since then. You see them as they were." in changed
    gone = (FiredRule("severe-pain", None),)
    lost = read(replace(SEVERE, changed=True, ruleset=None, rules=gone))
    assert "I did not keep the old ones." in lost
    assert "Pain of 7 or more" not in lost
    missing = read(replace(SEVERE, rules=gone))
    assert "• A rule I no longer have" in missing


def test_words_of_another_release_are_shown_as_they_are(read):
    rule = replace(RULESET.rules[0], any_of=("<odd>-word",), sources=("<odd>-source",))
    said = read(
        explanation(
            rules=(FiredRule("old", rule),),
            said=(Said(Question.SAME_DAY_WHICH, "<odd>-sign", NOON),),
        )
    )
    assert "<odd> word: call for help now" in said
    assert "<odd>-source" in said
    assert "14:00 · <odd> sign" in said


def test_a_typed_text_is_told_by_what_was_taken_from_it(read):
    told = explanation("one-limb", urgency=Urgency.URGENT, said=(), findings=(Finding.ONE_LIMB,))
    typed = replace(told, decision=replace(told.decision, answers=(), check_in_id=None))
    said = read(typed)
    assert "What I took from your words" in said
    assert "• One arm, hand or leg" in said
    assert "I read what you type and drop it." in said
    assert "You said" not in said


def test_an_answer_that_was_taken_back_has_no_time(read):
    said = read(replace(SEVERE, said=(Said(Question.RATING, "7", None),), mistaken=True))
    assert "\nPain: 7\n" in said
    assert "You told me later that this was a mistake." in said


def test_what_the_morning_kept_is_among_the_answers_to_pain(read):
    before = Kept(BodyRegion.ONE_SIDE, Contributor.CARRIED)
    said = read(replace(SEVERE, kept=before))
    assert "Where: One side" in said
    assert "Today: Carried something" in said
    zero = (Said(Question.RATING, "0", NOON),)
    assert "One side" not in read(replace(SEVERE, said=zero, kept=before))
    asked = (*SEVERE.said, Said(Question.REGION, "blades", NOON))
    assert "One side" not in read(replace(SEVERE, said=asked, kept=before))


def test_the_tip_says_why_it_fitted_and_not_how_it_is_done(read):
    said = read(replace(SEVERE, tips=(CHOSEN,)))
    for part in (
        "Why this tip: Shoulder rolls",
        "It is for pain from 1 to 4. You said 3.",
        "It is for this place: Between the shoulder blades",
        "It goes with your day: Stiff shoulders",
        "It is made for new or stronger pain.",
        "It helped you before.",
    ):
        assert part in said
    assert "How much:" not in said
    later = replace(CHOSEN, phase=Phase.SETTLING, helped_before=False)
    settled = read(replace(SEVERE, tips=(later,)))
    assert "Your pain was past its first days." in settled
    assert "helped" not in settled
    assert "days without pain" in read(replace(SEVERE, tips=(replace(CHOSEN, rating=0),)))
    assert "A tip I no longer have" in read(replace(SEVERE, tips=(replace(CHOSEN, tip=None),)))


def test_a_tip_that_is_left_out_is_not_named(read):
    said = read(replace(SEVERE, tips_off=True))
    assert "I leave the tip out for now, since tips are off." in said


@pytest.mark.parametrize(
    ("lock", "action"), [(EMERGENCY, "Call 112 now."), (URGENT, "See a doctor")]
)
def test_what_is_open_comes_first_with_the_buttons_that_change_it(draw, lock, action):
    screen = draw(replace(SEVERE, lock=lock), runner())
    assert parse_html(screen.text).text.startswith(action)
    assert {type(tap) for tap in taps(screen)} == {FollowUpTap, SignsTap}
    assert [type(tap) for tap in taps(draw(SEVERE))] == [SignsTap]


def test_a_long_list_of_rules_is_cut_and_says_so(read):
    every = explanation(*(rule.id for rule in RULESET.rules), urgency=Urgency.EMERGENCY)
    said = read(every)
    assert f"• and {len(RULESET.rules) - 8} more" in said
    nine = explanation(*(rule.id for rule in RULESET.rules[:9]))
    assert "• and one more" in read(nine)
