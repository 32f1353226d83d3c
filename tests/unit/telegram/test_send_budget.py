"""The send budget: rates, bursts, urgent first, held chats, nothing kept for ever."""

import asyncio
from datetime import timedelta

import pytest

from bot.services.ports import StorageUnavailable
from bot.telegram.pacing import SendBudget

MINUTE = timedelta(minutes=1)
SHORT = timedelta(seconds=2)


@pytest.fixture
def budget(ticking):
    return SendBudget(25, monotonic=ticking, sleep=ticking.sleep)


async def test_a_burst_of_three_goes_to_a_chat_at_once_then_one_a_second(budget, ticking):
    sent_at = []
    for _ in range(6):
        await budget.take(1, patience=MINUTE)
        sent_at.append(ticking.seconds - 1000)
    assert sent_at == pytest.approx([0, 0, 0, 1, 2, 3], abs=0.01)


async def test_chats_do_not_wait_for_each_other(budget, ticking):
    for chat in range(5):
        await budget.take(chat, patience=MINUTE)
    assert ticking.slept == []


async def test_no_second_sees_more_than_thirty_messages(budget, ticking):
    sent_at = []
    for chat in range(120):
        await budget.take(chat, patience=MINUTE)
        sent_at.append(ticking.seconds)
    busiest = max(sum(at <= other < at + 1 for other in sent_at) for at in sent_at)
    assert busiest <= 30
    assert sent_at[-1] - sent_at[0] == pytest.approx(115 / 25, abs=0.01)


async def test_who_would_wait_too_long_is_told_how_long_and_spends_nothing(budget, ticking):
    for _ in range(3):
        await budget.take(1, patience=MINUTE)
    wait = await budget.take(1, patience=timedelta(milliseconds=500))
    assert wait is not None
    assert wait.total_seconds() == pytest.approx(1)
    assert ticking.slept == []
    assert await budget.take(2, patience=timedelta(0)) is None


class Sleepers:
    """Time that moves to the next sleeper's end when the test says so."""

    def __init__(self):
        self.seconds = 0.0
        self._ends = []

    def __call__(self):
        return self.seconds

    async def sleep(self, seconds):
        waiting = asyncio.get_running_loop().create_future()
        self._ends.append((self.seconds + seconds, waiting))
        await waiting

    async def let_everyone_wake(self):
        while True:
            for _ in range(5):
                await asyncio.sleep(0)
            if not self._ends:
                return
            first = min(self._ends, key=lambda end: end[0])
            self._ends.remove(first)
            self.seconds = max(self.seconds, first[0])
            first[1].set_result(None)


async def test_an_urgent_message_overtakes_those_that_wait():
    clock = Sleepers()
    budget = SendBudget(1, monotonic=clock, sleep=clock.sleep)
    order = []

    async def send(chat, *, urgent=False):
        await budget.take(chat, urgent=urgent, patience=MINUTE)
        order.append((chat, clock.seconds))

    await send(0)
    async with asyncio.TaskGroup() as group:
        for chat in (1, 2):
            group.create_task(send(chat))
            await asyncio.sleep(0)
        group.create_task(send(3, urgent=True))
        await clock.let_everyone_wake()
    assert [chat for chat, _ in order] == [0, 3, 1, 2]
    # As fast as the rate allows and never faster, whoever overtook whom.
    assert [at for _, at in order] == pytest.approx([0, 1, 2, 3], abs=0.01)


async def test_within_a_chat_messages_keep_their_order():
    clock = Sleepers()
    budget = SendBudget(25, monotonic=clock, sleep=clock.sleep)
    order = []

    async def send(number):
        await budget.take(1, patience=MINUTE)
        order.append((number, clock.seconds))

    async with asyncio.TaskGroup() as group:
        for number in range(6):
            group.create_task(send(number))
        await clock.let_everyone_wake()
    assert [number for number, _ in order] == list(range(6))
    assert [at for _, at in order] == pytest.approx([0, 0, 0, 1, 2, 3], abs=0.01)


async def test_a_429_holds_back_its_chat_in_full_and_no_other(budget, ticking):
    budget.hold(1, timedelta(seconds=30))
    assert await budget.take(2, patience=timedelta(0)) is None
    assert await budget.take(1, urgent=True, patience=SHORT) == timedelta(seconds=30)
    assert await budget.take(1, is_edit=True, patience=SHORT) == timedelta(seconds=30)
    assert budget.is_held(1)
    assert not budget.is_held(2)
    await budget.take(1, patience=MINUTE)
    assert ticking.seconds == pytest.approx(1030)


