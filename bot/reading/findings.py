"""What reading a text gives: findings with how they are meant, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.red_flags import Finding, Urgency


class Status(StrEnum):
    """How a sign is meant where it stands."""

    STATED = "stated"
    POSSIBLE = "possible"
    OVER = "over"
    DENIED = "denied"
    OLD = "old"
    SOMEONE_ELSE = "someone-else"
    GENERAL = "general"

    @property
    def may_be_asked(self) -> bool:
        """Whether the direct question should be put: perhaps so, or so until not long ago."""
        return self in {Status.POSSIBLE, Status.OVER}


@dataclass(frozen=True, slots=True)
class Mention:
    """One finding in a text. `start` and `end` are its place there, in characters.

    `plain` is said outright by the runner of themselves ("I have", "my"): no doubt silences it.
    """

    finding: Finding
    status: Status
    start: int
    end: int
    plain: bool = False


class Outcome(StrEnum):
    """What follows from a text: three, never two."""

    ESCALATE = "escalate"
    ASK = "ask"
    PASS = "pass"  # noqa: S105 - a word, not a password


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was understood.

    `urgency` is that of what was stated or, with ASK, of the sign to be asked about; `findings`
    are the stated ones, `asked` those to ask about, the most urgent first.
    """

    outcome: Outcome
    urgency: Urgency
    mentions: tuple[Mention, ...]
    findings: frozenset[Finding]
    asked: tuple[Finding, ...] = ()
