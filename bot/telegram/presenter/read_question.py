"""How the direct question looks that follows something typed which may have meant a sign."""

from __future__ import annotations

from bot.domain.check_in import IS_OVER, NO, YES, CheckIn, Question
from bot.domain.red_flags import UNNAMED, Finding, SignList, Urgency
from bot.domain.triage import assess
from bot.telegram.callbacks import AnswerTap
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.presenter.sign_lists import sign_lines
from bot.telegram.screen import Rows


def read_question(scene: Scene, check_in: CheckIn) -> tuple[str, Rows]:
    """Ask about the signs by name, or with the whole list where none could be named."""
    asked = check_in.kept.asked
    lines = "\n".join(f"• {scene.say(f'finding-{one}')}" for one in named(asked))
    for which in SignList:
        if which.unspecified in asked:
            lines = sign_lines(scene, which)
    yes = scene.key("key-read-yes", AnswerTap(check_in.id, Question.READ, YES), style="danger")
    over = scene.key("key-read-over", AnswerTap(check_in.id, Question.READ, IS_OVER))
    no = scene.key("key-read-no", AnswerTap(check_in.id, Question.READ, NO))
    rows: Rows = ((yes,), (over,), (no,)) if _is_emergency(scene, asked) else ((yes,), (no,))
    return joined(scene.bold("question-rd"), lines, "", scene.say("question-rd-why")), rows


def named(asked: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Give the signs to name, what is asked about first; plain pain beside a sign is none.

    Pain counts with the sign it was typed beside. It is named only where it is what is unsure.
    """
    beside = UNNAMED if asked[:1] == (Finding.PAIN,) else UNNAMED | {Finding.PAIN}
    return tuple(one for one in asked if one not in beside)


def asked_about(scene: Scene, asked: tuple[Finding, ...]) -> str:
    """Name in one line what was asked about, for whoever looks at the answer later."""
    signs = named(asked) or asked
    return ", ".join(scene.raw(f"finding-{one}") for one in signs)


def _is_emergency(scene: Scene, asked: tuple[Finding, ...]) -> bool:
    """Whether it would be an emergency: only then does it count, once over, as same-day."""
    urgency = assess(frozenset(asked), scene.library.ruleset).urgency
    return urgency is Urgency.EMERGENCY
