"""Use case in front of everything typed: does it say that something is wrong?

A stated sign escalates whatever the bot was asking; a possible one brings up the direct question.
What was typed is read and dropped: only findings are kept, never words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.domain.check_in import CheckInKind
from bot.domain.escalation import Escalation, back_again
from bot.domain.red_flags import UNNAMED, Finding, SignList, Urgency
from bot.domain.runner import FALLBACK, Runner
from bot.domain.trends import profile_findings
from bot.domain.triage import Assessment, assess
from bot.reading.findings import Outcome, Reading
from bot.reading.ratings import read_rating
from bot.services.notices import (
    EscalationNotice,
    LockReminder,
    SignsQuestion,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, joined, say
from bot.services.steps.escalating import follow_up_again, open_escalation, store_decision
from bot.services.steps.opening import ask_about, lock_open_ones, show_below
from bot.services.steps.views import tell

MOST_ASKED: Final = 3
"""Signs in one direct question; more of them are a list, and lists come by button."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that reached the bot: a text, an edit, a caption, or what follows a command."""

    user_id: int
    update_id: int
    text: str


@dataclass(frozen=True, slots=True)
class HeedSigns:
    """Read what was typed; give the answer to a sign, None where there is none."""

    ports: Ports

    async def __call__(self, words: Words) -> Reply | None:
        """Escalate, ask, or let pass."""
        if isinstance(read_rating(words.text), int):
            return None
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(words.user_id)
        reading = await self.ports.reader(words.text, runner.locale if runner else FALLBACK)
        own = assess_reading(reading, self.ports, runner)
        reply = await self._own(runner, reading, own, words)
        if Finding.SOMEONE_ELSE not in reading.findings:
            return reply
        other = _someone_else(runner)
        if reply is None or not own.urgency.escalates:
            return other
        return replace(reply, messages=(*other.messages, *reply.messages))

    async def _own(
        self, runner: Runner | None, reading: Reading, own: Assessment, words: Words
    ) -> Reply | None:
        """Answer what the text says about the runner."""
        if not own.urgency.escalates:
            asks = reading.outcome is Outcome.ASK
            return await self._ask(runner, reading, words) if asks else None
        told = await self._escalate(runner, own, words.user_id)
        if not reading.asked or runner is None or not runner.consented:
            return told
        # What may be worse than what is told is asked about below it.
        question = await self._ask(runner, reading, words)
        return told if question is None else joined(told, question)

    async def _escalate(
        self, runner: Runner | None, assessment: Assessment, user_id: int
    ) -> Reply:
        if runner is None or not runner.consented:
            country = runner.country if runner else None
            findings = assessment.findings
            is_crisis = Finding.SELF_HARM in findings
            self.ports.unrecorded.note(user_id, self.ports.clock.now(), is_crisis=is_crisis)
            return say(runner, EscalationNotice(assessment.urgency, findings, None, country))
        async with self.ports.unit_of_work() as uow:
            runner = await uow.runners.get(runner.id) or runner
            known = await uow.escalations.open_for(runner.id)
            if known and not self._needs_its_own(known[0], assessment):
                return await _keep(uow, self.ports, runner, known[0], assessment)
            asked = await lock_open_ones(uow, self.ports, runner, assessment.findings)
            escalation = await open_escalation(uow, self.ports, runner, None, assessment)
            return replace(asked, messages=(tell(runner, escalation), *asked.messages))

    def _needs_its_own(self, known: Escalation, new: Assessment) -> bool:
        """Whether it is told, and can be taken back, apart from what is open.

        Self-harm and a sign of the body are two emergencies. A sign that had gone comes back only
        by its own name, and after an emergency that had gone all that is typed counts anew.
        """
        if Finding.SELF_HARM in new.findings - known.findings or known.lowered_at is not None:
            return True
        came_back = new.findings & known.findings - {Finding.PAIN}
        if known.gone_at is not None and not came_back:
            return True
        alone = new.findings - {Finding.SELF_HARM}
        return assess(alone, self.ports.ruleset).urgency > self._open_urgency(known)

    def _open_urgency(self, known: Escalation) -> Urgency:
        """Tell how urgent an open escalation is for the body; self-harm says nothing there."""
        if Finding.SELF_HARM not in known.findings:
            return known.standing_urgency
        rest = assess(known.findings - {Finding.SELF_HARM}, self.ports.ruleset)
        return min(rest.urgency, known.standing_urgency)

    async def _ask(self, runner: Runner | None, reading: Reading, words: Words) -> Reply | None:
        """Put the direct question; an open escalation of that urgency asks enough already."""
        if runner is None or not runner.consented:
            self.ports.unrecorded.note(words.user_id, self.ports.clock.now())
            return say(runner, SignsQuestion(SignList.EMERGENCY))
        async with self.ports.unit_of_work() as uow:
            runner = await uow.runners.get(runner.id) or runner
            known = await uow.escalations.open_for(runner.id)
            asked = _asked_together(reading)
            urgency = assess(frozenset(asked), self.ports.ruleset).urgency
            if known and urgency <= self._open_urgency(known[0]):
                return None
            for one in await uow.check_ins.open_for(runner.id):
                if one.kind is CheckInKind.READ and set(asked) <= set(one.kept.asked):
                    return await show_below(uow, self.ports, runner, one)
            key = f"read:{runner.id}:{words.update_id}"
            return await ask_about(uow, self.ports, runner, asked, key)


