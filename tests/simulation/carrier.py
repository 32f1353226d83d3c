"""Telegram's side of the updates: it brings each until it is taken, sometimes once more."""

import asyncio

from simulation.fates import CAUSE, Fate, was_killed

from bot.telegram.dispatch import Done, Raised


class Carrier:
    """Brings a chat's messages in order and its taps in order, but not one after the other."""

    def __init__(self, world):
        self._world = world
        self._lanes: set[int] = set()
        self._under_way: dict[int, list] = {}
        world.post.on_update.append(self._note)

    def _note(self, chat, queue) -> None:
        if id(queue) not in self._lanes:
            self._lanes.add(id(queue))
            self._world.begin(self._lane(chat, queue))

    async def _lane(self, chat, queue) -> None:
        try:
            while queue:
                await self._bring(chat, queue[0])
                queue.popleft()
        finally:
            self._lanes.discard(id(queue))

    async def _bring(self, chat, update: dict) -> None:
        """Bring one, and ask the judge whether it led to what it should."""
        world, number = self._world, update["update_id"]
        world.counts["updates"] += 1
        seen = world.judge.promises.before(chat, update)
        world.trace(f"update {number} of {chat.chat_id}: {seen.what}")
        CAUSE.set(f"update {number}")
        others = self._under_way.setdefault(chat.chat_id, [])
        for other in others:
            other.crossed = seen.crossed = True
        others.append(seen)
        await self._as_fate_has_it(update)
        others.remove(seen)
        world.broken += world.judge.promises.after(chat, update, seen)

    async def _as_fate_has_it(self, update: dict) -> None:
        fate = self._world.fates.of_an_update()
        if fate is Fate.DELIVERED_AT_ONCE_TWICE:
            await asyncio.gather(self._acknowledged(update), self._acknowledged(update))
        else:
            await self._acknowledged(update)
            if fate is Fate.DELIVERED_TWICE:
                await self._acknowledged(update)

    async def _acknowledged(self, update: dict) -> None:
        wait, failures = 1.0, 0
        while True:
            await asyncio.sleep(self._world.fates.pause(1))
            replica = await self._world.host.some_replica()
            result = await self._handled(replica, update)
            self._world.look()
            if isinstance(result, Done):
                return
            if isinstance(result, Raised):
                failures += 1
                if failures == 3:
                    broken = f"no update fails: {update['update_id']}: {result.error!r}"
                    self._world.broken.append(broken)
                    return
            await asyncio.sleep(wait)
            wait = min(30.0, wait * 2)

    async def _handled(self, replica, update: dict):
        """Let a replica handle an update; None if it was killed over it."""
        try:
            return await asyncio.ensure_future(replica.handle(update))
        except BaseException as error:
            if not was_killed(error):
                raise
            return None
