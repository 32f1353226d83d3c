"""What scripted runners do and say, and how often."""

from bot.telegram import callbacks as buttons

NEVER = (
    buttons.ShowMeTap,
    buttons.StretchTap,
    buttons.HistoryTap,
    buttons.SummaryTap,
    buttons.SummarySpanTap,
    buttons.ForgetTap,
)
"""Drawing pictures and documents takes seconds and is tested elsewhere; leaving is an act."""

WEIGHTS = {
    buttons.LaterTap: 0.1,
    buttons.LeaveTap: 0.05,
    buttons.BackTap: 0.05,
    buttons.SignsTap: 0.03,
    buttons.AdultTap: 1,
    buttons.ConsentTap: 1,
    buttons.PlaceListTap: 1,
    buttons.PlaceConfirmTap: 1,
}

ACTS = {
    "logs_a_run": 60,
    "commands": 10,
    "rates_by_typing": 6,
    "types_nonsense": 6,
    "types_a_sign": 8,
    "taps_something_old": 6,
    "pauses": 2,
    "travels": 3,
    "plans": 4,
    "changes_a_setting": 4,
    "blocks": 2,
    "forgets": 1,
}

RUNS = (
    "/run now",
    "/run 20 minutes ago",
    "/run 2 hours ago",
    "/run 9 hours ago",
    "/run yesterday 18:00",
    "/run two days ago",
    "/run",
)

SIGNS = (
    "I have chest pain and can't breathe",
    "my chest feels crushed, I have chest pain",
    "I can't feel my legs",
    "I fainted just now",
)
"""Each states an emergency of the runner's own, whatever the bot was asking."""

NONSENSE = ("banana", "ok", "what?", "thanks!", "...", "Berlin", "yesterday", "my shoes are new")

GARBAGE = ("", "ci9:1:nrs:3", "ci1:1:nrs:99", "xx", "fu1:1:seen", "lv1:1:done")
