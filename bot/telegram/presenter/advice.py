"""How tips, the guided set and the safety profile look."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.flags import flags_of
from bot.domain.red_flags import SignList, Urgency
from bot.domain.runner import AgeBand, Condition, Profile
from bot.domain.tips import Tip
from bot.services.notices import (
    Advice,
    AdviceNotice,
    MovementShown,
    Prevention,
    ProfileKept,
    ProfileQuestion,
    Purpose,
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
    NotForMeTap,
    ProfileTap,
    Screened,
    ScreeningTap,
    ShowMeTap,
    SignsTap,
    StretchOverTap,
    StretchTap,
    TipsMenuTap,
    TipsSectionTap,
    TipTap,
)
from bot.telegram.presenter.routine import why_to_see_somebody, word_keys
from bot.telegram.presenter.scene import Scene, joined, quote
from bot.telegram.presenter.sign_lists import sign_lines
from bot.telegram.screen import Attachment, Button, Rows, Screen, Style


def advice_screen(scene: Scene, notice: AdviceNotice) -> Screen:  # noqa: C901, PLR0911, PLR0912 - a match
    """Draw a message about tips; the match is over the closed set of advice notices."""
    match notice:
        case Advice():
            return _advice(scene, notice)
        case Prevention(tip, given_id):
            text = joined(scene.bold("prevention-title"), "", tip_text(scene, tip))
            return Screen(text, _tip_keys(scene, tip, given_id), silent=True)
        case SignsDenied():
            text = joined(scene.say("signs-none"), scene.say("signs-none-why"))
            return Screen(joined(text, "", scene.say("safety-net-doctor")))
        case TipAside(tip):
            return Screen(scene.say("tip-aside", tip=scene.raw(f"tip-{tip.id}")))
        case MovementShown(tip):
            return _movement(scene, tip)
        case TipsMenu():
            return _menu(scene)
        case TipsList():
            return _list(scene, notice)
        case TipPage():
            return _page(scene, notice)
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


def _tip_keys(scene: Scene, tip: Tip, given_id: int | None) -> Rows:
    keys: list[Button] = []
    if tip.movement:
        keys.append(scene.key("key-show-me", ShowMeTap(tip.id), style="primary"))
    if given_id:
        keys.append(scene.key("key-not-for-me", NotForMeTap(given_id)))
    return (tuple(keys),) if keys else ()


def _advice(scene: Scene, advice: Advice) -> Screen:
    parts: list[str] = []
    if advice.urgency is Urgency.ROUTINE:
        parts.append(why_to_see_somebody(scene, advice))
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


def _advice_keys(scene: Scene, advice: Advice) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if advice.tip is not None:
        rows += _tip_keys(scene, advice.tip, advice.given_id)
        if advice.more:
            another = AnotherTipTap(advice.check_in.id)
            rows.append((scene.key("key-another-tip", another),))
    rows += word_keys(scene, advice)
    rows.append((scene.key("key-signs", SignsTap(), style="danger"),))
    return tuple(rows)


def _movement(scene: Scene, tip: Tip) -> Screen:
    return Screen(_movement_text(scene, tip), attachment=_picture(scene, tip))


def _movement_text(scene: Scene, tip: Tip) -> str:
    name = f"tip-{tip.id}"
    stop = f"{scene.bold('advice-stop')}: {scene.say(f'{name}.stop')}"
    how = (scene.say(f"{name}.how"), scene.say(f"{name}.dose"))
    return joined(scene.bold(name), "", *how, "", stop)


def _picture(scene: Scene, tip: Tip) -> Attachment | None:
    if tip.movement is None:
        return None
    return Attachment(scene.picture(tip.movement), f"{tip.movement}.png", "photo")


def _menu(scene: Scene) -> Screen:
    rows: Rows = tuple(
        (scene.key(f"tips-{section}", TipsSectionTap(section)),) for section in TipsSection
    )
    return Screen(joined(scene.bold("tips-title"), scene.say("tips-intro")), rows)


def _list(scene: Scene, notice: TipsList) -> Screen:
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


def _page(scene: Scene, page: TipPage) -> Screen:
    back = (scene.key(f"tips-{page.section}", TipsSectionTap(page.section)),)
    if page.barred:
        text = joined(scene.bold(f"tip-{page.tip.id}"), "", scene.say("tips-barred"))
        return Screen(text, (back,))
    return Screen(tip_text(scene, page.tip), (*_tip_keys(scene, page.tip, None), back))


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
    return Screen(text, (tuple(keys), (stop,)), attachment=_picture(scene, step.tip))


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
        case StretchEnd.NOTHING_FITS:
            doctor = scene.key("tips-before", TipsSectionTap(TipsSection.BEFORE))
            return Screen(scene.say("stretch-nothing"), ((doctor,),))
        case StretchEnd.SORE:
            return Screen(scene.say("stretch-sore"), (signs,))
        case StretchEnd.STOPPED | StretchEnd.GOOD:
            return Screen(scene.say(f"stretch-{how}"))
        case _:
            assert_never(how)
