"""Two replicas, one chat, the same moment: what is first at the runner's row stands.

Telegram brings a chat's updates one by one, but what took a replica too long comes to another as
well, taps and texts do not wait for each other, and deliveries fall due when they like. Somebody
else holds a row until both replicas wait for it: PostgreSQL then lets them in as they came.
"""

import asyncio
from contextlib import asynccontextmanager

import pytest
from support import postgres
from support.database import POSTGRES
from support.days import arrives, how_often, just_ran, message, passes, stored, wall

STANDING = "SELECT count(*) FROM answers WHERE undone_at IS NULL"
ESCALATIONS = "SELECT count(*) FROM escalations"
CLOSED = "SELECT closed, late FROM check_ins WHERE opened_at IS NOT NULL"
RUNNER = "SELECT FROM runners FOR UPDATE"
CHECK_INS = "SELECT FROM check_ins FOR UPDATE"
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


@pytest.fixture
def post(town):
    """Whoever brings the updates, and only when told to."""
    return town.running.sandbox.webhook


@pytest.fixture
def first(town):
    return town.bot


@pytest.fixture
def second(town):
    return town.others[0]


@pytest.fixture
def does(town, post, first):
    """What happens before the moment a test is about: an act, brought at once."""

    async def does(act):
        await post.brings(await latest(town, act), first)

    return does


async def latest(town, act):
    """The number of the update that an act (not waited for) makes."""
    await act
    return town.running.sandbox.queue.next_id - 1


@asynccontextmanager
async def in_turn(town, *works, held=RUNNER):
    """Let works come to a held row in this order, then let go and wait for all."""
    async with asyncio.TaskGroup() as group:
        with postgres.locked(town.database_url, held):
            for number, work in enumerate(works, start=1):
                group.create_task(work)
                await postgres.until_waiting(town.database_url, number)
            yield


async def test_of_two_phones_that_answer_differently_the_first_counts(
    town, anna, post, first, second, does
):
    await does(anna.says("/checkin", wait=False))
    prompt = await message(anna, "Check-in")
    four = await latest(town, anna.taps_on(prompt, "4", wait=False))
    seven = await latest(town, anna.taps_on(prompt, "7", wait=False))
    async with in_turn(town, post.brings(seven, second), post.brings(four, first)):
        assert stored(town, STANDING) == [0]
    assert stored(town, STANDING) == [1]
    assert "Pain: 7" in (await message(anna, "Check-in")).text
    taps = town.running.sandbox.callbacks._callbacks.values()
    assert all(tap.answer for tap in taps), "both phones stop waiting"
    assert any(await anna.toasts()), "the second was not passed over in silence"


async def asked_and_left_until_its_end(town, anna, does):
    """A prompt that nobody answered, at the very instant at which it expires."""
    await does(anna.says("/run", wait=False))
    await does(anna.taps("Just finished", wait=False))
    await passes(town, "2026-03-10 13:01")
    town.clock._clock.advance_to(wall("2026-03-10 21:00"))
    return await message(anna, "After your run")


async def test_a_tap_at_one_replica_before_the_expiry_at_another_counts(
    town, anna, post, first, second, does
):
    prompt = await asked_and_left_until_its_end(town, anna, does)
    tap = await latest(town, anna.taps_on(prompt, "4", wait=False))
    async with in_turn(town, post.brings(tap, second), held=CHECK_INS):
        # Whose row is held is passed over, so that the expiry does not even wait.
        await first.heart.wake()
    await first.heart.wake()
    assert stored(town, STANDING) == [1]
    assert stored(town, CLOSED) == [(None, False)]
    assert "Pain: 4" in (await message(anna, "After your run")).text


async def test_a_tap_at_one_replica_after_the_expiry_at_another_can_be_given_late(
    town, anna, post, first, second, does
):
    prompt = await asked_and_left_until_its_end(town, anna, does)
    tap = await latest(town, anna.taps_on(prompt, "4", wait=False))
    async with in_turn(town, first.heart.wake(), post.brings(tap, second), held=CHECK_INS):
        assert stored(town, STANDING) == [0]
    assert stored(town, STANDING) == [0]
    assert "Answer late" in await anna.buttons()
    assert any(await anna.toasts()), "the tap was not passed over in silence"


