"""A sandbox over HTTP: the real python-telegram-bot client and the control API both talk to it."""

import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox.server import NO_LIMITS, Sandbox, serve

# A dependency installs a top-level package called "tests", which would hide ours.
sys.path.insert(0, str(Path(__file__).parents[2]))

TOKEN = "123456:test-token"  # noqa: S105 - any well-formed token opens the sandbox


@dataclass
class Ticks:
    """Real seconds, as far as the sandbox can tell."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class MovableClock:
    """A clock that notes where it was sent."""

    at: datetime = field(default_factory=lambda: datetime(2026, 5, 4, 18, 30, tzinfo=UTC))
    due: datetime | None = None
    can_move: bool = True

    def now(self) -> datetime:
        return self.at

    async def jump(self, to: datetime) -> None:
        self.at = to

    async def next_due(self) -> datetime | None:
        return self.due

    def advance(self, by: timedelta) -> None:
        self.at += by


class Control:
    """The control API, answers as plain values."""

    def __init__(self, http: httpx.AsyncClient, sandbox: Sandbox) -> None:
        self.http = http
        self._sandbox = sandbox

    async def until_polled(self) -> None:
        """Until a getUpdates waits inside the sandbox."""
        assert await self._sandbox.changes.until(lambda: self._sandbox.queue.polls > 0, 10)

    async def get(self, path: str, **params: Any) -> dict[str, Any]:
        answer = await self.http.get(f"/sandbox/{path}", params=params)
        assert answer.is_success, answer.text
        return answer.json()

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        answer = await self.http.post(f"/sandbox/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def refused(self, path: str, **body: Any) -> tuple[int, str]:
        answer = await self.http.post(f"/sandbox/{path}", json=body)
        assert not answer.is_success
        return answer.status_code, answer.json()["error"]

    async def raw(self, method: str, **values: Any) -> dict[str, Any]:
        """A Bot API call as its JSON answer, for what the real client would not send."""
        return (await self.http.post(f"/bot{TOKEN}/{method}", json=values)).json()

    async def says(self, text: str = "hello", runner: int = 1, **more: Any) -> dict[str, Any]:
        return await self.post(f"runners/{runner}/text", text=text, **more)

    async def transcript(self, runner: int = 1, **params: Any) -> dict[str, Any]:
        return await self.get(f"runners/{runner}/transcript", **params)

    async def seen(self, runner: int = 1) -> dict[str, Any]:
        return (await self.transcript(runner))["messages"][-1]


@pytest.fixture(autouse=True)
def _periods_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client warns at every flood error unless told which type of period is wanted."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def sandbox(clock: MovableClock, ticks: Ticks) -> Sandbox:
    return counting_from_one(Sandbox(clock=clock, limits=NO_LIMITS, monotonic=ticks))


def counting_from_one(sandbox: Sandbox) -> Sandbox:
    sandbox.queue.next_id = 1
    return sandbox


@pytest.fixture
async def url(sandbox: Sandbox) -> AsyncIterator[str]:
    async with serve(sandbox) as running:
        yield running.url


@pytest.fixture
async def control(url: str, sandbox: Sandbox) -> AsyncIterator[Control]:
    async with httpx.AsyncClient(base_url=url, verify=False) as http:  # noqa: S501 - as below
        yield Control(http, sandbox)


@pytest.fixture
def bot_at() -> Callable[[str], Bot]:
    def make(url: str) -> Bot:
        # Reading the machine's certificates takes longer than most of these tests.
        requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
        return Bot(
            TOKEN,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=requests[0],
            get_updates_request=requests[1],
        )

    return make


@pytest.fixture
async def bot(url: str, bot_at: Callable[[str], Bot]) -> AsyncIterator[Bot]:
    async with bot_at(url) as bot:
        yield bot


@pytest.fixture
async def runner(control: Control) -> int:
    """Runner 1, who has written to the bot: the chat id to answer to."""
    await control.says("/start")
    return 1001
