"""`aftermile explain`: a decision for operators and reviewers, as plain lines.

It says what /why says, with ids, times in UTC and every rule's marks. Nothing in it tells who the
runner is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape

from bot.app import check_keys, open_database
from bot.clock import SystemClock
from bot.config import Settings
from bot.content.library import load
from bot.domain.decision import Decision
from bot.reading.findings import Reading
from bot.services.explaining import ExplainDecision
from bot.services.notices.explaining import ChosenTip, Explanation, FiredRule
from bot.services.ports import Ports
from bot.shipped import shipped
from bot.telegram.presenter.explaining import (
    rule_line,
    said_lines,
    source_line,
    tip_lines,
    tip_name,
)
from bot.telegram.presenter.scene import Scene


async def explained(settings: Settings, decision_id: int) -> list[str] | None:
    """Explain a decision of this database, None for one that is not there.

    Raises BadSetting, BrokenContent, StorageUnavailable.
    """
    library = load(shipped("content"))
    clock = SystemClock()
    database = open_database(settings)
    try:
        await check_keys(database)
        rules, tips, rhythm = library.ruleset, library.tips, settings.rhythm()
        ports = Ports(database.unit_of_work, clock, rules, tips, rhythm, reads_nothing)
        told = await ExplainDecision(ports).of(decision_id)
    finally:
        await database.close()
    if told is None:
        return None
    # Nobody is behind this scene: English, and UTC.
    scene = Scene(library, lambda code, _locale: code, lambda _movement: b"", None, clock.now())
    # The presenter's words are escaped for Telegram's markup, of which a terminal has none.
    return [unescape(line) for line in lines_of(scene, told)]


async def reads_nothing(text: str, locale: str) -> Reading:
    """Stand where the reader would: nobody types here, and its models take time to load."""
    raise NotImplementedError


def lines_of(scene: Scene, told: Explanation) -> Iterator[str]:
    """Write an explanation down, section by section."""
    yield from _head(told)
    yield from ("", "answers:")
    for said, line in said_lines(scene, told):
        if said is None:
            yield f"  kept from before: {line}"
        else:
            yield f"  {_at(said.at) if said.at else 'taken back since'}: {line}"
            yield f"    {said.question}={said.value}"
    yield from ("", f"findings: {' '.join(sorted(told.decision.findings)) or 'not kept'}")
    yield from ("", "rules:" if told.rules else "rules: none fired")
    for fired in told.rules:
        yield from _rule(scene, told, fired)
    yield from ("", "tips:" if told.tips else "tips: none")
    for chosen in told.tips:
        yield from _tip(scene, chosen)


def _head(told: Explanation) -> Iterator[str]:
    decision = told.decision
    yield f"decision {decision.id}: {decision.urgency.name.lower()}"
    yield f"made at: {_at(decision.made_at)}"
    yield f"from: {_origin(decision)}"
    if decision.superseded_at is not None:
        yield f"superseded at: {_at(decision.superseded_at)}"
    if told.mistaken:
        yield "called a mistake by the runner"
    kept = f"first seen {_at(told.ruleset.first_seen_at)}" if told.ruleset else "not kept"
    since = "other rules are in force now" if told.changed else "in force now"
    yield f"ruleset: {decision.ruleset_hash}, {kept}, {since}"


def _origin(decision: Decision) -> str:
    if decision.check_in_id is not None:
        return f"check-in {decision.check_in_id}"
    return "a typed text, which is never kept" if decision.is_from_words else "a check-in"


def _at(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _rule(scene: Scene, told: Explanation, fired: FiredRule) -> Iterator[str]:
    rule = fired.rule
    yield f"  {fired.id}: {rule_line(scene, told, fired)}"
    if rule is None:
        return
    yield f"    urgency: {rule.urgency.name.lower()}"
    if rule.all_of:
        yield f"    all of: {' '.join(rule.all_of)}"
    if rule.any_of:
        yield f"    any of: {' '.join(rule.any_of)}"
    yield f"    verified: {'yes' if rule.verified else 'no'}"
    yield f"    reviewed by: {rule.reviewed_by or 'no clinician yet'}"
    for source in rule.sources:
        yield f"    source {source}: {source_line(scene, source)}"


def _tip(scene: Scene, chosen: ChosenTip) -> Iterator[str]:
    name = tip_name(scene, chosen)
    yield f"  {chosen.id}: {name}"
    yield from (f"    {line}" for line in tip_lines(scene, chosen))
