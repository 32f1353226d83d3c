"""Somebody who handles updates as the test says, for whoever brings them."""

import asyncio

from bot.telegram.dispatch import Done


class UpdateDesk:
    """Handles updates as told: `plan` holds per update what to do, the last item for ever."""

    def __init__(self):
        self.plan = {}
        self.log = []
        self.buried = []
        self.burial_errors = []
        self._news = asyncio.Condition()

    async def handle(self, update):
        await self._note(update.update_id)
        steps = self.plan.get(update.update_id, [Done()])
        step = steps.pop(0) if len(steps) > 1 else steps[0]
        if isinstance(step, asyncio.Event):
            await step.wait()
            await self._note(-update.update_id)
            return Done()
        if isinstance(step, Exception):
            raise step
        return step

    async def bury(self, update, error):
        if self.burial_errors:
            raise self.burial_errors.pop(0)
        self.buried.append((update, error))
        await self._note(f"buried {update.update_id}")

    async def _note(self, entry):
        async with self._news:
            self.log.append(entry)
            self._news.notify_all()

    async def until(self, condition):
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(condition)

    async def until_seen(self, *entries):
        await self.until(lambda: all(entry in self.log for entry in entries))
