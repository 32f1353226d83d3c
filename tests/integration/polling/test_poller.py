"""The poller: acknowledges late and never too much, whatever happens on the way."""

import asyncio
import socket
from datetime import timedelta

import pytest
import structlog
from telegram.error import Conflict, NetworkError

from bot.sandbox.server import serve
from bot.services.ports import StorageUnavailable
from bot.telegram.client import build_bot
from bot.telegram.dispatch import Done, Held, Raised
from bot.telegram.outage import BadToken
from bot.telegram.polling import LONG_POLL, Poller

TOKEN = "123456:polling-test"  # noqa: S105 - the sandbox's own
HELD = Held(StorageUnavailable())
BROKEN = Raised(KeyError("x"))


@pytest.fixture
def events():
    with structlog.testing.capture_logs() as captured:
        yield captured


def names(events):
    return [event["event"] for event in events]


async def test_updates_are_handled_in_order_and_then_acknowledged(
    polling, desk, say, acknowledged
):
    sent = [say(str(n)) for n in range(5)]
    async with polling():
        await acknowledged()
    assert desk.log == sent


async def test_updates_that_waited_while_the_bot_was_down_are_kept(polling, desk, say):
    waited = say("while you were away")
    async with polling():
        await desk.until_seen(waited)


async def test_an_update_is_not_acknowledged_before_it_is_handled(
    polling, desk, say, acknowledged
):
    gate = asyncio.Event()
    first = say()
    desk.plan[first] = [gate]
    async with polling():
        await desk.until_seen(first)
        second = say(runner=2)
        await desk.until_seen(second)
        await acknowledged(first, second)
        gate.set()
        await acknowledged()
    assert desk.log == [first, second, -first]


async def test_only_the_finished_prefix_is_acknowledged(polling, desk, say, acknowledged):
    gate = asyncio.Event()
    done, stuck, behind = say(runner=1), say(runner=2), say(runner=3)
    desk.plan[stuck] = [gate]
    async with polling():
        await desk.until_seen(behind)
        await acknowledged(stuck, behind)
        gate.set()
        await acknowledged()
    assert desk.log.count(done) == desk.log.count(behind) == 1


async def test_a_process_killed_between_handling_and_acknowledging_gets_the_update_again(
    polling, desk, say, acknowledged
):
    under_way, handled = say(runner=1), say(runner=2)
    desk.plan[under_way] = [asyncio.Event(), Done()]
    async with polling() as poller:
        await desk.until_seen(under_way, handled)
        poller.task.cancel()
    await acknowledged(under_way, handled)
    async with polling():
        await acknowledged()
    assert sorted(desk.log) == [under_way, under_way, handled, handled]


async def test_a_chat_waits_for_its_own_update_but_for_no_other(polling, desk, say, acknowledged):
    gate = asyncio.Event()
    slow, same_chat, other_chat = say(), say(), say(runner=2)
    desk.plan[slow] = [gate]
    async with polling():
        await desk.until_seen(other_chat)
        assert same_chat not in desk.log
        gate.set()
        await acknowledged()
    assert desk.log == [slow, other_chat, -slow, same_chat]


async def test_a_poisonous_update_is_tried_three_times_then_buried_and_acknowledged(
    polling, desk, say, acknowledged
):
    bad, after = say(), say()
    desk.plan[bad] = [BROKEN]
    async with polling():
        await acknowledged()
    assert desk.log == [bad, bad, bad, f"buried {bad}", after]
    [(update, error)] = desk.buried
    assert update.effective_chat.id
    assert error is BROKEN.error


async def test_an_update_that_works_at_the_third_try_is_not_buried(
    polling, desk, say, acknowledged
):
    shaky = say()
    desk.plan[shaky] = [BROKEN, ValueError("raised instead of told"), Done()]
    async with polling():
        await acknowledged()
    assert desk.buried == []
    assert desk.log == [shaky] * 3


async def test_a_held_update_is_tried_for_as_long_as_it_takes_without_counting(
    polling, desk, say, acknowledged, naps, events
):
    held, other = say(), say(runner=2)
    desk.plan[held] = [*[HELD] * 20, StorageUnavailable(), BROKEN, BROKEN, Done()]
    async with polling():
        await acknowledged()
    assert desk.buried == []
    assert desk.log.count(held) == 24
    assert desk.log.index(other) < 5
    assert {0.5, 1, 2, 4, 8, 16, 30} <= set(naps.taken)
    assert max(naps.taken) == 30
    assert names(events).count("update.held") == 1


