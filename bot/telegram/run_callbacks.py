"""The buttons about one run; as in callbacks.py, a code ends in the version of its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.services.notices import RunDetail, RunWhen
from bot.telegram.codec import Callback


@dataclass(frozen=True, slots=True)
class RunWhenTap(Callback):
    """Which times to choose a run's end from."""

    CODE: ClassVar = "rw1"
    which: RunWhen


@dataclass(frozen=True, slots=True)
class RunAgoTap(Callback):
    """The run ended so many minutes ago."""

    CODE: ClassVar = "ra1"
    minutes: int


@dataclass(frozen=True, slots=True)
class RunYesterdayTap(Callback):
    """The run ended yesterday around this hour."""

    CODE: ClassVar = "ry1"
    hour: int


@dataclass(frozen=True, slots=True)
class AskNowTap(Callback):
    """Ask me now about this run."""

    CODE: ClassVar = "an1"
    run_id: int


@dataclass(frozen=True, slots=True)
class UndoRunTap(Callback):
    """Take this run back."""

    CODE: ClassVar = "ur1"
    run_id: int


@dataclass(frozen=True, slots=True)
class RunDetailTap(Callback):
    """Choose a distance or duration for a run."""

    CODE: ClassVar = "rd1"
    run_id: int
    detail: RunDetail


@dataclass(frozen=True, slots=True)
class RunAmountTap(Callback):
    """The distance (in hundreds of metres) or duration (in minutes) of a run."""

    CODE: ClassVar = "rv1"
    run_id: int
    detail: RunDetail
    amount: int
