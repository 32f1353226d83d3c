"""When the clocks change: 18:30 stays 18:30 and 08:00 stays 08:00, in three zones."""

from dataclasses import dataclass

import pytest
from support.days import answers, arrives, asked, just_ran, message, passes, runs_on, wall

NEW_YORK = "New York City, New York, United States"
SYDNEY = "Sydney, New South Wales, Australia"


@dataclass(frozen=True)
class Change:
    """A night of a clock change, between a Saturday and a Sunday, and what it does."""

    zone: str
    place: str
    saturday: str
    sunday: str
    monday: str
    hours: int


CHANGES = [
    Change("Europe/Berlin", "Berlin, Germany", "2026-03-28", "2026-03-29", "2026-03-30", 23),
    Change("Europe/Berlin", "Berlin, Germany", "2026-10-24", "2026-10-25", "2026-10-26", 25),
    Change("America/New_York", NEW_YORK, "2026-03-07", "2026-03-08", "2026-03-09", 23),
    Change("America/New_York", NEW_YORK, "2026-10-31", "2026-11-01", "2026-11-02", 25),
    Change("Australia/Sydney", SYDNEY, "2026-04-04", "2026-04-05", "2026-04-06", 25),
    Change("Australia/Sydney", SYDNEY, "2026-10-03", "2026-10-04", "2026-10-05", 23),
]


@pytest.fixture(params=CHANGES, ids=lambda change: f"{change.zone} {change.sunday}")
def change(request):
    """One of the six nights."""
    chosen = request.param
    first, second = (wall(f"{day} 12:00", chosen.zone) for day in (chosen.saturday, chosen.sunday))
    assert (second - first).total_seconds() == chosen.hours * 3600, "the night is no change"
    return chosen


async def test_check_ins_keep_their_wall_time_over_the_night(open_town, change):
    town = await open_town(wall(f"{change.saturday} 17:30", change.zone))
    anna = await arrives(await town.chat(), change.place)
    await runs_on(anna, ["Sun"], "17:30")
    await just_ran(anna)
    assert "And once more Sun" in (await message(anna, "Run noted")).text

    for day in (change.saturday, change.sunday):
        await passes(town, f"{day} 18:31", change.zone)
        await anna.taps("0 · no pain")
        tomorrow = change.sunday if day == change.saturday else change.monday
        await passes(town, f"{tomorrow} 08:01", change.zone)
        await anna.taps("0 · no pain")
    await passes(town, f"{change.monday} 21:00", change.zone)

    assert await asked(anna, change.zone) == [
        "Sat 18:30 After your run",
        "Sun 08:00 Good morning",
        "Sun 18:30 Your running day",
        "Mon 08:00 Good morning",
    ]


async def test_a_run_in_the_night_of_the_change_gets_five_real_hours(open_town):
    """03:10 summer time is ten minutes after 02:00 winter time: 08:00 is too close."""
    town = await open_town(wall("2026-03-29 03:10"))
    anna = await arrives(await town.chat())
    await just_ran(anna)
    await passes(town, "2026-03-30 08:01")
    assert await asked(anna) == ["Mon 08:00 Good morning"]


async def test_quiet_hours_hold_through_the_longer_night(open_town):
    town = await open_town(wall("2026-10-24 20:00"))
    anna = await arrives(await town.chat())
    await anna.says("/settings")
    await answers(anna, "Morning question", "06:30")
    await just_ran(anna)
    await passes(town, "2026-10-24 21:01")
    await anna.taps("0 · no pain")
    await passes(town, "2026-10-25 12:00")
    prompts = [line for line in await asked(anna) if "reminder" not in line]
    assert prompts == ["Sat 21:00 After your run", "Sun 07:00 Good morning"]
