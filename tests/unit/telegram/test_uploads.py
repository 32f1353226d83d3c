"""A picture goes up once: by name afterwards, anew where the name is refused."""

import json

import pytest

from bot.domain.delivery import Failed, Sent, Unreachable
from bot.services.ports import StorageUnavailable
from bot.telegram.messenger import Wire
from bot.telegram.pacing import SendBudget
from bot.telegram.screen import Attachment, Motion, Screen

LOOP = Attachment(b"film", "plank.mp4", "animation", lasting=True, motion=Motion(720, 600, 25.6))
MAP = Attachment(b"map", "back.png", "photo", lasting=True)
FILE = {"file_unique_id": "u", "file_size": 4}
WRONG = (400, {"description": "Bad Request: wrong file identifier/HTTP URL specified"})


def message(**content):
    return {"message_id": 7, "date": 0, "chat": {"id": 1, "type": "private"}, **content}


def moving(file_id):
    film = {**FILE, "file_id": file_id, "width": 720, "height": 600, "duration": 26}
    return message(animation=film, document={**FILE, "file_id": file_id})


def drawn(file_id):
    sizes = [{**FILE, "file_id": one, "width": 9, "height": 9} for one in ("thumb", file_id)]
    return message(photo=sizes)


class Shelf:
    """Names by digest, in memory; `away` is a database nobody can use."""

    def __init__(self):
        self.names = {}
        self.away = False

    def _look(self):
        if self.away:
            raise StorageUnavailable

    async def find(self, digest):
        self._look()
        return self.names.get(digest)

    async def keep(self, digest, file_id):
        self._look()
        self.names[digest] = file_id

    async def drop(self, digest, file_id):
        self._look()
        assert self.names.pop(digest) == file_id


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def wire(client, ticking, shelf):
    budget = SendBudget(25, monotonic=ticking, sleep=ticking.sleep)
    return Wire(client, budget, monotonic=ticking, sent_files=shelf)


def media(call):
    given = call["media"]
    return given if isinstance(given, dict) else json.loads(given)


async def test_an_animation_says_its_size_and_goes_up_once(wire, server, shelf):
    server.answers["sendAnimation"] = moving("anim-1")
    assert await wire.send(1, Screen("<b>Plank</b>", attachment=LOOP, silent=True)) == Sent(7)
    assert await wire.send(2, Screen("Plank", attachment=LOOP)) == Sent(7)
    first, second = server.called("sendAnimation")
    assert (first["width"], first["height"], first["duration"]) == (720, 600, 26)
    assert (first["caption"], first["disable_notification"]) == ("<b>Plank</b>", True)
    assert "anim-1" not in str(first)
    assert second["animation"] == "anim-1"
    assert shelf.names == {LOOP.digest: "anim-1"}


async def test_an_edit_uses_the_name_and_gives_one(wire, server, shelf):
    server.answers["editMessageMedia"] = moving("anim-1")
    await wire.edit(1, 7, Screen("1 of 2", attachment=LOOP))
    await wire.edit(1, 7, Screen("2 of 2", attachment=LOOP))
    first, second = map(media, server.called("editMessageMedia"))
    assert first["media"].startswith("attach://")
    assert (second["type"], second["media"], second["caption"]) == (
        "animation",
        "anim-1",
        "2 of 2",
    )
    assert shelf.names == {LOOP.digest: "anim-1"}


async def test_of_a_photo_the_largest_size_is_remembered(wire, server, shelf):
    server.answers["sendPhoto"] = drawn("large")
    await wire.send(1, Screen("Your back", attachment=MAP))
    assert shelf.names == {MAP.digest: "large"}


async def test_a_name_that_is_refused_is_dropped_and_the_file_goes_up(wire, server, shelf):
    shelf.names[LOOP.digest] = "stale"
    server.answers["sendAnimation"] = [WRONG, moving("fresh")]
    assert await wire.send(1, Screen("Plank", attachment=LOOP)) == Sent(7)
    refused, taken = server.called("sendAnimation")
    assert refused["animation"] == "stale"
    assert "stale" not in str(taken)
    assert shelf.names == {LOOP.digest: "fresh"}


async def test_another_refusal_is_no_reason_to_forget_the_name(wire, server, shelf):
    shelf.names[LOOP.digest] = "anim-1"
    blocked = {"description": "Forbidden: bot was blocked by the user"}
    long = {"description": "Bad Request: message caption is too long"}
    server.answers["sendAnimation"] = [(403, blocked), (400, long)]
    assert await wire.send(1, Screen("x", attachment=LOOP)) == Unreachable("blocked")
    assert await wire.send(1, Screen("x", attachment=LOOP)) == Failed("caption too long")
    assert shelf.names == {LOOP.digest: "anim-1"}


async def test_what_is_about_one_runner_is_never_remembered(wire, server, shelf):
    paper = {**FILE, "file_id": "doc-1", "file_name": "answers.json"}
    server.answers["sendDocument"] = message(document=paper)
    await wire.send(1, Screen("", attachment=Attachment(b"{}", "answers.json", "document")))
    assert shelf.names == {}


async def test_without_a_database_it_goes_up_again(wire, server, shelf):
    shelf.away = True
    server.answers["sendAnimation"] = moving("anim-1")
    assert await wire.send(1, Screen("x", attachment=LOOP)) == Sent(7)
    assert await wire.send(1, Screen("x", attachment=LOOP)) == Sent(7)


async def test_an_answer_without_the_file_leaves_no_name(wire, server, shelf):
    server.answers["sendAnimation"] = message(text="?")
    assert await wire.send(1, Screen("x", attachment=LOOP)) == Sent(7)
    assert shelf.names == {}


def test_a_changed_picture_and_another_way_to_show_it_are_another_file():
    digests = {
        LOOP.digest,
        Attachment(b"film", "plank.mp4", "document").digest,
        Attachment(b"film 2", "plank.mp4", "animation").digest,
    }
    assert len(digests) == 3
    assert Attachment(b"film", "other name", "animation").digest == LOOP.digest
