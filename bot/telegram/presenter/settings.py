"""How settings, pause and leaving for good look."""

from __future__ import annotations

from datetime import time, timedelta
from typing import assert_never

from bot.domain.runner import Preferences, QuietHours, Rhythm, Runner
from bot.services.notices import (
    Choice,
    Forgotten,
    Paused,
)
from bot.services.settings import FIRST_CHECK_INS, MORNINGS, QUIET_HOURS
from bot.telegram.callbacks import (
    ChoiceTap,
    ChooseTap,
    ForgetTap,
    Page,
    PageTap,
    PauseTap,
    PlaceAnswer,
    PlaceConfirmTap,
    ResumeTap,
)
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.screen import Button, Rows, Screen


def settings_screen(scene: Scene, runner: Runner, rhythm: Rhythm) -> Screen:
    """Draw /settings."""
    minutes = int(rhythm.first_check_in_after.total_seconds() // 60)
    own = runner.preferences
    place = scene.say(
        "settings-place",
        city=runner.city or "?",
        country=scene.country(runner.country) if runner.country else "?",
    )
    lines = [
        scene.say("settings-first", minutes=minutes),
        scene.say("settings-morning", time=scene.clock(rhythm.morning_at)),
        quiet_line(scene, rhythm.quiet_hours, "settings"),
        scene.say(f"settings-reminder-{'on' if own.reminder else 'off'}"),
        scene.say(f"settings-summary-{'on' if own.summary else 'off'}"),
        place,
        scene.say("settings-language"),
    ]
    if runner.is_paused(scene.now):
        until = runner.paused_until
        lines.append(
            scene.say("settings-paused", time=scene.moment(until))
            if until
            else scene.say("settings-paused-open")
        )
    return Screen(joined(scene.bold("settings-title"), "", *lines), _settings_keys(scene, own))


def _settings_keys(scene: Scene, own: Preferences) -> Rows:
    reminder = "off" if own.reminder else "on"
    summary = "off" if own.summary else "on"
    return (
        (
            scene.key("key-set-first", ChoiceTap(Choice.FIRST_CHECK_IN)),
            scene.key("key-set-morning", ChoiceTap(Choice.MORNING)),
        ),
        (
            scene.key("key-set-quiet", ChoiceTap(Choice.QUIET_HOURS)),
            scene.key("key-set-plan", PageTap(Page.PLAN_EDIT)),
        ),
        (
            scene.key("key-set-place", PlaceConfirmTap(PlaceAnswer.AGAIN)),
            scene.key("key-set-profile", PageTap(Page.PROFILE)),
        ),
        (scene.key(f"key-set-reminder-{reminder}", PageTap(Page.REMINDER)),),
        (scene.key(f"key-set-summary-{summary}", PageTap(Page.SUMMARY)),),
        (scene.key("key-set-pause", PageTap(Page.PAUSE)),),
    )


def choice_screen(scene: Scene, choice: Choice) -> Screen:
    """Draw the values of one setting."""
    match choice:
        case Choice.FIRST_CHECK_IN:
            labels = [_minutes(scene, value) for value in FIRST_CHECK_INS]
        case Choice.MORNING:
            labels = [_wall(value) for value in MORNINGS]
        case Choice.QUIET_HOURS:
            labels = [_span(scene, value) for value in QUIET_HOURS]
        case _:
            assert_never(choice)
    keys = [Button(label, ChooseTap(choice, number).pack()) for number, label in enumerate(labels)]
    rows = [tuple(keys[at : at + 2]) for at in range(0, len(keys), 2)]
    rows.append((scene.key("key-settings", PageTap(Page.SETTINGS)),))
    return Screen(scene.bold(f"choice-{choice}"), tuple(rows))


def _minutes(scene: Scene, value: timedelta) -> str:
    return scene.raw("choice-minutes", minutes=int(value.total_seconds() // 60))


def _wall(value: time) -> str:
    return f"{value:%H:%M}"


def _span(scene: Scene, value: QuietHours) -> str:
    if value.start == value.end:
        return scene.raw("choice-no-quiet")
    return f"{value.start:%H:%M} - {value.end:%H:%M}"


def pause_question(scene: Scene) -> Screen:
    """Ask how long the pause shall be."""
    rows: Rows = (
        (scene.key("key-pause-day", PauseTap(1)), scene.key("key-pause-week", PauseTap(7))),
        (scene.key("key-pause-open", PauseTap(0)),),
    )
    return Screen(scene.bold("pause-question"), rows)


def paused_screen(scene: Scene, notice: Paused) -> Screen:
    """Confirm a pause, with the way out of it."""
    resume = (scene.key("key-resume", ResumeTap()),)
    if notice.until is None:
        return Screen(scene.say("paused-open"), (resume,))
    return Screen(scene.say("paused-until", time=scene.moment(notice.until)), (resume,))


def forget_question(scene: Scene) -> Screen:
    """Ask before everything is deleted."""
    rows: Rows = (
        (scene.key("key-forget-yes", ForgetTap(confirmed=True), style="danger"),),
        (scene.key("key-forget-no", ForgetTap(confirmed=False)),),
    )
    return Screen(scene.bold("forget-question"), rows)


def forgotten_screen(scene: Scene, notice: Forgotten) -> Screen:
    """Draw the receipt."""
    at = f"{notice.at:%Y-%m-%d %H:%M} UTC"
    receipt = scene.say("forgotten-receipt", records=notice.records, time=at)
    head = scene.bold("forgotten")
    return Screen(joined(head, receipt, "", scene.say("forgotten-again")), drop_keys=True)


def quiet_line(scene: Scene, quiet: QuietHours, page: str) -> str:
    """Write the quiet hours as a line of a page."""
    if quiet.start == quiet.end:
        return scene.say(f"{page}-no-quiet")
    start, end = scene.clock(quiet.start), scene.clock(quiet.end)
    return scene.say(f"{page}-quiet", **{"from": start, "to": end})
