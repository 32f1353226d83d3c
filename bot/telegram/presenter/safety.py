"""How signs, escalations and follow-ups look: action first, the number alone on its line."""

from __future__ import annotations

from typing import assert_never

from bot.domain.escalation import Escalation, FollowUp
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.services.notices import (
    CountryQuestion,
    DoctorPage,
    EscalationNotice,
    FollowUpAnswered,
    FollowUpQuestion,
    FollowUpReply,
    LocalNumber,
    LockReminder,
    MistakeQuestion,
    NotRead,
    SafetyNotice,
    SignsOffer,
    SignsQuestion,
    SignsWithoutRecord,
)
from bot.services.safety import Action
from bot.telegram.callbacks import (
    FollowUpTap,
    NameTap,
    OtherCountryTap,
    SignsTap,
    StrangerSignsTap,
    SummaryTap,
)
from bot.telegram.presenter.check_ins import sign_lines
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.screen import Button, Rows, Screen, Style

_UNNAMED = frozenset({Finding.EMERGENCY_UNSPECIFIED, Finding.SAME_DAY_UNSPECIFIED})


def safety_screen(scene: Scene, notice: SafetyNotice) -> Screen:  # noqa: C901, PLR0911 - a match
    """Draw a message about signs; the match is over the closed set of safety notices."""
    match notice:
        case EscalationNotice():
            emergency = notice.urgency is Urgency.EMERGENCY
            return _emergency(scene, notice) if emergency else _urgent(scene, notice)
        case MistakeQuestion(escalation):
            return _mistake(scene, escalation)
        case FollowUpQuestion(escalation, question):
            return _follow_up(scene, escalation, question)
        case FollowUpAnswered(escalation, reply):
            return _answered(scene, escalation, reply)
        case LockReminder(escalation):
            return _lock(scene, escalation)
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


def _named(findings: frozenset[Finding]) -> list[Finding]:
    return sorted(findings - _UNNAMED)


def _tell(scene: Scene, message_id: str, findings: frozenset[Finding]) -> str | None:
    """Word what to say to those who help, from the signs that were named."""
    signs = [one for one in _named(findings) if scene.library.ruleset.list_of(one)]
    if not signs:
        return None
    words = " ".join(scene.raw(f"sign-{sign}.tell") for sign in signs)
    return scene.say(message_id, words=words)


def _emergency(scene: Scene, notice: EscalationNotice) -> Screen:
    named = _tell(scene, "emergency-tell", notice.findings)
    rows: list[tuple[Button, ...]] = []
    ending = [scene.say("emergency-told-nobody")]
    if notice.escalation_id is None:
        ending.append(scene.say("without-record"))
    elif named is None:
        ending.append("")
        ending.append(scene.say("emergency-which"))
        rows += _sign_keys(scene, notice.escalation_id, SignList.EMERGENCY)
    rows.append((scene.key("key-another-country", OtherCountryTap()),))
    if notice.escalation_id is not None:
        mistake = FollowUpTap(notice.escalation_id, Action.MISTAKE)
        rows.append((scene.key("key-mistake", mistake),))
    actions = ("emergency-stop", "emergency-drive", "emergency-together")
    return Screen(
        joined(
            call_lines(scene, notice.country),
            "",
            *(scene.say(action) for action in actions),
            *((named,) if named else ()),
            *ending,
        ),
        tuple(rows),
    )


def _sign_keys(scene: Scene, escalation_id: int, which: SignList) -> list[tuple[Button, ...]]:
    return [
        (scene.key(f"sign-{sign}.button", NameTap(escalation_id, sign)),)
        for sign in scene.library.ruleset.signs(which)
    ]


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
    signs = _tell(scene, "urgent-say", notice.findings)
    if signs is not None:
        return joined(signs, scene.say("urgent-say-run"))
    pain = {Finding.VERY_SEVERE_PAIN, Finding.SEVERE_TWICE}
    if notice.findings & pain:
        return scene.say("urgent-say", words=scene.raw("urgent-say-pain"))
    if notice.findings & {Finding.CANCER_HISTORY, Finding.FRAGILE_BONES}:
        return scene.say("urgent-say", words=scene.raw("urgent-say-profile"))
    unnamed = scene.raw(f"sign-{Finding.SAME_DAY_UNSPECIFIED}.tell")
    return joined(scene.say("urgent-say", words=unnamed), scene.say("urgent-say-run"))


def _urgent_keys(scene: Scene, notice: EscalationNotice) -> Rows:
    if notice.escalation_id is None:
        return ((scene.key("key-another-country", OtherCountryTap()),),)
    rows: list[tuple[Button, ...]] = []
    if Finding.SAME_DAY_UNSPECIFIED in notice.findings:
        rows += _sign_keys(scene, notice.escalation_id, SignList.SAME_DAY)
    key = _taps(scene, notice.escalation_id)
    rows.append((key("key-seen", Action.CHECKED, "success"), key("key-gone", Action.GONE)))
    rows.append((scene.key("key-signs", SignsTap(), style="danger"),))
    rows.append((key("key-mistake", Action.MISTAKE),))
    return tuple(rows)


