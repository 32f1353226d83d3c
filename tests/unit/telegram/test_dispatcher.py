"""The dispatcher knows what python-telegram-bot keeps to itself: how an update went."""

import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import Application, TypeHandler

from bot.services.ports import StorageUnavailable
from bot.telegram.dispatch import Dispatcher, Done, Held, Raised, is_outage
from bot.telegram.ordering import ChatOrder
from bot.telegram.transport import NeverSent

AT = datetime(2026, 6, 1, tzinfo=UTC)


def update(number, chat_id=1):
    return Update(number, message=Message(number, AT, Chat(chat_id, "private")))


class Handler:
    """Raises whatever it is told to, per update."""

    def __init__(self):
        self.errors = {}
        self.seen = []

    async def __call__(self, update, _context):
        self.seen.append(update.update_id)
        await asyncio.sleep(0)
        if error := self.errors.get(update.update_id):
            raise error


@pytest.fixture
def handler():
    return Handler()


@pytest.fixture
async def dispatcher(client, handler):
    application = (
        Application.builder()
        .bot(client)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(ChatOrder())
        .build()
    )
    application.add_handler(TypeHandler(Update, handler))
    await application.initialize()
    yield Dispatcher(application)
    await application.shutdown()


def caused(error, cause):
    error.__cause__ = cause
    return error


async def test_a_handled_update_is_done(dispatcher):
    assert await dispatcher(update(1)) == Done()


async def test_an_update_nobody_handles_is_done(dispatcher):
    dispatcher._application.handlers.clear()
    assert await dispatcher(update(1)) == Done()


async def test_a_handler_that_raises_is_told(dispatcher, handler):
    error = handler.errors[1] = KeyError("x")
    assert await dispatcher(update(1)) == Raised(error)


@pytest.mark.parametrize(
    "error",
    [
        StorageUnavailable(),
        caused(RuntimeError(), StorageUnavailable()),
        caused(RuntimeError(), caused(ValueError(), StorageUnavailable())),
        ExceptionGroup("", [ValueError(), caused(KeyError(), StorageUnavailable())]),
        NetworkError("Bad Gateway"),
        TimedOut(),
        NeverSent("x"),
    ],
)
async def test_trouble_with_storage_or_network_holds_the_update(dispatcher, handler, error):
    handler.errors[1] = error
    assert await dispatcher(update(1)) == Held(error)


def test_being_told_to_slow_down_is_an_outage_but_a_refused_message_is_not():
    assert is_outage(RetryAfter(3))
    assert not is_outage(BadRequest("Bad Request: message is too long"))


def test_a_cause_that_was_hidden_on_purpose_does_not_count():
    error = ValueError()
    error.__context__ = StorageUnavailable()
    assert is_outage(error)
    error.__suppress_context__ = True
    assert not is_outage(error)


def test_a_circle_of_causes_comes_to_an_end():
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert not is_outage(first)


async def test_an_error_outweighs_an_outage_in_another_group_of_handlers(dispatcher, handler):
    async def also(_update, _context):
        raise StorageUnavailable

    dispatcher._application.add_handler(TypeHandler(Update, also), group=1)
    error = handler.errors[1] = KeyError("x")
    assert await dispatcher(update(1)) == Raised(error)


async def test_updates_side_by_side_do_not_mix_up_their_errors(dispatcher, handler):
    handler.errors = {number: ValueError(number) for number in range(0, 40, 2)}
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(dispatcher(update(n, chat_id=n % 7 + 1))) for n in range(40)]
    results = [task.result() for task in tasks]
    assert results == [
        Raised(handler.errors[n]) if n in handler.errors else Done() for n in range(40)
    ]
