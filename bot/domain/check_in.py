"""A check-in: its questions, its answers, and which question comes next.

The next question is always derived from the stored answers. Nothing else remembers where a
conversation stands, so a restart at any point loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.pain import NEEDS_SIGNS_AGAIN, BodyRegion, Contributor, Effect, nrs
from bot.domain.red_flags import Finding


class CheckInKind(StrEnum):
    """Why a check-in exists. `READ` asks about a sign that a typed text may have meant."""

    SOON_AFTER = "soon_after"
    MORNING = "morning"
    PLANNED = "planned"
    ASKED = "asked"
    SIGNS = "signs"
    SCREEN = "screen"
    READ = "read"


class Closed(StrEnum):
    """Why a check-in takes no more answers in its usual way."""

    DONE = "done"
    STOPPED = "stopped"
    SKIPPED = "skipped"
    NO_RUN = "no_run"
    EXPIRED = "expired"
    REPLACED = "replaced"
    PAUSED = "paused"
    QUIET_HOURS = "quiet_hours"
    TOO_LATE = "too_late"
    LOCKED = "locked"
    UNREACHABLE = "unreachable"
    UNDONE = "undone"


class Question(StrEnum):
    """Everything a check-in can ask; the values are short because they travel in buttons."""

    RATING = "nrs"
    EMERGENCY = "em"
    EMERGENCY_WHICH = "emw"
    SAME_DAY = "sd"
    SAME_DAY_WHICH = "sdw"
    REGION = "reg"
    ELSEWHERE = "els"
    DAILY_LIFE = "day"
    CONTRIBUTOR = "con"
    HELPED = "hlp"
    WEEKLY = "wk"
    WEEKLY_WHICH = "wkw"
    ACKNOWLEDGED = "ack"
    READ = "rd"


NONE_OF_THESE: Final = "none"
ONE_OR_MORE: Final = "some"
SOMETHING_WRONG: Final = "wrong"
"""A rating of "no pain, but something is wrong": 0, and both lists are asked."""
ELSEWHERE: Final = "else"
YES: Final = "yes"
NO: Final = "no"
IS_OVER: Final = "over"
"""Was so in the last days and has passed."""
HAS_SEEN: Final = "seen"
HAS_BOOKED: Final = "booked"

WHICH: Final = {
    Question.EMERGENCY: Question.EMERGENCY_WHICH,
    Question.SAME_DAY: Question.SAME_DAY_WHICH,
    Question.WEEKLY: Question.WEEKLY_WHICH,
}
"""The question that follows "one or more" of each list."""

SAFETY_QUESTIONS: Final = frozenset(
    {
        Question.EMERGENCY,
        Question.SAME_DAY,
        Question.SAME_DAY_WHICH,
        Question.WEEKLY,
        Question.WEEKLY_WHICH,
        Question.READ,
    }
)
"""While one of these is open, any other tap or text shows it again."""

AFTERWARDS: Final = frozenset({Question.ACKNOWLEDGED})
"""Answered on a finished check-in's advice; no look at the signs, and no part of its course."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One stored answer. `value` is a code of the question's own small vocabulary."""

    question: Question
    value: str
    answered_at: datetime
    id: int = 0
    update_id: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What a morning check-in takes over from the run's earlier one, instead of asking again.

    The place of the taps it saves can be taken by the `weekly` list of slower signs. `asked` are
    the signs that a typed text may have meant.
    """

    region: BodyRegion | None = None
    contributor: Contributor | None = None
    tip_id: str | None = None
    weekly: bool = False
    asked: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check-in with its standing answers in the order they were given."""

    runner_id: int
    kind: CheckInKind
    due_at: datetime
    local_date: date
    dedupe_key: str
    id: int = 0
    run_id: int | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    closed: Closed | None = None
    message_id: int | None = None
    late: bool = False
    kept: Kept = Kept()
    answers: tuple[Answer, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it was asked and still waits for answers."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def last_touched_at(self) -> datetime | None:
        """When the runner last answered, else when it was asked; None before that."""
        given = [one for one in self.answers if one.question not in AFTERWARDS]
        return given[-1].answered_at if given else self.opened_at

    @property
    def is_about_signs(self) -> bool:
        """Whether it asks for signs only; such a one may be answered under the lock."""
        return self.kind in {CheckInKind.SIGNS, CheckInKind.SCREEN, CheckInKind.READ}

    def value(self, question: Question) -> str | None:
        """Give the latest answer to a question, None where there is none."""
        for answer in reversed(self.answers):
            if answer.question is question:
                return answer.value
        return None

    @property
    def rating(self) -> int | None:
        """The NRS rating, 0 to 10; None when it was not asked or not answered."""
        value = self.value(Question.RATING)
        if value is None:
            return None
        return 0 if value == SOMETHING_WRONG else nrs(value)

    @property
    def region(self) -> BodyRegion | None:
        """Where the pain is: answered, or kept from the run's earlier check-in."""
        place = self.value(Question.REGION)
        if place == ELSEWHERE:
            place = self.value(Question.ELSEWHERE)
        return BodyRegion(place) if place else self.kept.region

    @property
    def contributor(self) -> Contributor | None:
        """What may have loaded the back: answered or kept."""
        value = self.value(Question.CONTRIBUTOR)
        return Contributor(value) if value else self.kept.contributor

    @property
    def effect(self) -> Effect | None:
        """How the followed-up tip did, None where that was not asked."""
        value = self.value(Question.HELPED)
        return Effect(value) if value else None

    @property
    def needs_signs(self) -> bool:
        """Whether both lists are due: any pain, anything wrong, or a tip that made it worse."""
        return (
            self.is_about_signs
            or (self.rating or 0) > 0
            or self.value(Question.RATING) == SOMETHING_WRONG
            or self.effect is Effect.WORSE
        )


