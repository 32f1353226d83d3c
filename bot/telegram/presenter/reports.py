"""How the plan and the files look; the record and the summary stand beside this file."""

from __future__ import annotations

from typing import Final, assert_never

from bot.domain.runner import Runner
from bot.services.notices import (
    ExportFile,
    HistoryShown,
    PlanEditor,
    PlanOffer,
    PlanPage,
    ReportNotice,
    Summary,
    WeeklySummary,
)
from bot.services.settings import DEFAULT_FINISH, FINISHES
from bot.telegram.callbacks import (
    Page,
    PageTap,
    PlaceAnswer,
    PlaceConfirmTap,
    PlanDaysTap,
)
from bot.telegram.presenter.history import history_screen
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.presenter.summary import summary_screen
from bot.telegram.screen import Attachment, Button, Rows, Screen

_WEEK: Final = range(7)


def report_screen(scene: Scene, notice: ReportNotice) -> Screen:
    """Draw a report."""
    match notice:
        case PlanPage():
            return _plan(scene, notice)
        case PlanOffer():
            return _offer(scene)
        case PlanEditor():
            return _editor(scene, notice)
        case HistoryShown() | WeeklySummary():
            return history_screen(scene, notice)
        case ExportFile(filename, content):
            caption = scene.say("export-caption", name=filename)
            return Screen(caption, attachment=Attachment(content, filename, "document"))
        case Summary():
            return summary_screen(scene, notice)
        case _:
            assert_never(notice)


def _plan(scene: Scene, page: PlanPage) -> Screen:
    lines = [
        scene.say(f"plan-line-{one.kind}", time=scene.dated(one.due_at)) for one in page.coming
    ] or [scene.say("plan-none")]
    if page.locked and page.coming:
        lines.insert(0, scene.say("plan-locked"))
    rows: Rows = (
        (scene.key("key-plan-edit", PageTap(Page.PLAN_EDIT)),),
        (scene.key("key-travelling", PlaceConfirmTap(PlaceAnswer.AGAIN)),),
    )
    head = scene.bold("plan-title")
    return Screen(joined(head, "", *lines, "", _days(scene, page.runner)), rows)


def _days(scene: Scene, runner: Runner) -> str:
    if not runner.plan:
        return scene.say("plan-no-days")
    days = ", ".join(scene.weekday(line.weekday) for line in runner.plan)
    return scene.say("plan-days", days=days, time=scene.clock(runner.plan[0].finish_at))


def _offer(scene: Scene) -> Screen:
    nothing = PlanDaysTap("-", f"{DEFAULT_FINISH:%H%M}", save=True)
    rows: Rows = (
        (scene.key("key-plan-offer-yes", PageTap(Page.PLAN_EDIT)),),
        (scene.key("key-plan-offer-no", nothing),),
    )
    text = joined(scene.bold("plan-offer"), scene.say("plan-offer-why"))
    return Screen(text, rows, silent=True)


def _editor(scene: Scene, editor: PlanEditor) -> Screen:
    def tap(days: frozenset[int], at: str, *, save: bool = False) -> PlanDaysTap:
        return PlanDaysTap("".join(map(str, sorted(days))) or "-", at, save)

    at = f"{editor.finish_at:%H%M}"
    days = [
        Button(
            f"{'✓ ' if day in editor.days else ''}{scene.weekday(day)}",
            tap(editor.days ^ {day}, at).pack(),
        )
        for day in _WEEK
    ]
    finishes = [
        Button(
            f"{'✓ ' if one == editor.finish_at else ''}{one:%H:%M}",
            tap(editor.days, f"{one:%H%M}").pack(),
        )
        for one in FINISHES
    ]
    save = scene.key("key-plan-save", tap(editor.days, at, save=True), style="primary")
    rows: Rows = (
        tuple(days[:4]),
        tuple(days[4:]),
        tuple(finishes[:4]),
        tuple(finishes[4:]),
        (save,),
    )
    finish = scene.say("plan-edit-finish", time=scene.clock(editor.finish_at))
    return Screen(joined(scene.bold("plan-edit-title"), finish), rows)
