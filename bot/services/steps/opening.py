"""Steps that open, reopen and show check-ins; at most one of them is open at a time."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.check_in import (
    CheckIn,
    CheckInKind,
    Closed,
    Kept,
)
from bot.domain.delivery import DeliveryKind
from bot.domain.red_flags import Finding, Ruleset
from bot.domain.runner import Runner, rhythm_for
from bot.domain.schedule import local
from bot.domain.triage import assess
from bot.services.notices import ClosedCheckIn, MovedBelow
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Edit, Message, Reply
from bot.services.steps.finishing import go_on, leave
from bot.services.steps.recording import (
    arm_expiry,
    close_check_in,
    open_check_in,
)
from bot.services.steps.views import show


async def reopen(uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn) -> Reply:
    """Open a closed check-in where its answers left off; any other open one is left."""
    edits = await leave_others(uow, ports, runner, check_in.id)
    now = ports.clock.now()
    opened = replace(check_in, opened_at=check_in.opened_at or now, closed_at=None, closed=None)
    await uow.check_ins.save(opened)
    await arm_expiry(uow, runner, opened, now + ports.rhythm.finish_within)
    shown = await go_on(uow, ports, runner, opened)
    return replace(
        shown, edits=(*edits.edits, *shown.edits), messages=(*edits.messages, *shown.messages)
    )


async def leave_others(
    uow: UnitOfWork,
    ports: Ports,
    runner: Runner,
    check_in_id: int,
    *,
    reason: Closed = Closed.REPLACED,
) -> Reply:
    """Close every other open check-in: at most one is open, prompts never stack."""
    edits: list[Edit] = []
    messages: list[Message] = []
    for other in await uow.check_ins.open_for(runner.id):
        # A question about something typed stays until it is answered: silence is no "no".
        if other.id == check_in_id or other.kind is CheckInKind.READ:
            continue
        left = await leave(uow, ports, runner, other, reason)
        # Without a message of its own, the edit would go to whatever message was tapped.
        edits.extend(replace(edit, only_in_place=True) for edit in left.edits if edit.message_id)
        messages.extend(left.messages)
    return Reply(runner, tuple(edits), tuple(messages))


async def open_now(uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn) -> Reply:
    """Open a check-in at once, in a new message, in place of any other open one."""
    left = await leave_others(uow, ports, runner, check_in.id)
    rhythm = rhythm_for(runner, ports.rhythm)
    opened = await open_check_in(uow, runner, check_in, rhythm, ports.clock.now())
    shown = await show(uow, ports, runner, opened, in_place=False)
    return replace(shown, edits=left.edits, messages=(*left.messages, *shown.messages))


async def ask_about(
    uow: UnitOfWork, ports: Ports, runner: Runner, asked: tuple[Finding, ...], key: str
) -> Reply:
    """Ask directly whether typed signs are meant; once per key, shown until it is answered."""
    now = ports.clock.now()
    day = local(now, runner.zone or "UTC").date()
    made = CheckIn(runner.id, CheckInKind.READ, now, day, key, kept=Kept(asked=asked))
    added = await uow.check_ins.add(made)
    if added is None:
        known = await uow.check_ins.by_key(key) or made
        return await show(uow, ports, runner, known, in_place=False)
    opened = await open_check_in(uow, runner, added, rhythm_for(runner, ports.rhythm), now)
    return await show(uow, ports, runner, opened, in_place=False)


async def lock_open_ones(
    uow: UnitOfWork, ports: Ports, runner: Runner, told: frozenset[Finding]
) -> Reply:
    """End what was being asked: the lock is on, and the message loses its keys.

    A question about something typed that may be worse than what was told is asked once more.
    """
    edits: list[Edit] = []
    messages: list[Message] = []
    for open_one in await uow.check_ins.open_for(runner.id):
        if _may_be_worse(open_one, told, ports.ruleset):
            shown = await show_below(uow, ports, runner, open_one)
            edits.extend(shown.edits)
            messages = list(shown.messages)
            continue
        closed = await close_check_in(uow, open_one, Closed.LOCKED, ports.clock.now())
        unnamed = frozenset({DeliveryKind.SIGN_UNNAMED})
        await uow.deliveries.cancel(open_one.id, unnamed, "told in words")
        if closed.message_id is not None:
            notice = ClosedCheckIn(closed, escalated=True)
            edits.append(Edit(notice, closed.message_id, only_in_place=True))
    return Reply(runner, tuple(edits), tuple(messages))


def _may_be_worse(check_in: CheckIn, told: frozenset[Finding], ruleset: Ruleset) -> bool:
    """Whether a typed sign still asked about may be worse; self-harm says nothing of the body."""
    if check_in.kind is not CheckInKind.READ:
        return False
    possible = assess(frozenset(check_in.kept.asked), ruleset)
    return possible.urgency > assess(told - {Finding.SELF_HARM}, ruleset).urgency


async def show_below(uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn) -> Reply:
    """Show an open check-in again as the newest message and take the keys off the old one."""
    shown = await show(uow, ports, runner, check_in, in_place=False)
    if check_in.message_id is None:
        return shown
    old = Edit(MovedBelow(), check_in.message_id, only_in_place=True)
    return replace(shown, edits=(old,))
