"""Says what became of an update, which python-telegram-bot's `process_update` does not.

It returns normally when a handler raised, and hands the error to error handlers instead. Whoever
acknowledges updates needs to know, in polling and in webhook mode alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

import telegram
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import Application, CallbackContext

from bot.services.ports import StorageUnavailable

PtbApplication = Application[Any, Any, Any, Any, Any, Any]

_CHAIN: Final = 50
_errors: ContextVar[list[Exception]] = ContextVar("_errors")


@dataclass(frozen=True, slots=True)
class Done:
    """Handled; it can be acknowledged."""


@dataclass(frozen=True, slots=True)
class Held:
    """The database or the network is away: try again later, as often as it takes."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Raised:
    """A handler failed for a reason of its own: try again, but not for ever."""

    error: Exception


Handled = Done | Held | Raised


class Dispatcher:
    """Runs updates through an initialised Application, in its update processor's order.

    Handlers must be blocking ones, python-telegram-bot's default: what a task of its own raises
    comes too late.
    """

    def __init__(self, application: PtbApplication) -> None:
        self._application = application
        application.add_error_handler(_remember)

    async def __call__(self, update: telegram.Update) -> Handled:
        """Process one update and say how it went; raises nothing but cancellation."""
        errors: list[Exception] = []
        # The handlers run in this very task, or in one that copies its context.
        token = _errors.set(errors)
        try:
            await self._application.update_processor.process_update(
                update, self._application.process_update(update)
            )
        except Exception as error:  # noqa: BLE001 - judged below like any handler's error
            errors.append(error)
        finally:
            _errors.reset(token)
        return judge(errors)


def judge(errors: list[Exception]) -> Handled:
    """Weigh what the handlers raised: an error of their own outweighs an outage."""
    own = next((error for error in errors if not is_outage(error)), None)
    if own is not None:
        return Raised(own)
    return Held(errors[0]) if errors else Done()


def is_outage(error: BaseException) -> bool:
    """Whether storage or network trouble is at the bottom of an error."""
    return any(
        isinstance(one, StorageUnavailable | NetworkError | RetryAfter)
        and not isinstance(one, BadRequest)
        for one in _causes(error)
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error, its causes and its members, each once."""
    seen: set[int] = set()
    todo: list[BaseException] = [error]
    while todo and len(seen) < _CHAIN:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, BaseExceptionGroup):
            todo += one.exceptions
        cause = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        if cause is not None:
            todo.append(cause)


async def _remember(_update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    errors = _errors.get(None)
    if context.error is not None and errors is not None:
        errors.append(context.error)
