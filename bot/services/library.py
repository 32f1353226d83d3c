"""Use cases of /tips and /stretch: advice somebody looks up, behind a look at the signs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain import tips as choosing
from bot.domain.check_in import NONE_OF_THESE, ONE_OR_MORE, Answer, CheckIn, CheckInKind, Question
from bot.domain.flags import flags_of, profile_of
from bot.domain.not_when import NEVER_EXERCISE, NotWhen, reasons_in
from bot.domain.red_flags import SignList
from bot.domain.runner import Profile, Runner
from bot.domain.schedule import local
from bot.domain.tips import Situation, Tip, TipKind
from bot.services.notices import (
    AskFirst,
    EscalationNotice,
    ProfileQuestion,
    Purpose,
    Reasons,
    ReasonsAgainst,
    Screening,
    StretchEnd,
    StretchOver,
    StretchStep,
    TipPage,
    TipsList,
    TipsMenu,
    TipsSection,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, Toast, say, swap, toast
from bot.services.steps.finishing import go_on
from bot.services.steps.gates import (
    gate_of,
    lock_of,
    look_again,
    moment_of,
    put_away,
    screening,
    section_of,
)
from bot.services.steps.opening import open_now
from bot.services.steps.recording import add_answer
from bot.services.unrecorded import BOTH


@dataclass(frozen=True, slots=True)
class OpenTips:
    """/tips and its pages."""

    ports: Ports

    async def menu(self, user_id: int) -> Reply:
        """Show the sections, unless an escalation comes first."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            locked = await lock_of(uow, self.ports, runner)
            return locked or say(runner, TipsMenu())

    async def section(self, user_id: int, section: TipsSection) -> Reply:
        """List a section; "When it hurts" opens with the signs unless a clean look is recent."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            locked = await lock_of(uow, self.ports, runner)
            locked = locked or look_again(self.ports, user_id, runner, Purpose.TIPS)
            if locked is not None:
                return locked
            if section is TipsSection.WHEN_IT_HURTS:
                gate = await screening(uow, self.ports, runner, Purpose.TIPS)
                if gate is not None:
                    return gate
            return swap(runner, await listed(uow, self.ports, runner, section))

    async def page(self, user_id: int, tip_id: str, reasons: Reasons | None = None) -> Reply:
        """Show one tip; where the profile or the last days rule it out, it says so instead.

        Some tips ask for reasons against them first, each time: `reasons` is the answer, which
        is not stored. Anything but "none of these" leads to somebody who can be asked.
        """
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            tip = self.ports.tip(tip_id)
            if tip is None:
                return toast(runner, Toast.OLD_BUTTON)
            gate = look_again(self.ports, user_id, runner, Purpose.TIPS)
            gate = gate or await gate_of(uow, self.ports, runner, tip)
            if gate is not None:
                return gate
            moment = await moment_of(uow, self.ports, runner, runner.profile if runner else None)
            page = TipPage(section_of(tip), tip, barred=not choosing.allowed(tip, moment))
            if page.barred or not tip.asks_first or reasons is Reasons.NONE:
                return swap(runner, page)
            asking = ReasonsAgainst if reasons is None else AskFirst
            return swap(runner, asking(page.section, tip))


async def listed(
    uow: UnitOfWork, ports: Ports, runner: Runner | None, section: TipsSection
) -> TipsList:
    """Give the tips of a section in the table's order, without those that are ruled out now."""
    profile = runner.profile if runner else None
    moment = await moment_of(uow, ports, runner, profile)
    here = [tip for tip in ports.tips if section_of(tip) is section]
    fit = [tip for tip in here if choosing.allowed(tip, moment)]
    in_order = sorted(fit, key=lambda tip: (tip.topic, tip.rank, tip.id))
    return TipsList(section, tuple(in_order), left_out=len(fit) < len(here))


