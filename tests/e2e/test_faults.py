"""Bad days: Telegram falters, the database is away, our own code breaks. Nothing gets lost."""

import asyncio
import dataclasses
from contextlib import asynccontextmanager

import pytest
import structlog
from support.database import on_both
from support.days import (
    arrives,
    asked,
    how_often,
    just_ran,
    message,
    passes,
    stored,
    wall,
)

from bot.config import Settings
from bot.health import look
from bot.services.ports import StorageUnavailable
from bot.storage.database import Database

pytestmark = on_both

KINDS = ("429", "500", "502", "504", "page", "slow", "reset", "accepted_no_answer")
METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery")
ANSWERS = "SELECT count(*) FROM answers WHERE undone_at IS NULL"
BURIED = "SELECT kind FROM dead_updates"
PAINFUL = ("6", "None of these", "None of these", "Between the shoulder blades", "Stiff shoulders")


@pytest.fixture
async def town(open_town):
    return await open_town(wall("2026-03-10 12:00"))


@pytest.fixture
def events():
    with structlog.testing.capture_logs() as captured:
        yield captured


@pytest.fixture
async def anna(town):
    return await arrives(await town.chat())


async def meets(chat, method, kind, **more):
    """Let the next call of that kind in this chat go wrong."""
    slowly = {"seconds": 0.2} if kind == "slow" else {}
    where = {} if method == "answerCallbackQuery" else {"chat_id": chat.chat_id}
    await chat.suffers(method, kind, **slowly, **where, **more)


async def insists(chat, button):
    """Tap, and once more if nothing happened, as people do."""
    prompt = await message(chat, "Check-in")
    await chat.taps_on(prompt, button)
    if (await message(chat, "Check-in")).html == prompt.html:
        await chat.taps_on(prompt, button)


async def checks_in_on_a_bad_day(chat, method, kind):
    """Answer a whole painful check-in; every call of one method goes wrong once."""
    if method == "sendMessage":
        await meets(chat, method, kind)
    await chat.says("/checkin")
    for button in PAINFUL:
        if method != "sendMessage" or button == PAINFUL[-1]:
            await meets(chat, method, kind)
        await insists(chat, button)


@pytest.mark.parametrize("method", METHODS)
async def test_a_check_in_survives_a_fault_at_every_step(town, method):
    chats = [
        await arrives(await town.chat(number), profile=True) for number in range(1, len(KINDS) + 1)
    ]
    async with asyncio.TaskGroup() as group:
        for chat, kind in zip(chats, KINDS, strict=True):
            group.create_task(checks_in_on_a_bad_day(chat, method, kind))
    for chat, kind in zip(chats, KINDS, strict=True):
        for words in ("Check-in", "When to stop"):
            copies = await how_often(chat, words)
            assert 1 <= copies <= 2, f"{kind}: {copies} messages with {words!r}"
    assert stored(town, ANSWERS) == [len(KINDS) * len(PAINFUL)]
    assert stored(town, BURIED) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_an_escalation_always_arrives_and_at_most_once_more(town, anna, method, kind):
    await anna.says("/checkin")
    await anna.taps("5")
    await meets(anna, method, kind)
    await anna.taps("One or more")
    await passes(town, "2026-03-10 12:02")
    copies = await how_often(anna, "Call 112 now.")
    assert 1 <= copies <= 2
    assert stored(town, "SELECT count(*), count(sent_at) FROM escalations") == [(1, 1)]


async def test_an_escalation_outlives_an_outage_of_telegram(town, anna):
    await anna.says("/checkin")
    await anna.taps("5")
    await anna.suffers("sendMessage", "reset", times=4)
    await anna.taps("One or more")
    await passes(town, "2026-03-10 12:10")
    assert 1 <= await how_often(anna, "Call 112 now.") <= 2


