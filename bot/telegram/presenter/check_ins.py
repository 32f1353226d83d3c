"""How a check-in looks: one message, edited from question to question, a line per answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, assert_never

from bot.domain.check_in import (
    AFTERWARDS,
    ELSEWHERE,
    NONE_OF_THESE,
    ONE_OR_MORE,
    SOMETHING_WRONG,
    WHICH,
    YES,
    CheckIn,
    CheckInKind,
    Closed,
    Kept,
    Question,
    standing,
)
from bot.domain.pain import (
    SEVERE,
    Contributor,
    Effect,
)
from bot.domain.red_flags import SignList
from bot.services.notices import BackMap, CheckInNotice, ClosedCheckIn, MovedBelow, Prompt
from bot.telegram.callbacks import (
    AnswerTap,
    BackTap,
    LaterTap,
    LateTap,
    LeaveTap,
    SignsTap,
)
from bot.telegram.presenter.read_question import asked_about, read_question
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.presenter.sign_lists import sign_lines
from bot.telegram.presenter.where import ask_elsewhere, ask_region, back_map_screen
from bot.telegram.screen import Button, Rows, Screen, Style

_MILD: Final = 3


def check_in_screen(scene: Scene, notice: CheckInNotice) -> Screen:
    """Draw a check-in's message."""
    match notice:
        case Prompt():
            return _prompt(scene, notice)
        case ClosedCheckIn():
            return _closed(scene, notice)
        case MovedBelow():
            return Screen(f"<i>{scene.say('moved-below')}</i>")
        case BackMap(check_in_id):
            return back_map_screen(scene, check_in_id)
        case _:
            assert_never(notice)


def _prompt(scene: Scene, prompt: Prompt) -> Screen:
    check_in, question = prompt.check_in, prompt.question
    lines = _answer_lines(scene, check_in)
    intro = [scene.bold(f"check-in-title-{check_in.kind}")]
    if prompt.reminding:
        intro.append(scene.say("check-in-reminding"))
    if check_in.late and not check_in.answers:
        intro.append(scene.say("check-in-late"))
    body, rows = _QUESTIONS[question](scene, check_in)
    parts = [joined(*intro), *([joined(*lines)] if lines else []), body, _footer(scene, check_in)]
    return Screen("\n\n".join(parts), (*rows, *_ways_out(scene, check_in, question)))


def _footer(scene: Scene, check_in: CheckIn) -> str:
    at = scene.dated(check_in.opened_at or check_in.due_at)
    return f"<i>{scene.say('check-in-footer', time=at, city=scene.city)}</i>"


def _closed(scene: Scene, notice: ClosedCheckIn) -> Screen:
    check_in = notice.check_in
    lines = _answer_lines(scene, check_in)
    ending, rows = _ending(scene, notice)
    parts = [scene.bold(f"check-in-title-{check_in.kind}")]
    if lines:
        parts.append(joined(*lines))
    parts += [ending, _footer(scene, check_in)]
    return Screen("\n\n".join(parts), rows)


def _ending(scene: Scene, notice: ClosedCheckIn) -> tuple[str, Rows]:
    """Word the end; a check-in left after pain keeps the way to the signs."""
    check_in = notice.check_in
    if notice.snoozed_until is not None:
        return scene.say("closed-snoozed", time=scene.moment(notice.snoozed_until)), ()
    if notice.escalated:
        return scene.say("closed-escalated"), ()
    if check_in.closed is Closed.DONE:
        return _done(scene, notice), ()
    closed = scene.say(f"closed-{check_in.closed}") if check_in.closed else ""
    late: tuple[Button, ...] = ()
    if check_in.closed is Closed.EXPIRED:
        late = (scene.key("key-answer-late", LateTap(check_in.id)),)
    if check_in.needs_signs:
        signs = scene.key("key-signs", SignsTap(), style="danger")
        rows: Rows = ((signs,), late) if late else ((signs,),)
        return joined(scene.say("closed-left"), scene.say("safety-net")), rows
    return closed, (late,) if late else ()


def _done(scene: Scene, notice: ClosedCheckIn) -> str:
    check_in = notice.check_in
    answers = standing(check_in)
    if ONE_OR_MORE in {answers.get(Question.EMERGENCY), answers.get(Question.SAME_DAY)}:
        return scene.say("closed-escalated")
    if check_in.rating == 0 and not check_in.needs_signs:
        week = scene.say("closed-done-zero-week", days=notice.pain_free)
        return joined(scene.say("closed-done-zero"), week)
    return joined(scene.say("closed-done"), scene.say("safety-net"))


def _answer_lines(scene: Scene, check_in: CheckIn) -> list[str]:
    answers = standing(check_in)
    lines = [
        line
        for question in Question
        if question in answers
        and (line := answer_line(scene, question, answers[question], check_in.kept)) is not None
    ]
    if check_in.kept.region and Question.REGION not in answers and check_in.rating:
        lines.append(scene.say("line-reg", value=scene.raw(f"region-{check_in.kept.region}")))
    return lines


def answer_line(
    scene: Scene, question: Question, value: str, kept: Kept | None = None
) -> str | None:
    """Write one answer; None for one that is no line of its own.

    `kept` is needed for the answer about a typed sign, which says nothing without the sign.
    """
    if question in AFTERWARDS or value == ELSEWHERE:
        return None
    if question is Question.RATING and value == SOMETHING_WRONG:
        return scene.say("line-nrs-wrong")
    if question is Question.READ:
        signs = asked_about(scene, kept.asked if kept else ())
        return scene.say(f"line-{question}-{value}", signs=signs)
    if question in WHICH:
        return scene.say(f"line-{question}-{value}")
    if question is Question.DAILY_LIFE:
        return scene.say("line-day-yes") if value == YES else None
    return _plain_line(scene, question, value)