def standing(check_in: CheckIn) -> dict[Question, str]:
    """Give the latest answer per question, less what a later answer has put in question again.

    Pain in chest or belly sends the runner back through both lists, so list answers from before
    that no longer stand.
    """
    answers: dict[Question, str] = {}
    for answer in check_in.answers:
        answers[answer.question] = answer.value
        if answer.question is Question.ELSEWHERE and answer.value in NEEDS_SIGNS_AGAIN:
            for question in (Question.EMERGENCY, Question.SAME_DAY, Question.SAME_DAY_WHICH):
                answers.pop(question, None)
    return answers


def next_question(check_in: CheckIn) -> Question | None:
    """Derive what to ask next; None when everything that matters is answered."""
    answers = standing(check_in)
    first = _first_question(check_in)
    if first is not None and (first not in answers or first is Question.READ):
        return None if first in answers else first
    if check_in.needs_signs:
        sign_question = _next_sign_question(check_in, answers)
        if sign_question is not None:
            return sign_question
        if _has_signs(answers):
            return None
    if check_in.kept.tip_id and Question.HELPED not in answers:
        return Question.HELPED
    if (check_in.rating or 0) > 0:
        return _next_detail(check_in, answers)
    return None


def _first_question(check_in: CheckIn) -> Question | None:
    """Give what a kind of check-in opens with; None where it is the signs."""
    if check_in.kind is CheckInKind.READ:
        return Question.READ
    return None if check_in.is_about_signs else Question.RATING


def _next_sign_question(check_in: CheckIn, answers: dict[Question, str]) -> Question | None:
    """Ask the emergency list first; "one or more" there ends the questions at once."""
    if Question.EMERGENCY not in answers:
        return Question.EMERGENCY
    if answers[Question.EMERGENCY] == ONE_OR_MORE:
        return None
    if Question.SAME_DAY not in answers:
        return Question.SAME_DAY
    if answers[Question.SAME_DAY] == NONE_OF_THESE:
        return _next_weekly(check_in, answers)
    return None if Question.SAME_DAY_WHICH in answers else Question.SAME_DAY_WHICH


def _next_weekly(check_in: CheckIn, answers: dict[Question, str]) -> Question | None:
    """Ask the weekly list beside pain, where it is due; it alone does not end the questions."""
    if answers.get(Question.WEEKLY) == ONE_OR_MORE and Question.WEEKLY_WHICH not in answers:
        return Question.WEEKLY_WHICH
    is_due = check_in.kept.weekly and (check_in.rating or 0) > 0
    return Question.WEEKLY if is_due and Question.WEEKLY not in answers else None


def _has_signs(answers: dict[Question, str]) -> bool:
    return ONE_OR_MORE in {answers.get(Question.EMERGENCY), answers.get(Question.SAME_DAY)}


def _next_detail(check_in: CheckIn, answers: dict[Question, str]) -> Question | None:
    """Where it is, then what fits today; a morning check-in keeps both."""
    if check_in.region is None and Question.REGION not in answers:
        return Question.REGION
    if answers.get(Question.REGION) == ELSEWHERE and Question.ELSEWHERE not in answers:
        return Question.ELSEWHERE
    return Question.CONTRIBUTOR if check_in.contributor is None else None
