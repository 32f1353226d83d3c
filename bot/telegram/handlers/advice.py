"""Handlers of tips, the guided set and the safety profile."""

from __future__ import annotations

from typing import Final

from bot.domain.flags import profile_of
from bot.domain.red_flags import SignList
from bot.services.replies import Reply
from bot.telegram.callbacks import (
    AnotherTipTap,
    NotForMeTap,
    OtherViewTap,
    ProfileTap,
    ReasonsTap,
    Screened,
    ScreeningTap,
    ShowMeTap,
    StretchOverTap,
    StretchTap,
    TipsMenuTap,
    TipsSectionTap,
    TipTap,
)
from bot.telegram.handlers.route import Commands, Here, Taps

_REPORTED: Final = {
    Screened.NONE: None,
    Screened.EMERGENCY: SignList.EMERGENCY,
    Screened.SAME_DAY: SignList.SAME_DAY,
}


async def another_tip(tap: AnotherTipTap, here: Here) -> Reply:
    """Give a second tip."""
    return await here.use_cases.another_tip(here.user_id, tap.check_in_id, here.update_id)


async def not_for_me(tap: NotForMeTap, here: Here) -> Reply:
    """Switch a tip off."""
    return await here.use_cases.not_for_me(here.user_id, tap.given_id)


async def show_me(tap: ShowMeTap, here: Here) -> Reply:
    """Show a tip's movement."""
    return await here.use_cases.show_movement(here.user_id, tap.tip_id)


async def other_view(tap: OtherViewTap, here: Here) -> Reply:
    """Show a tip's movement the other way."""
    show = here.use_cases.show_movement
    return await show.instead(here.user_id, tap.tip_id, still=tap.still)


async def tips_menu(_tap: TipsMenuTap, here: Here) -> Reply:
    """Back to the sections."""
    return await here.use_cases.open_tips.menu(here.user_id)


async def tips_section(tap: TipsSectionTap, here: Here) -> Reply:
    """Open a section."""
    return await here.use_cases.open_tips.section(here.user_id, tap.section)


async def tip_page(tap: TipTap, here: Here) -> Reply:
    """Open a tip."""
    return await here.use_cases.open_tips.page(here.user_id, tap.tip_id)


async def reasons(tap: ReasonsTap, here: Here) -> Reply:
    """Take the answer to the reasons against a tip."""
    return await here.use_cases.open_tips.page(here.user_id, tap.tip_id, tap.reasons)


async def screening(tap: ScreeningTap, here: Here) -> Reply:
    """Take the answer to both lists on one screen."""
    reported = _REPORTED[tap.answer]
    return await here.use_cases.answer_screening(
        here.user_id, here.update_id, tap.purpose, reported
    )


async def profile(tap: ProfileTap, here: Here) -> Reply:
    """Tick the profile, or save it."""
    keep = here.use_cases.keep_profile
    act = keep.save if tap.save else keep.tick
    return await act(here.user_id, profile_of(tap.flags), tap.purpose, tap.check_in_id)


async def stretch_step(tap: StretchTap, here: Here) -> Reply:
    """Show a movement of the set."""
    return await here.use_cases.stretch.step(here.user_id, tap.number, tap.flags)


async def stretch_over(tap: StretchOverTap, here: Here) -> Reply:
    """End the set."""
    return await here.use_cases.stretch.over(here.user_id, tap.how)


async def stretch(here: Here) -> Reply:
    """/stretch."""
    return await here.use_cases.stretch.begin(here.user_id)


async def tips(here: Here) -> Reply:
    """/tips."""
    return await here.use_cases.open_tips.menu(here.user_id)


TAPS: Final[Taps] = {
    AnotherTipTap: another_tip,
    NotForMeTap: not_for_me,
    ShowMeTap: show_me,
    OtherViewTap: other_view,
    TipsMenuTap: tips_menu,
    TipsSectionTap: tips_section,
    TipTap: tip_page,
    ReasonsTap: reasons,
    ScreeningTap: screening,
    ProfileTap: profile,
    StretchTap: stretch_step,
    StretchOverTap: stretch_over,
}
COMMANDS: Final[Commands] = {"stretch": stretch, "tips": tips}
