"""Taking the runner's word, under a routine answer, that somebody has looked or will."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.domain.check_in import HAS_BOOKED, HAS_SEEN, Answer, CheckIn, Closed, Question
from bot.domain.red_flags import Urgency
from bot.domain.runner import Runner
from bot.services.notices import LockReminder
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, Toast, say, swap, toast
from bot.services.steps.recording import add_answer
from bot.services.steps.views import advice_of, show

WORDS: Final = frozenset({HAS_SEEN, HAS_BOOKED})


async def acknowledge(
    uow: UnitOfWork, ports: Ports, found: tuple[Runner, CheckIn], value: str
) -> Reply:
    """Store it with the check-in whose answer it is about; a second word changes nothing."""
    runner, check_in = found
    escalations = await uow.escalations.open_for(runner.id)
    if escalations:
        return say(runner, LockReminder(escalations[0]))
    decision = await uow.decisions.for_check_in(check_in.id)
    is_routine = decision is not None and decision.urgency is Urgency.ROUTINE
    if decision is None or not is_routine or check_in.closed is not Closed.DONE:
        return toast(runner, Toast.OLD_BUTTON)
    if value not in WORDS:
        return toast(runner, Toast.OLD_BUTTON)
    known = check_in.value(Question.ACKNOWLEDGED)
    if known is None:
        answer = Answer(Question.ACKNOWLEDGED, value, ports.clock.now())
        check_in = await add_answer(uow, check_in, answer)
    notice = await advice_of(uow, ports, runner, check_in, decision)
    return swap(runner, notice, Toast.ALREADY if known else Toast.NOTED)


async def take_word_back(
    uow: UnitOfWork, ports: Ports, runner: Runner, check_in: CheckIn
) -> Reply:
    """Undo that word, the last thing said; the advice is shown again with its buttons."""
    await uow.check_ins.undo_answer(check_in.answers[-1].id, ports.clock.now())
    left = replace(check_in, answers=check_in.answers[:-1])
    return replace(await show(uow, ports, runner, left), edits=())
