"""Webhook mode over real HTTP: the sandbox pushes, the bot takes what it has processed."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
import structlog
from support.update_desk import UpdateDesk
from telegram.error import RetryAfter

from bot.sandbox.acts import says
from bot.sandbox.server import NO_LIMITS, Sandbox, serve
from bot.sandbox.webhook import Address as Pushed
from bot.services.ports import StorageUnavailable
from bot.telegram.client import build_bot
from bot.telegram.dispatch import Done, Held, Raised
from bot.telegram.ordering import ChatOrder
from bot.telegram.outage import BadToken
from bot.telegram.webhook import Address, Webhook, secret_from
from bot.web import SECRET_HEADER, AddressTaken, Door, listening

TOKEN = "123456:webhook-test"  # noqa: S105 - the sandbox's own
SECRET = secret_from(TOKEN)
HELD = Held(StorageUnavailable())
BROKEN = Raised(KeyError("x"))


async def no_nap(_seconds):
    await asyncio.sleep(0)


@pytest.fixture
def sandbox():
    sandbox = Sandbox(token=TOKEN, limits=NO_LIMITS)
    sandbox.webhook.pace = 0.01
    return sandbox


@pytest.fixture
async def telegram(sandbox):
    async with serve(sandbox) as running:
        yield running.url


@pytest.fixture
async def desk():
    return UpdateDesk()


@pytest.fixture
def say(sandbox):
    def act(text="hello", runner=1):
        return says(sandbox, sandbox.runners.ensure(runner), {"text": text})["update_id"]

    return act


@pytest.fixture
def events():
    with structlog.testing.capture_logs() as captured:
        yield captured


@pytest.fixture
def impatient(monkeypatch):
    """Shorten one of the webhook's waits, to that many seconds."""

    def shorten(name, seconds):
        monkeypatch.setattr(f"bot.telegram.webhook.{name}", timedelta(seconds=seconds))

    return shorten


@pytest.fixture
def often_checked(impatient):
    impatient("CHECK_EVERY", 0.02)


def names(events):
    return [event["event"] for event in events]


@pytest.fixture
def webhook(desk, telegram, sandbox):
    """A bot that takes updates, ready to be stopped; `bot.port` is where it listens."""

    @asynccontextmanager
    async def start(token=TOKEN, sleep=asyncio.sleep, url=telegram):
        bot = build_bot(token, url)
        taken = []

        async def take(raw):
            taken.append(raw["update_id"])
            return await hook.take(raw)

        async def ready():
            return {"telegram": hook.ready}

        door = Door(take, ready, SECRET).application()
        async with listening(door, "127.0.0.1", 0) as port:
            address = Address(f"http://127.0.0.1:{port}/hook", SECRET)
            hook = Webhook(
                bot,
                desk.handle,
                desk.bury,
                address=address,
                allowed_updates=["message", "callback_query"],
                sleep=sleep,
            )
            hook.port, hook.tries = port, taken
            try:
                await hook.connect()
                async with asyncio.TaskGroup() as group:
                    group.create_task(hook.run())
                    assert await sandbox.changes.until(sandbox.webhook.is_set, 5)
                    yield hook
                    await hook.stop()
            finally:
                await bot.shutdown()

    return start


@pytest.fixture
def acknowledged(sandbox):
    async def wait(*still_pending):
        def there():
            return sorted(sandbox.queue._pending) == sorted(still_pending)

        assert await sandbox.changes.until(there, 10), sandbox.webhook.deliveries

    return wait


def statuses(sandbox, update):
    return [status for number, status in sandbox.webhook.deliveries if number == update]


async def test_the_address_is_registered_with_secret_and_kinds_and_nothing_is_dropped(
    webhook, sandbox, say, desk, acknowledged
):
    waited = say("while you were away")
    async with webhook() as hook:
        await acknowledged()
    assert desk.log == [waited]
    url = f"http://127.0.0.1:{hook.port}/hook"
    assert sandbox.webhook.address == Pushed(url, SECRET, 40)
    assert sandbox.queue.allowed == ["message", "callback_query"]


