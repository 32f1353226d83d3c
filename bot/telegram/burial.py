"""What becomes of an update that failed for good: stored as dead, its sender gets an apology."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import telegram

from bot.services.notices import Plain, PlainNotice
from bot.services.ports import Ports
from bot.services.replies import say
from bot.telegram.courier import Courier

KINDS: Final = ("callback_query", "message", "edited_message", "my_chat_member")


@dataclass(frozen=True, slots=True)
class Burial:
    """Keeps the update's number, kind and the error's class, never what it said."""

    ports: Ports
    courier: Courier

    async def __call__(self, update: telegram.Update, error: Exception) -> None:
        """Store it as dead, commit, then apologise."""
        async with self.ports.unit_of_work() as uow:
            name, now = type(error).__name__, self.ports.clock.now()
            await uow.updates.bury(update.update_id, kind_of(update), name, now)
        if update.callback_query is not None:
            await self.courier.wire.answer(update.callback_query.id)
        chat = update.effective_chat
        if chat is not None and chat.id > 0:  # private chats have positive ids
            await self.courier.respond(say(None, PlainNotice(Plain.APOLOGY)), chat.id)


def kind_of(update: telegram.Update) -> str:
    """Name what kind of update it is."""
    return next((name for name in KINDS if getattr(update, name, None)), "unknown")
