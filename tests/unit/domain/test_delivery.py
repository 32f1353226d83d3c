"""What goes first, and what may break the silence."""

from bot.domain.delivery import DeliveryKind

URGENT = {
    DeliveryKind.ESCALATION,
    DeliveryKind.SIGN_UNNAMED,
    DeliveryKind.REACHED_HELP,
    DeliveryKind.WERE_YOU_SEEN,
    DeliveryKind.STILL_GONE,
}


def test_escalations_and_their_follow_ups_break_the_silence_and_nothing_else():
    assert {kind for kind in DeliveryKind if kind.breaks_silence} == URGENT


def test_whatever_breaks_the_silence_goes_first():
    calm = set(DeliveryKind) - URGENT
    assert max(kind.priority for kind in URGENT) < min(kind.priority for kind in calm)


def test_no_two_kinds_share_a_priority():
    assert len({kind.priority for kind in DeliveryKind}) == len(DeliveryKind)