async def test_an_update_is_taken_only_when_it_was_processed(webhook, say, desk, acknowledged):
    gate = asyncio.Event()
    first = say()
    desk.plan[first] = [gate]
    async with webhook():
        await desk.until_seen(first)
        other = say(runner=2)
        await desk.until_seen(other)
        await acknowledged(first)
        gate.set()
        await acknowledged()


async def test_one_chat_is_served_in_order_and_others_meanwhile(webhook, say, desk, acknowledged):
    gate = asyncio.Event()
    slow, same, other = say(), say(), say(runner=2)
    desk.plan[slow] = [gate]
    async with webhook():
        await desk.until_seen(other)
        assert same not in desk.log
        gate.set()
        await acknowledged()
    assert desk.log.index(-slow) < desk.log.index(same)


async def test_a_tap_and_a_text_of_one_runner_wait_for_each_other(
    webhook, say, desk, sandbox, acknowledged
):
    """Telegram pushes taps and messages side by side; the bot has one lane for both."""
    gate = asyncio.Event()
    text = say()
    desk.plan[text] = [gate]
    runner = sandbox.runners.ensure(1)
    async with webhook():
        await desk.until_seen(text)
        query = {"id": "1", "from": runner.user(), "chat_instance": "1", "data": "x"}
        message = {"chat": runner.chat(), "message_id": 1, "date": 0}
        tap = sandbox.queue.add("callback_query", {**query, "message": message})
        await sandbox.changes.until(lambda: len(sandbox.webhook._busy) == 2, 5)
        assert tap not in desk.log
        gate.set()
        await acknowledged()
    assert desk.log == [text, -text, tap]


async def test_a_slow_update_is_left_with_telegram_and_handled_once(
    webhook, say, desk, sandbox, acknowledged, impatient
):
    impatient("BEGINS_WITHIN", 0.01)
    impatient("BUDGET", 0.02)
    gate = asyncio.Event()
    slow = say()
    desk.plan[slow] = [gate]
    async with webhook():
        assert await sandbox.changes.until(lambda: len(statuses(sandbox, slow)) >= 3, 10)
        assert set(statuses(sandbox, slow)) == {503}
        gate.set()
        await acknowledged()
    assert desk.log == [slow, -slow]


async def test_what_has_not_begun_in_time_is_given_back_and_not_begun_later(
    webhook, say, desk, sandbox, impatient, events
):
    impatient("BEGINS_WITHIN", 0.01)
    impatient("BUDGET", 0.02)
    gate = asyncio.Event()
    slow, waiting = say(runner=1), say(runner=2)
    desk.plan[slow] = [gate]
    async with webhook() as hook:
        hook._order = ChatOrder(at_once=1)
        assert await sandbox.changes.until(lambda: len(statuses(sandbox, waiting)) >= 3, 10)
        sandbox.webhook.set(Pushed())
        gate.set()
        await desk.until_seen(-slow)
        await hook.stop()
    assert desk.log == [slow, -slow]
    given_back = [one["update_id"] for one in events if one["event"] == "update.given_back"]
    assert set(given_back) == {waiting}


async def test_an_update_that_comes_twice_is_handled_once(
    webhook, say, desk, sandbox, acknowledged
):
    update = say()
    async with webhook():
        await acknowledged()
        sandbox.queue.redeliver(update)
        await acknowledged()
    assert desk.log == [update]
    assert statuses(sandbox, update) == [200, 200]


async def test_in_an_outage_of_the_database_updates_stay_with_telegram(
    webhook, say, desk, sandbox, acknowledged
):
    held = say()
    desk.plan[held] = [HELD, HELD, HELD, Done()]
    async with webhook():
        await acknowledged()
    assert desk.buried == []
    assert statuses(sandbox, held) == [503, 503, 503, 200]


