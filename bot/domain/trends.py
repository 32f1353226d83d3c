"""What the last check-ins say together: episodes, severe pain twice, pain that rises.

The thresholds are Aftermile's own, stricter than for low back pain, and no clinician has
verified them (content/red_flags.yaml carries the mark).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.check_in import NO, CheckIn, CheckInKind, Question
from bot.domain.pain import SEVERE, VERY_SEVERE, BodyRegion
from bot.domain.red_flags import Finding
from bot.domain.runner import Condition, Profile

EPISODE_OVER_AFTER: Final = timedelta(days=14)
SEVERE_TWICE_WITHIN: Final = timedelta(hours=48)
RISE: Final = 2
RISE_TO: Final = 4


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating in time."""

    at: datetime
    rating: int
    kind: CheckInKind
    run_id: int | None
    stops_daily_life: bool


def ratings(check_ins: Iterable[CheckIn]) -> tuple[Rated, ...]:
    """Pull the ratings out of check-ins, oldest first; unanswered ones are simply missing."""
    rated = []
    for check_in in check_ins:
        answer = next((a for a in check_in.answers if a.question is Question.RATING), None)
        if answer is None or check_in.rating is None:
            continue
        stops = (check_in.value(Question.DAILY_LIFE) or NO) != NO
        rated.append(
            Rated(answer.answered_at, check_in.rating, check_in.kind, check_in.run_id, stops)
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


def findings(
    check_in: CheckIn, history: Sequence[Rated], profile: Profile | None
) -> frozenset[Finding]:
    """Turn one check-in, the ratings up to and including it, and the profile into findings."""
    return frozenset(
        _from_region(check_in) | _from_ratings(check_in, history) | _from_profile(profile)
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


def _from_ratings(check_in: CheckIn, history: Sequence[Rated]) -> set[Finding]:
    rating = check_in.rating
    if rating is None:
        return set()
    running = episode(history)
    thresholds = {
        Finding.SEVERE_PAIN: rating >= SEVERE,
        Finding.VERY_SEVERE_PAIN: rating >= VERY_SEVERE,
        Finding.SEVERE_TWICE: rating >= SEVERE and _severe_twice(running),
        Finding.RISING_PAIN: _rose(running),
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


def _rose(running: Sequence[Rated]) -> bool:
    """Whether the next morning is worse by two than soon after the same run, and at least 4."""
    if not running or running[-1].kind is not CheckInKind.MORNING:
        return False
    morning = running[-1]
    before = [r for r in running[:-1] if r.run_id is not None and r.run_id == morning.run_id]
    if not before:
        return False
    return morning.rating >= max(RISE_TO, before[-1].rating + RISE)


def _from_profile(profile: Profile | None) -> set[Finding]:
    if profile is None:
        return set()
    found = set()
    if Condition.CANCER in profile.conditions:
        found.add(Finding.CANCER_HISTORY)
    if Condition.FRAGILE_BONES in profile.conditions:
        found.add(Finding.FRAGILE_BONES)
    return found
