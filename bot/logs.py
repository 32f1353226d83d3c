"""One way to log: past facts with dots, as text or JSON, without tokens, names or health.

Three guards stand between a careless line and the log: values that are not plain are replaced
by their type, an exception is shown as its class and place but never its message (which may
quote a runner or an SQL parameter), and bot tokens are cut out of the finished line.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import date, time, timedelta
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

_TOKEN: Final = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_TOKEN_IN_PATH: Final = re.compile(r"/bot\d+(?::|%3A)[^/\s\"']*", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FRAMES: Final = 12
_CHAIN: Final = 8
_ROOT: Final = Path(__file__).parent.parent
_OWN: Final = ("bot", "__main__")

# Above WARNING where a library warns of what is expected here: APScheduler of each beat that is
# skipped because the one before still runs, python-telegram-bot of handlers' errors, with the
# whole update in the line.
_LIBRARIES: Final = {
    "aiohttp": logging.WARNING,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "uvicorn": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "asyncio": logging.WARNING,
    "apscheduler": logging.ERROR,
    "telegram": logging.ERROR,
}

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(
    level: str, log_format: Literal["console", "json"], stream: TextIO | None = None
) -> None:
    """Route structlog and the standard library's logging into `stream`, replacing what was there.

    `level` is for the bot's own lines; libraries stay at warnings and above whatever it is. The
    stream is standard error unless given. Uncaught exceptions are logged the same way.
    """
    _route_structlog()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(log_format, colors=handler.stream.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _OWN:
        logging.getLogger(name).setLevel(level)
    for name, lowest in _LIBRARIES.items():
        _reroute(logging.getLogger(name), lowest)
    sys.excepthook = _log_crash
    threading.excepthook = _log_thread_crash


def _route_structlog() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name_exceptions,
            _keep_plain_values,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def redact(text: str) -> str:
    """Cut every bot token out of a text."""
    return _TOKEN.sub("<token>", _TOKEN_IN_PATH.sub("/bot<token>", text))


def _reroute(logger: logging.Logger, level: int) -> None:
    # Some libraries (uvicorn) bring handlers of their own, which would bypass the redaction.
    logger.handlers.clear()
    logger.propagate = True
    logger.setLevel(level)


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Cuts tokens out of the finished line, wherever in it they were."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def _formatter(log_format: Literal["console", "json"], *, colors: bool) -> logging.Formatter:
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=colors)
    )
    return _RedactingFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        foreign_pre_chain=[
            _shorten_foreign,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name_exceptions,
            _keep_plain_values,
        ],
        use_get_message=False,
        pass_foreign_args=True,
    )


def _shorten_foreign(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Show a library's line without what it filled in, numbers excepted.

    Libraries put whole updates, SQL parameters and exception texts into their arguments, and
    asyncio appends an exception's text below the first line of its message.
    """
    arguments = event.pop("positional_args", ())
    template = (str(event["event"]).splitlines() or [""])[0]
    values = arguments if isinstance(arguments, tuple) else (arguments,)
    numbers = [one for one in values if isinstance(one, int | float)]
    event["event"] = template
    if numbers:
        event["numbers"] = " ".join(map(str, numbers))
    event.pop("stack_info", None)
    return event


def _name_exceptions(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace `exc_info` by the classes of the cause chain and where it was raised."""
    error = _exception(event.pop("exc_info", None))
    if error is not None:
        chain = list(_chain(error))
        event["error"] = " < ".join(_class_name(one) for one in chain)
        event["at"] = _places(chain[-1])[-1]
        event["trace"] = " > ".join(_places(error))
    return event


def _exception(exc_info: object) -> BaseException | None:
    if exc_info is True:
        exc_info = sys.exc_info()
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1]
    return exc_info if isinstance(exc_info, BaseException) else None


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen and len(seen) < _CHAIN:
        seen.add(id(one))
        yield one
        inner = one.exceptions[0] if isinstance(one, BaseExceptionGroup) else None
        one = inner or one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _class_name(error: BaseException) -> str:
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _places(error: BaseException) -> list[str]:
    """Give `file:line function` for the innermost frames, without source lines or values."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames]
    return places or ["unraised"]


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(_ROOT / "bot"):
        return str(path.relative_to(_ROOT))
    return "/".join(path.parts[-2:])


def _keep_plain_values(_logger: object, _method: str, event: EventDict) -> EventDict:
    for key, value in event.items():
        if not key.startswith("_"):
            event[key] = _plain(value)
    return event


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _CONTROL.sub(" ", value)
    if isinstance(value, date | time | timedelta | Path):
        return str(value)
    if isinstance(value, BaseException):
        return _class_name(value)
    return f"<{type(value).__name__}>"


def _log_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger(__name__).critical("crashed", exc_info=(kind, error, trace))


def _log_thread_crash(args: threading.ExceptHookArgs) -> None:
    structlog.get_logger(__name__).critical(
        "thread.crashed", exc_info=(args.exc_type, args.exc_value, args.exc_traceback)
    )
