"""Handlers of /start, settings, pause, and leaving for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.services.notices import Plain, PlainNotice, RunWhen, Toggle
from bot.services.replies import Reply, say, swap
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
)
from bot.telegram.handlers.route import Commands, Here, OnCommand, Taps

_LONGEST_PAUSE: Final = 366
"""Days; a forged number may lie behind the end of the calendar."""


async def start(here: Here) -> Reply:
    """/start."""
    return await here.use_cases.begin(here.user_id, here.chat_id)


async def adult(tap: AdultTap, here: Here) -> Reply:
    """18 or older?"""
    return await here.use_cases.confirm_adult(here.user_id, adult=tap.adult)


async def consent(tap: ConsentTap, here: Here) -> Reply:
    """Consent or not."""
    return await here.use_cases.answer_consent(here.user_id, agree=tap.agree)


async def place_pick(tap: PlacePickTap, here: Here) -> Reply:
    """Take a match of the city search."""
    return await here.use_cases.choose_place.picked(here.user_id, tap.number, tap.country)


async def place_list(tap: PlaceListTap, here: Here) -> Reply:
    """Take a place of the short list."""
    return await here.use_cases.choose_place.listed(here.user_id, tap.number)


async def place_confirm(tap: PlaceConfirmTap, here: Here) -> Reply:
    """Confirm the place, or change it."""
    match tap.answer:
        case PlaceAnswer.YES:
            return await here.use_cases.confirm_place.yes(here.user_id)
        case PlaceAnswer.AGAIN:
            return await here.use_cases.choose_place.ask(here.user_id)
        case PlaceAnswer.COUNTRY:
            return await here.use_cases.confirm_place.other_country(here.user_id)


async def first_run(tap: FirstRunTap, here: Here) -> Reply:
    """Just ran?"""
    cases = here.use_cases
    match tap.answer:
        case FirstRun.NOW:
            return await cases.log_run(here.user_id, here.update_id, timedelta(0), ask_now=True)
        case FirstRun.EARLIER:
            return await cases.ask_about_run(here.user_id, RunWhen.EARLIER)
        case FirstRun.NOT_YET:
            return await cases.first_run_later(here.user_id)


async def choice(tap: ChoiceTap, here: Here) -> Reply:
    """Show the values of a setting."""
    return await here.use_cases.settings.choices(here.user_id, tap.choice)


async def choose(tap: ChooseTap, here: Here) -> Reply:
    """Take a value of a setting."""
    return await here.use_cases.settings.choose(here.user_id, tap.choice, tap.number)


async def pause_for(tap: PauseTap, here: Here) -> Reply:
    """Pause for some days, or until the runner is back."""
    days = min(tap.days, _LONGEST_PAUSE)
    return await here.use_cases.pause.start(here.user_id, days or None)


async def resume_tap(_tap: ResumeTap, here: Here) -> Reply:
    """End the pause."""
    return await here.use_cases.pause.end(here.user_id)


async def forget_tap(tap: ForgetTap, here: Here) -> Reply:
    """Delete everything, or keep it."""
    if tap.confirmed:
        return await here.use_cases.forget.confirm(here.user_id)
    runner = await here.use_cases.note_seen(here.user_id)
    return swap(runner, PlainNotice(Plain.KEPT))


async def page(tap: PageTap, here: Here) -> Reply:
    """Open a page a button leads to."""
    return await _PAGES[tap.page](here)


async def settings(here: Here) -> Reply:
    """/settings."""
    return await here.use_cases.settings.show(here.user_id)


async def reminder(here: Here) -> Reply:
    """Turn the reminder on or off."""
    return await here.use_cases.settings.toggle(here.user_id, here.update_id, Toggle.REMINDER)


async def summary(here: Here) -> Reply:
    """Turn the weekly summary on or off."""
    return await here.use_cases.settings.toggle(here.user_id, here.update_id, Toggle.SUMMARY)


async def profile(here: Here) -> Reply:
    """Open the safety profile."""
    return await here.use_cases.settings.profile(here.user_id)


async def plan_editor(here: Here) -> Reply:
    """Open the weekly plan's editor."""
    return await here.use_cases.weekly_plan.edit(here.user_id)


async def pause(here: Here) -> Reply:
    """/pause."""
    return await here.use_cases.pause.ask(here.user_id)


async def resume(here: Here) -> Reply:
    """/resume."""
    return await here.use_cases.pause.end(here.user_id)


async def forget(here: Here) -> Reply:
    """/forget."""
    return await here.use_cases.forget.ask(here.user_id)


async def help_page(here: Here) -> Reply:
    """/help."""
    runner = await here.use_cases.note_seen(here.user_id)
    return say(runner, PlainNotice(Plain.HELP))


async def privacy(here: Here) -> Reply:
    """/privacy."""
    runner = await here.use_cases.note_seen(here.user_id)
    return say(runner, PlainNotice(Plain.PRIVACY))


_PAGES: Final[dict[Page, OnCommand]] = {
    Page.SETTINGS: settings,
    Page.REMINDER: reminder,
    Page.SUMMARY: summary,
    Page.PROFILE: profile,
    Page.PLAN_EDIT: plan_editor,
    Page.PAUSE: pause,
    Page.FORGET: forget,
    Page.HELP: help_page,
}
TAPS: Final[Taps] = {
    AdultTap: adult,
    ConsentTap: consent,
    PlacePickTap: place_pick,
    PlaceListTap: place_list,
    PlaceConfirmTap: place_confirm,
    FirstRunTap: first_run,
    ChoiceTap: choice,
    ChooseTap: choose,
    PauseTap: pause_for,
    ResumeTap: resume_tap,
    ForgetTap: forget_tap,
    PageTap: page,
}
COMMANDS: Final[Commands] = {
    "start": start,
    "settings": settings,
    "pause": pause,
    "resume": resume,
    "forget": forget,
    "help": help_page,
    "privacy": privacy,
}
