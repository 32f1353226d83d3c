"""Carries a use case's reply into the chat: edits in place, new messages, receipts back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final

import structlog
from telegram.error import RetryAfter

from bot.domain.delivery import Failed, Outcome, RetryLater, Sent, Unknown, Unreachable
from bot.domain.runner import Runner
from bot.services.notices import EscalationNotice, Notice, Prompt
from bot.services.noting import Noting
from bot.services.replies import CheckInShown, Edit, EscalationShown, Message, Receipt, Reply
from bot.services.use_cases import UseCases
from bot.telegram.messenger import Wire
from bot.telegram.screen import Screen

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Draw = Callable[[Notice, Runner | None], Awaitable[Screen]]


_NOTING: Final = Noting(asyncio.sleep)


class NotDelivered(Exception):
    """Telegram refused a reply for a reason of our own making."""


@dataclass(frozen=True, slots=True)
class Courier:
    """Delivers replies for handlers and for the worker alike.

    `insisting` does once more what may not have arrived: one copy too many is better than none
    for somebody who waits. The worker keeps its own count. `noting` writes down what was sent.
    """

    wire: Wire
    draw: Draw
    use_cases: UseCases
    insisting: bool = False
    noting: Noting = _NOTING

    async def deliver(self, reply: Reply, *, urgent: bool = False) -> Outcome:
        """Send a reply nobody is waiting for; gives what became of it."""
        if reply.runner is None:
            return Failed("nobody to send to")
        return await self.carry(reply, reply.runner.chat_id, None, urgent=urgent)

    async def respond(self, reply: Reply, chat_id: int, tapped: int | None = None) -> None:
        """Answer an update. Raises what makes the update come again if it cannot be answered.

        `tapped` is the message whose button was tapped. What is in doubt twice counts as sent:
        an escalation is owed by the worker as well, anything else can be asked for again.
        """
        insisting = replace(self, insisting=True)
        match await insisting.carry(reply, chat_id, tapped, urgent=True):
            case RetryLater(after):
                raise RetryAfter(max(after, timedelta(seconds=1)))
            case Unreachable():
                await self.use_cases.note_reachable(chat_id, blocked=True)
            case Failed(reason):
                raise NotDelivered(reason)
            case Unknown():
                if any(_is_owed_by_nobody(message.notice) for message in reply.messages):
                    raise RetryAfter(timedelta(seconds=1))
            case Sent():
                return

    async def carry(
        self, reply: Reply, chat_id: int, tapped: int | None, *, urgent: bool
    ) -> Outcome:
        """An escalation goes first; otherwise what is edited is edited before new messages."""
        first = [one for one in reply.messages if isinstance(one.notice, EscalationNotice)]
        others = [one for one in reply.messages if one not in first]
        outcome: Outcome = Sent()
        for message in first:
            outcome = await self._send(message, reply.runner, chat_id, urgent=True)
            if not isinstance(outcome, Sent):
                return outcome
        for edit in reply.edits:
            outcome = await self._edit(edit, reply.runner, chat_id, tapped)
            if isinstance(outcome, RetryLater | Unreachable):
                return outcome
        if reply.clears_tapped and tapped is not None:
            await self.wire.clear(chat_id, tapped)
        for message in others:
            outcome = await self._send(message, reply.runner, chat_id, urgent=urgent)
            if not isinstance(outcome, Sent):
                return outcome
        return outcome

    async def _send(
        self, message: Message, runner: Runner | None, chat_id: int, *, urgent: bool
    ) -> Outcome:
        screen = await self.draw(message.notice, runner)
        outcome = await self.wire.send(chat_id, screen, urgent=urgent)
        if self.insisting and isinstance(outcome, Unknown):
            outcome = await self.wire.send(chat_id, screen, urgent=urgent)
        if isinstance(outcome, Sent) and outcome.message_id is not None:
            await self._acknowledge(message.receipt, outcome.message_id)
        return outcome

    async def _edit(
        self, edit: Edit, runner: Runner | None, chat_id: int, tapped: int | None
    ) -> Outcome:
        message_id = edit.message_id or tapped
        anew = Message(edit.notice, edit.receipt)
        if message_id is None:
            if edit.only_in_place:
                return Sent()
            return await self._send(anew, runner, chat_id, urgent=False)
        screen = await self.draw(edit.notice, runner)
        outcome = await self.wire.edit(chat_id, message_id, screen)
        if self.insisting and isinstance(outcome, Unknown):
            outcome = await self.wire.edit(chat_id, message_id, screen)
        if isinstance(outcome, Failed):
            _log.info("message.not_editable", reason=outcome.reason)
            if edit.only_in_place:
                return Sent()
            return await self._send(anew, runner, chat_id, urgent=False)
        if isinstance(outcome, Sent) and not _stands_in(edit.notice, message_id):
            await self._acknowledge(edit.receipt, message_id)
        return outcome

    async def _acknowledge(self, receipt: Receipt | None, message_id: int) -> None:
        match receipt:
            case CheckInShown():
                await self.noting(partial(self.use_cases.note_shown, receipt, message_id))
            case EscalationShown():
                note = partial(self.use_cases.note_escalation_shown, receipt, message_id)
                await self.noting(note)
            case None:
                return


def _is_owed_by_nobody(notice: Notice) -> bool:
    """Whether this is an escalation of somebody about whom nothing is stored."""
    return isinstance(notice, EscalationNotice) and notice.escalation_id is None


def _stands_in(notice: Notice, message_id: int) -> bool:
    """Whether a check-in is known to stand in this message already."""
    return isinstance(notice, Prompt) and notice.check_in.message_id == message_id
