"""Weeks of a runner's record, put into the rows behind everybody's back."""

from datetime import datetime, timedelta

from bot.domain.check_in import Answer, CheckIn, CheckInKind, Closed, Question
from bot.domain.decision import GivenTip
from bot.domain.runner import PauseSpan, Runner
from bot.domain.schedule import Run
from bot.services.ports import UnitOfWork


async def remembers(uow: UnitOfWork, runner: Runner, now: datetime, days: int) -> None:
    """A run every second evening with ratings after it and next morning, getting better.

    Each seventh prompt goes unanswered, and there was a pause of four days.
    """
    pause = (days // 3, days // 3 - 4)
    for ago in range(days, 0, -2):
        if pause[1] < ago <= pause[0]:
            continue
        ended_at = now - timedelta(days=ago)
        far = 5.0 + (ago % 7) / 2 + (days - ago) // 10
        run = await uow.runs.add(Run(runner.id, ended_at, ended_at, distance_km=far))
        pain = round(6 * ago / days + ago % 3 / 2)
        soon = None if ago % 7 == 0 else pain
        await _asks(uow, run, CheckInKind.SOON_AFTER, timedelta(hours=1), soon)
        await _asks(uow, run, CheckInKind.MORNING, timedelta(hours=13), max(0, pain - 2))
        if ago % 5 == 0:
            await uow.tips.add(GivenTip(runner.id, "ice", ended_at, asked_for=False))
    if pause[1] > 0:
        begins, ends = (now - timedelta(days=ago) for ago in pause)
        await uow.pauses.add(PauseSpan(runner.id, begins, ends))


async def _asks(
    uow: UnitOfWork, run: Run, kind: CheckInKind, after: timedelta, rating: int | None
) -> None:
    at = run.ended_at + after
    asked = CheckIn(
        run.runner_id,
        kind,
        at,
        at.date(),
        f"record:{run.id}:{kind}",
        run_id=run.id,
        opened_at=at,
        closed_at=at,
        closed=Closed.EXPIRED if rating is None else Closed.DONE,
    )
    stored = await uow.check_ins.add(asked)
    if stored is not None and rating is not None:
        answer = Answer(Question.RATING, str(rating), at + timedelta(minutes=2))
        await uow.check_ins.add_answer(stored.id, answer)
