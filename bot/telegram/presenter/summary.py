"""The summary for a doctor in the chat: the page as a file, the gist of it as its caption."""

from __future__ import annotations

from collections.abc import Sized
from typing import Final

from bot.domain.course import Course, course
from bot.domain.pain import Effect
from bot.domain.red_flags import Finding
from bot.services.notices.summary import Span, Summary, TriedTip
from bot.telegram.callbacks import SummarySpanTap
from bot.telegram.presenter.doctor_page import doctor_pdf
from bot.telegram.presenter.scene import Scene, joined, ranged
from bot.telegram.screen import Attachment, Button, Screen

MOST_SIGNS: Final = 6
MOST_TIPS: Final = 4
"""More would outgrow a caption; the page has them all, or says how many are left out."""


def summary_screen(scene: Scene, summary: Summary) -> Screen:
    """Draw the page and its caption; the buttons put another period in its place."""
    found = course(summary.ratings)
    look = [scene.say("summary-note"), scene.say("summary-look")]
    if any(Finding.SELF_HARM in report.words for report in summary.signs):
        look.append(scene.say("summary-self-harm"))
    lines = [
        _period(scene, summary),
        "",
        _pain(scene, found),
        _signs(scene, summary),
        scene.say("summary-urgent", count=summary.escalated),
        scene.say("summary-runs", runs=len(summary.runs)),
        _tips(scene, summary),
        "",
        *look,
    ]
    name = f"upper-back-{scene.local(summary.until):%Y-%m-%d}.pdf"
    pdf = Attachment(doctor_pdf(scene, summary), name, "document")
    keys = tuple(_key(scene, span, chosen=span is summary.span) for span in Span)
    return Screen(joined(scene.bold("summary-title"), *lines), (keys,), pdf)


def _key(scene: Scene, span: Span, *, chosen: bool) -> Button:
    label = scene.raw(f"key-summary-{span}")
    return Button(f"✓ {label}" if chosen else label, SummarySpanTap(span).pack())


def _pain(scene: Scene, found: Course | None) -> str:
    if found is None:
        return scene.say("summary-no-pain")
    pain = ranged(scene, found.low, found.highest.rating)
    return scene.say("summary-pain", pain=pain, answered=found.count)


def _period(scene: Scene, summary: Summary) -> str:
    if summary.span is not Span.ALL:
        return scene.say(f"summary-period-{summary.span}")
    day = scene.day(scene.local(summary.since).date(), year=True)
    return scene.say("summary-period-all", since=day)


def _signs(scene: Scene, summary: Summary) -> str:
    words = dict.fromkeys(word for report in summary.signs for word in report.words)
    if not words:
        return scene.say("summary-no-signs")
    names = [scene.finding(word) for word in scene.worst_first(words)[:MOST_SIGNS]]
    return scene.say("summary-signs", signs=", ".join(names) + _more(scene, words, MOST_SIGNS))


def _more(scene: Scene, everything: Sized, most: int) -> str:
    count = len(everything) - most
    return f" {scene.raw('why-more', count=count)}" if count > 0 else ""


def _tips(scene: Scene, summary: Summary) -> str:
    known = [
        tip for tip in summary.tips if scene.library.texts.has(scene.locale, f"tip-{tip.tip_id}")
    ]
    if not known:
        return scene.say("summary-no-tips")
    tried = [_tried(scene, tip) for tip in known[:MOST_TIPS]]
    return scene.say("summary-tips", tips="; ".join(tried) + _more(scene, known, MOST_TIPS))


def _tried(scene: Scene, tip: TriedTip) -> str:
    """Name a tip and every answer that was given about it."""
    effects = [effect for effect in Effect if tip.effects.get(effect)]
    said = [scene.raw(f"summary-effect-{effect}") for effect in effects]
    if tip.unwanted:
        said.append(scene.raw("summary-effect-unwanted"))
    answers = ", ".join(said) or scene.raw("summary-effect-open")
    return f"{scene.raw(f'tip-{tip.tip_id}')} ({answers})"