async def test_a_chat_that_telegram_slows_down_comes_again_when_it_may(webhook, desk, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with webhook() as hook:
        raw = {"update_id": 5}
        for seconds, wait in ((30, 30), (4000, 60), (0, 1)):
            desk.plan[5] = [Held(RetryAfter(timedelta(seconds=seconds)))]
            assert await hook.take(raw) == timedelta(seconds=wait)


async def test_a_poisonous_update_is_tried_three_times_then_buried_and_taken(
    webhook, say, desk, acknowledged
):
    bad, after = say(), say()
    desk.plan[bad] = [BROKEN]
    async with webhook(sleep=no_nap) as hook:
        hook._resting.wake()
        await acknowledged()
    assert desk.log == [bad, bad, bad, f"buried {bad}", after]
    assert [update.update_id for update, _ in desk.buried] == [bad]


async def test_more_than_it_can_carry_is_left_with_telegram(webhook, say, desk, monkeypatch):
    monkeypatch.setattr("bot.telegram.webhook.AT_MOST", 2)
    gate = asyncio.Event()
    updates = [say(runner=n) for n in range(1, 3)]
    for update in updates:
        desk.plan[update] = [gate]
    async with webhook() as hook:
        await desk.until_seen(*updates)
        assert await hook.take({"update_id": 999}) == timedelta(seconds=2)
        gate.set()


async def test_stopping_lets_what_is_under_way_finish_and_takes_nothing_more(
    webhook, say, desk, acknowledged
):
    gate = asyncio.Event()
    under_way = say()
    desk.plan[under_way] = [gate]
    async with webhook() as hook:
        await desk.until_seen(under_way)
        async with asyncio.TaskGroup() as group:
            stopping = group.create_task(hook.stop())
            await asyncio.sleep(0)
            assert not hook.ready
            assert await hook.take({"update_id": 999}) == timedelta(seconds=1)
            assert not stopping.done()
            gate.set()
        await acknowledged()
    assert desk.log == [under_way, -under_way]


async def test_stopping_gives_up_on_an_update_that_hangs_which_comes_again(
    webhook, say, desk, acknowledged, impatient, events
):
    impatient("STOP_WITHIN", 0)
    hanging = say()
    desk.plan[hanging] = [asyncio.Event(), Done()]
    async with webhook():
        await desk.until_seen(hanging)
    await acknowledged(hanging)
    assert "webhook.stopped_in_mid_update" in names(events)
    async with webhook():
        await acknowledged()
    assert desk.log == [hanging, hanging]


async def test_what_hangs_for_a_minute_is_given_back(webhook, desk, impatient, events):
    impatient("HANGS_AFTER", 0.02)
    async with webhook() as hook:
        desk.plan[5] = [asyncio.Event()]
        assert await hook.take({"update_id": 5}) == timedelta(seconds=2)
    assert "update.hung" in names(events)


@pytest.mark.usefixtures("often_checked")
async def test_an_address_taken_away_is_registered_again(
    webhook, say, sandbox, acknowledged, events
):
    async with webhook():
        sandbox.webhook.set(Pushed())
        say()
        await acknowledged()
    assert "webhook.taken_away" in names(events)


@pytest.mark.usefixtures("often_checked")
async def test_trouble_that_telegram_has_with_us_is_told_once(webhook, sandbox, events):
    async with webhook():
        sandbox.webhook._note(502)
        checks = len(sandbox.calls.after(0, "getWebhookInfo"))
        await sandbox.changes.until(
            lambda: len(sandbox.calls.after(0, "getWebhookInfo")) > checks + 3, 0.5
        )
    [line] = [event for event in events if event["event"] == "webhook.trouble"]
    assert line["reason"] == "Wrong response from the webhook: 502"


async def test_a_refused_token_ends_it(telegram, desk, sandbox):
    bot = build_bot("123456:some-other-token", telegram)
    address = Address("http://127.0.0.1:9/x", SECRET)
    hook = Webhook(bot, desk.handle, desk.bury, address=address, allowed_updates=[])
    with pytest.raises(BadToken):
        await hook.connect()
    await bot.shutdown()
    bot = build_bot(TOKEN, telegram)
    hook = Webhook(bot, desk.handle, desk.bury, address=address, allowed_updates=[])
    await hook.connect()
    sandbox.token = "123456:new-one"  # noqa: S105 - the sandbox's own
    with pytest.raises(BadToken):
        await hook.run()
    await bot.shutdown()


async def test_telegram_in_trouble_is_outlasted(webhook, sandbox, say, acknowledged):
    for kind in ("502", "reset", "429"):
        sandbox.faults.add({"method": "setWebhook", "kind": kind})
    sandbox.faults.add({"method": "getMe", "kind": "500"})
    async with webhook(sleep=no_nap):
        say()
        await acknowledged()


# --- the door -------------------------------------------------------------------------------


@pytest.fixture
async def door():
    """A door of its own: what came in, and how it answers. Port and taken updates."""
    taken, wait, state = [], [], {"telegram": True, "database": True}

    async def take(raw):
        taken.append(raw)
        return wait[0] if wait else None

    async def ready():
        return state

    app = Door(take, ready, SECRET).application()
    async with (
        listening(app, "127.0.0.1", 0) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        yield http, taken, wait, state


def signed(secret=SECRET):
    return {SECRET_HEADER: secret}


@pytest.mark.parametrize("headers", [{}, signed(""), signed(SECRET[:-1]), signed("Ä" * 64)])
async def test_without_the_secret_nothing_is_looked_at(door, headers):
    http, taken, *_ = door
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = await http.post("/hook", content=b'{"update_id": 1}', headers=raw)
    assert (answer.status_code, taken) == (403, [])


@pytest.mark.parametrize("path", ["/hook", "/", "/whatever/a/proxy/made/of/it"])
async def test_with_the_secret_any_path_will_do(door, path):
    http, taken, *_ = door
    answer = await http.post(path, json={"update_id": 1}, headers=signed())
    assert (answer.status_code, taken) == (200, [{"update_id": 1}])


@pytest.mark.parametrize("body", [b"", b"[]", b"no json", b"\xff", b"[" * 100_000])
async def test_what_is_no_update_is_refused(door, body):
    http, taken, *_ = door
    answer = await http.post("/hook", content=body, headers=signed())
    assert (answer.status_code, taken) == (400, [])


async def test_a_body_has_a_limit(door):
    http, taken, *_ = door

    async def endless():
        for _ in range(40):
            yield b" " * 65_536

    for content in (b" " * 1_100_000, endless()):
        answer = await http.post("/hook", content=content, headers=signed())
        assert (answer.status_code, taken) == (413, [])


async def test_what_is_not_taken_is_told_when_to_come_again(door):
    http, _, wait, _ = door
    wait.append(timedelta(seconds=2.2))
    answer = await http.post("/hook", json={"update_id": 1}, headers=signed())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")


async def test_health_and_readiness_are_two_things(door):
    http, _, _, state = door
    assert (await http.get("/healthz")).status_code == 200
    assert (await http.get("/readyz")).json() == {"telegram": True, "database": True}
    state["database"] = False
    answer = await http.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)
    assert (await http.get("/healthz")).status_code == 200
    assert (await http.get("/hook")).status_code in {404, 405}


async def test_a_taken_address_is_told(door):
    http, *_ = door
    with pytest.raises(AddressTaken):
        async with listening(
            Door(None, None, SECRET).application(), "127.0.0.1", http.base_url.port
        ):
            pass


def test_the_secret_is_the_same_on_every_replica_and_tells_nothing_of_the_token():
    assert secret_from(TOKEN) == SECRET
    assert len(SECRET) == 64
    assert secret_from(f"{TOKEN}x") != SECRET
