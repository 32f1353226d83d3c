"""How an open escalation's follow-ups look, and the buttons that change it."""

from __future__ import annotations

from bot.domain.escalation import Escalation, FollowUp
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.domain.triage import assess
from bot.services.follow_ups import Action
from bot.services.notices import (
    FollowUpReply,
)
from bot.telegram.callbacks import (
    FollowUpTap,
    OtherCountryTap,
    SignsTap,
)
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.presenter.sign_lists import sign_lines
from bot.telegram.screen import Button, Rows, Screen, Style


def call_lines(scene: Scene, country: str | None) -> str:
    """Write the call for help: the action, then the number alone on its line."""
    numbers = scene.numbers_of(country)
    if numbers is None or country is None:
        return joined(scene.bold("emergency-call-unknown"), "", f"<b>{scene.anywhere}</b>")
    return joined(
        scene.bold("emergency-call", number=numbers.ambulance),
        "",
        f"<b>{numbers.ambulance}</b>",
        scene.say("emergency-elsewhere", country=scene.country(country), numbers=scene.anywhere),
    )


def help_lines(
    scene: Scene, findings: frozenset[Finding], urgency: Urgency, country: str | None
) -> str:
    """Say what to do about what is open; with self-harm the crisis line is never left out."""
    emergency = urgency is Urgency.EMERGENCY
    if Finding.SELF_HARM not in findings:
        return call_lines(scene, country) if emergency else scene.bold("urgent-see")
    talk = crisis_lines(scene, country)
    if not emergency:
        return joined(talk, "", scene.bold("urgent-see"))
    if of_the_body(scene, findings) is Urgency.EMERGENCY:
        return joined(call_lines(scene, country), "", talk)
    return joined(talk, "", danger_lines(scene, country))


def of_the_body(scene: Scene, findings: frozenset[Finding]) -> Urgency:
    """Tell how urgent findings are beside thoughts of self-harm."""
    return assess(findings - {Finding.SELF_HARM}, scene.library.ruleset).urgency


def crisis_lines(scene: Scene, country: str | None) -> str:
    """Write whom to talk to: the action, then the number or the address alone on its line."""
    numbers = scene.numbers_of(country)
    line = numbers.crisis_line if numbers else None
    call = scene.bold("self-harm-call", number=line) if line else scene.bold("self-harm-web")
    return joined(call, "", f"<b>{crisis_line(scene, country)}</b>")


def danger_lines(scene: Scene, country: str | None) -> str:
    """Write whom to call where thoughts of self-harm may become more than thoughts."""
    number = scene.emergency_number(country)
    return joined(scene.say("self-harm-danger", number=number), f"<b>{number}</b>")


class Keys:
    """Buttons about one escalation."""

    def __init__(self, scene: Scene, escalation_id: int) -> None:
        self._scene = scene
        self._escalation_id = escalation_id

    def __call__(self, text: str, action: Action, style: Style | None = None) -> Button:
        """Make one."""
        return self._scene.key(text, FollowUpTap(self._escalation_id, action), style=style)


def mistake_screen(scene: Scene, escalation: Escalation) -> Screen:
    """Ask whether it was a mistake, with the list in view."""
    key = Keys(scene, escalation.id)
    which = _list_of(scene, escalation)
    rows: Rows = (
        (key("key-mistake-yes", Action.MISTAKE_YES),),
        (key("key-mistake-no", Action.MISTAKE_NO, "danger"),),
    )
    if Finding.SELF_HARM in escalation.findings:
        keys = ((key("key-mistake-misread", Action.MISTAKE_YES),), rows[1])
        return Screen(_with_crisis_line(scene, escalation, scene.bold("mistake-misread")), keys)
    return Screen(
        joined(
            scene.bold("mistake-question"),
            scene.say("mistake-look"),
            "",
            sign_lines(scene, which),
        ),
        rows,
    )


def _list_of(scene: Scene, escalation: Escalation) -> SignList:
    """Tell which list led there."""
    if escalation.urgency is Urgency.EMERGENCY:
        return SignList.EMERGENCY
    weekly = {*scene.library.ruleset.weekly_signs, SignList.WEEKLY.unspecified}
    return SignList.WEEKLY if escalation.findings & weekly else SignList.SAME_DAY


