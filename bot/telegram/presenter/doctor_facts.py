"""The short facts on a doctor's page: where, everyday life, this spell, runs, the profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.domain.check_in import NO, Question
from bot.domain.pain import MODERATE, Contributor
from bot.domain.runner import AgeBand, Condition, Profile
from bot.services.notices.summary import Summary
from bot.telegram.presenter.scene import Scene

MOST_PLACES: Final = 3


def facts_of(scene: Scene, summary: Summary) -> tuple[tuple[str, str], ...]:
    """Give pairs of a label and what it says."""
    facts = {
        "now": _now(scene, summary),
        "where": _where(scene, summary),
        "daily": _daily(scene, summary),
        "load": _load(scene, summary),
        "runs": ", ".join(_runs(scene, summary)),
        "profile": _profile(scene, scene.runner.profile if scene.runner else None),
    }
    return tuple((scene.raw(f"page-{name}"), says) for name, says in facts.items())


def _now(scene: Scene, summary: Summary) -> str:
    if summary.episode_since is None:
        return scene.raw("page-now-none")
    first = scene.local(summary.episode_since).date()
    days = (scene.local(summary.until).date() - first).days + 1
    length = scene.raw("page-days", days=days)
    return scene.raw("page-now-since", **{"from": scene.day(first, year=True)}, length=length)


def _where(scene: Scene, summary: Summary) -> str:
    places = Counter(one.region for one in summary.asked if one.rating and one.region)
    return _most(scene, {f"region-{place}": count for place, count in places.items()})


def _load(scene: Scene, summary: Summary) -> str:
    loads = Counter(one.contributor for one in summary.asked if one.rating and one.contributor)
    del loads[Contributor.NONE]
    return _most(scene, {f"contributor-{load}": count for load, count in loads.items()})


def _most(scene: Scene, counts: dict[str, int]) -> str:
    """Name the most frequent ones with their numbers."""
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_PLACES]
    said = [
        scene.raw("page-where-one", place=scene.raw(name), count=count) for name, count in ranked
    ]
    return ", ".join(said) or scene.raw("page-nothing")


def _daily(scene: Scene, summary: Summary) -> str:
    """Of the times it was asked: from moderate pain on, beside where it hurts."""
    painful = [
        one
        for one in summary.asked
        if (one.rating or 0) >= MODERATE and one.value(Question.REGION) is not None
    ]
    if not painful:
        return scene.raw("page-daily-unasked", least=MODERATE)
    stopped = sum((one.value(Question.DAILY_LIFE) or NO) != NO for one in painful)
    return scene.raw("page-daily-stopped", count=stopped, painful=len(painful), least=MODERATE)


def _runs(scene: Scene, summary: Summary) -> Iterator[str]:
    runs = summary.runs
    yield scene.raw("page-runs-count", count=len(runs))
    far = [run.distance_km for run in runs if run.distance_km]
    if far:
        yield scene.raw("page-runs-far", km=scene.decimal(sum(far)), count=len(far))
        yield scene.raw("page-runs-longest", km=scene.decimal(max(far)))
    timed = sum(run.duration is not None for run in runs)
    if timed:
        hours, minutes = divmod(int(summary.ran_for.total_seconds()) // 60, 60)
        time = scene.raw("page-hours", hours=hours, minutes=minutes)
        yield scene.raw("page-runs-long", time=time, count=timed)
    if runs:
        last = scene.local(runs[-1].ended_at).date()
        yield scene.raw("page-runs-last", at=scene.day(last))


def _profile(scene: Scene, profile: Profile | None) -> str:
    if profile is None:
        return scene.raw("page-profile-unasked")
    if profile.undisclosed:
        return scene.raw("page-profile-unsaid")
    told = [one for one in Condition if one in profile.conditions]
    names = "; ".join(scene.raw(f"condition-{one}") for one in told or Condition)
    said = names if told else scene.raw("page-profile-none", conditions=names)
    is_silent = profile.age_band is AgeBand.UNDISCLOSED
    age = scene.raw("page-profile-ageless" if is_silent else f"age-{profile.age_band}")
    return f"{said}. {scene.raw('page-profile-age', age=age)}"
