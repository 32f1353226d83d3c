"""Whoever answers gets a tip that may be given, whatever they said or kept to themselves."""

from __future__ import annotations

from itertools import product

import pytest

from bot.content.library import Library
from bot.domain.pain import UPPER_BACK, BodyRegion, Contributor, Phase
from bot.domain.runner import AgeBand, Condition, Profile
from bot.domain.tips import Situation, Tip, choose, fits

OPEN = Profile(age_band=AgeBand.UP_TO_54)
CLOSED = Profile(undisclosed=True)
PROFILES = [
    OPEN,
    CLOSED,
    *(Profile(frozenset({condition}), AgeBand.UP_TO_54) for condition in Condition),
]
CELLS = list(product(BodyRegion, Phase, Contributor))


def chosen(library: Library, situation: Situation, count: int) -> list[Tip]:
    """The tips a runner would see one after the other."""
    seen: list[Tip] = []
    for _ in range(count):
        tip = choose(library.tips, situation, (), not_now=frozenset(tip.id for tip in seen))
        if tip is None:
            break
        seen.append(tip)
    return seen


@pytest.mark.parametrize("rating", range(1, 11))
def test_every_cell_has_tips_for_an_open_and_a_closed_profile(
    library: Library, rating: int
) -> None:
    for region, phase, contributor in CELLS:
        for profile, least in ((OPEN, 3 if region in UPPER_BACK else 2), (CLOSED, 2)):
            situation = Situation(rating, region, contributor, phase, profile)
            assert len(chosen(library, situation, least)) == least, situation


def test_a_day_without_pain_can_bring_prevention_to_anybody(library: Library) -> None:
    for profile in PROFILES:
        situation = Situation(0, None, None, Phase.SETTLING, profile)
        assert {tip.kind.value for tip in chosen(library, situation, 3)} == {"prevention"}


@pytest.mark.parametrize("rating", [7, 8, 9, 10])
def test_strong_pain_gets_rest_and_care_and_nothing_that_moves_the_back(
    library: Library, rating: int
) -> None:
    gentle = {"relative-rest", "ice", "listen-to-body", "physiotherapy"}
    for region, phase, contributor in CELLS:
        situation = Situation(rating, region, contributor, phase, OPEN)
        assert {
            tip.id for tip in library.tips if tip.chosen_in_check_in if fits(tip, situation)
        } <= gentle


@pytest.mark.parametrize("region", sorted(set(BodyRegion) - UPPER_BACK))
def test_outside_the_upper_back_nothing_moves_it(library: Library, region: BodyRegion) -> None:
    for rating, phase, profile in product(range(1, 11), Phase, PROFILES):
        situation = Situation(rating, region, Contributor.STIFF_SHOULDERS, phase, profile)
        for tip in library.tips:
            assert not (fits(tip, situation) and (tip.movement or tip.id == "massage")), tip.id


def test_a_cold_pack_is_not_for_chest_or_belly(library: Library) -> None:
    for region in (BodyRegion.CHEST, BodyRegion.BELLY):
        situation = Situation(4, region, Contributor.NONE, Phase.ACUTE, OPEN)
        assert "ice" not in {tip.id for tip in library.tips if fits(tip, situation)}


@pytest.mark.parametrize("condition", [Condition.CANCER, Condition.FRAGILE_BONES])
def test_cancer_and_fragile_bones_rule_out_every_movement(
    library: Library, condition: Condition
) -> None:
    profile = Profile(frozenset({condition}), AgeBand.UP_TO_54)
    for rating, region, phase in product(range(1, 11), UPPER_BACK, Phase):
        situation = Situation(rating, region, Contributor.HUNCHED, phase, profile)
        assert not [tip.id for tip in library.tips if tip.movement and fits(tip, situation)]


def test_core_work_waits_for_three_days_and_a_low_rating(library: Library) -> None:
    plank = library.tip("plank")
    assert plank is not None
    early = Situation(2, BodyRegion.BETWEEN_BLADES, Contributor.WEAK_TIRED, Phase.ACUTE, OPEN)
    later = Situation(2, BodyRegion.BETWEEN_BLADES, Contributor.WEAK_TIRED, Phase.SETTLING, OPEN)
    strong = Situation(5, BodyRegion.BETWEEN_BLADES, Contributor.WEAK_TIRED, Phase.SETTLING, OPEN)
    assert [fits(plank, one) for one in (early, later, strong)] == [False, True, False]


@pytest.mark.parametrize(
    ("contributor", "first"),
    [
        (Contributor.HUNCHED, "shoulder-rolls"),
        (Contributor.LONGER_FASTER, "cat-cow"),
        (Contributor.CARRIED, "shoulder-rolls"),
        (Contributor.STIFF_SHOULDERS, "shoulder-rolls"),
        (Contributor.WEAK_TIRED, "scapular-retraction"),
    ],
)
def test_the_first_tip_follows_what_fits_today(
    library: Library, contributor: Contributor, first: str
) -> None:
    situation = Situation(3, BodyRegion.BETWEEN_BLADES, contributor, Phase.SETTLING, OPEN)
    tip = choose(library.tips, situation, ())
    assert tip is not None
    assert contributor in tip.contributors
    assert tip.id == first
