"""The reader of free text: what a runner types, to findings with how they are meant.

It does not guess. Words and phrases come from a lexicon that a clinician can read; what is in no
phrase is not found, and the caller offers the lists of signs. Work grows with the number of
words. See docs/decisions for what else was tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.domain.red_flags import Finding, Ruleset, Urgency
from bot.domain.triage import assess
from bot.reading.chances import Classifier
from bot.reading.context import Context
from bot.reading.findings import Mention, Outcome, Reading, Status
from bot.reading.lexicon import MAY_SAY, Grammar
from bot.reading.phrases import Found, Match, stem_keys
from bot.reading.spelling import Mender
from bot.reading.words import Word, sentences

_MEANING: Final = {
    status: rank
    for rank, status in enumerate(
        (
            Status.STATED,
            Status.POSSIBLE,
            Status.OVER,
            Status.SOMEONE_ELSE,
            Status.OLD,
            Status.GENERAL,
            Status.DENIED,
        )
    )
}


@dataclass(frozen=True)
class Reader:
    """Reads one language."""

    grammar: Grammar
    mender: Mender
    ruleset: Ruleset
    classifier: Classifier | None = None

    def read(self, text: str) -> Reading:
        """Read one text; never raises, whatever it is."""
        words = self.mender.mend(self.grammar.spelling.words(text))
        found = self._look(words)
        return conclude(self._mentions(found), self.ruleset)

    def _look(self, words: tuple[Word, ...]) -> Found:
        vocabulary = self.grammar.vocabulary
        keys = [tuple(key for key in stem_keys(word.text) if key in vocabulary) for word in words]
        found = Found(words, keys, self.grammar.walls, self.grammar.doubling)
        for layer in self.grammar.layers:
            for group, match in tuple(layer.matches(found)):
                found.add(group, match)
        return found

    def _mentions(self, found: Found) -> tuple[Mention, ...]:
        harmless = {
            at
            for _, match in self.grammar.harmless.matches(found)
            for at in range(match.start, match.end)
        }
        matches = [
            (label, match)
            for label, match in self.grammar.signs.matches(found)
            if harmless.isdisjoint(match.core)
        ]
        covered = frozenset(at for _, match in matches for at in match.core)
        context = Context(found, sentences(found.words), covered)
        mentions = [
            mention for label, match in matches for mention in self._meant(context, label, match)
        ]
        return tuple(_clearest(mentions))

    def _meant(self, context: Context, label: str, match: Match) -> Iterable[Mention]:
        name, _, how = label.partition(":")
        finding = Finding(name)
        sign = self.grammar.signs_by_finding[finding]
        if context.in_sentence(match, sign.unless):
            return
        status = context.status(match)
        if status is Status.STATED and how == MAY_SAY:
            status = Status.POSSIBLE
        if status is Status.OVER and sign.counts_when_over:
            status = Status.STATED
        words = context.found.words
        start, end = words[match.start].start, words[match.end - 1].end
        yield Mention(finding, status, start, end)
        if status is Status.SOMEONE_ELSE and context.other_is_in_danger_now(match):
            urgency = assess(frozenset({finding}), self.ruleset).urgency
            if urgency is Urgency.EMERGENCY:
                yield Mention(Finding.SOMEONE_ELSE, Status.STATED, start, end)


def _clearest(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep, per finding and place, the reading that says most."""
    best: dict[tuple[Finding, int], Mention] = {}
    for mention in mentions:
        key = (mention.finding, mention.start)
        known = best.get(key)
        if known is None or _MEANING[mention.status] < _MEANING[known.status]:
            best[key] = mention
    return sorted(best.values(), key=lambda one: (one.start, one.finding))


def conclude(mentions: tuple[Mention, ...], ruleset: Ruleset) -> Reading:
    """Draw the conclusion from what was found, by the same rules as everywhere else."""
    by_status: dict[Status, set[Finding]] = defaultdict(set)
    for mention in mentions:
        by_status[mention.status].add(mention.finding)
    stated = frozenset(by_status[Status.STATED])
    open_ = frozenset(
        finding for status in Status if status.may_be_asked for finding in by_status[status]
    )
    sure = assess(stated, ruleset).urgency
    perhaps = assess(stated | open_, ruleset).urgency
    if sure.escalates:
        return Reading(Outcome.ESCALATE, sure, mentions, stated)
    if perhaps.escalates:
        asked = _to_ask(stated, open_, ruleset)
        return Reading(Outcome.ASK, perhaps, mentions, stated, asked)
    return Reading(Outcome.PASS, perhaps, mentions, stated)


def _to_ask(
    stated: frozenset[Finding], open_: frozenset[Finding], ruleset: Ruleset
) -> tuple[Finding, ...]:
    """Give what makes the difference, the most urgent first."""

    def urgency(finding: Finding) -> int:
        return assess(stated | {finding}, ruleset).urgency

    return tuple(sorted(open_, key=lambda finding: (-urgency(finding), finding)))
