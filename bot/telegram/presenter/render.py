"""One function that draws any notice, by the feature it belongs to."""

from __future__ import annotations

from typing import get_args

from bot.services.notices import (
    AdviceNotice,
    CheckInNotice,
    ExplainingNotice,
    Notice,
    ReportNotice,
    RunnerNotice,
    RunNotice,
    SafetyNotice,
)
from bot.telegram.presenter.advice import advice_screen
from bot.telegram.presenter.check_ins import check_in_screen
from bot.telegram.presenter.explaining import explaining_screen
from bot.telegram.presenter.reports import report_screen
from bot.telegram.presenter.runners import runner_screen
from bot.telegram.presenter.runs import run_screen
from bot.telegram.presenter.safety import safety_screen
from bot.telegram.presenter.scene import Scene
from bot.telegram.screen import Screen


def render(scene: Scene, notice: Notice) -> Screen:
    """Draw a notice for the runner of this scene."""
    for union, draw in (
        (SafetyNotice, safety_screen),
        (CheckInNotice, check_in_screen),
        (AdviceNotice, advice_screen),
        (RunnerNotice, runner_screen),
        (RunNotice, run_screen),
        (ReportNotice, report_screen),
        (ExplainingNotice, explaining_screen),
    ):
        if isinstance(notice, get_args(union)):
            return draw(scene, notice)
    raise TypeError(type(notice).__name__)
