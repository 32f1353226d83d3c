"""Use cases that give the runner their own record back: numbers, a summary, an export."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.check_in import CheckIn, CheckInKind, Closed
from bot.domain.red_flags import Finding
from bot.domain.runner import Runner
from bot.domain.schedule import Run
from bot.services.notices import (
    ExportFile,
    HistoryLine,
    Summary,
)
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, say
from bot.services.runners import agreed
from bot.services.steps.deciding import signs_of
from bot.services.steps.remembering import MISSED, standing_decisions

SUMMARY_OVER: Final = timedelta(days=42)
BEFORE_EVERYTHING: Final = timedelta(days=36_500)
_SILENT: Final = frozenset({CheckInKind.SCREEN, CheckInKind.READ})


def _line(check_in: CheckIn) -> HistoryLine:
    return HistoryLine(
        at=check_in.opened_at or check_in.due_at,
        kind=check_in.kind,
        rating=check_in.rating,
        closed=check_in.closed,
        signs=signs_of(check_in) - {Finding.PAIN},
    )


async def _lines(uow: UnitOfWork, runner: Runner, since: datetime) -> tuple[HistoryLine, ...]:
    """Give asked check-ins and missed ones; what was replaced before its time is no gap."""
    asked = [
        _line(one)
        for one in await uow.check_ins.since(runner.id, since)
        if (one.opened_at is not None or one.closed in MISSED) and one.kind not in _SILENT
    ]
    typed = [
        HistoryLine(
            one.made_at, CheckInKind.READ, None, Closed.DONE, one.findings - {Finding.PAIN}
        )
        for one in await standing_decisions(uow, runner, since)
        if one.is_from_words
    ]
    return tuple(sorted((*asked, *typed), key=lambda line: line.at))


@dataclass(frozen=True, slots=True)
class MakeSummary:
    """Answer "Make my summary": six weeks in plain lines to show to a doctor."""

    ports: Ports

    async def __call__(self, user_id: int) -> Reply:
        """Gather scores, signs, decisions, tips and runs."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            since = self.ports.clock.now() - SUMMARY_OVER
            tips = await uow.tips.history(runner.id)
            return say(
                runner,
                Summary(
                    await standing_decisions(uow, runner, since),
                    await _lines(uow, runner, since),
                    tuple(one for one in tips if one.given_at > since),
                    len(await uow.runs.since(runner.id, since)),
                ),
            )


@dataclass(frozen=True, slots=True)
class Export:
    """/export: everything as JSON, check-ins and runs as CSV."""

    ports: Ports

    async def __call__(self, user_id: int) -> Reply:
        """Make the files; they go into the chat and are not kept."""
        async with self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            everything = await uow.everything_about(runner.id)
            since = self.ports.clock.now() - BEFORE_EVERYTHING
            check_ins = await uow.check_ins.since(runner.id, since)
            runs = await uow.runs.since(runner.id, since)
        text = json.dumps(everything, ensure_ascii=False, indent=2, sort_keys=True, default=str)
        return say(
            runner,
            ExportFile("aftermile-everything.json", text.encode()),
            ExportFile("aftermile-check-ins.csv", _check_ins_csv(check_ins)),
            ExportFile("aftermile-runs.csv", _runs_csv(runs)),
        )


def _check_ins_csv(check_ins: Sequence[CheckIn]) -> bytes:
    header = ("asked_at", "kind", "pain_0_to_10", "where", "contributor", "signs", "closed")
    rows = [
        (
            one.opened_at.isoformat(),
            one.kind,
            one.rating,
            one.region,
            one.contributor,
            " ".join(sorted(signs_of(one) - {Finding.PAIN})),
            one.closed,
        )
        for one in check_ins
        if one.opened_at is not None
    ]
    return _csv(header, sorted(rows, key=lambda row: row[0]))


def _runs_csv(runs: Sequence[Run]) -> bytes:
    header = ("ended_at", "distance_km", "minutes")
    rows = [
        (
            run.ended_at.isoformat(),
            run.distance_km,
            int(run.duration.total_seconds() // 60) if run.duration else None,
        )
        for run in runs
    ]
    return _csv(header, rows)


def _csv(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
