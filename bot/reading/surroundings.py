"""Where things stand in a text: sentences, clauses, and the cues in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.reading.lexicon import Cue
from bot.reading.phrases import Found, Match


@dataclass(slots=True)
class Surroundings:
    """One text with its cues, asked about one match at a time."""

    found: Found
    sentences: tuple[range, ...]
    signs: frozenset[int]
    """Words that belong to some sign; a negative word among them denies nothing."""

    def sentence(self, match: Match) -> range:
        """Give the sentence a match begins in."""
        return next(one for one in self.sentences if match.start in one)

    def clause(self, match: Match) -> range:
        """Give the part of the sentence around a match that no "but" cuts off."""
        sentence = self.sentence(match)
        buts = self._covered(Cue.BUT)
        start, end = sentence.start, sentence.stop
        for at in sentence:
            if at in buts and at < match.start:
                start = at + 1
            elif at in buts and at >= match.end:
                return range(start, at)
        return range(start, max(end, match.end))

    def _covered(self, cue: Cue) -> frozenset[int]:
        """Give the words that stand within a cue."""
        places = self.found.group(cue)
        return frozenset(
            at for start, ends in places.items() for end in ends for at in range(start, end)
        )

    def _spans(self, cue: Cue, within: range) -> list[tuple[int, int]]:
        """Give a cue's places in a span of words, each with its longest end."""
        places = self.found.group(cue)
        return [(start, max(ends)) for start, ends in sorted(places.items()) if start in within]

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
