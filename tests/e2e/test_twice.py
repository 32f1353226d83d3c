"""The same update brought twice, as to two replicas: nothing changes, little is said again.

The town is one that updates are pushed to, and what the process remembers of them is wiped before
each repetition, as if another one got it.
"""

import socket
from contextlib import closing

import pytest
from support.days import answers, arrives, how_often, just_ran, passes, stored, wall

LEFT = (
    "SELECT id, check_in_id, question, undone_at FROM answers",
    "SELECT id, runner_id, ended_at, undone_at FROM runs",
    "SELECT id, kind, due_at, opened_at, closed_at, closed FROM check_ins",
    "SELECT id, urgency, made_at, superseded_at FROM decisions",
    "SELECT id, check_in_id, tip_id FROM given_tips",
    "SELECT id, urgency, opened_at, cleared_at FROM escalations",
    "SELECT dedupe_key, state, due_at FROM deliveries",
)
"""What must not change; what is sealed looks different each time it is written."""


@pytest.fixture
async def town(open_town):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    town = await open_town(
        wall("2026-03-10 12:00"),
        mode="webhook",
        api_base_url="http://127.0.0.1:9",
        webhook_url=f"http://127.0.0.1:{port}/hook",
        port=port,
    )
    town.running.sandbox.webhook.pace = 0.01
    return town


@pytest.fixture
async def anna(town):
    return await arrives(await town.chat(), profile=True)


@pytest.fixture
def again(town, anna):
    """Bring the last update once more, to somebody who does not know it."""

    async def brought():
        before, said = left(town), len(await anna.bot_messages())
        town.bot.updates._taken.clear()
        queue = town.running.sandbox.queue
        queue.redeliver(queue.next_id - 1)
        await anna.settled()
        assert left(town) == before
        assert len(await anna.bot_messages()) - said <= 1

    return brought


def left(town):
    return [sorted(map(str, stored(town, query))) for query in LEFT]


async def test_a_painful_check_in(town, anna, again):
    await anna.says("/checkin")
    await again()
    for button in ("6", "None of these", "None of these", "One side", "Stiff shoulders"):
        await anna.taps(button)
        await again()
    await anna.says("/why")
    await again()
    assert stored(town, "SELECT count(*) FROM given_tips") == [1]


async def test_a_run_and_its_check_in(town, anna, again):
    await anna.says("/run")
    await again()
    await anna.taps("Just finished")
    await again()
    await passes(town, "2026-03-10 13:05")
    await anna.taps("0 · no pain")
    await again()
    assert stored(town, "SELECT count(*) FROM runs") == [1]


async def test_an_emergency(anna, again):
    await anna.says("/checkin")
    await anna.taps("5")
    await anna.taps("One or more")
    await again()
    assert 1 <= await how_often(anna, "Call 112 now.") <= 2


async def test_a_typed_emergency(town, anna, again):
    await anna.says("crushing pain in my chest and I cannot breathe")
    await again()
    assert stored(town, "SELECT count(*) FROM escalations") == [1]


async def test_taking_an_answer_back(town, anna, again):
    await anna.says("/checkin")
    await answers(anna, "6", "None of these")
    await anna.taps("Back")
    await again()
    await anna.says("/undo")
    await again()
    assert stored(town, "SELECT count(*) FROM answers WHERE undone_at IS NULL") == [0]


async def test_taking_a_run_back(town, anna, again):
    await just_ran(anna)
    await anna.says("/undo")
    await again()
    assert stored(town, "SELECT count(*) FROM runs WHERE undone_at IS NULL") == [0]