@dataclass(frozen=True, slots=True)
class LanguagesInUse:
    """The languages whose readers a start makes ready before anything is read."""

    ports: Ports

    async def __call__(self) -> frozenset[str]:
        """Give those of all known runners."""
        async with self.ports.unit_of_work(writing=False) as uow:
            return await uow.runners.locales()


def _asked_together(reading: Reading) -> tuple[Finding, ...]:
    """Name what to ask about, with what was stated beside it.

    One may be serious only together with the other.
    """
    said = sorted(reading.findings - {*reading.asked, Finding.SOMEONE_ELSE})
    return (*reading.asked[:MOST_ASKED], *said)


def assess_reading(reading: Reading, ports: Ports, runner: Runner | None) -> Assessment:
    """Judge what was stated of the runner, with the safety profile where that adds to it.

    The profile alone is not judged here: "my back hurts" is for the check-in, which asks more.
    Thoughts of self-harm are answered even if they are only hinted at.
    """
    said = reading.findings - {Finding.SOMEONE_ELSE}
    if Finding.SELF_HARM in reading.asked:
        said |= {Finding.SELF_HARM}
    stated = said - {Finding.PAIN}
    profile = frozenset(profile_findings(runner.profile) if runner and stated else ())
    alone = assess(said, ports.ruleset)
    together = assess(said | profile, ports.ruleset)
    without = assess(profile | (said & {Finding.PAIN}), ports.ruleset)
    return together if together.urgency > max(alone.urgency, without.urgency) else alone


async def _keep(
    uow: UnitOfWork, ports: Ports, runner: Runner, known: Escalation, assessment: Assessment
) -> Reply:
    """Add what is new to an open escalation; one that had gone is back. Nothing is lowered.

    It is a decision of its own, so that /why and a doctor are told of it with its date.
    """
    named = assessment.findings - UNNAMED
    after = replace(known, findings=known.findings | named)
    if known.gone_at is not None:
        after = back_again(after)
        await follow_up_again(uow, ports, runner, after)
    if after == known:
        return say(runner, LockReminder(known))
    await uow.escalations.save(after)
    await store_decision(uow, ports, runner, None, assessment)
    return Reply(runner, messages=(tell(runner, after),))


def _someone_else(runner: Runner | None) -> Reply:
    """Give the emergency text for somebody else; nothing is stored, the runner is not locked."""
    country = runner.country if runner else None
    findings = frozenset({Finding.SOMEONE_ELSE})
    return say(runner, EscalationNotice(Urgency.EMERGENCY, findings, None, country))
