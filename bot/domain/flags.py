"""The safety profile as a few letters, so that it can travel in a button without being stored."""

from __future__ import annotations

from typing import Final

from bot.domain.runner import AgeBand, Condition, Profile

_LETTERS: Final = {
    Condition.CANCER: "c",
    Condition.FRAGILE_BONES: "b",
    Condition.BLOOD_THINNERS: "t",
    Condition.PREGNANCY: "p",
}
_UNDISCLOSED: Final = "u"
_AGES: Final = {AgeBand.UP_TO_54: "y", AgeBand.FROM_55: "m", AgeBand.FROM_66: "o"}


def flags_of(profile: Profile) -> str:
    """Write a profile as letters; an empty one is a dash."""
    letters = [_LETTERS[condition] for condition in Condition if condition in profile.conditions]
    if profile.undisclosed:
        letters.append(_UNDISCLOSED)
    letters.append(_AGES.get(profile.age_band, ""))
    return "".join(letters) or "-"


def profile_of(flags: str) -> Profile:
    """Read a profile back; letters nobody wrote make it an undisclosed one."""
    known = {*_LETTERS.values(), *_AGES.values(), _UNDISCLOSED, "-"}
    if not flags or not known.issuperset(flags):
        return Profile(undisclosed=True)
    ages = [band for band, letter in _AGES.items() if letter in flags]
    return Profile(
        conditions=frozenset(one for one, letter in _LETTERS.items() if letter in flags),
        age_band=ages[0] if ages else AgeBand.UNDISCLOSED,
        undisclosed=_UNDISCLOSED in flags,
    )
