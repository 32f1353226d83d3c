"""Several classifiers as one: the mean of their chances, as they err in different places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from statistics import fmean

from bot.reading.chances import Chances, Classifier


@dataclass(frozen=True, slots=True)
class Together:
    """At least one classifier of the same language."""

    classifiers: tuple[Classifier, ...]

    def __call__(self, words: Sequence[str]) -> Chances:
        """Ask all of them."""
        asked = (astuple(classifier(words)) for classifier in self.classifiers)
        return Chances(*map(fmean, zip(*asked, strict=True)))
