"""Whether tips are fit to be given: reviewed fields, guards on exercise, and reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Final

from bot.content.model import Draft
from bot.content.parsing import tip_file
from bot.content.problems import Problem
from bot.content.yaml_file import Loc
from bot.domain.not_when import NEVER_EXERCISE, NotWhen
from bot.domain.pain import NRS_MAX, SEVERE, UPPER_BACK, BodyRegion, Contributor, Phase
from bot.domain.red_flags import Finding, Rule
from bot.domain.runner import FALLBACK, AgeBand, Profile
from bot.domain.tips import Situation, Tip, TipKind, fits, pain_span_is_valid

CLINICAL: Final = "clinical"
REACH: Final = "reach"

GUARDS: Final = NEVER_EXERCISE | {NotWhen.OUTSIDE_UPPER_BACK}
"""What rules out every tip that asks the runner to move or load the back."""

MEDICINE_GUARDS: Final = frozenset(
    {
        NotWhen.BLOOD_THINNERS,
        NotWhen.PREGNANCY,
        NotWhen.OVER_65,
        NotWhen.DARK_URINE,
        NotWhen.LONG_RUN,
    }
)
"""What the bot can know that rules out a tip about medicines; the rest is asked."""

LEAST_FOR_MOST: Final = 3
"""Tips left in every cell of the upper back for a runner whose profile rules nothing out."""

LEAST_FOR_ALL: Final = 2
"""Tips left in every cell of any place for a runner who told nothing."""

_OPEN: Final = Profile(age_band=AgeBand.UP_TO_54)
_CLOSED: Final = Profile(undisclosed=True)
_MILD: Final = range(1, 5)
_NOTHING: Final[frozenset[Finding]] = frozenset()
_TOLD: Final = ((_OPEN, _NOTHING), (_CLOSED, _NOTHING), (_CLOSED, frozenset(Finding)))
"""Profiles and findings of the last week: nothing against any tip, to everything against it."""

_MEDICINE: Final = re.compile(
    r"\b(?:ibuprofen|naproxen|aspirin|paracetamol|acetaminophen|anti-inflammator\w*"
    r"|pain ?killers?|pain relie\w+|tablets?|pills?)\b",
    re.IGNORECASE,
)


def tip_problems(draft: Draft) -> Iterator[Problem]:
    """Report tips that must not be given as they are, and runners left without one."""
    for tip in draft.library.tips:
        yield from review_problems(draft, tip_file(tip.id), (), tip)
        yield from _span(draft, tip)
        yield from _guards(draft, tip)
        yield from _medicines(draft, tip)
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


def _medicines(draft: Draft, tip: Tip) -> Iterator[Problem]:
    """A tip that speaks of a medicine asks for the reasons against it before it is shown."""
    texts, file = draft.library.texts, tip_file(tip.id)
    entries = texts.entries(FALLBACK)
    ids = [f"tip-{tip.id}{part}" for part in ("", ".how", ".dose", ".line")]
    said = " ".join(texts.render(FALLBACK, id_, {})[0] for id_ in ids if id_ in entries)
    named = _MEDICINE.search(said)
    if named and not tip.asks_first:
        message = f"{tip.id} speaks of “{named[0]}”, so asks_first must be true"
        yield draft.problem(file, (), CLINICAL, message)
    if not tip.asks_first:
        return
    if tip.chosen_in_check_in:
        message = f"{tip.id} asks first, so chosen_in_check_in must be false"
        yield draft.problem(file, (), CLINICAL, message)
    missing = sorted(MEDICINE_GUARDS - set(tip.not_when))
    if missing:
        message = f"{tip.id} asks first, so not_when needs {', '.join(missing)}"
        yield draft.problem(file, ("not_when",), CLINICAL, message)


def _situations(
    rating: int, profile: Profile, findings: frozenset[Finding] = frozenset()
) -> Iterator[Situation]:
    for region, phase in product(BodyRegion, Phase):
        yield Situation(
            rating,
            region,
            Contributor.NONE,
            phase,
            profile,
            no_exercise=bool(findings),
            findings=findings,
            long_run=bool(findings),
        )


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
    for rating, told in product(range(NRS_MAX + 1), _TOLD):
        for situation in _situations(rating, *told):
            fitting = [tip for tip in tips if fits(tip, situation)]
            needed = _needed(situation)
            if len(fitting) < needed:
                cell = _cell(situation)
                yield Problem(where, 1, REACH, f"{len(fitting)} tips, not {needed}, for {cell}")
            for contributor in _unheard(situation, fitting):
                yield Problem(where, 1, REACH, f"no tip for {contributor} in {_cell(situation)}")


def _needed(situation: Situation) -> int:
    upper = situation.rating == 0 or situation.region in UPPER_BACK
    barred = situation.profile.undisclosed or situation.findings
    return LEAST_FOR_ALL if barred or not upper else LEAST_FOR_MOST


def _unheard(situation: Situation, fitting: list[Tip]) -> Iterator[Contributor]:
    """With mild upper-back pain, what fits today must make a difference to the tip."""
    if situation.rating not in _MILD or situation.region not in UPPER_BACK:
        return
    if situation.profile.undisclosed or situation.findings:
        return
    for contributor in Contributor:
        if contributor is Contributor.NONE:
            continue
        if not any(contributor in tip.contributors for tip in fitting):
            yield contributor


def _cell(situation: Situation) -> str:
    told = "an undisclosed profile" if situation.profile.undisclosed else "an open profile"
    signs = ", every sign this week" if situation.findings else ""
    return f"pain {situation.rating}, {situation.region}, {situation.phase}, {told}{signs}"