class _taps:  # noqa: N801 - reads as the function it stands for
    """Buttons about one escalation."""

    def __init__(self, scene: Scene, escalation_id: int) -> None:
        self._scene = scene
        self._escalation_id = escalation_id

    def __call__(self, text: str, action: Action, style: Style | None = None) -> Button:
        return self._scene.key(text, FollowUpTap(self._escalation_id, action), style=style)


def _mistake(scene: Scene, escalation: Escalation) -> Screen:
    key = _taps(scene, escalation.id)
    which = SignList.EMERGENCY if escalation.urgency is Urgency.EMERGENCY else SignList.SAME_DAY
    rows: Rows = (
        (key("key-mistake-yes", Action.MISTAKE_YES),),
        (key("key-mistake-no", Action.MISTAKE_NO, "danger"),),
    )
    return Screen(
        joined(
            scene.bold("mistake-question"),
            scene.say("mistake-look"),
            "",
            sign_lines(scene, which),
        ),
        rows,
    )


def _follow_up(scene: Scene, escalation: Escalation, question: FollowUp) -> Screen:
    if question is FollowUp.REACHED_HELP:
        return _reached(scene, escalation)
    if question is FollowUp.STILL_GONE:
        key = _taps(scene, escalation.id)
        rows: Rows = (
            (key("key-still-gone", Action.STILL_GONE), key("key-back-again", Action.BACK)),
            (key("key-seen", Action.CHECKED, "success"),),
        )
        return Screen(scene.bold("still-gone-question"), rows)
    text = joined(scene.bold("seen-question"), scene.say("seen-question-why"))
    return Screen(text, _seen_keys(scene, escalation))


def _reached(scene: Scene, escalation: Escalation) -> Screen:
    key = _taps(scene, escalation.id)
    country = scene.runner.country if scene.runner else None
    rows: Rows = (
        (key("key-on-the-way", Action.ON_THE_WAY, "success"),),
        (key("key-not-yet", Action.NOT_YET, "danger"),),
        (key("key-mistake", Action.MISTAKE),),
    )
    number = f"<b>{scene.emergency_number(country)}</b>"
    return Screen(joined(scene.bold("reached-question"), "", number), rows)


def _seen_keys(scene: Scene, escalation: Escalation) -> Rows:
    key = _taps(scene, escalation.id)
    emergency = escalation.standing_urgency is Urgency.EMERGENCY
    checked = "key-checked" if emergency else "key-seen"
    return (
        (key(checked, Action.CHECKED, "success"),),
        (key("key-unseen", Action.UNSEEN), key("key-gone", Action.GONE)),
        (key("key-mistake", Action.MISTAKE),),
    )


def _answered(scene: Scene, escalation: Escalation, reply: FollowUpReply) -> Screen:
    country = scene.runner.country if scene.runner else None
    text = scene.say(f"reply-{reply}")
    if reply is FollowUpReply.NOT_YET:
        number = scene.emergency_number(country)
        return Screen(joined(text, "", f"<b>{number}</b>"), _after_not_yet(scene, escalation))
    if reply is FollowUpReply.CLEARED:
        return Screen(joined(text, scene.say("reply-cleared-next")))
    if reply is FollowUpReply.LOWERED:
        text = joined(text, scene.say("reply-lowered-tips"))
    if reply in {FollowUpReply.STANDS, FollowUpReply.BACK}:
        is_emergency = escalation.standing_urgency is Urgency.EMERGENCY
        call = call_lines(scene, country) if is_emergency else scene.bold("urgent-see")
        text = joined(text, "", call)
    rows = _seen_keys(scene, escalation) if escalation.is_open else ()
    return Screen(text, rows)


def _after_not_yet(scene: Scene, escalation: Escalation) -> Rows:
    key = _taps(scene, escalation.id)
    return (
        (key("key-on-the-way", Action.ON_THE_WAY, "success"),),
        (scene.key("key-another-country", OtherCountryTap()),),
    )


def _lock(scene: Scene, escalation: Escalation) -> Screen:
    emergency = escalation.standing_urgency is Urgency.EMERGENCY
    country = scene.runner.country if scene.runner else None
    call = call_lines(scene, country) if emergency else scene.bold("urgent-see")
    head = scene.say("lock-emergency" if emergency else "lock-urgent")
    rows = (
        *_seen_keys(scene, escalation),
        (scene.key("key-signs", SignsTap(), style="danger"),),
    )
    return Screen(joined(call, "", head, scene.say("lock-why"), "", scene.bold("lock-what")), rows)


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
    return Screen(joined(*lines))


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
        "",
        scene.say("doctor-routine"),
        *(scene.say(f"doctor-reason-{reason}") for reason in reasons),
        "",
        _crisis(scene, numbers.crisis_line if numbers else None),
        scene.say("doctor-numbers-date", date=str(scene.library.numbers.dated)),
    ]
    rows: list[tuple[Button, ...]] = [(scene.key("key-signs", SignsTap(), style="danger"),)]
    if page.escalation is not None:
        rows += _seen_keys(scene, page.escalation)
    rows.append((scene.key("key-summary", SummaryTap()),))
    rows.append((scene.key("key-another-country", OtherCountryTap()),))
    return Screen(joined(*lines), tuple(rows))


def _crisis(scene: Scene, line: str | None) -> str:
    return scene.say("doctor-crisis", number=line) if line else scene.say("doctor-crisis-web")
