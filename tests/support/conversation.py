"""What runners do again and again in the conversations, and ways to look at what came of it."""

from __future__ import annotations

from support.database import rows, table_names
from support.sandbox_client import Chat, Message, NotThere
from support.town import Town, moves_in

NO_PAIN = "0 · no pain"
NONE = "None of these"
SOME = "One or more"
BLADES = "Between the shoulder blades"
WRONG = "Something is wrong"
SAME_DAY = "See a doctor today."

EMERGENCY_SIGNS = {
    "Chest pain": "chest pain or pressure",
    "Sudden or worst": "the worst ever, or tearing",
    "Hard to breathe": "trouble breathing at rest",
    "Fainted or weak": "have fainted",
    "Pee or numbness": "trouble with pee or poo",
    "Both legs": "in both legs",
    "Crash or fall": "bad crash or fall",
    "Dark pee": "as dark as cola",
}
"""The buttons of the first list, with words of what the runner is to say."""

SAME_DAY_SIGNS = {
    "One arm, hand or leg numb or weak": "one arm, hand or leg",
    "Fever, or really ill": "fever or shivers",
    "Sore spine after a knock": "on my spine after a knock",
    "Each breath, heart, or one calf": "sharp pain on breathing",
    "Burning strip or rash": "burning strip or rash",
    "Wakes me every night": "wakes me every night",
}

HEALTH = ("check_ins", "answers", "decisions", "escalations", "given_tips", "runs")
"""The tables that hold what a runner said about body and runs, or was told."""


# What runners do.


async def settles(town: Town, number: int = 1, place: str = "Berlin, Germany") -> Chat:
    """Go through /start as a new runner who has not run today; without a profile yet."""
    chat = await town.chat(number)
    await moves_in(chat, pick=place)
    await chat.taps("Not today")
    return chat


async def settles_in_country(town: Town, number: int, country: str) -> Chat:
    """Go through /start with a country that is none of the short list's."""
    chat = await town.chat(number)
    await chat.says("/start")
    await chat.taps("Yes, I'm 18 or older")
    await chat.taps("Yes, store my answers")
    await chat.taps("Berlin, Germany")
    await chat.taps("Another country")
    await chat.says(country)
    await chat.taps("Yes, that's right")
    await chat.taps("Not today")
    return chat


async def fills_profile(chat: Chat, *conditions: str, age: str = "Under 55") -> None:
    """Fill in the safety profile over /settings."""
    await chat.says("/settings")
    await chat.taps("Safety profile")
    if f"✓ {age}" not in (await chat.last()).buttons:
        await chat.taps(age)
    for condition in conditions:
        await chat.taps(condition)
    await chat.taps("Done" if conditions else NONE)


async def meant_otherwise(chat: Chat) -> None:
    """Take typed words back that were read as a sign."""
    await chat.taps("That is not what I meant")
    await chat.taps("Yes, I have none of these")


async def rates(chat: Chat, rating: int) -> None:
    """Open a check-in with /checkin and rate the pain."""
    await chat.says("/checkin")
    await chat.taps(str(rating) if rating else NO_PAIN)


async def denies_both_lists(chat: Chat) -> None:
    """Answer both lists with "None of these"."""
    await chat.taps(NONE)
    await chat.taps(NONE)


async def checks_in(
    chat: Chat, rating: int, where: str = BLADES, today: str = "Hunched or desk day"
) -> None:
    """Go through a whole check-in with pain and without any sign."""
    await rates(chat, rating)
    await denies_both_lists(chat)
    await chat.taps(where)
    await chat.taps(today)


async def has_an_emergency(chat: Chat, rating: int = 6) -> Message:
    """Check in with an emergency sign; the message that says so."""
    await rates(chat, rating)
    await chat.taps(SOME)
    return await told(chat, "now.")


async def has_a_same_day_sign(chat: Chat, sign: str = "Fever, or really ill") -> Message:
    """Check in with a same-day sign; the message that says so."""
    await rates(chat, 4)
    await chat.taps(NONE)
    await chat.taps(SOME)
    await chat.taps(sign)
    return await told(chat, "See a doctor today.")


# What came of it.


async def mark(chat: Chat) -> int:
    """Remember how far the chat has come."""
    messages = await chat.messages()
    return messages[-1].message_id if messages else 0


async def news(chat: Chat, since: int) -> list[Message]:
    """Give the bot's messages that came after a mark, oldest first."""
    return [one for one in await chat.bot_messages() if one.message_id > since]


async def told(chat: Chat, phrase: str, since: int = 0) -> Message:
    """Give the newest message of the bot with that phrase in it."""
    said = await news(chat, since)
    for message in reversed(said):
        if phrase in message.text:
            return message
    raise NotThere(f"{phrase!r} is in none of {[message.text for message in said]}")


async def never_told(chat: Chat, phrase: str, since: int = 0) -> bool:
    """Whether no message of the bot since a mark has that phrase."""
    return all(phrase not in message.text for message in await news(chat, since))


def is_tip(message: Message) -> bool:
    """Whether a message carries a tip or a movement: each of them says when to stop."""
    return message.by_bot and "When to stop" in message.text


async def tips(chat: Chat, since: int = 0) -> list[str]:
    """Name the tips shown after a mark, oldest first; a tip's first line is its name."""
    return [_title(message) for message in await news(chat, since) if is_tip(message)]


def _title(message: Message) -> str:
    before, _, _ = message.text.partition("\n\nHow:")
    return before.splitlines()[-1]


def lines(message: Message) -> list[str]:
    """Give a message's lines as shown, with their markup."""
    return message.html.replace("<br>", "\n").splitlines()


def stored(town: Town) -> dict[str, int]:
    """Count the rows of every table that has any."""
    url = town.database_url
    counts = {
        name: rows(url, f"SELECT count(*) FROM {name}")[0]  # noqa: S608 - names from the schema itself
        for name in table_names(url)
    }
    return {name: count for name, count in counts.items() if count}
