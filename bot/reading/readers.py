"""Reading in several languages: the runner's own, and the one a text seems to be written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.domain.red_flags import Ruleset
from bot.domain.runner import FALLBACK
from bot.reading.chances import Classifier
from bot.reading.findings import Outcome, Reading
from bot.reading.lexicon import Grammar
from bot.reading.reader import Reader
from bot.reading.spelling import Mender

FEW_WORDS: Final = 3
"""A text this short may hold no word that tells its language; it is read in all of them."""

_RANK: Final = {Outcome.PASS: 0, Outcome.ASK: 1, Outcome.ESCALATE: 2}
Dictionary = Callable[[str, Callable[[str], str]], frozenset[str]]


@dataclass(slots=True)
class Readers:
    """All languages with a lexicon. Each is made ready when it is first needed."""

    grammars: Mapping[str, Grammar]
    classifiers: Mapping[str, Classifier]
    ruleset: Ruleset
    known_words: Dictionary
    _ready: dict[str, Reader] = field(default_factory=dict)

    def __call__(self, text: str, locale: str) -> Reading:
        """Read a text for signs; of several languages the most serious reading counts."""
        own = locale if locale in self.grammars else FALLBACK
        readings = [self.of(own).read(text)]
        scores = {name: _fit(grammar, text) for name, grammar in self.grammars.items()}
        best = max(scores, key=lambda name: (scores[name], name == own))
        if scores[best] > scores[own]:
            readings.append(self.of(best).read(text))
        elif scores[own] == 0 and len(self.grammars[own].spelling.words(text)) <= FEW_WORDS:
            # In a language that is only a guess nothing counts but a sign that is named there.
            guesses = (self.of(name).read(text) for name in self.grammars if name != own)
            readings += [reading for reading in guesses if reading.mentions]
        return max(readings, key=lambda one: (_RANK[one.outcome], one.urgency))

    def of(self, locale: str) -> Reader:
        """Give the reader of one language; KeyError without a lexicon for it."""
        if locale not in self._ready:
            grammar = self.grammars[locale]
            known = self.known_words(locale, grammar.spelling.fold)
            mender = Mender(known, grammar.vocabulary, grammar.spelling.forms)
            classifier = self.classifiers.get(locale)
            self._ready[locale] = Reader(grammar, mender, self.ruleset, classifier)
        return self._ready[locale]


def _fit(grammar: Grammar, text: str) -> int:
    """Count the small words of a language in a text."""
    return sum(word.text in grammar.small_words for word in grammar.spelling.words(text))