@dataclass(frozen=True, slots=True)
class AnswerScreening:
    """The answer to both lists on one screen; stored like any other with consent."""

    ports: Ports

    async def __call__(
        self, user_id: int, update_id: int, purpose: Purpose, reported: SignList | None
    ) -> Reply:
        """Go on to what was asked for, or to the escalation."""
        async with self.ports.unit_of_work() as uow:
            runner = await uow.runners.by_user(user_id)
            if runner is None or not runner.consented:
                return self._without_record(user_id, runner, purpose, reported)
            runner = await uow.runners.get(runner.id) or runner
            check_in = await self._check_in(uow, runner, update_id)
            if check_in is None:
                return toast(runner, Toast.ALREADY)
            return await self._record(uow, runner, check_in, (purpose, reported))

    async def _check_in(self, uow: UnitOfWork, runner: Runner, update_id: int) -> CheckIn | None:
        now = self.ports.clock.now()
        day = local(now, runner.zone or "UTC").date()
        key = f"screen:{runner.id}:{update_id}"
        made = CheckIn(runner.id, CheckInKind.SCREEN, now, day, key)
        return await uow.check_ins.add(made)

    async def _record(
        self,
        uow: UnitOfWork,
        runner: Runner,
        check_in: CheckIn,
        asked: tuple[Purpose, SignList | None],
    ) -> Reply:
        purpose, reported = asked
        now = self.ports.clock.now()
        opened = await open_now(uow, self.ports, runner, check_in)
        kept = await uow.check_ins.get(check_in.id) or check_in
        emergency = ONE_OR_MORE if reported is SignList.EMERGENCY else NONE_OF_THESE
        kept = await add_answer(uow, kept, Answer(Question.EMERGENCY, emergency, now))
        if reported is not SignList.EMERGENCY:
            same_day = ONE_OR_MORE if reported else NONE_OF_THESE
            kept = await add_answer(uow, kept, Answer(Question.SAME_DAY, same_day, now))
        reply = await go_on(uow, self.ports, runner, kept)
        if reported is None:
            reply = await self._clean(uow, runner, purpose)
        return replace(
            reply,
            edits=(*opened.edits, *reply.edits),
            messages=(*opened.messages[:-1], *reply.messages),
        )

    async def _clean(self, uow: UnitOfWork, runner: Runner, purpose: Purpose) -> Reply:
        """Go on after a clean look: by way of the profile where that is not known yet."""
        if runner.profile is not None:
            return await go_to(uow, self.ports, runner, purpose, flags_of(runner.profile))
        locked = await lock_of(uow, self.ports, runner)
        return locked or swap(runner, ProfileQuestion(Profile(), purpose))

    def _without_record(
        self, user_id: int, runner: Runner | None, purpose: Purpose, reported: SignList | None
    ) -> Reply:
        if reported is None:
            self.ports.unrecorded.denied(user_id, *BOTH)
            again = look_again(self.ports, user_id, runner, purpose)
            if again is not None:
                return again
            return swap(runner, ProfileQuestion(Profile(), purpose))
        country = runner.country if runner else None
        findings = frozenset({reported.unspecified})
        notice = EscalationNotice(reported.urgency, findings, None, country)
        # Nothing is locked where nothing is stored: the lists themselves must not stay.
        self.ports.unrecorded.note(user_id, self.ports.clock.now())
        return put_away(say(runner, notice))


async def go_to(
    uow: UnitOfWork, ports: Ports, runner: Runner | None, purpose: Purpose, flags: str
) -> Reply:
    """Go on to what the screening was for, unless an escalation comes first."""
    locked = await lock_of(uow, ports, runner)
    if locked is not None:
        return locked
    if purpose is Purpose.STRETCH:
        return await step_of(uow, ports, runner, 1, flags)
    return swap(runner, await listed(uow, ports, runner, TipsSection.WHEN_IT_HURTS))


@dataclass(frozen=True, slots=True)
class Stretch:
    """/stretch: the guided set. It is stateless: each button carries where it stands."""

    ports: Ports

    async def begin(self, user_id: int) -> Reply:
        """Open with the signs and the profile, or with the first movement."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            locked = await lock_of(uow, self.ports, runner)
            if locked is not None:
                return locked
            gate = await screening(uow, self.ports, runner, Purpose.STRETCH)
            if gate is not None or runner is None or runner.profile is None:
                return gate or say(runner, Screening(Purpose.STRETCH, None))
            return await step_of(uow, self.ports, runner, 1, flags_of(runner.profile))

    async def step(self, user_id: int, number: int, flags: str) -> Reply:
        """Show the numbered movement of the set that these flags allow."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            locked = await lock_of(uow, self.ports, runner)
            locked = locked or look_again(self.ports, user_id, runner, Purpose.STRETCH)
            if locked is not None:
                return locked
            if runner is not None and runner.consented:
                gate = await screening(uow, self.ports, runner, Purpose.STRETCH)
                if gate is not None:
                    return gate
            return await step_of(uow, self.ports, runner, number, flags)

    async def over(self, user_id: int, how: StretchEnd) -> Reply:
        """End the set, or take the answer to "How was that?"."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await uow.runners.by_user(user_id)
            locked = await lock_of(uow, self.ports, runner)
            locked = locked or look_again(self.ports, user_id, runner, Purpose.STRETCH)
            return locked or swap(runner, StretchOver(how))


async def step_of(
    uow: UnitOfWork, ports: Ports, runner: Runner | None, number: int, flags: str
) -> Reply:
    """Show one movement; a stored profile counts more than the flags in an old button."""
    stored = runner.profile if runner else None
    profile = stored or profile_of(flags)
    moment = await moment_of(uow, ports, runner, profile)
    if moment.no_exercise:
        return swap(runner, StretchOver(StretchEnd.NOT_TODAY))
    if not NEVER_EXERCISE.isdisjoint(reasons_in(moment.findings)):
        return swap(runner, StretchOver(StretchEnd.AFTER_A_SIGN))
    off = choosing.refused(await uow.tips.history(runner.id)) if runner else frozenset()
    movements = [tip for tip in allowed_movements(ports.tips, moment) if tip.id not in off]
    if not movements:
        return swap(runner, StretchOver(StretchEnd.NOTHING_FITS))
    if not 1 <= number <= len(movements):
        return swap(runner, StretchOver(StretchEnd.FINISHED))
    tip = movements[number - 1]
    return swap(runner, StretchStep(tip, number, len(movements), flags_of(profile)))


def allowed_movements(tips: tuple[Tip, ...], moment: Situation) -> tuple[Tip, ...]:
    """Give the movements of the set that nothing rules out, in the set's order."""
    here = moment.blocking - {NotWhen.OUTSIDE_UPPER_BACK}
    fit = [
        tip
        for tip in tips
        if tip.kind is TipKind.EXERCISE and tip.movement and here.isdisjoint(tip.not_when)
    ]
    return tuple(sorted(fit, key=lambda tip: (tip.rank, tip.id)))
