"""Two replicas, one chat, the same moment: what is first at the runner's row stands.

Telegram brings a chat's updates one by one, but what took a replica too long comes to another as
well, taps and texts do not wait for each other, and deliveries fall due when they like. Somebody
else holds a row until both replicas wait for it: PostgreSQL then lets them in as they came.
"""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from support import postgres
from support.database import POSTGRES
from support.days import arrives, how_often, message, passes, stored, wall

from bot.storage import postgres as storage_postgres
from bot.telegram import webhook

STANDING = "SELECT count(*) FROM answers WHERE undone_at IS NULL"
ESCALATIONS = "SELECT count(*) FROM escalations"
CLOSED = "SELECT closed, late FROM check_ins WHERE opened_at IS NOT NULL"
RUNNER = "SELECT FROM runners FOR UPDATE"
CHECK_INS = "SELECT FROM check_ins FOR UPDATE"
PAINFUL = ("6", "None of these", "None of these", "One side", "Stiff shoulders")
SIGN = "crushing pain in my chest and I cannot breathe"


@pytest.fixture
def backend():
    return POSTGRES


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 12:00"), replicas=2)


@pytest.fixture
async def anna(town):
    chat = await arrives(await town.chat(), profile=True)
    town.bot.heart._scheduler.pause()
    town.running.sandbox.webhook.held = True
    return chat


class Pair:
    """Two replicas, `first` and `second`, and whoever brings them updates when told to."""

    def __init__(self, town):
        self.town = town
        self.first, self.second = town.bots
        self.post = town.running.sandbox.webhook

    async def brings(self, number, *bots):
        """Bring one update, to one of them or to both at once."""
        await self.post.brings(number, *bots)

    async def latest(self, act):
        """The number of the update that an act (not waited for) makes."""
        await act
        return self.town.running.sandbox.queue.next_id - 1

    async def does(self, act):
        """What happens before the moment a test is about: an act, brought at once."""
        await self.brings(await self.latest(act), self.first)

    @asynccontextmanager
    async def in_turn(self, *works, held=RUNNER):
        """Let works come to a held row in this order, then let go and wait for all."""
        async with asyncio.TaskGroup() as group:
            with postgres.locked(self.town.database_url, held):
                for number, work in enumerate(works, start=1):
                    group.create_task(work)
                    await postgres.until_waiting(self.town.database_url, number)
                yield


@pytest.fixture
def pair(town):
    return Pair(town)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """However slow the machine is, who waits for the held row goes on waiting."""
    arguments, minute = storage_postgres.connect_arguments, timedelta(minutes=1)

    def waits(url, **more):
        return arguments(url, **(more | {"lock_within": minute, "statement_within": minute}))

    monkeypatch.setattr(storage_postgres, "connect_arguments", waits)
    monkeypatch.setattr(storage_postgres, "ANSWER_WITHIN", minute)
    monkeypatch.setattr(webhook, "BEGINS_WITHIN", minute)
    monkeypatch.setattr(webhook, "BUDGET", 2 * minute)


async def test_of_two_phones_that_answer_differently_the_first_counts(town, anna, pair):
    await pair.does(anna.says("/checkin", wait=False))
    prompt = await message(anna, "Check-in")
    four = await pair.latest(anna.taps_on(prompt, "4", wait=False))
    seven = await pair.latest(anna.taps_on(prompt, "7", wait=False))
    async with pair.in_turn(pair.brings(seven, pair.second), pair.brings(four, pair.first)):
        assert stored(town, STANDING) == [0]
    assert stored(town, STANDING) == [1]
    assert "Pain: 7" in (await message(anna, "Check-in")).text
    taps = town.running.sandbox.callbacks._callbacks.values()
    assert all(tap.answer for tap in taps), "both phones stop waiting"
    assert any(await anna.toasts()), "the second was not passed over in silence"


async def asked_and_left_until_its_end(town, anna, pair):
    """A prompt that nobody answered, at the very instant at which it expires."""
    await pair.does(anna.says("/run", wait=False))
    await pair.does(anna.taps("Just finished", wait=False))
    await passes(town, "2026-03-10 13:01")
    town.clock._clock.advance_to(wall("2026-03-10 21:00"))
    return await message(anna, "After your run")


