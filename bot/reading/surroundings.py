"""Where things stand in a text: sentences, clauses, and the cues in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.reading.lexicon import Cue
from bot.reading.phrases import Found, Match


@dataclass(slots=True)
class Surroundings:
    """One text with its cues, asked about one match at a time."""

    found: Found
    sentences: tuple[range, ...]
    signs: frozenset[int]
    """Words that belong to some sign; a negative word among them denies nothing."""

    # Every match asks for the same cues: found once per text, so that work grows with the words.
    _places: dict[Cue, list[tuple[int, int]]] = field(default_factory=dict)
    _words_within: dict[Cue, frozenset[int]] = field(default_factory=dict)
    _in_order: dict[Cue, list[int]] = field(default_factory=dict)

    def sentence(self, match: Match) -> range:
        """Give the sentence a match begins in."""
        after = bisect_right(self.sentences, match.start, key=lambda one: one.start)
        return self.sentences[after - 1]

    def clause(self, match: Match) -> range:
        """Give the part of the sentence around a match that no "but" cuts off."""
        sentence = self.sentence(match)
        buts = self._ordered(Cue.BUT)
        before, after = bisect_left(buts, match.start), bisect_left(buts, match.end)
        start = max(sentence.start, buts[before - 1] + 1 if before else 0)
        if after < len(buts) and buts[after] < sentence.stop:
            return range(start, buts[after])
        return range(start, max(sentence.stop, match.end))

    def _ordered(self, cue: Cue) -> list[int]:
        """Give the words that stand within a cue, in the order of the text."""
        if cue not in self._in_order:
            self._in_order[cue] = sorted(self._covered(cue))
        return self._in_order[cue]

    def _covered(self, cue: Cue) -> frozenset[int]:
        """Give the words that stand within a cue."""
        if cue not in self._words_within:
            places = self._all(cue)
            within = frozenset(at for start, end in places for at in range(start, end))
            self._words_within[cue] = within
        return self._words_within[cue]

    def _all(self, cue: Cue) -> list[tuple[int, int]]:
        """Give a cue's places in the order of the text, each with its longest end."""
        if cue not in self._places:
            places = self.found.group(cue)
            self._places[cue] = [(start, max(ends)) for start, ends in sorted(places.items())]
        return self._places[cue]

    def _spans(self, cue: Cue, within: range) -> list[tuple[int, int]]:
        """Give a cue's places in a span of words, each with its longest end."""
        places = self._all(cue)
        first = bisect_left(places, (within.start,))
        return places[first : bisect_left(places, (within.stop,), first)]

    def _has(self, cue: Cue, within: range) -> bool:
        return bool(self._spans(cue, within))

    def in_sentence(self, match: Match, cues: Iterable[Cue]) -> bool:
        """Whether one of these cues stands in the sentence of a match, outside the match."""
        sentence = self.sentence(match)
        return any(
            not match.start <= start < match.end
            for cue in cues
            for start, _ in self._spans(cue, sentence)
        )