@pytest.mark.parametrize("kind", KINDS)
async def test_a_prompt_arrives_and_at_most_once_more(town, anna, kind):
    await just_ran(anna)
    await meets(anna, "sendMessage", kind)
    await passes(town, "2026-03-10 13:05")
    copies = await asked(anna)
    assert 1 <= len(copies) <= 2, copies
    await anna.taps("0 · no pain")
    assert "Thanks. No pain today." in (await message(anna, "After your run")).text
    await passes(town, "2026-03-10 21:30")
    assert len(await asked(anna)) == len(copies), "answered: no reminder"


async def test_a_prompt_answered_on_its_doubtful_copy_is_not_sent_again(town, anna):
    await just_ran(anna)
    await meets(anna, "sendMessage", "accepted_no_answer")
    await passes(town, "2026-03-10 13:00")
    await anna.taps("0 · no pain")
    await passes(town, "2026-03-10 21:30")
    assert await asked(anna) == ["Tue 13:00 After your run"]


async def test_a_prompt_refused_for_good_is_dead_and_everybody_can_see_it(town, anna, events):
    await just_ran(anna)
    await anna.suffers("sendMessage", "400", times=8, chat_id=anna.chat_id)
    await passes(town, "2026-03-10 14:00")
    assert await asked(anna) == []
    [line] = [event for event in events if event["event"] == "delivery.dead"]
    assert (line["log_level"], line["kind"], line["reason"]) == (
        "error",
        "check_in",
        "bad request",
    )
    settings = Settings(_env_file=None, data_dir=town.folder, database_url=town.database_url)
    health = await look(settings)
    assert not health.well
    assert "deliveries dead: 1" in health.lines
    assert "updates dead: 0" in health.lines
    assert any("check_in, due 2026-03-10T" in line for line in health.lines)
    assert health.lines[-1].endswith(": bad request")


async def test_waiting_for_telegram_in_one_chat_holds_up_no_other(town, anna):
    bea = await arrives(await town.chat(2))
    await anna.suffers("sendMessage", "429", retry_after=30, chat_id=anna.chat_id)
    await anna.says("/checkin", wait=False)
    await bea.says("/checkin")
    await bea.taps("0 · no pain")
    assert await how_often(bea, "Thanks. No pain today.") == 1


# --- our own code ---------------------------------------------------------------------------


def breaks(town, use_case, *, times=10**6):
    """Let a use case raise the next times it is called."""
    front = town.bot.application.handlers[0][0].callback.__self__
    works = getattr(front._use_cases, use_case)
    left = times

    async def broken(*arguments, **named):
        nonlocal left
        if left == 0:
            return await works(*arguments, **named)
        left -= 1
        raise LookupError("a bug")

    front._use_cases = dataclasses.replace(front._use_cases, **{use_case: broken})


async def test_a_tap_that_breaks_us_three_times_gets_an_apology_with_the_signs(town, anna):
    await anna.says("/checkin")
    breaks(town, "record_answer")
    await anna.taps("4")
    sorry = await anna.last()
    assert "Sorry, something broke on my side." in sorry.text
    assert "Something is wrong" in sorry.buttons
    assert stored(town, BURIED) == ["callback_query"]
    taps = town.running.sandbox.callbacks._callbacks.values()
    assert all(tap.answer for tap in taps), "the button does not wait for ever"


async def test_others_go_on_while_one_chat_is_broken(town, anna):
    bea = await arrives(await town.chat(2))
    breaks(town, "see_doctor")
    await anna.says("/doctor", wait=False)
    await bea.says("/checkin")
    await bea.taps("0 · no pain")
    assert await how_often(bea, "Thanks. No pain today.") == 1
    await anna.settled()
    assert await how_often(anna, "Sorry, something broke on my side.") == 1


async def test_a_break_that_passes_is_not_noticed(town, anna):
    await anna.says("/checkin")
    breaks(town, "record_answer", times=2)
    await anna.taps("4")
    assert "Pain: 4" in (await message(anna, "Check-in")).text
    assert await how_often(anna, "Sorry, something broke on my side.") == 0


