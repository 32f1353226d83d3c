"""Days in a runner's life: arriving, letting time pass, and what was asked when.

Times are written as the runner's clock shows them, so that a test reads like a diary.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from support.database import rows
from support.sandbox_client import Chat, Message
from support.town import Town

BERLIN = "Europe/Berlin"
RATING_QUESTION = "How much pain is in your upper back right now?"


def wall(text: str, zone: str = BERLIN) -> datetime:
    """Read "2026-03-10 18:30" on the clock of a zone, as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def shown(instant: datetime, zone: str = BERLIN) -> str:
    """Write an instant as the runner's clock shows it: "Tue 18:30"."""
    return f"{instant.astimezone(ZoneInfo(zone)):%a %H:%M}"


async def arrives(chat: Chat, place: str = "Berlin, Germany", *, profile: bool = False) -> Chat:
    """Go through the first session by buttons alone, with no run yet.

    Without a safety profile the first painful check-in asks for it instead of giving a tip.
    """
    await chat.says("/start")
    await chat.taps("Yes, I'm 18 or older")
    await chat.taps("Yes, store my answers")
    await chat.taps(place)
    await chat.taps("Yes, that's right")
    await chat.taps("Not today")
    if profile:
        await chat.says("/settings")
        await chat.taps("Safety profile")
        await chat.taps("Under 55")
        await chat.taps("None of these")
    return chat


async def passes(town: Town, until: str, zone: str = BERLIN) -> None:
    """Let time pass until a runner's clock shows `until`; what falls due happens on the way."""
    await town.clock.jump(wall(until, zone))


async def sleeps_through(town: Town, until: str, zone: str = BERLIN) -> None:
    """Let the machine sleep until then: nothing happens on the way, all of it is due after."""
    town.clock._clock.advance_to(wall(until, zone))
    await town.bot.settle()


def goes_back(town: Town, to: str, zone: str = BERLIN) -> None:
    """Let somebody set the machine's clock back."""
    clock = town.clock._clock
    clock._real.at += wall(to, zone) - clock.now()


async def just_ran(chat: Chat) -> None:
    """Log a run that ended this minute."""
    await chat.says("/run")
    await chat.taps("Just finished")


async def runs_on(chat: Chat, days: Sequence[str], finish: str) -> None:
    """Set a weekly plan of "Mon" to "Sun"; `finish` is one of the offered times."""
    await chat.says("/plan")
    await chat.taps("Running days")
    for day in days:
        await chat.taps(day)
    if finish in await chat.buttons():
        await chat.taps(finish)
    await chat.taps("Save")


async def answers(chat: Chat, *taps: str) -> None:
    """Tap one button after the other."""
    for tap in taps:
        await chat.taps(tap)


async def says_in_pain(chat: Chat, rating: str = "4") -> None:
    """Answer a whole painful check-in: no signs, between the shoulder blades, desk day."""
    await answers(chat, rating, "None of these", "None of these")
    await answers(chat, "Between the shoulder blades", "Hunched or desk day")


async def sent(chat: Chat, *methods: str) -> list[dict[str, Any]]:
    """Give what the bot tried to send to this chat, oldest first, refused calls included."""
    wanted = methods or ("sendMessage", "sendPhoto", "sendDocument")
    calls = [call for method in wanted for call in await chat.calls(method)]
    mine = [call for call in calls if call["chat_id"] == chat.chat_id]
    return sorted(mine, key=lambda call: call["seq"])


async def asked(chat: Chat, zone: str = BERLIN) -> list[str]:
    """When the rating question arrived in a new message, with its title: "Tue 14:00 Check-in"."""
    found = []
    for call in await sent(chat, "sendMessage"):
        text = call["params"]["text"]
        if call["ok"] and RATING_QUESTION in text:
            title = text.partition("\n")[0].removeprefix("<b>").removesuffix("</b>")
            reminding = " (reminder)" if "Still time for this one" in text else ""
            at = shown(datetime.fromisoformat(call["at"]), zone)
            found.append(f"{at} {title}{reminding}")
    return found


def stored(town: Town, query: str) -> list[Any]:
    """Read the database beside the bot: the rows of a query, single columns unpacked."""
    return rows(town.database_url, query)


async def message(chat: Chat, words: str) -> Message:
    """Find the newest message of the bot that contains these words."""
    for one in reversed(await chat.bot_messages()):
        if words in one.text:
            return one
    texts = [one.text for one in await chat.bot_messages()]
    raise AssertionError(f"nobody said {words!r}: {texts}")


async def how_often(chat: Chat, words: str) -> int:
    """Count the bot's messages that contain these words."""
    return sum(words in one.text for one in await chat.bot_messages())
