"""Group chats: the bot says once that it works in private, then stays silent."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.ports import Ports


@dataclass(frozen=True, slots=True)
class GreetGroup:
    """Remembers which groups were told already."""

    ports: Ports

    async def __call__(self, chat_id: int) -> bool:
        """Say whether this group is to be told now; a group's chat id is negative."""
        async with self.ports.unit_of_work() as uow:
            return await uow.updates.first_time(chat_id, self.ports.clock.now())
