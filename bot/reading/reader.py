"""The reader of free text: what a runner types, to findings with how they are meant.

Words and phrases come from a lexicon that a clinician can read, and they alone name a sign. Where
there is a trained classifier it is asked too; concluding.py says what its word may change. Work
grows with the number of words. docs/decisions/0007 says what else was tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.domain.red_flags import Finding, Ruleset, Urgency
from bot.domain.triage import assess
from bot.reading.chances import Classifier
from bot.reading.concluding import Doubt, conclude
from bot.reading.context import Context
from bot.reading.findings import Mention, Reading, Status
from bot.reading.lexicon import MAY_SAY, Cue, Grammar
from bot.reading.phrases import Found, Match, stem_keys
from bot.reading.spelling import Mender
from bot.reading.words import Word, sentences

_AT_REST: Final = (Cue.AT_REST,)
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
        mentions = self._mentions(found)
        return conclude(mentions, self.ruleset, self._doubt(words, mentions))

    def _doubt(self, words: tuple[Word, ...], mentions: tuple[Mention, ...]) -> Doubt | None:
        if self.classifier is None or self._is_ordinary(words):
            return None
        classifier = self.classifier
        chances = classifier(_texts(words))
        alone = partial(self._alone, classifier, words, mentions)
        return Doubt(chances, alone, classifier.limits)

    def _is_ordinary(self, words: tuple[Word, ...]) -> bool:
        """Whether a text is made of everyday words and figures alone."""
        ordinary = self.grammar.ordinary
        return all(word.text in ordinary or word.text[0].isdigit() for word in words)

    def _alone(
        self, classifier: Classifier, words: tuple[Word, ...], mentions: tuple[Mention, ...]
    ) -> float:
        """Give how likely the most telling sentence with a stated sign, by itself, is nothing."""
        stated = [one for one in mentions if one.status is Status.STATED]
        telling = [
            tuple(words[at] for at in sentence)
            for sentence in sentences(words)
            if any(
                words[at].start <= one.start < words[at].end for at in sentence for one in stated
            )
        ]
        return min((classifier.nothing(_texts(one)) for one in telling), default=1.0)

    def _look(self, words: tuple[Word, ...]) -> Found:
        vocabulary = self.grammar.vocabulary
        keys = [tuple(key for key in stem_keys(word.text) if key in vocabulary) for word in words]
        found = Found(words, keys, self.grammar.walls, self.grammar.doubling)
        for layer in self.grammar.layers:
            for group, match in tuple(layer.matches(found)):
                found.add(group, match)
        return found

    def _mentions(self, found: Found) -> tuple[Mention, ...]:
        harmless: dict[int, list[Match]] = defaultdict(list)
        for _, saying in self.grammar.harmless.matches(found):
            for at in range(saying.start, saying.end):
                harmless[at].append(saying)
        matches = [
            (label, match)
            for label, match in self.grammar.signs.matches(found)
            if not any(takes(one, match) for at in match.core for one in harmless.get(at, ()))
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
        if context.in_sentence(match, sign.unless) and not context.in_sentence(match, _AT_REST):
            return
        status = context.status(match)
        if status is Status.STATED and how == MAY_SAY:
            status = Status.POSSIBLE
        if status is Status.OVER and sign.counts_when_over:
            status = Status.STATED
        if status in {Status.OLD, Status.OVER} and sign.counts_when_old:
            status = Status.STATED
        words = context.found.words
        start, end = words[match.start].start, words[match.end - 1].end
        yield Mention(finding, status, start, end, context.is_plain(match))
        if status is Status.SOMEONE_ELSE and context.other_is_in_danger_now(match):
            urgency = assess(frozenset({finding}), self.ruleset).urgency
            if urgency is Urgency.EMERGENCY:
                yield Mention(Finding.SOMEONE_ELSE, Status.STATED, start, end)


def takes(harmless: Match, sign: Match) -> bool:
    """Whether a figure of speech takes a sign's words; a sign that says all of it and more stays.

    So "legs went dead" is a saying and "both legs went dead" a sign.
    """
    core, saying = set(sign.core), range(harmless.start, harmless.end)
    return not core.isdisjoint(saying) and not core > set(saying)


def _clearest(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep, per finding and place, the reading that says most."""
    best: dict[tuple[Finding, int], Mention] = {}
    for mention in mentions:
        key = (mention.finding, mention.start)
        known = best.get(key)
        if known is None or _MEANING[mention.status] < _MEANING[known.status]:
            best[key] = mention
    return sorted(best.values(), key=lambda one: (one.start, one.finding))


def _texts(words: tuple[Word, ...]) -> tuple[str, ...]:
    return tuple(word.text for word in words)
