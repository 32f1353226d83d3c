"""What a history picture costs, and what a burst of them costs others.

Run by `make bench-pictures`. First what one picture takes of one core, warm. Then the whole bot
with its sandbox in one process: fifty runners ask for /history at once; others tap "One or more"
on the emergency list. What is told is how long it takes until they read "Call 112 now.", in quiet
and during the bursts. Sandbox and clients share the processor with the bot, so a bot on a machine
of its own does better.
"""

import asyncio
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from support.charts import chart, histories
from support.conversation import SOME, fills_profile, settles
from support.record import remembers
from support.sandbox_client import Chat
from support.town import Town, a_town

from bot.pictures.history import draw_history

DRAWN, ASKING, ROUNDS, TAPS = 30, 50, 5, 10
DAYS = 90
APART, LOOK, LOOKS = 0.1, 0.02, 3_000
"""Seconds between two emergency taps and between two looks for the answer; the most looks."""


@dataclass(frozen=True)
class Times:
    """Some measured times of one kind, in seconds."""

    what: str
    taken: Sequence[float]

    def at(self, share: float) -> float:
        """Give the time that so large a share stays within, in milliseconds."""
        ranked = sorted(self.taken)
        return 1000 * ranked[min(len(ranked) - 1, math.ceil(share * len(ranked)) - 1)]

    def __str__(self) -> str:
        figures = ", ".join(f"p{share:g} {self.at(share / 100):6.0f} ms" for share in (50, 95, 99))
        return f"{self.what:44} {figures}  ({len(self.taken)} times)"


def drawing() -> list[Times]:
    """Draw each kept history again and again; what counts is this thread's own time."""
    found = []
    for name, history in histories().items():
        shown = chart(history)
        draw_history(shown)
        taken = []
        for _ in range(DRAWN):
            begun = time.thread_time()
            draw_history(shown)
            taken.append(time.thread_time() - begun)
        found.append(Times(f"drawing: {name}", taken))
    return found


async def at_the_list(town: Town, number: int) -> Chat:
    """A new runner who has rated some pain and reads the emergency list."""
    chat = await settles(town, number)
    await chat.says("/checkin")
    await chat.taps("5")
    return chat


async def taps_for_help(chats: Sequence[Chat]) -> list[float]:
    """Tap "One or more" one after the other; the seconds until each reads "Call 112 now."."""
    taken = []
    for chat in chats:
        await asyncio.sleep(APART)
        begun = time.perf_counter()
        # Telegram hears that an update is done only when all before it are: that says nothing.
        await chat.taps(SOME, wait=False)
        await reads_the_number(chat)
        taken.append(time.perf_counter() - begun)
    return taken


async def reads_the_number(chat: Chat) -> None:
    """Look at the phone again and again until the escalation is there."""
    for _ in range(LOOKS):
        if any("Call 112 now." in one.text for one in await chat.bot_messages()):
            return
        await asyncio.sleep(LOOK)
    raise TimeoutError


async def bursts(town: Town) -> list[Times]:
    """Measure taps in quiet, then while fifty runners ask for their history."""
    asking = [await settles(town, number) for number in range(1, ASKING + 1)]
    unit_of_work = town.bot.use_cases.show_history.ports.unit_of_work
    for chat in asking:
        async with unit_of_work() as uow:
            runner = await uow.runners.by_user(chat.chat_id)
            await remembers(uow, runner, town.now(), DAYS)
    await fills_profile(asking[0])
    number = 1_000
    quiet: list[float] = []
    busy: list[float] = []
    waits: list[float] = []
    for _ in range(ROUNDS):
        for into in (quiet, busy):
            helped = [await at_the_list(town, number + one) for one in range(TAPS)]
            number += TAPS
            begun = time.perf_counter()
            if into is busy:
                await asyncio.gather(*(chat.says("/history", wait=False) for chat in asking))
            into.extend(await taps_for_help(helped))
            if into is busy:
                await helped[0].settled()
                waits.append(time.perf_counter() - begun)
    return [
        Times("an emergency tap in quiet", quiet),
        Times(f"an emergency tap while {ASKING} ask for /history", busy),
        Times("until all of them have their picture", waits),
    ]


async def together() -> list[Times]:
    """Run the bot for the bursts."""
    with TemporaryDirectory() as folder:
        async with a_town(Path(folder)) as town:
            return await bursts(town)


def main() -> None:
    """Measure and print."""
    for times in [*drawing(), *asyncio.run(together())]:
        sys.stdout.write(f"{times}\n")


if __name__ == "__main__":
    main()
