"""What check-ins say together: episodes, flares, pain that is severe, rises, lasts or stays.

The thresholds are Aftermile's own, stricter than for low back pain, and no clinician has
verified them (content/red_flags.yaml carries the mark).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.check_in import NO, CheckIn, CheckInKind, Question
from bot.domain.pain import SEVERE, VERY_SEVERE, BodyRegion, Effect
from bot.domain.red_flags import Finding
from bot.domain.runner import AgeBand, Condition, Profile

EPISODE_OVER_AFTER: Final = timedelta(days=14)
SEVERE_TWICE_WITHIN: Final = timedelta(hours=48)
RISE: Final = 2
RISE_TO: Final = 4
FLARE: Final = 4
CALM: Final = 1
CALM_FOR: Final = timedelta(days=3)
FLARES: Final = 3
FLARES_WITHIN: Final = timedelta(weeks=8)
LASTING_ANSWERS: Final = 5
LASTING_OVER: Final = timedelta(days=10)
TRIED: Final = 3
"""Tips tried without any change for the better."""

_A_WEEK: Final = timedelta(days=7)
_LASTING: Final = {
    Finding.LASTING_14: timedelta(days=14),
    Finding.LASTING_28: timedelta(days=28),
    Finding.LASTING_42: timedelta(days=42),
}


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating in time."""

    at: datetime
    rating: int
    kind: CheckInKind
    run_id: int | None
    stops_daily_life: bool
    effect: Effect | None = None


def ratings(check_ins: Iterable[CheckIn]) -> tuple[Rated, ...]:
    """Pull the ratings out of check-ins, oldest first; unanswered ones are simply missing."""
    rated = []
    for check_in in check_ins:
        answer = next((a for a in check_in.answers if a.question is Question.RATING), None)
        if answer is None or check_in.rating is None:
            continue
        stops = (check_in.value(Question.DAILY_LIFE) or NO) != NO
        rated.append(
            Rated(
                answer.answered_at,
                check_in.rating,
                check_in.kind,
                check_in.run_id,
                stops,
                check_in.effect,
            )
        )
    return tuple(sorted(rated, key=lambda one: one.at))


def up_to(check_in: CheckIn, history: Sequence[Rated]) -> tuple[Rated, ...]:
    """Give the ratings up to and including a check-in's own; all of them if it has none."""
    own = ratings([check_in])
    return tuple(one for one in history if not own or one.at <= own[-1].at)


def episode(history: Sequence[Rated]) -> tuple[Rated, ...]:
    """Give the ratings of the running episode: from the first pain until 14 days of zeros."""
    running: list[Rated] = []
    last_pain_at: datetime | None = None
    for rated in history:
        if last_pain_at and rated.at - last_pain_at >= EPISODE_OVER_AFTER:
            running, last_pain_at = [], None
        if rated.rating > 0:
            last_pain_at = rated.at
        if last_pain_at:
            running.append(rated)
    return tuple(running)


def reaches_before(history: Sequence[Rated], since: datetime, *, whole_past: bool) -> bool:
    """Whether the ratings from `since` on may leave out a part of what the rules ask about.

    A running episode that began close to `since` may be older. Whether it is the first one ever
    (`whole_past`) matters once it has lasted a week.
    """
    running = episode(history)
    if not running:
        return False
    is_cut = running[0].at < since + EPISODE_OVER_AFTER
    return is_cut or (whole_past and _span(running) >= _A_WEEK and _is_first(running, history))


def findings(
    check_in: CheckIn,
    history: Sequence[Rated],
    profile: Profile | None,
    *,
    seen_at: datetime | None = None,
) -> frozenset[Finding]:
    """Turn one check-in, the ratings up to and including it, and the profile into findings.

    Severe ratings from before `seen_at`, when somebody qualified last looked, make no pair.
    """
    return frozenset(
        _from_region(check_in)
        | _from_ratings(check_in, history, seen_at)
        | _from_episode(check_in, history)
        | profile_findings(profile)
    )


def _from_region(check_in: CheckIn) -> set[Finding]:
    if (check_in.rating or 0) == 0:
        return set()
    found = {Finding.PAIN}
    if check_in.region is BodyRegion.CHEST:
        found.add(Finding.PAIN_IN_CHEST)
    if check_in.region is BodyRegion.BELLY:
        found.add(Finding.PAIN_IN_BELLY)
    return found


