"""The words and numbers on the page for a doctor, the most important first.

It is one page however much there is: `Room` says how many rows each table may have, and what does
not fit is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.course import Course, between, course
from bot.domain.escalation import Cleared, Escalation, Reached
from bot.domain.pain import Effect
from bot.domain.red_flags import Urgency
from bot.domain.trends import Rated
from bot.pictures.doctor_page import Paper, Sheet, Table, count_pages, print_sheet
from bot.services.notices.summary import Advised, SignReport, Summary, TriedTip
from bot.telegram.presenter.doctor_chart import KINDS, OTHER, chart_of, kind_of
from bot.telegram.presenter.doctor_facts import facts_of
from bot.telegram.presenter.scene import Scene

LETTER_COUNTRIES: Final = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)
"""Where paper is US Letter, says CLDR 46 (supplementalData, paperSize); elsewhere it is A4."""

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows the tables may have, and how many findings a row may name."""

    signs: int
    advice: int
    tips: int
    words: int


ROOMS: Final = (
    Room(10, 5, 12, 10),
    Room(9, 4, 10, 6),
    Room(8, 4, 9, 4),
    Room(8, 3, 6, 4),
    Room(7, 2, 5, 3),
    Room(5, 2, 4, 3),
    Room(4, 1, 3, 2),
    Room(3, 1, 2, 1),
)
"""Tried in turn until the page is one; the last fits with the longest words there are."""


def doctor_pdf(scene: Scene, summary: Summary) -> bytes:
    """Print the page. It takes long enough to be kept off the event loop."""
    sheet = sheet_of(scene, summary, ROOMS[0])
    for room in ROOMS:
        sheet = replace(
            sheet,
            signs=_signs(scene, summary, room),
            advice=_advice(scene, summary, room),
            tips=_tips(scene, summary, room.tips),
        )
        if count_pages(sheet) == 1:
            break
    # Should words ever outgrow the smallest room: more pages are better than none.
    return print_sheet(sheet)


def sheet_of(scene: Scene, summary: Summary, room: Room) -> Sheet:
    """Word everything on the page."""
    country = scene.runner.country if scene.runner else None
    days = (scene.local(summary.until).date() - scene.local(summary.since).date()).days + 1
    period = scene.raw(
        "page-period", **{"from": _date(scene, summary.since), "to": _date(scene, summary.until)}
    )
    paper: Paper = "us-letter" if country in LETTER_COUNTRIES else "a4"
    at = f"{_date(scene, summary.until)}, {scene.clock(summary.until)}"
    return Sheet(
        locale=scene.locale,
        paper=paper,
        title=scene.raw("page-title"),
        origin=scene.raw("page-origin"),
        period=f"{period} ({scene.raw('page-days', days=days)})",
        made=scene.raw("page-made", at=at, city=scene.city),
        blanks=(scene.raw("page-name"), scene.raw("page-born")),
        signs=_signs(scene, summary, room),
        scores=_scores(scene, summary),
        chart=chart_of(scene, summary),
        facts_title=scene.raw("page-facts"),
        facts=facts_of(scene, summary),
        advice=_advice(scene, summary, room),
        tips=_tips(scene, summary, room.tips),
        about=tuple(_about(scene, summary)),
        made_at=summary.until,
    )


def _date(scene: Scene, at: datetime) -> str:
    return scene.day(scene.local(at).date(), year=True)


def _short(scene: Scene, at: datetime) -> str:
    """Write a day of the period; the year stands above."""
    here = scene.local(at)
    return scene.day(here.date(), year=here.year != scene.local(scene.now).year)


def _signs(scene: Scene, summary: Summary, room: Room) -> Table:
    shown = summary.signs[: room.signs]
    notes = [] if summary.signs else [scene.raw("page-signs-none")]
    if len(summary.signs) > room.signs:
        notes.append(scene.raw("page-signs-more", count=len(summary.signs) - room.signs))
    notes.append(_denied(scene, summary.both_denied))
    if summary.taken_back:
        notes.append(scene.raw("page-taken-back", count=summary.taken_back))
    return Table(
        title=scene.raw("page-signs"),
        head=tuple(scene.raw(f"page-signs-{name}") for name in ("when", "what", "told", "since")),
        widths=("26mm", "1fr", "32mm", "50mm"),
        rows=tuple(_sign_row(scene, one, room.words) for one in shown),
        notes=(" ".join(notes),),
        strong=tuple(number for number, one in enumerate(shown) if one.is_open),
    )


def _denied(scene: Scene, at: Sequence[datetime]) -> str:
    if not at:
        return scene.raw("page-signs-never-denied")
    return scene.raw("page-signs-denied", count=len(at), last=_short(scene, at[-1]))


def _sign_row(scene: Scene, report: SignReport, most: int) -> tuple[str, ...]:
    at = f"{_short(scene, report.at)}, {scene.clock(report.at)}"
    told = scene.raw(f"page-told-{report.urgency.name.lower()}")
    since = _since(scene, report.escalation) if report.escalation else _word(scene, report.word)
    return (at, _words(scene, report.words, most), told, since)


def _words(scene: Scene, words: Sequence[str], most: int) -> str:
    names = [scene.finding(word) for word in scene.worst_first(words)[:most]]
    more = len(words) - len(names)
    said = "; ".join(names) or scene.raw("page-nothing")
    return f"{said}; {scene.raw('why-more', count=more).strip()}" if more > 0 else said


