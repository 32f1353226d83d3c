"""What stands before any tip: the lock, a look at the signs, what today and the profile bar."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.domain.pain import BodyRegion, Phase
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import Profile, Runner
from bot.domain.schedule import STILL_ASKED
from bot.domain.tips import Situation, Tip, TipKind
from bot.domain.trends import ratings
from bot.services.notices import (
    EscalationNotice,
    LockReminder,
    ProfileQuestion,
    Purpose,
    Screening,
    TipsOff,
    TipsSection,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, say
from bot.services.steps.choosing import LastDays, last_days
from bot.services.steps.deciding import LOOKED_BACK, lists_denied, tips_off_until
from bot.services.unrecorded import STANDS_FOR

CLEAN_FOR: Final = STANDS_FOR


RATING_STANDS_FOR: Final = timedelta(hours=24)


CONTRIBUTOR_TOPIC: Final = "causes"


def section_of(tip: Tip) -> TipsSection:
    """Tell in which part of /tips a tip stands."""
    if tip.topic == CONTRIBUTOR_TOPIC:
        return TipsSection.CONTRIBUTORS
    if tip.kind is TipKind.PREVENTION:
        return TipsSection.BEFORE
    return TipsSection.WHEN_IT_HURTS


async def gate_of(uow: UnitOfWork, ports: Ports, runner: Runner | None, tip: Tip) -> Reply | None:
    """Give what stands before a tip for pain: the lock, then a look at the signs.

    Of somebody without consent no look is kept: they had it when they opened the list.
    """
    locked = await lock_of(uow, ports, runner)
    if locked is not None or section_of(tip) is not TipsSection.WHEN_IT_HURTS:
        return locked
    if runner is None or not runner.consented:
        return None
    return await screening(uow, ports, runner, Purpose.TIPS)


async def lock_of(uow: UnitOfWork, ports: Ports, runner: Runner | None) -> Reply | None:
    """Give what is shown instead of any tip while tips are off; None when they are on.

    What was tapped shows a tip or leads to one, and goes away.
    """
    if runner is None:
        return None
    escalations = await uow.escalations.open_for(runner.id)
    if escalations:
        return put_away(say(runner, LockReminder(escalations[0])))
    until = await tips_off_until(uow, runner, ports.clock.now())
    return put_away(say(runner, TipsOff(until))) if until else None


def look_again(
    ports: Ports, user_id: int, runner: Runner | None, purpose: Purpose
) -> Reply | None:
    """Ask who has no record and had a sign for another look: their old buttons know nothing of it.

    No list asks for thoughts of self-harm; after them there is the number once more.
    """
    now = ports.clock.now()
    if (runner is not None and runner.consented) or not ports.unrecorded.stands(user_id, now):
        return None
    country = runner.country if runner else None
    if ports.unrecorded.is_crisis(user_id, now):
        findings = frozenset({Finding.SELF_HARM})
        return put_away(say(runner, EscalationNotice(Urgency.EMERGENCY, findings, None, country)))
    return put_away(say(runner, Screening(purpose, country)))


def put_away(reply: Reply) -> Reply:
    """Let the tapped message, which shows advice or leads to it, not stand beside a sign."""
    return replace(reply, clears_tapped=True)


async def screening(
    uow: UnitOfWork, ports: Ports, runner: Runner | None, purpose: Purpose
) -> Reply | None:
    """Ask for both lists and the profile first; None when a clean look is under 12 hours old."""
    if runner is None or not runner.consented:
        return say(runner, Screening(purpose, runner.country if runner else None))
    since = ports.clock.now() - CLEAN_FOR
    recent = await uow.check_ins.since(runner.id, since - STILL_ASKED)
    clean = any(
        lists_denied(one) and one.last_touched_at and one.last_touched_at > since for one in recent
    )
    if not clean:
        return say(runner, Screening(purpose, runner.country))
    if runner.profile is None:
        return say(runner, ProfileQuestion(Profile(), purpose))
    return None


async def moment_of(
    uow: UnitOfWork, ports: Ports, runner: Runner | None, profile: Profile | None
) -> Situation:
    """Describe the last days to the rules that bar a tip somebody looks up."""
    rating, region, lately = 0, None, LastDays()
    if runner is not None and runner.consented:
        now = ports.clock.now()
        check_ins = await uow.check_ins.since(runner.id, now - LOOKED_BACK)
        rated = [one.rating for one in ratings(check_ins) if one.at > now - RATING_STANDS_FOR]
        rating = rated[-1] if rated else 0
        # One that was due before the last day may have been answered late within it.
        since = now - RATING_STANDS_FOR - STILL_ASKED
        recent = [one for one in check_ins if one.due_at >= since]
        places = [one.region for one in recent if one.rating and one.region]
        region = places[-1] if places else BodyRegion.BETWEEN_BLADES
        lately = await last_days(uow, ports, runner, check_ins)
    return Situation(
        rating=rating,
        region=region,
        contributor=None,
        phase=Phase.ACUTE if rating else Phase.SETTLING,
        profile=profile or Profile(undisclosed=True),
        no_exercise=lately.no_exercise,
        findings=lately.findings,
        long_run=lately.long_run,
    )
