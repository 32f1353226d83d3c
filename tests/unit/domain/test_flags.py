"""The safety profile in a button, for people about whom nothing is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.flags import flags_of, profile_of
from bot.domain.runner import AgeBand, Condition, Profile

PROFILES = st.builds(
    Profile, st.frozensets(st.sampled_from(Condition)), st.sampled_from(AgeBand), st.booleans()
)


@given(PROFILES)
def test_a_profile_reads_back_as_it_was(profile):
    assert profile_of(flags_of(profile)) == profile


@given(PROFILES, PROFILES)
def test_different_profiles_have_different_flags(one, other):
    assert (flags_of(one) == flags_of(other)) is (one == other)


@given(st.text(max_size=10))
def test_forged_flags_read_as_some_profile(flags):
    assert isinstance(profile_of(flags), Profile)


@pytest.mark.parametrize("flags", ["", "x", "cx", "C", "c:b"])
def test_flags_nobody_wrote_block_everything(flags):
    assert profile_of(flags).blocking == frozenset(Condition)


def test_an_empty_profile_is_not_an_empty_button():
    assert flags_of(Profile()) == "-"
