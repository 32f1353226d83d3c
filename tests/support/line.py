"""The bot's line to its chats in unit tests: takes every screen and keeps it."""

from support.desk import shipped_atlas, shipped_library

from bot.domain.delivery import Sent
from bot.telegram.courier import Courier
from bot.telegram.presenter.render import render
from bot.telegram.presenter.scene import Scene


class Line:
    """What was said, in order; `outcomes` are what Telegram says instead of "sent"."""

    def __init__(self):
        self.acts = []
        self.answers = []
        self.cleared = []
        self.outcomes = []
        self._message_id = 500

    async def send(self, chat_id, screen, *, urgent=False):
        self._message_id += 1
        self.acts.append(("send", chat_id, self._message_id, screen, urgent))
        return self.outcomes.pop(0) if self.outcomes else Sent(self._message_id)

    async def edit(self, chat_id, message_id, screen):
        self.acts.append(("edit", chat_id, message_id, screen, False))
        return self.outcomes.pop(0) if self.outcomes else Sent(message_id)

    async def clear(self, chat_id, message_id):
        self.cleared.append((chat_id, message_id, len(self.acts)))

    async def answer(self, query_id, text=None, *, alert=False):  # noqa: ARG002 - Wire's signature
        self.answers.append((query_id, text))

    def texts(self):
        """What was said since the last look."""
        said = [screen.text for _, _, _, screen, _ in self.acts]
        self.acts.clear()
        return said


def courier(desk, line):
    """A courier that draws with the shipped content."""

    async def draw(notice, runner):
        atlas = shipped_atlas()
        scene = Scene(
            shipped_library(), atlas.country_name, lambda _id: b"PNG", runner, desk.clock.now()
        )
        return render(scene, notice)

    return Courier(line, draw, desk.cases)
