"""How tips, the guided set and the safety profile look."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.check_in import HAS_BOOKED, HAS_SEEN, Question
from bot.domain.flags import flags_of
from bot.domain.red_flags import Finding, SignList, Urgency
from bot.domain.runner import AgeBand, Condition, Profile
from bot.domain.tips import Tip
from bot.services.notices import (
    Advice,
    AdviceNotice,
    AskFirst,
    MovementShown,
    Prevention,
    ProfileKept,
    ProfileQuestion,
    Purpose,
    ReasonsAgainst,
    Screening,
    SignsDenied,
    StretchEnd,
    StretchOver,
    StretchStep,
    TipAside,
    TipPage,
    TipsList,
    TipsMenu,
    TipsOff,
    TipsSection,
)
from bot.telegram.callbacks import (
    AnotherTipTap,
    AnswerTap,
    OtherViewTap,
    ProfileTap,
    Screened,
    ScreeningTap,
    SignsTap,
    StretchOverTap,
    StretchTap,
    TipsSectionTap,
)
from bot.telegram.presenter.scene import Scene, joined
from bot.telegram.presenter.sign_lists import sign_lines
from bot.telegram.presenter.tip_pages import (
    ask_first_screen,
    list_screen,
    menu_screen,
    page_screen,
    reasons_screen,
    tip_keys,
    tip_text,
)
from bot.telegram.screen import Attachment, Button, Rows, Screen, Style


def advice_screen(scene: Scene, notice: AdviceNotice) -> Screen:  # noqa: C901, PLR0911, PLR0912 - a match
    """Draw a message about tips; the match is over the closed set of advice notices."""
    match notice:
        case Advice():
            return _advice(scene, notice)
        case Prevention(tip, given_id):
            text = joined(scene.bold("prevention-title"), "", tip_text(scene, tip))
            return Screen(text, tip_keys(scene, tip, given_id), silent=True)
        case SignsDenied():
            text = joined(scene.say("signs-none"), scene.say("signs-none-why"))
            return Screen(joined(text, "", scene.say("safety-net-doctor")))
        case TipAside(tip):
            return Screen(scene.say("tip-aside", tip=scene.raw(f"tip-{tip.id}")))
        case MovementShown(tip, still):
            return _movement(scene, tip, still=still)
        case TipsMenu():
            return menu_screen(scene)
        case TipsList():
            return list_screen(scene, notice)
        case TipPage():
            return page_screen(scene, notice)
        case ReasonsAgainst():
            return reasons_screen(scene, notice)
        case AskFirst():
            return ask_first_screen(scene, notice)
        case Screening():
            return _screening(scene, notice)
        case ProfileQuestion():
            return _profile(scene, notice)
        case ProfileKept():
            return Screen(scene.say("profile-kept"))
        case StretchStep():
            return _step(scene, notice)
        case StretchOver(how):
            return _over(scene, how)
        case TipsOff(until):
            signs = (scene.key("key-signs", SignsTap(), style="danger"),)
            off = scene.say("tips-off", time=scene.moment(until))
            return Screen(joined(off, scene.say("safety-net-doctor")), (signs,))
        case _:
            assert_never(notice)


def _advice(scene: Scene, advice: Advice) -> Screen:
    parts: list[str] = []
    if advice.urgency is Urgency.ROUTINE:
        parts.append(_routine(scene, advice))
    region = advice.check_in.region
    if region is not None and not region.is_upper_back and advice.tip:
        parts.append(scene.say("advice-outside"))
    if advice.tip is not None:
        parts.append(tip_text(scene, advice.tip))
    elif advice.off_until:
        parts.append(scene.say("tips-off", time=scene.moment(advice.off_until)))
    elif advice.held_back:
        parts.append(scene.say("advice-held-back"))
    else:
        parts.append(scene.say("advice-none" if advice.more else "advice-no-more"))
    parts.append(joined(scene.say("safety-net"), scene.say("safety-net-doctor")))
    return Screen("\n\n".join(parts), _advice_keys(scene, advice))


def _routine(scene: Scene, advice: Advice) -> str:
    reasons = [one for one in Finding if one in advice.findings - {Finding.PAIN}]
    lines = [
        scene.say("advice-because", reason=scene.raw(f"finding-{reason}")) for reason in reasons
    ]
    said = advice.check_in.value(Question.ACKNOWLEDGED)
    if said is not None:
        lines.append(scene.say(f"advice-{said}"))
    title = "advice-routine-firm" if advice.firm else "advice-routine"
    # Said at the beginning, and again when pain lasts or comes back.
    nhs = scene.nhs_line(scene.runner.country if scene.runner else None)
    return joined(scene.bold(title), *lines, nhs)


def _advice_keys(scene: Scene, advice: Advice) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if advice.tip is not None:
        rows += tip_keys(scene, advice.tip, advice.given_id)
        if advice.more:
            another = AnotherTipTap(advice.check_in.id)
            rows.append((scene.key("key-another-tip", another),))
    if advice.urgency is Urgency.ROUTINE and not advice.check_in.value(Question.ACKNOWLEDGED):
        rows += [
            (
                scene.key(
                    f"key-has-{word}", AnswerTap(advice.check_in.id, Question.ACKNOWLEDGED, word)
                ),
            )
            for word in (HAS_SEEN, HAS_BOOKED)
        ]
    rows.append((scene.key("key-signs", SignsTap(), style="danger"),))
    return tuple(rows)


def _movement(scene: Scene, tip: Tip, *, still: bool) -> Screen:
    rows: Rows = ()
    if tip.movement is not None and scene.animation(tip.movement) is not None:
        # Some phones play nothing by themselves, and some people cannot bear what moves.
        other = OtherViewTap(tip.id, still=not still)
        rows = ((scene.key("key-in-motion" if still else "key-both-positions", other),),)
    picture = _picture(scene, tip, still=still)
    return Screen(_movement_text(scene, tip), rows, attachment=picture, silent=True)


def _movement_text(scene: Scene, tip: Tip) -> str:
    name = f"tip-{tip.id}"
    stop = f"{scene.bold('advice-stop')}: {scene.say(f'{name}.stop')}"
    how = (scene.say(f"{name}.how"), scene.say(f"{name}.dose"))
    return joined(scene.bold(name), "", *how, "", stop)


def _picture(scene: Scene, tip: Tip, *, still: bool = False) -> Attachment | None:
    if tip.movement is None:
        return None
    animation = None if still else scene.animation(tip.movement)
    if animation is not None:
        return animation
    drawn = scene.picture(tip.movement)
    return Attachment(drawn, f"{tip.movement}.png", "photo", lasting=True)


def _screening(scene: Scene, notice: Screening) -> Screen:
    def key(text: str, answer: Screened) -> Button:
        style: Style | None = None if answer is Screened.NONE else "danger"
        return scene.key(text, ScreeningTap(notice.purpose, answer), style=style)

    text = joined(
        scene.bold("screening-title"),
        scene.say("screening-question"),
        "",
        scene.bold("screening-emergency"),
        sign_lines(scene, SignList.EMERGENCY),
        "",
        scene.bold("screening-same-day"),
        sign_lines(scene, SignList.SAME_DAY),
    )
    rows: Rows = (
        (key("key-screen-none", Screened.NONE),),
        (key("key-screen-emergency", Screened.EMERGENCY),),
        (key("key-screen-same-day", Screened.SAME_DAY),),
    )
    return Screen(text, rows)


def _profile(scene: Scene, notice: ProfileQuestion) -> Screen:
    draft = notice.draft

    def tap(profile: Profile, *, save: bool = False) -> ProfileTap:
        return ProfileTap(flags_of(profile), notice.purpose, notice.check_in_id, save)

    settings = notice.purpose is Purpose.SETTINGS
    title = scene.bold("profile-settings" if settings else "profile-title")
    rows: list[tuple[Button, ...]] = [
        (_condition(scene, draft, one, tap(_flip(draft, one))),) for one in Condition
    ]
    rows.append(tuple(_age(scene, draft, band, tap(_aged(draft, band))) for band in _AGES))
    done = "key-profile-done" if draft.conditions else "key-profile-none"
    rows.append((scene.key(done, tap(replace(draft, undisclosed=False), save=True)),))
    unsaid = Profile(undisclosed=True)
    rows.append((scene.key("key-profile-unsaid", tap(unsaid, save=True)),))
    lines = (scene.say("profile-question"), scene.say("profile-age"), scene.say("profile-unsaid"))
    return Screen(joined(title, "", *lines), tuple(rows))


_AGES = (AgeBand.UP_TO_54, AgeBand.FROM_55, AgeBand.FROM_66)


def _flip(draft: Profile, condition: Condition) -> Profile:
    return replace(draft, conditions=draft.conditions ^ {condition}, undisclosed=False)


def _aged(draft: Profile, band: AgeBand) -> Profile:
    return replace(draft, age_band=band, undisclosed=False)


def _condition(scene: Scene, draft: Profile, one: Condition, tap: ProfileTap) -> Button:
    ticked = "✓ " if one in draft.conditions else ""
    return Button(f"{ticked}{scene.raw(f'condition-{one}')}", tap.pack())


def _age(scene: Scene, draft: Profile, band: AgeBand, tap: ProfileTap) -> Button:
    ticked = "✓ " if band is draft.age_band else ""
    return Button(f"{ticked}{scene.raw(f'age-{band}')}", tap.pack())


def _step(scene: Scene, step: StretchStep) -> Screen:
    head = scene.say("stretch-title", number=step.number, total=step.total)
    text = joined(f"<i>{head}</i>", _movement_text(scene, step.tip))
    last = step.number == step.total
    on = "key-finish" if last else "key-next"
    keys: list[Button] = []
    if step.number > 1:
        keys.append(scene.key("key-back", StretchTap(step.number - 1, step.flags)))
    keys.append(scene.key(on, StretchTap(step.number + 1, step.flags), style="primary"))
    stop = scene.key("key-stop-stretch", StretchOverTap(StretchEnd.STOPPED))
    rows: Rows = (tuple(keys), (stop,))
    return Screen(text, rows, attachment=_picture(scene, step.tip), silent=True)


def _over(scene: Scene, how: StretchEnd) -> Screen:
    signs = (scene.key("key-signs", SignsTap(), style="danger"),)
    match how:
        case StretchEnd.FINISHED:
            rows: Rows = (
                (
                    scene.key("key-stretch-good", StretchOverTap(StretchEnd.GOOD)),
                    scene.key("key-stretch-sore", StretchOverTap(StretchEnd.SORE)),
                ),
                signs,
            )
            return Screen(scene.bold("stretch-over"), rows)
        case StretchEnd.NOT_TODAY:
            return Screen(scene.say("stretch-not-today"), (signs,))
        case StretchEnd.AFTER_A_SIGN:
            return Screen(scene.say("stretch-after-a-sign"), (signs,))
        case StretchEnd.NOTHING_FITS:
            doctor = scene.key("tips-before", TipsSectionTap(TipsSection.BEFORE))
            return Screen(scene.say("stretch-nothing"), ((doctor,),))
        case StretchEnd.SORE:
            return Screen(scene.say("stretch-sore"), (signs,))
        case StretchEnd.STOPPED | StretchEnd.GOOD:
            return Screen(scene.say(f"stretch-{how}"))
        case _:
            assert_never(how)