async def test_a_burial_waits_for_the_database_to_come_back(polling, desk, say, acknowledged):
    bad = say()
    desk.plan[bad] = [BROKEN]
    desk.burial_errors = [StorageUnavailable() for _ in range(5)]
    async with polling():
        await acknowledged()
    assert [update.update_id for update, _ in desk.buried] == [bad]


async def test_a_burial_that_is_broken_itself_does_not_block_everybody(
    polling, desk, say, acknowledged, events
):
    bad, after = say(), say()
    desk.plan[bad] = [BROKEN]
    desk.burial_errors = [ValueError() for _ in range(3)]
    async with polling():
        await acknowledged()
    assert after in desk.log
    assert "update.burial_failed" in names(events)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"message": "not an object"},
        {"message": {"date": "soon"}},
        {"poll_answer": {"poll_id": "1", "option_ids": [0]}},
    ],
)
async def test_an_update_that_cannot_be_parsed_is_buried_and_the_rest_goes_on(
    polling, desk, say, sandbox, acknowledged, nonsense
):
    bad = sandbox.queue.inject(nonsense)
    after = say()
    async with polling():
        await acknowledged()
    assert desk.log.count(after) == 1
    assert bad not in desk.log
    assert [update.update_id for update, _ in desk.buried] == [bad]


async def test_an_unknown_kind_of_update_is_handled_like_any(polling, desk, sandbox, acknowledged):
    new = sandbox.queue.inject({"telepathy": {"thought": "run"}})
    async with polling():
        await acknowledged()
    assert desk.log == [new]


async def test_waiting_for_a_stuck_update_is_no_busy_loop(polling, desk, say, naps):
    gate = asyncio.Event()
    stuck = say()
    desk.plan[stuck] = [gate]
    enough = asyncio.Event()
    naps.at_each = lambda: enough.set() if len(naps.taken) >= 6 else None
    async with polling():
        await enough.wait()
        gate.set()
    assert naps.taken[:6] == pytest.approx([0.05, 0.1, 0.2, 0.4, 0.8, 1])
    assert desk.log.count(stuck) == 1


async def test_another_poller_is_named_once_and_polling_goes_on(
    polling, say, telegram, events, naps, acknowledged
):
    rival = build_bot(TOKEN, telegram.url)
    await rival.initialize()
    async with polling():
        for _ in range(4):
            # The poller's next fetch ends this one, as this one ended the poller's.
            with pytest.raises(Conflict):
                await rival.raw_updates(None, timeout=LONG_POLL, allowed_updates=["message"])
        say()
        await acknowledged()
    await rival.shutdown()
    assert naps.taken[:3] == [1, 2, 4]
    assert names(events).count("polling.conflict") == 1


async def test_a_network_outage_is_reported_once_with_growing_waits(
    polling, say, sandbox, events, naps, acknowledged
):
    say()
    for kind in ("502", "reset", "500", "accepted_no_answer", "reset", "429"):
        sandbox.faults.add({"method": "getUpdates", "kind": kind, "retry_after": 40})
    async with polling():
        await acknowledged()
    assert naps.taken[:6] == [1, 2, 4, 8, 16, 40]
    assert names(events).count("telegram.unreachable") == 1
    assert names(events).count("telegram.reachable_again") == 1


async def test_a_wrong_token_ends_the_polling_at_once(desk, naps, telegram):
    bot = build_bot("123456:some-other-token", telegram.url)
    poller = Poller(bot, desk.handle, desk.bury, allowed_updates=[], sleep=naps.sleep)
    with pytest.raises(BadToken):
        await poller.run()
    await bot.shutdown()
    assert naps.taken == []


async def test_a_token_revoked_while_polling_ends_it(desk, naps, telegram, sandbox):
    bot = build_bot(TOKEN, telegram.url)
    poller = Poller(bot, desk.handle, desk.bury, allowed_updates=[], sleep=naps.sleep)
    await poller.connect()
    sandbox.token = "123456:new-one"  # noqa: S105 - the sandbox's own
    with pytest.raises(BadToken):
        await poller.run()
    await bot.shutdown()


