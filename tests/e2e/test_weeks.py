"""Days of pain in the chat: the weekly list, and the runner's word that somebody has looked."""

from __future__ import annotations

from support.conversation import (
    BLADES,
    NONE,
    checks_in,
    denies_both_lists,
    mark,
    never_told,
    tips,
    told,
)
from support.sandbox_client import Chat

WEEKLY = "Once a week I ask a little more."


async def runs_and_wakes(chat: Chat) -> int:
    """A run with some pain after it; gives a mark at the next morning's question."""
    await chat.says("/run")
    await chat.taps("Just finished")
    await chat.taps("Ask me now")
    await chat.taps("3")
    await denies_both_lists(chat)
    for tap in (BLADES, "Stiff shoulders"):
        await chat.taps(tap)
    since = await mark(chat)
    await chat.waits("next_morning", "Europe/Berlin")
    return since


async def test_on_the_third_morning_a_slower_sign_can_be_named_and_is_seen_today(
    anna: Chat,
) -> None:
    await checks_in(anna, 3)
    await anna.waits("P2D")
    since = await runs_and_wakes(anna)
    await anna.taps("3")
    await denies_both_lists(anna)
    assert await told(anna, WEEKLY)
    await anna.taps("One or more")
    await anna.taps("Lost weight without trying")
    alarm = await told(anna, "See a doctor today.", since)
    assert "I have lost weight without trying." in alarm.text
    assert not await tips(anna, since)


async def test_none_of_the_slower_signs_leads_on_and_back_asks_again(anna: Chat) -> None:
    await checks_in(anna, 3)
    await anna.waits("P2D")
    since = await runs_and_wakes(anna)
    await anna.taps("3")
    await denies_both_lists(anna)
    await anna.taps("One or more")
    await anna.taps("Back")
    assert await told(anna, WEEKLY)
    await anna.taps(NONE)
    await anna.taps("No change")
    assert await never_told(anna, "See a doctor today.", since)
    assert await tips(anna, since)


async def test_whoever_has_an_appointment_says_so_under_the_advice(anna: Chat) -> None:
    await checks_in(anna, 7)
    await told(anna, "Please see a doctor or physio in the next days.")
    await anna.taps("I have an appointment")
    assert await told(anna, "You told me that you have an appointment.")
