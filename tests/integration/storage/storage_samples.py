"""Whole and bare objects: whole ones have no field at its default, bare ones nothing optional."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.check_in import Answer, CheckIn, CheckInKind, Closed, Kept, Question
from bot.domain.decision import Decision, GivenTip
from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState
from bot.domain.escalation import Cleared, Escalation, FollowUp, Reached
from bot.domain.pain import BodyRegion, Contributor, Effect
from bot.domain.red_flags import Finding, Urgency
from bot.domain.rulesets import KeptRule, KeptRuleset
from bot.domain.runner import (
    AgeBand,
    Awaiting,
    Condition,
    Consent,
    PauseSpan,
    PlannedRun,
    Preferences,
    Profile,
    QuietHours,
    Runner,
)
from bot.domain.schedule import Run
from tests.support.database import POSTGRES, SQLITE

NOW = datetime(2026, 11, 23, 15, 30, 0, 123456, tzinfo=UTC)
DAY = timedelta(days=1)
BIG = 2**52 - 1
"""The largest id Telegram promises to stay under."""

HEALTH = {
    "answers.value": "burning-strip",
    "runners.profile": "thinners",
    "check_ins.kept": "hunched",
    "escalations.findings": "sore-spine",
    "decisions.rules": "rule-seven-severe",
    "decisions.answers": "blades",
    "decisions.findings": "severe-twice",
    "given_tips.effect": "not_tried",
}
"""A word in each sealed column of a whole life that must be nowhere in the file."""

on_sqlite = pytest.mark.parametrize("url", [SQLITE], indirect=True)
on_postgres = pytest.mark.parametrize("url", [POSTGRES], indirect=True)
"""For what only one of the two can do."""


def at(hours):
    return NOW + timedelta(hours=hours)


def bare_runner(user_id=1):
    return Runner(user_id=user_id, chat_id=user_id, created_at=NOW, seen_at=NOW)


def whole_runner(user_id=BIG):
    return Runner(
        user_id=user_id,
        chat_id=BIG - 1,
        created_at=at(-99),
        seen_at=at(1),
        locale="pt-BR",
        adult_at=at(2),
        consent=Consent("2026-11", at(3)),
        declined_at=at(4),
        zone="America/Argentina/Buenos_Aires",
        city="Villa Ñandú",
        country="AR",
        place_confirmed_at=at(5),
        onboarded_at=at(6),
        profile=Profile(
            frozenset({Condition.BLOOD_THINNERS, Condition.CANCER}),
            AgeBand.FROM_66,
            undisclosed=True,
        ),
        preferences=Preferences(
            timedelta(minutes=90),
            time(6, 45),
            QuietHours(time(22), time(7, 30)),
            reminder=False,
            summary=False,
        ),
        plan=(PlannedRun(0, time(18)), PlannedRun(6, time(9, 30))),
        plan_asked_at=at(7),
        paused_at=at(8),
        paused_until=at(9),
        blocked_at=at(10),
        awaiting=Awaiting.RUN_TIME,
        awaiting_detail="23:15",
    )


def whole_pause(runner_id):
    return PauseSpan(runner_id, at(1), until=at(9), ended_at=at(5))


def bare_run(runner_id):
    return Run(runner_id=runner_id, ended_at=NOW, logged_at=NOW)


def whole_run(runner_id):
    return Run(
        runner_id=runner_id,
        ended_at=at(-2),
        logged_at=at(-1),
        distance_km=12.35,
        duration=timedelta(hours=1, seconds=7),
        undone_at=at(1),
        update_id=BIG,
    )


def bare_check_in(runner_id, key="soon:1", due_at=NOW):
    return CheckIn(runner_id, CheckInKind.SOON_AFTER, due_at, due_at.date(), key)


def whole_check_in(runner_id, run_id):
    return CheckIn(
        runner_id=runner_id,
        kind=CheckInKind.MORNING,
        due_at=at(3),
        local_date=date(2026, 11, 24),
        dedupe_key="morning:1",
        run_id=run_id,
        opened_at=at(4),
        closed_at=at(5),
        closed=Closed.STOPPED,
        message_id=BIG,
        late=True,
        kept=Kept(BodyRegion.ONE_SIDE, Contributor.HUNCHED, "shoulder-blade-squeeze"),
    )


def whole_answer():
    return Answer(Question.SAME_DAY_WHICH, Finding.BURNING_STRIP.value, at(4), update_id=BIG)


def bare_decision(runner_id):
    return Decision(runner_id, NOW, Urgency.SELF_CARE, (), "0" * 64, ())


def whole_decision(runner_id, check_in_id):
    return Decision(
        runner_id=runner_id,
        made_at=at(5),
        urgency=Urgency.URGENT,
        rules=("rule-seven-severe", "rule-two"),
        ruleset_hash="f" * 64,
        answers=((Question.RATING, "7"), (Question.REGION, "blades")),
        tips=("walk-it-out",),
        check_in_id=check_in_id,
        superseded_at=at(6),
        findings=frozenset({Finding.SEVERE_TWICE, Finding.PAIN}),
    )


def kept_ruleset(hash_="f" * 64):
    """Two rules, each with a value of its own everywhere."""
    severe = KeptRule(
        id="rule-seven-severe",
        urgency=Urgency.URGENT,
        all_of=(),
        any_of=("severe-twice",),
        once_per_episode=False,
        again_after=None,
        until_acknowledged=True,
        verified=True,
        reviewed_by=None,
        sources=("own",),
    )
    both = KeptRule(
        id="rule-two",
        urgency=Urgency.ROUTINE,
        all_of=("pain", "a-word-of-later"),
        any_of=(),
        once_per_episode=True,
        again_after=DAY,
        until_acknowledged=False,
        verified=False,
        reviewed_by="Dr Ito",
        sources=(),
    )
    return KeptRuleset(hash_, (severe, both), NOW)


def bare_tip(runner_id):
    return GivenTip(runner_id, "walk-it-out", NOW, asked_for=False)


def whole_tip(runner_id, check_in_id):
    return GivenTip(
        runner_id=runner_id,
        tip_id="open-the-chest",
        given_at=at(6),
        asked_for=True,
        check_in_id=check_in_id,
        effect=Effect.NOT_TRIED,
        effect_at=at(7),
        not_for_me_at=at(8),
    )


def bare_escalation(runner_id, urgency=Urgency.URGENT, opened_at=NOW):
    return Escalation(runner_id, urgency, frozenset(), opened_at)


def whole_escalation(runner_id, check_in_id, decision_id):
    return Escalation(
        runner_id=runner_id,
        urgency=Urgency.EMERGENCY,
        findings=frozenset({Finding.SORE_SPINE, Finding.CHEST_PAIN}),
        opened_at=at(6),
        decision_id=decision_id,
        check_in_id=check_in_id,
        message_id=BIG,
        sent_at=at(7),
        asked=FollowUp.STILL_GONE,
        reached=Reached.ON_THE_WAY,
        gone_at=at(8),
        lowered_at=at(9),
        tips_off_until=at(10),
        cleared_at=at(11),
        cleared=Cleared.CHECKED,
    )


def bare_delivery(runner_id, key, kind=DeliveryKind.CHECK_IN, due_at=NOW):
    return Delivery(runner_id, kind, 1, due_at, key)


def whole_delivery(runner_id, subject_id):
    return Delivery(
        runner_id=runner_id,
        kind=DeliveryKind.WERE_YOU_SEEN,
        subject_id=subject_id,
        due_at=at(12),
        dedupe_key="seen:1",
        attempts=3,
        state=DeliveryState.DEAD,
        reason="refused",
    )


async def store_whole_life(uow, user_id=BIG):
    """Store one whole object in every repository; gives them by the repository's name."""
    runner = await uow.runners.add(whole_runner(user_id))
    await uow.pauses.add(whole_pause(runner.id))
    run = await uow.runs.add(whole_run(runner.id))
    check_in = await uow.check_ins.add(
        replace(whole_check_in(runner.id, run.id), dedupe_key=f"morning:{user_id}")
    )
    answer = await uow.check_ins.add_answer(check_in.id, whole_answer())
    decision = await uow.decisions.add(whole_decision(runner.id, check_in.id))
    escalation = await uow.escalations.add(whole_escalation(runner.id, check_in.id, decision.id))
    delivery = replace(whole_delivery(runner.id, escalation.id), dedupe_key=f"seen:{user_id}")
    assert await uow.deliveries.enqueue(delivery)
    return {
        "runners": runner,
        "runs": run,
        "check_ins": replace(check_in, answers=(answer,)),
        "decisions": decision,
        "tips": await uow.tips.add(whole_tip(runner.id, check_in.id)),
        "escalations": escalation,
        "deliveries": await uow.deliveries.by_key(delivery.dedupe_key),
    }
