"""Whether a sign is denied: by a "no" before it, a "not" within it, or a "no" that answers it.

The way of NegEx and ConText (Chapman 2001, Harkema 2009): negative cues with a scope, bounded by
the clause. What is added are the traps of typed messages: lists of denials, denials of denials,
and negative words that state a sign ("can't get rid of the chest pain").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.reading.findings import Status
from bot.reading.lexicon import Cue
from bot.reading.phrases import Match
from bot.reading.surroundings import Surroundings
from bot.reading.words import Pause

DENIAL_REACH: Final = 10
"""Words from "no" to the last thing it denies, as in "no pain, numbness or tingling"."""

NOT_REACH: Final = 5
CANNOT_REACH: Final = 1
"""After "can't" only the very next word is denied; the rest is why or with what."""

DOUBLED_REACH: Final = 7
LIST_REACH: Final = 6
LONGEST_LIST: Final = 60
LONGEST_ITEM: Final = 5
"""Words of a list, and of one thing in it."""

AFTER_REACH: Final = 3
LONGEST_CUE: Final = 8
"""Words of the longest denial: what begins further off ends out of reach."""

ANSWER_REACH: Final = 10
"""Words from a sign to the "no" that answers it: "any pain in your chest, arm or jaw? No"."""


@dataclass(slots=True)
class Denials(Surroundings):
    """A text's denials."""

    _lists: dict[int, range] = field(default_factory=dict)

    def denied(self, match: Match) -> Status | None:
        """Give DENIED, POSSIBLE where only bare commas lead there, None where it is not."""
        if self._not_inside(match):
            return Status.DENIED
        before = self._denied_before(match)
        if before is not None:
            return before
        return Status.DENIED if self._denied_after(match) else None

    def _not_inside(self, match: Match) -> bool:
        """Whether a "not" stands in the gap of a sign: "my hand is not numb"."""
        gap = frozenset(range(match.start, match.end)) - frozenset(match.core)
        idle = self._idle()
        return any(
            start in gap and idle.isdisjoint(range(start, max(ends)))
            for cue in (Cue.NOT, Cue.NONE_OF, Cue.CANNOT)
            for start, ends in self.found.group(cue).items()
        )

    def _idle(self) -> frozenset[int]:
        """Give the words of negative cues that deny nothing here."""
        return self._covered(Cue.NO_DENIAL) | self.signs

    def _denied_before(self, match: Match) -> Status | None:
        sentence, idle = self.sentence(match), self._idle()
        reaches = ((Cue.NONE_OF, DENIAL_REACH), (Cue.NOT, NOT_REACH), (Cue.CANNOT, CANNOT_REACH))
        weak = False
        for cue, reach in reaches:
            for start, end in self._spans(cue, self._near(cue, reach, match, sentence)):
                if start in idle or end > match.start:
                    continue
                if match.start - end > reach and match.start not in self._listed_after(cue, end):
                    continue
                if self._is_undone(cue, (start, end), match) or self._doubled(start, sentence):
                    continue
                scope = self._scope(cue, (start, end), match)
                if scope is Status.DENIED:
                    return scope
                weak = weak or scope is Status.POSSIBLE
        return Status.POSSIBLE if weak else None

    def _near(self, cue: Cue, reach: int, match: Match, sentence: range) -> range:
        """Give where a denial of a match may begin; a list goes on as far as its commas."""
        furthest = LONGEST_LIST if cue is Cue.NONE_OF else reach
        return range(max(sentence.start, match.start - furthest - LONGEST_CUE), match.start)

    def _listed_after(self, cue: Cue, end: int) -> range:
        """Give the list that a "no" opens, if "or" closes it: "no pain, fever, chills or rash"."""
        if cue is not Cue.NONE_OF:
            return range(0)
        if end not in self._lists:
            self._lists[end] = self._list_from(end)
        return self._lists[end]

    def _list_from(self, end: int) -> range:
        words, last = self.found.words, min(len(self.found.words), end + LONGEST_LIST)
        closed, length = False, 0
        for at in range(end, last):
            if words[at].pause is Pause.STOP or at in self._covered(Cue.BUT):
                return range(end, at) if closed else range(0)
            closed = closed or at in self._covered(Cue.LIST)
            length = 1 if words[at].pause is Pause.COMMA else length + 1
            if length > LONGEST_ITEM:
                return range(end, at) if closed else range(0)
        return range(end, last) if closed else range(0)

    def _is_undone(self, cue: Cue, span: tuple[int, int], match: Match) -> bool:
        """Whether a denial is only half of one: "can't run without", or the "not" of "can't"."""
        start, end = span
        if cue is Cue.NOT and start in self._covered(Cue.CANNOT):
            return True
        between = self.found.words[end : match.start]
        return any(word.text in self.found.doubling for word in between)

    def _doubled(self, start: int, sentence: range) -> bool:
        """Whether the denial is denied in turn: "can't run without chest pain"."""
        if self.found.words[start].text not in self.found.doubling:
            return False
        before = range(max(sentence.start, start - DOUBLED_REACH), start)
        return any(self._has(cue, before) for cue in (Cue.NOT, Cue.CANNOT))

    def _scope(self, cue: Cue, span: tuple[int, int], match: Match) -> Status | None:
        """Tell whether a denial reaches a match.

        None: it does not; POSSIBLE: only over bare commas, which may as well end it.
        """
        end = span[1]
        if self._is_answer(span):
            return None
        between = range(end, match.start)
        buts, joins = self._covered(Cue.BUT), self._covered(Cue.JOINS)
        starts = self._covered(Cue.STARTS)
        listed = match.start in self._listed_after(cue, end) or self._has(
            Cue.LIST, range(end, min(match.end + LIST_REACH, len(self.found.words)))
        )
        comma = False
        for at in (*between, match.start):
            word = self.found.words[at]
            comma = comma or (word.pause is Pause.COMMA and at != end)
            if at in buts and at not in match.core:
                return None
            new = at in starts and at > end and at - 1 not in joins
            if new and (at != match.start or at not in joins):
                return None
        if not comma:
            return Status.DENIED
        if cue is not Cue.NONE_OF:
            return Status.DENIED if self._list_ends(end, match) else None
        return Status.DENIED if listed or not self._is_bare(span) else Status.POSSIBLE

    def _is_bare(self, span: tuple[int, int]) -> bool:
        """Whether a denial is a bare "no", which may as well be an answer."""
        return span[1] in self.found.group(Cue.ANSWER_NO).get(span[0], ())

    def _is_answer(self, span: tuple[int, int]) -> bool:
        """Whether it is an answer and denies nothing after it: "No, I can't feel my legs"."""
        end = span[1]
        if not self._is_bare(span):
            return False
        return self.found.words[end].pause is not Pause.NONE or end in self._covered(Cue.STARTS)

    def _list_ends(self, end: int, match: Match) -> bool:
        """Whether a list goes on to the match: "not numb, weak or tingly"."""
        between = range(end, match.end)
        return self._has(Cue.LIST, between)

    def _denied_after(self, match: Match) -> bool:
        """Whether it is answered with "no", or said not to be there."""
        near = range(match.end, min(match.end + AFTER_REACH, len(self.found.words)))
        idle = self._covered(Cue.NO_DENIAL)
        if any(
            start not in idle and self._answers(match, start, end) for start, end in self._noes
        ):
            return True
        return any(
            start not in idle and not self._breaks(match.end, start + 1)
            for start, _ in self._spans(Cue.DENIED_AFTER, near)
        )

    @property
    def _noes(self) -> list[tuple[int, int]]:
        return self._all(Cue.ANSWER_NO)

    def _answers(self, match: Match, start: int, end: int) -> bool:
        """Whether a "no" answers a sign: alone right behind it, or after its question."""
        words, total = self.found.words, len(self.found.words)
        if not match.end <= start < match.end + ANSWER_REACH:
            return False
        closes = end >= total or words[end].pause is not Pause.NONE
        if not closes and end not in self._covered(Cue.BUT) and words[start].pause is Pause.NONE:
            return False
        if words[start].pause is Pause.STOP:
            return words[start - 1].asked and start - 1 in self.sentence(match)
        if not closes and end not in self._covered(Cue.BUT):
            return False
        near = start < match.end + AFTER_REACH or words[start].pause is Pause.COMMA
        return near and not (start > match.end and self._breaks(match.end, start + 1))

    def _breaks(self, first: int, last: int) -> bool:
        """Whether a new thought begins among these words."""
        buts = self._covered(Cue.BUT)
        return any(
            at in buts or self.found.words[at].pause is Pause.STOP for at in range(first, last)
        )
