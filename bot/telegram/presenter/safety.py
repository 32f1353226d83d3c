"""How signs, escalations and follow-ups look: action first, the number alone on its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.domain.red_flags import UNNAMED, Finding, SignList, Urgency
from bot.services.follow_ups import Action
from bot.services.notices import (
    CountryQuestion,
    DoctorPage,
    EscalationNotice,
    FollowUpAnswered,
    FollowUpQuestion,
    LocalNumber,
    LockReminder,
    MistakeQuestion,
    NotRead,
    SafetyNotice,
    SignsOffer,
    SignsQuestion,
    SignsWithoutRecord,
)
from bot.telegram.callbacks import (
    FollowUpTap,
    NameTap,
    OtherCountryTap,
    SignsTap,
    StrangerSignsTap,
    SummaryTap,
)
from bot.telegram.presenter.follow_ups import (
    Keys,
    answered_screen,
    call_lines,
    follow_up_screen,
    lock_screen,
    mistake_screen,
    of_the_body,
    seen_keys,
)
from bot.telegram.presenter.other_emergencies import self_harm_screen, someone_else_screen
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.presenter.sign_lists import sign_lines
from bot.telegram.screen import Button, Rows, Screen

_WHOLE = frozenset(
    {
        Finding.VERY_SEVERE_PAIN,
        Finding.SEVERE_TWICE,
        Finding.PAIN_IN_CHEST,
        Finding.CANCER_HISTORY,
        Finding.FRAGILE_BONES,
    }
)
"""What is said of these tells of the pain already."""


_NOT_SAID = frozenset({Finding.SELF_HARM, Finding.SOMEONE_ELSE})
"""One is nothing to be read out to a switchboard, the other is not about the runner."""


def safety_screen(scene: Scene, notice: SafetyNotice) -> Screen:  # noqa: C901, PLR0911 - a match
    """Draw a message about signs; the match is over the closed set of safety notices."""
    match notice:
        case EscalationNotice():
            return _escalation(scene, notice)
        case MistakeQuestion(escalation):
            return mistake_screen(scene, escalation)
        case FollowUpQuestion(escalation, question):
            return follow_up_screen(scene, escalation, question)
        case FollowUpAnswered(escalation, reply):
            return answered_screen(scene, escalation, reply)
        case LockReminder(escalation):
            return lock_screen(scene, escalation)
        case LocalNumber(country):
            return _local_number(scene, country)
        case CountryQuestion():
            return _country_question(scene, notice)
        case SignsOffer(why, country):
            return _offer(scene, why, country)
        case SignsQuestion(which):
            return _stranger_list(scene, which)
        case SignsWithoutRecord():
            return Screen(joined(scene.say("signs-none"), scene.say("signs-none-why")))
        case DoctorPage():
            return _doctor(scene, notice)
        case _:
            assert_never(notice)


def _escalation(scene: Scene, notice: EscalationNotice) -> Screen:
    if Finding.SELF_HARM in notice.findings:
        return self_harm_screen(scene, notice, _beside_self_harm(scene, notice))
    if Finding.SOMEONE_ELSE in notice.findings:
        return someone_else_screen(scene, notice)
    emergency = notice.urgency is Urgency.EMERGENCY
    return _emergency(scene, notice) if emergency else _urgent(scene, notice)


def _to_tell(scene: Scene, findings: frozenset[Finding]) -> list[Finding]:
    """Pick what made it urgent, the most urgent first; nothing where words would not help."""
    if findings & _NOT_SAID:
        return []
    loud = [rule for rule in scene.library.ruleset.fired(findings) if rule.urgency.escalates]
    why = {one for rule in loud for one in (*rule.when.all_of, *rule.when.any_of)}
    said = findings & why - UNNAMED - {Finding.PAIN}
    return [one for one in Finding if one in said]


def _tell(scene: Scene, message_id: str, findings: Sequence[Finding]) -> str:
    """Word what to say to those who help."""
    words = " ".join(scene.raw(f"sign-{finding}.tell") for finding in findings)
    return scene.say(message_id, words=words)


def _beside_self_harm(scene: Scene, notice: EscalationNotice) -> str | None:
    """Say what signs of the body need that came with thoughts of self-harm."""
    urgency = of_the_body(scene, notice.findings)
    if urgency is Urgency.EMERGENCY:
        return call_lines(scene, notice.country)
    return scene.bold("urgent-see") if urgency.escalates else None


_ACTIONS = ("emergency-stop", "emergency-drive", "emergency-together")


def _emergency(scene: Scene, notice: EscalationNotice) -> Screen:
    """Keep the call in sight: few short lines, and the keys in rows of two."""
    lines = [call_lines(scene, notice.country), "", *(scene.say(one) for one in _ACTIONS)]
    told = _to_tell(scene, notice.findings)
    if told:
        lines.append(_tell(scene, "emergency-tell", told))
    lines.append(scene.say("emergency-told-nobody"))
    if notice.escalation_id is None:
        lines.append(scene.say("without-record"))
    elif Finding.EMERGENCY_UNSPECIFIED in notice.findings:
        lines += ["", scene.say("emergency-which")]
    return Screen(joined(*lines), _emergency_keys(scene, notice))


def _emergency_keys(scene: Scene, notice: EscalationNotice) -> Rows:
    country = scene.key("key-another-country", OtherCountryTap())
    if notice.escalation_id is None:
        return ((country,),)
    text = "key-misread" if notice.from_words else "key-mistake"
    mistake = scene.key(text, FollowUpTap(notice.escalation_id, Action.MISTAKE))
    unnamed = Finding.EMERGENCY_UNSPECIFIED in notice.findings
    signs = _sign_keys(scene, notice.escalation_id, SignList.EMERGENCY) if unnamed else ()
    return (*signs, (country,), (mistake,))


def _sign_keys(scene: Scene, escalation_id: int, which: SignList) -> list[tuple[Button, ...]]:
    keys = [
        scene.key(f"sign-{sign}.short", NameTap(escalation_id, sign))
        for sign in scene.library.ruleset.signs(which)
    ]
    return [tuple(keys[at : at + 2]) for at in range(0, len(keys), 2)]


def _urgent(scene: Scene, notice: EscalationNotice) -> Screen:
    numbers = scene.numbers_of(notice.country)
    lines = [scene.bold("urgent-see"), ""]
    if numbers and numbers.urgent_line:
        lines.append(scene.say("urgent-line", number=numbers.urgent_line))
        lines.append(f"<b>{numbers.urgent_line}</b>")
    else:
        lines.append(scene.say("urgent-no-line"))
    lines.append(scene.say("urgent-closed"))
    lines.append(scene.say("urgent-worse", number=scene.emergency_number(notice.country)))
    lines += ["", _say(scene, notice), "", scene.say("urgent-no-run")]
    lines.append(scene.say("emergency-told-nobody"))
    recorded = notice.escalation_id is not None
    lines.append(scene.say("urgent-follow-up" if recorded else "without-record"))
    return Screen(joined(*lines), _urgent_keys(scene, notice))


def _say(scene: Scene, notice: EscalationNotice) -> str:
    told = _to_tell(scene, notice.findings) or [Finding.SAME_DAY_UNSPECIFIED]
    said = _tell(scene, "urgent-say", told)
    # In words, the runner may have spoken of nothing but the sign.
    alone = notice.from_words and Finding.PAIN not in notice.findings
    whole = alone or _WHOLE.issuperset(told)
    return said if whole else joined(said, scene.say("urgent-say-run"))


def _urgent_keys(scene: Scene, notice: EscalationNotice) -> Rows:
    if notice.escalation_id is None:
        return ((scene.key("key-another-country", OtherCountryTap()),),)
    rows: list[tuple[Button, ...]] = []
    for which in (SignList.SAME_DAY, SignList.WEEKLY):
        if which.unspecified in notice.findings:
            rows += _sign_keys(scene, notice.escalation_id, which)
    key = Keys(scene, notice.escalation_id)
    rows.append((key("key-seen", Action.CHECKED, "success"), key("key-gone", Action.GONE)))
    rows.append((scene.key("key-signs", SignsTap(), style="danger"),))
    mistaken = "key-misread" if notice.from_words else "key-mistake"
    rows.append((key(mistaken, Action.MISTAKE),))
    return tuple(rows)


def _local_number(scene: Scene, country: str) -> Screen:
    numbers = scene.numbers_of(country)
    if numbers is None:
        return Screen(joined(scene.bold("emergency-call-unknown"), "", f"<b>{scene.anywhere}</b>"))
    name = scene.country(country)
    text = scene.say("number-of", country=name, number=numbers.ambulance)
    return Screen(joined(text, "", f"<b>{numbers.ambulance}</b>"))


def _country_question(scene: Scene, notice: CountryQuestion) -> Screen:
    asked = "country-emergency" if notice.for_emergency else "country-place"
    lines = [scene.say("country-unknown" if notice.unknown else asked)]
    if notice.for_emergency:
        lines.append(scene.say("country-anywhere", numbers=scene.anywhere))
    signs = scene.key("key-signs", SignsTap(), style="danger")
    return Screen(joined(*lines), ((signs,),) if notice.unknown else ())


def _offer(scene: Scene, why: NotRead, country: str | None) -> Screen:
    lines = [scene.say(f"offer-{why}")]
    if why is NotRead.TEXT:
        lines.append(scene.say("offer-text-what"))
    number = scene.emergency_number(country)
    lines += ["", scene.say("offer-signs"), scene.say("offer-number", number=number)]
    return Screen(joined(*lines), ((scene.key("key-signs", SignsTap(), style="danger"),),))


def _stranger_list(scene: Scene, which: SignList) -> Screen:
    rows: Rows = (
        (scene.key("key-none-of-these", StrangerSignsTap(which, one_or_more=False)),),
        (scene.key("key-one-or-more", StrangerSignsTap(which, one_or_more=True), style="danger"),),
    )
    question = scene.bold(f"signs-{which}-question")
    return Screen(joined(question, sign_lines(scene, which)), rows)


def _doctor(scene: Scene, page: DoctorPage) -> Screen:
    numbers = scene.numbers_of(page.country)
    number = scene.emergency_number(page.country)
    urgent = numbers.urgent_line if numbers else None
    reasons = ("severe", "lasting", "home", "daily")
    lines = [
        scene.bold("doctor-title"),
        "",
        scene.say("doctor-emergency", number=number),
        f"<b>{number}</b>",
        "",
        scene.say("doctor-urgent-line", number=urgent) if urgent else scene.say("doctor-urgent"),
        f"<b>{urgent}</b>" if urgent else None,
        scene.say("doctor-reason-numb"),
        scene.nhs_line(page.country),
        "",
        scene.say("doctor-routine"),
        *(scene.say(f"doctor-reason-{reason}") for reason in reasons),
        "",
        _crisis(scene, numbers.crisis_line if numbers else None),
        scene.say("doctor-numbers-date", date=str(scene.library.numbers.dated)),
    ]
    rows: list[tuple[Button, ...]] = [(scene.key("key-signs", SignsTap(), style="danger"),)]
    if page.escalation is not None:
        rows += seen_keys(scene, page.escalation)
    rows.append((scene.key("key-summary", SummaryTap()),))
    rows.append((scene.key("key-another-country", OtherCountryTap()),))
    return Screen(joined(*lines), tuple(rows))


def _crisis(scene: Scene, line: str | None) -> str:
    return scene.say("doctor-crisis", number=line) if line else scene.say("doctor-crisis-web")
