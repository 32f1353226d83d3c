"""From what was found in a text to what follows: the phrases speak first, the classifier checks.

The lexicon names signs and says how they are meant; where it states one, that stands. The
classifier, which knows no names, adds what no phrase covers, and turns a statement that it
takes for a figure of speech into a question. Only where it is all but certain, of the whole text
and of the sentence by itself, does it let one pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.red_flags import Finding, Ruleset, SignList, Urgency
from bot.domain.triage import assess
from bot.reading.chances import Chances, Limits
from bot.reading.findings import Mention, Outcome, Reading, Status


@dataclass(frozen=True, slots=True)
class Doubt:
    """The classifier's word on a text, and on its stated sentences alone where that is needed."""

    chances: Chances
    alone: Callable[[], float]
    limits: Limits

    def contradicts(self) -> bool:
        """Whether a stated phrase is most likely no statement after all."""
        limits = self.limits
        return self.chances.nothing >= limits.nothing and self.alone() >= limits.alone

    def is_certain(self) -> bool:
        """Whether what the phrases found is a figure of speech beyond reasonable doubt."""
        certain = self.limits.certain
        return self.chances.nothing >= certain and self.alone() >= certain

    def states(self, *, excused: bool) -> bool:
        """Whether it is believed by itself that a sign is stated."""
        limits = self.limits
        return self.chances.stated >= (limits.states_excused if excused else limits.states)

    def suspects(self, *, excused: bool) -> bool:
        """Whether it is enough to ask."""
        limits = self.limits
        suspicion = 1 - self.chances.nothing
        return suspicion >= (limits.asks_excused if excused else limits.asks)

    def urgency_beside(self, sure: Urgency) -> Urgency:
        """How urgent the stated sign is; beside one that the phrases named it takes more."""
        enough = self.limits.beside if sure.escalates else self.limits.emergency
        return Urgency.EMERGENCY if self.chances.emergency >= enough else Urgency.URGENT


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What the phrases alone say."""

    stated: frozenset[Finding]
    open: frozenset[Finding]
    excused: bool
    over: bool
    plain: bool


def conclude(
    mentions: tuple[Mention, ...], ruleset: Ruleset, doubt: Doubt | None = None
) -> Reading:
    """Draw the conclusion from what was found, by the same rules as everywhere else."""
    found = _sorted(mentions, ruleset)
    sure = assess(found.stated, ruleset).urgency
    perhaps = assess(found.stated | found.open, ruleset).urgency
    if perhaps.escalates and not found.plain and doubt is not None and doubt.is_certain():
        return Reading(Outcome.PASS, Urgency.SELF_CARE, mentions, frozenset())
    if sure.escalates:
        if doubt is not None and doubt.contradicts():
            asked = _by_urgency(found, ruleset)
            return Reading(Outcome.ASK, perhaps, mentions, frozenset(), asked)
        return _escalate(mentions, found, ruleset, doubt)
    if doubt is not None and not found.over and doubt.states(excused=found.excused):
        return _escalate(mentions, found, ruleset, doubt)
    if perhaps.escalates:
        asked = _by_urgency(found, ruleset)
        return Reading(Outcome.ASK, perhaps, mentions, found.stated, asked)
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
    over = serious - {Status.DENIED, Status.OLD, Status.GENERAL} == {Status.OVER}
    plain = any(
        mention.plain
        and (mention.status is Status.STATED or mention.status.may_be_asked)
        and mention.finding is not Finding.PAIN
        for mention in mentions
    )
    return _Phrases(frozenset(by_status[Status.STATED]), frozenset(open_), excused, over, plain)


def _escalate(
    mentions: tuple[Mention, ...], found: _Phrases, ruleset: Ruleset, doubt: Doubt | None
) -> Reading:
    """Escalate, at the higher of both; what only the classifier says has no name.

    What may be worse than what is stated is asked about beside it.
    """
    stated, sure = found.stated, assess(found.stated, ruleset).urgency
    urgency = sure
    if doubt is not None and doubt.states(excused=False):
        urgency = max(sure, doubt.urgency_beside(sure))
    if urgency > sure:
        stated |= {_unnamed(urgency)}
    worse = assess(found.stated | found.open, ruleset).urgency > urgency
    asked = _by_urgency(found, ruleset) if worse else ()
    return Reading(Outcome.ESCALATE, urgency, mentions, stated, asked)


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
    if doubt is not None and doubt.suspects(excused=found.excused):
        chances = doubt.chances
        emergency = chances.emergency + chances.perhaps_emergency
        same_day = chances.same_day + chances.perhaps_same_day
        urgency = Urgency.EMERGENCY if emergency >= same_day else Urgency.URGENT
        asked = (_unnamed(urgency),)
        return Reading(Outcome.ASK, urgency, mentions, found.stated, asked)
    return Reading(Outcome.PASS, sure, mentions, found.stated)
