"""How a sign is meant where it stands: stated, denied, past, somebody else's, only talked about.

The first reading that excuses it holds; denials are told apart in denial.py.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from bot.reading.denial import Denials
from bot.reading.findings import Status
from bot.reading.lexicon import Cue
from bot.reading.phrases import Match
from bot.reading.words import Pause

OVER_REACH: Final = 9
FOLLOWING_REACH: Final = 6
HEDGED_REACH: Final = 7
NOT_OVER_REACH: Final = 2
OVER_BEFORE_REACH: Final = 4
PLAIN_REACH: Final = 3
PRESENT_REACH: Final = 3


@dataclass(slots=True)
class Context(Denials):
    """Everything that is said about how a text's signs are meant."""

    _mine: list[int] | None = None
    _not_mine: list[int] | None = None

    def status(self, match: Match) -> Status:
        """Tell how a match is meant; the first reading that holds, most excusing first."""
        denied = self.denied(match)
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

    def _is_someone_elses(self, match: Match) -> bool:
        return self._owner(match) is Cue.OTHER

    def _owner(self, match: Match) -> Cue | None:
        """Find whose sign it is: the nearest person within or before it."""
        sentence = self.sentence(match)
        within = self._nearest_person(match.end, match.start)
        if within is not None:
            return within
        if self._nearest_person(match.start, sentence.start) is not None:
            return self._nearest_person(match.start, sentence.start)
        if self._own_from(sentence.start, sentence.stop):
            return Cue.SELF
        # A sentence without a person goes on about the one of the sentence before.
        return self._nearest_person(sentence.start, 0)

    def _nearest_person(self, before: int, since: int) -> Cue | None:
        """Give whom the last person among these words is."""
        others, own = self._others, self._own_words
        at_other, at_own = bisect_left(others, before), bisect_left(own, before)
        other = others[at_other - 1] if at_other else -1
        mine = own[at_own - 1] if at_own else -1
        if max(other, mine) < since:
            return None
        return Cue.OTHER if other >= mine else Cue.SELF

    def _own_from(self, start: int, stop: int) -> bool:
        own = self._own_words
        at = bisect_left(own, start)
        return at < len(own) and own[at] < stop

    @property
    def _others(self) -> list[int]:
        """Give the words for somebody else; who was only there ("with my wife") has no sign."""
        if self._not_mine is None:
            self._not_mine = sorted(self._covered(Cue.OTHER) - self._covered(Cue.COMPANY))
        return self._not_mine

    @property
    def _own_words(self) -> list[int]:
        """Give the words for the runner; in "next to me" it is where, not who."""
        if self._mine is None:
            others = self._covered(Cue.OTHER) | self._covered(Cue.OTHER_NOW)
            self._mine = sorted(self._covered(Cue.SELF) - others)
        return self._mine

    def other_is_in_danger_now(self, match: Match) -> bool:
        """Whether somebody else's sign is said to be there now, not of old or in general."""
        sentence = self.sentence(match)
        if self._has(Cue.OLD, sentence) or self._has(Cue.GENERAL, sentence):
            return False
        around = self._around(sentence)
        if self._has(Cue.CLEARED, around) or self._has(Cue.CARED_FOR, around):
            return False
        return self._has(Cue.OTHER_NOW, sentence) or self._has(Cue.HELP, around)

    def _around(self, sentence: range) -> range:
        """Give a sentence with the one before and the one after it."""
        at = self.sentences.index(sentence)
        last = min(at + 1, len(self.sentences) - 1)
        return range(self.sentences[max(at - 1, 0)].start, self.sentences[last].stop)

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
        asked = self._has(Cue.ASKED, sentence) or self._begins_a_question(sentence)
        return Status.POSSIBLE if asked and not self._states(sentence) else None

    def _states(self, sentence: range) -> bool:
        """Whether something is stated; the "I have" of "do I have" is not."""
        asked = self._covered(Cue.ASKED)
        stated = any(start not in asked for start, _ in self._spans(Cue.STATED, sentence))
        return stated or self._has(Cue.NOW, sentence)

    def _begins_a_question(self, sentence: range) -> bool:
        """Whether a sentence asks from its first word on: "Do both feet go tingly for most?"."""
        first = sentence.start
        return self.found.words[first].asked and first in self._covered(Cue.ASKS)

    def _past(self, match: Match) -> Status | None:
        clause = self.clause(match)
        old = self._nearest(Cue.OLD, clause, match)
        now = self._nearest(Cue.NOW, clause, match)
        if old is None and now is None:
            old = self._nearest(Cue.OLD, self._what_follows(match), match)
        if old is not None and (now is None or old < now) and not self._is_present(match):
            return Status.OLD
        if self._is_over(match):
            return Status.OVER
        cleared = self._has(Cue.CLEARED, range(len(self.found.words)))
        return Status.POSSIBLE if cleared else None

    def _is_present(self, match: Match) -> bool:
        """Whether it is told in the present: "surgery years ago, can't feel my legs"."""
        start = match.start
        while start > match.start - PRESENT_REACH and start > 0:
            if self.found.words[start].pause is not Pause.NONE:
                break
            start -= 1
        return self._has(Cue.PRESENT, range(start, match.end))

    def _what_follows(self, match: Match) -> range:
        """Give the beginning of the next sentence: "Had a fit once. That was ten years ago"."""
        end = self.sentence(match).stop
        following = next((one for one in self.sentences if one.start == end), range(end, end))
        about_it = end in self._covered(Cue.STARTS)
        if (
            not about_it
            or self._own_from(following.start, following.stop)
            or any(at in self.signs for at in following)
        ):
            return range(end, end)
        return range(end, min(following.stop, end + FOLLOWING_REACH))

    def is_plain(self, match: Match) -> bool:
        """Whether it is said outright: "I have" or "my" right before it or within it."""
        near = range(max(0, match.start - PLAIN_REACH), match.end)
        mine = self._own_from(match.start - 1, match.start)
        return mine or any(end >= match.start for _, end in self._spans(Cue.STATED, near))

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
        denied = self._covered(Cue.NOT)
        over = [
            start
            for start, _ in (*self._spans(Cue.OVER, clause), *self._spans(Cue.OVER, near))
            if denied.isdisjoint(range(start - NOT_OVER_REACH, start))
            and start >= match.start - OVER_BEFORE_REACH
        ]
        return any(
            start in clause or not any(at in self.signs for at in range(match.end, start))
            for start in over
        )

    def _is_hedged(self, match: Match) -> bool:
        clause = self.clause(match)
        around = range(max(clause.start, match.start - HEDGED_REACH), match.end)
        return self._has(Cue.HEDGED, around)


def _distance(span: tuple[int, int], match: Match) -> int:
    start, end = span
    if end <= match.start:
        return match.start - end
    return max(0, start - match.end)
