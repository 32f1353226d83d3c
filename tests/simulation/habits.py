"""What scripted runners do and say, and how often."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.check_in import Closed, Question
from bot.services.follow_ups import Action
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
    "corrects_a_text": 5,
    "answers_twice": 4,
    "answers_at_the_last_moment": 5,
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

CORRECTIONS = (
    ("4", "5"),
    ("7", SIGNS[0]),
    ("about a 4", "banana"),
    ("ok", SIGNS[3]),
    ("/run now", "/run yesterday 18:00"),
    ("banana", "3"),
)
"""A text, and what it is edited to."""


@dataclass(frozen=True)
class Habits:
    """What one runner is like; shares are chances between 0 and 1."""

    answers: float
    finishes: float
    hurts: float
    alarms: float
    waits: timedelta

    def weight(self, tap) -> float:
        """How likely a button is to be the one, beside the others of its message."""
        if isinstance(tap, buttons.AnswerTap):
            return self._answer_weight(tap.question, tap.value)
        if isinstance(tap, buttons.FollowUpTap):
            return 6 if tap.action is Action.CHECKED else 1
        if isinstance(tap, buttons.ProfileTap):
            return 3 if tap.save else 0.3
        if isinstance(tap, buttons.LeaveTap) and tap.reason is Closed.NO_RUN:
            return 1
        return WEIGHTS.get(type(tap), 0.3)

    def _answer_weight(self, question: Question, value: str) -> float:
        if question is Question.RATING:
            if value == "0":
                return 1 - self.hurts
            worst = 0.2 if value in {"7", "8", "9", "10"} else 1
            return self.hurts * worst / 5
        if question in {Question.EMERGENCY, Question.SAME_DAY, Question.WEEKLY}:
            return self.alarms if value == "some" else 1 - self.alarms
        return 1


def drawn_habits(rng) -> Habits:
    """Make somebody up."""
    return Habits(
        answers=rng.choice((0.4, 0.8, 0.97)),
        finishes=rng.choice((0.8, 0.97)),
        hurts=rng.choice((0.2, 0.5, 0.8)),
        alarms=rng.choice((0.01, 0.05, 0.15)),
        waits=timedelta(hours=rng.choice((14, 24, 40))),
    )
