"""A runner's hands and eyes in end-to-end tests, which should read like a chat.

Every act waits until the bot has confirmed the update it caused, so that what the bot answered is
there to be looked at; `wait=False` leaves that out.
"""

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

SETTLES_WITHIN = 10.0


class NotThere(AssertionError):
    """What the runner wanted to tap or read is not in the chat."""


@dataclass(frozen=True)
class Message:
    """One message as the runner sees it; `text` is the caption where there is one."""

    message_id: int
    text: str
    html: str
    by_bot: bool
    kind: str
    edited: bool
    silent: bool
    buttons: tuple[str, ...]
    raw: dict[str, Any]

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Self:
        keys = [key["text"] for row in raw["keyboard"] or [] for key in row]
        return cls(
            message_id=raw["message_id"],
            text=raw["text"] or raw["caption"] or "",
            html=raw["html"],
            by_bot=raw["from"] == "bot",
            kind=raw["kind"],
            edited=raw["edited_at"] is not None,
            silent=raw["silent"],
            buttons=tuple(keys),
            raw=raw,
        )

    def label(self, button: str) -> str | None:
        """The whole text of the button somebody means, who may leave out its number."""
        whole = (f"{number} · {button}" for number in range(1, 10))
        return next((text for text in (button, *whole) if text in self.buttons), None)

    def callback(self, button: str) -> str | None:
        """The callback data behind a button."""
        label = self.label(button)
        keys = (key for row in self.raw["keyboard"] or [] for key in row)
        return next((key.get("data") for key in keys if key["text"] == label), None)


