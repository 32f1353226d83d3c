"""What comes after a typed sign: questions, follow-ups and records that must stay true."""

from __future__ import annotations

import pytest
from support.conversation import (
    fills_profile,
    mark,
    never_told,
    settles,
    told,
)

SAME_DAY = "See a doctor today."
LONDON = "London, England, United Kingdom"
CRISIS_LINE = "116123"


@pytest.fixture
async def runner(town):
    chat = await settles(town, 7, place=LONDON)
    await fills_profile(chat)
    return chat


async def meant_otherwise(chat):
    await chat.taps("That is not what I meant")
    await chat.taps("Yes, I have none of these")


async def test_yes_counts_with_the_back_pain_stated_beside_the_sign_asked_about(runner):
    await runner.says("my back hurts, I am in a cold sweat and maybe a bit sick to my stomach")
    question = await told(runner, "Is this so for you")
    assert "• Pain" not in question.text
    since = await mark(runner)
    await runner.taps("Yes, I have this")
    assert await told(runner, "Call 999 now.", since)
