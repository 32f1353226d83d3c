"""Whether tips are fit to be given: reviewed fields, guards on exercise, and reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Final

from bot.content.model import Draft
from bot.content.parsing import tip_file
from bot.content.problems import Problem
from bot.content.yaml_file import Loc
from bot.domain.pain import NRS_MAX, SEVERE, UPPER_BACK, BodyRegion, Contributor, Phase
from bot.domain.red_flags import Rule
from bot.domain.runner import AgeBand, Profile
from bot.domain.tips import NotWhen, Situation, Tip, TipKind, fits, pain_span_is_valid

CLINICAL: Final = "clinical"
REACH: Final = "reach"

GUARDS: Final = frozenset(
    {
        NotWhen.CANCER,
        NotWhen.FRAGILE_BONES,
        NotWhen.SEVERE_PAIN,
        NotWhen.OUTSIDE_UPPER_BACK,
    }
)
"""What rules out every tip that asks the runner to move or load the back."""

LEAST_FOR_MOST: Final = 3
"""Tips left in every cell of the upper back for a runner whose profile rules nothing out."""

LEAST_FOR_ALL: Final = 2
"""Tips left in every cell of any place for a runner who told nothing."""

_OPEN: Final = Profile(age_band=AgeBand.UP_TO_54)
_CLOSED: Final = Profile(undisclosed=True)
_MILD: Final = range(1, 5)


def tip_problems(draft: Draft) -> Iterator[Problem]:
    """Report tips that must not be given as they are, and runners left without one."""
    for tip in draft.library.tips:
        yield from review_problems(draft, tip_file(tip.id), (), tip)
        yield from _span(draft, tip)
        yield from _guards(draft, tip)
        yield from _reached(draft, tip)
    yield from _cells(draft)


def review_problems(draft: Draft, file: str, at: Loc, item: Tip | Rule) -> Iterator[Problem]:
    """Report what is missing for a clinician to sign: sources, `verified`, `reviewed_by`."""
    raw = draft.files[file].value
    for part in at:
        raw = raw[part]
    if not item.sources:
        yield draft.problem(file, (*at, "sources"), CLINICAL, f"{item.id} has no source")
    if not isinstance(raw, Mapping) or "reviewed_by" not in raw:
        yield draft.problem(file, at, CLINICAL, f"{item.id} does not say reviewed_by")
    if item.reviewed_by and not _is_date(item.reviewed_on):
        yield draft.problem(file, at, CLINICAL, f"{item.id} is signed but has no reviewed_on date")
    sources = draft.library.sources
    carried = any(sources[id_].verifies for id_ in item.sources if id_ in sources)
    if item.verified and not carried:
        message = f"{item.id} is verified, but none of its sources was read"
        yield draft.problem(file, (*at, "verified"), CLINICAL, message)


def _is_date(text: str | None) -> bool:
    try:
        date.fromisoformat(text or "")
    except ValueError:
        return False
    return True


def _span(draft: Draft, tip: Tip) -> Iterator[Problem]:
    if not pain_span_is_valid(tip):
        message = f"{tip.id}: pain must be a span within 0 to {NRS_MAX}"
        yield draft.problem(tip_file(tip.id), ("pain",), CLINICAL, message)
    if not tip.regions or not tip.phases:
        message = f"{tip.id} names no place or no phase"
        yield draft.problem(tip_file(tip.id), (), CLINICAL, message)


def _guards(draft: Draft, tip: Tip) -> Iterator[Problem]:
    """Whatever has a movement loads the back, whichever kind of tip it is in."""
    if tip.kind is TipKind.EXERCISE and tip.movement is None:
        message = f"{tip.id} is an exercise without a movement"
        yield draft.problem(tip_file(tip.id), (), CLINICAL, message)
    if tip.movement is None:
        return
    missing = sorted(GUARDS - set(tip.not_when))
    if missing:
        message = f"{tip.id} moves the back, so not_when needs {', '.join(missing)}"
        yield draft.problem(tip_file(tip.id), ("not_when",), CLINICAL, message)
    if tip.pain[1] >= SEVERE:
        message = f"{tip.id} moves the back, so it ends below {SEVERE}"
        yield draft.problem(tip_file(tip.id), ("pain",), CLINICAL, message)
    if not UPPER_BACK.issuperset(tip.regions):
        message = f"{tip.id} moves the upper back, so it is for upper-back pain only"
        yield draft.problem(tip_file(tip.id), ("regions",), CLINICAL, message)


def _situations(rating: int, profile: Profile) -> Iterator[Situation]:
    for region, phase in product(BodyRegion, Phase):
        yield Situation(rating, region, Contributor.NONE, phase, profile)


def _reached(draft: Draft, tip: Tip) -> Iterator[Problem]:
    """A tip for check-ins must be possible for somebody."""
    if not tip.chosen_in_check_in:
        return
    ratings = range(tip.pain[0], tip.pain[1] + 1)
    if not any(fits(tip, one) for rating in ratings for one in _situations(rating, _OPEN)):
        message = f"{tip.id} can never be chosen"
        yield draft.problem(tip_file(tip.id), (), REACH, message)


def _cells(draft: Draft) -> Iterator[Problem]:
    """Nobody may be left without a tip, whatever they said or kept to themselves."""
    tips = tuple(tip for tip in draft.library.tips if tip.chosen_in_check_in)
    where = f"{draft.folder}/tips"
    for rating, profile in product(range(NRS_MAX + 1), (_OPEN, _CLOSED)):
        for situation in _situations(rating, profile):
            fitting = [tip for tip in tips if fits(tip, situation)]
            needed = _needed(situation)
            if len(fitting) < needed:
                cell = _cell(situation)
                yield Problem(where, 1, REACH, f"{len(fitting)} tips, not {needed}, for {cell}")
            for contributor in _unheard(situation, fitting):
                yield Problem(where, 1, REACH, f"no tip for {contributor} in {_cell(situation)}")


def _needed(situation: Situation) -> int:
    upper = situation.rating == 0 or situation.region in UPPER_BACK
    return LEAST_FOR_MOST if upper and not situation.profile.undisclosed else LEAST_FOR_ALL


def _unheard(situation: Situation, fitting: list[Tip]) -> Iterator[Contributor]:
    """With mild upper-back pain, what fits today must make a difference to the tip."""
    if situation.rating not in _MILD or situation.region not in UPPER_BACK:
        return
    if situation.profile.undisclosed:
        return
    for contributor in Contributor:
        if contributor is Contributor.NONE:
            continue
        if not any(contributor in tip.contributors for tip in fitting):
            yield contributor


def _cell(situation: Situation) -> str:
    told = "an undisclosed profile" if situation.profile.undisclosed else "an open profile"
    return f"pain {situation.rating}, {situation.region}, {situation.phase}, {told}"
