"""/why: what led to the last decision, in a conversation."""

from __future__ import annotations

from support.conversation import (
    BLADES,
    checks_in,
    denies_both_lists,
    has_a_same_day_sign,
    has_an_emergency,
    mark,
    rates,
    settles,
    stored,
    tips,
)

CHECKED = "A doctor or ambulance crew checked me"


async def why(chat):
    """Ask /why; the answer."""
    await chat.says("/why")
    return await chat.last()


async def test_before_the_first_check_in_there_is_a_friendly_line(anna):
    said = (await why(anna)).text
    assert "I have not decided anything for you yet." in said
    assert "/why tells you what led to my answer." in said


async def test_a_tip_is_explained_by_answers_and_what_spoke_for_it(anna):
    await checks_in(anna, 3, today="Stiff shoulders")
    [tip] = await tips(anna)
    said = (await why(anna)).text
    assert "13:00 · Pain: 3" in said
    assert f"13:00 · Where: {BLADES}" in said
    assert "No rule of mine sent you to a doctor." in said
    assert f"Why this tip: {tip}" in said
    assert "It goes with your day: Stiff shoulders" in said


async def test_a_strong_pain_is_explained_by_its_rule_and_sources_fold_away(anna):
    await checks_in(anna, 8)
    answer = await why(anna)
    assert "Pain of 7 or more: see a doctor or physio in the next days" in answer.text
    assert "No clinician has reviewed this rule yet." in answer.text
    assert "<blockquote" in answer.html
    assert "Back pain, NHS England" in answer.text


async def test_an_open_emergency_is_explained_action_first_and_without_a_tip(anna):
    await has_an_emergency(anna)
    await anna.taps("Chest pain")
    since = await mark(anna)
    answer = await why(anna)
    assert answer.text.startswith("Call 112 now.")
    assert "Emergency signs: one or more" in answer.text
    assert "Sign: Chest, jaw or arm pain" in answer.text
    assert "So my answer was: call for help now." in answer.text
    assert "Why this tip" not in answer.text
    assert not await tips(anna, since)
    await anna.taps(CHECKED)
    assert "Glad you were checked." in (await anna.last()).text
    assert "Call 112 now." not in (await why(anna)).text


async def test_a_same_day_sign_is_explained_while_it_is_open(anna):
    await has_a_same_day_sign(anna)
    answer = await why(anna)
    assert answer.text.startswith("See a doctor today.")
    assert "Fever, or really ill: see a doctor today" in answer.text
    assert "I was seen" in answer.buttons


async def test_an_open_safety_question_comes_first(anna):
    await checks_in(anna, 3)
    await rates(anna, 4)
    shown = await why(anna)
    assert "Chest pain, pressure or tightness" in shown.text
    assert "What led to" not in shown.text
    await denies_both_lists(anna)
    assert "Pain: 3" in (await why(anna)).text, "the new one is not decided yet"


async def test_help_names_it_and_the_menu_stays_at_eight(anna):
    await anna.says("/help")
    assert "/why" in (await anna.last()).text


async def test_a_stranger_is_asked_for_consent_first(town):
    chat = await town.chat(7)
    assert "For that I need your OK first: /start" in (await why(chat)).text


async def test_rules_are_kept_at_the_start_and_outlast_a_runner_who_leaves(town, anna):
    await checks_in(anna, 3)
    assert stored(town)["rulesets"] == 1
    await anna.says("/forget")
    await anna.taps("Delete everything")
    assert stored(town)["rulesets"] == 1
    other = await settles(town, 2)
    assert "I have not decided anything" in (await why(other)).text
