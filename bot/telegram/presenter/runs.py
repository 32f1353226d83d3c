"""How logging a run looks: a few taps, then when the check-ins come."""

from __future__ import annotations

from typing import Final, assert_never

from bot.domain.check_in import CheckInKind
from bot.domain.load import Compared, Odds
from bot.domain.schedule import Dropped
from bot.services.notices import (
    RunDetail,
    RunDetailQuestion,
    RunLogged,
    RunNotice,
    RunQuestion,
    RunUndone,
    RunWhen,
)
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.run_callbacks import (
    AskNowTap,
    RunAgoTap,
    RunAmountTap,
    RunDetailTap,
    RunWhenTap,
    RunYesterdayTap,
    UndoRunTap,
)
from bot.telegram.screen import Button, Rows, Screen

HOURS_AGO: Final = (1, 2, 3, 4, 6, 8)
YESTERDAY: Final = (7, 10, 13, 16, 19, 22)
KILOMETRES: Final = (3, 5, 8, 10, 15, 21, 30, 42)
MINUTES: Final = (20, 30, 45, 60, 90, 120, 180, 240)
_ROW: Final = 4


def run_screen(scene: Scene, notice: RunNotice) -> Screen:
    """Draw a message about a run."""
    match notice:
        case RunQuestion(which):
            return _when(scene, which)
        case RunLogged():
            return _logged(scene, notice)
        case RunDetailQuestion(run_id, detail):
            return _detail(scene, run_id, detail)
        case RunUndone(run):
            undone = scene.say("run-undone", time=scene.moment(run.ended_at))
            return Screen(joined(undone, scene.say("run-undone-check-ins")))
        case _:
            assert_never(notice)


def _when(scene: Scene, which: RunWhen) -> Screen:
    match which:
        case RunWhen.WHEN:
            rows: Rows = (
                (scene.key("key-run-now", RunAgoTap(0), style="primary"),),
                (
                    scene.key("key-run-earlier", RunWhenTap(RunWhen.EARLIER)),
                    scene.key("key-run-yesterday", RunWhenTap(RunWhen.YESTERDAY)),
                ),
                (scene.key("key-run-typed", RunWhenTap(RunWhen.TYPED)),),
            )
            return Screen(joined(scene.bold("run-when"), scene.say("run-when-type")), rows)
        case RunWhen.EARLIER:
            keys = [
                scene.key("key-hours-ago", RunAgoTap(hours * 60), hours=hours)
                for hours in HOURS_AGO
            ]
            return Screen(scene.bold("run-earlier"), _in_rows(keys, 2))
        case RunWhen.YESTERDAY:
            keys = [
                scene.key(f"key-yesterday-{hour}", RunYesterdayTap(hour)) for hour in YESTERDAY
            ]
            return Screen(scene.bold("run-yesterday"), _in_rows(keys, 2))
        case RunWhen.TYPED:
            return Screen(scene.say("run-typed"))
        case _:
            assert_never(which)


def _in_rows(keys: list[Button], width: int) -> Rows:
    return tuple(tuple(keys[at : at + width]) for at in range(0, len(keys), width))


def _logged(scene: Scene, notice: RunLogged) -> Screen:
    run = notice.run
    lines = [scene.bold("run-logged", time=scene.moment(run.ended_at))]
    if run.distance_km is not None:
        lines.append(scene.say("run-distance", km=f"{run.distance_km:g}"))
    if run.duration is not None:
        minutes = int(run.duration.total_seconds() // 60)
        lines.append(scene.say("run-duration", minutes=minutes))
    if notice.locked:
        return Screen(joined(*lines, scene.say("run-locked")))
    lines += ["", *_coming(scene, notice)]
    if notice.beside is not None and notice.beside.odds is not None:
        lines += ["", *_load_note(scene, notice.beside, notice.beside.odds)]
    return Screen(joined(*lines), _logged_keys(scene, notice))


def _load_note(scene: Scene, beside: Compared, odds: Odds) -> list[str]:
    """Say what a study found after runs so much longer, as odds."""
    percent = round(100 * beside.excess)
    return [
        scene.say("load-note", percent=percent, measure=beside.measure.value),
        scene.say("load-odds", times=odds.value),
        scene.say("load-most"),
    ]


def _coming(scene: Scene, notice: RunLogged) -> list[str]:
    plan = notice.plan
    lines: list[str] = []
    soon, morning = plan.slot(CheckInKind.SOON_AFTER), plan.slot(CheckInKind.MORNING)
    if soon is not None:
        later = soon.due_at > scene.now
        at = scene.moment(soon.due_at)
        lines.append(scene.say("run-soon", time=at) if later else scene.say("run-soon-now"))
    elif plan.dropped is Dropped.QUIET_HOURS:
        lines.append(scene.say("run-quiet"))
    elif plan.dropped is Dropped.PAST:
        lines.append(scene.say("run-past" if morning else "run-only-recorded"))
    if morning is not None:
        again = "run-morning" if soon is not None else "run-soon"
        lines.append(scene.say(again, time=scene.moment(morning.due_at)))
    if notice.paused:
        lines.append(scene.say("run-paused"))
    return lines


def _logged_keys(scene: Scene, notice: RunLogged) -> Rows:
    run_id = notice.run.id
    rows: list[tuple[Button, ...]] = []
    if notice.plan.ask_now:
        rows.append((scene.key("key-ask-now", AskNowTap(run_id), style="primary"),))
    rows.append(
        (
            scene.key("key-run-distance", RunDetailTap(run_id, RunDetail.DISTANCE)),
            scene.key("key-run-duration", RunDetailTap(run_id, RunDetail.DURATION)),
        )
    )
    rows.append((scene.key("key-run-undo", UndoRunTap(run_id)),))
    return tuple(rows)


def _detail(scene: Scene, run_id: int, detail: RunDetail) -> Screen:
    if detail is RunDetail.DISTANCE:
        keys = [
            scene.key("key-km", RunAmountTap(run_id, detail, km * 10), km=km) for km in KILOMETRES
        ]
        return Screen(scene.bold("run-which-distance"), _in_rows(keys, _ROW))
    keys = [
        scene.key("key-minutes", RunAmountTap(run_id, detail, minutes), minutes=minutes)
        for minutes in MINUTES
    ]
    return Screen(scene.bold("run-which-duration"), _in_rows(keys, _ROW))