class Chat:
    """One runner's chat with the bot, over the sandbox's control API."""

    def __init__(self, url: str, runner: int = 1, *, settles_within: float = SETTLES_WITHIN):
        self.runner = runner
        self.chat_id = 1000 + runner
        self._settles_within = settles_within
        # Without certificates to look at: reading them takes longer than most conversations.
        self._http = httpx.AsyncClient(
            base_url=f"{url}/sandbox",
            timeout=settles_within + 5,
            verify=False,  # noqa: S501 - plain HTTP, to this machine
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    # What the runner does.

    async def says(self, text: str, *, wait: bool = True, **more: Any) -> int:
        """Write a text or a command; the message's id."""
        return await self._acts("text", {"text": text, **more}, wait=wait)

    async def taps(self, button: str, *, wait: bool = True) -> None:
        """Tap the newest live button with that text, inline or on the reply keyboard."""
        for message in reversed(await self.messages()):
            if message.label(button):
                await self.taps_on(message, button, wait=wait)
                return
        for row in (await self._transcript())["reply_keyboard"] or []:
            for key in row:
                if key["text"] == button:
                    await self.says(button, wait=wait)
                    return
        raise NotThere(f"no button {button!r}; the chat has {await self.buttons()}")

    async def taps_on(self, message: Message, button: str, *, wait: bool = True) -> None:
        """Tap a button of one message."""
        label = message.label(button) or button
        await self._acts("tap", {"message_id": message.message_id, "text": label}, wait=wait)

    async def forges(self, message_id: int, callback: str, *, wait: bool = True) -> None:
        """Send callback data no button of that message has (now), whoever's message it is."""
        body = {"message_id": message_id, "data": callback, "force": True}
        await self._acts("tap", body, wait=wait)

    async def sends_location(self, latitude: float, longitude: float, *, wait: bool = True) -> int:
        """Share a place, in degrees."""
        place = {"latitude": latitude, "longitude": longitude}
        return await self._acts("location", place, wait=wait)

    async def sends(self, kind: str, *, caption: str = "", wait: bool = True) -> int:
        """Send a made-up photo, voice, video, sticker, contact or dice."""
        return await self._acts(kind, {"caption": caption} if caption else {}, wait=wait)

    async def sends_document(
        self, name: str, content: bytes, *, caption: str = "", wait: bool = True
    ) -> int:
        """Send a file."""
        answer = await self._http.post(
            f"/runners/{self.runner}/document",
            files={"file": (name, content)},
            data={"caption": caption} if caption else {},
        )
        return await self._after(answer, wait=wait)

    async def edits(self, message_id: int, text: str, *, wait: bool = True) -> None:
        """Rewrite an own message."""
        await self._acts("edit", {"message_id": message_id, "text": text}, wait=wait)

    async def blocks(self, *, wait: bool = True) -> None:
        """Block the bot."""
        await self._acts("block", {}, wait=wait)

    async def unblocks(self, *, wait: bool = True) -> None:
        """Unblock the bot."""
        await self._acts("unblock", {}, wait=wait)

    async def is_called(self, first_name: str, language_code: str = "en") -> None:
        """Set name and language of the app."""
        names = {"first_name": first_name, "language_code": language_code}
        _ok(await self._http.post(f"/runners/{self.runner}", json=names))

    # What the runner sees.

    async def messages(self) -> list[Message]:
        """Every message still there, oldest first."""
        return [
            Message.of(raw) for raw in (await self._transcript())["messages"] if not raw["deleted"]
        ]

    async def bot_messages(self) -> list[Message]:
        """The bot's messages still there, oldest first."""
        return [message for message in await self.messages() if message.by_bot]

    async def last(self) -> Message:
        """The bot's newest message."""
        said = await self.bot_messages()
        if not said:
            raise NotThere("the bot has said nothing")
        return said[-1]

    async def buttons(self) -> list[str]:
        """The live inline buttons of the bot's newest message that has any."""
        for message in reversed(await self.messages()):
            if message.buttons:
                return list(message.buttons)
        return []

    async def toasts(self) -> list[str | None]:
        """What callback answers showed, oldest first; None for a silent answer."""
        return [answer["text"] for answer in (await self._transcript())["callbacks"]]

    # What the test does.

    async def settled(self) -> None:
        """Wait until the bot has confirmed every update."""
        answer = await self._http.get("/idle", params={"timeout": self._settles_within})
        assert _ok(answer)["idle"], "the bot has not confirmed every update"

    async def waits(self, move: str, zone: str = "UTC") -> str:
        """Move the clock: an ISO 8601 duration, next_morning or next_due; the new time."""
        answer = await self._http.post("/clock", json={"move": move, "zone": zone}, timeout=120)
        return str(_ok(answer)["now"])

    async def suffers(self, method: str, kind: str, **more: Any) -> None:
        """Make the bot's next calls of that method fail."""
        _ok(await self._http.post("/faults", json={"method": method, "kind": kind, **more}))

    async def calls(self, method: str = "") -> list[dict[str, Any]]:
        """The bot's calls so far."""
        return list(_ok(await self._http.get("/calls", params={"method": method}))["calls"])

    async def injects(self, update: dict[str, Any], *, wait: bool = True) -> None:
        """Send the bot anything at all as an update."""
        await self._after(await self._http.post("/updates", json=update), wait=wait)

    async def _transcript(self) -> dict[str, Any]:
        return _ok(await self._http.get(f"/runners/{self.runner}/transcript"))

    async def _acts(self, act: str, body: dict[str, Any], *, wait: bool) -> int:
        answer = await self._http.post(f"/runners/{self.runner}/{act}", json=body)
        return await self._after(answer, wait=wait)

    async def _after(self, answer: httpx.Response, *, wait: bool) -> int:
        did = _ok(answer)
        if wait and did.get("update_id"):
            params = {"update_id": did["update_id"], "timeout": self._settles_within}
            idle = _ok(await self._http.get("/idle", params=params))["idle"]
            assert idle, f"the bot has not confirmed update {did['update_id']}"
        return int(did.get("message_id", 0))


def _ok(answer: httpx.Response) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    assert answer.is_success, body.get("error", body)
    return body
