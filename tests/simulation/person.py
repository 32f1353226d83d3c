"""A runner with a phone: answers, ignores, puts off, travels, pauses, blocks, is hurt, leaves."""

import asyncio
from datetime import timedelta

from simulation.habits import (
    ACTS,
    CORRECTIONS,
    GARBAGE,
    NEVER,
    NONSENSE,
    RUNS,
    SIGNS,
    drawn_habits,
)
from simulation.post_office import unpack
from simulation.rows import read_time

from bot.services.notices import Choice
from bot.telegram import callbacks as buttons

SLEEPS_FROM, SLEEPS_TO = 23, 6


class Person:
    """One of them. Everything goes through buttons and messages, as from a real phone."""

    def __init__(self, world, chat_id, rng):
        self._world = world
        self._rng = rng
        self.chat = world.post.chat(chat_id)
        self.habits = drawn_habits(rng)
        self._arrived = asyncio.Event()
        self._read_up_to = 0
        world.post.on_message.append(self._hear)

    def _hear(self, chat, _shown) -> None:
        if chat is self.chat:
            self._arrived.set()

    async def live(self) -> None:
        """Begin with /start, then do something now and then."""
        await asyncio.sleep(self._rng.random() * 3600)
        await self._join()
        while True:
            news = await self._waits(self._rng.expovariate(1) * self.habits.waits.total_seconds())
            if self._is_asleep():
                continue
            if news and self._rng.random() < self.habits.answers:
                await asyncio.sleep(self._rng.expovariate(1 / 600))
                await self._taps_on()
            elif not news:
                await self._acts()
            await self._puts_the_phone_away()

    async def _waits(self, seconds: float) -> bool:
        """Wait for a message of the bot, or until it is time to do something unasked."""
        unread = len(self.chat.messages) > self._read_up_to
        self._arrived.clear()
        if not unread:
            try:
                async with asyncio.timeout(seconds):
                    await self._arrived.wait()
            except TimeoutError:
                return False
        self._read_up_to = len(self.chat.messages)
        return True

    def _is_asleep(self) -> bool:
        hour = (self._world.time.now() + timedelta(hours=1)).hour
        return (hour >= SLEEPS_FROM or hour < SLEEPS_TO) and self._rng.random() < 0.8

    async def _join(self) -> None:
        """Go through /start as far as the first run; whoever gets no answer tries later."""
        self._says("/start")
        city = buttons.PlaceListTap(self._rng.randrange(8))
        sure = buttons.PlaceConfirmTap(buttons.PlaceAnswer.YES)
        first_run = buttons.FirstRunTap(self._rng.choice(list(buttons.FirstRun)))
        adult, agrees = buttons.AdultTap(adult=True), buttons.ConsentTap(agree=True)
        for tap in (adult, agrees, city, sure, first_run):
            shown = await self._offered(type(tap))
            if shown is None:
                return
            self._tap(shown.message_id, tap.pack())

    async def _offered(self, kind):
        """Wait for a message with such a button."""
        for _ in range(20):
            await asyncio.sleep(2 + self._rng.random() * 10)
            for shown in self.chat.messages[-3:]:
                if any(isinstance(tap, kind) for tap in shown.taps):
                    return shown
        return None

    async def _taps_on(self) -> None:
        """Go on tapping what the newest message offers, until bored."""
        for _ in range(9):
            chosen = self._chosen()
            if chosen is None or self._rng.random() > self.habits.finishes:
                break
            self._tap(*chosen)
            await asyncio.sleep(3 + self._rng.random() * 20)

    async def _puts_the_phone_away(self) -> None:
        """Do something else for a while; what the bot said last is not news any more."""
        await asyncio.sleep(60)
        self._read_up_to = len(self.chat.messages)
        await asyncio.sleep(self._rng.expovariate(1 / 1800))

    def _chosen(self):
        """Choose a button of the newest message that has any."""
        for shown in reversed(self.chat.messages[-4:]):
            live = [data for data in shown.data if not isinstance(unpack(data), NEVER)]
            if live:
                weights = [self.habits.weight(unpack(data)) for data in live]
                return shown.message_id, self._rng.choices(live, weights)[0]
        return None

    async def _acts(self) -> None:
        """Do something nobody asked for."""
        names, weights = zip(*ACTS.items(), strict=True)
        [name] = self._rng.choices(names, weights)
        await getattr(self, f"_{name}")()

    async def _logs_a_run(self) -> None:
        self._says(self._rng.choice(RUNS))
        await self._a_moment()
        if self._rng.random() < 0.3:
            await self._taps_on()

    async def _commands(self) -> None:
        self._says(
            self._rng.choice(("/checkin", "/checkin", "/undo", "/plan", "/cancel", "/doctor"))
        )
        await self._a_moment()
        await self._taps_on()

    async def _rates_by_typing(self) -> None:
        self._says(self._rng.choice(("0", "3", "about a 4", "7/10", "11")))
        await self._a_moment()
        await self._taps_on()

    async def _types_nonsense(self) -> None:
        self._says(self._rng.choice(NONSENSE))

    async def _corrects_a_text(self) -> None:
        """Edit something just written, often before it is answered, once into a sign."""
        first, then = self._rng.choice(CORRECTIONS)
        number = self._says(first)
        await asyncio.sleep(self._rng.random() ** 3 * 20)
        self._world.post.edits(self.chat.chat_id, number, then)
        await self._a_moment()
        await self._taps_on()

    async def _answers_twice(self) -> None:
        """Two phones, or a text and a tap, at the same moment."""
        chosen, other = self._chosen(), self._chosen()
        if chosen is not None:
            self._tap(*chosen)
            if self._rng.random() < 0.5:
                self._tap(*other)
            else:
                self._says(self._rng.choice(("3", "/undo", "/cancel", "/checkin", *SIGNS)))

    async def _answers_at_the_last_moment(self) -> None:
        """Tap while the check-in closes by itself."""
        closing = self._world.rows.closing_at(self.chat.chat_id)
        shown = self.chat.message(closing["message_id"]) if closing else None
        if shown is None:
            return
        left = read_time(closing["due_at"]) - self._world.clock.now()
        await asyncio.sleep(max(0.0, left.total_seconds() - 1 + self._rng.random() * 3))
        if shown.data:
            self._tap(shown.message_id, self._rng.choice(shown.data))

    async def _types_a_sign(self) -> None:
        if self._rng.random() < self.habits.alarms * 2:
            self._says(self._rng.choice(SIGNS))
            await self._a_moment()
            await self._taps_on()

    async def _taps_something_old(self) -> None:
        """A button of any message there ever was, one of somebody else's, or a forged one."""
        shown = self._rng.choice(self.chat.messages) if self.chat.messages else None
        everybodys = [
            data
            for chat in self._world.post.chats.values()
            for data in sorted(data for one in chat.messages[-9:] for data in one.about)
        ]
        known = [data for data in everybodys if not isinstance(unpack(data), NEVER)]
        data = self._rng.choice([*known, *GARBAGE])
        if shown is not None:
            self._tap(shown.message_id, data)

    async def _pauses(self) -> None:
        days = self._rng.choice((1, 1, 7, 0))
        await self._through("/pause", buttons.PauseTap(days))
        await asyncio.sleep(self._rng.random() * 86_400 * 2)
        if self._rng.random() < 0.7:
            self._says("/resume")

    async def _travels(self) -> None:
        listed = buttons.PlaceListTap(self._rng.randrange(12))
        again = buttons.PlaceConfirmTap(buttons.PlaceAnswer.AGAIN)
        yes = buttons.PlaceConfirmTap(buttons.PlaceAnswer.YES)
        await self._through("/settings", again, listed, yes)

    async def _plans(self) -> None:
        days = "".join(str(day) for day in range(7) if self._rng.random() < 0.4)
        at = self._rng.choice(("0700", "1830", "2030"))
        await self._through("/plan", buttons.PlanDaysTap(days, at, save=True))

    async def _changes_a_setting(self) -> None:
        choice = self._rng.choice(list(Choice))
        await self._through("/settings", buttons.ChooseTap(choice, self._rng.randrange(4)))

    async def _blocks(self) -> None:
        self._world.post.blocks(self.chat.chat_id, blocked=True)
        await asyncio.sleep(self._rng.random() ** 2 * 86_400 * 2)
        self._world.post.blocks(self.chat.chat_id, blocked=False)
        if self._rng.random() < 0.5:
            self._says("/start")

    async def _forgets(self) -> None:
        await self._through("/forget", buttons.ForgetTap(confirmed=True))
        await asyncio.sleep(self._rng.random() * 86_400 * 3)
        if self._rng.random() < 0.7:
            await self._join()

    async def _through(self, command: str, *taps) -> None:
        """Open a page and tap one button after the other."""
        self._says(command)
        for tap in taps:
            await self._a_moment()
            if self.chat.messages:
                self._tap(self.chat.messages[-1].message_id, tap.pack())

    async def _a_moment(self) -> None:
        await asyncio.sleep(4 + self._rng.random() * 20)

    def _says(self, text: str) -> int:
        return self._world.post.says(self.chat.chat_id, text)

    def _tap(self, message_id: int, data: str) -> None:
        self._world.post.taps(self.chat.chat_id, message_id, data)
