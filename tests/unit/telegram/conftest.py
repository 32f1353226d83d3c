"""A python-telegram-bot client whose server is a function: no network, the real parser."""

import json

import pytest
from telegram.request import BaseRequest

from bot.telegram.client import Client

ME = {"id": 42, "is_bot": True, "first_name": "Aftermile", "username": "aftermile_bot"}


class Server(BaseRequest):
    """Answers each call with what `answers` gives for its method; an exception is raised."""

    def __init__(self):
        self.calls = []
        self.answers = {"getMe": ME}

    read_timeout = 5.0

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, url, method, request_data=None, **_timeouts):  # noqa: ARG002 - the library's signature
        name = url.rpartition("/")[2]
        parameters = request_data.parameters if request_data else {}
        self.calls.append((name, parameters))
        answer = self.answers[name]
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, tuple):
            status, body = answer
            return status, json.dumps({"ok": False, **body}).encode()
        return 200, json.dumps({"ok": True, "result": answer}).encode()

    def called(self, name):
        return [parameters for method, parameters in self.calls if method == name]


@pytest.fixture(autouse=True)
def _periods_as_timedelta(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def client(server):
    return Client("123456:token", request=server, get_updates_request=server)


@pytest.fixture
def ticking():
    """A clock in seconds that only moves when somebody sleeps."""
    return Ticking()


class Ticking:
    def __init__(self):
        self.seconds = 1000.0
        self.slept = []

    def __call__(self):
        return self.seconds

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.seconds += seconds