def follow_up_screen(scene: Scene, escalation: Escalation, question: FollowUp) -> Screen:
    """Ask a follow-up question."""
    if question is FollowUp.REACHED_HELP:
        return _reached(scene, escalation)
    if question is FollowUp.STILL_GONE:
        key = Keys(scene, escalation.id)
        rows: Rows = (
            (key("key-still-gone", Action.STILL_GONE), key("key-back-again", Action.BACK)),
            (key("key-seen", Action.CHECKED, "success"),),
        )
        text = scene.bold("still-gone-question")
        return Screen(_with_crisis_line(scene, escalation, text), rows)
    text = joined(scene.bold("seen-question"), scene.say("seen-question-why"))
    return Screen(_with_crisis_line(scene, escalation, text), seen_keys(scene, escalation))


def _with_crisis_line(scene: Scene, escalation: Escalation, text: str) -> str:
    """Keep the crisis line in every message about an escalation that began with self-harm."""
    if Finding.SELF_HARM not in escalation.findings:
        return text
    return joined(text, "", crisis_lines(scene, _country(scene)))


def _country(scene: Scene) -> str | None:
    return scene.runner.country if scene.runner else None


def _reached(scene: Scene, escalation: Escalation) -> Screen:
    key = Keys(scene, escalation.id)
    rows: Rows = (
        (key("key-on-the-way", Action.ON_THE_WAY, "success"),),
        (key("key-not-yet", Action.NOT_YET, "danger"),),
        (key("key-mistake", Action.MISTAKE),),
    )
    return Screen(joined(scene.bold("reached-question"), "", _numbers(scene, escalation)), rows)


def _numbers(scene: Scene, escalation: Escalation) -> str:
    """Give the numbers to call, each alone on its line."""
    country = _country(scene)
    numbers = [scene.emergency_number(country)]
    if Finding.SELF_HARM in escalation.findings:
        numbers.insert(0, crisis_line(scene, country))
    return "\n".join(f"<b>{number}</b>" for number in numbers)


def crisis_line(scene: Scene, country: str | None) -> str:
    """Give the number for people who think of suicide, or where to find one."""
    numbers = scene.numbers_of(country)
    return (numbers.crisis_line if numbers else None) or "findahelpline.com"


def seen_keys(scene: Scene, escalation: Escalation) -> Rows:
    """Give the buttons that clear or lower an escalation."""
    key = Keys(scene, escalation.id)
    emergency = escalation.standing_urgency is Urgency.EMERGENCY
    checked = "key-checked" if emergency else "key-seen"
    return (
        (key(checked, Action.CHECKED, "success"),),
        (key("key-unseen", Action.UNSEEN), key("key-gone", Action.GONE)),
        (key("key-mistake", Action.MISTAKE),),
    )


def answered_screen(scene: Scene, escalation: Escalation, reply: FollowUpReply) -> Screen:
    """Answer a follow-up's answer, with what is still open."""
    text = scene.say(f"reply-{reply}")
    if reply is FollowUpReply.NOT_YET:
        numbers = _numbers(scene, escalation)
        return Screen(joined(text, "", numbers), _after_not_yet(scene, escalation))
    if reply in {FollowUpReply.STANDS, FollowUpReply.BACK}:
        return Screen(joined(text, "", _help(scene, escalation)), seen_keys(scene, escalation))
    if reply is FollowUpReply.CLEARED:
        text = joined(text, scene.say("reply-cleared-next"))
    if reply is FollowUpReply.LOWERED:
        text = joined(text, scene.say("reply-lowered-tips"))
    if reply is not FollowUpReply.MISTAKE:
        text = _with_crisis_line(scene, escalation, text)
    rows = seen_keys(scene, escalation) if escalation.is_open else ()
    return Screen(text, rows)


def _help(scene: Scene, escalation: Escalation) -> str:
    urgency = escalation.standing_urgency
    return help_lines(scene, escalation.findings, urgency, _country(scene))


def _after_not_yet(scene: Scene, escalation: Escalation) -> Rows:
    key = Keys(scene, escalation.id)
    return (
        (key("key-on-the-way", Action.ON_THE_WAY, "success"),),
        (scene.key("key-another-country", OtherCountryTap()),),
    )


def lock_screen(scene: Scene, escalation: Escalation) -> Screen:
    """Say why nothing else happens while an escalation is open."""
    emergency = escalation.standing_urgency is Urgency.EMERGENCY
    call = _help(scene, escalation)
    head = scene.say("lock-emergency" if emergency else "lock-urgent")
    rows = (
        *seen_keys(scene, escalation),
        (scene.key("key-signs", SignsTap(), style="danger"),),
    )
    return Screen(joined(call, "", head, scene.say("lock-why"), "", scene.bold("lock-what")), rows)
