"""What a handler is: from a tap or a command, with where it came from, to a reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.services.replies import Reply
from bot.services.use_cases import UseCases
from bot.telegram.codec import Callback


@dataclass(frozen=True, slots=True)
class Here:
    """Who acts, in which update, and the use cases that may answer."""

    use_cases: UseCases
    user_id: int
    chat_id: int
    update_id: int
    text: str = ""


OnTap = Callable[[Any, Here], Awaitable[Reply]]
OnCommand = Callable[[Here], Awaitable[Reply]]
Taps = dict[type[Callback], OnTap]
Commands = dict[str, OnCommand]