async def test_a_second_429_from_another_chat_holds_back_everybody(budget, ticking):
    budget.hold(1, timedelta(seconds=30))
    budget.hold(2, timedelta(seconds=10))
    wait = await budget.take(3, patience=SHORT)
    assert wait == timedelta(seconds=10)
    ticking.seconds += 10
    assert await budget.take(3, patience=SHORT) is None
    assert budget.is_held(1)


async def test_another_429_after_the_first_is_over_is_one_chat_again(budget, ticking):
    budget.hold(1, timedelta(seconds=5))
    ticking.seconds += 6
    budget.hold(2, timedelta(seconds=5))
    assert await budget.take(3, patience=timedelta(0)) is None


async def test_quick_answers_are_not_slowed_down_as_edits_do_not_count_for_the_chat(
    budget, ticking
):
    for _ in range(5):
        await budget.take(1, is_edit=True, patience=MINUTE)
    assert ticking.slept == []


async def test_a_held_chat_does_not_keep_others_waiting_behind_it(budget):
    budget.hold(1, timedelta(seconds=30))
    async with asyncio.TaskGroup() as group:
        held = group.create_task(budget.take(1, patience=MINUTE))
        await asyncio.sleep(0)
        assert await budget.take(2, patience=timedelta(0)) is None
        await held


async def test_a_cancelled_wait_leaves_nothing_behind(budget):
    budget._sleep = lambda _seconds: asyncio.Event().wait()
    budget.hold(1, timedelta(seconds=30))
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(budget.take(1, patience=MINUTE))
        await asyncio.sleep(0)
        waiting.cancel()
    assert budget._waiting == []


async def test_chats_that_have_been_quiet_are_forgotten(budget, ticking):
    for chat in range(5000):
        await budget.take(chat, patience=MINUTE)
        ticking.seconds += 2
    assert budget.remembered <= 257


# --- several replicas -------------------------------------------------------------------------


class Replicas:
    """The other replicas: the waits they leave, or no answer at all."""

    def __init__(self):
        self.waits = []
        self.asked = []
        self.held = []
        self.away = False

    async def reserve(self, chat_id, within):
        if self.away:
            raise StorageUnavailable
        self.asked.append((chat_id, within))
        return timedelta(seconds=self.waits.pop(0) if self.waits else 0)

    async def hold(self, chat_id, wait):
        if self.away:
            raise StorageUnavailable
        self.held.append((chat_id, wait))


@pytest.fixture
def replicas():
    return Replicas()


@pytest.fixture
def shared(ticking, replicas):
    return SendBudget(25, monotonic=ticking, sleep=ticking.sleep, shared=replicas)


async def test_a_turn_is_booked_with_the_others_and_waited_for(shared, replicas, ticking):
    replicas.waits = [0.25]
    assert await shared.take(1, patience=MINUTE) is None
    assert ticking.slept == [0.25]


async def test_a_turn_too_far_ahead_is_asked_for_again(shared, replicas, ticking):
    replicas.waits = [2, 0.1]
    assert await shared.take(1, patience=MINUTE) is None
    assert ticking.slept == [2, 0.1]
    replicas.waits = [30]
    assert await shared.take(2, patience=SHORT) == timedelta(seconds=30)


async def test_urgent_messages_may_book_further_ahead(shared, replicas):
    await shared.take(1, patience=MINUTE)
    await shared.take(2, urgent=True, patience=MINUTE)
    (_, usual), (_, urgent) = replicas.asked
    assert urgent > usual


async def test_who_waits_for_an_own_turn_does_not_ask_the_others_yet(shared, replicas):
    shared.hold(1, timedelta(seconds=30))
    await shared.take(1, patience=SHORT)
    assert replicas.asked == []


async def test_a_429_is_told_to_the_others(shared, replicas):
    await shared.slow_down(1, timedelta(seconds=30))
    assert shared.is_held(1)
    assert replicas.held == [(1, timedelta(seconds=30))]


async def test_without_the_database_each_goes_on_at_its_own_pace(shared, replicas, ticking):
    replicas.away = True
    await shared.slow_down(9, timedelta(seconds=30))
    for chat in range(30):
        assert await shared.take(100 + chat, patience=MINUTE) is None
    assert sum(ticking.slept) == pytest.approx(25 / 25, abs=0.01)
