"""How /tips looks: sections, lists, a tip whole, and the reasons against one."""

from __future__ import annotations

from bot.domain.tips import Tip
from bot.services.notices import (
    AskFirst,
    Reasons,
    ReasonsAgainst,
    TipPage,
    TipsList,
    TipsSection,
)
from bot.telegram.callbacks import (
    NotForMeTap,
    ReasonsTap,
    ShowMeTap,
    SignsTap,
    TipsMenuTap,
    TipsSectionTap,
    TipTap,
)
from bot.telegram.presenter.scene import Scene, joined, quote
from bot.telegram.screen import Button, Rows, Screen


def tip_text(scene: Scene, tip: Tip) -> str:
    """Write a tip whole: how, how much, why, stop-if, not-when, sources."""
    name = f"tip-{tip.id}"
    parts = ("how", "dose", "why", "stop", "not")
    lines = [f"{scene.bold(f'advice-{part}')}: {scene.say(f'{name}.{part}')}" for part in parts]
    return joined(scene.bold(name), "", *lines, quote(_sources(scene, tip)))


def _sources(scene: Scene, tip: Tip) -> str:
    known = [scene.library.sources[source] for source in tip.sources]
    names = (
        f"{source.title} ({source.year})" if source.year else source.title for source in known
    )
    return scene.say("advice-source", source="; ".join(names))


def tip_keys(scene: Scene, tip: Tip, given_id: int | None) -> Rows:
    """Give what can be tapped under a tip: its picture, and "not for me" where it was given."""
    keys: list[Button] = []
    if tip.movement:
        keys.append(scene.key("key-show-me", ShowMeTap(tip.id), style="primary"))
    if given_id:
        keys.append(scene.key("key-not-for-me", NotForMeTap(given_id)))
    return (tuple(keys),) if keys else ()


def menu_screen(scene: Scene) -> Screen:
    """Draw the sections."""
    rows: Rows = tuple(
        (scene.key(f"tips-{section}", TipsSectionTap(section)),) for section in TipsSection
    )
    return Screen(joined(scene.bold("tips-title"), scene.say("tips-intro")), rows)


def list_screen(scene: Scene, notice: TipsList) -> Screen:
    """Draw one section, by topic."""
    lines: list[str] = []
    topic = None
    for tip in notice.tips:
        if tip.topic != topic:
            lines += ["", scene.bold(f"topic-{tip.topic}")]
            topic = tip.topic
        lines.append(f"• {scene.say(f'tip-{tip.id}.line')}")
    if notice.left_out:
        lines += ["", scene.say("tips-left-out")]
    keys = [scene.key(f"tip-{tip.id}", TipTap(tip.id)) for tip in notice.tips]
    rows = [tuple(keys[at : at + 2]) for at in range(0, len(keys), 2)]
    rows.append((scene.key("key-tips-back", TipsMenuTap()),))
    text = joined(scene.bold(f"tips-{notice.section}"), *lines)
    return Screen(text, tuple(rows))


def page_screen(scene: Scene, page: TipPage) -> Screen:
    """Draw one tip, or that it is not for this runner now."""
    back = _back_to(scene, page.section)
    if page.barred:
        text = joined(scene.bold(f"tip-{page.tip.id}"), "", scene.say("tips-barred"))
        return Screen(text, (back,))
    return Screen(tip_text(scene, page.tip), (*tip_keys(scene, page.tip, None), back))


def _back_to(scene: Scene, section: TipsSection) -> tuple[Button, ...]:
    return (scene.key(f"tips-{section}", TipsSectionTap(section)),)


def reasons_screen(scene: Scene, notice: ReasonsAgainst) -> Screen:
    """Draw the reasons against a tip, each way to answer, and the way to the signs."""
    tip = notice.tip
    text = joined(
        scene.bold(f"tip-{tip.id}"),
        scene.say("reasons-question"),
        "",
        scene.say(f"tip-{tip.id}.against"),
        "",
        scene.say("reasons-unkept"),
    )
    answers = tuple((scene.key(f"key-reasons-{one}", ReasonsTap(tip.id, one)),) for one in Reasons)
    signs = (scene.key("key-signs", SignsTap(), style="danger"),)
    return Screen(text, (*answers, signs, _back_to(scene, notice.section)))


def ask_first_screen(scene: Scene, notice: AskFirst) -> Screen:
    """Draw whom to ask, and nothing else of the tip."""
    name = f"tip-{notice.tip.id}"
    text = joined(scene.bold(name), "", scene.say(f"{name}.ask"))
    return Screen(text, (_back_to(scene, notice.section),))
