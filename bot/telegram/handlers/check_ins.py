"""Handlers of check-ins."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.domain.check_in import CheckInKind, Question
from bot.services.answering import Tap
from bot.services.replies import Reply
from bot.telegram.callbacks import (
    AnswerTap,
    BackTap,
    LaterTap,
    LateTap,
    LeaveTap,
    MapAnswerTap,
    MapTap,
    SignsTap,
)
from bot.telegram.handlers.route import Commands, Here, Taps


async def answer(tap: AnswerTap, here: Here) -> Reply:
    """Record a tapped answer."""
    answered = Tap(here.user_id, tap.check_in_id, tap.question, tap.value, here.update_id)
    return await here.use_cases.record_answer(answered)


async def back(tap: BackTap, here: Here) -> Reply:
    """Go one question back."""
    return await here.use_cases.go_back(here.user_id, tap.check_in_id, here.update_id)


async def leave(tap: LeaveTap, here: Here) -> Reply:
    """Stop, skip, or no run today."""
    return await here.use_cases.leave_check_in(here.user_id, tap.check_in_id, tap.reason)


async def later(tap: LaterTap, here: Here) -> Reply:
    """Ask again in an hour."""
    return await here.use_cases.ask_later(here.user_id, tap.check_in_id)


async def late(tap: LateTap, here: Here) -> Reply:
    """Take a closed check-in up again."""
    return await here.use_cases.answer_late(here.user_id, tap.check_in_id)


async def back_map(tap: MapTap, here: Here) -> Reply:
    """Show the map beside the question where it hurts."""
    return await here.use_cases.show_back_map(here.user_id, tap.check_in_id)


async def answer_on_map(tap: MapAnswerTap, here: Here) -> Reply:
    """Record where it hurts; the map has done its work."""
    answered = Tap(here.user_id, tap.check_in_id, Question.REGION, tap.value, here.update_id)
    return replace(await here.use_cases.record_answer(answered), clears_tapped=True)


async def signs(_tap: SignsTap, here: Here) -> Reply:
    """Something is wrong: both lists, stored with consent, in memory without."""
    runner = await here.use_cases.note_seen(here.user_id)
    if runner is None or not runner.consented:
        return await here.use_cases.signs_without_consent(here.user_id)
    return await here.use_cases.check_in_now(here.user_id, here.update_id, CheckInKind.SIGNS)


async def check_in(here: Here) -> Reply:
    """/checkin."""
    return await here.use_cases.check_in_now(here.user_id, here.update_id)


async def undo(here: Here) -> Reply:
    """/undo."""
    return await here.use_cases.undo_last(here.user_id, here.update_id)


async def cancel(here: Here) -> Reply:
    """/cancel."""
    return await here.use_cases.cancel(here.user_id)


TAPS: Final[Taps] = {
    AnswerTap: answer,
    BackTap: back,
    LeaveTap: leave,
    LaterTap: later,
    LateTap: late,
    MapTap: back_map,
    MapAnswerTap: answer_on_map,
    SignsTap: signs,
}
COMMANDS: Final[Commands] = {"checkin": check_in, "undo": undo, "cancel": cancel}