async def test_telegram_unreachable_at_the_start_is_said_once_and_tried_again(
    desk, naps, sandbox, say, events, acknowledged
):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tried = asyncio.Event()
    naps.at_each = lambda: tried.set() if len(naps.taken) >= 3 else None
    bot = build_bot(TOKEN, f"http://127.0.0.1:{port}")
    poller = Poller(bot, desk.handle, desk.bury, allowed_updates=["message"], sleep=naps.sleep)
    update = say()
    async with asyncio.TaskGroup() as group:
        group.create_task(poller.run())
        await tried.wait()
        async with serve(sandbox, port=port):
            await acknowledged()
            await poller.stop()
    await bot.shutdown()
    assert desk.log == [update]
    assert naps.taken[:3] == [1, 2, 4]
    assert names(events).count("telegram.unreachable") == 1
    assert "telegram.reachable_again" in names(events)


async def test_connecting_takes_over_from_a_webhook_and_drops_nothing(
    polling, desk, say, sandbox, acknowledged
):
    update = say()
    async with polling():
        await acknowledged()
    [call] = sandbox.calls.after(0, "deleteWebhook")
    assert call["params"].get("drop_pending_updates") in (None, False, "false")
    assert desk.log == [update]


async def test_stopping_lets_the_update_under_way_finish_and_acknowledges_it(
    polling, desk, say, acknowledged
):
    gate = asyncio.Event()
    under_way, next_one = say(), say()
    desk.plan[under_way] = [gate]
    async with polling() as poller:
        await desk.until_seen(under_way)
        async with asyncio.TaskGroup() as group:
            stopping = group.create_task(poller.stop())
            await asyncio.sleep(0)
            assert not stopping.done()
            gate.set()
    await acknowledged(next_one)
    assert desk.log == [under_way, -under_way]


async def test_stopping_gives_up_on_an_update_that_hangs_which_comes_again(
    polling, desk, say, acknowledged, monkeypatch, events
):
    monkeypatch.setattr("bot.telegram.polling.STOP_WITHIN", timedelta(0))
    hanging = say()
    desk.plan[hanging] = [asyncio.Event(), Done()]
    async with polling():
        await desk.until_seen(hanging)
    await acknowledged(hanging)
    assert "polling.stopped_in_mid_update" in names(events)
    async with polling():
        await acknowledged()


async def test_stopping_does_not_wait_for_a_held_update_which_comes_again(
    polling, desk, say, acknowledged
):
    held = say()
    desk.plan[held] = [HELD]
    async with polling():
        await desk.until_seen(held)
    await acknowledged(held)
    desk.plan.clear()
    async with polling():
        await acknowledged()


async def test_stopping_ends_a_long_poll_at_once(polling, say, acknowledged):
    say()
    async with asyncio.timeout(LONG_POLL.total_seconds() / 2), polling():
        await acknowledged()


async def test_stopping_before_telegram_was_ever_reached_is_quick(desk):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    bot = build_bot(TOKEN, url)
    poller = Poller(bot, desk.handle, desk.bury, allowed_updates=[])
    async with asyncio.TaskGroup() as group:
        group.create_task(poller.run())
        await asyncio.sleep(0)
        await poller.stop()
    await bot.shutdown()


async def test_what_is_queued_behind_more_than_a_batch_is_served_too(
    polling, desk, say, acknowledged
):
    sent = [say(runner=n % 40 + 1) for n in range(230)]
    async with polling():
        await acknowledged()
    assert sorted(desk.log) == sorted(sent)


async def test_nothing_is_kept_of_updates_that_are_done(polling, say, acknowledged):
    for runner in range(1, 60):
        say(runner=runner)
    async with polling() as poller:
        await acknowledged()
        await poller.stop()
        assert poller._lanes == {}
        assert poller._workers == set()
        assert not poller._ledger.unfinished


async def test_an_error_of_the_network_raised_by_the_handler_holds_the_update(
    polling, desk, say, acknowledged
):
    update = say()
    desk.plan[update] = [*[NetworkError("Bad Gateway")] * 4, Done()]
    async with polling():
        await acknowledged()
    assert desk.buried == []
    assert desk.log == [update] * 5
