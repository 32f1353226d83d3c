"""Steps that change a check-in inside a unit of work; the use cases are built from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from bot.domain import trends
from bot.domain.check_in import Answer, CheckIn, CheckInKind, Closed, Kept, Question
from bot.domain.delivery import Delivery, DeliveryKind
from bot.domain.runner import Rhythm, Runner
from bot.services.ports import UnitOfWork

KEPT_FOR: Final = timedelta(hours=48)
TIMERS: Final = frozenset({DeliveryKind.EXPIRY, DeliveryKind.REMINDER})
WEEKLY_FROM: Final = timedelta(days=2)
"""The slower signs need some days of pain before they can be told from it."""

WEEKLY_EVERY: Final = timedelta(days=6, hours=12)
"""A week of mornings: the answer of the last one may have come late in its day."""

EPISODE_WITHIN: Final = timedelta(days=90)
PROMPTS: Final = frozenset({DeliveryKind.CHECK_IN}) | TIMERS


async def enqueue(
    uow: UnitOfWork, runner: Runner, kind: DeliveryKind, subject_id: int, due_at: datetime
) -> None:
    """Owe the runner something; the same thing at the same instant is owed once."""
    key = f"{kind}:{subject_id}:{due_at.isoformat()}"
    await uow.deliveries.enqueue(Delivery(runner.id, kind, subject_id, due_at, key))


async def arm_expiry(uow: UnitOfWork, runner: Runner, check_in: CheckIn, at: datetime) -> None:
    """Set the instant at which the check-in closes by itself, in place of any earlier one."""
    await uow.deliveries.cancel(check_in.id, frozenset({DeliveryKind.EXPIRY}), "moved")
    await enqueue(uow, runner, DeliveryKind.EXPIRY, check_in.id, at)


async def open_check_in(
    uow: UnitOfWork, runner: Runner, check_in: CheckIn, rhythm: Rhythm, now: datetime
) -> CheckIn:
    """Mark a check-in as asked and start its clocks."""
    opened = replace(check_in, opened_at=now, closed_at=None, closed=None)
    if opened.kind is CheckInKind.MORNING:
        opened = replace(opened, kept=await _kept(uow, opened, now))
    await uow.check_ins.save(opened)
    await uow.deliveries.cancel(opened.id, frozenset({DeliveryKind.CHECK_IN}), "opened")
    if opened.kind is not CheckInKind.READ:
        await arm_expiry(uow, runner, opened, now + rhythm.start_within)
    scheduled = not opened.is_about_signs and opened.kind is not CheckInKind.ASKED
    if runner.preferences.reminder and scheduled:
        await enqueue(uow, runner, DeliveryKind.REMINDER, opened.id, now + rhythm.reminder_after)
    return opened


async def _kept(uow: UnitOfWork, check_in: CheckIn, now: datetime) -> Kept:
    """Find what the morning need not ask again, and the tip it asks about."""
    recent = await uow.check_ins.since(check_in.runner_id, now - KEPT_FOR)
    painful = [one for one in recent if one.id != check_in.id and (one.rating or 0) > 0]
    if not painful:
        return Kept()
    latest = painful[-1]
    history = await uow.tips.history(check_in.runner_id)
    pending = [
        given
        for given in history
        if given.check_in_id == latest.id and given.effect is None and not given.not_for_me_at
    ]
    tip_id = pending[-1].tip_id if pending else None
    weekly = latest.region is not None and await _weekly_is_due(uow, check_in, now)
    return Kept(latest.region, latest.contributor, tip_id, weekly)


async def _weekly_is_due(uow: UnitOfWork, check_in: CheckIn, now: datetime) -> bool:
    """Whether the episode has lasted some days and its slower signs were not asked this week."""
    recent = await uow.check_ins.since(check_in.runner_id, now - EPISODE_WITHIN)
    running = trends.episode(trends.ratings(recent))
    asked = [
        answer.answered_at
        for one in recent
        for answer in one.answers
        if answer.question is Question.WEEKLY
    ]
    is_new = not running or now - running[0].at < WEEKLY_FROM
    return not is_new and not any(now - at < WEEKLY_EVERY for at in asked)


async def close_check_in(
    uow: UnitOfWork, check_in: CheckIn, reason: Closed, now: datetime
) -> CheckIn:
    """Close a check-in, asked or not, and stop its clocks."""
    closed = replace(check_in, closed_at=now, closed=reason)
    await uow.check_ins.save(closed)
    await uow.deliveries.cancel(check_in.id, PROMPTS, f"closed: {reason}")
    return closed


async def add_answer(uow: UnitOfWork, check_in: CheckIn, answer: Answer) -> CheckIn:
    """Store an answer and give the check-in with it."""
    stored = await uow.check_ins.add_answer(check_in.id, answer)
    await uow.deliveries.cancel(check_in.id, frozenset({DeliveryKind.REMINDER}), "answered")
    return replace(check_in, answers=(*check_in.answers, stored))


async def take_back(uow: UnitOfWork, check_in: CheckIn, now: datetime) -> CheckIn:
    """Take back the last answer that led somewhere; a toggle goes with the answer before it."""
    toggles = takewhile(_is_toggle, reversed(check_in.answers))
    count = len(tuple(toggles)) + 1
    for answer in check_in.answers[-count:]:
        await uow.check_ins.undo_answer(answer.id, now)
        if answer.question is Question.HELPED:
            await _forget_effect(uow, check_in)
    decision = await uow.decisions.for_check_in(check_in.id)
    if decision:
        await uow.decisions.save(replace(decision, superseded_at=now))
    return replace(check_in, answers=check_in.answers[:-count])


def _is_toggle(answer: Answer) -> bool:
    return answer.question is Question.DAILY_LIFE


async def note_effect(uow: UnitOfWork, check_in: CheckIn, now: datetime) -> None:
    """Keep how the tip did with the tip itself, where the choice of the next one looks."""
    effect = check_in.effect
    given = [
        one
        for one in await uow.tips.history(check_in.runner_id)
        if one.tip_id == check_in.kept.tip_id
    ]
    if given and effect is not None:  # pragma: no branch - what is asked about was given
        await uow.tips.save(given[-1].with_effect(effect, now))


async def _forget_effect(uow: UnitOfWork, check_in: CheckIn) -> None:
    history = await uow.tips.history(check_in.runner_id)
    given = [one for one in history if one.tip_id == check_in.kept.tip_id]
    if given:  # pragma: no branch - what was asked about was given
        await uow.tips.save(replace(given[-1], effect=None, effect_at=None))
