"""How a sign is meant where it stands: stated, denied, past, somebody else's, only talked about.

The way of ConText (Harkema 2009): cue words with a scope, bounded by the clause. What is added
are the traps of typed messages: lists of denials, "no" as an answer, negative words that state a
sign ("can't get rid of the chest pain"), and missing full stops.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.reading.findings import Status
from bot.reading.lexicon import Cue
from bot.reading.phrases import Found, Match
from bot.reading.words import Pause

DENIAL_REACH: Final = 10
"""Words from "no" to the last thing it denies, as in "no pain, numbness or tingling"."""

NOT_REACH: Final = 5
CANNOT_REACH: Final = 1
"""After "can't" only the very next word is denied; the rest is why or with what."""

AFTER_REACH: Final = 3
ANSWER_REACH: Final = 10
"""Words from a sign to the "no" that answers it: "any pain in your chest, arm or jaw? No"."""

OVER_REACH: Final = 9
FOLLOWING_REACH: Final = 6


@dataclass(slots=True)
class Context:
    """One text with its cues, asked about one match at a time."""

    found: Found
    sentences: tuple[range, ...]
    signs: frozenset[int]
    """Words that belong to some sign; a negative word among them denies nothing."""

    def status(self, match: Match) -> Status:
        """Tell how a match is meant; the first reading that holds, most excusing first."""
        denied = self._denied(match)
        if denied is not None:
            return denied
        if self._is_someone_elses(match):
            return Status.SOMEONE_ELSE
        talked = self._talked_about(match)
        if talked is not None:
            return talked
        past = self._past(match)
        if past is not None:
            return past
        return Status.POSSIBLE if self._is_hedged(match) else Status.STATED

    # --- where things stand ------------------------------------------------------------------

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

    # --- denied -----------------------------------------------------------------------------

    def _denied(self, match: Match) -> Status | None:
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
            for start, end in self._spans(cue, range(sentence.start, match.start)):
                if start in idle or end > match.start or match.start - end > reach:
                    continue
                if self._doubled(start, sentence):
                    continue
                scope = self._scope(cue, end, match)
                if scope is Status.DENIED:
                    return scope
                weak = weak or scope is Status.POSSIBLE
        return Status.POSSIBLE if weak else None

    def _doubled(self, start: int, sentence: range) -> bool:
        """Whether the denial is denied in turn: "can't run without chest pain"."""
        if self.found.words[start].text not in self.found.doubling:
            return False
        before = range(max(sentence.start, start - 7), start)
        return any(self._has(cue, before) for cue in (Cue.NOT, Cue.CANNOT))

    def _scope(self, cue: Cue, end: int, match: Match) -> Status | None:
        """Tell whether a denial that ends at word `end` reaches a match.

        None: it does not; POSSIBLE: only over bare commas, which may as well end it.
        """
        between = range(end, match.start)
        buts, joins = self._covered(Cue.BUT), self._covered(Cue.JOINS)
        starts = self._covered(Cue.STARTS)
        listed = self._has(Cue.LIST, range(end, min(match.end + 6, len(self.found.words))))
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
        return Status.DENIED if listed else Status.POSSIBLE

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
        return self._spans(Cue.ANSWER_NO, range(len(self.found.words)))

    def _answers(self, match: Match, start: int, end: int) -> bool:
        """Whether a "no" answers a sign: alone right behind it, or after its question."""
        words, total = self.found.words, len(self.found.words)
        if not match.end <= start < match.end + ANSWER_REACH:
            return False
        closes = end >= total or words[end].pause is not Pause.NONE
        if not closes and end not in self._covered(Cue.BUT) and words[start].pause is Pause.NONE:
            return False
        asked = words[start].pause is Pause.STOP and words[start - 1].asked
        if asked and start - 1 in self.sentence(match):
            return True
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

    # --- somebody else -----------------------------------------------------------------------

    def _is_someone_elses(self, match: Match) -> bool:
        owner = self._owner(match)
        return owner is Cue.OTHER

    def _owner(self, match: Match) -> Cue | None:
        """Find whose sign it is: the nearest person before or within it."""
        sentence = self.sentence(match)
        others, own = self._covered(Cue.OTHER), self._own()
        for at in (*range(match.end - 1, match.start - 1, -1),):
            if at in others:
                return Cue.OTHER
            if at in own:
                return Cue.SELF
        for at in range(match.start - 1, sentence.start - 1, -1):
            if at in others:
                return Cue.OTHER
            if at in own:
                return Cue.SELF
        return self._carried(sentence)

    def _own(self) -> frozenset[int]:
        return self._covered(Cue.SELF) - self._covered(Cue.OTHER)

    def _carried(self, sentence: range) -> Cue | None:
        """A sentence without a person goes on about the one of the sentence before."""
        others, own = self._covered(Cue.OTHER), self._own()
        if any(at in own for at in sentence):
            return Cue.SELF
        for at in range(sentence.start - 1, -1, -1):
            if at in others:
                return Cue.OTHER
            if at in own:
                return Cue.SELF
        return None

    def other_is_in_danger_now(self, match: Match) -> bool:
        """Whether somebody else's sign is said to be there now, not of old or in general."""
        sentence = self.sentence(match)
        if self._has(Cue.OLD, sentence) or self._has(Cue.GENERAL, sentence):
            return False
        whole = range(len(self.found.words))
        if self._has(Cue.CLEARED, whole) or self._has(Cue.CARED_FOR, whole):
            return False
        return self._has(Cue.OTHER_NOW, whole)

    # --- only talked about --------------------------------------------------------------------

    def _talked_about(self, match: Match) -> Status | None:
        sentence = self.sentence(match)
        before = range(sentence.start, match.start)
        general = self._spans(Cue.GENERAL, before)
        supposed = self._spans(Cue.IF, before)
        stated = [
            start
            for start, _ in self._spans(Cue.STATED, before)
            if not any(0 <= start - end <= 1 for _, end in (*general, *supposed))
        ]
        said_at = max(stated, default=-1)
        if any(start > said_at for start, _ in general):
            return Status.GENERAL
        if any(start > said_at for start, _ in supposed):
            return Status.POSSIBLE if self._has(Cue.STATED, before) else Status.GENERAL
        asked = self._has(Cue.ASKED, sentence)
        states = self._has(Cue.STATED, sentence) or self._has(Cue.NOW, sentence)
        return Status.POSSIBLE if asked and not states else None

    # --- past ---------------------------------------------------------------------------------

    def _past(self, match: Match) -> Status | None:
        clause = self.clause(match)
        old = self._nearest(Cue.OLD, clause, match)
        now = self._nearest(Cue.NOW, clause, match)
        if old is None and now is None:
            old = self._nearest(Cue.OLD, self._what_follows(match), match)
        if old is not None and (now is None or old < now):
            return Status.OLD
        if self._is_over(match):
            return Status.OVER
        cleared = self._has(Cue.CLEARED, range(len(self.found.words)))
        return Status.POSSIBLE if cleared else None

    def _what_follows(self, match: Match) -> range:
        """Give the beginning of the next sentence: "Had a fit once. That was ten years ago"."""
        end = self.sentence(match).stop
        following = next((one for one in self.sentences if one.start == end), range(end, end))
        return range(end, min(following.stop, end + FOLLOWING_REACH))

    def _nearest(self, cue: Cue, within: range, match: Match) -> int | None:
        spans = [
            span for span in self._spans(cue, within) if not match.start <= span[0] < match.end
        ]
        return min((_distance(span, match) for span in spans), default=None)

    def _is_over(self, match: Match) -> bool:
        """Whether it is said to have passed, in its clause or right after it."""
        clause = self.clause(match)
        last = min(match.end + OVER_REACH, len(self.found.words))
        near = range(match.start, last)
        return self._has(Cue.OVER, clause) or any(
            not any(at in self.signs for at in range(match.end, start))
            for start, _ in self._spans(Cue.OVER, near)
        )

    def _is_hedged(self, match: Match) -> bool:
        clause = self.clause(match)
        before = range(max(clause.start, match.start - 7), match.start)
        return self._has(Cue.HEDGED, before)

    def in_sentence(self, match: Match, cues: Iterable[Cue]) -> bool:
        """Whether one of these cues stands in the sentence of a match, outside the match."""
        sentence = self.sentence(match)
        return any(
            not match.start <= start < match.end
            for cue in cues
            for start, _ in self._spans(cue, sentence)
        )


def _distance(span: tuple[int, int], match: Match) -> int:
    start, end = span
    if end <= match.start:
        return match.start - end
    return max(0, start - match.end)