async def test_a_tap_at_one_replica_before_the_expiry_at_another_counts(town, anna, pair):
    prompt = await asked_and_left_until_its_end(town, anna, pair)
    tap = await pair.latest(anna.taps_on(prompt, "4", wait=False))
    async with pair.in_turn(pair.brings(tap, pair.second), held=CHECK_INS):
        # Whose row is held is passed over, so that the expiry does not even wait.
        await pair.first.heart.wake()
    await pair.first.heart.wake()
    assert stored(town, STANDING) == [1]
    assert stored(town, CLOSED) == [(None, False)]
    assert "Pain: 4" in (await message(anna, "After your run")).text


async def test_a_tap_at_one_replica_after_the_expiry_at_another_can_be_given_late(
    town, anna, pair
):
    prompt = await asked_and_left_until_its_end(town, anna, pair)
    tap = await pair.latest(anna.taps_on(prompt, "4", wait=False))
    async with pair.in_turn(
        pair.first.heart.wake(), pair.brings(tap, pair.second), held=CHECK_INS
    ):
        assert stored(town, STANDING) == [0]
    assert stored(town, STANDING) == [0]
    assert "Answer late" in await anna.buttons()
    assert any(await anna.toasts()), "the tap was not passed over in silence"


async def test_one_or_more_after_the_expiry_at_another_is_an_emergency_all_the_same(
    town, anna, pair
):
    await asked_and_left_until_its_end(town, anna, pair)
    await pair.does(anna.taps("4", wait=False))
    town.clock._clock.advance_to(wall("2026-03-10 22:00"))
    prompt = await message(anna, "After your run")
    tap = await pair.latest(anna.taps_on(prompt, "One or more", wait=False))
    async with pair.in_turn(
        pair.first.heart.wake(), pair.brings(tap, pair.second), held=CHECK_INS
    ):
        assert stored(town, ESCALATIONS) == [0]
    assert stored(town, ESCALATIONS) == [1]
    assert await how_often(anna, "Call 112 now.") == 1


async def test_a_text_is_the_answer_and_its_edit_at_another_replica_is_not(town, anna, pair):
    await pair.does(anna.says("/checkin", wait=False))
    written = await anna.says("4", wait=False)
    text = town.running.sandbox.queue.next_id - 1
    edit = await pair.latest(anna.edits(written, "7", wait=False))
    async with pair.in_turn(pair.brings(text, pair.first)):
        await pair.brings(edit, pair.second)
    assert stored(town, STANDING) == [1]
    assert "Pain: 4" in (await message(anna, "Check-in")).text


@pytest.mark.parametrize("sign_first", [False, True])
async def test_a_sign_edited_into_a_text_is_told_once_whichever_is_first(
    town, anna, pair, sign_first
):
    await pair.does(anna.says("/checkin", wait=False))
    written = await anna.says("4", wait=False)
    text = town.running.sandbox.queue.next_id - 1
    edit = await pair.latest(anna.edits(written, SIGN, wait=False))
    both = [pair.brings(text, pair.first), pair.brings(edit, pair.second)]
    async with pair.in_turn(*(reversed(both) if sign_first else both)):
        assert stored(town, ESCALATIONS) == [0]
    assert stored(town, ESCALATIONS) == [1]
    assert 1 <= await how_often(anna, "Call 112 now.") <= 2
    assert await anna.buttons()


async def test_what_a_runner_does_next_at_another_replica_comes_after_what_is_under_way(
    town, anna, pair
):
    await pair.does(anna.says("/checkin", wait=False))
    tap = await pair.latest(anna.taps("4", wait=False))
    undo = await pair.latest(anna.says("/undo", wait=False))
    async with pair.in_turn(pair.brings(tap, pair.first), pair.brings(undo, pair.second)):
        assert stored(town, "SELECT count(*) FROM answers") == [0]
    assert stored(town, STANDING) == [0]
    assert stored(town, "SELECT count(*) FROM answers") == [1], "given, then taken back"


