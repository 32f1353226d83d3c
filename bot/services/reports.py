"""The use case that gives runners their whole record back as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.check_in import CheckIn
from bot.domain.red_flags import Finding
from bot.domain.schedule import Run
from bot.services.notices import ExportFile
from bot.services.ports import Ports
from bot.services.replies import Reply, say
from bot.services.runners import agreed
from bot.services.steps.deciding import EVER, signs_of


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
            since = self.ports.clock.now() - EVER
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
