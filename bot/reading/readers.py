"""Reading in several languages: the runner's own, and the one a text seems to be written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.domain.red_flags import Ruleset
from bot.reading.chances import Classifier
from bot.reading.findings import Outcome, Reading
from bot.reading.lexicon import Grammar
from bot.reading.reader import Reader
from bot.reading.spelling import Mender

FALLBACK: Final = "en"
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
        readings = [self.of(name).read(text) for name in self._languages(text, own)]
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

    def _languages(self, text: str, own: str) -> list[str]:
        """Name the runner's own language, and another one that fits the text better."""
        scores = {name: _fit(grammar, text) for name, grammar in self.grammars.items()}
        words = len(self.grammars[own].spelling.words(text))
        if words <= FEW_WORDS and scores[own] == 0:
            return [own, *(name for name in self.grammars if name != own)]
        best = max(scores, key=lambda name: (scores[name], name == own))
        return [own] if scores[best] <= scores[own] else [own, best]


def _fit(grammar: Grammar, text: str) -> int:
    """Count the small words of a language in a text."""
    return sum(word.text in grammar.small_words for word in grammar.spelling.words(text))