def _since(scene: Scene, escalation: Escalation) -> str:
    """Say what became of an escalation, in the runner's own word."""
    if escalation.cleared is Cleared.REPLACED and escalation.cleared_at is not None:
        at = f"{_short(scene, escalation.cleared_at)}, {scene.clock(escalation.cleared_at)}"
        return scene.raw("page-since-replaced", at=at)
    if escalation.cleared is not None and escalation.cleared_at is not None:
        at = _short(scene, escalation.cleared_at)
        return scene.raw(f"page-since-{escalation.cleared}", at=at)
    if escalation.gone_at is not None:
        return scene.raw("page-since-open-gone", at=_short(scene, escalation.gone_at))
    on_the_way = escalation.reached is Reached.ON_THE_WAY
    return scene.raw("page-since-way" if on_the_way else "page-since-open")


def _word(scene: Scene, word: str | None) -> str:
    return scene.raw(f"page-word-{word}") if word else scene.raw("page-since-unknown")


def _scores(scene: Scene, summary: Summary) -> Table:
    rows = [row for kind in (*KINDS.values(), OTHER) if (row := _score_row(scene, summary, kind))]
    if summary.ratings:
        rows.append(_score_row(scene, summary, None) or ())
    answered = sum(one.rating is not None for one in summary.asked)
    notes = [] if rows else [scene.raw("page-scores-none")]
    notes.append(scene.raw("page-answered", answered=answered, asked=len(summary.asked)))
    names = ("when", "last", "week", "before", "mean", "highest")
    return Table(
        title=scene.raw("page-scores"),
        head=tuple(scene.raw(f"page-scores-{name}") for name in names),
        widths=("1fr", "1fr", "1fr", "1fr", "1fr", "1fr"),
        rows=tuple(rows),
        notes=(" ".join(notes),),
        strong=(len(rows) - 1,),
    )


def _score_row(scene: Scene, summary: Summary, kind: str | None) -> tuple[str, ...] | None:
    ratings = [one for one in summary.ratings if kind is None or kind_of(one) == kind]
    whole = course(ratings)
    if whole is None:
        return None
    end = summary.until + timedelta(microseconds=1)
    return (
        scene.raw(f"page-scores-{kind or 'all'}"),
        _score(scene, whole.last),
        _mean(scene, course(between(ratings, summary.until - WEEK, end))),
        _mean(scene, course(between(ratings, summary.until - 2 * WEEK, summary.until - WEEK))),
        _mean(scene, whole),
        _score(scene, whole.highest),
    )


def _score(scene: Scene, rated: Rated) -> str:
    return scene.raw("page-score", rating=rated.rating, at=_short(scene, rated.at))


def _mean(scene: Scene, found: Course | None) -> str:
    if found is None:
        return scene.raw("page-no-mean")
    return scene.raw("page-mean", mean=scene.decimal(found.mean), count=found.count)


def _advice(scene: Scene, summary: Summary, room: Room) -> Table:
    rows = tuple(
        (
            _advised(scene, one, room.words),
            str(one.times),
            _short(scene, one.last_at),
        )
        for one in summary.advised[: room.advice]
    )
    return Table(
        title=scene.raw("page-advice"),
        head=tuple(scene.raw(f"page-advice-{name}") for name in ("why", "times", "last")),
        widths=("1fr", "12mm", "19mm"),
        rows=rows,
        numbers=(1,),
        notes=tuple(_left_out(scene, "page-advice", len(summary.advised), room.advice)),
    )


def _advised(scene: Scene, advised: Advised, most: int) -> str:
    """Name the reason, and what the runner said below the last time."""
    said = _words(scene, advised.words, most)
    return f"{said} ({_word(scene, advised.word)})" if advised.word else said


def _left_out(scene: Scene, name: str, count: int, most: int) -> Iterator[str]:
    if not count:
        yield scene.raw(f"{name}-none")
    if count > most:
        yield scene.raw(f"{name}-more", count=count - most)


def _tips(scene: Scene, summary: Summary, most: int) -> Table:
    names = ("tip", "shown", *(effect.value for effect in Effect), "open")
    return Table(
        title=scene.raw("page-tips"),
        head=tuple(scene.raw(f"page-tips-{name}") for name in names),
        widths=("1fr", *("12.5mm",) * (len(names) - 1)),
        numbers=tuple(range(1, len(names))),
        rows=tuple(_tip_row(scene, one) for one in summary.tips[:most]),
        notes=tuple(_left_out(scene, "page-tips", len(summary.tips), most)),
    )


def _tip_row(scene: Scene, tip: TriedTip) -> tuple[str, ...]:
    known = scene.library.texts.has(scene.locale, f"tip-{tip.tip_id}")
    name = scene.raw(f"tip-{tip.tip_id}") if known else scene.raw("page-tips-gone")
    if tip.unwanted:
        name = scene.raw("page-tips-unwanted", tip=name)
    effects = [tip.effects.get(effect, 0) for effect in Effect]
    return (name, *(str(count) for count in (tip.shown, *effects, tip.unanswered)))


def _about(scene: Scene, summary: Summary) -> Iterator[tuple[str, str]]:
    counts = _decided(scene, summary)
    yield scene.raw("page-decided"), counts
    yield scene.raw("page-asked"), scene.raw("page-asked-says")
    what = [scene.raw("page-what-says")]
    if not summary.is_reviewed:
        what.append(scene.raw("page-unreviewed"))
    what.append(scene.raw("page-version", hash=summary.ruleset_hash))
    yield scene.raw("page-what"), " ".join(what)


def _decided(scene: Scene, summary: Summary) -> str:
    counts = ((one, summary.decided.get(one, 0)) for one in reversed(Urgency))
    return ", ".join(_counts(scene, counts))


def _counts(scene: Scene, decided: Iterable[tuple[Urgency, int]]) -> Iterator[str]:
    for urgency, count in decided:
        told = scene.raw(f"page-told-{urgency.name.lower()}")
        yield scene.raw("page-decided-one", told=told, count=count)
