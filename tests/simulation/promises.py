"""What an update promises: how things stood before it, and what it must have led to after it."""

from dataclasses import dataclass
from datetime import datetime

from simulation.habits import SIGNS
from simulation.post_office import unpack
from simulation.rows import read_time

from bot.domain.check_in import Question
from bot.telegram import callbacks as buttons


@dataclass
class Seen:
    """How things stood before an update was delivered.

    `crossed` tells that another update of the chat was under way meanwhile, `answer` which
    question it answers, `at` the bot's time.
    """

    what: str
    at: datetime
    states_emergency: bool = False
    leaves: bool = False
    edits: bool = False
    answer: tuple[int, str] | None = None
    crossed: bool = False


class Promises:
    """Knows what each update must lead to, whatever goes wrong on its way."""

    def __init__(self, world):
        self._world = world
        self._rows = world.rows

    def before(self, chat, update: dict) -> Seen:
        """Note what an update will have to lead to."""
        now = self._world.clock.now()
        query = update.get("callback_query")
        if query is not None:
            return self._before_a_tap(chat, query, now)
        message = update.get("message") or update.get("edited_message")
        if message is None:
            return Seen("membership", now)
        edits = "edited_message" in update
        what = f"edited to {message['text']!r}" if edits else repr(message["text"])
        return Seen(what, now, message["text"] in SIGNS, edits=edits)

    def _before_a_tap(self, chat, query: dict, now: datetime) -> Seen:
        data, tap = query["data"], unpack(query["data"])
        seen = Seen(f"tap {data}", now, leaves=tap == buttons.ForgetTap(confirmed=True))
        if not isinstance(tap, buttons.AnswerTap) or tap.question is Question.ACKNOWLEDGED:
            return seen
        check_in = self._rows.one(
            "SELECT c.* FROM check_ins AS c JOIN runners AS r ON r.id = c.runner_id"
            " WHERE c.id = ? AND r.user_id = ?",
            tap.check_in_id,
            chat.chat_id,
        )
        if check_in is None:
            return seen
        seen.states_emergency = (tap.question, tap.value) == (Question.EMERGENCY, "some")
        shown = chat.message(query["message"]["message_id"])
        offered = shown is not None and data in shown.data
        is_open = check_in["opened_at"] and not check_in["closed_at"]
        answered = self._rows.one(
            "SELECT id FROM answers WHERE check_in_id = ? AND question = ? AND undone_at IS NULL",
            tap.check_in_id,
            str(tap.question),
        )
        if offered and is_open and not answered and not self._something_comes_first(chat, tap):
            seen.answer = (tap.check_in_id, str(tap.question))
        return seen

    def _something_comes_first(self, chat, tap) -> bool:
        asked_about_words = self._rows.one(
            "SELECT c.id FROM check_ins AS c JOIN runners AS r ON r.id = c.runner_id"
            " WHERE r.user_id = ? AND c.opened_at IS NOT NULL AND c.closed_at IS NULL"
            " AND c.id <> ?",
            chat.chat_id,
            tap.check_in_id,
        )
        return asked_about_words is not None or self._rows.lock(chat.chat_id) is not None

    def after(self, chat, update: dict, seen: Seen) -> list[str]:
        """Say what an acknowledged update should have led to and did not."""
        number = update["update_id"]
        broken = []
        runner = self._rows.runner(chat.chat_id)
        if seen.leaves and runner is not None and not seen.crossed:
            broken.append(f"whoever wants to be forgotten is: update {number}")
        agreed = runner is not None and runner["consent"] is not None
        if seen.states_emergency and agreed and not self._is_escalated(chat, seen):
            broken.append(f"a stated emergency opens an escalation: update {number}")
        if seen.answer and runner is not None and not self._was_kept(number, seen):
            broken.append(f"an answer to what was asked is kept: update {number}, {seen.what}")
        if seen.edits and self._changed_by_an_edit(number):
            broken.append(f"an edit changes no answer and logs no run: update {number}")
        return broken

    def _is_escalated(self, chat, seen: Seen) -> bool:
        # Another update at the same moment may have taken it back, or closed it.
        return seen.crossed or self._rows.lock(chat.chat_id) is not None

    def _was_kept(self, number: int, seen: Seen) -> bool:
        if self._rows.one("SELECT id FROM answers WHERE update_id = ?", number):
            return True
        if seen.crossed or self._world.clock.shows_twice(seen.at):
            return True
        check_in = self._rows.one("SELECT * FROM check_ins WHERE id = ?", seen.answer[0])
        closed_at = read_time(check_in["closed_at"]) if check_in else None
        return check_in is None or (closed_at is not None and closed_at >= seen.at)

    def _changed_by_an_edit(self, number: int) -> bool:
        answered = self._rows.one(
            "SELECT a.id FROM answers AS a JOIN check_ins AS c ON c.id = a.check_in_id"
            " WHERE a.update_id = ? AND c.kind <> 'read'",
            number,
        )
        logged = self._rows.one("SELECT id FROM runs WHERE update_id = ?", number)
        return answered is not None or logged is not None
