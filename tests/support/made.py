"""Domain objects made in one line: whatever a test does not name has a plain default."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.check_in import Answer, CheckIn, CheckInKind, Question
from bot.domain.pain import BodyRegion, Phase
from bot.domain.runner import (
    CONSENT_VERSION,
    AgeBand,
    Consent,
    Profile,
    QuietHours,
    Rhythm,
    Runner,
)
from bot.domain.tips import Situation, Tip, TipKind

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
"""A Wednesday, far from any clock change."""

RHYTHM = Rhythm(
    first_check_in_after=timedelta(minutes=60),
    morning_at=time(8),
    quiet_hours=QuietHours(time(22), time(7)),
    reminder_after=timedelta(hours=3),
    start_within=timedelta(hours=8),
    finish_within=timedelta(minutes=45),
    emergency_follow_up_after=timedelta(minutes=15),
)
HEALTHY = Profile(age_band=AgeBand.UP_TO_54)


def check_in(*answers, kind=CheckInKind.SOON_AFTER, at=NOON, **fields):
    """A check-in opened at `at` with `(question, value)` answers, a minute apart."""
    given = tuple(
        Answer(question, value, at + timedelta(minutes=number), id=number)
        for number, (question, value) in enumerate(answers, start=1)
    )
    fields = {"id": 1, "opened_at": at, "answers": given, **fields}
    return CheckIn(1, kind, at, at.date(), f"{kind}:{at.isoformat()}", **fields)


def rated(rating, *, at=NOON, **fields):
    """A check-in with nothing but a rating."""
    return check_in((Question.RATING, str(rating)), at=at, **fields)


def runner(**fields):
    """A runner in Berlin who has been through /start and has a profile without conditions."""
    known = Runner(
        user_id=1,
        chat_id=1,
        created_at=NOON,
        seen_at=NOON,
        id=1,
        adult_at=NOON,
        consent=Consent(CONSENT_VERSION, NOON),
        zone="Europe/Berlin",
        city="Berlin",
        country="DE",
        place_confirmed_at=NOON,
        onboarded_at=NOON,
        profile=HEALTHY,
    )
    return replace(known, **fields)


def tip(tip_id, **fields):
    """A tip for mild to strong pain between the shoulder blades."""
    fields = {
        "kind": TipKind.TREATMENT,
        "topic": "easing",
        "sources": (),
        "verified": False,
        "regions": (BodyRegion.BETWEEN_BLADES,),
        "pain": (1, 10),
        **fields,
    }
    return Tip(tip_id, **fields)


def situation(rating=3, **fields):
    """A moment of settling pain between the shoulder blades of a healthy runner."""
    fields = {
        "region": BodyRegion.BETWEEN_BLADES,
        "contributor": None,
        "phase": Phase.SETTLING,
        "profile": HEALTHY,
        **fields,
    }
    return Situation(rating, **fields)
