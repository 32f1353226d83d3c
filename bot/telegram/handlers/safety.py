"""Handlers of signs, escalations and /doctor."""

from __future__ import annotations

from typing import Final

from bot.services.replies import Reply
from bot.telegram.callbacks import (
    CountryTap,
    FollowUpTap,
    NameTap,
    OtherCountryTap,
    StrangerSignsTap,
    SummarySpanTap,
    SummaryTap,
)
from bot.telegram.handlers.route import Commands, Here, Taps


async def stranger_signs(tap: StrangerSignsTap, here: Here) -> Reply:
    """Take an answer to a list from somebody about whom nothing is stored."""
    return await here.use_cases.signs_without_consent(
        here.user_id, tap.which, one_or_more=tap.one_or_more
    )


async def follow_up(tap: FollowUpTap, here: Here) -> Reply:
    """Take an answer about an open escalation."""
    return await here.use_cases.answer_follow_up(here.user_id, tap.escalation_id, tap.action)


async def name_sign(tap: NameTap, here: Here) -> Reply:
    """Name the sign behind "one or more"."""
    return await here.use_cases.name_sign(here.user_id, tap.escalation_id, tap.sign)


async def other_country(_tap: OtherCountryTap, here: Here) -> Reply:
    """Ask for another country."""
    return await here.use_cases.other_country.ask(here.user_id)


async def country(tap: CountryTap, here: Here) -> Reply:
    """Give a country's number."""
    return await here.use_cases.other_country.show(here.user_id, tap.country)


async def summary(_tap: SummaryTap, here: Here) -> Reply:
    """Make the summary for a doctor."""
    return await here.use_cases.make_summary(here.user_id)


async def summary_over(tap: SummarySpanTap, here: Here) -> Reply:
    """Make it over another period."""
    return await here.use_cases.make_summary(here.user_id, tap.span, again=True)


async def doctor(here: Here) -> Reply:
    """/doctor."""
    return await here.use_cases.see_doctor(here.user_id)


TAPS: Final[Taps] = {
    StrangerSignsTap: stranger_signs,
    FollowUpTap: follow_up,
    NameTap: name_sign,
    OtherCountryTap: other_country,
    CountryTap: country,
    SummaryTap: summary,
    SummarySpanTap: summary_over,
}
COMMANDS: Final[Commands] = {"doctor": doctor}