def _plain_line(scene: Scene, question: Question, value: str) -> str:
    line = "line-reg" if question is Question.ELSEWHERE else f"line-{question}"
    label = _LABELS.get(question)
    shown = scene.raw(label.format(value.replace("_", "-"))) if label else value
    return scene.say(line, value=shown)


_LABELS: Final = {
    Question.EMERGENCY_WHICH: "sign-{}.button",
    Question.SAME_DAY_WHICH: "sign-{}.button",
    Question.WEEKLY_WHICH: "sign-{}.button",
    Question.REGION: "region-{}",
    Question.ELSEWHERE: "region-{}",
    Question.CONTRIBUTOR: "contributor-{}",
    Question.HELPED: "key-{}",
}


def _ways_out(scene: Scene, check_in: CheckIn, question: Question) -> Rows:
    """Back on every question after the first; later and skip on the first, "Stop here" after."""
    if question is Question.READ:
        return ()
    if question is Question.RATING:
        later = scene.key("key-later", LaterTap(check_in.id))
        skip = scene.key("key-skip", LeaveTap(check_in.id, Closed.SKIPPED))
        if check_in.kind is CheckInKind.PLANNED:
            no_run = scene.key("key-no-run", LeaveTap(check_in.id, Closed.NO_RUN))
            return ((no_run, later),)
        return ((later, skip),)
    stop = scene.key("key-stop", LeaveTap(check_in.id, Closed.STOPPED))
    if not check_in.answers:
        return ((stop,),)
    return ((scene.key("key-back", BackTap(check_in.id)), stop),)


def _rating(scene: Scene, check_in: CheckIn) -> tuple[str, Rows]:
    def key(value: int) -> Button:
        data = AnswerTap(check_in.id, Question.RATING, str(value)).pack()
        return Button(str(value), data, _pain_style(value))

    zero = AnswerTap(check_in.id, Question.RATING, "0")
    wrong = AnswerTap(check_in.id, Question.RATING, SOMETHING_WRONG)
    rows: Rows = (
        (scene.key("key-no-pain", zero, style="success"),),
        tuple(key(value) for value in range(1, 6)),
        tuple(key(value) for value in range(6, 11)),
        (scene.key("key-something-wrong", wrong),),
    )
    return joined(scene.bold("question-nrs"), scene.say("question-nrs-scale")), rows


def _pain_style(value: int) -> Style | None:
    """Colour repeats what the number says; apps that show none lose nothing."""
    if value <= _MILD:
        return "success"
    return "danger" if value >= SEVERE else "primary"


def _list(which: SignList, question: Question) -> Callable[[Scene, CheckIn], tuple[str, Rows]]:
    def draw(scene: Scene, check_in: CheckIn) -> tuple[str, Rows]:
        none = AnswerTap(check_in.id, question, NONE_OF_THESE)
        some = AnswerTap(check_in.id, question, ONE_OR_MORE)
        text = joined(scene.bold(f"question-{question}"), sign_lines(scene, which))
        rows: Rows = (
            (scene.key("key-none-of-these", none),),
            (scene.key("key-one-or-more", some, style="danger"),),
        )
        return text, rows

    return draw


def _which(which: SignList, question: Question) -> Callable[[Scene, CheckIn], tuple[str, Rows]]:
    def draw(scene: Scene, check_in: CheckIn) -> tuple[str, Rows]:
        rows: Rows = tuple(
            (scene.key(f"sign-{sign}.button", AnswerTap(check_in.id, question, sign)),)
            for sign in scene.library.ruleset.signs(which)
        )
        return joined(scene.bold("question-which"), scene.say("question-which-why")), rows

    return draw


def _contributor(scene: Scene, check_in: CheckIn) -> tuple[str, Rows]:
    rows: Rows = tuple(
        (scene.key(f"contributor-{one}", AnswerTap(check_in.id, Question.CONTRIBUTOR, one)),)
        for one in Contributor
    )
    return scene.bold("question-con"), rows


def _helped(scene: Scene, check_in: CheckIn) -> tuple[str, Rows]:
    keys = [
        scene.key(
            f"key-{one.value.replace('_', '-')}",
            AnswerTap(check_in.id, Question.HELPED, one),
            style="success" if one is Effect.HELPED else None,
        )
        for one in Effect
    ]
    tip = scene.raw(f"tip-{check_in.kept.tip_id}")
    return scene.bold("question-hlp", tip=tip), (tuple(keys[:2]), tuple(keys[2:]))


_QUESTIONS: Final = {
    Question.RATING: _rating,
    Question.EMERGENCY: _list(SignList.EMERGENCY, Question.EMERGENCY),
    Question.SAME_DAY: _list(SignList.SAME_DAY, Question.SAME_DAY),
    Question.WEEKLY: _list(SignList.WEEKLY, Question.WEEKLY),
    Question.EMERGENCY_WHICH: _which(SignList.EMERGENCY, Question.EMERGENCY_WHICH),
    Question.SAME_DAY_WHICH: _which(SignList.SAME_DAY, Question.SAME_DAY_WHICH),
    Question.WEEKLY_WHICH: _which(SignList.WEEKLY, Question.WEEKLY_WHICH),
    Question.REGION: ask_region,
    Question.ELSEWHERE: ask_elsewhere,
    Question.DAILY_LIFE: ask_region,
    Question.CONTRIBUTOR: _contributor,
    Question.HELPED: _helped,
    Question.READ: read_question,
}
