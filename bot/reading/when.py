"""Typed times of the past: "half an hour ago", "at 7", "18:30", "yesterday 6pm", "this morning".

Reading what runners type is what Aftermile exists for, so this small grammar is ours: general
date parsers guess at words they do not know, and a guessed run time moves a check-in. The whole
text must be a time and nothing else: "numb hand 2 hours ago" is none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_LONGEST: Final = 80
_NOON: Final = 12
_HOURS: Final = 24
_HOUR: Final = 60
_DAY: Final = _HOURS * _HOUR

_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50,
}  # fmt: skip
_NUMBER_WORD: Final = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b")
_PHRASES: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<![a-z])([ap])\.? ?m\b\.?", r"\1m"),
        (r"-?ish\b", ""),
        (r"\btonight\b", "today night"),
        (r"\b(?:a )?couple(?: of)?\b", "2"),
        (r"\b3 quarters of an hour\b", "45 min"),
        (r"\b(?:a )?quarter of an hour\b", "15 min"),
        (r"\b(?:a half|half an|half a) ?hour\b|\bhalf hour\b", "30 min"),
        (r"\ban hour and a half\b", "90 min"),
        (r"\b(\d+) and a half hours?\b", r"\1.5 h"),
        (r"\ban? (?=hour|minute)", "1 "),
    )
)
_FILLERS: Final = re.compile(
    r"\b(?:i|ran|run|my|finished|ended|got|back|at|around|about|roughly|approx|it|was|the|in|on|"
    r"maybe|circa|ca|some|of|stopped|done|came|home)\b|[!~]|[.,](?!\d)"
)
_JUST_NOW: Final = frozenset({"now", "just", "just now", "right now"})
_MINUTES: Final = r"(?:minutes?|mins?|m)"
_AGO: Final = re.compile(
    r"(?:(?P<hours>\d{1,3}(?:[.,]\d{1,2})?) ?(?:hours?|hrs?|h)"
    rf"(?: ?(?:and )?(?P<more>\d{{1,2}})(?: ?{_MINUTES})?)?"
    rf"|(?P<minutes>\d{{1,4}}) ?{_MINUTES}) ago"
)
_DAYS: Final = (
    (re.compile(r"\bday before yesterday\b"), 2),
    (re.compile(r"\byesterday\b|\blast(?= night| evening)"), 1),
    (re.compile(r"\btoday\b|\bthis\b"), 0),
)
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h ]\s?(?P<minute>\d{2}))?(?: ?o'? ?clock)? ?(?P<half>am|pm)?"
)
_SPOKEN: Final = re.compile(
    r"(?P<minutes>half|(?:a )?quarter|\d{1,2})(?: minutes)? (?P<side>past|to) "
    r"(?P<hour>\d{1,2})(?: ?(?P<half>am|pm))?"
)
_SPOKEN_MINUTES: Final = {"half": 30, "quarter": 15}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the day: from when on it may be meant, and the time it stands for alone."""

    starts_at: time
    typical: time


_PARTS: Final = {
    "morning": _Part(time(4), time(9)),
    "noon": _Part(time(11), time(12)),
    "midday": _Part(time(11), time(12)),
    "lunchtime": _Part(time(11), time(12, 30)),
    "lunch": _Part(time(11), time(12, 30)),
    "afternoon": _Part(time(12), time(15)),
    "evening": _Part(time(17), time(19)),
    "night": _Part(time(20), time(21)),
    "midnight": _Part(time(0), time(0)),
}
_SMALL_HOURS: Final = time(6)


@dataclass(frozen=True, slots=True)
class _Wall:
    """A time of day; `either_half` says that am or pm was left open."""

    at: time
    either_half: bool = False


def read_when(text: str, now: datetime, zone: str) -> datetime | None:
    """Read a typed time as an instant in UTC; None for what is not a time.

    A clock time without a day means its latest occurrence; without am or pm an hour from 1 to
    11 means whichever of the two came last. The result can lie after `now` only when the text
    says so ("today 23:00").
    """
    if len(text) > _LONGEST:
        return None
    plain = _plain(text)
    rest = _without(_FILLERS, plain)
    if rest in _JUST_NOW or (not rest and "finished" in plain):
        return now
    ago = _AGO.fullmatch(rest)
    if ago is not None:
        hours = float((ago["hours"] or "0").replace(",", "."))
        return now - timedelta(hours=hours, minutes=int(ago["more"] or ago["minutes"] or 0))
    return _on_a_day(rest, now.astimezone(ZoneInfo(zone)))


