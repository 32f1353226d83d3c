"""What can be shown in a chat: one message's text, keyboard and attachment, ready to send."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from bot.pictures.history_layout import Chart

Style = Literal["primary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """One inline key. Old apps show no colour, so the label must carry the meaning."""

    text: str
    data: str
    style: Style | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Motion:
    """How large an animation is, in pixels, and how long it runs, in seconds."""

    width: int
    height: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the text as its caption (1024 characters after parsing).

    A `lasting` one shows the same to everybody: Telegram is asked to keep it, and it goes up once.
    What is about one runner never is. An animation says its `motion`.
    """

    content: bytes
    filename: str
    kind: Literal["photo", "animation", "document"]
    lasting: bool = False
    motion: Motion | None = None

    @property
    def digest(self) -> str:
        """Tells this content, shown in this way, from any other."""
        return sha256(self.kind.encode() + b":" + self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `text` is Telegram HTML, escaped already.

    `location_key` is the label of a one-time reply key that shares the location; it excludes
    inline keys, as Telegram allows one kind of keyboard per message. `drop_keys` takes such a
    reply key away again. A `sketch` is drawn into the attachment before the screen is sent.
    """

    text: str
    rows: Rows = ()
    attachment: Attachment | None = None
    silent: bool = False
    sketch: Chart | None = None
    location_key: str | None = None
    drop_keys: bool = False
