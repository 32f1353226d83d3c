"""From what was found in a text to what follows: the phrases speak first, the classifier checks.

The lexicon names signs and says how they are meant; where it states one, that stands. The
classifier, which knows no names, adds what no phrase covers, and turns a statement that it
takes for a figure of speech into a question. It never turns a stated sign into nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.domain.red_flags import Finding, Ruleset, SignList, Urgency
from bot.domain.triage import assess
from bot.reading.chances import Chances
from bot.reading.findings import Mention, Outcome, Reading, Status

STATES: Final = 0.75
"""From here on the classifier alone is believed that a sign is stated."""

STATES_WHEN_EXCUSED: Final = 0.85
"""And from here on where every sign that the lexicon found is denied, old or another's."""

EMERGENCY_FROM: Final = 0.3
"""Of a stated sign that may be either, this much of an emergency makes it one."""

ASKS: Final = 0.45
ASKS_WHEN_EXCUSED: Final = 0.6
NOTHING: Final = 0.6
"""So sure must the classifier be, of the text and of the sentence alone, to doubt a phrase."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """The classifier's word on a text, and on its stated sentences alone where that is needed."""

    chances: Chances
    alone: Callable[[], float]

    def contradicts(self) -> bool:
        """Whether a stated phrase is most likely no statement after all."""
        return self.chances.nothing >= NOTHING and self.alone() >= NOTHING


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What the phrases alone say."""

    stated: frozenset[Finding]
    open: frozenset[Finding]
    excused: bool


def conclude(
    mentions: tuple[Mention, ...], ruleset: Ruleset, doubt: Doubt | None = None
) -> Reading:
    """Draw the conclusion from what was found, by the same rules as everywhere else."""
    found = _sorted(mentions, ruleset)
    sure = assess(found.stated, ruleset).urgency
    perhaps = assess(found.stated | found.open, ruleset).urgency
    if sure.escalates:
        if doubt is not None and doubt.contradicts():
            return Reading(
                Outcome.ASK, perhaps, mentions, frozenset(), _by_urgency(found, ruleset)
            )
        return _escalate(mentions, found.stated, sure, doubt)
    if doubt is not None and doubt.chances.stated >= _needed(found):
        return _escalate(mentions, found.stated, sure, doubt)
    if perhaps.escalates:
        return Reading(Outcome.ASK, perhaps, mentions, found.stated, _by_urgency(found, ruleset))
    return _by_doubt(mentions, found, sure, doubt)


def _sorted(mentions: tuple[Mention, ...], ruleset: Ruleset) -> _Phrases:
    by_status: dict[Status, set[Finding]] = defaultdict(set)
    for mention in mentions:
        by_status[mention.status].add(mention.finding)
    open_ = {one for status in Status if status.may_be_asked for one in by_status[status]}
    serious = {
        mention.status
        for mention in mentions
        if assess(frozenset({mention.finding}), ruleset).urgency.escalates
    }
    excused = bool(serious) and not any(
        status is Status.STATED or status.may_be_asked for status in serious
    )
    return _Phrases(frozenset(by_status[Status.STATED]), frozenset(open_), excused)


def _needed(found: _Phrases) -> float:
    return STATES_WHEN_EXCUSED if found.excused else STATES


def _escalate(
    mentions: tuple[Mention, ...], stated: frozenset[Finding], sure: Urgency, doubt: Doubt | None
) -> Reading:
    """Escalate, at the higher of both; what only the classifier says has no name."""
    urgency = sure
    if doubt is not None and doubt.chances.stated >= STATES:
        says = _urgency_of(doubt.chances)
        if says > sure:
            stated |= {_unnamed(says)}
            urgency = says
    return Reading(Outcome.ESCALATE, urgency, mentions, stated)


def _urgency_of(chances: Chances) -> Urgency:
    return Urgency.EMERGENCY if chances.emergency >= EMERGENCY_FROM else Urgency.URGENT


def _unnamed(urgency: Urgency) -> Finding:
    which = SignList.EMERGENCY if urgency is Urgency.EMERGENCY else SignList.SAME_DAY
    return which.unspecified


def _by_urgency(found: _Phrases, ruleset: Ruleset) -> tuple[Finding, ...]:
    """Give what is to be asked about, the most urgent first: what makes the difference."""

    def urgency(finding: Finding) -> Urgency:
        return assess(found.stated | {finding}, ruleset).urgency

    asked = found.open or found.stated
    serious = [one for one in asked if urgency(one).escalates]
    return tuple(sorted(serious or asked, key=lambda one: (-urgency(one), one)))


def _by_doubt(
    mentions: tuple[Mention, ...], found: _Phrases, sure: Urgency, doubt: Doubt | None
) -> Reading:
    """Ask where only the classifier suspects something, else let pass."""
    if doubt is not None:
        chances = doubt.chances
        needed = ASKS_WHEN_EXCUSED if found.excused else ASKS
        if 1 - chances.nothing >= needed:
            emergency = chances.emergency + chances.perhaps_emergency
            same_day = chances.same_day + chances.perhaps_same_day
            urgency = Urgency.EMERGENCY if emergency >= same_day else Urgency.URGENT
            asked = (_unnamed(urgency),)
            return Reading(Outcome.ASK, urgency, mentions, found.stated, asked)
    return Reading(Outcome.PASS, sure, mentions, found.stated)
