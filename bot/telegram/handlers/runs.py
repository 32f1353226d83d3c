"""Handlers of runs, the plan and the record."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from bot.services.notices import RunDetail
from bot.services.replies import Reply, Toast, toast
from bot.telegram.callbacks import HistoryTap, PlanDaysTap, WhyTap
from bot.telegram.handlers.route import Commands, Here, Taps
from bot.telegram.run_callbacks import (
    AskNowTap,
    RunAgoTap,
    RunAmountTap,
    RunDetailTap,
    RunWhenTap,
    RunYesterdayTap,
    UndoRunTap,
)

_LONGEST_AGO: Final = 2 * 24 * 60
"""Minutes; a forged number may be too long for a timedelta."""
_HOURS: Final = 24
_HUNDREDS_OF_METRES: Final = 10


async def run(here: Here) -> Reply:
    """/run, with or without a time behind it."""
    if here.text:
        return await here.use_cases.read_run_time(here.user_id, here.update_id, here.text)
    return await here.use_cases.ask_about_run(here.user_id)


async def run_when(tap: RunWhenTap, here: Here) -> Reply:
    """Offer other times."""
    return await here.use_cases.ask_about_run(here.user_id, tap.which)


async def run_ago(tap: RunAgoTap, here: Here) -> Reply:
    """Log a run that ended some minutes ago."""
    ago = timedelta(minutes=min(tap.minutes, _LONGEST_AGO))
    return await here.use_cases.log_run(here.user_id, here.update_id, ago)


async def run_yesterday(tap: RunYesterdayTap, here: Here) -> Reply:
    """Log yesterday's run."""
    hour = tap.hour % _HOURS
    return await here.use_cases.log_run_yesterday(here.user_id, here.update_id, hour)


async def ask_now(tap: AskNowTap, here: Here) -> Reply:
    """Ask about this run now."""
    return await here.use_cases.ask_about_run_now(here.user_id, tap.run_id)


async def undo_run(tap: UndoRunTap, here: Here) -> Reply:
    """Take a run back."""
    return await here.use_cases.undo_run(here.user_id, tap.run_id)


async def run_detail(tap: RunDetailTap, here: Here) -> Reply:
    """Offer distances or durations."""
    return await here.use_cases.ask_run_detail(here.user_id, tap.run_id, tap.detail)


async def run_amount(tap: RunAmountTap, here: Here) -> Reply:
    """Store a distance or a duration."""
    distance = tap.detail is RunDetail.DISTANCE
    amount = tap.amount / _HUNDREDS_OF_METRES if distance else float(tap.amount)
    return await here.use_cases.add_run_detail(here.user_id, tap.run_id, tap.detail, amount)


async def plan_days(tap: PlanDaysTap, here: Here) -> Reply:
    """Tick running days, or save them."""
    days = frozenset(int(day) for day in tap.days if day in "0123456")
    if len(tap.at) != len("HHMM") or not tap.at.isdigit() or tap.at > "2359":
        return toast(None, Toast.OLD_BUTTON)
    at = time(int(tap.at[:2]) % _HOURS, int(tap.at[2:]) % 60)
    plan = here.use_cases.weekly_plan
    return await (plan.save if tap.save else plan.edit)(here.user_id, days, at)


async def plan(here: Here) -> Reply:
    """/plan."""
    return await here.use_cases.weekly_plan.show(here.user_id)


async def history(here: Here) -> Reply:
    """/history."""
    return await here.use_cases.show_history(here.user_id)


async def history_days(tap: HistoryTap, here: Here) -> Reply:
    """/history over another span."""
    return await here.use_cases.show_history(here.user_id, tap.days)


async def export(here: Here) -> Reply:
    """/export."""
    return await here.use_cases.export(here.user_id)


async def why(here: Here) -> Reply:
    """/why."""
    return await here.use_cases.explain_decision(here.user_id)


async def why_before(tap: WhyTap, here: Here) -> Reply:
    """Explain an earlier decision."""
    return await here.use_cases.explain_decision(here.user_id, tap.decision_id)


TAPS: Final[Taps] = {
    RunWhenTap: run_when,
    RunAgoTap: run_ago,
    RunYesterdayTap: run_yesterday,
    AskNowTap: ask_now,
    UndoRunTap: undo_run,
    RunDetailTap: run_detail,
    RunAmountTap: run_amount,
    PlanDaysTap: plan_days,
    HistoryTap: history_days,
    WhyTap: why_before,
}
COMMANDS: Final[Commands] = {
    "run": run,
    "plan": plan,
    "history": history,
    "export": export,
    "why": why,
}
