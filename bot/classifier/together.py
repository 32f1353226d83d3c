"""Several models as one: the mean of their chances, as they err in different places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from statistics import fmean
from typing import Final

from bot.reading.chances import Chances, Limits, Model

TOGETHER: Final = Limits(
    states=0.81,
    states_excused=0.88,
    asks=0.6,
    asks_excused=0.65,
    nothing=0.5,
    alone=0.2,
    certain=0.87,
    emergency=0.3,
)


@dataclass(frozen=True, slots=True)
class Together:
    """At least one model of the same language."""

    models: tuple[Model, ...]
    limits: Limits = TOGETHER

    def __call__(self, words: Sequence[str]) -> Chances:
        """Ask all of them."""
        asked = (astuple(model(words)) for model in self.models)
        return Chances(*map(fmean, zip(*asked, strict=True)))

    def nothing(self, words: Sequence[str]) -> float:
        """Let one that sees a sign outvote the others."""
        return min(model.nothing(words) for model in self.models)