async def test_a_screen_that_comes_late_from_another_replica_is_put_right_by_the_next_tap(
    town, anna, pair
):
    """The rows are in order, the screens may not be: a button of an old one changes nothing."""
    await pair.does(anna.says("/checkin", wait=False))
    late = town.budgets[0]
    late.gate.clear()
    four = await pair.latest(anna.taps("4", wait=False))
    async with asyncio.TaskGroup() as group:
        group.create_task(pair.brings(four, pair.first))
        await late.arrived.wait()
        typed = await pair.latest(anna.says("/checkin", wait=False))
        await pair.brings(typed, pair.second)
        asked = await message(anna, "Do any of these fit, now")
        none = await pair.latest(anna.taps_on(asked, "None of these", wait=False))
        await pair.brings(none, pair.second)
        late.gate.set()
    assert stored(town, STANDING) == [2]
    stale = next(one for one in await anna.bot_messages() if "None of these" in one.buttons)
    again = await pair.latest(anna.taps_on(stale, "None of these", wait=False))
    await pair.brings(again, pair.second)
    assert stored(town, STANDING) == [2]
    assert any(await anna.toasts()), "it says that this is answered already"


# --- one update at both replicas at once --------------------------------------------------------


@pytest.fixture
def brought_to_both(anna, pair):
    """Let both replicas come to a held row with the same update; how many messages came of it."""

    async def brought(act, chat=anna, held=RUNNER):
        before = len(await chat.bot_messages())
        number = await pair.latest(act)
        works = (pair.brings(number, bot) for bot in (pair.first, pair.second))
        async with pair.in_turn(*works, held=held):
            pass
        return len(await chat.bot_messages()) - before

    return brought


async def test_a_check_in_and_its_answers_at_both_replicas_at_once(town, anna, brought_to_both):
    assert await brought_to_both(anna.says("/checkin", wait=False)) <= 2
    assert stored(town, "SELECT count(*) FROM check_ins") == [1]
    for number, button in enumerate(PAINFUL, start=1):
        assert await brought_to_both(anna.taps(button, wait=False)) <= (3 if number == 5 else 1)
        assert stored(town, STANDING) == [number]
    assert stored(town, "SELECT count(*) FROM decisions") == [1]
    assert stored(town, "SELECT count(*) FROM given_tips") == [1]


async def test_a_run_at_both_replicas_at_once_is_one_run(town, anna, pair, brought_to_both):
    await pair.does(anna.says("/run", wait=False))
    assert await brought_to_both(anna.taps("Just finished", wait=False)) <= 2
    assert stored(town, "SELECT count(*) FROM runs") == [1]
    assert stored(town, "SELECT count(*) FROM check_ins") == [2]
    assert await brought_to_both(anna.says("/undo", wait=False)) <= 2
    assert stored(town, "SELECT count(*) FROM runs WHERE undone_at IS NULL") == [0]


async def test_an_undo_at_both_replicas_at_once_takes_one_thing_back(
    town, anna, pair, brought_to_both
):
    await pair.does(anna.says("/checkin", wait=False))
    for button in ("6", "None of these"):
        await pair.does(anna.taps(button, wait=False))
    await brought_to_both(anna.says("/undo", wait=False))
    assert stored(town, STANDING) == [1]


@pytest.mark.parametrize("typed", [True, False])
async def test_an_emergency_at_both_replicas_at_once_is_one(
    town, anna, pair, brought_to_both, typed
):
    if typed:
        act = anna.says(SIGN, wait=False)
    else:
        await pair.does(anna.says("/checkin", wait=False))
        await pair.does(anna.taps("5", wait=False))
        act = anna.taps("One or more", wait=False)
    assert await brought_to_both(act) <= 2
    assert stored(town, ESCALATIONS) == [1]
    assert 1 <= await how_often(anna, "Call 112 now.") <= 2


async def test_somebody_new_at_both_replicas_at_once_is_one_runner(town, brought_to_both):
    ben = await town.chat(2)
    act = ben.says("/start", wait=False)
    assert await brought_to_both(act, ben, "LOCK TABLE runners IN SHARE MODE") == 2
    assert stored(town, "SELECT count(*) FROM runners") == [2]
