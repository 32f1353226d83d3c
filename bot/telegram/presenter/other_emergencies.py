"""Two emergencies that are told in other words: thoughts of self-harm, and somebody else's."""

from __future__ import annotations

from bot.domain.red_flags import Urgency
from bot.services.follow_ups import Action
from bot.services.notices import EscalationNotice
from bot.telegram.callbacks import FollowUpTap, OtherCountryTap, SignsTap
from bot.telegram.presenter.follow_ups import (
    call_lines,
    crisis_lines,
    danger_lines,
    of_the_body,
)
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.screen import Rows, Screen


def self_harm_screen(scene: Scene, notice: EscalationNotice, body: str | None) -> Screen:
    """Name the crisis line and the emergency number first, warmly; no list, no questions.

    `body` is what signs of the body need beside it. Where that is an ambulance it comes before
    the crisis line: nothing else is as soon too late.
    """
    talk, danger = crisis_lines(scene, notice.country), danger_lines(scene, notice.country)
    parts = [part for part in (talk, danger, body) if part is not None]
    if of_the_body(scene, notice.findings) is Urgency.EMERGENCY and body is not None:
        parts = [body, talk]
    text = joined(
        scene.say("self-harm-glad"),
        "\n\n".join(parts),
        "",
        scene.say("self-harm-together"),
        scene.say("self-harm-passes"),
        scene.say("emergency-told-nobody"),
        scene.say("without-record") if notice.escalation_id is None else None,
    )
    country = (scene.key("key-another-country", OtherCountryTap()),)
    if notice.escalation_id is None:
        return Screen(text, (country,))
    mistake = scene.key("key-misread", FollowUpTap(notice.escalation_id, Action.MISTAKE))
    return Screen(text, (country, (mistake,)))


def someone_else_screen(scene: Scene, notice: EscalationNotice) -> Screen:
    """Give the call for help for somebody else; the runner's own signs are a tap away."""
    text = joined(
        call_lines(scene, notice.country),
        "",
        scene.say("someone-else-stay"),
        scene.say("someone-else-breath"),
        scene.say("emergency-told-nobody"),
        scene.say("without-record"),
    )
    rows: Rows = (
        (scene.key("key-another-country", OtherCountryTap()),),
        (scene.key("key-it-is-me", SignsTap(), style="danger"),),
    )
    return Screen(text, rows)
