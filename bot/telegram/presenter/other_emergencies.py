"""Two emergencies that are told in other words: thoughts of self-harm, and somebody else's."""

from __future__ import annotations

from bot.services.follow_ups import Action
from bot.services.notices import EscalationNotice
from bot.telegram.callbacks import FollowUpTap, OtherCountryTap, SignsTap
from bot.telegram.presenter.follow_ups import call_lines
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.screen import Rows, Screen


def self_harm_screen(scene: Scene, notice: EscalationNotice) -> Screen:
    """Name the crisis line and the emergency number first, warmly; no list, no questions."""
    numbers = scene.numbers_of(notice.country)
    line = numbers.crisis_line if numbers else None
    talk = (
        [scene.bold("self-harm-call", number=line), "", f"<b>{line}</b>"]
        if line
        else [scene.bold("self-harm-web"), "", "<b>findahelpline.com</b>"]
    )
    danger = scene.emergency_number(notice.country)
    text = joined(
        scene.say("self-harm-glad"),
        *talk,
        "",
        scene.say("self-harm-danger", number=danger),
        f"<b>{danger}</b>",
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
