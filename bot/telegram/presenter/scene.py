"""What every screen is drawn with: the runner's words, times, places and numbers.

Markup is made here and in the presenter's other modules only; texts carry none. Everything that
comes out of `say` is escaped for Telegram HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.content.library import Library
from bot.domain.emergency_numbers import CountryNumbers
from bot.domain.red_flags import Finding, SignList
from bot.domain.runner import FALLBACK, Runner, pending_place
from bot.telegram.codec import Callback
from bot.telegram.screen import Attachment, Button, Style


def no_animation(_movement_id: str) -> Attachment | None:
    """Leave every movement to its still."""
    return None


NHS_COUNTRY: Final = "GB"
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Scene:
    """One runner's view of the content.

    `picture` gives a movement's PNG by its id, or the map of the back by its name; `animation` a
    movement's loop, None where there is none.
    """

    library: Library
    country_name: Callable[[str, str], str]
    picture: Callable[[str], bytes]
    runner: Runner | None
    now: datetime
    animation: Callable[[str], Attachment | None] = no_animation

    @property
    def locale(self) -> str:
        """The language of this runner."""
        return self.runner.locale if self.runner else FALLBACK

    @property
    def zone(self) -> ZoneInfo:
        """The runner's zone, that of the place up for confirmation, UTC before any is known."""
        return ZoneInfo(self._clock[0])

    @property
    def city(self) -> str:
        """The name of the place whose clock is meant."""
        return self._clock[1]

    @property
    def _clock(self) -> tuple[str, str]:
        """Give the zone and what to call it: by its city, else by the city in its own name."""
        runner = self.runner
        place = pending_place(runner) if runner is not None else None
        zone, city = "UTC", None
        if runner is not None and runner.zone is not None:
            zone, city = runner.zone, runner.city
        elif place is not None:
            zone, city = place.zone, place.name
        return zone, city or zone.rpartition("/")[2].replace("_", " ")

    def raw(self, message_id: str, /, **args: object) -> str:
        """Give a text as it is, for button labels and toasts."""
        return self.library.texts.say(self.locale, message_id, **args)

    def say(self, message_id: str, /, **args: object) -> str:
        """Give a text escaped for HTML."""
        return escape(self.raw(message_id, **args), quote=False)

    def bold(self, message_id: str, /, **args: object) -> str:
        """Give a text in bold."""
        return f"<b>{self.say(message_id, **args)}</b>"

    def key(
        self,
        message_id: str,
        callback: Callback,
        *,
        style: Style | None = None,
        **args: object,
    ) -> Button:
        """Make a button of a text and what it carries."""
        return Button(self.raw(message_id, **args), callback.pack(), style)

    def local(self, at: datetime) -> datetime:
        """Show an instant on the runner's clock."""
        return at.astimezone(self.zone)

    def clock(self, at: datetime | time) -> str:
        """Write a time of day as 18:30."""
        shown = self.local(at) if isinstance(at, datetime) else at
        return f"{shown:%H:%M}"

    def moment(self, at: datetime) -> str:
        """Write an instant as short as it is clear: 18:30 today, else with its day."""
        here, today = self.local(at), self.local(self.now).date()
        if here.date() == today:
            return self.clock(at)
        return f"{format_date(here.date(), 'EEE d MMM', self.locale)}, {here:%H:%M}"

    def dated(self, at: datetime) -> str:
        """Write an instant with its day, always."""
        here = self.local(at)
        return f"{format_date(here.date(), 'EEE d MMM', self.locale)}, {here:%H:%M}"

    def day(self, day: date, *, year: bool = False) -> str:
        """Write a date so that nobody takes the day for the month, in one piece: 7 Nov 2026."""
        written = format_date(day, "d MMM y" if year else "d MMM", self.locale)
        return written.replace(" ", NO_BREAK)

    def decimal(self, number: float) -> str:
        """Write a number with one decimal."""
        return format_decimal(number, "#,##0.0", self.locale)

    def finding(self, word: str) -> str:
        """Name a finding; one of another release by its own word."""
        if self.library.texts.has(self.locale, f"finding-{word}"):
            return self.raw(f"finding-{word}")
        return word.replace("-", " ")

    def nhs_line(self, country: str | None) -> str | None:
        """Give what the NHS says of pain between the shoulders, in the UK: urgent GP or 111."""
        return self.say("place-nhs") if country == NHS_COUNTRY else None

    def worst_first(self, words: Iterable[str]) -> list[str]:
        """Put the emergency signs before all others; where there is room for a few, they stay."""
        emergencies = {Finding.SELF_HARM, *self.library.ruleset.signs(SignList.EMERGENCY)}
        return sorted(words, key=lambda word: word not in emergencies)

    def weekday(self, day: int) -> str:
        """Name a weekday in short; Monday is 0."""
        monday = datetime(2024, 1, 1 + day, tzinfo=UTC)
        return format_date(monday.date(), "EEE", self.locale)

    def country(self, code: str) -> str:
        """Name a country in the runner's language."""
        return self.country_name(code, self.locale)

    def numbers_of(self, country: str | None) -> CountryNumbers | None:
        """Give a country's numbers, None where there are none."""
        return self.library.numbers.for_country(country)

    @property
    def anywhere(self) -> str:
        """The numbers that work in many countries, as "112, 911 or 999"."""
        *first, last = self.library.numbers.fallback
        return f"{', '.join(first)} or {last}" if first else last

    def emergency_number(self, country: str | None) -> str:
        """Give the number to call, or those that work widely."""
        numbers = self.numbers_of(country)
        return numbers.ambulance if numbers else self.anywhere


def joined(*parts: str | None) -> str:
    """Put lines under each other, leaving out what is None."""
    return "\n".join(part for part in parts if part is not None)


def quote(text: str) -> str:
    """Set a text off, folded away until it is tapped."""
    return f"<blockquote expandable>{text}</blockquote>"


def ranged(scene: Scene, low: int, high: int) -> str:
    """Write ratings from the lowest to the highest; one alone as itself."""
    return str(low) if low == high else scene.raw("part-range", low=low, high=high)
