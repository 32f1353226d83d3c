"""Which rows are about a runner: what an export gives and a deletion takes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, select

from bot.storage.tables import answers, check_ins, runners


def about(table: Table, runner_id: int) -> ColumnElement[bool] | None:
    """Give the condition for a table's rows about one runner, None where it holds none."""
    if table is runners:
        return runners.c.id == runner_id
    if table is answers:
        theirs = select(check_ins.c.id).where(check_ins.c.runner_id == runner_id)
        return answers.c.check_in_id.in_(theirs)
    return table.c.runner_id == runner_id if "runner_id" in table.c else None
