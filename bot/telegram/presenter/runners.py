"""How /start, settings, pause and the short fixed answers look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.place import Place
from bot.domain.runner import OnboardingStep, QuietHours, Rhythm, Runner
from bot.services.notices import (
    Choice,
    ConfirmPlace,
    Declined,
    ForgetQuestion,
    Forgotten,
    Onboarding,
    Paused,
    PauseQuestion,
    PlaceChoice,
    PlaceKept,
    Plain,
    PlainNotice,
    Preview,
    Resumed,
    RunnerNotice,
    SettingChoice,
    SettingsPage,
    Underage,
    Welcome,
)
from bot.services.settings import FIRST_CHECK_INS, MORNINGS, QUIET_HOURS
from bot.telegram.callbacks import (
    AdultTap,
    ChoiceTap,
    ChooseTap,
    ConsentTap,
    FirstRun,
    FirstRunTap,
    ForgetTap,
    Page,
    PageTap,
    PauseTap,
    PlaceAnswer,
    PlaceConfirmTap,
    PlaceListTap,
    PlacePickTap,
    ResumeTap,
    SignsTap,
)
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.screen import Button, Rows, Screen


def runner_screen(scene: Scene, notice: RunnerNotice) -> Screen:  # noqa: C901, PLR0911, PLR0912 - a match
    """Draw a message about the runner; the match is over the closed set of such notices."""
    match notice:
        case Onboarding(step):
            return _STEPS[step](scene)
        case Welcome(next_due_at):
            return _welcome(scene, next_due_at)
        case Underage():
            return Screen(joined(scene.say("underage"), scene.say("underage-doctor")))
        case Declined():
            signs = (scene.key("key-signs", SignsTap(), style="danger"),)
            return Screen(joined(scene.say("declined"), scene.say("declined-works")), (signs,))
        case PlaceChoice():
            return _place_choice(scene, notice)
        case ConfirmPlace():
            return _confirm_place(scene, notice)
        case PlaceKept():
            return _place_kept(scene, notice)
        case Preview(rhythm):
            return _preview(scene, rhythm)
        case SettingsPage(runner, rhythm):
            return _settings(scene, runner, rhythm)
        case SettingChoice(choice):
            return _choice(scene, choice)
        case PauseQuestion():
            return _pause_question(scene)
        case Paused(until):
            return _paused(scene, notice) if until else Screen(scene.say("paused-open"))
        case Resumed():
            return Screen(scene.say("resumed"))
        case ForgetQuestion():
            return _forget_question(scene)
        case Forgotten():
            return _forgotten(scene, notice)
        case PlainNotice(which):
            return _plain(scene, which)
        case _:
            assert_never(notice)


def _adult(scene: Scene) -> Screen:
    rows: Rows = (
        (scene.key("key-adult", AdultTap(adult=True), style="primary"),),
        (scene.key("key-minor", AdultTap(adult=False)),),
    )
    text = joined(scene.bold("start-title"), "", scene.say("start-what"), "")
    return Screen(joined(text, scene.bold("start-adult")), rows)


def _consent(scene: Scene) -> Screen:
    points = ("not-device", "may-miss", "nobody", "store", "cloud", "leave")
    rows: Rows = (
        (scene.key("key-agree", ConsentTap(agree=True), style="primary"),),
        (scene.key("key-decline", ConsentTap(agree=False)),),
    )
    lines = [f"• {scene.say(f'consent-{point}')}" for point in points]
    head = scene.bold("consent-title")
    return Screen(joined(head, "", *lines, "", scene.bold("consent-question")), rows)


def _place(scene: Scene) -> Screen:
    return Screen(
        joined(scene.bold("place-title"), scene.say("place-why"), scene.say("place-share")),
        location_key=scene.raw("key-share-location"),
    )


def _first_run(scene: Scene) -> Screen:
    rows: Rows = (
        (scene.key("key-ran-now", FirstRunTap(FirstRun.NOW), style="primary"),),
        (
            scene.key("key-ran-earlier", FirstRunTap(FirstRun.EARLIER)),
            scene.key("key-not-ran", FirstRunTap(FirstRun.NOT_YET)),
        ),
    )
    return Screen(joined(scene.bold("first-run"), scene.say("first-run-why")), rows)


def _done(scene: Scene) -> Screen:
    return _welcome(scene, None)


_STEPS: dict[OnboardingStep, Callable[[Scene], Screen]] = {
    OnboardingStep.ADULT: _adult,
    OnboardingStep.CONSENT: _consent,
    OnboardingStep.PLACE: _place,
    OnboardingStep.CONFIRM_PLACE: _place,
    OnboardingStep.FIRST_RUN: _first_run,
    OnboardingStep.DONE: _done,
}


def _welcome(scene: Scene, next_due_at: datetime | None) -> Screen:
    coming = (
        scene.say("welcome-next", time=scene.moment(next_due_at))
        if next_due_at
        else scene.say("welcome-none")
    )
    return Screen(joined(scene.bold("welcome-back"), coming))


def _place_choice(scene: Scene, notice: PlaceChoice) -> Screen:
    keys = [
        Button(
            _place_label(scene, place),
            (PlacePickTap(number, place.country) if notice.typed else PlaceListTap(number)).pack(),
        )
        for number, place in enumerate(notice.places)
    ]
    signs = scene.key("key-signs", SignsTap(), style="danger")
    rows: Rows = (*((key,) for key in keys), (signs,))
    return Screen(scene.bold("place-found" if notice.typed else "place-listed"), rows)


def _place_label(scene: Scene, place: Place) -> str:
    parts = (place.name, place.region, scene.country(place.country))
    return ", ".join(part for part in parts if part)


def _confirm_place(scene: Scene, notice: ConfirmPlace) -> Screen:
    place = notice.place
    time_there = f"{notice.now.astimezone(ZoneInfo(place.zone)):%H:%M}"
    country = scene.country(place.country)
    rows: Rows = (
        (scene.key("key-place-yes", PlaceConfirmTap(PlaceAnswer.YES), style="primary"),),
        (
            scene.key("key-place-again", PlaceConfirmTap(PlaceAnswer.AGAIN)),
            scene.key("key-place-country", PlaceConfirmTap(PlaceAnswer.COUNTRY)),
        ),
    )
    question = scene.bold("place-confirm", time=time_there, city=place.name, country=country)
    return Screen(joined(question, _number(scene, place.country)), rows)


def _number(scene: Scene, code: str) -> str:
    numbers = scene.numbers_of(code)
    if numbers is None:
        return scene.say("place-number-unknown", country=scene.country(code))
    return scene.say("place-number", number=numbers.ambulance)


def _place_kept(scene: Scene, notice: PlaceKept) -> Screen:
    runner = notice.runner
    number = scene.emergency_number(runner.country)
    kept = scene.say("place-kept", city=runner.city or "", number=number)
    advice = scene.say("place-nhs") if runner.country == _NHS_COUNTRY else None
    moved = scene.say("place-moved", moved=notice.moved) if notice.moved else None
    return Screen(joined(kept, moved, advice))


_NHS_COUNTRY = "GB"
"""The NHS lists pain between the shoulder blades under "urgent GP or 111" (clinical source)."""


def _preview(scene: Scene, rhythm: Rhythm) -> Screen:
    minutes = int(rhythm.first_check_in_after.total_seconds() // 60)
    lines = (
        f"• {scene.say('preview-run')}",
        f"• {scene.say('preview-soon', minutes=minutes)}",
        f"• {scene.say('preview-morning', time=scene.clock(rhythm.morning_at))}",
        f"• {_quiet(scene, rhythm.quiet_hours, 'preview')}",
        f"• {scene.say('preview-days')}",
    )
    return Screen(joined(scene.bold("preview-title"), "", *lines))


def _quiet(scene: Scene, quiet: QuietHours, page: str) -> str:
    if quiet.start == quiet.end:
        return scene.say(f"{page}-no-quiet")
    start, end = scene.clock(quiet.start), scene.clock(quiet.end)
    return scene.say(f"{page}-quiet", **{"from": start, "to": end})


def _settings(scene: Scene, runner: Runner, rhythm: Rhythm) -> Screen:
    minutes = int(rhythm.first_check_in_after.total_seconds() // 60)
    on = runner.preferences.reminder
    place = scene.say(
        "settings-place",
        city=runner.city or "?",
        country=scene.country(runner.country) if runner.country else "?",
    )
    lines = [
        scene.say("settings-first", minutes=minutes),
        scene.say("settings-morning", time=scene.clock(rhythm.morning_at)),
        _quiet(scene, rhythm.quiet_hours, "settings"),
        scene.say(f"settings-reminder-{'on' if on else 'off'}"),
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
    return Screen(joined(scene.bold("settings-title"), "", *lines), _settings_keys(scene, on=on))


def _settings_keys(scene: Scene, *, on: bool) -> Rows:
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
        (scene.key(f"key-set-reminder-{'off' if on else 'on'}", PageTap(Page.REMINDER)),),
        (scene.key("key-set-pause", PageTap(Page.PAUSE)),),
    )


def _choice(scene: Scene, choice: Choice) -> Screen:
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


def _pause_question(scene: Scene) -> Screen:
    rows: Rows = (
        (scene.key("key-pause-day", PauseTap(1)), scene.key("key-pause-week", PauseTap(7))),
        (scene.key("key-pause-open", PauseTap(0)),),
    )
    return Screen(scene.bold("pause-question"), rows)


def _paused(scene: Scene, notice: Paused) -> Screen:
    until = scene.moment(notice.until) if notice.until else ""
    resume = (scene.key("key-resume", ResumeTap()),)
    return Screen(scene.say("paused-until", time=until), (resume,))


def _forget_question(scene: Scene) -> Screen:
    rows: Rows = (
        (scene.key("key-forget-yes", ForgetTap(confirmed=True), style="danger"),),
        (scene.key("key-forget-no", ForgetTap(confirmed=False)),),
    )
    return Screen(scene.bold("forget-question"), rows)


def _forgotten(scene: Scene, notice: Forgotten) -> Screen:
    at = f"{notice.at:%Y-%m-%d %H:%M} UTC"
    receipt = scene.say("forgotten-receipt", records=notice.records, time=at)
    head = scene.bold("forgotten")
    return Screen(joined(head, receipt, "", scene.say("forgotten-again")), drop_keys=True)


_HELP = ("run", "checkin", "stretch", "doctor", "tips", "history", "plan", "settings")
_PRIVACY = ("what", "sealed", "who", "text", "telegram", "out")


def _plain(scene: Scene, which: Plain) -> Screen:
    signs = (scene.key("key-signs", SignsTap(), style="danger"),)
    if which is Plain.HELP:
        lines = [scene.say(f"help-{point}") for point in _HELP]
        more = [scene.say(f"help-{point}") for point in ("more", "typing", "not")]
        return Screen(joined(scene.bold("help-title"), "", *lines, "", *more), (signs,))
    if which is Plain.PRIVACY:
        lines = [f"• {scene.say(f'privacy-{point}')}" for point in _PRIVACY]
        return Screen(joined(scene.bold("privacy-title"), "", *lines))
    if which is Plain.APOLOGY:
        return Screen(scene.say("apology"), (signs,))
    return Screen(scene.say(which))
