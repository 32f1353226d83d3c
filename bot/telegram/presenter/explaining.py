"""How a decision is explained: what was said, which rules counted, why the tip fitted.

The line functions give words without markup, escaped for HTML; a terminal shows them as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final, assert_never

from bot.content.library import MissingText
from bot.domain.check_in import Kept, Question
from bot.domain.decision import Decision
from bot.domain.escalation import Escalation
from bot.domain.pain import Phase, nrs
from bot.domain.red_flags import Finding, Urgency
from bot.domain.rulesets import KeptRule
from bot.services.notices import ExplainingNotice, Explanation, NothingDecided
from bot.services.notices.explaining import ChosenTip, FiredRule, Said
from bot.telegram.callbacks import SignsTap, WhyTap
from bot.telegram.presenter.check_ins import answer_line
from bot.telegram.presenter.follow_ups import help_lines, seen_keys
from bot.telegram.presenter.scene import Scene, joined, quote
from bot.telegram.screen import Rows, Screen

MOST_LINES: Final = 8
"""Lines of one kind: with everything at once the text would outgrow a message."""


def explaining_screen(scene: Scene, notice: ExplainingNotice) -> Screen:
    """Draw the answer to /why."""
    signs = (scene.key("key-signs", SignsTap(), style="danger"),)
    match notice:
        case Explanation():
            parts = ["\n".join(part) for part in _parts(scene, notice) if part]
            rows = (*_lock_keys(scene, notice.lock), signs, *_earlier_keys(scene, notice.earlier))
            return Screen("\n\n".join(parts), rows)
        case NothingDecided():
            text = joined(scene.say("why-nothing"), scene.say("why-nothing-next"))
            return Screen(text, (signs,))
        case _:
            assert_never(notice)


def _parts(scene: Scene, told: Explanation) -> Iterator[list[str]]:
    decision = told.decision
    if told.lock is not None:
        yield [_lock(scene, told.lock)]
    when = scene.say("why-when", time=scene.dated(decision.made_at))
    yield [scene.bold("why-title"), when]
    if decision.is_from_words:
        yield [scene.bold("why-wrote"), *word_lines(scene, told), scene.say("why-wrote-note")]
    else:
        lines = said_lines(scene, told)
        yield [scene.bold("why-said"), *_timed(scene, lines)] if lines else []
    yield [scene.bold("why-counted"), *(f"• {line}" for line in _counted(scene, told))]
    yield [*_verdict(scene, told), scene.say("why-can-miss")]
    for chosen in told.tips:
        title = scene.bold("why-tip", tip=tip_name(scene, chosen))
        yield [title, *(f"• {line}" for line in tip_lines(scene, chosen))]
    if told.tips_off:
        yield [scene.say("why-tips-off")]
    yield [quote(_footnotes(scene, told))]


def _lock(scene: Scene, lock: Escalation) -> str:
    """Say what is to be done about what is open, before anything else."""
    urgency = lock.standing_urgency
    country = scene.runner.country if scene.runner else None
    head = "lock-emergency" if urgency is Urgency.EMERGENCY else "lock-urgent"
    return joined(help_lines(scene, lock.findings, urgency, country), scene.say(head))


def _lock_keys(scene: Scene, lock: Escalation | None) -> Rows:
    return seen_keys(scene, lock) if lock is not None else ()


def _earlier_keys(scene: Scene, earlier: Decision | None) -> Rows:
    if earlier is None:
        return ()
    time = scene.moment(earlier.made_at)
    return ((scene.key("key-why-earlier", WhyTap(earlier.id), time=time),),)


def _timed(scene: Scene, lines: Iterable[tuple[Said | None, str]]) -> Iterator[str]:
    for said, line in lines:
        at = said.at if said is not None else None
        yield f"{scene.moment(at)} · {line}" if at is not None else line


def said_lines(scene: Scene, told: Explanation) -> list[tuple[Said | None, str]]:
    """Word every answer; what a morning check-in kept from before comes without one."""
    lines: list[tuple[Said | None, str]] = [
        (said, line) for said in told.said if (line := _said(scene, said, told.kept)) is not None
    ]
    asked = {said.question for said in told.said}
    in_pain = any(one.question is Question.RATING and nrs(one.value) for one in told.said)
    kept = ((Question.REGION, told.kept.region), (Question.CONTRIBUTOR, told.kept.contributor))
    for question, value in kept:
        if in_pain and value is not None and question not in asked:
            lines.append((None, answer_line(scene, question, value) or ""))
    return lines


def _said(scene: Scene, said: Said, kept: Kept) -> str | None:
    try:
        return answer_line(scene, said.question, said.value, kept)
    except MissingText:
        # An answer of another release, such as a sign that is on no list any more.
        return escape(said.value.replace("-", " "), quote=False)


def word_lines(scene: Scene, told: Explanation) -> list[str]:
    """Word what was read out of a typed text."""
    names = [escape(scene.finding(word), quote=False) for word in sorted(told.decision.findings)]
    return [f"• {name}" for name in _some(scene, names)]


def _some(scene: Scene, lines: list[str]) -> list[str]:
    """Keep a list as short as a message can hold, and say how much is left out."""
    if len(lines) <= MOST_LINES:
        return lines
    left_out = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], scene.say("why-more", count=left_out)]


def _counted(scene: Scene, told: Explanation) -> list[str]:
    if not told.rules:
        return [scene.say("why-no-rule")]
    if told.ruleset is None:
        return []
    return _some(scene, [rule_line(scene, told, fired) for fired in told.rules])


def rule_line(scene: Scene, told: Explanation, fired: FiredRule) -> str:
    """Word a rule by what held, and what that means."""
    if fired.rule is None:
        return scene.say("why-rule-lost")
    words = fired.rule.behind(frozenset(told.decision.findings))
    # Pain is what every check-in is about; what made it count is the rest.
    telling = [word for word in words if word != Finding.PAIN] or words
    names = " + ".join(scene.finding(word) for word in telling)
    return scene.say("why-rule", findings=names, means=_means(scene, fired.rule.urgency))


def _means(scene: Scene, urgency: Urgency) -> str:
    return scene.raw(f"why-means-{urgency.name.lower()}")


def _verdict(scene: Scene, told: Explanation) -> Iterator[str]:
    if told.rules and told.ruleset is None:
        yield scene.say("why-changed-lost")
    yield scene.say("why-answer", means=_means(scene, told.decision.urgency))
    if told.mistaken:
        yield scene.say("why-mistaken")
    review = review_line(scene, told)
    if review is not None:
        yield review


def _known(told: Explanation) -> list[KeptRule]:
    return [fired.rule for fired in told.rules if fired.rule is not None]


def review_line(scene: Scene, told: Explanation) -> str | None:
    """Say whether a clinician has signed the rules that fired."""
    rules = _known(told)
    if not rules:
        return None
    reviewed = sum(rule.reviewed_by is not None for rule in rules)
    if reviewed == 0:
        return scene.say("why-unreviewed", rules=len(rules))
    if reviewed == len(rules):
        return scene.say("why-reviewed", rules=len(rules))
    return scene.say("why-some-reviewed", reviewed=reviewed, rules=len(rules))


def tip_name(scene: Scene, chosen: ChosenTip) -> str:
    """Name a tip; one of another release has no name left."""
    return scene.raw(f"tip-{chosen.id}" if chosen.tip is not None else "why-tip-gone")


def tip_lines(scene: Scene, chosen: ChosenTip) -> list[str]:
    """Say what spoke for a tip: pain, place, day, how new the pain was, what helped before."""
    if chosen.tip is None:
        return []
    lines = []
    if chosen.rating == 0:
        lines.append(scene.say("why-tip-no-pain"))
    else:
        low, high = chosen.tip.pain
        lines.append(scene.say("why-tip-pain", low=low, high=high, rating=chosen.rating))
        if chosen.region is not None:
            place = scene.raw(f"region-{chosen.region}")
            lines.append(scene.say("why-tip-place", place=place))
        if chosen.contributor is not None:
            day = scene.raw(f"contributor-{chosen.contributor}")
            lines.append(scene.say("why-tip-contributor", contributor=day))
        acute = chosen.phase is Phase.ACUTE
        lines.append(scene.say("why-tip-acute" if acute else "why-tip-settling"))
    if chosen.helped_before:
        lines.append(scene.say("why-tip-helped"))
    return lines


def source_line(scene: Scene, source_id: str) -> str:
    """Name a source; one of another release by its id."""
    source = scene.library.sources.get(source_id)
    if source is None:
        return escape(source_id, quote=False)
    year = f" ({source.year})" if source.year else ""
    return escape(f"{source.title}, {source.publisher}{year}", quote=False)


def _footnotes(scene: Scene, told: Explanation) -> str:
    """Gather what few runners need: sources and version, folded away."""
    used = dict.fromkeys(source for rule in _known(told) for source in rule.sources)
    sources = _some(scene, [source_line(scene, one) for one in used])
    lines = [f"• {line}" for line in sources]
    if lines:
        lines = [scene.say("why-sources"), *lines]
    if told.changed and told.ruleset is not None:
        lines.append(scene.say("why-changed"))
    return joined(*lines, scene.say("why-version", hash=told.decision.ruleset_hash))
