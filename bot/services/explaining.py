"""Use cases that tell how a decision came about: the rulesets kept for it, and the telling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.domain import tips as choosing
from bot.domain import trends
from bot.domain.check_in import WHICH, Answer, CheckIn, Kept
from bot.domain.decision import Decision, GivenTip
from bot.domain.escalation import Cleared, behind
from bot.domain.pain import Effect, Phase
from bot.domain.rulesets import KeptRuleset, kept
from bot.domain.runner import Runner
from bot.services.notices import Explanation, NothingDecided
from bot.services.notices.explaining import ChosenTip, FiredRule, Said
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, Toast, say, swap, toast
from bot.services.runners import agreed
from bot.services.steps.deciding import EVER, LOOKED_BACK, tips_are_off

NAMED_LATER: Final = frozenset(WHICH.values())
"""Questions that may be answered after the decision: "one or more" counts at once."""


@dataclass(frozen=True, slots=True)
class KeepRuleset:
    """Keep the rules in force under their hash; every start does it."""

    ports: Ports

    async def __call__(self) -> bool:
        """Store them if this database has not seen them; whether it was so."""
        async with self.ports.unit_of_work() as uow:
            now = self.ports.clock.now()
            return await uow.rulesets.keep(kept(self.ports.ruleset, now))


@dataclass(frozen=True, slots=True)
class ExplainDecision:
    """Say which answers and which rules of the time led to a decision."""

    ports: Ports

    async def __call__(self, user_id: int, decision_id: int | None = None) -> Reply:
        """/why: the runner's last decision, or a named earlier one in its place.

        No tip is shown while tips are off.
        """
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            if decision_id is None:
                decision = await uow.decisions.latest(runner.id)
                return say(runner, await self._told(uow, runner, decision))
            decision = await uow.decisions.get(decision_id)
            if decision is None or decision.runner_id != runner.id:
                return toast(runner, Toast.OLD_BUTTON)
            return swap(runner, await self._told(uow, runner, decision))

    async def _told(
        self, uow: UnitOfWork, runner: Runner, decision: Decision | None
    ) -> Explanation | NothingDecided:
        if decision is None:
            return NothingDecided()
        now = self.ports.clock.now()
        told = await self._explained(uow, decision)
        lock = next(iter(await uow.escalations.open_for(runner.id)), None)
        if await tips_are_off(uow, runner, now):
            told = replace(told, tips=(), tips_off=bool(told.tips))
        decisions = await uow.decisions.since(runner.id, now - LOOKED_BACK)
        before = [one for one in decisions if one.id < decision.id]
        return replace(told, lock=lock, earlier=before[-1] if before else None)

    async def of(self, decision_id: int) -> Explanation | None:
        """Explain any decision, for operators and reviewers; None for an unknown one."""
        async with self.ports.unit_of_work(writing=False) as uow:
            decision = await uow.decisions.get(decision_id)
            return await self._explained(uow, decision) if decision else None

    async def _explained(self, uow: UnitOfWork, decision: Decision) -> Explanation:
        check_in = await uow.check_ins.get(decision.check_in_id) if decision.check_in_id else None
        ruleset = await self._ruleset(uow, decision)
        rules = tuple(
            FiredRule(id_, ruleset.rule(id_) if ruleset else None) for id_ in decision.rules
        )
        return Explanation(
            decision=decision,
            said=_said(decision, check_in),
            kept=check_in.kept if check_in else Kept(),
            rules=rules,
            tips=await self._tips(uow, decision, check_in) if check_in else (),
            ruleset=ruleset,
            changed=decision.ruleset_hash != self.ports.ruleset.hash,
            mistaken=await _was_mistaken(uow, decision),
        )

    async def _ruleset(self, uow: UnitOfWork, decision: Decision) -> KeptRuleset | None:
        """Find the rules that decided.

        Those in force may have been reviewed since they were kept: what decides is the same, by
        its hash, and what is known about it is newer.
        """
        found = await uow.rulesets.get(decision.ruleset_hash)
        if decision.ruleset_hash != self.ports.ruleset.hash:
            return found
        return kept(self.ports.ruleset, found.first_seen_at if found else decision.made_at)

    async def _tips(
        self, uow: UnitOfWork, decision: Decision, check_in: CheckIn
    ) -> tuple[ChosenTip, ...]:
        seen = _as_seen(decision, check_in)
        history = await uow.tips.history(decision.runner_id)
        phase = await _phase(uow, decision, seen)
        return tuple(self._chosen(id_, decision, seen, phase, history) for id_ in decision.tips)

    def _chosen(
        self,
        tip_id: str,
        decision: Decision,
        seen: CheckIn,
        phase: Phase,
        history: tuple[GivenTip, ...],
    ) -> ChosenTip:
        tip = self.ports.tip(tip_id)
        return ChosenTip(
            id=tip_id,
            tip=tip,
            rating=seen.rating or 0,
            region=seen.region,
            contributor=seen.contributor if tip and seen.contributor in tip.contributors else None,
            phase=phase,
            helped_before=any(_helped_by(one, tip_id, decision) for one in history),
        )


def _said(decision: Decision, check_in: CheckIn | None) -> tuple[Said, ...]:
    """Give the last answer per question with its time, and the sign that was named later."""
    latest = dict(decision.answers)
    given = check_in.answers if check_in else ()
    times = {(one.question, one.value): one.answered_at for one in given}
    said = [Said(*answer, times.get(answer)) for answer in latest.items()]
    later = [one for one in given if one.question in NAMED_LATER and one.question not in latest]
    return (*said, *(Said(one.question, one.value, one.answered_at) for one in later))


def _as_seen(decision: Decision, check_in: CheckIn) -> CheckIn:
    """Give the check-in with the answers it had when it was decided on."""
    answers = tuple(
        Answer(question, value, decision.made_at) for question, value in decision.answers
    )
    return replace(check_in, answers=answers)


async def _phase(uow: UnitOfWork, decision: Decision, seen: CheckIn) -> Phase:
    """Tell how old the episode was then; what was rated later is no part of it."""
    since = decision.made_at - LOOKED_BACK
    check_ins = await uow.check_ins.since(decision.runner_id, since)
    known = [one for one in trends.ratings(check_ins) if one.at <= decision.made_at]
    running = trends.episode(known)
    started_at = running[0].at if running else None
    return choosing.phase_of(seen.rating or 0, started_at, decision.made_at)


def _helped_by(given: GivenTip, tip_id: str, decision: Decision) -> bool:
    if given.tip_id != tip_id or given.effect is not Effect.HELPED or given.effect_at is None:
        return False
    return given.effect_at <= decision.made_at


async def _was_mistaken(uow: UnitOfWork, decision: Decision) -> bool:
    """Whether the escalation it opened, or was kept with, was closed as a mistake."""
    known = await uow.escalations.since(decision.runner_id, decision.made_at - EVER)
    escalation = behind(decision, known)
    return escalation is not None and escalation.cleared is Cleared.MISTAKE
