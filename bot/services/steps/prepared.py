"""What a due delivery comes to before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.services.replies import Reply


@dataclass(frozen=True, slots=True)
class Settled:
    """Not wanted any more: nothing is sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Wanted, but not yet."""

    due_at: datetime


Prepared = Reply | Settled | Moved
