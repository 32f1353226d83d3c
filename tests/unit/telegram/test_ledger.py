"""Only the finished prefix is acknowledged."""

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.ledger import Ledger


def test_nothing_is_acknowledged_before_anything_is_finished():
    ledger = Ledger()
    assert ledger.admit(10)
    assert ledger.offset is None
    assert ledger.unfinished


def test_an_update_behind_an_unfinished_one_is_not_acknowledged():
    ledger = Ledger()
    for number in (10, 11, 13):
        ledger.admit(number)
    ledger.finish(11)
    assert ledger.offset is None
    ledger.finish(10)
    assert ledger.offset == 12
    ledger.finish(13)
    assert ledger.offset == 14
    assert not ledger.unfinished


def test_an_update_that_comes_again_is_not_admitted_twice():
    ledger = Ledger()
    ledger.admit(10)
    ledger.admit(11)
    ledger.finish(11)
    assert not ledger.admit(10)
    assert not ledger.admit(11)


def test_one_that_was_finished_while_a_fetch_was_under_way_is_not_admitted_by_its_answer():
    ledger = Ledger()
    ledger.admit(10)
    fetch = ledger.acknowledging()
    ledger.finish(10)
    ledger.acknowledged(fetch)
    assert not ledger.admit(10)


def test_what_telegram_has_taken_note_of_is_forgotten():
    ledger = Ledger()
    ledger.admit(10)
    ledger.finish(10)
    ledger.acknowledged(ledger.acknowledging())
    assert ledger.acknowledging() == frozenset()


def test_numbers_that_start_again_lower_are_followed():
    ledger = Ledger()
    ledger.admit(900)
    ledger.finish(900)
    ledger.acknowledged(ledger.acknowledging())
    ledger.admit(5)
    ledger.finish(5)
    assert ledger.offset == 6


@given(st.permutations(range(8)), st.integers(0, 8))
def test_in_whatever_order_updates_finish_the_offset_never_passes_an_unfinished_one(order, done):
    ledger = Ledger()
    for number in range(8):
        ledger.admit(number)
    for number in order[:done]:
        ledger.finish(number)
    unfinished = set(order[done:])
    assert (ledger.offset or 0) <= min(unfinished, default=8)
    assert all(number < (ledger.offset or 0) for number in range(min(unfinished, default=8)))
