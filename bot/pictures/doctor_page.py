"""The page for a doctor as a PDF: set by Typst from words and numbers that are ready to print.

What is on it is decided elsewhere; how it looks stands in doctor_page.typ beside this file. The
PDF is tagged and keeps to PDF/UA-1, which Typst refuses to write where something is missing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal

import typst

_TEMPLATE: Final = Path(__file__).with_suffix(".typ")

Paper = Literal["a4", "us-letter"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings; without rows only the notes below it are printed.

    `widths` are Typst's ("1fr", "22mm"). `numbers` are the columns set to the right, `strong` the
    rows in bold, both counted from 0.
    """

    title: str
    head: tuple[str, ...]
    widths: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A rating in the chart: `x` is its share of the period (0 to 1), `y` 0 to 10."""

    x: float
    y: int


@dataclass(frozen=True, slots=True)
class Week:
    """All ratings of one week: the share of the period at its middle, lowest, highest, mean."""

    x: float
    low: int
    high: int
    mean: float


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of one kind: `shape` is drawn in the chart and in its key, where `label` names it."""

    label: str
    shape: Literal["dot", "square", "diamond"]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A row under the chart: things that happened, or how many of them in each week.

    `at` are pairs of a share of the period and how tall the mark is, at most 1.
    """

    label: str
    shape: Literal["triangle", "bar", "cross"]
    at: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Pain over the period. Either single ratings or, over a long time, whole weeks.

    `days` are the labels of the time axis, each at its share of the period.
    """

    title: str
    alt: str
    worst: str
    none: str
    days: tuple[tuple[float, str], ...]
    ratings: tuple[Marks, ...] = ()
    weeks: tuple[Week, ...] = ()
    weeks_label: str = ""
    lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page. `facts` and `about` are pairs of a label and what it says."""

    locale: str
    paper: Paper
    title: str
    origin: str
    period: str
    made: str
    blanks: tuple[str, ...]
    signs: Table
    scores: Table
    chart: Chart
    facts_title: str
    facts: tuple[tuple[str, str], ...]
    advice: Table
    tips: Table
    about: tuple[tuple[str, str], ...]
    made_at: datetime


@cache
def _fonts() -> typst.Fonts:
    """Read the fonts in the package once; what lies on the machine must not change the page."""
    return typst.Fonts(include_system_fonts=False)


def count_pages(sheet: Sheet) -> int:
    """Lay a sheet out and say how many pages it takes; most of the work of printing it."""
    found = typst.query(
        _TEMPLATE,
        "<last-page>",
        field="value",
        one=True,
        font_paths=_fonts(),
        sys_inputs=_words(sheet),
    )
    return int(json.loads(found))


def print_sheet(sheet: Sheet) -> bytes:
    """Give the PDF.

    Takes less than a tenth of a second, in native code that leaves the interpreter to others.
    """
    at = int(sheet.made_at.timestamp())
    try:
        return typst.compile(
            _TEMPLATE,
            font_paths=_fonts(),
            sys_inputs=_words(sheet),
            pdf_standards="ua-1",
            timestamp=at,
        )
    except typst.TypstError:
        # A letter that the font lacks may be in the name of a place: an empty box is better than
        # no page, and the standard allows none.
        return typst.compile(
            _TEMPLATE, font_paths=_fonts(), sys_inputs=_words(sheet), timestamp=at
        )


def _words(sheet: Sheet) -> dict[str, str]:
    return {"sheet": json.dumps(asdict(sheet), default=datetime.isoformat)}
