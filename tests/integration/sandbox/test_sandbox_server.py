"""Starting, stopping, coming back, and who may talk to it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from telegram.error import BadRequest

from bot.sandbox.server import NO_LIMITS, PortTaken, Sandbox, serve
from bot.sandbox.store import StoreUnreadable


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8081"}, 200),
        ({"Host": "[::1]:8081"}, 200),
        ({"Host": "localhost:8081", "Origin": "http://localhost:8081"}, 200),
        ({"Host": "localhost:8081", "Origin": "http://localhost:9999"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
    ],
)
async def test_pages_from_elsewhere_cannot_drive_it(control, headers, status):
    for path in ("/sandbox/state", "/bot1:a/getMe", "/"):
        assert (await control.http.get(path, headers=headers)).status_code == status


async def test_other_host_names_can_be_let_in():
    sandbox = Sandbox(hosts={"sandbox"})
    async with serve(sandbox) as running, httpx.AsyncClient() as http:
        state = f"{running.url}/sandbox/state"
        assert (await http.get(state, headers={"Host": "sandbox:80"})).status_code == 200
        assert (await http.get(state)).status_code == 403


async def test_a_taken_port_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} of 127.0.0.1 is taken"):
            async with serve(Sandbox(), port=port):
                pass


async def test_it_stops_with_polls_streams_and_slow_calls_open():
    sandbox = Sandbox(limits=NO_LIMITS)
    async with asyncio.timeout(5), asyncio.TaskGroup() as group, httpx.AsyncClient() as http:
        async with serve(sandbox) as running:
            fault = {"method": "setMyName", "kind": "slow", "seconds": 600}
            await http.post(f"{running.url}/sandbox/faults", json=fault)
            calls = [
                group.create_task(http.get(f"{running.url}/bot1:a/{path}", timeout=60))
                for path in ("getUpdates?timeout=50", "setMyName?name=Mile")
            ]
            events = http.stream("GET", f"{running.url}/sandbox/runners/1/events", timeout=60)
            stream = await events.__aenter__()
            lines = stream.aiter_lines()
            assert await anext(lines) == ": listening"
            await sandbox.changes.until(lambda: sandbox.queue.polls > 0, 5)
            await sandbox.changes.until(lambda: sandbox.profile.text("name", "") == "Mile", 5)
        assert [line async for line in lines][-1] == ""
        await events.__aexit__(None, None, None)
        assert [(await call).json()["result"] for call in calls] == [[], True]


class TestStore:
    @pytest.fixture
    def store(self, tmp_path) -> Path:
        return tmp_path / "state" / "sandbox.json"

    async def test_a_second_start_keeps_the_chat_and_goes_on_counting(self, store, bot_at):
        async with (
            serve(Sandbox(limits=NO_LIMITS, store=store)) as running,
            bot_at(running.url) as bot,
            httpx.AsyncClient(base_url=f"{running.url}/sandbox/runners/1") as http,
        ):
            await http.post("/text", json={"text": "/start"})
            first = (await bot.get_updates())[0].update_id
            await bot.get_updates(first + 1, allowed_updates=["message", "callback_query"])
            markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
            await bot.send_message(1001, "<b>Hi</b>", parse_mode="HTML", reply_markup=markup)
            paper = await bot.send_document(1001, b"1,2", filename="a.csv")
            await bot.set_my_commands([("run", "Log a run")])
            await http.post("/tap", json={"message_id": 2, "text": "a"})
            before = (await http.get("/transcript")).json()
        async with (
            serve(Sandbox(limits=NO_LIMITS, store=store)) as running,
            bot_at(running.url) as bot,
            httpx.AsyncClient(base_url=f"{running.url}/sandbox/runners/1") as http,
        ):
            after = (await http.get("/transcript")).json()
            assert after["messages"] == before["messages"]
            assert after["seq"] > before["seq"]
            (update,) = await bot.get_updates()
            assert (update.update_id, update.callback_query.data) == (first + 1, "b")
            with pytest.raises(BadRequest, match="Query is too old"):
                await update.callback_query.answer()
            file = await bot.get_file(paper.document.file_id)
            assert bytes(await file.download_as_bytearray()) == b"1,2"
            assert (await bot.get_my_commands())[0].command == "run"
            assert (await http.post("/text", json={"text": "x"})).json() == {
                "update_id": first + 2,
                "message_id": 4,
            }
            tap = await http.post("/tap", json={"message_id": 2, "text": "a"})
            assert tap.json()["callback_query_id"] == "2"
            assert (await http.post("/block")).json()["update_id"] is None

    async def test_changes_are_saved_soon_not_only_at_the_end(self, store, monkeypatch):
        monkeypatch.setattr("bot.sandbox.store.SAVE_AFTER", 0)
        async with (
            serve(Sandbox(store=store)) as running,
            httpx.AsyncClient(base_url=running.url) as http,
        ):
            await http.post("/sandbox/runners/1/text", json={"text": "remember me"})
            assert "remember me" in store.read_text()

    @pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 99}'])
    def test_a_store_that_is_not_ours_is_left_alone(self, store, content):
        store.parent.mkdir()
        store.write_text(content)
        with pytest.raises(StoreUnreadable, match=str(store)):
            Sandbox(store=store)
        assert store.read_text() == content


async def test_the_page_is_served_where_there_is_one(control, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.sandbox.server.PAGE", tmp_path)
    without = await control.http.get("/")
    assert without.headers["content-type"].startswith("text/plain")
    (tmp_path / "index.html").write_text("<h1>chat</h1>")
    assert (await control.http.get("/")).text == "<h1>chat</h1>"
    assert (await control.http.get("/page/none.js")).status_code == 404


@pytest.mark.slow
def test_it_runs_alone_and_says_where(tmp_path):
    command = [sys.executable, "-W", "error", "-m", "bot.sandbox", "--port", "0"]
    store = ["--store", str(tmp_path / "chat.json"), "--token", "7:x"]
    with subprocess.Popen(
        [*command, *store], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as alone:
        url = alone.stdout.readline().strip()
        assert httpx.get(f"{url}/bot7:x/getMe").json()["ok"]
        taken = subprocess.run(
            [*command[:-1], url.rpartition(":")[2]], capture_output=True, text=True, check=False
        )
        os.kill(alone.pid, signal.SIGINT)
        _, errors = alone.communicate(timeout=10)
    assert (alone.returncode, errors) == (0, "")
    assert taken.returncode == 2
    assert "is taken" in taken.stderr
    assert (tmp_path / "chat.json").exists()