def _from_ratings(
    check_in: CheckIn, history: Sequence[Rated], seen_at: datetime | None
) -> set[Finding]:
    rating = check_in.rating
    if rating is None:
        return set()
    running = episode(history)
    unseen = [rated for rated in running if seen_at is None or rated.at > seen_at]
    rises = _rises(history)
    thresholds = {
        Finding.SEVERE_PAIN: rating >= SEVERE,
        Finding.VERY_SEVERE_PAIN: rating >= VERY_SEVERE,
        Finding.SEVERE_TWICE: rating >= SEVERE and _severe_twice(unseen),
        Finding.RISING_PAIN: rises[-1:] == [True] and rating >= RISE_TO,
        Finding.RISING_TWICE: rises[-2:] == [True, True],
    }
    found = {finding for finding, holds in thresholds.items() if holds}
    limited = sum(rated.stops_daily_life for rated in running)
    if (check_in.value(Question.DAILY_LIFE) or NO) != NO:
        found.add(Finding.STOPS_DAILY_LIFE)
        if limited > 1:
            found.add(Finding.STOPS_DAILY_LIFE_TWICE)
    return found


def _severe_twice(running: Sequence[Rated]) -> bool:
    severe = [rated.at for rated in running if rated.rating >= SEVERE]
    return len(severe) > 1 and severe[-1] - severe[-2] <= SEVERE_TWICE_WITHIN


def _rises(history: Sequence[Rated]) -> list[bool]:
    """Tell for each morning of the episode whether it was worse by two than after the same run.

    Mornings with nothing to compare are left out; the last rating has to be such a morning, else
    there is nothing to tell now. The evening before may be a 0 from before the episode.
    """
    earlier = len(history) - len(episode(history))
    rises: list[bool] = []
    is_told = False
    for place, morning in enumerate(history[earlier:], start=earlier):
        if morning.kind is not CheckInKind.MORNING or morning.run_id is None:
            is_told = False
            continue
        before = [
            one
            for at, one in enumerate(history[:place])
            if one.run_id == morning.run_id and (at >= earlier or one.rating == 0)
        ]
        is_told = bool(before)
        if before:
            rises.append(morning.rating >= before[-1].rating + RISE)
    return rises if is_told else []


def _from_episode(check_in: CheckIn, history: Sequence[Rated]) -> set[Finding]:
    """Say what the episode as a whole is like; only a painful check-in is a moment to say it."""
    running = episode(history)
    if not check_in.rating or not running:
        return set()
    painful = sum(rated.rating > 0 for rated in running)
    mostly = 2 * painful >= len(running)
    span = _span(running)
    # Being the first counts once an episode has lasted; before that it would explain nothing.
    enough = len(running) >= LASTING_ANSWERS and span >= LASTING_OVER
    tried = sum(rated.effect in {Effect.NO_CHANGE, Effect.WORSE} for rated in running)
    holding = {
        Finding.FIRST_EPISODE: span >= _A_WEEK and _is_first(running, history),
        Finding.LASTING_7: mostly and span >= _A_WEEK,
        Finding.THREE_FLARES: len(_flares(history)) >= FLARES,
        Finding.NO_BETTER: tried >= TRIED,
        **{
            finding: mostly and enough and span >= lasting for finding, lasting in _LASTING.items()
        },
    }
    return {finding for finding, holds in holding.items() if holds}


def _span(running: Sequence[Rated]) -> timedelta:
    return running[-1].at - running[0].at


def _is_first(running: Sequence[Rated], history: Sequence[Rated]) -> bool:
    return not any(rated.rating > 0 and rated.at < running[0].at for rated in history)


def _flares(history: Sequence[Rated]) -> list[datetime]:
    """Give the flares of the last weeks: strong pain after some days of little or none."""
    flares: list[datetime] = []
    calm_since: datetime | None = None
    for rated in history:
        if rated.rating <= CALM:
            calm_since = calm_since or rated.at
            continue
        if rated.rating >= FLARE and calm_since and rated.at - calm_since >= CALM_FOR:
            flares.append(rated.at)
        calm_since = None
    return [at for at in flares if at > history[-1].at - FLARES_WITHIN]


def profile_findings(profile: Profile | None) -> set[Finding]:
    """Give what the safety profile says by itself; an undisclosed one says nothing."""
    if profile is None:
        return set()
    found = {_CONDITIONS[one] for one in profile.conditions if one in _CONDITIONS}
    if profile.age_band in {AgeBand.FROM_55, AgeBand.FROM_66}:
        found.add(Finding.OVER_55)
    return found


_CONDITIONS: Final = {
    Condition.CANCER: Finding.CANCER_HISTORY,
    Condition.FRAGILE_BONES: Finding.FRAGILE_BONES,
    Condition.PREGNANCY: Finding.PREGNANT,
}
