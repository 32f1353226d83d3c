"""What a trained classifier says of a text, and the port through which it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Chances:
    """Probabilities (0 to 1, together 1) that a text is each of five things.

    The order of the fields is that of the model's outputs.
    """

    nothing: float
    perhaps_same_day: float
    perhaps_emergency: float
    same_day: float
    emergency: float

    @property
    def stated(self) -> float:
        """How likely a sign is stated."""
        return self.same_day + self.emergency

    @property
    def alarm(self) -> float:
        """How urgent the text is, to choose the part of a long text that counts."""
        return self.emergency + 0.5 * self.same_day - self.nothing


@dataclass(frozen=True, slots=True)
class Limits:
    """From which probability on a classifier is believed, and for what.

    `states` and `asks` hold where it speaks alone; the `_excused` ones where every sign that the
    phrases found is denied, old or another's. `nothing` is how sure it must be that there is no
    sign in a text, and `alone` how sure of the sentence by itself, to turn a stated sign into a
    question; `certain`, of both, to take it for a figure of speech and let it pass. `emergency`
    is how much of an emergency makes a stated sign one.
    """

    states: float
    states_excused: float
    asks: float
    asks_excused: float
    nothing: float
    alone: float
    certain: float
    emergency: float

    def __post_init__(self) -> None:
        """Refuse limits under which an excuse would make it easier to be believed."""
        if self.states_excused < self.states:
            raise ValueError("states_excused is less than states")
        if self.asks_excused < self.asks:
            raise ValueError("asks_excused is less than asks")


class Model(Protocol):
    """Tells what the words of a text most likely are."""

    def __call__(self, words: Sequence[str]) -> Chances:
        """Give the chances; deterministic, never raises."""
        ...

    def nothing(self, words: Sequence[str]) -> float:
        """Give how sure it is that there is no sign; of several parts the least sure counts."""
        ...


class Classifier(Model, Protocol):
    """A model, or several as one, with the limits up to which it is believed."""

    @property
    def limits(self) -> Limits:
        """How far it is believed; set on development texts."""
        ...
