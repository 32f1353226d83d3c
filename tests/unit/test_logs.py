"""Logging: nothing a runner wrote, no token and no parameter gets into a line."""

import asyncio
import io
import json
import logging
import sys
import threading

import pytest
import structlog

from bot import logs

TOKEN = "1234567890:AAF-abcdefghijklmnopqrstuvwxyz01234"  # noqa: S105 - made up
PRIVATE = "it hurts at 7 of 10"


@pytest.fixture
def stream(request):
    """A stream that receives everything logged, in the format of the test's parameter."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    of_the_others = structlog.get_config()
    found = io.StringIO()
    logs.configure("INFO", getattr(request, "param", "json"), found)
    yield found
    root.handlers[:], level, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    structlog.configure(**of_the_others)


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def look_up():
    raise LookupError(PRIVATE)


def raise_with_cause():
    try:
        look_up()
    except LookupError as error:
        raise ValueError(f"{PRIVATE} {TOKEN}") from error


@pytest.mark.parametrize("stream", ["json", "console"], indirect=True)
def test_an_exception_is_its_class_chain_and_place_without_its_words(stream):
    log = structlog.get_logger("bot.services.example")
    try:
        raise_with_cause()
    except ValueError:
        log.exception("update.failed", update_id=4711)
    written = stream.getvalue()
    assert "ValueError < LookupError" in written
    assert "test_logs.py:" in written
    assert "raise_with_cause" in written
    assert "update.failed" in written
    assert "4711" in written
    assert PRIVATE not in written
    assert TOKEN not in written


@pytest.mark.parametrize("stream", ["json", "console"], indirect=True)
@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"GET /file/bot{TOKEN}/documents/file_1.pdf",
        f"The token `{TOKEN}` was rejected by the server.",
        f"/bot{TOKEN.replace(':', '%3A')}/getMe",
        f"/bot{TOKEN.replace(':', '%3a')}/getMe",
    ],
)
def test_a_token_is_cut_out_wherever_it_stands(stream, text):
    structlog.get_logger("bot.x").info("event", url=text)
    structlog.get_logger("bot.x").info(text)
    logging.getLogger("somebody").warning(text)
    assert TOKEN.partition(":")[2] not in stream.getvalue()
    assert stream.getvalue().count("token>") >= 3


def test_a_token_is_cut_out_of_a_key_and_of_a_path_of_a_traceback(stream):
    structlog.get_logger("bot.x").info("event", **{TOKEN: 1})
    assert TOKEN not in stream.getvalue()


def test_a_value_that_is_not_plain_shows_its_type_only(stream):
    structlog.get_logger("bot.x").info(
        "event", answer={"nrs": 7}, note=[PRIVATE], error=ValueError(PRIVATE), count=3, on=True
    )
    [line] = lines(stream)
    assert line["answer"] == "<dict>"
    assert line["note"] == "<list>"
    assert line["error"] == "ValueError"
    assert (line["count"], line["on"]) == (3, True)


def test_a_line_break_cannot_forge_a_line(stream):
    structlog.get_logger("bot.x").info("event", value="a\nb\r\u2028c\x1b[31m")
    assert lines(stream)[0]["value"] == "a b c [31m"


def test_a_library_line_keeps_its_template_and_numbers_but_no_values(stream):
    logging.getLogger("telegram.ext.Application").critical(
        "Error while building CallbackContext for update %s.", {"text": PRIVATE}
    )
    logging.getLogger("sqlalchemy.engine").error("parameters: %(nrs)s", {"nrs": PRIVATE})
    logging.getLogger("anything").warning("took %.1f s for %s", 2.5, PRIVATE)
    first, second, third = lines(stream)
    assert first["event"] == "Error while building CallbackContext for update %s."
    assert second["event"] == "parameters: %(nrs)s"
    assert third["numbers"] == "2.5"
    assert PRIVATE not in stream.getvalue()


def test_the_exception_of_a_library_line_is_shortened_too(stream):
    try:
        raise_with_cause()
    except ValueError:
        logging.getLogger("apscheduler.executors.default").exception("Job %s raised", "x")
    [line] = lines(stream)
    assert line["error"] == "ValueError < LookupError"
    assert PRIVATE not in stream.getvalue()


async def test_what_asyncio_reports_of_a_forgotten_failure_is_shortened(stream):
    loop = asyncio.get_running_loop()
    loop.call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": ValueError(PRIVATE)}
    )
    [line] = lines(stream)
    assert line["event"] == "Task exception was never retrieved"
    assert PRIVATE not in stream.getvalue()


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore.connection", "uvicorn.access", "telegram.Bot"]
)
def test_chatty_libraries_are_quiet_even_at_debug(stream, name):
    logs.configure("DEBUG", "json", stream)
    logging.getLogger(name).info("HTTP Request: POST https://api.telegram.org/bot%s/x", TOKEN)
    logging.getLogger(name).debug("body %s", PRIVATE)
    structlog.get_logger("bot.x").debug("seen")
    assert [line["event"] for line in lines(stream)] == ["seen"]


def test_a_library_with_handlers_of_its_own_is_routed_here(stream):
    elsewhere = io.StringIO()
    logger = logging.getLogger("uvicorn")
    logger.addHandler(logging.StreamHandler(elsewhere))
    logs.configure("INFO", "json", stream)
    logger.error("bind failed")
    assert elsewhere.getvalue() == ""
    assert lines(stream)[0]["event"] == "bind failed"


def test_lines_below_the_level_are_not_written(stream):
    logs.configure("WARNING", "json", stream)
    structlog.get_logger("bot.x").info("quiet")
    structlog.get_logger("bot.x").warning("loud")
    assert [line["event"] for line in lines(stream)] == ["loud"]


def test_an_uncaught_exception_is_logged_without_its_words(stream):
    try:
        raise_with_cause()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    [line] = lines(stream)
    assert (line["event"], line["level"]) == ("crashed", "critical")
    assert PRIVATE not in stream.getvalue()


def test_an_exception_of_a_thread_is_logged_without_its_words(stream):
    def fail():
        raise ValueError(PRIVATE)

    # pytest puts its own hook around each test's threads; ours is called as Python would.
    try:
        fail()
    except ValueError as error:
        kind, trace = type(error), error.__traceback__
        logs._log_thread_crash(threading.ExceptHookArgs((kind, error, trace, None)))
    assert lines(stream)[0]["event"] == "thread.crashed"
    assert PRIVATE not in stream.getvalue()


def test_an_error_group_and_a_circle_of_causes_are_named_without_end(stream):
    first, second = ValueError(PRIVATE), KeyError(PRIVATE)
    first.__cause__, second.__cause__ = second, first
    group = ExceptionGroup(PRIVATE, [first])
    structlog.get_logger("bot.x").error("event", exc_info=group)
    assert lines(stream)[0]["error"] == "ExceptionGroup < ValueError < KeyError"
    assert lines(stream)[0]["at"] == "unraised"
