"""The transport against a server that misbehaves on demand: what broke, and when."""

import base64
import socket
from datetime import timedelta

import pytest
from support.scripted_server import HTML, OK, answer, listening
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.transport import (
    Lost,
    NeverSent,
    ProxyNotSupported,
    ServerTrouble,
    Transport,
    proxy_for,
)

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture
async def server():
    async with listening() as one:
        yield one


@pytest.fixture
async def transport():
    async with Transport(4) as one:
        yield one


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch):
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def nobodys_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def calls(transport, server, method="sendMessage", **timeouts):
    text = RequestParameter("text", "7 & more · ü", None)
    return transport.post(f"{server.url}/bot1:x/{method}", RequestData([text]), **timeouts)


async def test_parameters_go_out_as_a_form(transport, server):
    assert await calls(transport, server) is True
    [(head, body)] = server.requests
    assert head.startswith("POST /bot1:x/sendMessage HTTP/1.1")
    assert body == b"text=7+%26+more+%C2%B7+%C3%BC"


# --- nothing had gone out ---------------------------------------------------------------------


async def test_where_nobody_listens_nothing_was_sent(transport, server):
    server.url = f"http://127.0.0.1:{nobodys_port()}"
    with pytest.raises(NeverSent):
        await calls(transport, server)


async def test_without_encryption_that_works_nothing_was_sent(transport, server):
    server.url = server.url.replace("http:", "https:")
    with pytest.raises(NeverSent):
        await calls(transport, server)


async def test_a_closed_transport_sends_nothing_and_says_so(server):
    transport = Transport(4)
    async with transport:
        await calls(transport, server)
    with pytest.raises(NeverSent):
        await calls(transport, server)
    await transport.shutdown()


# --- it may have arrived ----------------------------------------------------------------------


async def test_a_send_whose_connection_breaks_may_have_arrived_and_is_not_repeated(
    transport, server
):
    server.plan = ["hang up"]
    with pytest.raises(Lost):
        await calls(transport, server)
    assert len(server.requests) == 1


@pytest.mark.parametrize("method", ["editMessageText", "getMe", "setWebhook", "sendChatAction"])
async def test_a_call_that_may_be_carried_out_twice_is_tried_once_more(transport, server, method):
    server.plan = ["hang up"]
    assert await calls(transport, server, method) is True
    server.plan = ["hang up", "hang up"]
    with pytest.raises(Lost):
        await calls(transport, server, method)
    assert len(server.requests) == 4


async def test_fetching_updates_is_left_to_the_poller(transport, server):
    server.plan = ["hang up"]
    with pytest.raises(Lost):
        await calls(transport, server, "getUpdates")
    assert len(server.requests) == 1


async def test_an_answer_cut_in_half_was_still_an_answer(transport, server):
    server.plan = [OK[:-9]]
    with pytest.raises(Lost):
        await calls(transport, server)


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_a_time_out_is_told_as_one_and_never_repeated(transport, server, method):
    server.plan = ["say nothing"]
    with pytest.raises(TimedOut):
        await calls(transport, server, method, read_timeout=0.05)
    assert len(server.requests) == 1


async def test_somebody_elses_page_is_no_answer(transport, server):
    server.plan = [answer(200, b"<html>Please log in</html>")]
    with pytest.raises(Lost):
        await calls(transport, server)


# --- answers that are not Telegram's ------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_server_in_trouble_is_told_by_its_status(transport, server, status):
    server.plan = [answer(status)]
    with pytest.raises(ServerTrouble) as caught:
        await calls(transport, server)
    assert caught.value.status == status
    assert isinstance(caught.value, NetworkError)


async def test_a_proxys_own_slow_down_is_heeded_as_well(transport, server, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    server.plan = [answer(429, HTML, "Retry-After: 17")]
    with pytest.raises(RetryAfter) as caught:
        await calls(transport, server)
    assert caught.value.retry_after == timedelta(seconds=17)


async def test_a_file_is_fetched_whatever_is_in_it(transport, server):
    server.plan = [answer(200, b"\x89PNG")]
    assert await transport.retrieve(f"{server.url}/file/bot1:x/a.png") == b"\x89PNG"


# --- proxies --------------------------------------------------------------------------------


async def test_calls_go_through_the_proxy_with_its_password(server):
    proxy = server.url.replace("http://", "http://ann:secret@")
    async with Transport(4, proxy) as transport:
        server.url = "http://telegram.example"
        await calls(transport, server)
    [(head, _)] = server.requests
    assert head.startswith("POST http://telegram.example/bot1:x/sendMessage HTTP/1.1")
    assert f"Proxy-Authorization: Basic {base64.b64encode(b'ann:secret').decode()}" in head


async def test_a_proxy_that_refuses_the_tunnel_has_sent_nothing_on(server):
    server.plan = [answer(407), answer(407)]
    async with Transport(4, server.url) as transport:
        server.url = "https://telegram.example"
        with pytest.raises(NeverSent):
            await calls(transport, server)
    assert server.requests[0][0].startswith("CONNECT telegram.example:443")


@pytest.mark.parametrize(
    ("named", "proxy"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://proxy:3128"}, "http://proxy:3128"),
        ({"https_proxy": "proxy:3128"}, "http://proxy:3128"),
        ({"ALL_PROXY": "http://proxy:3128"}, "http://proxy:3128"),
        ({"HTTP_PROXY": "http://proxy:3128"}, None),
        ({"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "telegram.example"}, None),
        ({"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "*"}, None),
    ],
)
def test_the_environment_names_the_proxy(monkeypatch, named, proxy):
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert proxy_for("https://telegram.example") == proxy


def test_a_proxy_of_another_kind_is_refused_without_its_password(monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks5://ann:secret@proxy:1080")
    with pytest.raises(ProxyNotSupported) as caught:
        proxy_for("https://telegram.example")
    assert str(caught.value) == "socks5"
