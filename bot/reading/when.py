"""Typed times of the past: "half an hour ago", "at 7", "18:30", "yesterday 6pm", "this morning".

Reading what runners type is what Aftermile exists for, so this small grammar is ours: general
date parsers guess at words they do not know, and a guessed run time moves a check-in.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_NUMBER_WORDS: Final = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0,
    "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0,
    "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0,
    "couple": 2.0, "half": 0.5,
}  # fmt: skip
_PARTS_OF_DAY: Final = {
    "morning": time(9),
    "noon": time(12),
    "midday": time(12),
    "lunchtime": time(12, 30),
    "lunch": time(12, 30),
    "afternoon": time(15),
    "evening": time(19),
    "night": time(21),
    "midnight": time(0),
}
_NOW: Final = frozenset({"now", "just now", "right now", "just finished", "just ran", "finished"})
_FILLERS: Final = re.compile(
    r"\b(?:i|ran|run|my|finished|ended|got back|back|at|around|about|roughly|approx|it|was|the|"
    r"in|on|maybe|circa|ca|today|some|of|this|stopped|done|came|home)\b|[,!~]|\.(?!\d)"
)
_AGO: Final = re.compile(
    r"(?P<n>\d+(?:[.,]\d+)?|[a-z]+(?: and a half)?)\s*(?P<unit>minutes?|mins?|m|hours?|hrs?|h)"
    r"(?:\s*(?:and\s*)?(?P<n2>\d+)\s*(?:minutes?|mins?|m)?)?(?P<half> and a half)?\s*ago"
)
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:(?:[:.h]\s?)(?P<minute>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)?"
    r"(?:\s*o'?\s*clock)?"
)
_SPOKEN: Final = re.compile(r"(?P<what>half past|quarter past|quarter to)\s+(?P<hour>\w+)")
_NOON: Final = 12
_HOURS: Final = 24
_MINUTES: Final = 60


def read_when(text: str, now: datetime, zone: str) -> datetime | None:
    """Read a typed time as an instant in UTC; None for what is not a time.

    A clock time without a day means its latest occurrence; without am or pm an hour from 1 to
    11 means whichever of the two came last. The result can lie after `now` only when the text
    says so ("today 23:00").
    """
    plain = " ".join(text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    if plain.strip(" .!") in _NOW:
        return now
    ago = _read_ago(plain)
    if ago is not None:
        return now - ago
    days_back, rest = _split_day(plain)
    rest = " ".join(_FILLERS.sub(" ", rest).split())
    here = now.astimezone(ZoneInfo(zone))
    wall, both = _read_wall(rest)
    if wall is None:
        return None
    if days_back is not None:
        return _at(here, -days_back, wall)
    return _latest(here, wall, both=both, now=now, today="today" in plain or "this" in plain)


def _read_ago(plain: str) -> timedelta | None:
    spoken = plain.replace("half an hour", "0.5 h").replace("a couple of", "2")
    spoken = spoken.replace("quarter of an hour", "15 min").replace("an hour and a half", "1.5 h")
    spoken = spoken.replace("about", " ").replace("around", " ").replace("roughly", " ")
    match = _AGO.search(" ".join(spoken.split()))
    if match is None:
        return None
    amount = _number(match["n"])
    if amount is None:
        return None
    minutes = amount if match["unit"].startswith("m") else amount * _MINUTES
    minutes += float(match["n2"] or 0)
    if match["half"] or (match["n"].endswith("half") and amount >= 1):
        minutes += _MINUTES / 2
    return timedelta(minutes=minutes)


def _number(word: str) -> float | None:
    head = word.split(maxsplit=1)[0]
    if head in _NUMBER_WORDS:
        return _NUMBER_WORDS[head]
    try:
        return float(head.replace(",", "."))
    except ValueError:
        return None


def _split_day(plain: str) -> tuple[int | None, str]:
    if "the day before yesterday" in plain or "day before yesterday" in plain:
        return 2, plain.replace("the day before yesterday", " ").replace(
            "day before yesterday", " "
        )
    for word in ("yesterday", "last"):
        if re.search(rf"\b{word}\b", plain):
            return 1, re.sub(rf"\b{word}\b", " ", plain)
    return None, plain


def _read_wall(rest: str) -> tuple[time | None, bool]:
    """Read what is left as a wall-clock time; the flag says that am or pm is open."""
    if rest in _PARTS_OF_DAY:
        return _PARTS_OF_DAY[rest], False
    part = next((word for word in _PARTS_OF_DAY if word in rest.split()), None)
    head = " ".join(word for word in rest.split() if word != part)
    wall, both = _read_clock(head)
    if wall is None or part is None:
        return wall, both
    if part in {"afternoon", "evening", "night"} and wall.hour < _NOON:
        return wall.replace(hour=wall.hour + _NOON), False
    return wall, False


def _read_clock(rest: str) -> tuple[time | None, bool]:
    spoken = _SPOKEN.fullmatch(rest)
    if spoken:
        return _read_spoken(spoken)
    match = _CLOCK.fullmatch(_digits(rest))
    if match is None:
        return None, False
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").replace(".", "")
    if minute >= _MINUTES or hour > _HOURS or (half and not 1 <= hour <= _NOON):
        return None, False
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return time(hour % _HOURS, minute), not half and 1 <= hour < _NOON


def _digits(rest: str) -> str:
    number = _NUMBER_WORDS.get(rest.split(maxsplit=1)[0] if rest else "")
    if number is None or number < 1 or number > _NOON or rest.startswith(("a ", "an ")):
        return rest
    return " ".join([str(int(number)), *rest.split()[1:]])


def _read_spoken(match: re.Match[str]) -> tuple[time | None, bool]:
    hour = _number(match["hour"])
    if hour is None or not 1 <= hour <= _NOON:
        return None, False
    minutes = int(hour) * _MINUTES
    minutes += {"half past": 30, "quarter past": 15, "quarter to": -15}[match["what"]]
    return time(minutes // _MINUTES % _HOURS, minutes % _MINUTES), True


def _at(here: datetime, days: int, wall: time) -> datetime:
    day = here.date() + timedelta(days=days)
    return datetime.combine(day, wall, here.tzinfo).astimezone(UTC)


def _latest(here: datetime, wall: time, *, both: bool, now: datetime, today: bool) -> datetime:
    """Give the last time the clock showed this, today if that was said."""
    walls = [wall]
    if both:
        walls.append(wall.replace(hour=(wall.hour + _NOON) % _HOURS))
    days = (0,) if today else (0, -1)
    instants = [_at(here, day, one) for day in days for one in walls]
    past = [one for one in instants if one <= now]
    return max(past) if past else min(instants)
