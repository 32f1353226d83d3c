"""The client: where it calls, and what becomes of updates that cannot be parsed."""

from datetime import timedelta

import pytest

from bot.telegram.client import build_bot
from bot.telegram.ordering import chat_key
from bot.telegram.raw import parse, update_id

USER = {"id": 5, "is_bot": False, "first_name": "Ann"}
CHAT = {"id": 5, "type": "private", "first_name": "Ann"}


def test_another_server_root_serves_methods_and_files():
    bot = build_bot("123456:token", "http://127.0.0.1:8081")
    assert bot.base_url == "http://127.0.0.1:8081/bot123456:token"
    assert bot.base_file_url == "http://127.0.0.1:8081/file/bot123456:token"


async def test_updates_are_fetched_as_they_are(client, server):
    server.answers["getUpdates"] = [[{"update_id": 1, "nonsense": True}]]
    found = await client.raw_updates(
        9, timeout=timedelta(seconds=30), allowed_updates=["message"], limit=1
    )
    assert found == [{"update_id": 1, "nonsense": True}]
    assert server.called("getUpdates") == [
        {"offset": 9, "limit": 1, "timeout": 30, "allowed_updates": ["message"]}
    ]


@pytest.mark.parametrize(
    ("raw", "chat_id"),
    [
        ({"update_id": 1, "message": {"chat": CHAT, "date": "soon"}}, 5),
        ({"update_id": 1, "callback_query": {"message": {"chat": CHAT}}}, 5),
        ({"update_id": 1, "message": {"chat": {**CHAT, "type": "group"}}}, None),
        ({"update_id": 1, "message": {"chat": {"id": "x", "type": "private"}}}, None),
        ({"update_id": 1, "message": "text"}, None),
        ({"update_id": 1, "poll_answer": {"poll_id": "1", "user": USER, "option_ids": []}}, None),
    ],
)
def test_of_an_update_that_cannot_be_parsed_the_id_and_the_private_chat_are_kept(
    client, raw, chat_id
):
    update, error = parse(raw, client)
    assert error is not None
    assert update.update_id == 1
    assert chat_key(update) == chat_id


def test_an_update_that_can_be_parsed_comes_without_an_error(client):
    message = {"message_id": 3, "date": 0, "chat": CHAT, "from": USER, "text": "7", "novelty": {}}
    update, error = parse({"update_id": 1, "message": message}, client)
    assert error is None
    assert update.message.text == "7"


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"update_id": "1"}, {"update_id": None}])
def test_what_is_no_update_has_no_id(raw):
    assert update_id(raw) is None
