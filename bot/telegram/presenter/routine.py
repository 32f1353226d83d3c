"""How a routine answer looks: whom to see and why, and the runner's word that it is done."""

from __future__ import annotations

from bot.domain.check_in import HAS_BOOKED, HAS_SEEN, Question
from bot.domain.red_flags import Finding, Urgency
from bot.services.notices import Advice
from bot.telegram.callbacks import AnswerTap
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.screen import Button


def why_to_see_somebody(scene: Scene, advice: Advice) -> str:
    """Say it with its reasons, firmly where it was said before."""
    reasons = [one for one in Finding if one in advice.findings - {Finding.PAIN}]
    lines = [
        scene.say("advice-because", reason=scene.raw(f"finding-{reason}")) for reason in reasons
    ]
    said = advice.check_in.value(Question.ACKNOWLEDGED)
    if said is not None:
        lines.append(scene.say(f"advice-{said}"))
    title = "advice-routine-firm" if advice.firm else "advice-routine"
    return joined(scene.bold(title), *lines)


def word_keys(scene: Scene, advice: Advice) -> list[tuple[Button, ...]]:
    """Let the runner say that somebody has looked or will; once said, the keys are gone."""
    check_in = advice.check_in
    if advice.urgency is not Urgency.ROUTINE or check_in.value(Question.ACKNOWLEDGED):
        return []
    return [
        (scene.key(f"key-has-{word}", AnswerTap(check_in.id, Question.ACKNOWLEDGED, word)),)
        for word in (HAS_SEEN, HAS_BOOKED)
    ]