def _plain(text: str) -> str:
    """Fold case, width and quotes, and write numbers and fixed phrases in one way."""
    folded = unicodedata.normalize("NFKC", text.replace("½", ".5")).casefold()
    folded = " ".join(folded.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    folded = _NUMBER_WORD.sub(lambda word: str(_NUMBERS[word[0]]), folded)
    for pattern, replacement in _PHRASES:
        folded = pattern.sub(replacement, folded)
    return folded


def _without(pattern: re.Pattern[str], text: str) -> str:
    return " ".join(pattern.sub(" ", text).split())


def _on_a_day(rest: str, here: datetime) -> datetime | None:
    """Read day, part of the day and clock time; `here` is now on the runner's clock."""
    days_back: int | None = None
    for pattern, days in _DAYS:
        if pattern.search(rest):
            days_back, rest = days, _without(pattern, rest)
            break
    words = rest.split()
    named = next((word for word in words if word in _PARTS), None)
    part = _PARTS[named] if named else None
    clock = " ".join(word for word in words if word != named)
    if part is not None and not clock:
        return _typical(part, days_back, here)
    wall = _read_clock(clock, part)
    if wall is None:
        return None
    if days_back and named == "night" and wall.at < _SMALL_HOURS:
        days_back -= 1  # "last night at 1" was after midnight
    if days_back:
        return _instant(here, -days_back, wall.at)
    return _latest(wall, here, today_only=days_back == 0)


def _read_clock(text: str, part: _Part | None) -> _Wall | None:
    match = _SPOKEN.fullmatch(text) or _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, half = int(match["hour"]), match["half"]
    after = _minutes_after(match)
    is_named = 1 <= hour <= _NOON
    if after is None or hour * _HOUR + after > _DAY or (half and not is_named):
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    elif part is not None and is_named:
        hour = _nearest(hour, part)
    at = _time(hour * _HOUR + after)
    # "07:30" is the 24-hour clock, "7:30" may be either half.
    is_open = not half and part is None and not text.startswith("0") and is_named
    return _Wall(at, either_half=is_open and at.hour < _NOON)


def _minutes_after(match: re.Match[str]) -> int | None:
    """Give the minutes after the full hour, negative for "to"; None for 60 and more."""
    if match.re is _CLOCK:
        minutes, side = int(match["minute"] or 0), None
    else:
        said, side = match["minutes"].removeprefix("a "), match["side"]
        minutes = _SPOKEN_MINUTES[said] if said in _SPOKEN_MINUTES else int(said)
    if minutes >= _HOUR:
        return None
    return -minutes if side == "to" else minutes


def _nearest(hour: int, part: _Part) -> int:
    """Give the half of the day in which an hour from 1 to 12 fits the part of the day."""

    def distance(candidate: int) -> int:
        apart = abs(candidate - part.typical.hour)
        return min(apart, _HOURS - apart)

    return min((hour % _NOON, hour % _NOON + _NOON), key=distance)


def _time(minutes: int) -> time:
    hour, minute = divmod(minutes % _DAY, _HOUR)
    return time(hour, minute)


def _instant(here: datetime, days: int, at: time) -> datetime:
    day = here.date() + timedelta(days=days)
    return datetime.combine(day, at, here.tzinfo).astimezone(UTC)


def _typical(part: _Part, days_back: int | None, here: datetime) -> datetime:
    """Give the time a part of the day stands for; while it has only begun, that is now."""
    if days_back:
        return _instant(here, -days_back, part.typical)
    now = here.astimezone(UTC)
    typical_at = _instant(here, 0, part.typical)
    if typical_at > now and _instant(here, 0, part.starts_at) <= now:
        return now
    return _latest(_Wall(part.typical), here, today_only=days_back == 0)


def _latest(wall: _Wall, here: datetime, *, today_only: bool) -> datetime:
    """Give the last time the clock showed this, today if that was said."""
    walls = [wall.at]
    if wall.either_half:
        walls.append(wall.at.replace(hour=wall.at.hour + _NOON))
    days = (0,) if today_only else (0, -1)
    instants = [_instant(here, day, one) for day in days for one in walls]
    past = [one for one in instants if one <= here.astimezone(UTC)]
    return max(past, default=min(instants))