async def test_the_chat_goes_on_behind_an_update_that_was_given_up(town, anna):
    breaks(town, "see_doctor")
    await anna.says("/doctor", wait=False)
    await anna.says("/checkin")
    await anna.taps("0 · no pain")
    assert await how_often(anna, "Thanks. No pain today.") == 1


async def test_an_update_nobody_can_parse_holds_nobody_up(anna):
    for odd in ({"message": {"text": 5}}, {"callback_query": {"id": 7}}, {"from_the_future": {}}):
        await anna.injects(odd, wait=False)
    await anna.says("/checkin")
    assert "0 · no pain" in await anna.buttons()
    await anna.settled()


# --- the database ---------------------------------------------------------------------------


class Outage:
    """Trouble with the database: as a unit of work starts, before or after it commits."""

    def __init__(self):
        self.when = None
        self.met = 0

    def strikes(self, moment):
        if self.when == moment:
            self.met += 1
            raise StorageUnavailable("made up by the test")


@pytest.fixture
def outage(monkeypatch):
    """An outage the test can begin and end."""
    outage, works = Outage(), Database.transaction

    @asynccontextmanager
    async def transaction(self, *, writing):
        outage.strikes("start")
        async with works(self, writing=writing) as open_one:
            yield open_one
            if writing:
                outage.strikes("before the commit")
        if writing:
            outage.strikes("after the commit")

    monkeypatch.setattr(Database, "transaction", transaction)
    return outage


MOMENTS = ("start", "before the commit", "after the commit")


async def until_met(chat, outage):
    """Wait until the outage was felt; the sandbox's own waiting does the waiting."""
    while not outage.met:
        await chat._http.get("/idle", params={"timeout": 0.05})


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_tap_in_an_outage_is_kept_and_counts_once_when_it_is_over(
    outage, town, anna, moment
):
    await anna.says("/checkin")
    outage.when = moment
    await anna.taps("4", wait=False)
    await until_met(anna, outage)
    idle = await anna._http.get("/idle", params={"timeout": 0.1})
    assert idle.json() == {"idle": False}, "not acknowledged"
    outage.when = None
    await anna.settled()
    assert stored(town, ANSWERS) == [1]
    assert "Pain: 4" in (await message(anna, "Check-in")).text
    assert stored(town, BURIED) == []


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_run_logged_in_an_outage_is_logged_once(outage, town, anna, moment):
    await anna.says("/run")
    outage.when = moment
    await anna.taps("Just finished", wait=False)
    await until_met(anna, outage)
    outage.when = None
    await anna.settled()
    assert stored(town, "SELECT count(*) FROM runs") == [1]
    assert await how_often(anna, "Run noted") == 1
    await passes(town, "2026-03-11 08:01")
    assert stored(town, "SELECT kind FROM check_ins ORDER BY due_at") == ["soon_after", "morning"]


@pytest.mark.parametrize("moment", MOMENTS)
async def test_an_emergency_in_an_outage_is_told_when_it_is_over(outage, town, anna, moment):
    await anna.says("/checkin")
    await anna.taps("5")
    outage.when = moment
    await anna.taps("One or more", wait=False)
    await until_met(anna, outage)
    outage.when = None
    await anna.settled()
    await passes(town, "2026-03-10 12:02")
    assert 1 <= await how_often(anna, "Call 112 now.") <= 2
    assert stored(town, "SELECT count(*) FROM escalations") == [1]


async def test_a_prompt_due_in_an_outage_comes_after_it(outage, town, anna):
    await just_ran(anna)
    town.clock._clock.advance_to(wall("2026-03-10 13:00"))
    outage.when = "start"
    await town.bot.heart.wake()
    assert await asked(anna) == []
    outage.when = None
    await passes(town, "2026-03-10 13:05")
    assert len(await asked(anna)) == 1
