"""The ways a sign can be meant."""

from bot.reading.findings import Outcome, Status


def test_only_what_is_possible_or_just_over_is_asked_about():
    assert {one for one in Status if one.may_be_asked} == {Status.POSSIBLE, Status.OVER}


def test_there_are_three_outcomes_never_two():
    assert [*Outcome] == ["escalate", "ask", "pass"]
