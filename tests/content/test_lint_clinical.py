"""Rules and tips that would be wrong to give are reported."""

from __future__ import annotations

import pytest

ICE = "tips/ice/tip.yaml"
OTC = "tips/otc-pain-relief/tip.yaml"
ROLLS = "tips/shoulder-rolls/tip.yaml"
RULES = "red_flags.yaml"

# What is changed (file, old, new), then the file, the rule and part of the message expected.
BROKEN = {
    "rule-id-twice": (RULES, "id: night-pain", "id: one-limb", RULES, "clinical", "twice"),
    "list-too-long": (
        RULES,
        "  - night-pain\n",
        "  - night-pain\n  - severe-twice\n",
        RULES,
        "clinical",
        "not 7",
    ),
    "sign-not-urgent-enough": (
        RULES,
        "id: dark-urine\n    urgency: emergency",
        "id: dark-urine\n    urgency: urgent",
        RULES,
        "clinical",
        "dark-urine does not lead to emergency",
    ),
    "unspecified-not-urgent-enough": (
        RULES,
        "id: same-day-unspecified\n    urgency: urgent",
        "id: same-day-unspecified\n    urgency: routine",
        RULES,
        "clinical",
        "same-day-unspecified does not lead to urgent",
    ),
    "weekly-list-too-long": (
        RULES,
        "  - morning-stiffness\n\n",
        "  - morning-stiffness\n  - night-pain\n\n",
        RULES,
        "clinical",
        "not 7",
    ),
    "weekly-sign-without-a-rule": (
        RULES,
        "id: meal-pain\n    urgency: routine",
        "id: meal-pain\n    urgency: self_care",
        RULES,
        "clinical",
        "meal-pain does not lead to routine",
    ),
    "weekly-unspecified-not-urgent-enough": (
        RULES,
        "id: weekly-unspecified\n    urgency: urgent",
        "id: weekly-unspecified\n    urgency: routine",
        RULES,
        "clinical",
        "weekly-unspecified does not lead to urgent",
    ),
    "told-once-and-again": (
        RULES,
        "    again_after: P7D\n",
        "    again_after: P7D\n    once_per_episode: true\n",
        RULES,
        "clinical",
        "lasting-42 is told once and again",
    ),
    "urgent-but-silent": (
        RULES,
        "    when: {any_of: [night-pain]}\n",
        "    when: {any_of: [night-pain]}\n    until_acknowledged: true\n",
        RULES,
        "clinical",
        "night-pain is too urgent",
    ),
    "finding-without-rule": (
        RULES,
        "any_of: [rising-pain]",
        "any_of: [severe-pain]",
        RULES,
        "clinical",
        "no rule speaks of rising-pain",
    ),
    "example-does-not-fire": (
        RULES,
        "examples: [[dark-urine],",
        "examples: [[pain],",
        RULES,
        "example",
        "dark-urine does not fire on pain",
    ),
    "near-miss-fires": (
        RULES,
        "near_misses: [[pain], [fragile-bones]]",
        "near_misses: [[sore-spine]]",
        RULES,
        "example",
        "sore-spine fires on sore-spine",
    ),
    "no-examples": (
        RULES,
        "examples: [[burning-strip], [pain, burning-strip]]",
        "examples: []",
        RULES,
        "example",
        "burning-strip has no examples",
    ),
    "no-source": (
        RULES,
        "sources: [niosh-rhabdo]",
        "sources: []",
        RULES,
        "clinical",
        "dark-urine has no source",
    ),
    "review-not-mentioned": (
        ICE,
        "reviewed_by: null\n",
        "",
        ICE,
        "clinical",
        "does not say reviewed_by",
    ),
    "signed-without-date": (
        ICE,
        "reviewed_by: null",
        "reviewed_by: A. Doctor\nreviewed_on: last week",
        ICE,
        "clinical",
        "no reviewed_on date",
    ),
    "verified-without-reading": (
        "tips/warm-up/tip.yaml",
        "verified: false",
        "verified: true",
        "tips/warm-up/tip.yaml",
        "clinical",
        "none of its sources was read",
    ),
    "pain-span": (ICE, "pain: [1, 10]", "pain: [6, 5]", ICE, "clinical", "span within 0"),
    "no-place": (
        ROLLS,
        "regions: [blades, side, neck]",
        "regions: []",
        ROLLS,
        "clinical",
        "no place",
    ),
    "exercise-without-movement": (
        ROLLS,
        "movement: shoulder-rolls\n",
        "",
        ROLLS,
        "clinical",
        "without a movement",
    ),
    "exercise-without-guard": (
        ROLLS,
        "not_when: [cancer, bones, ",
        "not_when: [",
        ROLLS,
        "clinical",
        "not_when needs bones, cancer",
    ),
    "exercise-in-strong-pain": (
        ROLLS,
        "pain: [1, 4]",
        "pain: [1, 7]",
        ROLLS,
        "clinical",
        "ends below 7",
    ),
    "exercise-after-numbness": (
        ROLLS,
        ", numbness, knock, fever",
        "",
        ROLLS,
        "clinical",
        "not_when needs fever, knock, numbness",
    ),
    "medicine-without-a-question": (
        OTC,
        "asks_first: true",
        "asks_first: false",
        OTC,
        "clinical",
        "speaks of “anti-inflammatory”, so asks_first must be true",
    ),
    "medicine-in-another-tip": (
        "tips/ice/en.ftl",
        "Wrap a cold pack in a thin towel.",
        "Take a painkiller.",
        ICE,
        "clinical",
        "ice speaks of “painkiller”",
    ),
    "medicine-as-the-answer-to-pain": (
        OTC,
        "chosen_in_check_in: false",
        "chosen_in_check_in: true",
        OTC,
        "clinical",
        "chosen_in_check_in must be false",
    ),
    "medicine-without-its-guards": (
        OTC,
        "thinners, pregnancy, over-65, ",
        "",
        OTC,
        "clinical",
        "not_when needs over-65, pregnancy, thinners",
    ),
    "medicine-after-a-long-run": (
        OTC,
        ", dark-urine, long-run",
        "",
        OTC,
        "clinical",
        "not_when needs dark-urine, long-run",
    ),
    "medicine-without-its-reasons": (
        "tips/otc-pain-relief/en.ftl",
        "    .against =",
        "    .reasons =",
        OTC,
        "reference",
        "no text tip-otc-pain-relief.against",
    ),
    "exercise-elsewhere": (
        ROLLS,
        "regions: [blades,",
        "regions: [lower, blades,",
        ROLLS,
        "clinical",
        "upper-back pain only",
    ),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_broken_is_reported(copy, name: str) -> None:
    file, old, new, path, rule, message = BROKEN[name]
    copy.edit(file, old, new)
    found = copy.found(path, rule)
    assert any(message in one for one in found), found


def test_a_tip_that_rules_itself_out_can_never_be_chosen(copy) -> None:
    copy.edit("tips/massage/tip.yaml", "phases: [settling]", "phases: [acute]")
    copy.edit("tips/massage/tip.yaml", "[cancer, bones,", "[acute, cancer, bones,")
    assert copy.found("tips/massage/tip.yaml", "reach") == ["massage can never be chosen"]


def test_a_cell_without_enough_tips_is_reported(copy) -> None:
    for tip in ("relative-rest", "ice"):
        copy.edit(f"tips/{tip}/tip.yaml", "pain: [1, 10]", "pain: [1, 8]")
    found = copy.found("tips", "reach")
    assert "2 tips, not 3, for pain 9, blades, acute, an open profile" in found
    assert "1 tips, not 2, for pain 9, belly, settling, an open profile" in found
    assert not [message for message in found if "pain 8" in message]


def test_an_answer_that_makes_no_difference_is_reported(copy) -> None:
    copy.edit("tips/shoulder-rolls/tip.yaml", "carried, ", "")
    copy.edit("tips/shoes-and-gear/tip.yaml", "contributors: [carried]\n", "")
    copy.edit("tips/ice/tip.yaml", ", carried]", "]")
    found = copy.found("tips", "reach")
    assert "no tip for carried in pain 1, blades, acute, an open profile" in found
    assert not [message for message in found if "settling" in message]


def test_somebody_with_every_sign_of_the_week_is_not_left_without_a_tip(copy) -> None:
    copy.edit("tips/listen-to-body/tip.yaml", "not_when: []", "not_when: [fever]")
    found = copy.found("tips", "reach")
    cell = "pain 1, chest, acute, an undisclosed profile, every sign this week"
    assert f"1 tips, not 2, for {cell}" in found
    assert all("every sign" in message for message in found)