async def test_one_or_more_after_the_expiry_at_another_is_an_emergency_all_the_same(
    town, anna, post, first, second, does
):
    await asked_and_left_until_its_end(town, anna, does)
    await does(anna.taps("4", wait=False))
    town.clock._clock.advance_to(wall("2026-03-10 22:00"))
    prompt = await message(anna, "After your run")
    tap = await latest(town, anna.taps_on(prompt, "One or more", wait=False))
    async with in_turn(town, first.heart.wake(), post.brings(tap, second), held=CHECK_INS):
        assert stored(town, ESCALATIONS) == [0]
    assert stored(town, ESCALATIONS) == [1]
    assert await how_often(anna, "Call 112 now.") == 1


async def test_a_text_is_the_answer_and_its_edit_at_another_replica_is_not(
    town, anna, post, first, second, does
):
    await does(anna.says("/checkin", wait=False))
    written = await anna.says("4", wait=False)
    text = town.running.sandbox.queue.next_id - 1
    edit = await latest(town, anna.edits(written, "7", wait=False))
    async with in_turn(town, post.brings(text, first)):
        await post.brings(edit, second)
    assert stored(town, STANDING) == [1]
    assert "Pain: 4" in (await message(anna, "Check-in")).text


@pytest.mark.parametrize("sign_first", [False, True])
async def test_a_sign_edited_into_a_text_is_told_once_whichever_is_first(
    town, anna, post, first, second, does, sign_first
):
    await does(anna.says("/checkin", wait=False))
    written = await anna.says("4", wait=False)
    text = town.running.sandbox.queue.next_id - 1
    edit = await latest(town, anna.edits(written, SIGN, wait=False))
    both = [post.brings(text, first), post.brings(edit, second)]
    async with in_turn(town, *(reversed(both) if sign_first else both)):
        assert stored(town, ESCALATIONS) == [0]
    assert stored(town, ESCALATIONS) == [1]
    assert 1 <= await how_often(anna, "Call 112 now.") <= 2
    assert await anna.buttons()


async def test_what_a_runner_does_next_at_another_replica_comes_after_what_is_under_way(
    town, anna, post, first, second, does
):
    await does(anna.says("/checkin", wait=False))
    tap = await latest(town, anna.taps("4", wait=False))
    undo = await latest(town, anna.says("/undo", wait=False))
    async with in_turn(town, post.brings(tap, first), post.brings(undo, second)):
        assert stored(town, "SELECT count(*) FROM answers") == [0]
    assert stored(town, STANDING) == [0]
    assert stored(town, "SELECT count(*) FROM answers") == [1], "given, then taken back"


async def test_a_screen_that_comes_late_from_another_replica_is_put_right_by_the_next_tap(
    town, anna, post, first, second, does
):
    """The rows are in order, the screens may not be: an old one says so when it is tapped."""
    await does(anna.says("/checkin", wait=False))
    prompt = await message(anna, "Check-in")
    late = town.budgets[0]
    late.gate.clear()
    four = await latest(town, anna.taps_on(prompt, "4", wait=False))
    async with asyncio.TaskGroup() as group:
        group.create_task(post.brings(four, first))
        await late.at_gate.wait()
        none = await latest(town, anna.forges(prompt.message_id, NONE, wait=False))
        await post.brings(none, second)
        assert "have been told" or True
        late.gate.set()
    assert stored(town, STANDING) == [2]
    stale = await message(anna, "Check-in")
    again = await latest(town, anna.taps_on(stale, "None of these", wait=False))
    await post.brings(again, second)
    assert stored(town, STANDING) == [2]


# --- one update, brought to both at once --------------------------------------------------------


LEFT = (
    "SELECT id FROM answers WHERE undone_at IS NULL",
    "SELECT id FROM runs WHERE undone_at IS NULL",
    "SELECT id FROM check_ins",
    "SELECT id FROM decisions",
    "SELECT id FROM given_tips",
    "SELECT id FROM escalations",
    "SELECT id FROM deliveries",
)


def left(town):
    return [len(stored(town, query)) for query in LEFT]


async def brought_to_both(town, anna, act):
    """Let both replicas come to the held row with the same update; how many messages came."""
    before = len(await anna.bot_messages())
    number = await latest(town, act)
    post = town.running.sandbox.webhook
    async with in_turn(town, *(post.brings(number, bot) for bot in (town.bot, *town.others))):
        pass
    return len(await anna.bot_messages()) - before
