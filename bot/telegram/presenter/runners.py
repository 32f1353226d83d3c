"""How /start and the short fixed answers look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.place import Place
from bot.domain.runner import OnboardingStep, Rhythm
from bot.services.notices import (
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
from bot.telegram.callbacks import (
    AdultTap,
    ConsentTap,
    FirstRun,
    FirstRunTap,
    PlaceAnswer,
    PlaceConfirmTap,
    PlaceListTap,
    PlacePickTap,
    SignsTap,
)
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.presenter.settings import (
    choice_screen,
    forget_question,
    forgotten_screen,
    pause_question,
    paused_screen,
    quiet_line,
    settings_screen,
)
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
            return settings_screen(scene, runner, rhythm)
        case SettingChoice(choice):
            return choice_screen(scene, choice)
        case PauseQuestion():
            return pause_question(scene)
        case Paused():
            return paused_screen(scene, notice)
        case Resumed():
            return Screen(scene.say("resumed"))
        case ForgetQuestion():
            return forget_question(scene)
        case Forgotten():
            return forgotten_screen(scene, notice)
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
    advice = scene.nhs_line(runner.country)
    moved = scene.say("place-moved", moved=notice.moved) if notice.moved else None
    return Screen(joined(kept, moved, advice))


def _preview(scene: Scene, rhythm: Rhythm) -> Screen:
    minutes = int(rhythm.first_check_in_after.total_seconds() // 60)
    lines = (
        f"• {scene.say('preview-run')}",
        f"• {scene.say('preview-soon', minutes=minutes)}",
        f"• {scene.say('preview-morning', time=scene.clock(rhythm.morning_at))}",
        f"• {quiet_line(scene, rhythm.quiet_hours, 'preview')}",
        f"• {scene.say('preview-days')}",
    )
    return Screen(joined(scene.bold("preview-title"), "", *lines))


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
